"""Induction over an integer with a lower bound."""

from tests.verify.prover.tactics.proving import only, trial
from verify.prover.tactics import induction


def test_only_it_proves():
    only("induction", "2^n >= n + 1", ["n integer, n >= 0"], work=400_000)


def test_it_gives_up_where_the_step_does_not_follow():
    looked = trial("2^n <= 50", ["n integer, n >= 0"])
    assert looked.run(induction.TACTIC) is None
    assert "induction on n: the step was not shown" in looked.search.notes
    assert trial("2^n >= 1", ["n integer, n >= 0"]).run(induction.TACTIC) is not None


def test_it_gives_up_without_a_lower_bound_and_at_reals():
    assert trial("2^n >= n + 1", ["n integer"]).run(induction.TACTIC) is None
    assert trial("2^n >= 1", ["n >= 0"]).run(induction.TACTIC) is None
