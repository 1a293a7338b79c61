"""Facts that compare a root with something, squared."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.tactics import function_facts, squared_facts


def test_only_it_proves():
    only("squared_facts", "2*x^2 <= 3*y^2", ["x >= 0", "x*sqrt(2) <= y*sqrt(3)"], work=2_000_000)


def squared(*assume):
    """The facts that it adds once the roots have names."""
    looked = trial("0 <= 1", list(assume), round=0)
    with working(WORK):
        function_facts.name_function_values(looked.search, looked.builder)
        before = dict(looked.builder.state.facts)
        looked.search.squaring = True
        looked.search.use(squared_facts.TACTIC, looked.builder, 0)
    return [f for f in looked.builder.state.facts if f not in before and f[1] == 0]


def test_it_gives_up_where_the_smaller_side_may_be_negative():
    assert squared("x <= sqrt(y)") == []
    assert ("<=", 0, ("+", ("*", -1, ("^", "x", 2)), "y")) in squared("x <= sqrt(y)", "x >= 0")


def test_it_waits_for_the_cases_of_signs():
    looked = trial("0 <= 1", ["x <= sqrt(y)", "x >= 0"])
    assert not squared_facts.TACTIC.applies(looked.search, looked.start)
    looked.search.squaring = True
    assert squared_facts.TACTIC.applies(looked.search, looked.start)
