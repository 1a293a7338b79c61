"""Linear combinations of facts and of products of two facts."""

from tests.verify.prover.tactics.proving import only, trial
from verify.prover.tactics import farkas


def test_only_it_proves():
    only("farkas", "x >= 0 and y >= 0", ["x*y >= 0", "x + y >= 0"])


def test_it_gives_up_where_multipliers_of_a_higher_degree_are_needed():
    assert trial("x^4 + 1 >= x", []).run(farkas.TACTIC) is None
    assert trial("x + y <= 3", ["x <= 1", "y <= 2"]).run(farkas.TACTIC) is not None


def test_the_multipliers_are_exact():
    node = trial("x <= 1/3", ["3*x + y <= 1", "y >= 0"]).run(farkas.TACTIC)
    assert [weight for weight, *_ in node["no"]["terms"]] == ["3", "1", "1"]


def test_weak_facts_do_not_give_a_strict_goal():
    assert trial("x + y < 3", ["x <= 1", "y <= 2"]).run(farkas.TACTIC) is None
    assert trial("x + y < 3", ["x <= 1", "y < 2"]).run(farkas.TACTIC) is not None
