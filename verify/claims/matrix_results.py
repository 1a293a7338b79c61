"""Results that certificates of matrix identities build on: polynomials that are put together from derivations.

A derivation often goes on from what others have found: an adapted error is v minus alpha times a sample gradient. The
certificate has to say so, or its checker could not tell the result of a derivation from a formula that was typed in.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from verify.derivations.derivation import Derivation
from verify.derivations.trace_polynomials import Letter, TracePolynomial


@dataclass(frozen=True)
class Given:
    """A polynomial that is written out: a definition."""

    polynomial: TracePolynomial


@dataclass(frozen=True)
class Result:
    """What a derivation ends with."""

    derivation: Derivation


@dataclass(frozen=True)
class Sum:
    parts: tuple[Recipe, ...]


@dataclass(frozen=True)
class Times:
    coefficient: sp.Expr
    recipe: Recipe


@dataclass(frozen=True)
class With:
    """A recipe with a polynomial in place of one letter."""

    recipe: Recipe
    letter: Letter
    value: TracePolynomial


@dataclass(frozen=True)
class AtZero:
    """A recipe at the value 0 of a symbol."""

    recipe: Recipe
    symbol: sp.Symbol


Recipe = Given | Result | Sum | Times | With | AtZero


@dataclass(frozen=True)
class Composed:
    """A polynomial that certificates do not write out, and how it is put together."""

    polynomial: TracePolynomial
    recipe: Recipe


@dataclass(frozen=True)
class MatrixResults:
    """``inverses``: letters that stand for an inverse, each with the matrix it inverts.

    ``candidate`` and ``solution``: a claim may be about the difference between a result that depends on the letter
    ``candidate`` and its value where that is ``solution``.
    """

    composed: tuple[Composed, ...] = ()
    inverses: tuple[tuple[Letter, TracePolynomial], ...] = ()
    candidate: Letter | None = None
    solution: Letter | None = None


def no_results() -> MatrixResults:
    return MatrixResults()
