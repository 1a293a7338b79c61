"""Witnesses: rational vectors at which everything holds but the goal."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from tests.verify.spaces.forms import L, contraction, dot, g, mu, norm2, problem, proximal, total, vec
from verify.runtime.budget import Budget
from verify.spaces.multipliers.gram import Form, GramProblem, Inequality
from verify.spaces.multipliers.tight import witness

STEP = ["mu > 0", "L > mu", "gamma > 0", "gamma <= 2/(L + mu)"]


def at(form: Form, found: Any) -> sp.Rational:
    """The value of a form at a witness, by SymPy."""
    numbers = {sp.Symbol(x): sp.Rational(v.numerator, v.denominator) for x, v in found["parameters"].items()}
    out = sp.Integer(0)
    for a, c in form.items():
        part = sp.sympify(c).subs(numbers)
        if a[0] == "value":
            part *= sp.Rational(found["values"][a[1]])
        elif a[0] == "inner":
            u, v = found["vectors"][a[1]], found["vectors"][a[2]]
            part *= sp.Rational(sum((x * y for x, y in zip(u, v, strict=True)), Fraction(0)))
        out += part
    return out


def refutes(stated: GramProblem, found: Any) -> bool:
    good = all(at(h.form, found) >= 0 if h.relation == ">=" else at(h.form, found) == 0 for h in stated.hypotheses)
    return good and bool(at(stated.goal, found) < 0)


def test_a_wrong_rate_has_a_witness_and_a_right_one_none() -> None:
    stated = contraction((1 - g * mu) ** 3, STEP)
    found = witness(stated, Budget())
    assert found is not None
    assert refutes(stated, found)
    assert witness(contraction((1 - g * mu) ** 2, STEP), Budget()) is None


def test_function_values_belong_to_it() -> None:
    stated = proximal(1 / (9 * g))
    found = witness(stated, Budget())
    assert found is not None
    assert refutes(stated, found)
    assert set(found["values"]) == {"f1", "f2", "fs"}
    assert witness(proximal(1 / (8 * g)), Budget()) is None


def test_equations_hold_exactly() -> None:
    """<a, b> == ||c||^2 does not give L ||a||^2 >= ||b||^2, but ||a - b||^2 <= 0 would not leave much."""
    a, b, c = vec(a=1), vec(b=1), vec(c=1)
    equation = Inequality("equation", "==", total((1, dot(a, b)), (-1, norm2(c))))
    stated = problem(["L > 0"], total((L, norm2(a)), (-1, norm2(b))), equation)
    found = witness(stated, Budget())
    assert found is not None
    assert refutes(stated, found)
    assert witness(problem(["L > 0"], total((L, norm2(a)), (1, norm2(b))), equation), Budget()) is None


def test_a_parameter_may_have_to_be_negative() -> None:
    e, a = sp.Symbol("e"), vec(a=1)
    stated = problem(["e != 0"], total((e, norm2(a))))
    found = witness(stated, Budget())
    assert found is not None
    assert refutes(stated, found)
    assert witness(problem(["e != 0"], total((e**2, norm2(a)))), Budget()) is None
