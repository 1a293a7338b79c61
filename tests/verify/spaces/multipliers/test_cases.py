"""Proofs by cases: at the edge of a weak condition."""

from __future__ import annotations

from tests.verify.spaces.forms import contraction, g, holds_throughout, mu, norm2, problem, total, vec
from verify.runtime.budget import Budget
from verify.spaces.multipliers.cases import cases, prove
from verify.spaces.multipliers.gram import Combination, Inequality, Null, Split

WEAK = ["mu > 0", "L >= mu", "gamma > 0", "gamma <= 2/(L + mu)"]


def test_where_mu_is_L_the_change_of_the_gradient_is_known() -> None:
    stated = contraction((1 - g * mu) ** 2, WEAK)
    proof = prove(stated, Budget())
    assert isinstance(proof, Split)
    assert proof.condition == 1
    assert isinstance(proof.strict, Combination)
    assert isinstance(proof.boundary, Null)
    assert holds_throughout(stated, proof)


def test_a_wrong_rate_is_not_proved_by_cases() -> None:
    assert prove(contraction((1 - g * mu) ** 3, WEAK), Budget()) is None


def test_a_vector_that_vanishes_may_be_used() -> None:
    """From ||a - b||^2 <= 0: ``||a||^2 - ||b||^2 == 0``, which no multiplier of that hypothesis gives."""
    a, b, gap = vec(a=1), vec(b=1), vec(a=1, b=-1)
    goal = total((1, norm2(a)), (-1, norm2(b)))
    near = Inequality("a is b", ">=", total((-1, norm2(gap))))
    stated = problem([], goal, near)
    proof = prove(stated, Budget())
    assert isinstance(proof, Null)
    assert holds_throughout(stated, proof)
    assert prove(problem([], goal, Inequality("no news", ">=", norm2(gap))), Budget()) is None


def test_cases_keep_the_places_of_the_conditions() -> None:
    stated = contraction((1 - g * mu) ** 2, WEAK)
    places = []
    for i, strict, boundary in cases(stated):
        places.append(i)
        assert strict.conditions[i].op in ("<", ">")
        assert boundary.conditions[i].op == "=="
        assert strict.conditions[:i] == boundary.conditions[:i] == stated.conditions[:i]
    assert places == [1, 3]
