"""The mean value theorem."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.tactics import monotonicity


def test_only_it_proves():
    only("monotonicity", "log(x) <= x/2", ["x > 0"], "derivative_chains", "changed_variables", "scaled_tangents")


def test_it_gives_up_where_the_place_of_the_minimum_cannot_be_written_down():
    looked = trial("exp(x) + exp(-x^3) + x^4 > 1", [])
    assert looked.run(monotonicity.TACTIC) is None
    assert any("derivative" in note for note in looked.search.notes)
    assert trial("exp(x) >= 1 + x", []).run(monotonicity.TACTIC) is not None


def test_it_leaves_polynomials_alone():
    assert trial("x^2 >= 2*x - 1", []).run(monotonicity.TACTIC) is None


def test_guesses_that_the_sample_points_deny_are_dropped():
    looked = trial("exp(x) >= 1 + x", [])
    f = ("+", ("exp", "x"), ("-", ("+", 1, "x")))
    with working(WORK):
        found = monotonicity.minima(looked.search, looked.start, f, "x")
    assert 0 in found and 1 not in found
