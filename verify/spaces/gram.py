"""Inequalities that are linear in inner products and function values, with coefficients in the parameters.

What the search for multipliers works on: ``goal >= 0`` from ``hypothesis >= 0`` (or ``== 0``), for all values of the
parameters that satisfy the conditions, and all vectors of all inner product spaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import sympy as sp

from verify.language.logic import Rel

Atom = tuple[str, ...]  # ("inner", u, v) with u <= v, ("value", name), or ("one",) for the constant part
Form = Mapping[Atom, sp.Expr]  # a sum of atoms times rational functions of the parameters
ONE: Atom = ("one",)


@dataclass(frozen=True, slots=True)
class Inequality:
    """``form >= 0`` or ``form == 0``; ``label`` says in words where it comes from."""

    label: str
    relation: Literal[">=", "=="]
    form: Form


@dataclass(frozen=True, slots=True)
class GramProblem:
    """``goal >= 0`` from the hypotheses; ``conditions`` are about the parameters alone, as written."""

    parameters: tuple[str, ...]
    conditions: tuple[Rel, ...]
    vectors: tuple[str, ...]
    goal: Form
    hypotheses: tuple[Inequality, ...]
    integers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Square:
    """``coefficient * ||sum of weight * vector||^2``; the coefficient is non-negative."""

    coefficient: sp.Expr
    vector: Mapping[str, sp.Expr]


@dataclass(frozen=True, slots=True)
class Combination:
    """goal = sum of multiplier * hypothesis + squares + rest: for all values of the parameters.

    ``multipliers``: by the place of the hypothesis. ``rest``: a term in the parameters alone that is >= 0.
    ``signs``: the terms that had to be shown non-negative or positive, each with its relation to 0, and the hints
    (equations of the parameters that were used) of how that was shown.
    """

    multipliers: Mapping[int, sp.Expr]
    squares: tuple[Square, ...] = ()
    rest: sp.Expr = sp.Integer(0)
    signs: tuple[tuple[str, sp.Expr], ...] = field(default=())
