"""Proofs that a term is positive on a short interval, from rational bounds of every function value in it.

Steps: from a <= u <= b the bounds of exp(u) and log(u) at a and b, rounded outwards, and so on from the inside out. A
polynomial p in values A with low <= A <= high is written in the distances t = A - low, or t = high - A where p falls
in A, so that its least value should be at t = 0; what the negative coefficients can take away there, with each t at
most the width, is less than its value at 0. One ``psatz`` node says so.
Source: Moore 1966, Interval analysis; the corner form is that of monotone functions.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import flint

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import Formula
from verify.language.rational_functions import Field, Polynomial, Raw, ZeroDenominator, as_fraction, value_of_ball
from verify.language.raw_terms import minus, number
from verify.prover.proof_builder import Node, ProofBuilder, by_contradiction, dump
from verify.prover.term import Term
from verify.runtime.budget import spend

BITS = 24  # of a bound that is rounded outwards, beyond its first one
MOST_TERMS = 400  # of a polynomial in the distances

Ends = tuple[Fraction, Fraction]


class TooWide(Exception):
    """The bounds do not show it."""


def rounded(ball: flint.arb) -> Ends:
    """Rational bounds of a ball, a little wider than it; raises ``TooWide`` where it is not finite, or too long."""
    if not ball.is_finite():
        raise TooWide
    out = []
    for end, side in ((ball.lower(), -1), (ball.upper(), 1)):
        try:
            value = value_of_ball(end)
        except OverflowError:
            raise TooWide from None
        size = abs(value.numerator).bit_length() - value.denominator.bit_length()
        scale = Fraction(2) ** (BITS - size if value else BITS)
        out.append(Fraction((value * scale).__floor__() if side < 0 else (value * scale).__ceil__()) / scale)
    return out[0], out[1]


class Box:
    """A builder whose facts bound a variable, and the bounds of the terms that were asked for so far.

    Every term in ``ends`` has the facts ``low <= t`` and ``t <= high`` in the state, or weaker ones about numbers.
    """

    def __init__(self, builder: ProofBuilder, ends: dict[Term, Ends]) -> None:
        self.builder = builder
        self.ends = dict(ends)

    def positive(self, goal: Formula) -> Node:
        """A proof of the goal ``0 < t`` or ``0 <= t`` in the state of the builder; raises ``TooWide``, ``Refused``."""
        field, n, d = self.quotient(minus(goal[2], goal[1]))
        self.enclose_atoms(field)
        builder = self.builder
        if d == 1:
            return builder.close(self.corner(field, n, goal))
        low, high = self.range_of(field, d)
        if low <= 0 <= high:
            raise TooWide
        if high < 0:
            n, d = -n, -d
        self.nonzero_divisors(goal)
        above: Formula = (goal[0], 0, field.term(n))
        below: Formula = ("<", 0, field.term(d))
        for f, p in ((below, d), (above, n)):
            builder.have(f, self.corner(field, p, f))
        return builder.close({"rule": "sign", "factors": [[dump(above[2]), "1"], [dump(below[2]), "-1"]]})

    def nonzero_divisors(self, goal: Formula) -> None:
        """The facts that no divisor in the goal vanishes."""
        checker, builder = self.builder.checker, self.builder
        for t in checker.algebra.quotient(minus(goal[2], goal[1]))[2]:
            if not checker.nonzero(builder.state, t):
                self.signed(t)

    def signed(self, t: Term) -> None:
        """The fact that a term is positive, or that it is negative."""
        field, n, d = self.quotient(t)
        self.enclose_atoms(field)
        if d != 1:
            raise TooWide
        low, high = self.range_of(field, n)
        if low <= 0 <= high:
            raise TooWide
        f: Formula = ("<", 0, t) if low > 0 else ("<", t, 0)
        if not self.builder.state.knows(f):
            self.builder.have(f, self.corner(field, n if low > 0 else -n, f))

    def quotient(self, t: Term) -> tuple[Field, Polynomial, Polynomial]:
        """The term as a quotient of polynomials in its atoms."""
        field = Field([t])
        try:
            return field, *field.quotient(t)
        except ZeroDenominator:
            raise TooWide from None

    def enclose_atoms(self, field: Field) -> None:
        """Bounds of every atom of a field."""
        for a in field.atoms:
            self.enclose(a)

    def enclose(self, t: Term) -> Ends:
        """Rational bounds of a term, which become facts."""
        if t in self.ends:
            return self.ends[t]
        if not isinstance(t, (str, tuple)):
            return Fraction(t), Fraction(t)
        if isinstance(t, str):
            raise TooWide  # a variable of which nothing is known
        if t[0] in ("exp", "log"):
            self.ends[t] = self.function(t)
        elif t[0] in ("+", "-", "*", "/") or (t[0] == "^" and isinstance(t[2], int)):
            self.ends[t] = self.rational(t)
        else:
            raise TooWide
        return self.ends[t]

    def function(self, t: Term) -> Ends:
        """Bounds of exp(u) or log(u) from those of u."""
        op, u = t[0], t[1]
        low, high = self.enclose(u)
        if op == "log" and low <= 0:
            raise TooWide
        builder = self.builder
        out: list[Fraction] = []
        for end, side in ((low, 0), (high, 1)):
            ball = flint.arb(flint.fmpq(end.numerator, end.denominator))
            below, above = rounded(ball.exp() if op == "exp" else ball.log())
            at_end: Term = (op, number(end))
            if at_end not in self.ends:
                builder.apply("numeric", term=dump(at_end), lower=str(below), upper=str(above))
                self.ends[at_end] = below, above
            if u != number(end):
                if op == "log" and side == 1 and not builder.state.knows(("<", 0, u)):
                    builder.have(("<", 0, u), self.linear(("<", 0, u), [("<=", number(low), u)], low))
                builder.axiom(f"{op} at most", *((number(end), u) if side == 0 else (u, number(end))))
            out.append((below, above)[side])
        if isinstance(u, (str, tuple)):
            for f, via in (
                (("<=", number(out[0]), t), (op, number(low))),
                (("<=", t, number(out[1])), (op, number(high))),
            ):
                inner: list[Formula] = [(f[0], f[1], via), (f[0], via, f[2])]
                builder.have(f, self.linear(f, inner, Fraction(0)))
        return out[0], out[1]

    def linear(self, f: Formula, known: list[Formula], gap: Fraction) -> Node:
        """A relation that known ones add up to, with a positive ``gap`` left over where it is strict."""
        denied: Formula = ("<=" if f[0] == "<" else "<", f[2], f[1])
        terms: list[Any] = [["1", [dump(g)], "1"] for g in (denied, *known)]
        if gap:
            terms.append([str(gap), [], "1"])
        return by_contradiction(f, {"rule": "psatz", "terms": terms, "cofactors": []})

    def rational(self, t: Term) -> Ends:
        """Bounds of a quotient of polynomials in atoms."""
        field, n, d = self.quotient(t)
        self.enclose_atoms(field)
        if d != 1:
            self.nonzero_divisors(("<=", 0, t))
        bottom = self.range_of(field, d)
        if bottom[0] <= 0 <= bottom[1]:
            raise TooWide
        top = self.range_of(field, n)
        ends = [x / y for x, y in product(top, bottom)]
        low, high = rounded(union_of(min(ends), max(ends)))
        for f in (("<=", number(low), t), ("<=", t, number(high))):
            if self.builder.state.knows(f):
                continue
            gap = minus(f[2], f[1])
            p, q = field.quotient(gap)
            if q == 1:
                self.builder.have(f, self.corner(field, p, f))
            else:
                sub = Box(ProofBuilder(self.builder.checker, self.builder.wanted(f)), self.ends)
                self.builder.have(f, sub.positive(f))
        return low, high

    def range_of(self, field: Field, p: Polynomial) -> Ends:
        """Bounds of a polynomial in the atoms, by corners."""
        return self.lowest(field, p)[0], -self.lowest(field, -p)[0]

    def lowest(self, field: Field, p: Polynomial) -> tuple[Fraction, list[bool], dict[tuple[int, ...], Fraction]]:
        """A lower bound, at which end each atom is when p is least, and p in the distances from there."""
        boxes = [self.ends.get(a, (Fraction(0), Fraction(0))) for a in field.atoms]
        at_low: list[bool] = []
        shifted = []
        for i, (low, high) in enumerate(boxes):
            slope = p.derivative(i)
            middle = [flint.fmpq((a + b).numerator, (a + b).denominator) / 2 for a, b in boxes]
            rises = slope(*middle) >= 0 if boxes else True
            at_low.append(bool(rises))
            end = low if rises else high
            constant = field.context.constant(flint.fmpq(end.numerator, end.denominator))
            shifted.append(constant + field.gens[i] if rises else constant - field.gens[i])
        spend(50 + 20 * len(p))
        q = p.compose(*shifted) if shifted else p
        if len(q) > MOST_TERMS:
            raise TooWide
        coefficients = {tuple(int(e) for e in m): as_fraction(c) for m, c in q.terms()}
        total = Fraction(0)
        for m, c in coefficients.items():
            if not any(m):
                total += c
            elif c < 0:
                for (low, high), e in zip(boxes, m, strict=False):
                    c *= (high - low) ** e
                total += c
        return total, at_low, coefficients

    def corner(self, field: Field, p: Polynomial, goal: Formula) -> Node:
        """A proof of ``goal``, the two sides of which differ by the polynomial; raises ``TooWide``, ``Refused``."""
        bound, at_low, coefficients = self.lowest(field, p)
        if bound < 0 or (bound == 0 and goal[0] == "<"):
            raise TooWide
        denied: Formula = ("<=" if goal[0] == "<" else "<", goal[2], goal[1])
        terms: list[Any] = [["1", [dump(denied)], "1"]]
        if bound > 0:
            terms.append([str(bound), [], "1"])
        for m, c in coefficients.items():
            which = [i for i, e in enumerate(m) for _ in range(e)]
            if not which:
                continue
            rest = [self.distance(field.atoms[i], at_low[i]) for i in which]
            if c > 0:
                terms.append([str(c), [dump(f) for f in rest], "1"])
                continue
            scale = -c
            for k, i in enumerate(which):
                far = self.distance(field.atoms[i], not at_low[i])
                if scale:
                    terms.append([str(scale), [dump(f) for f in (far, *rest[k + 1 :])], "1"])
                low, high = self.ends[field.atoms[i]]
                scale *= high - low
        node = by_contradiction(goal, {"rule": "psatz", "terms": terms, "cofactors": []})
        checker = self.builder.checker
        checker.prove(self.builder.wanted(goal), node)
        return node

    def distance(self, a: Raw, from_low: bool) -> Formula:
        """The fact that an atom is not below its lower bound, or not above its upper one."""
        low, high = self.ends[a]
        return ("<=", number(low), a) if from_low else ("<=", a, number(high))


def union_of(low: Fraction, high: Fraction) -> flint.arb:
    """A ball that contains an interval."""
    return flint.arb(flint.fmpq(low.numerator, low.denominator)).union(
        flint.arb(flint.fmpq(high.numerator, high.denominator))
    )


def positive_on_box(builder: ProofBuilder, y: str | None, ends: Ends | None, goal: Formula) -> Node | None:
    """A proof of ``0 < t`` or ``0 <= t`` where the facts say that ``y`` lies between the ends; None where not seen."""
    box = Box(builder.fork(), {} if y is None or ends is None else {y: ends})
    try:
        return box.positive(goal)
    except (TooWide, Refused):
        return None
