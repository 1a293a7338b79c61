"""The opposite of the goal assumed."""

from tests.verify.prover.tactics.proving import only, trial
from verify.prover.tactics import negation


def test_only_it_proves():
    only("negation", "1/x > 0 iff x > 0", ["x != 0"], "contraposition")


def test_it_gives_up_where_the_opposite_is_possible():
    assert trial("x > 0", ["y > 0"]).run(negation.TACTIC, 1) is None
    assert trial("x > 0", ["x*y > 0", "y > 0"]).run(negation.TACTIC, 1) is not None
