"""Bounds of one value by a multiple of another."""

import pytest

from tests.verify.prover.tactics.proving import WORK, trial, working
from verify.prover.tactics.mean_bounds import Logarithms, Parts, Tangents, logarithm, product

X, M = ("^", "x", "p"), ("^", ("+", "x", "y"), "p")


def bound(kind, other, value, assume, lower):
    looked = trial("x^p <= (x + y)^p", ["x, y > 0", *assume])
    with working(WORK):
        found = kind(looked.search, value).bound(looked.builder, other, lower)
    assert found is None or found.fact in looked.builder.state.facts
    return found


@pytest.mark.parametrize(
    ("kind", "assume", "lower"),
    [
        *((Logarithms, [], True), (Tangents, ["p >= 1"], True), (Tangents, ["0 <= p <= 1"], False)),
        *((Parts, ["p >= 1"], False), (Parts, ["p <= 1"], True)),
    ],
)
def test_a_bound_becomes_a_fact_on_its_side_alone(kind, assume, lower):
    assert bound(kind, X, M, assume, lower) is not None
    assert bound(kind, X, M, assume, not lower) is None


@pytest.mark.parametrize("kind", [Tangents, Parts])
def test_it_stops_where_the_order_of_1_and_the_exponent_is_not_known(kind):
    assert bound(kind, X, M, ["p > 0"], True) is None and bound(kind, X, M, ["p > 0"], False) is None


def test_it_stops_where_a_value_may_not_be_positive_or_has_another_exponent():
    assert bound(Logarithms, ("+", "x", -1), M, [], True) is None
    assert bound(Tangents, ("^", "x", 2), M, ["p >= 1"], True) is None


def test_logarithms_are_taken_apart():
    assert logarithm(product([X, "y", ("exp", "z")])) == (
        *("+", ("*", "p", ("log", "x"))),
        ("+", ("log", "y"), "z"),
    )
