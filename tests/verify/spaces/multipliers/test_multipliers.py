"""Multipliers that are said, and multipliers that are searched: verified for all parameter values, or nothing."""

from __future__ import annotations

import pytest
import sympy as sp

from tests.verify.spaces.forms import (
    L,
    c,
    contraction,
    dot,
    g,
    is_identity,
    mu,
    norm2,
    problem,
    proximal,
    q,
    total,
    value,
    vec,
)
from verify.kernel import check
from verify.runtime.budget import SECOND, Budget, Spent
from verify.spaces.multipliers.gram import ONE, Combination, GramProblem, Inequality
from verify.spaces.multipliers.multipliers import search

STEP = ["mu > 0", "L > mu", "gamma > 0", "gamma <= 2/(L + mu)"]
SAID = {0: g * (1 - g * mu) / (L - mu), 1: g * (1 - g * mu) / (L - mu)}


def accepted(stated: GramProblem, proof: Combination | None) -> bool:
    """A proof whose identity SymPy confirms and whose signs the checker accepts, one by one."""
    if proof is None:
        return False
    assert is_identity(stated, proof)
    for sign in proof.signs:
        check({"schema": 1, "theorems": [sign.theorem]})
    shown = {(s.relation, s.expression) for s in proof.signs}
    for k, m in proof.multipliers.items():
        if stated.hypotheses[k].relation == ">=" and not m.is_number:
            assert any(r == ">=" and sp.cancel(e - m) == 0 for r, e in shown)
    for square in proof.squares:
        positive = square.coefficient.is_number and square.coefficient > 0
        assert positive or any(r == ">=" and sp.cancel(e - square.coefficient) == 0 for r, e in shown)
    return True


def young(factor: sp.Expr, conditions: list[str]) -> GramProblem:
    """``2 <a, b> <= c ||a||^2 + factor ||b||^2``."""
    a, b = vec(a=1), vec(b=1)
    return problem(conditions, total((c, norm2(a)), (factor, norm2(b)), (-2, dot(a, b))))


def test_a_goal_that_is_a_square_needs_no_multipliers() -> None:
    stated = young(1 / c, ["c > 0"])
    proof = search(stated, Budget())
    assert accepted(stated, proof)
    assert proof is not None
    assert not proof.multipliers
    assert search(young(1 / (2 * c), ["c > 0"]), Budget()) is None
    assert search(young(1 / c, ["c != 0"]), Budget()) is None


def test_multipliers_that_an_author_says() -> None:
    stated = contraction((1 - g * mu) ** 2, STEP)
    proof = search(stated, Budget(), SAID)
    assert accepted(stated, proof)
    assert proof is not None
    assert all(sp.cancel(proof.multipliers[k] - SAID[k]) == 0 for k in SAID)


def test_wrong_ones_are_replaced_and_a_wrong_rate_is_not_proved() -> None:
    stated = contraction((1 - g * mu) ** 2, STEP)
    proof = search(stated, Budget(), {0: g / (L - mu), 1: g})
    assert accepted(stated, proof)
    assert search(contraction((1 - g * mu) ** 3, STEP), Budget(), SAID) is None
    assert search(contraction((1 - g * mu) ** 2, [*STEP[:3], "gamma <= 2/L"]), Budget(), SAID) is None


def test_multipliers_are_found() -> None:
    stated = proximal(1 / (8 * g))
    proof = search(stated, Budget())
    assert accepted(stated, proof)
    assert search(proximal(1 / (9 * g)), Budget()) is None


def test_a_contraction_is_found_with_its_closed_form() -> None:
    stated = contraction((1 - g * mu) ** 2, STEP)
    proof = search(stated, Budget())
    assert accepted(stated, proof)
    assert proof is not None
    assert sp.cancel(proof.multipliers[0] - SAID[0]) == 0


def test_a_root_is_a_parameter_whose_equation_is_used() -> None:
    """With L q^2 == mu: ``2 <a, b> <= mu ||a||^2 + ||b||^2 / (L q^2)``, and not with L for mu below."""
    a, b = vec(a=1), vec(b=1)
    conditions = ["L > 0", "q > 0", "L*q^2 == mu"]
    stated = problem(conditions, total((mu, norm2(a)), (1 / (L * q**2), norm2(b)), (-2, dot(a, b))))
    proof = search(stated, Budget())
    assert accepted(stated, proof)
    assert proof is not None
    assert set(proof.equations) == {2}
    wrong = problem(conditions, total((mu, norm2(a)), (1 / (2 * L * q**2), norm2(b)), (-2, dot(a, b))))
    assert search(wrong, Budget()) is None


def test_equations_between_vectors_have_multipliers_of_any_sign() -> None:
    """From <a, b> == 0: ``||a - b||^2 >= ||a||^2``, with multiplier -2."""
    a, b, free = vec(a=1), vec(b=1), vec(a=1, b=-1)
    goal = total((1, norm2(free)), (-1, norm2(a)))
    stated = problem([], goal, Inequality("a and b are orthogonal", "==", dot(a, b)))
    proof = search(stated, Budget())
    assert accepted(stated, proof)
    assert proof is not None
    assert proof.multipliers == {0: -2}
    assert search(problem([], goal, Inequality("their product", ">=", dot(a, b))), Budget()) is None


def test_constants_are_shown_to_be_left_over() -> None:
    """From ||a||^2 <= q^2: ``f - ||a||^2 >= -2 q^2`` where f >= 0."""
    a = vec(a=1)
    bound = Inequality("bound", ">=", total((1, {ONE: q**2}), (-1, norm2(a))))
    low = Inequality("f is not negative", ">=", value("f"))
    goal = total((1, value("f")), (-1, norm2(a)), (1, {ONE: 2 * q**2}))
    stated = problem(["q > 0"], goal, bound, low)
    proof = search(stated, Budget())
    assert accepted(stated, proof)
    assert proof is not None
    assert proof.rest != 0
    less = total((1, value("f")), (-1, norm2(a)), (1, {ONE: q**2 / 2}))
    assert search(problem(["q > 0"], less, bound, low), Budget()) is None


def test_a_real_number_without_conditions_has_to_cancel() -> None:
    m, a = sp.Symbol("m"), vec(a=1)
    least = Inequality("m is at most ||a||^2", ">=", total((1, norm2(a)), (-1, {ONE: m})))
    stated = problem(["L > 0"], total((2 * L, norm2(a)), (-L, {ONE: m})), least)
    assert accepted(stated, search(stated, Budget()))
    assert search(problem(["L > 0"], total((L / 2, norm2(a)), (-L, {ONE: m})), least), Budget()) is None


def test_what_is_not_rational_is_given_up() -> None:
    assert search(young(1 / sp.sqrt(c), ["c > 0"]), Budget()) is None


def test_the_work_is_counted_and_the_same_each_time() -> None:
    spent = []
    for _ in range(2):
        budget = Budget(60 * SECOND)
        search(contraction((1 - g * mu) ** 2, STEP), budget)
        spent.append(budget.used)
    assert spent[0] == spent[1] > 0
    with pytest.raises(Spent):
        search(contraction((1 - g * mu) ** 2, STEP), Budget(1000))
