"""Inequalities between a root and something else, by squaring both sides."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.tactics import function_facts, squared_goal


def test_only_it_proves():
    means = "x < 2*x*y/(x + y) < sqrt(x*y) < (x + y)/2 < y"
    only("squared_goal", means, ["0 < x", "x < y"], work=400_000)


def rooted(statement, *assume):
    looked = trial(statement, list(assume))
    with working(WORK):
        function_facts.name_function_values(looked.search, looked.builder)
    return looked


def test_it_gives_up_where_the_side_without_a_root_may_be_negative():
    assert rooted("sqrt(x^2 + 1) <= y", "y^2 >= x^2 + 1").run(squared_goal.TACTIC) is None
    assert rooted("sqrt(x^2 + 1) <= y", "y^2 >= x^2 + 1", "y >= 0").run(squared_goal.TACTIC) is not None


def test_it_gives_up_after_so_many_squarings():
    looked = rooted("sqrt(x) <= (1 + x)/2", "x >= 0")
    looked.search.squarings = squared_goal.MOST_SQUARINGS
    assert looked.run(squared_goal.TACTIC) is None
    assert rooted("sqrt(x) <= (1 + x)/2", "x >= 0").run(squared_goal.TACTIC) is not None
