"""Statements and claims as LaTeX; wide closed forms are printed by their names (G for the gain)."""

from __future__ import annotations

import sympy as sp

from verify.claims.claim import Claim
from verify.claims.setting import NamedExpression
from verify.claims.statement import (
    Equivalence,
    Holds,
    Identity,
    Inequality,
    Limit,
    LoewnerOrder,
    MatrixIdentity,
    Minimiser,
    Monotone,
    Spatial,
    Statement,
)
from verify.typesetting.domains import domain_latex
from verify.typesetting.formulas import CONNECTIVES, formula_latex, operand_latex, relation_latex
from verify.typesetting.spatial import assumptions_latex, spatial_latex
from verify.typesetting.typesetter import Typesetter, typesetter


def statement_latex(statement: Statement, t: Typesetter) -> str:
    """One display line of mathematics; words that belong to it stand in text."""
    show = t.short
    if isinstance(statement, MatrixIdentity):
        return f"{t.matrix_name(statement.name)}={t.polynomial(statement.rhs)}"
    if isinstance(statement, Spatial):
        return spatial_latex(statement)
    if isinstance(statement, LoewnerOrder):
        sides = (t.polynomial(statement.lhs), t.polynomial(statement.rhs))
        return r"\preceq ".join(rf"\mathbb E\left[{side}\right]" if statement.averaged else side for side in sides)
    if isinstance(statement, Limit):
        to = {sp.oo: r"\infty", sp.Integer(0): "0^{+}"}[statement.to]
        arrow = rf"\xrightarrow[{t.symbol(statement.variable)}\to {to}]{{}}"
        return f"{show(statement.expression)}{arrow}{show(statement.value)}"
    if isinstance(statement, Monotone):
        strictly = "strictly " if statement.strict else ""
        words = rf"is {strictly}{statement.direction} in }}{t.symbol(statement.variable)}"
        return rf"{show(statement.expression)}\;\text{{{words}"
    if isinstance(statement, Minimiser):
        return _minimiser(statement, t)
    if isinstance(statement, Equivalence):
        parts = (statement.left, statement.right)
        return CONNECTIVES["iff"].join(operand_latex(f, t) for f in parts)
    if isinstance(statement, Holds):
        return formula_latex(statement.body, t)
    if isinstance(statement, Identity | Inequality):
        return relation_latex(statement.lhs, getattr(statement, "op", "=="), statement.rhs, t)
    raise TypeError(f"{statement!r:.60} ({type(statement).__name__}) is not a statement")


def _minimiser(s: Minimiser, t: Typesetter) -> str:
    show = t.short
    name = t.symbol(s.variable)
    text = rf"\operatorname*{{arg\,min}}_{{{name}\in\mathbb R}}\;{show(s.objective)}={show(s.argmin)}"
    if s.value is not None:
        text += rf",\qquad\min_{{{name}}}={show(s.value)}"
    if s.unique_if is not None:
        text += rf"\qquad\text{{(unique if }}{formula_latex(s.unique_if, t)}\text{{)}}"
    return text


def claim_latex(claim: Claim, t: Typesetter | None = None) -> str:
    """The statement of a claim; its fixed parameters are among ``hypotheses_latex``.

    ``t``: what writes it, where that is not the typesetter of its setting.

    Where a derived formula and the stated one print alike, the left-hand side is the title of the derivation.
    """
    if not isinstance(claim, Claim):
        raise TypeError(f"{claim!r:.60} ({type(claim).__name__}) is not a claim, so it has no statement to print")
    s, usual = claim.statement, typesetter(claim.setting)
    t = t or usual
    if isinstance(s, Identity) and usual.short(s.rhs) == usual.short(s.lhs):
        title = claim.derivations[-1].title if claim.derivations else "left-hand side, computed"
        return rf"\text{{{t.sentence(title)}}}={t.short(s.rhs)}"
    return statement_latex(s, t)


def hypotheses_latex(claim: Claim) -> tuple[str, ...]:
    """Fixed parameters first, then the relevant domain; empty for matrix identities, which hold for all letters."""
    if isinstance(claim.statement, MatrixIdentity):
        return ()
    if isinstance(claim.statement, Spatial):
        return assumptions_latex(claim.statement)
    t = typesetter(claim.setting)
    fixed = tuple(f"{t.symbol(s)}={t.scalar(value)}" for s, value in claim.at)
    return fixed + domain_latex(claim.relevant_domain, t)


def expression_latex(e: NamedExpression) -> str:
    """name = value."""
    return f"{e.latex}={typesetter(e.setting).scalar(e.value)}"
