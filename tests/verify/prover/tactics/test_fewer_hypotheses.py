"""States with fewer facts, where the others are in the way."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.tactics import fewer_hypotheses

IN_THE_WAY = [
    "exp(x*y) + log(2 + z^2*x) <= sqrt(1 + w^2)*x + 9",
    "x^3*y^2 + z*w^3 <= 50 + x",
    "y^(1/2) + z^(1/3)*x <= 7",
    "y > 0, z > 0",
    "abs(x - y) + abs(z - w) <= 9",
    "w^2*x + 1/(1 + z) <= 30",
]


def test_only_it_proves_where_many_facts_are_in_the_way():
    only("fewer_hypotheses", "x^2*y^2 + 1 >= 2*x*y", IN_THE_WAY, work=800_000)


def options(statement, *assume):
    looked = trial(statement, list(assume))
    with working(WORK):
        fewer = fewer_hypotheses.states(looked.search, looked.start)
        return [set(looked.builder.state.facts) - set(s.facts) for s in fewer]


def test_what_no_variable_links_to_the_goal_goes_first():
    assert options("x^2 + 1 > 0", "x > 1", "y > 2")[0] == {("<", 2, "y")}


def test_it_keeps_a_fact_without_which_the_goal_fails():
    assert options("x > 0", "x > 1") == []
    assert {("<", 1, "x")} in options("x > 0", "x > 1", "x > 2")


def test_it_gives_up_at_many_facts():
    many = [f"x + {k}*y > {k}" for k in range(1, fewer_hypotheses.MOST_FACTS + 2)]
    assert options("x^2 + y^2 + 1 > 0", *many) == []
    assert options("x^2 + y^2 + 1 > 0", *many[1:]) != []
