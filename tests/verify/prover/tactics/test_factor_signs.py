"""Inequalities from the signs of factors."""

from tests.verify.prover.tactics.proving import only, trial, verdict
from verify.language.verdict import Verdict
from verify.prover.tactics import factor_signs


def test_only_it_proves():
    only("factor_signs", "0 < x < y implies 1/y < 1/x", [], work=60_000)


def test_it_gives_up_at_factors_without_a_sign():
    looked = trial("x*y > 0", ["x + y > 0"])
    assert looked.run(factor_signs.TACTIC) is None
    assert "signs of factors: a factor of the difference has no visible sign on the domain" in looked.search.notes
    assert trial("x*y > 0", ["x > 0", "y > 0"]).run(factor_signs.TACTIC) is not None


def test_it_gives_up_at_two_factors_that_change_sign_together():
    both = ["x > 0 and y > 0 or x < 0 and y < 0"]
    assert trial("x*y > 0", both).run(factor_signs.TACTIC) is None
    assert verdict("x*y > 0", both) is Verdict.PROVED  # by cases
