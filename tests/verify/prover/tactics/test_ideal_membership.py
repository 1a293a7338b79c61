"""An equation as a consequence of equations."""

from tests.verify.prover.tactics.proving import only, trial
from verify.prover.tactics import ideal_membership


def test_only_it_proves():
    only("ideal_membership", "sqrt(2)*sqrt(3) == sqrt(6)", [])


def test_it_gives_up_at_roots_of_what_follows():
    assert trial("x == 0", ["x^2 == 0"]).run(ideal_membership.TACTIC) is None  # in the radical, not in the ideal
    assert trial("x^3 == 0", ["x^2 == 0"]).run(ideal_membership.TACTIC) is not None


def test_a_consequence_of_two_equations():
    both = ["x + y == 3", "x*y == 1"]
    assert trial("x^2 + y^2 == 7", both).run(ideal_membership.TACTIC) is not None
    assert trial("x^2 + y^2 == 8", both).run(ideal_membership.TACTIC) is None
