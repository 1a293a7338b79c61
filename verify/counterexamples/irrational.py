"""Counterexamples at points that are not rational: exact terms such as sqrt(2), and a certificate that they are one.

Where a statement fails at irrational points only, no rational witness exists. A point written with roots, logarithms
and exponentials is as exact; that the hypotheses hold there and the goal does not is a statement without variables,
which is proved like any other and accepted by the checker.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import exp, log
from typing import Literal

import flint

from verify.counterexamples.candidates import edges
from verify.counterexamples.local_minima import Place, minima
from verify.kernel.reading import Refused
from verify.kernel.reals.derivatives import derivative
from verify.kernel.reals.terms import names_in, substitute
from verify.language import logic
from verify.language.critical_points import critical
from verify.language.definedness import defined
from verify.language.evaluation import Point, Undecided, Undefined, evaluate, holds
from verify.language.evaluation import whole as exponent_whole
from verify.language.logic import Sequent
from verify.language.rational_functions import Field, Raw, ZeroDenominator, factors_of, fraction, raw, term_of
from verify.language.raw_terms import canonical, number

Values = dict[str, logic.Term]
OTHERS = [Fraction(v) for v in ("1", "0", "2", "-1", "1/2", "3")]
NEAR = (10, 100, 1000, 10_000)  # largest denominators
MOST_TRIALS = 6
MOST_FREE = 2  # variables that equations leave, each of which is tried at OTHERS
ROOTS = (2, 3, 4, 5, 6)


@dataclass(frozen=True)
class Failure:
    """A way in which a statement fails: a formula that holds where it does, and what to say then."""

    formula: logic.Formula
    kind: Literal["violates", "undefined"]


def failures(sequent: Sequent) -> list[Failure]:
    """The goal is false, or one of the equations that make a term undefined holds."""
    broken = [logic.negate(c) for c in logic.conjuncts(defined(sequent.goal, sequent.integers))]
    singular = [edges(f)[-1] for f in broken if isinstance(f, logic.Rel) and f.op in ("==", "<=")]
    singular = [f for f in singular if isinstance(f, logic.Rel) and curved(f)]
    return [Failure(logic.negate(sequent.goal), "violates"), *(Failure(f, "undefined") for f in singular)]


def difference(r: logic.Rel) -> Raw:
    """The left side minus the right one."""
    return ("+", raw(r.lhs), ("-", raw(r.rhs)))


def curved(equation: logic.Rel) -> bool:
    """Whether a factor is of first degree in none of its variables; otherwise the equation has rational solutions."""
    ratio = fraction(difference(equation))
    if ratio is None:
        return False
    _, n, _ = ratio
    return n != 0 and any(1 not in factor.degrees() for factor, _ in factors_of(n)[1])


def points(sequent: Sequent, failure: logic.Formula, *, sure: bool) -> Iterator[Values]:
    """Points of the domain at which ``failure`` may hold; ``sure``: according to ball arithmetic it certainly does.

    Equations among the hypotheses can't be certain at an irrational point: ball arithmetic only has to allow them.
    """
    if not sequent.variables:
        yield from () if sure else [{}]
        return
    premises = [*sequent.hypotheses, *logic.conjuncts(failure)]
    equations = [f for f in premises if isinstance(f, logic.Rel) and f.op == "=="]
    if sure and not equations:
        return  # what certainly fails there also fails at rational points nearby
    allowed = logic.conj(*sequent.hypotheses, *(f for f in premises if f in equations))
    certain = logic.conj(*(f for f in logic.conjuncts(failure) if f not in equations))
    real = {name for name, kind in sequent.variables if kind == "real"}
    system = Equations(sequent, failure, real)
    near, likely = itertools.tee(minima(sequent, failure))  # searched for only if they are needed
    seen: set[str] = set()
    found = 0
    for values in itertools.chain(system.solved(), system.free(), system.solved_near(near), recognised(likely, real)):
        if found >= MOST_TRIALS:
            return
        theta = {name: simplest(values[name]) for name, _ in sequent.variables if name in values}
        key = str(theta)
        if key in seen or not all(whole(theta[name]) for name in theta if name not in real):
            continue
        seen.add(key)
        verdicts = [holding(f, theta) for f in (allowed, certain)]
        if False not in verdicts and (verdicts[1] or not sure):
            found += 1
            yield theta


def whole(t: logic.Term) -> bool:
    return isinstance(t, logic.Num) and t.value.denominator == 1


def holding(f: logic.Formula, theta: Values) -> bool | None:
    """Whether a formula holds at a point, according to ball arithmetic; None where that can't tell."""
    try:
        return holds(logic.substitute(f, theta), Point({}))
    except Undecided:
        return None
    except (Undefined, OverflowError, ZeroDivisionError):
        return False


def simplest(t: Raw) -> logic.Term:
    """A term without variables with its sums collected, as a number where its value is known exactly."""
    t = undone(t)
    plain = min((term_of(t), term_of(canonical(t) or t)), key=lambda u: len(str(u)))
    try:
        value = evaluate(plain, Point({}))
    except (Undefined, Undecided, OverflowError, ZeroDivisionError):
        return plain
    return logic.num(value) if isinstance(value, Fraction) else plain


def undone(t: Raw) -> Raw:
    """The term without logarithms of 1 and of exponentials."""
    if not isinstance(t, tuple):
        return t
    op, *args = (t[0], *map(undone, t[1:]))
    if op == "log" and args[0] == 1:
        return 0
    return args[0][1] if op == "log" and isinstance(args[0], tuple) and args[0][0] == "exp" else (op, *args)


def at(sequent: Sequent, theta: Values, failure: logic.Formula) -> Sequent:
    """The statement without variables that says: here the hypotheses hold, and the statement fails in this way.

    A real power stays one when a whole number is put in for its exponent: its base has to be positive. The statement
    does not say that integers are integers; ``ValueError`` for a point where they are not.
    """
    if not all(whole(theta[name]) for name, kind in sequent.variables if kind == "integer"):
        raise ValueError("an integer variable has a value that is not a whole number")
    said = (*sequent.hypotheses, failure)
    positive = dict.fromkeys(logic.Rel(">", base, logic.ZERO) for base in real_bases(sequent, said, theta))
    return Sequent((), (), logic.conj(*(logic.substitute(f, theta) for f in (*positive, *said))))


def real_bases(sequent: Sequent, formulas: Iterable[logic.Formula], theta: Values) -> Iterator[logic.Term]:
    """The bases of powers that are real by the form of their exponent, which values put in for variables may hide."""
    integers = {n: t.value for n, t in theta.items() if n in sequent.integers and isinstance(t, logic.Num)}
    point = Point(integers, sequent.integers)
    for r in (r for f in formulas for r in logic.relations(f)):
        for t in (t for side in (r.lhs, r.rhs) for t in logic.subterms(side)):
            if isinstance(t, logic.App) and t.op == "^" and not isinstance(t.args[1], logic.Num):
                try:
                    real = not exponent_whole(raw(t.args[1]), point)
                except (Undecided, Undefined):
                    real = True
                if real:
                    yield t.args[0]


# ---------------------------------------------------------------- equations solved


class Equations:
    """The relations of a statement, with the variables that its equations give in terms of the others taken out."""

    def __init__(self, sequent: Sequent, failure: logic.Formula, real: set[str]) -> None:
        formulas = [*logic.conjuncts(failure), *sequent.hypotheses]
        equations = [difference(f) for f in formulas if isinstance(f, logic.Rel) and f.op == "=="]
        self.known: dict[str, Raw] = {}
        for gap in equations:
            gap = substitute(gap, self.known)
            names = sorted(names_in(gap) & real)
            options = [(n, v) for solve in (linear, logarithmic) for n in names for v in solve(gap, n)]
            for x, value in options:
                self.known = {n: substitute(t, {x: value}) for n, t in self.known.items()} | {x: value}
                break
        self.gaps = [substitute(difference(r), self.known) for f in formulas for r in logic.relations(f)]
        self.names = [name for name, _ in sequent.variables if name not in self.known]
        self.real = [x for x in self.names if x in real]

    def solved(self) -> Iterator[dict[str, Raw]]:
        """One variable from an equation or a critical point, the others a few small numbers."""
        for x in self.real if len(self.names) <= 3 else ():
            others = [n for n in self.names if n != x]
            for values in itertools.product(OTHERS, repeat=len(others)):
                yield from self.solved_for(x, dict(zip(others, values, strict=True)))

    def free(self) -> Iterator[dict[str, Raw]]:
        """What the equations give where the other variables are a few small numbers."""
        if self.known and len(self.names) <= MOST_FREE and self.names == self.real:
            for values in itertools.product(OTHERS, repeat=len(self.names)):
                table: dict[str, Raw] = dict(zip(self.names, map(number, values), strict=True))
                yield {**table, **{y: substitute(t, table) for y, t in self.known.items()}}

    def solved_near(self, places: Iterable[Place]) -> Iterator[dict[str, Raw]]:
        """The same with the others close to where the statement is close to failing."""
        for place in places:
            for most, x in itertools.product(NEAR, self.real):
                others = {
                    n: Fraction(place[n]).limit_denominator(most if n in self.real else 1) for n in self.names if n != x
                }
                if others:
                    yield from self.solved_for(x, others)

    def solved_for(self, x: str, others: Mapping[str, Fraction]) -> Iterator[dict[str, Raw]]:
        table: dict[str, Raw] = {n: number(v) for n, v in others.items()}
        for gap in self.gaps:
            g = substitute(gap, table)
            for zero in zeros(g, x) if x in names_in(g) else ():
                point = {**table, x: zero}
                yield {**point, **{y: substitute(t, point) for y, t in self.known.items()}}


def linear(gap: Raw, x: str) -> Iterator[Raw]:
    """What x is if it occurs to the first power only."""
    ratio = fraction(gap)
    if ratio is None:
        return
    field, n, _ = ratio
    if x in field.atoms and n != 0 and n.degrees()[field.index[x]] == 1:
        yield from (v for v in critical(gap, x) if x not in names_in(v))


def logarithmic(gap: Raw, x: str) -> Iterator[Raw]:
    """What x is if its logarithm occurs to the first power, and x nowhere else."""
    ratio = fraction(gap)
    if ratio is None:
        return
    field, n, _ = ratio
    inside: list[Raw] = [a for a in field.atoms if x in names_in(a)]
    if inside == [("log", x)] and n != 0 and n.degrees()[field.index[inside[0]]] == 1:
        yield from (v for v in critical(gap, x) if x not in names_in(v))


def zeros(t: Raw, x: str) -> Iterator[Raw]:
    """Zeros of a term and of its derivative that can be written down."""
    sides = [t]
    with contextlib.suppress(Refused):
        sides.append(derivative(t, x))
    for side in sides:
        try:
            yield from critical(side, x)
            yield from polynomial_roots(side, x)
        except (ZeroDenominator, ArithmeticError):
            continue


def polynomial_roots(t: Raw, x: str) -> Iterator[Raw]:
    """Roots of quadratic factors, and of factors a x^k + b."""
    field = Field([t])
    n, _ = field.quotient(t)
    if n == 0 or field.atoms != [x]:
        return
    for factor, _ in factors_of(n)[1]:
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


def recognised(places: Iterable[Place], real: set[str]) -> Iterator[dict[str, Raw]]:
    """Places near which a statement is close to failing, their coordinates read as roots of simple rationals."""
    for place in places:
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
        if v > 0:
            power = Fraction(log(v)).limit_denominator(most)
            if power != 0 and abs(exp(power) - v) <= tolerance * v:
                yield ("exp", number(power))
