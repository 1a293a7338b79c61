"""Relations between SymPy expressions and their logical combinations: what claims state and steps are valid under.

Formulas are kept exactly as written (nothing is evaluated to True or False).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import sympy as sp

from verify.derivations.exact import exact

Op = Literal["==", "!=", "<", "<=", ">", ">="]

RELATIONS = ("==", "!=", "<", "<=", ">", ">=")
CONNECTIVES = {op: range(1, 10_000) for op in ("and", "or")} | {"not": (1,), "implies": (2,), "iff": (2,)}  # arguments


class Exact:
    """Takes whole numbers and fractions of Python in the fields ``_numbers``; what else they hold is not judged here.

    A claim judges all of its parts (``verify.claims.validity``), where it can say which claim and which field is meant.
    """

    _numbers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in self._numbers:
            object.__setattr__(self, name, exact(getattr(self, name)))


@dataclass(frozen=True)
class Relation(Exact):
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


def sides_of(x: Formula) -> list[sp.Expr]:
    """Both sides of every relation, in their order."""
    if isinstance(x, Relation):
        return [x.lhs, x.rhs]
    return [side for part in x.args for side in sides_of(part)]


def replace_symbols(x: Formula, values: Mapping[sp.Symbol, sp.Expr]) -> Formula:
    """Simultaneous replacement in both sides of every relation."""
    if isinstance(x, Relation):
        return Relation(x.lhs.xreplace(values), x.op, x.rhs.xreplace(values))
    return Connective(x.op, tuple(replace_symbols(a, values) for a in x.args))
