"""A fact that is false for all values closes the goal."""

from tests.verify.prover.tactics.proving import only, trial
from verify.kernel.reals.state import State
from verify.prover.tactics import false_facts


def test_only_it_proves():
    only("false_facts", "(a/b)^n*(b/a)^n == 1", ["a != 0, b != 0", "n integer"])


def test_it_gives_up_where_the_falsity_depends_on_other_facts():
    assert trial("y > 0", ["x > 1", "x < 0"]).run(false_facts.TACTIC) is None
    assert trial("y > 0", ["x > x + 1"]).run(false_facts.TACTIC) is not None


def test_it_gives_up_where_a_denominator_may_vanish():
    looked = trial("y > 0", ["x/x == 2"])  # which says that x is not 0
    assert ("!=", "x", 0) in looked.builder.state.facts and looked.run(false_facts.TACTIC) is not None
    looked = trial("y > 0", ["x/x == 2"])
    state = looked.builder.state
    looked.builder.state = State(state.kinds, {f: None for f in state.facts if f[0] == "=="}, state.goal)
    assert looked.run(false_facts.TACTIC) is None
