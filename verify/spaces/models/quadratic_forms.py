"""Quadratic forms in one vector: whether a term is one, and whether one is never negative.

Both are exact: the form is read off the shape of the term, semidefiniteness off L D L^T with rational pivots.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.kernel.reals.terms import Term, names_in


def is_form(t: Term, u: str) -> bool:
    """Whether a scalar term is a homogeneous quadratic form in the vector ``u``, by its shape.

    Read are ``<a, b>`` and ``||a||^2`` of vectors linear in ``u``, their sums, negatives, and multiples by factors
    without ``u``; also the number 0.
    """
    match t:
        case 0:
            return True
        case ("inner", a, b):
            return is_linear(a, u) and is_linear(b, u)
        case ("^", ("norm", a), 2):
            return is_linear(a, u)
        case ("+" | "-", *parts):
            return all(is_form(p, u) for p in parts)
        case ("*", *parts):
            forms = [p for p in parts if mentions(p, u)]
            return len(forms) == 1 and is_form(forms[0], u)
        case ("/", a, b):
            return not mentions(b, u) and is_form(a, u)
    return False


def is_linear(t: Term, u: str) -> bool:
    """Whether a vector term is linear in ``u``: zero where ``u`` is."""
    if t == u:
        return True
    match t:
        case ("zero",):
            return True
        case ("+" | "-", *parts):
            return all(is_linear(p, u) for p in parts)
        case ("scale", s, v):
            return not mentions(s, u) and is_linear(v, u)
        case ("apply", _, v):
            return is_linear(v, u)
    return False


def mentions(t: Term, u: str) -> bool:
    return u in names_in(t)


def semidefinite(matrix: Sequence[Sequence[Fraction]]) -> bool:
    """Whether ``<M x, x> >= 0`` for all x, for a symmetric rational matrix.

    Pivots from the top: a negative one refuses; a zero one asks that its row is zero.

    >>> semidefinite([[Fraction(1), Fraction(2)], [Fraction(2), Fraction(4)]])
    True
    >>> semidefinite([[Fraction(0), Fraction(1)], [Fraction(1), Fraction(9)]])
    False
    """
    m = [list(row) for row in matrix]
    n = len(m)
    for k in range(n):
        pivot = m[k][k]
        if pivot < 0 or (pivot == 0 and any(m[k][k + 1 :])):
            return False
        for i in range(k + 1, n):
            if pivot:
                factor = m[i][k] / pivot
                for j in range(k + 1, n):
                    m[i][j] -= factor * m[k][j]
    return True
