"""A second evaluation of statements at a point, which shares no code with the first.

A defect of one evaluator, of its idea of where a term has a value or of when an exponent is whole, would make a true
statement look refuted. So a counterexample counts only if this module finds the same: it walks through the statement by
itself, in fractions of the standard library and intervals of mpmath where the first evaluation has balls of FLINT, and
knows by a separation bound when an algebraic number is zero. It answers ``true``, ``false`` or ``undefined`` only where
that is certain, and ``undecided`` elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm, prod
from typing import Literal

from verify.counterexamples.interval_numbers import MOST_BITS, Doubt, NoValue, Number, arithmetic
from verify.language.logic import App, Bool, Formula, Num, Rel, Sequent, Term, Var

Answer = Literal["true", "false", "undefined", "undecided"]
BITS = 260
CLOSE = Fraction(1, 2**200)  # 60 digits
MOST_POINTS = 2_000  # at which an exponent is examined


@dataclass(frozen=True)
class Opinion:
    """What every hypothesis and the goal amount to at a point; ``why`` says what stands behind the goal's answer.

    ``close``: the point would be a counterexample if sides that have values and agree to 60 digits were equal.
    """

    hypotheses: tuple[Answer, ...]
    goal: Answer
    why: str = ""
    close: bool = False

    @property
    def counterexample(self) -> bool:
        return all(h == "true" for h in self.hypotheses) and self.goal in ("false", "undefined")


def opinion(sequent: Sequent, values: Mapping[str, Fraction | Term]) -> Opinion:
    """The second evaluation of a statement; the values are rational, or terms without variables.

    >>> x, zero = Var("x"), Num(Fraction(0))
    >>> opinion(Sequent((("x", "real"),), (), Rel(">", x, zero)), {"x": Fraction(0)}).goal
    'false'
    """
    for name, kind in sequent.variables:
        value = values.get(name, Fraction(0))
        if kind == "integer" and not (isinstance(value, Fraction) and value.denominator == 1):
            return Opinion((), "undecided", f"{name} is not a whole number")
    integers = frozenset(name for name, kind in sequent.variables if kind == "integer")
    known = [_answer(h, values, integers, True) for h in sequent.hypotheses]
    goal, why, close = _answer(sequent.goal, values, integers, False)
    return Opinion(tuple(h for h, _, _ in known), goal, why, close and all(near for _, _, near in known))


def _answer(
    f: Formula, values: Mapping[str, Fraction | Term], integers: frozenset[str], wanted: bool
) -> tuple[Answer, str, bool]:
    """The answer, what stands behind it, and whether it is ``wanted`` as far as 60 digits tell."""
    bits = BITS
    for _ in range(3):  # a better enclosure may settle what a first one left open
        reading = Reading(values, integers, bits)
        try:
            truth = reading.holds(f)
            return ("true" if truth else "false"), "", truth is wanted
        except NoValue as reason:
            return "undefined", str(reason), False
        except Doubt as reason:
            if reason.bits is None or not bits < reason.bits <= MOST_BITS:
                return "undecided", str(reason), reading.close(f, wanted)
            bits = reason.bits
        except (ArithmeticError, ValueError, RecursionError, MemoryError) as error:
            return "undecided", f"{type(error).__name__}: {error}", False
    return "undecided", "an enclosure is too wide", False


class Reading:
    """One reading of a statement at a point, at one precision."""

    def __init__(self, values: Mapping[str, Fraction | Term], integers: frozenset[str], bits: int) -> None:
        self.values, self.integers = values, integers
        self.numbers = arithmetic(bits)
        self.memo: dict[int, Number] = {}  # by the identity of terms: they stay alive, and hashing walks through them

    # -- formulas, from left to right

    def holds(self, f: Formula) -> bool:
        if isinstance(f, Rel):
            s = self.numbers.sign(self.numbers.minus(self.value(f.lhs), self.value(f.rhs)))
            return {"==": s == 0, "!=": s != 0, "<": s < 0, ">": s > 0, "<=": s <= 0, ">=": s >= 0}[f.op]
        if f.op == "not":
            return not self.holds(f.args[0])
        if f.op == "iff":
            one, other = (self.tried(a) for a in f.args)
            for part in (one, other):
                if isinstance(part, NoValue):
                    raise part
            for part in (one, other):
                if isinstance(part, Doubt):
                    raise part
            return one == other
        settles = f.op != "and"  # a true part settles `or`, a false premise settles `implies`, a false part `and`
        doubt: Doubt | None = None
        for i, a in enumerate(f.args):
            part = self.tried(a)
            if isinstance(part, NoValue):
                raise doubt or part  # a part in doubt may settle it before the one without a value is read
            if isinstance(part, Doubt):
                if self.tried_value(a) is not None:
                    raise part  # whether the part has a value is in doubt itself
                doubt = doubt or part
            elif (not part if f.op == "implies" and i == 0 else part) is settles:
                return settles
        if doubt is not None:
            raise doubt
        return not settles

    def tried(self, f: Formula) -> bool | NoValue | Doubt:
        try:
            return self.holds(f)
        except (NoValue, Doubt) as reason:
            return reason

    def tried_value(self, f: Formula) -> NoValue | Doubt | None:
        """Why some term of a formula may have no value, None if all of them have one."""
        if isinstance(f, Bool):
            return next((reason for a in f.args if (reason := self.tried_value(a)) is not None), None)
        try:
            self.value(f.lhs), self.value(f.rhs)
        except (NoValue, Doubt) as reason:
            return reason
        return None

    def close(self, f: Formula, wanted: bool) -> bool:
        """Whether a formula would be ``wanted`` if sides that agree to 60 digits were equal; both need a value."""
        if isinstance(f, Bool):
            if f.op == "implies" and not wanted:
                return self.close(f.args[0], True) and self.close(f.args[1], False)
            flat = f.op == ("and" if wanted else "or")
            return self.tried(f) is wanted or (flat and all(self.close(a, wanted) for a in f.args))
        found = self.tried(f)
        if not isinstance(found, Doubt) or self.tried_value(f) is not None:
            return found is wanted
        equal = f.op in ("==", "<=", ">=")
        gap = self.numbers.minus(self.value(f.lhs), self.value(f.rhs))
        return equal is wanted and self.numbers.within(gap, CLOSE)

    # -- terms

    def value(self, t: Term) -> Number:
        if id(t) not in self.memo:
            self.memo[id(t)] = self._value(t)
        return self.memo[id(t)]

    def _value(self, t: Term) -> Number:
        if isinstance(t, Num):
            return self.numbers.rational(t.value)
        if isinstance(t, Var):
            known = self.values[t.name]
            return self.numbers.rational(known) if isinstance(known, Fraction) else self.value(known)
        if t.op == "^":
            return self.power(t)
        parts = [self.value(a) for a in t.args]
        first, rest = parts[0], parts[1:]
        match t.op:
            case "+":
                for p in rest:
                    first = self.numbers.plus(first, p)
            case "*":
                for p in rest:
                    first = self.numbers.times(first, p)
            case "-":
                first = self.numbers.times(self.numbers.rational(Fraction(-1)), first)
            case "/":
                if self.numbers.sign(rest[0]) == 0:
                    raise NoValue("division by zero")
                first = self.numbers.over(first, rest[0])
            case "abs":
                if self.numbers.sign(first) < 0:
                    first = self.numbers.times(self.numbers.rational(Fraction(-1)), first)
            case "min" | "max":
                for p in rest:
                    if (self.numbers.sign(self.numbers.minus(p, first)) < 0) == (t.op == "min"):
                        first = p
            case "sqrt":
                first = self.numbers.root(t, first, 2)
            case "log" | "exp":
                first = self.numbers.log(first) if t.op == "log" else self.numbers.exp(first)
                inner = self.meant(t.args[0])
                if isinstance(inner, App) and {t.op, inner.op} == {"log", "exp"}:
                    first = self.value(inner.args[0])
            case _:
                raise Doubt(f"an unknown function {t.op}")
        return first

    def meant(self, t: Term) -> Term:
        known = self.values[t.name] if isinstance(t, Var) else t
        return Num(known) if isinstance(known, Fraction) else known

    # -- powers

    def power(self, t: App) -> Number:
        base, exponent = self.value(t.args[0]), self.value(t.args[1])
        stated = t.args[1]
        if isinstance(stated, Num):
            if stated.value.denominator == 1:
                return self.numbers.whole_power(base, int(stated.value))
            if stated.value > 0:  # defined at zero too
                return self.numbers.whole_power(
                    self.numbers.root(t, base, stated.value.denominator), stated.value.numerator
                )
        else:
            try:
                whole = self.whole(stated)
            except Doubt:
                if self.numbers.sign(base) <= 0:
                    raise
                whole = False  # where the base is positive it makes no difference
            if whole:
                if exponent.exact is None or exponent.exact.denominator != 1:
                    raise Doubt("an exponent is whole by its form, but its value is not")
                return self.numbers.whole_power(base, int(exponent.exact))
        if self.numbers.sign(base) <= 0:
            raise NoValue("real power of a number that is not positive")
        if base.exact == 1:
            return base
        if exponent.exact is not None and exponent.exact.denominator <= 64 and abs(exponent.exact.numerator) <= 400:
            return self.numbers.whole_power(
                self.numbers.root(t, base, exponent.exact.denominator), exponent.exact.numerator
            )
        return self.numbers.exp(self.numbers.times(exponent, self.numbers.log(base)))

    def whole(self, t: Term) -> bool:
        """Whether an exponent is whole by its form and what its form asks for holds here."""
        if isinstance(t, Num):
            return t.value.denominator == 1
        if isinstance(t, Var):
            return t.name in self.integers
        if t.op in ("+", "*", "-", "abs", "min", "max") and all([self.whole(a) for a in t.args]):
            return True
        if t.op == "^":
            below, above = t.args
            if self.whole(below) and self.whole(above) and not (isinstance(above, Num) and above.value < 0):
                return self.numbers.sign(self.value(above)) >= 0
        return self.whole_valued(t)

    def whole_valued(self, t: Term) -> bool:
        """Whether a term is a polynomial in integers with whole values, by its values modulo its denominator."""
        p = self.polynomial(t)
        if p is None:
            return False
        bottom = lcm(*(c.denominator for c in p.values()))
        names = sorted({name for monomial in p for name, _ in monomial})
        if bottom ** len(names) > MOST_POINTS:
            raise Doubt("whether an exponent is whole takes too long to tell")
        for point in product(range(bottom), repeat=len(names)):
            at = dict(zip(names, point, strict=True))
            if sum(c * prod(at[x] ** k for x, k in monomial) for monomial, c in p.items()).denominator != 1:
                return False
        return True

    def polynomial(self, t: Term) -> Polynomial | None:
        """A term as a polynomial in integers, None if it is none."""
        if isinstance(t, Num):
            return {(): t.value}
        if isinstance(t, Var):
            return {((t.name, 1),): Fraction(1)} if t.name in self.integers else None
        if t.op == "^":
            p, n = self.polynomial(t.args[0]), t.args[1]
            if p is None or not isinstance(n, Num) or n.value.denominator != 1 or n.value < 0:
                return None
            if n.value > 40:
                raise Doubt("an exponent has a high degree")
            out: Polynomial = {(): Fraction(1)}
            for _ in range(int(n.value)):
                out = _product(out, p)
            return out
        if t.op not in ("+", "-", "*", "/"):
            return None
        parts = [self.polynomial(a) for a in t.args]
        known = [p for p in parts if p is not None]
        if len(known) < len(parts):
            return None
        if t.op == "/":
            if set(known[1]) != {()}:
                return None
            return {m: c / known[1][()] for m, c in known[0].items()}
        out = known[0]
        for p in known[1:]:
            out = _sum(out, p) if t.op == "+" else _product(out, p)
        return {m: -c for m, c in out.items()} if t.op == "-" else out


# ---------------------------------------------------------------- whole numbers and polynomials in them

Polynomial = dict[tuple[tuple[str, int], ...], Fraction]


def _sum(p: Polynomial, q: Polynomial) -> Polynomial:
    total = {m: p.get(m, Fraction(0)) + q.get(m, Fraction(0)) for m in {**p, **q}}
    return {m: c for m, c in total.items() if c}


def _product(p: Polynomial, q: Polynomial) -> Polynomial:
    if len(p) * len(q) > MOST_POINTS:
        raise Doubt("an exponent is too long")
    out: Polynomial = {}
    for (m, a), (n, b) in product(p.items(), q.items()):
        powers: dict[str, int] = {}
        for x, k in (*m, *n):
            powers[x] = powers.get(x, 0) + k
        key = tuple(sorted(powers.items()))
        out[key] = out.get(key, Fraction(0)) + a * b
    return {m: c for m, c in out.items() if c}
