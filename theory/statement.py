"""Statements as data: what a claim says, in terms that a proof, a simulation and LaTeX can all be made from.

Formulas are kept exactly as written (nothing is evaluated to True or False). Every kind of statement about scalars
knows the formula it means; the kinds that are not about scalars (a matrix identity, a limit) carry their two sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import sympy as sp

from theory.exact import exact
from theory.moments.words import TracePolynomial

Op = Literal["==", "!=", "<", "<=", ">", ">="]

RELATIONS = ("==", "!=", "<", "<=", ">", ">=")
CONNECTIVES = {op: range(1, 10_000) for op in ("and", "or")} | {"not": (1,), "implies": (2,), "iff": (2,)}  # arguments
DIRECTIONS = ("increasing", "decreasing")


class _Exact:
    """Takes whole numbers and fractions of Python in the fields ``_numbers``; what else they hold is not judged here.

    A claim judges all of its parts (``theory.validity``), where it can say which claim and which field is meant.
    """

    _numbers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in self._numbers:
            object.__setattr__(self, name, exact(getattr(self, name)))


@dataclass(frozen=True)
class Relation(_Exact):
    lhs: sp.Expr
    op: Op
    rhs: sp.Expr

    _numbers = ("lhs", "rhs")

    def __str__(self) -> str:
        return f"{self.lhs} {self.op} {self.rhs}"


@dataclass(frozen=True)
class Connective:
    """``and`` and ``or`` are n-ary, ``implies`` and ``iff`` binary, ``not`` unary."""

    op: Literal["and", "or", "not", "implies", "iff"]
    args: tuple[Formula, ...]

    def __str__(self) -> str:
        if self.op == "not":
            return f"not ({self.args[0]})"
        return f" {self.op} ".join(f"({a})" if isinstance(a, Connective) else str(a) for a in self.args)


Formula = Relation | Connective


def eq(a: sp.Expr | int, b: sp.Expr | int) -> Relation:
    return Relation(a, "==", b)


def ne(a: sp.Expr | int, b: sp.Expr | int) -> Relation:
    return Relation(a, "!=", b)


def lt(a: sp.Expr | int, b: sp.Expr | int) -> Relation:
    return Relation(a, "<", b)


def le(a: sp.Expr | int, b: sp.Expr | int) -> Relation:
    return Relation(a, "<=", b)


def gt(a: sp.Expr | int, b: sp.Expr | int) -> Relation:
    return Relation(a, ">", b)


def ge(a: sp.Expr | int, b: sp.Expr | int) -> Relation:
    return Relation(a, ">=", b)


def all_of(*args: Formula) -> Formula:
    return args[0] if len(args) == 1 else Connective("and", args)


def any_of(*args: Formula) -> Formula:
    return args[0] if len(args) == 1 else Connective("or", args)


def implies(a: Formula, b: Formula) -> Connective:
    return Connective("implies", (a, b))


def iff(a: Formula, b: Formula) -> Connective:
    return Connective("iff", (a, b))


def symbols_of(x: Formula) -> set[sp.Symbol]:
    if isinstance(x, Relation):
        return set(x.lhs.free_symbols | x.rhs.free_symbols)
    return set().union(*(symbols_of(a) for a in x.args))


def replace_symbols(x: Formula, values: dict[sp.Symbol, sp.Expr]) -> Formula:
    """Simultaneous replacement in both sides of every relation."""
    if isinstance(x, Relation):
        return Relation(x.lhs.xreplace(values), x.op, x.rhs.xreplace(values))
    return Connective(x.op, tuple(replace_symbols(a, values) for a in x.args))


# ---------------------------------------------------------------- kinds of statement


@dataclass(frozen=True)
class Identity(_Exact):
    """lhs and rhs are equal, and both defined, on the whole domain."""

    lhs: sp.Expr
    rhs: sp.Expr

    _numbers = ("lhs", "rhs")

    def formula(self) -> Formula:
        return eq(self.lhs, self.rhs)


@dataclass(frozen=True)
class Inequality(_Exact):
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
class Minimiser(_Exact):
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
class Monotone(_Exact):
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
class Limit(_Exact):
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
    """

    lhs: TracePolynomial
    rhs: TracePolynomial
    at_eigenvalue: Formula

    def formula(self) -> Formula:
        return self.at_eigenvalue


Statement = Identity | Inequality | Equivalence | Holds | Minimiser | Monotone | Limit | MatrixIdentity | LoewnerOrder
