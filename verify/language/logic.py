"""Terms, formulas and sequents: the language in which a statement reaches the provers and the checker.

A sequent says: for all values of its variables (reals, or integers where declared), if every hypothesis is
defined and true, then the goal is defined and true. Standard library only; nothing here simplifies, so ``x/x``
stays ``x/x`` and the question whether it is defined is never lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from verify.runtime.errors import Impossible

Kind = Literal["real", "integer"]

FUNCTIONS = ("sqrt", "exp", "log", "abs", "min", "max")
RELATIONS = ("==", "!=", "<", "<=", ">", ">=")
NEGATED = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Var:
    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Num:
    value: Fraction

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True, slots=True)
class App:
    """An operator applied to terms: n-ary ``+`` and ``*``, unary ``-``, binary ``/`` and ``^``, or a function."""

    op: str
    args: tuple[Term, ...]

    def __str__(self) -> str:
        return show(self)


Term = Var | Num | App


@dataclass(frozen=True, slots=True)
class Rel:
    op: str
    lhs: Term
    rhs: Term

    def __str__(self) -> str:
        return f"{show(self.lhs)} {self.op} {show(self.rhs)}"


@dataclass(frozen=True, slots=True)
class Bool:
    """A connective applied to formulas: n-ary ``and`` and ``or``, ``not``, ``implies``, ``iff``.

    ``Bool("and", ())`` is true and ``Bool("or", ())`` is false.
    """

    op: str
    args: tuple[Formula, ...]

    def __str__(self) -> str:
        if not self.args:
            return "true" if self.op == "and" else "false"
        if self.op == "not":
            return f"not ({self.args[0]})"
        return f" {self.op} ".join(f"({a})" if isinstance(a, Bool) and a.args else str(a) for a in self.args)


Formula = Rel | Bool
TRUE, FALSE = Bool("and", ()), Bool("or", ())
ZERO, ONE = Num(Fraction(0)), Num(Fraction(1))


@dataclass(frozen=True, slots=True)
class Sequent:
    """``variables`` as (name, kind) pairs, in a fixed order."""

    variables: tuple[tuple[str, Kind], ...]
    hypotheses: tuple[Formula, ...]
    goal: Formula

    @property
    def integers(self) -> frozenset[str]:
        """The names of the integer variables."""
        return frozenset(name for name, kind in self.variables if kind == "integer")

    def __str__(self) -> str:
        integers = [name for name, kind in self.variables if kind == "integer"]
        parts = [str(h) for h in self.hypotheses] + [f"{name} integer" for name in integers]
        return f"{', '.join(parts)} |- {self.goal}"


# ---------------------------------------------------------------- building


def num(value: int | str | Fraction) -> Num:
    return Num(Fraction(value))


def add(*args: Term) -> Term:
    return args[0] if len(args) == 1 else App("+", args) if args else ZERO


def mul(*args: Term) -> Term:
    return args[0] if len(args) == 1 else App("*", args) if args else ONE


def neg(a: Term) -> Term:
    return Num(-a.value) if isinstance(a, Num) else App("-", (a,))


def sub(a: Term, b: Term) -> Term:
    return App("+", (a, neg(b)))


def div(a: Term, b: Term) -> Term:
    return App("/", (a, b))


def power(a: Term, b: Term | int) -> Term:
    return App("^", (a, num(b) if isinstance(b, int) else b))


def conj(*args: Formula) -> Formula:
    """The conjunction; conjunctions among the parts are opened."""
    flat = tuple(p for a in args for p in conjuncts(a))
    return flat[0] if len(flat) == 1 else Bool("and", flat)


def negate(f: Formula) -> Formula:
    """The negation, pushed down to relations (De Morgan). Sound wherever ``f`` is defined.

    >>> x = Var("x")
    >>> print(negate(Bool("implies", (Rel(">", x, ZERO), Rel("==", x, ONE)))))
    x > 0 and x != 1
    """
    match f:
        case Rel(op, lhs, rhs):
            return Rel(NEGATED[op], lhs, rhs)
        case Bool("and", args):
            return Bool("or", tuple(map(negate, args)))
        case Bool("or", args):
            return Bool("and", tuple(map(negate, args)))
        case Bool("not", (a,)):
            return a
        case Bool("implies", (a, b)):
            return conj(a, negate(b))
        case Bool("iff", (a, b)):
            return Bool("or", (conj(a, negate(b)), conj(b, negate(a))))
    raise Impossible(f"{f.op} is not a connective of {len(f.args)} formulas")


# ---------------------------------------------------------------- walking


def conjuncts(f: Formula) -> tuple[Formula, ...]:
    """The parts of a conjunction, or the formula itself."""
    return f.args if isinstance(f, Bool) and f.op == "and" else (f,)


def subterms(t: Term) -> Iterator[Term]:
    """Every subterm, arguments first."""
    if isinstance(t, App):
        for a in t.args:
            yield from subterms(a)
    yield t


def relations(f: Formula) -> Iterator[Rel]:
    """Every relation of a formula, from left to right."""
    if isinstance(f, Rel):
        yield f
    else:
        for a in f.args:
            yield from relations(a)


def variables_of(x: Term | Formula) -> set[str]:
    """The names of the variables that occur."""
    if isinstance(x, Var):
        return {x.name}
    if isinstance(x, Num):
        return set()
    parts = (x.lhs, x.rhs) if isinstance(x, Rel) else x.args
    return set().union(*map(variables_of, parts))


def substitute_term(t: Term, theta: Mapping[str, Term]) -> Term:
    """Simultaneous substitution of terms for variables in a term."""
    if isinstance(t, Var):
        return theta.get(t.name, t)
    return App(t.op, tuple(substitute_term(a, theta) for a in t.args)) if isinstance(t, App) else t


def substitute(f: Formula, theta: Mapping[str, Term]) -> Formula:
    """Simultaneous substitution of terms for variables; formulas have no binders."""
    if isinstance(f, Rel):
        return Rel(f.op, substitute_term(f.lhs, theta), substitute_term(f.rhs, theta))
    return Bool(f.op, tuple(substitute(a, theta) for a in f.args))


# ---------------------------------------------------------------- text

_PRECEDENCE = {"+": 1, "-": 2, "*": 3, "/": 3, "^": 5}


def show(t: Term, parent: int = 0) -> str:
    """Plain-text form, in parentheses where it binds no closer than ``parent``; the parser reads back the same term.

    >>> show(sub(num(1), div(Var("x"), mul(num(2), Var("y")))))
    '1 - x/(2*y)'
    """
    if isinstance(t, Var):
        return t.name
    if isinstance(t, Num):
        text = str(t.value)
        level = 2 if t.value < 0 else 3 if t.value.denominator != 1 else 9
        return f"({text})" if level <= parent else text
    if t.op not in _PRECEDENCE:  # a function; sin and cos too, which stand in terms only while they are printed
        return f"{t.op}({', '.join(show(a) for a in t.args)})"
    level = _PRECEDENCE[t.op]
    text = _shown(t.op, t.args, level)
    return f"({text})" if level <= parent else text


def _shown(op: str, args: tuple[Term, ...], level: int) -> str:
    """An operation without parentheses around it."""
    match op, args:
        case "+", (first, *rest):
            return show(first, level) + "".join(_summand(a) for a in rest)
        case "-", (a,):
            return f"-{show(a, level)}"
        case "*", (first, *rest):
            nested = isinstance(first, App) and first.op == "*"
            return "*".join([show(first, level if nested else level - 1), *(show(a, level) for a in rest)])
        case "/", (a, b):
            return f"{show(a, level - 1)}/{show(b, level)}"
        case "^", (a, b):
            return f"{show(a, level)}^{show(b, level)}"
    raise Impossible(f"{op} is not an operator of {len(args)} terms")


def _summand(t: Term) -> str:
    """A summand that is not the first, with its sign."""
    match t:
        case App("-", (a,)):
            return f" - {show(a, 2)}"
        case Num(value) if value < 0:
            return f" - {show(Num(-value), 2)}"
    return f" + {show(t, _PRECEDENCE['+'])}"
