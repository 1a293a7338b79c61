"""A contradiction between the facts, whatever the goal."""

from tests.verify.prover.tactics.proving import only, trial
from verify.prover.tactics import contradictions


def test_only_it_proves():
    only("contradictions", "1/x > 0 iff x > 0", ["x != 0"], "contraposition")


def test_it_gives_up_where_the_facts_agree():
    assert trial("y > 0", ["x > 1"]).run(contradictions.TACTIC) is None
    assert trial("y > 0", ["x > 1", "x < 0"]).run(contradictions.TACTIC) is not None
