"""The claims' own text on the runs: true ones hold on all, false ones are seen to fail, rounding is bounded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from theory.descent import THEORY
from theory.descent.measurements.route import on_runs, trials
from verify import Claim, Spatial, Verdict

FEWEST = 4  # runs that a claim has to be asked of


@pytest.mark.parametrize("name", list(THEORY.stated))
def test_what_is_claimed_holds_on_every_run_that_its_assumptions_admit(name: str) -> None:
    found = on_runs(THEORY.stated[name])
    assert found is not None and found.verdict is Verdict.SUPPORTED, found
    assert found.details["runs"] >= FEWEST


@pytest.mark.parametrize("name", list(THEORY.refutable))
def test_what_is_false_is_seen_to_fail_on_some_run(name: str) -> None:
    found = on_runs(THEORY.refutable[name])
    assert found is not None and found.verdict is Verdict.REFUTED, found
    assert 0 < found.details["failed"] <= found.details["runs"]


def test_the_exact_rates_are_reached_and_anything_better_is_noticed() -> None:
    """Huber's functions are the worst: a rate that is better by one part in 10^9 fails, the rate itself does not."""
    for steps, bound in ((1, 6), (2, 10), (3, 14)):
        claim = THEORY.stated[f"GD.convex.{steps}"]
        text = claim.statement.statement
        better = Spatial(text.replace(f"/{bound}", f"/{bound}.00000001"), claim.statement.assumptions)
        assert better.statement != text
        assert any(t.excess > 0 for t in trials(better))
        assert not any(t.excess > 0 for t in trials(claim.statement))


def test_a_run_is_not_asked_where_a_name_is_missing_or_of_another_kind() -> None:
    claim = THEORY.stated["GD.step"]
    other = Spatial(claim.statement.statement.replace("x1", "y9"), ("y9 == x0 - eta*grad f(x0)", "f L-smooth"))
    assert on_runs(replace(claim, statement=other)) is None
    scalar = Claim("s", "c is a number in the runs of one loss", Spatial("||c||^2 >= 0", ("c vector",)))
    assert all("random vector" in t.scene.about for t in trials(scalar.statement))
    assert on_runs(Claim("r", "no run draws x", Spatial("E||x||^2 >= 0", ("x random vector",)))) is None
