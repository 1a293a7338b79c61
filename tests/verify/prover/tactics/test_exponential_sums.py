"""A sum of exponentials below one exponential."""

import pytest

from tests.verify.prover.tactics.proving import proves_nothing, trial, verdict
from verify.language.verdict import Verdict
from verify.prover.tactics import exponential_sums

WORK = 30_000_000  # units, as for a statement of a user: shares are of all of it; two million are used
LEMMA = "p*exp(t*(1 - p)) + (1 - p)*exp(-t*p) <= exp(t^2/8)"  # Hoeffding 1963, Lemma 1, for a range of length 1


def test_only_it_proves():
    assert verdict(LEMMA, ["0 <= p <= 1"], work=WORK) is Verdict.PROVED
    assert verdict(LEMMA, ["0 <= p <= 1"], "exponential_sums", work=WORK // 20) is Verdict.INCONCLUSIVE


@pytest.mark.parametrize(
    ("statement", "assume"),
    [
        ("(b*exp(t*a) - a*exp(t*b))/(b - a) <= exp(t^2*(b - a)^2/8)", "a < 0 < b"),
        ("b*exp(t*a) - a*exp(t*b) <= (b - a)*exp(t^2*(b - a)^2/8)", "a < 0 < b"),
        ("b/(b - a)*exp(t*a) - a/(b - a)*exp(t*b) <= exp(t^2*(b - a)^2/8)", "a < 0 < b"),
        ("(b*exp(t*a) + a*exp(-t*b))/(b + a) <= exp(t^2*(b + a)^2/8)", "a > 0, b > 0"),
        ("p*exp(s*t*(1 - p)) + (1 - p)*exp(-s*t*p) <= exp(s^2*t^2/8)", "0 < p < 1"),
    ],
)
def test_the_ends_of_the_range_may_be_parameters(statement: str, assume: str):
    assert verdict(statement, [assume], work=WORK) is Verdict.PROVED


@pytest.mark.parametrize(
    ("statement", "assume"),
    [
        ("(b*exp(t*a) - a*exp(t*b))/(b - a) <= exp(t^2*(b - a)^2/9)", "a < 0 < b"),
        ("(b*exp(t*a) - a*exp(t*b))/(b - a) < exp(t^2*(b - a)^2/8)", "a < 0 < b"),
        ("(b*exp(t*a) - a*exp(t*b))/(b - a) <= exp(t^2*(b + a)^2/8)", "a < 0 < b"),
        ("b*exp(t*a) - a*exp(t*b) <= (b - a)*exp(-t^2*a*b/2)", "a < 0 < b"),
        ("b*exp(t*a) - a*exp(t*b) <= (b - a)*exp(t*(b - a)^2/8)", "a < 0 < b"),
    ],
)
def test_but_not_what_is_false_of_them(statement: str, assume: str):
    assert verdict(statement, [assume], work=WORK // 10) is Verdict.INCONCLUSIVE


@pytest.mark.parametrize(
    ("statement", "assume"),
    [
        ("p*exp(t*(1 - p)) + (1 - p)*exp(-t*p) <= exp(t^2/10)", "0 <= p <= 1"),
        ("p*exp(t*(1 - p)) + (1 - p)*exp(-t*p) <= exp(p*(1 - p)*t^2/2)", "0 < p < 1"),
        ("p*exp(t*(1 - p)) + (1 - p)*exp(-t*p) < exp(t^2/8)", "0 <= p <= 1"),
    ],
)
def test_it_does_not_prove_what_is_false(statement: str, assume: str):
    proves_nothing(exponential_sums.TACTIC, statement, [assume])


def test_it_gives_up_where_the_larger_side_is_a_sum():
    assert trial("exp(t) <= exp(t) + exp(-t) + p", ["p >= 0"]).run(exponential_sums.TACTIC) is None
