"""Trace polynomials at explicit matrices: values by which two polynomials can be told apart."""

from __future__ import annotations

import sympy as sp

from verify.claims.setting import Setting
from verify.derivations.expectation import dimension as d
from verify.derivations.explicit import evaluate
from verify.derivations.trace_polynomials import TracePolynomial


def explicit_value(poly: TracePolynomial, setting: Setting) -> str:
    """A trace polynomial at the explicit matrices, as text."""
    matrices, numbers = _explicit(poly, setting)
    return str(evaluate(poly, matrices, numbers).tolist())


def _explicit(poly: TracePolynomial, setting: Setting) -> tuple[dict[str, sp.Matrix], dict[sp.Symbol, sp.Expr]]:
    """A rational matrix for every letter, symmetric where the letter is, and a value for every scalar.

    d is 2, any other dimension 3.
    """
    sizes = {x for letter in poly.letters.values() for x in (letter.rows, letter.cols)}
    scalars = {q.symbol for q in setting.vocabulary.values()}.union(*(e.free_symbols for e in poly.terms.values()))
    numbers = {s: sp.Integer(3) if s.is_integer else sp.Rational(1, 3) for s in scalars}
    numbers |= {x: sp.Integer(3) for size in sizes for x in size.free_symbols}
    numbers[d] = sp.Integer(2)
    matrices = {}
    for i, (name, letter) in enumerate(sorted(poly.letters.items())):
        rows, cols = (int(size.xreplace(numbers)) for size in (letter.rows, letter.cols))
        entries = [
            [sp.Rational(3 * i + 5 * r + 7 * (c + 1) * (r + 2), 4 + i) for c in range(cols)] for r in range(rows)
        ]
        M = sp.Matrix(entries)
        matrices[name] = (M + M.T) / 2 if letter.symmetric else M
        if name == "Sigma" and rows == 2:
            matrices[name] = sp.Matrix([[2, 1], [1, 3]])
    return matrices, numbers
