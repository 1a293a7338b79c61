"""The curves that the points of the experiments are compared with: closed forms of the theory, at numbers."""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import Any

import sympy as sp

from theory.maml_erm.formulas.mixture import s_E, s_H
from theory.maml_erm.theory import THEORY
from verify.claims.statement import Inequality
from verify.runtime.errors import ensured
from verify.statistics.experiment import Array, evaluated
from verify.statistics.experiment import curve as curve_of


def curve(name: str, **values: Any) -> Array:
    """A named closed form of the theory at numbers and arrays of its parameters."""
    return curve_of(THEORY.named[name], **values)


def curve_at_weights(name: str, hard: sp.Expr, easy: sp.Expr, **values: Any) -> Array:
    """The same where one step leaves other weights of the two classes than the s_H and s_E of Gaussian inputs.

    What follows from the weights holds for any weights: they alone are replaced, down to the parameters.
    """
    expression = _at_weights(name, hard, easy)
    symbols = {s.name: s for s in sorted(expression.free_symbols, key=str)}
    return evaluated(expression, symbols, **values)


def right_side(claim: str) -> sp.Expr:
    """The right-hand side of a claim of the theory that is an inequality."""
    return ensured(THEORY.stated[claim].statement, Inequality).rhs


@cache
def stated(claim: str, *families: ModuleType) -> object:
    """What a claim of one of these families states. They are gone through only as far as it: the rest takes seconds."""
    return next(each.statement for family in families for each in family.claims() if each.id == claim)


@cache
def _at_weights(name: str, hard: sp.Expr, easy: sp.Expr) -> sp.Expr:
    expression, kept = THEORY.named[name].value, {s_H, s_E}
    while found := [s for s in expression.free_symbols if s in THEORY.atoms and s not in kept]:
        expression = expression.xreplace({s: THEORY.atoms[s].value for s in found})
    return expression.xreplace({s_H: hard, s_E: easy})
