"""Positivity by form."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.tactics import positive_terms


def test_only_it_proves():
    only("positive_terms", "x^y <= exp(y*(x - 1))", ["x > 0, y > 0"])


def positive(term, *assume):
    looked = trial(f"{term} > 0", list(assume))
    with working(WORK):
        return positive_terms.known_at_once(looked.search, looked.builder, looked.builder.state.goal)


def test_it_gives_up_at_sums():
    assert not positive("exp(x) + exp(y)")
    assert positive("exp(x)*exp(y)")


def test_it_gives_up_where_a_base_may_be_negative():
    assert not positive("x^a*exp(y)")
    assert positive("x^a*exp(y)", "x > 0")
