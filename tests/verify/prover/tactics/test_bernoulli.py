"""Bernoulli's inequality for the natural powers of a goal."""

from tests.verify.prover.tactics.proving import only, trial
from verify.prover.tactics import bernoulli


def test_only_it_proves():
    only("bernoulli", "(1 - x)^n*(1 + n*x) <= 1", ["0 < x < 1", "n integer, n >= 0"])


def test_it_gives_up_at_exponents_that_are_not_whole():
    assert trial("(1 + x)^n >= 1 + n*x", ["x > 0", "n >= 1"]).run(bernoulli.TACTIC) is None
    assert trial("(1 + x)^n >= 1 + n*x", ["x > 0", "n integer, n >= 1"]).run(bernoulli.TACTIC) is not None


def test_it_gives_up_where_a_linear_bound_is_too_weak():
    assumed = ["x > 0", "n integer, n >= 2"]
    assert trial("(1 + x)^n >= 1 + n*x + n*(n - 1)/2*x^2", assumed).run(bernoulli.TACTIC) is None
    assert trial("(1 + x)^n >= 1 + n*x/2", assumed).run(bernoulli.TACTIC) is not None
