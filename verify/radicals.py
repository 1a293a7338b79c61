"""Counterexamples at points that are not rational: exact terms such as sqrt(2), and a certificate that they are one.

Where a statement fails at irrational points only, no rational witness exists. A point written with roots, logarithms
and exponentials is as exact; that the hypotheses hold there and the goal does not is a statement without variables,
which is proved like any other and accepted by the checker.
"""

from __future__ import annotations

import contextlib
import itertools
import time
from collections.abc import Iterator
from fractions import Fraction
from math import log

import flint

from verify import hunt, logic
from verify.checker import Refused, derivative, names_in, substitute
from verify.evaluate import Point, TooHard, Undefined, evaluate, holds
from verify.fractions import Field, Raw, raw
from verify.fractions import Undefined as NoQuotient
from verify.logic import Sequent
from verify.prover.slope import critical
from verify.prover.thread import number

Values = dict[str, logic.Term]
OTHERS = [Fraction(v) for v in ("1", "0", "2", "-1", "1/2", "3")]
MOST_TRIALS = 6
ROOTS = (2, 3, 4, 5, 6)


def points(sequent: Sequent, deadline: float) -> Iterator[Values]:
    """Points at which the goal may fail, judged by ball arithmetic."""
    real = {name for name, kind in sequent.variables if kind == "real"}
    seen: set[str] = set()
    found = 0
    for values in itertools.chain(solved(sequent, real), recognised(sequent, real)):
        if time.thread_time() > deadline or found >= MOST_TRIALS:
            return
        theta = {name: simplest(term(value)) for name, value in values.items()}
        key = str(theta)
        if key in seen:
            continue
        seen.add(key)
        if possible(sequent, theta):
            found += 1
            yield theta


def simplest(t: logic.Term) -> logic.Term:
    """A term without variables as a number where its value is known exactly."""
    try:
        value = evaluate(t, Point({}))
    except (Undefined, TooHard, OverflowError, ZeroDivisionError):
        return t
    return logic.num(value) if isinstance(value, Fraction) else t


def at(sequent: Sequent, theta: Values) -> Sequent:
    """The statement without variables that says: here the hypotheses hold, and the goal does not."""
    parts = [logic.substitute(f, theta) for f in (*sequent.hypotheses, logic.negate(sequent.goal))]
    return Sequent((), (), logic.conj(*parts))


def possible(sequent: Sequent, theta: Values) -> bool:
    try:
        if any(holds(logic.substitute(h, theta), Point({})) is False for h in sequent.hypotheses):
            return False
        return holds(logic.substitute(sequent.goal, theta), Point({})) is not True
    except (Undefined, TooHard, OverflowError, ZeroDivisionError):
        return False


def term(t: Raw) -> logic.Term:
    """The term that a raw one without variables stands for."""
    if not isinstance(t, tuple):
        return logic.num(t)
    return logic.App(t[0], tuple(map(term, t[1:])))


# ---------------------------------------------------------------- equations solved


def solved(sequent: Sequent, real: set[str]) -> Iterator[dict[str, Raw]]:
    """One variable from an equation or a critical point, the others from a few small numbers."""
    names = [name for name, _ in sequent.variables]
    if not names or len(names) > 3:
        return
    formulas = [raw(f) for f in (sequent.goal, *sequent.hypotheses)]
    gaps = [("+", a, ("-", b)) for f in formulas for op, a, b in hunt.relations_of(f)]
    for x in names:
        if x not in real:
            continue
        others = [n for n in names if n != x]
        for values in itertools.product(OTHERS, repeat=len(others)):
            table = {n: number(v) for n, v in zip(others, values, strict=True)}
            for gap in gaps:
                g = substitute(gap, table)
                if x not in names_in(g):
                    continue
                for zero in zeros(g, x):
                    yield {**table, x: zero}


def zeros(t: Raw, x: str) -> Iterator[Raw]:
    """Zeros of a term and of its derivative that can be written down."""
    sides = [t]
    with contextlib.suppress(Refused):
        sides.append(derivative(t, x))
    for side in sides:
        try:
            yield from critical(side, x)
            yield from polynomial_roots(side, x)
        except (NoQuotient, ArithmeticError):
            continue


def polynomial_roots(t: Raw, x: str) -> Iterator[Raw]:
    """Roots of quadratic factors, and of factors a x^k + b."""
    field = Field([t])
    n, _ = field.quotient(t)
    if n == 0 or field.atoms != [x]:
        return
    for factor, _ in n.factor()[1]:
        c = {int(m[0]): Fraction(int(q.p), int(q.q)) for m, q in factor.terms()}
        k = max(c)
        if set(c) <= {0, k} and k >= 2 and c.get(0):
            square = -c[0] / c[k]
            if square > 0:
                root: Raw = ("sqrt", number(square)) if k == 2 else ("^", number(square), Fraction(1, k))
                yield root
                yield ("-", root)
            elif k % 2:
                yield ("-", ("^", number(-square), Fraction(1, k)))
        elif k == 2:
            middle, inside = -c.get(1, Fraction(0)) / (2 * c[2]), (c[1] / (2 * c[2])) ** 2 - c.get(0, 0) / c[2]
            if inside > 0:
                yield ("+", number(middle), ("sqrt", number(inside)))
                yield ("+", number(middle), ("-", ("sqrt", number(inside))))


# ---------------------------------------------------------------- numbers recognised


def recognised(sequent: Sequent, real: set[str]) -> Iterator[dict[str, Raw]]:
    """Places near which a statement is close to failing, their coordinates read as roots of simple rationals."""
    for place in hunt.minima(sequent, logic.negate(sequent.goal)):
        choices = [list(readings(v)) if n in real else [round(v)] for n, v in place.items()]
        yield from (dict(zip(place, c, strict=True)) for c in itertools.islice(itertools.product(*choices), 300))


def readings(v: float) -> Iterator[Raw]:
    """Simple exact numbers close to a float."""
    for most, tolerance in ((12, 2e-3), (100, 1e-5)):
        near = Fraction(v).limit_denominator(most)
        if abs(near - v) <= tolerance * max(1.0, abs(v)):
            yield number(near)
        for k in ROOTS:
            power = Fraction(abs(v) ** k).limit_denominator(most)
            if power > 0 and power != near**k and abs(float(power) ** (1 / k) - abs(v)) <= tolerance * abs(v):
                root: Raw = ("sqrt", number(power)) if k == 2 else ("^", number(power), Fraction(1, k))
                yield root if v > 0 else ("-", root)
        if abs(v) < 30:
            value = Fraction(float(flint.arb(v).exp().mid())).limit_denominator(most)
            if value > 0 and value != 1 and abs(log(value) - v) <= tolerance:
                yield ("log", number(value))
