"""Statements as data: what a claim says, in terms that a proof, a simulation and LaTeX can all be made from.

Every kind of statement about scalars knows the formula it means; the kinds that are not about scalars (a matrix
identity, a limit) carry their two sides, and one about vectors its text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import sympy as sp

from verify.derivations.relations import Exact, Formula, Op, Relation, all_of, eq, iff, implies
from verify.derivations.trace_polynomials import TracePolynomial

DIRECTIONS = ("increasing", "decreasing")


@dataclass(frozen=True)
class Identity(Exact):
    """lhs and rhs are equal, and both defined, on the whole domain."""

    lhs: sp.Expr
    rhs: sp.Expr

    _numbers = ("lhs", "rhs")

    def formula(self) -> Formula:
        return eq(self.lhs, self.rhs)


@dataclass(frozen=True)
class Inequality(Exact):
    lhs: sp.Expr
    op: Op
    rhs: sp.Expr

    _numbers = ("lhs", "rhs")

    def formula(self) -> Formula:
        return Relation(self.lhs, self.op, self.rhs)


@dataclass(frozen=True)
class Equivalence:
    left: Formula
    right: Formula

    def formula(self) -> Formula:
        return iff(self.left, self.right)


@dataclass(frozen=True)
class Holds:
    """Any other formula: implications, several inequalities at once."""

    body: Formula

    def formula(self) -> Formula:
        return self.body


@dataclass(frozen=True)
class Minimiser(Exact):
    """``argmin`` minimises ``objective`` over all real ``variable``; where ``unique_if`` holds, it alone does."""

    objective: sp.Expr
    variable: sp.Symbol
    argmin: sp.Expr
    value: sp.Expr | None = None
    unique_if: Formula | None = None

    _numbers = ("objective", "argmin", "value")

    def formula(self) -> Formula:
        best = self.objective.xreplace({self.variable: self.argmin}) if self.value is None else self.value
        parts: list[Formula] = [Relation(self.objective, ">=", best)]
        if self.value is not None:
            parts.append(Relation(self.objective.xreplace({self.variable: self.argmin}), "==", self.value))
        strict: Formula = Relation(self.variable, "!=", self.argmin)
        if self.unique_if is not None:
            strict = all_of(self.unique_if, strict)
        parts.append(implies(strict, Relation(self.objective, ">", best)))
        return all_of(*parts)


@dataclass(frozen=True)
class Monotone(Exact):
    """``expression`` is monotone in ``variable``: for any two values of it inside the domain, the other symbols fixed.

    ``second`` is the symbol that stands for the larger of the two values.
    """

    expression: sp.Expr
    variable: sp.Symbol
    direction: Literal["increasing", "decreasing"]
    second: sp.Symbol
    strict: bool = True

    _numbers = ("expression",)

    def formula(self) -> Relation:
        """The comparison of the two values; the domain of ``second`` is added by the claim."""
        other = self.expression.xreplace({self.variable: self.second})
        increasing: Op = "<" if self.strict else "<="
        decreasing: Op = ">" if self.strict else ">="
        ops: dict[str, Op] = {"increasing": increasing, "decreasing": decreasing}
        return Relation(self.expression, ops[self.direction], other)


@dataclass(frozen=True)
class Limit(Exact):
    """``expression`` tends to ``value`` as ``variable`` tends to infinity (``to`` = oo) or to 0 from above (0)."""

    expression: sp.Expr
    variable: sp.Symbol
    to: sp.Expr
    value: sp.Expr

    _numbers = ("expression", "to", "value")


@dataclass(frozen=True)
class MatrixIdentity:
    """Two trace polynomials are the same matrix (or number), for every dimension and every choice of the letters.

    ``name`` is what is computed from the definitions, printed in place of the left-hand side.
    """

    name: str
    lhs: TracePolynomial
    rhs: TracePolynomial


@dataclass(frozen=True)
class LoewnerOrder:
    """lhs <= rhs in the Loewner order, for every PSD Sigma with norm L: both are polynomials in Sigma.

    Such a polynomial f(Sigma) has the eigenvalues f(l), l an eigenvalue of Sigma, in the same eigenbasis, so the order
    holds for every dimension if and only if lhs(l) <= rhs(l) for every l in [0, L] that a PSD Sigma can have.
    ``at_eigenvalue`` is that scalar statement; ``eigenvalue``, ``norm`` and ``trace_square`` are its symbols.

    ``averaged``: E lhs(Sigma_i) <= E rhs(Sigma_i), the mean over any number of matrices. Then those three symbols
    belong to one matrix, the domain holds for each of them, and all other symbols are the same for all.
    """

    lhs: TracePolynomial
    rhs: TracePolynomial
    at_eigenvalue: Formula
    eigenvalue: sp.Symbol
    norm: sp.Symbol
    trace_square: sp.Symbol
    averaged: bool = False

    def formula(self) -> Formula:
        return self.at_eigenvalue


@dataclass(frozen=True)
class Spatial:
    """A statement about vectors, expectations, sums and functions, in the plain text that ``verify prove`` reads.

    The text is the one place where it stands: ``verify.spaces.spatial`` says what it means. ``assumptions`` hold
    declarations ("f L-smooth", "x0, g random vectors") and relations, a text each; the claim has no other domain.
    """

    statement: str
    assumptions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.assumptions, list):
            object.__setattr__(self, "assumptions", tuple(self.assumptions))


Statement = (
    Identity | Inequality | Equivalence | Holds | Minimiser | Monotone | Limit | MatrixIdentity | LoewnerOrder | Spatial
)
WITHOUT_SYMBOLS = (MatrixIdentity, Spatial)  # the kinds that have no problem in symbols that a domain bounds
