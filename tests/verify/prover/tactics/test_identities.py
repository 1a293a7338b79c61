"""Equations that hold identically."""

from tests.verify.prover.tactics.proving import only, trial
from verify.prover.tactics import identities


def test_only_it_proves():
    only("identities", "(-2*a)^n == (-1)^n*2^n*a^n", ["a > 0", "n integer"])


def test_it_gives_up_where_a_denominator_may_vanish():
    assert trial("x/x == 1", []).run(identities.TACTIC) is None
    assert trial("x/x == 1", ["x > 0"]).run(identities.TACTIC) is not None
