"""Integers in exponents replaced by what an equation says they are."""

import pytest

from tests.verify.prover.tactics.proving import only, trial, verdict
from verify.language.verdict import Verdict
from verify.prover.tactics.known_exponents import TACTIC


def test_a_statement_that_only_it_proves():
    only("known_exponents", "(-1)^n == 1", ["n even"], "inverse_functions")


@pytest.mark.parametrize(
    ("statement", "assume"),
    [("(-1)^n == -1", ["n odd"]), ("(-1)^n == 1", ["n, k integer", "2*k == n"]), ("x^n >= 0", ["n even", "n >= 0"])],
)
def test_powers_of_even_and_odd_exponents(statement, assume):
    assert verdict(statement, assume) is Verdict.PROVED


@pytest.mark.parametrize(
    ("statement", "assume"),
    [("(-1)^n == 1", ["n odd"]), ("(-1)^n == 1", ["n, k integer", "n == 3*k"]), ("x^n >= 0", ["n odd", "n >= 0"])],
)
def test_what_is_false_is_not_proved(statement, assume):
    assert verdict(statement, assume) is not Verdict.PROVED


def test_the_exponent_is_replaced_everywhere_and_others_stay():
    t = trial("(-1)^n == 1", ["n, k integer", "n == 2*k", "n > 3"])
    assert t.run(TACTIC) is None and t.knows("3 < 2*k")
    t = trial("(-1)^n == 1", ["n, k integer", "n^2 == 2*k"])
    assert t.run(TACTIC) is None and not t.new_facts
