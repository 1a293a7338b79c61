"""Inequalities multiplied by denominators whose sign is known: of facts, and of the goal."""

from tests.verify.prover.tactics.proving import only, trial
from verify.prover.tactics import cleared_denominators

OTHERS = ("derivative_chains", "changed_variables", "scaled_tangents")  # have ways of their own to these statements


def test_only_facts_without_denominators_prove():
    only("cleared_facts", "exp(-2*x) <= 1/(1 + 2*x)", ["x > -1/2"], *OTHERS, work=152_000)


def test_only_a_goal_without_denominators_proves():
    only("cleared_denominators", "log(x)/x <= 1/2", ["x > 0"], *OTHERS, work=400_000)


def test_it_gives_up_where_the_denominator_has_no_sign():
    assert trial("1/x <= y", ["x*y >= 1"]).run(cleared_denominators.TACTIC) is None
    assert trial("1/x <= y", ["x*y >= 1", "x > 0"]).run(cleared_denominators.TACTIC) is not None


def test_a_fact_is_left_as_it_is_where_the_denominator_has_no_sign():
    unknown = trial("y > 0", ["1/x <= y"])
    unknown.run(cleared_denominators.FACTS)
    assert unknown.new_facts == []
    known = trial("y > 0", ["1/x <= y", "x > 0"])
    known.run(cleared_denominators.FACTS)
    assert known.new_facts == [("<=", 0, ("+", ("*", "y", "x"), -1))]
