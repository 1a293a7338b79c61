"""Inequalities that are linear in inner products and function values, with coefficients in the parameters.

What the search for multipliers works on: ``goal >= 0`` from ``hypothesis >= 0`` (or ``== 0``), for all values of the
parameters that satisfy the conditions, and all vectors of all inner product spaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

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
    """``goal >= 0`` from the hypotheses; ``conditions`` are about the parameters alone, as written.

    ``zeros``: vectors ``name + sum of weight * other`` that vanish, each without the names of those before it.
    ``rates``: what the goal multiplies by, as it is written: multipliers are often made of its factors.
    """

    parameters: tuple[str, ...]
    conditions: tuple[Rel, ...]
    vectors: tuple[str, ...]
    goal: Form
    hypotheses: tuple[Inequality, ...]
    integers: tuple[str, ...] = ()
    zeros: tuple[tuple[str, Mapping[str, sp.Expr]], ...] = ()
    rates: tuple[sp.Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class SignProof:
    """``expression relation 0`` wherever the conditions hold, and there the expression is defined.

    ``theorem`` says so in the language of the reals checker, which accepted it by itself: its variables are the
    parameters, its hypotheses the conditions as written. Its ``id`` is made of what it states.
    """

    relation: str
    expression: sp.Expr
    theorem: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Square:
    """``coefficient * ||sum of weight * vector||^2``; the coefficient is non-negative."""

    coefficient: sp.Expr
    vector: Mapping[str, sp.Expr]


@dataclass(frozen=True, slots=True)
class Combination:
    """goal = sum of multiplier * hypothesis + squares + rest: for all values of the parameters.

    ``multipliers``: by the place of the hypothesis. ``rest``: a term in the parameters alone that is >= 0.
    ``signs``: a theorem for each term that had to be shown non-negative, or not zero as a denominator.
    ``equations``: by the place of a condition ``left == right`` the form whose product with ``left - right`` is to be
    added on the right of the identity. ``orthogonal``: by the place among the vectors that are known to vanish, those
    of the problem first, the vector whose inner product with it is to be added.
    """

    multipliers: Mapping[int, sp.Expr]
    squares: tuple[Square, ...] = ()
    rest: sp.Expr = sp.Integer(0)
    signs: tuple[SignProof, ...] = ()
    equations: Mapping[int, Form] = field(default_factory=dict)
    orthogonal: Mapping[int, Mapping[str, sp.Expr]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Split:
    """A weak condition, by its place, holds strictly or with equality: the same goal with ``<``, and with ``==``."""

    condition: int
    strict: Proof
    boundary: Proof


@dataclass(frozen=True, slots=True)
class Null:
    """``-||vector||^2 >= 0`` by a combination, so the vector vanishes; ``then`` may use that.

    Nested ones are numbered from the outside, behind those of the problem: the keys of ``Combination.orthogonal``.
    """

    vector: Mapping[str, sp.Expr]
    vanishes: Combination
    then: Proof


Proof = Combination | Split | Null
