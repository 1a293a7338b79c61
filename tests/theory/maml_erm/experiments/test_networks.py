"""The experiment ``networks``, small: resumed, from several processes, and what its sentences say of made-up tables."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from theory.maml_erm.experiments.network_findings import COLUMNS, DELTA, gain, judged, verdict
from theory.maml_erm.experiments.network_samples import TWO
from theory.maml_erm.images.plan import DESIGNS, FROZEN, LEVELS, NETWORK
from verify.commands.simulate import find, run
from verify.runtime.engine import Engine
from verify.runtime.errors import BadInput
from verify.statistics.experiment import Table
from verify.statistics.parameters import settings_of

TINY = [
    "levels=0", "gap=0", "packing=0.5", "centre=0", "p=0.2", "designs=0", "seeds=2", "iterations=20", "tested=10",
]  # fmt: skip


def tiny(*more: str) -> dict[str, object]:
    return settings_of(find("networks").PARAMETERS, [*TINY, *more])


def made_up(level: str, *, none: float, base: float, seeds: int = 4) -> Table:
    """A table where MAML gains ``none`` without a hardness gap and ``base`` with one, up to a hundredth."""
    rows = []
    for gap, more in ((0, none), (6, base)):
        for seed in range(seeds):
            accuracies = [
                0.4,
                0.9,
                0.4,
                0.9,
                0.4 + more + 0.01 * (seed % (3 if gap else 2)),
                0.9,
                0.4,
                0.9,
                *[float("nan")] * 4,
            ]
            rows.append((level, TWO, gap, 0.0, 1.0, 0.2, seed, 1.0 + gap, *accuracies))
    return Table(COLUMNS, tuple(rows))


def test_a_verdict_is_a_test_over_seeds() -> None:
    assert verdict(np.array([0.30, 0.31, 0.32, 0.33]))[1] == 1
    assert verdict(-np.array([0.30, 0.31, 0.32, 0.33]))[1] == -1
    assert verdict(np.array([0.30, -0.25, 0.32, -0.20]))[1] == 0
    below = [verdict(np.array(x), below=0.05)[1] for x in ([0.0, 0.001, 0.002], [0.3, 0.301, 0.302], [0.0, 0.1, 0.05])]
    assert below == [1, -1, 0]
    assert verdict(np.array([0.3, 0.3, 0.3])) == ("open, all seeds alike", 0)
    # Each way errs with probability DELTA where the mean is 0; of 4,000 such samples 5.5 sd more would be an alarm.
    rng = np.random.default_rng(0)
    wrong = sum(verdict(rng.standard_normal(4))[1] != 0 for _ in range(4000))
    assert 0 < wrong < 4000 * 2 * DELTA + 5.5 * np.sqrt(4000 * 2 * DELTA)


def test_the_theory_is_denied_by_a_level_that_is_linear_and_not_by_a_network() -> None:
    agreed = judged(made_up(FROZEN, none=0.0, base=0.4))
    assert agreed.agrees and "yes, at least" in agreed.summary[0]
    denied = judged(made_up(FROZEN, none=0.4, base=0.0))
    assert not denied.agrees and "no, at most" in denied.summary[0]
    assert f"{FROZEN}: does not hold: more gain with a hardness gap" in denied.summary[3]
    network = judged(made_up(NETWORK, none=0.4, base=0.0))
    assert network.agrees and "no, at most" in network.summary[0] and "no, at least" in network.summary[1]
    assert np.allclose(gain(agreed.where(gap=0)), [0.0, 0.01, 0.0, 0.01])


def test_knobs_beyond_their_range_are_bad_input(tmp_path: Path) -> None:
    pytest.importorskip("jax")
    for more in ("gap=9", "packing=0.7", "levels=4", f"designs={len(DESIGNS) + 1}"):
        name = more.partition("=")[0]
        settings = settings_of(find("networks").PARAMETERS, [*(t for t in TINY if not t.startswith(name)), more])
        with pytest.raises(BadInput, match="has to be at most"):
            run(find("networks"), "networks", settings, out=tmp_path, show=False)


def test_an_interrupted_run_goes_on_and_workers_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped in the second seed, it goes on with two processes, and ends in the bytes of a run of one."""
    pytest.importorskip("jax")
    from theory.maml_erm.images import trials

    module, whole, parts = find("networks"), tmp_path / "whole", tmp_path / "parts"
    run(module, "networks", tiny(), out=whole, show=False)
    original, seeds = trials.trial, []

    def trial(*arguments: object) -> list[float]:
        seeds.append(arguments[-1])
        if arguments[-1] == 1:
            raise KeyboardInterrupt
        return original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(trials, "trial", trial)
    with pytest.raises(KeyboardInterrupt):
        run(module, "networks", tiny(), out=parts, show=False)
    assert [p.name for p in parts.glob(".chunks/*/*/chunk-*.npy")] == ["chunk-000000.npy"]
    monkeypatch.undo()
    run(module, "networks", tiny(), out=parts, engine=Engine(2), show=False)
    for suffix in ("csv", "png"):
        assert (parts / f"networks.{suffix}").read_bytes() == (whole / f"networks.{suffix}").read_bytes()


def test_every_level_has_a_place_in_the_theory_or_is_the_network() -> None:
    from theory.maml_erm.experiments.network_findings import THEORY

    assert set(THEORY) | {NETWORK} == set(LEVELS)
