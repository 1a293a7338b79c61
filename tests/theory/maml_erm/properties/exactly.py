"""Claims at exact numbers, for the properties that compare them with the definition."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from theory.maml_erm import THEORY
from theory.maml_erm.formulas.expressions import expand_atoms
from theory.maml_erm.formulas.symbols import VOCABULARY
from verify.claims.claim import Claim
from verify.claims.statement import Identity, MatrixIdentity
from verify.derivations.explicit import evaluate
from verify.runtime.errors import ensured

Rows = list[list[Fraction]]


def claim(name: str) -> Claim:
    return THEORY.stated[name]


def rational(x: Fraction | int) -> sp.Rational:
    return sp.Rational(Fraction(x).numerator, Fraction(x).denominator)


def number(expression: sp.Expr, **values: Fraction | int) -> Fraction:
    """An expression at these values of the parameters."""
    table = {VOCABULARY[name].symbol: rational(x) for name, x in values.items()}
    found = sp.cancel(expand_atoms(expression).subs(table))
    return Fraction(int(found.p), int(found.q))


def right(name: str, **values: Fraction | int) -> Fraction:
    """The right side of an identity of the theory at these values."""
    return number(ensured(claim(name).statement, Identity).rhs, **values)


def matrix_right(name: str, matrices: dict[str, Rows], **values: Fraction | int) -> Rows:
    """The right side of an identity of matrices at these matrices and values."""
    table = {VOCABULARY[key].symbol: rational(x) for key, x in values.items()}
    letters = {key: sp.Matrix([[rational(x) for x in row] for row in rows]) for key, rows in matrices.items()}
    found = evaluate(ensured(claim(name).statement, MatrixIdentity).rhs, letters, table)
    return [[Fraction(int(x.p), int(x.q)) for x in row] for row in found.tolist()]


def times(*factors: Rows) -> Rows:
    out = factors[0]
    for other in factors[1:]:
        out = [
            [sum((a * b for a, b in zip(row, column, strict=True)), Fraction(0)) for column in zip(*other, strict=True)]
            for row in out
        ]
    return out


def scaled(rows: Rows, factor: Fraction) -> Rows:
    return [[factor * x for x in row] for row in rows]


def total(*parts: Rows) -> Rows:
    return [[sum(entries, Fraction(0)) for entries in zip(*rows, strict=True)] for rows in zip(*parts, strict=True)]


def identity(size: int, factor: Fraction | int = 1) -> Rows:
    return [[Fraction(factor) if i == j else Fraction(0) for j in range(size)] for i in range(size)]


def turned(rows: Rows) -> Rows:
    return [list(column) for column in zip(*rows, strict=True)]
