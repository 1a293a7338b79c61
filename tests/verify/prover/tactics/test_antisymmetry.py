"""An equation from two inequalities."""

from tests.verify.prover.tactics.proving import only, trial
from verify.prover.tactics import antisymmetry


def test_only_it_proves():
    only("antisymmetry", "abs(n) >= 1 or n == 0", ["n integer"], work=150_000)


def test_it_gives_up_where_one_inequality_is_not_known():
    assert trial("x == y", ["x <= y"]).run(antisymmetry.TACTIC) is None
    assert trial("x == y", ["x <= y", "y <= x"]).run(antisymmetry.TACTIC) is not None


def test_it_leaves_inequalities_alone():
    assert trial("x <= y", ["x <= y"]).run(antisymmetry.TACTIC) is None
