"""Inequalities between products of powers, by way of their logarithms."""

from tests.verify.prover.tactics.proving import only, trial
from verify.prover.tactics import logarithms


def test_only_it_proves():
    only("logarithms", "2^x*2^y <= 2^(x + y + 1)", [])


def test_it_gives_up_at_sums():
    assert trial("2^x + 3^x <= 2*4^x", ["x >= 0"]).run(logarithms.TACTIC) is None
    assert trial("2^x*3^x <= 7^x", ["x >= 0"]).run(logarithms.TACTIC) is not None


def test_it_gives_up_where_a_base_may_be_negative():
    looked = trial("a^x <= a^(x + 1)", ["a != 0"])
    assert looked.run(logarithms.TACTIC) is None
    assert trial("a^x <= a^(x + 1)", ["a >= 1"]).run(logarithms.TACTIC) is not None
