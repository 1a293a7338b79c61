"""Integers: strict inequalities tightened, rational bounds rounded."""

from tests.verify.prover.tactics.proving import only, trial
from verify.prover.tactics import integer_bounds


def test_only_it_proves():
    only("integer_bounds", "n < m implies n + 1 <= m", ["n, m integer"])


def tightened(*assume):
    looked = trial("0 <= 1", list(assume))
    looked.run(integer_bounds.TACTIC)
    return looked


def test_bounds_become_whole():
    looked = tightened("n integer", "2*n > 5")
    assert ("<=", 3, "n") in looked.builder.state.facts


def test_it_gives_up_at_reals():
    assert tightened("2*x > 5", "x < y").new_facts == []
    assert tightened("x, y integer", "x < y").new_facts != []
