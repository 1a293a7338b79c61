"""Trace polynomials at explicit matrices: exact numbers in, exact numbers out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import sympy as sp

from verify.derivations.trace_polynomials import TracePolynomial, Word


def evaluate(
    poly: TracePolynomial, matrices: Mapping[str, sp.MatrixBase], values: Mapping[sp.Symbol, sp.Expr]
) -> sp.MatrixBase:
    """The matrix that a polynomial is when its letters are ``matrices`` and its scalars have ``values``.

    ``values`` must give the dimensions that the polynomial's shape and traces mention; a 1 x 1 polynomial gives a 1 x 1
    matrix. ``KeyError`` for a letter without a matrix.
    """
    rows, cols = (int(sp.sympify(size, strict=True).subs(dict(values))) for size in (poly.rows, poly.cols))
    total = sp.zeros(rows, cols)
    for term, k in poly.terms.items():
        value = sp.cancel(k.subs(dict(values)))
        for loop in term.traces:
            value *= _product(loop, matrices).trace()
        if term.word:
            total += value * _product(term.word, matrices)
        else:
            total += value * sp.eye(rows)
    return total.applyfunc(sp.cancel)


def _product(word: Word, matrices: Mapping[str, sp.MatrixBase]) -> sp.MatrixBase:
    return reduce(
        lambda a, b: a * b, (matrices[a.name].T if a.transposed else sp.Matrix(matrices[a.name]) for a in word)
    )
