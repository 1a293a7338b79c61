"""An equation as a consequence of equations."""

import pytest

from tests.verify.prover.tactics.proving import only, trial, verdict
from verify.language.verdict import Verdict
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


WORK = 1_000_000
ROOTED = [
    ("x == y*sqrt(1 + x^2)", ["y == x/sqrt(1 + x^2)"]),
    ("x == y/sqrt(1 + y^2)", ["-1 < x < 1", "y == x/sqrt(1 - x^2)"]),
    ("y == x/sqrt(1 - x^2)", ["-1 < x < 1", "x == y/sqrt(1 + y^2)"]),
    ("x == a*y/sqrt(1 + y^2)", ["a > 0", "-a < x < a", "y == x/sqrt(a^2 - x^2)"]),
    ("(sqrt(1 + x^2)*sqrt(1 - y^2) - 1)*z == 0", ["-1 < y < 1", "y^2*(1 + x^2) == x^2"]),
    ("(x + 1)*(sqrt(x^2 + 4) - y) == 0", ["y > 0", "y^2 == x^2 + 4"]),
]
TURNED = [  # the root has the other sign, or the sign of what is beside it is not known
    ("x == -y/sqrt(1 + y^2)", ["-1 < x < 1", "y == x/sqrt(1 - x^2)"]),
    ("x == y/sqrt(1 - y^2)", ["-1 < x < 1", "-1 < y < 1", "y == x/sqrt(1 - x^2)"]),
    ("(sqrt(1 + x^2)*sqrt(1 - y^2) + 1)*z == 0", ["-1 < y < 1", "y^2*(1 + x^2) == x^2"]),
    ("(x + 1)*(sqrt(x^2 + 4) - y) == 0", ["y^2 == x^2 + 4"]),
    ("(x + 1)*(sqrt(x^2 + 4) + y) == 0", ["y > 0", "y^2 == x^2 + 4"]),
]


@pytest.mark.parametrize(("statement", "assume"), ROOTED)
def test_the_conjugate_of_a_factor(statement: str, assume: list[str]):
    assert verdict(statement, assume, work=WORK) is Verdict.PROVED


@pytest.mark.parametrize(("statement", "assume"), TURNED)
def test_the_conjugate_may_vanish(statement: str, assume: list[str]):
    assert verdict(statement, assume, work=WORK) is Verdict.INCONCLUSIVE
