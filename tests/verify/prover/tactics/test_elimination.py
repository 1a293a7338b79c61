"""Equations among the facts solved for a variable, or split where they are products."""

from tests.verify.prover.tactics.proving import only, trial
from verify.kernel.reals.terms import names_in
from verify.prover.tactics import elimination


def test_only_it_proves():
    only("elimination", "x*y <= 1/4", ["x + y == 1"], work=50_000)


def test_it_gives_up_at_equations_that_are_linear_in_no_variable():
    looked = trial("x < 2", ["x^3 + x == 1"])
    assert looked.run(elimination.TACTIC) is None and "x" in names_in(looked.builder.state.goal)
    looked = trial("x < 2", ["x^5 + y == 1", "y > 1"])
    assert looked.run(elimination.TACTIC) is None and all("y" not in names_in(f) for f in looked.builder.state.facts)


def test_it_does_not_divide_by_what_may_be_zero():
    looked = trial("x > 0", ["a*x == b"])
    looked.run(elimination.TACTIC, split_depth=0)
    assert "x" in names_in(looked.builder.state.goal)
    looked = trial("x > 0", ["a*x == b*c", "a > 0"])
    looked.run(elimination.TACTIC, split_depth=0)
    assert "x" not in names_in(looked.builder.state.goal)
