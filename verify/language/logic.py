"""Terms, formulas and sequents: the language in which a statement reaches the provers and the checker.

A sequent says: for all values of its variables (reals, or integers where declared), if every hypothesis is
defined and true, then the goal is defined and true. Standard library only; nothing here simplifies, so ``x/x``
stays ``x/x`` and the question whether it is defined is never lost.

JSON form: a variable is its name, a number the string "p/q" or "p" (names never start with a digit or a sign),
everything else a list ``[operator, argument, ...]``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import lcm, prod
from typing import Any, Literal

Kind = Literal["real", "integer"]

FUNCTIONS = ("sqrt", "exp", "log", "abs", "min", "max")
WHOLE = ("+", "*", "-", "abs", "min", "max", "^")  # of whole terms these are whole
RELATIONS = ("==", "!=", "<", "<=", ">", ">=")
CONNECTIVES = ("and", "or", "not", "implies", "iff")
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
    """A connective applied to formulas; ``and`` and ``or`` are n-ary and ``Bool("and", ())`` is true."""

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
    flat = tuple(p for a in args for p in (a.args if isinstance(a, Bool) and a.op == "and" else (a,)))
    return flat[0] if len(flat) == 1 else Bool("and", flat)


def negate(f: Formula) -> Formula:
    """The negation, pushed down to relations. Sound wherever ``f`` is defined."""
    if isinstance(f, Rel):
        return Rel(NEGATED[f.op], f.lhs, f.rhs)
    if f.op == "and":
        return Bool("or", tuple(negate(a) for a in f.args))
    if f.op == "or":
        return Bool("and", tuple(negate(a) for a in f.args))
    if f.op == "not":
        return f.args[0]
    a, b = f.args
    if f.op == "implies":
        return conj(a, negate(b))
    return Bool("or", (conj(a, negate(b)), conj(b, negate(a))))


# ---------------------------------------------------------------- walking


def subterms(t: Term) -> Iterator[Term]:
    """Every subterm, arguments first."""
    if isinstance(t, App):
        for a in t.args:
            yield from subterms(a)
    yield t


def relations(f: Formula) -> Iterator[Rel]:
    if isinstance(f, Rel):
        yield f
    else:
        for a in f.args:
            yield from relations(a)


def variables_of(x: Term | Formula) -> set[str]:
    if isinstance(x, Var):
        return {x.name}
    if isinstance(x, Num):
        return set()
    parts = (x.lhs, x.rhs) if isinstance(x, Rel) else x.args
    return set().union(*map(variables_of, parts))


def substitute_term(t: Term, theta: Mapping[str, Term]) -> Term:
    if isinstance(t, Var):
        return theta.get(t.name, t)
    return App(t.op, tuple(substitute_term(a, theta) for a in t.args)) if isinstance(t, App) else t


def substitute(f: Formula, theta: Mapping[str, Term]) -> Formula:
    """Simultaneous substitution of terms for variables; formulas have no binders."""
    if isinstance(f, Rel):
        return Rel(f.op, substitute_term(f.lhs, theta), substitute_term(f.rhs, theta))
    return Bool(f.op, tuple(substitute(a, theta) for a in f.args))


# ---------------------------------------------------------------- definedness


def integer_constant(t: Term) -> int | None:
    """The value of a literal integer exponent, else None."""
    if isinstance(t, Num) and t.value.denominator == 1:
        return t.value.numerator
    return None


POINTS = 2000  # at which a polynomial is tried for integer values


def whole_when(t: Term, integers: frozenset[str] | set[str]) -> list[Formula] | None:
    """Conditions under which ``t`` is an integer, read off its form; None if its form does not show one.

    Whole are integers, integer variables, and ``+ * - abs min max`` of whole terms; ``a^b`` of whole terms where b is
    not negative; and a polynomial with rational coefficients in integer variables whose values at all integers are
    integers. So ``n*(n+1)/2`` is whole, ``2^n`` where n >= 0, and ``x`` nowhere if it is a real variable, even at 2.

    >>> whole_when(power(num(2), Var("n")), {"n"})
    [Rel(op='<=', lhs=Num(value=Fraction(0, 1)), rhs=Var(name='n'))]
    """
    found = _whole_when(t, frozenset(integers & variables_of(t)))
    return None if found is None else list(found)


@lru_cache(maxsize=4096)
def _whole_when(t: Term, integers: frozenset[str]) -> list[Formula] | None:
    if isinstance(t, Var):
        return [] if t.name in integers else None
    if isinstance(t, Num):
        return [] if t.value.denominator == 1 else None
    parts = [_whole_when(a, integers) for a in t.args] if t.op in WHOLE else [None]
    found: dict[Formula, None] = {}
    for part in parts:
        if part is None:
            return [] if _whole_polynomial(t, integers) else None
        found |= dict.fromkeys(part)
    if t.op == "^":
        exponent = integer_constant(t.args[1])
        if exponent is not None and exponent < 0:
            return None
        if exponent is None:
            found[Rel("<=", ZERO, t.args[1])] = None
    return list(found)


def _whole_polynomial(t: Term, integers: frozenset[str]) -> bool:
    """Whether a term is a polynomial with integer values at all integers.

    If D t has integer coefficients, then D t(n) modulo D depends on n modulo D alone, so D^k points decide.
    """
    names = sorted(variables_of(t))
    scale = _coefficient_scale(t) if set(names) <= integers else None
    if scale is None or scale ** len(names) > POINTS:
        return False
    for values in product(range(scale), repeat=len(names)):
        if _scaled_value(t, dict(zip(names, values, strict=True)), scale) != 0:
            return False
    return True


def _coefficient_scale(t: Term) -> int | None:
    """A number D <= POINTS for which D t is a polynomial with integer coefficients; None if there is none."""
    if isinstance(t, Var):
        return 1
    if isinstance(t, Num):
        return t.value.denominator if t.value.denominator <= POINTS else None
    first, last = t.args[0], t.args[-1]
    parts = [_coefficient_scale(a) for a in (t.args if t.op in ("+", "*", "-") else (first,))]
    scales = [s for s in parts if s is not None]
    if len(scales) < len(parts):
        return None
    if t.op in ("+", "-", "*"):
        out = 1
        for s in scales:
            out = out * s if t.op == "*" else lcm(out, s)
            if out > POINTS:
                return None
        return out
    if t.op == "/" and isinstance(last, Num) and 0 < abs(last.value.numerator) <= POINTS:
        out = scales[0] * abs(last.value.numerator)
        return out if out <= POINTS else None
    exponent = integer_constant(last) if t.op == "^" else None
    if exponent is None or exponent < 0 or (scales[0] > 1 and exponent >= POINTS.bit_length()):
        return None
    return scales[0] ** exponent if scales[0] ** exponent <= POINTS else None


def _scaled_value(t: Term, at: Mapping[str, int], modulus: int) -> int:
    """D t modulo ``modulus`` at an integer point, D being ``_coefficient_scale(t)``."""
    if isinstance(t, Var):
        return at[t.name] % modulus
    if isinstance(t, Num):
        return t.value.numerator % modulus
    values = [_scaled_value(a, at, modulus) for a in (t.args[:1] if t.op in ("/", "^") else t.args)]
    if t.op == "+":
        whole = _coefficient_scale(t) or 0
        return sum(v * (whole // (_coefficient_scale(a) or 1)) for v, a in zip(values, t.args, strict=True)) % modulus
    if t.op == "*":
        return prod(values) % modulus
    if t.op == "-":
        return -values[0] % modulus
    last = t.args[1]
    if t.op == "^":
        return pow(values[0], integer_constant(last) or 0, modulus)
    if not isinstance(last, Num):
        raise TypeError(f"{last} is not a number")
    return values[0] * last.value.denominator * (1 if last.value > 0 else -1) % modulus


def integer_valued(t: Term, integers: frozenset[str] | set[str]) -> bool:
    """Whether ``t`` is an integer by its form, for all values of its variables."""
    return whole_when(t, integers) == []


def term_defined(t: Term, integers: frozenset[str] | set[str]) -> list[Formula]:
    """What must hold for ``t`` to denote a real number, innermost conditions first.

    ``x^0`` is 1 for every x. A positive rational exponent needs a base that is not negative. An exponent that is not a
    literal needs a positive base, or, where it is whole by its form (``whole_when``), a base that is not zero or an
    exponent that is not negative.
    """
    if not isinstance(t, App):
        return []
    out = [c for a in t.args for c in term_defined(a, integers)]
    if t.op == "/" and not (isinstance(t.args[1], Num) and t.args[1].value != 0):
        out.append(Rel("!=", t.args[1], ZERO))
    elif t.op == "log" and not (isinstance(t.args[0], Num) and t.args[0].value > 0):
        out.append(Rel(">", t.args[0], ZERO))
    elif t.op == "sqrt" and not (isinstance(t.args[0], Num) and t.args[0].value >= 0):
        out.append(Rel(">=", t.args[0], ZERO))
    elif t.op == "^":
        out += _power_defined(*t.args, integers)
    return out


def _power_defined(base: Term, exponent: Term, integers: frozenset[str] | set[str]) -> list[Formula]:
    """The condition that a power adds to those of its base and exponent."""
    literal = integer_constant(exponent)
    nonzero = isinstance(base, Num) and base.value != 0
    if literal is not None:
        return [Rel("!=", base, ZERO)] if literal < 0 and not nonzero else []
    positive = isinstance(base, Num) and base.value > 0
    whole = whole_when(exponent, integers)
    if whole is None:
        if isinstance(exponent, Num) and exponent.value > 0:
            return [] if isinstance(base, Num) and base.value >= 0 else [Rel("<=", ZERO, base)]
        return [] if positive else [Rel(">", base, ZERO)]
    inner: list[Formula] = [] if nonzero else [Bool("or", (Rel("!=", base, ZERO), Rel("<=", ZERO, exponent)))]
    if not whole:
        return inner
    return [] if positive else [Bool("or", (Rel("<", ZERO, base), Bool("and", (*whole, *inner))))]


def defined(f: Formula, integers: frozenset[str] | set[str] = frozenset()) -> Formula:
    """The condition under which ``f`` has a truth value; connectives are read from left to right.

    ``x != 0 implies x/x == 1`` is defined everywhere, ``x/x == 1`` only where x != 0.
    """
    if isinstance(f, Rel):
        conditions = term_defined(f.lhs, integers) + term_defined(f.rhs, integers)
        return conj(*dict.fromkeys(conditions)) if conditions else TRUE
    if f.op in ("not", "iff"):
        return conj(*(defined(a, integers) for a in f.args))
    out: list[Formula] = []
    before: list[Formula] = []
    for a in f.args:
        d = defined(a, integers)
        if d != TRUE:
            out.append(Bool("implies", (conj(*before), d)) if before else d)
        before.append(negate(a) if f.op == "or" else a)
    return conj(*out) if out else TRUE


# ---------------------------------------------------------------- text and JSON

_PRECEDENCE = {"+": 1, "-": 2, "*": 3, "/": 3, "^": 5}


def show(t: Term, parent: int = 0) -> str:
    """Plain-text form; the user's grammar reads it back to the same term."""
    if isinstance(t, Var):
        return t.name
    if isinstance(t, Num):
        text = str(t.value)
        level = 2 if t.value < 0 else 3 if t.value.denominator != 1 else 9
        return f"({text})" if level <= parent else text
    if t.op in FUNCTIONS:
        return f"{t.op}({', '.join(show(a) for a in t.args)})"
    level = _PRECEDENCE[t.op]
    if t.op == "+":
        text = show(t.args[0], level)
        for a in t.args[1:]:
            if isinstance(a, App) and a.op == "-":
                text += f" - {show(a.args[0], 2)}"
            elif isinstance(a, Num) and a.value < 0:
                text += f" - {show(Num(-a.value), 2)}"
            else:
                text += f" + {show(a, level)}"
    elif t.op == "-":
        text = f"-{show(t.args[0], level)}"
    elif t.op == "*":
        first = t.args[0]
        nested = isinstance(first, App) and first.op == "*"
        text = "*".join([show(first, level if nested else level - 1), *(show(a, level) for a in t.args[1:])])
    elif t.op == "/":
        text = f"{show(t.args[0], level - 1)}/{show(t.args[1], level)}"
    else:
        text = f"{show(t.args[0], level)}^{show(t.args[1], level)}"
    return f"({text})" if level <= parent else text


def to_json(x: Term | Formula | Sequent) -> Any:
    if isinstance(x, Sequent):
        return {
            "variables": [[name, kind] for name, kind in x.variables],
            "hypotheses": [to_json(h) for h in x.hypotheses],
            "goal": to_json(x.goal),
        }
    if isinstance(x, Var):
        return x.name
    if isinstance(x, Num):
        return str(x.value)
    if isinstance(x, Rel):
        return [x.op, to_json(x.lhs), to_json(x.rhs)]
    return [x.op, *(to_json(a) for a in x.args)]


def term_from_json(data: Any) -> Term:
    if isinstance(data, str):
        return Num(Fraction(data)) if data[:1].isdigit() or data[:1] == "-" else Var(data)
    return App(data[0], tuple(term_from_json(a) for a in data[1:]))


def formula_from_json(data: Any) -> Formula:
    if data[0] in RELATIONS:
        return Rel(data[0], term_from_json(data[1]), term_from_json(data[2]))
    return Bool(data[0], tuple(formula_from_json(a) for a in data[1:]))


def sequent_from_json(data: Any) -> Sequent:
    return Sequent(
        tuple((name, kind) for name, kind in data["variables"]),
        tuple(formula_from_json(h) for h in data["hypotheses"]),
        formula_from_json(data["goal"]),
    )
