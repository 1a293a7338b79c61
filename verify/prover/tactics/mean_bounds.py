"""Bounds of a value P by a multiple b E of another value, for ``weighted_means``.

Steps: all of them are tangents of the logarithm, log a - log b <= a/b - 1, with the logarithms of products, powers and
exponentials taken apart. ``Logarithms``: P >= E (1 + log P - log E). For P = x^p and E = m^p, ``Tangents``: b is
1 + p (x - m)/m, from below for p >= 1 and from above for 0 <= p <= 1; ``Parts``, for x <= m: b is x/m, the other way.
Stops where positivity or the order of 1 and p is not shown by a short search.
Source: Gibbs 1875; Bernoulli 1689; Jensen 1906.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from verify.kernel.reals.formulas import negate, normal
from verify.kernel.reals.terms import Formula
from verify.language.raw_terms import minus
from verify.prover.closing import by_opposite
from verify.prover.proof_builder import Node, ProofBuilder, dump
from verify.prover.tactic import ProofSearch
from verify.prover.term import Term

Product = list[Formula]  # of relations that are known


@dataclass(frozen=True)
class Bound:
    """A fact that bounds a value: ``scale`` (P - multiple E) is at least 0 if ``lower``, else at most 0."""

    fact: Formula
    multiple: Term
    scale: Term
    lower: bool


class Bounds:
    """How the values other than E are bounded: a bound of one value, or None."""

    lower_only = False

    def __init__(self, search: ProofSearch, value: Term) -> None:
        self.search = search
        self.value = value

    def bound(self, builder: ProofBuilder, other: Term, lower: bool) -> Bound | None:
        raise NotImplementedError


class Logarithms(Bounds):
    """P >= E (1 + log P - log E), for positive P and E."""

    lower_only = True

    def bound(self, builder: ProofBuilder, other: Term, lower: bool) -> Bound | None:
        e = self.value
        tangent = log_tangent(self.search, builder, other, e) if lower else None
        if tangent is None:
            return None
        multiple = ("+", 1, logarithm(other), ("-", logarithm(e)))
        fact: Formula = ("<=", ("*", e, multiple), other)
        done = derived(self.search, builder, fact, [[("<", 0, e), tangent]])
        return Bound(fact, multiple, 1, True) if done else None


class Powers(Bounds):
    """x^p against m^p."""

    def bound(self, builder: ProofBuilder, other: Term, lower: bool) -> Bound | None:
        if not (isinstance(other, tuple) and other[0] == "^" and other[2] == self.value[2]):
            return None
        x, (_, m, p) = other[1], self.value
        if not all(self.search.ensure(builder, ("<", 0, t)) for t in (x, m)):
            return None
        builder.axiom("power positive", x, p)
        builder.axiom("power positive", m, p)
        return self.compared(builder, x, lower)

    def compared(self, builder: ProofBuilder, x: Term, lower: bool) -> Bound | None:
        raise NotImplementedError


class Tangents(Powers):
    """The tangent of the power at m: x^p is above it for p >= 1, below it for 0 <= p <= 1."""

    def compared(self, builder: ProofBuilder, x: Term, lower: bool) -> Bound | None:
        _, m, p = self.value
        line: Term = ("+", m, ("*", p, minus(x, m)))  # m times the tangent of t^p at 1, in t = x/m
        tangent, power = ("*", self.value, line), ("*", ("^", x, p), m)
        fact: Formula = ("<=", tangent, power) if lower else ("<=", power, tangent)
        done = (self.above if lower else self.below)(builder, x, line, fact)
        return Bound(fact, ("/", line, m), m, lower) if done else None

    def above(self, builder: ProofBuilder, x: Term, line: Term, fact: Formula) -> bool:
        """p >= 1: where the line is positive, log line + (p - 1) log m <= p log x; elsewhere it is plain."""
        _, m, p = self.value
        if not self.search.ensure(builder, ("<=", 1, p)):
            return False
        power, e = ("^", x, p), product([self.value, line, ("^", m, -1)])
        work = ProofBuilder(builder.checker, builder.state.assume(("<", 0, line), goal=fact))
        steps = [log_tangent(self.search, work, *pair) for pair in ((power, e), (line, x), (m, x))]
        if None in steps:
            return False
        first, second, third = (f for f in steps if f is not None)
        positive: Product = [("<", 0, m), ("<", 0, e)]
        yes = contradiction(
            self.search, work, [[*positive, first], [*positive, second], [*positive, ("<=", 1, p), third]]
        )
        other = ProofBuilder(builder.checker, builder.state.assume(("<=", line, 0), goal=fact))
        no = contradiction(
            self.search, other, [[("<", 0, self.value), ("<=", line, 0)], [("<", 0, power), ("<", 0, m)]]
        )
        if yes is None or no is None:
            return False
        builder.have(fact, {"rule": "cases", "formula": dump(("<", 0, line)), "yes": yes, "no": no})
        return True

    def below(self, builder: ProofBuilder, x: Term, line: Term, fact: Formula) -> bool:
        """0 <= p <= 1: (1 - p) log m + p log x <= log line."""
        _, m, p = self.value
        conditions: Product = [("<=", 0, p), ("<=", p, 1), ("<", 0, line)]
        if not all(self.search.ensure(builder, c) for c in conditions):
            return False
        power, e = ("^", x, p), product([self.value, line, ("^", m, -1)])
        work = ProofBuilder(builder.checker, builder.state.assume(goal=fact))
        steps = [log_tangent(self.search, work, *pair) for pair in ((e, power), (m, line), (x, line))]
        if None in steps:
            return False
        first, second, third = (f for f in steps if f is not None)
        positive: Product = [("<", 0, m), ("<", 0, power)]
        products = [[*positive, first], [*positive, conditions[1], second], [*positive, conditions[0], third]]
        proof = contradiction(self.search, work, products)
        if proof is not None:
            builder.have(fact, proof)
        return proof is not None


class Parts(Powers):
    """x^p against m^p x/m, where x <= m: at most that for p >= 1, at least that for p <= 1."""

    def compared(self, builder: ProofBuilder, x: Term, lower: bool) -> Bound | None:
        _, m, p = self.value
        ratio: Term = ("/", x, m)
        conditions: Product = [("<=", x, m), ("<=", p, 1) if lower else ("<=", 1, p), ("<", 0, ratio), ("<=", ratio, 1)]
        if not all(self.search.ensure(builder, c) for c in conditions):
            return None
        builder.axiom("power shrinks at most", ratio, *((p, 1) if lower else (1, p)))
        builder.axiom("power quotient", x, m, p)
        power, other = ("^", ratio, p), ("^", x, p)
        shrinks: Formula = ("<=", ("^", ratio, 1), power) if lower else ("<=", power, ("^", ratio, 1))
        split: Formula = ("==", power, ("/", other, self.value))
        part, whole = ("*", other, m), ("*", x, self.value)
        fact: Formula = ("<=", whole, part) if lower else ("<=", part, whole)
        factor: Term = ("*", -1 if lower else 1, m, self.value)
        relations: Product = [("<", 0, m), ("<", 0, self.value), shrinks]
        done = derived(self.search, builder, fact, [relations], [(split, factor)])
        return Bound(fact, ratio, m, lower) if done else None


def families(search: ProofSearch, value: Term, negative: bool) -> Iterator[Bounds]:
    """The kinds of bounds that may be of use for this value; ``negative``: its coefficient is."""
    if negative:
        yield Logarithms(search, value)
    if isinstance(value, tuple) and value[0] == "^" and isinstance(value[1], tuple):
        yield Parts(search, value)
        yield Tangents(search, value)


def log_tangent(search: ProofSearch, builder: ProofBuilder, a: Term, b: Term) -> Formula | None:
    """State log a - log b <= a/b - 1 with the logarithms taken apart; None where a or b is not seen to be positive."""
    if not all(search.ensure(builder, ("<", 0, t)) for t in (a, b)):
        return None
    ratio: Term = ("/", a, b)
    if not builder.state.knows(("<", 0, ratio)):
        builder.have(("<", 0, ratio), {"rule": "sign", "factors": [[dump(a), "1"], [dump(b), "-1"]]})
    builder.axiom("log tangent", ratio)
    builder.axiom("log quotient", a, b)
    tangent: Formula = ("<=", ("log", ratio), ("+", ratio, -1))
    cofactors: list[tuple[Formula, Term]] = [(("==", ("log", ratio), ("+", ("log", a), ("-", ("log", b)))), 1)]
    for t, factor in ((a, 1), (b, -1)):
        found = apart(search, builder, t, factor)
        if found is None:
            return None
        cofactors += found
    fact: Formula = ("<=", ("+", logarithm(a), ("-", logarithm(b))), ("+", ratio, -1))
    return fact if derived(search, builder, fact, [[tangent]], cofactors) else None


def apart(search: ProofSearch, builder: ProofBuilder, t: Term, factor: Term) -> list[tuple[Formula, Term]] | None:
    """State what the logarithm of a product is, step by step; the equations, with the multiples that make the sum."""
    match t:
        case ("*", a, b):
            if not all(search.ensure(builder, ("<", 0, u)) for u in (a, b)):
                return None
            builder.axiom("log product", a, b)
            first, second = apart(search, builder, a, factor), apart(search, builder, b, factor)
            if first is None or second is None:
                return None
            return [(("==", ("log", t), ("+", ("log", a), ("log", b))), factor), *first, *second]
        case ("^", a, b):
            if not search.ensure(builder, ("<", 0, a)):
                return None
            builder.axiom("log power", a, b)
            rest = apart(search, builder, a, ("*", factor, b))
            return None if rest is None else [(("==", ("log", t), ("*", b, ("log", a))), factor), *rest]
        case ("exp", a):
            builder.axiom("log exp", a)
            return [(("==", ("log", t), a), factor)]
    return []


def logarithm(t: Term) -> Term:
    """The logarithm of a product of powers and exponentials, taken apart."""
    match t:
        case ("*", a, b):
            return ("+", logarithm(a), logarithm(b))
        case ("^", base, exponent):
            return ("*", exponent, logarithm(base))
        case ("exp", a):
            return a
    return ("log", t)


def product(factors: list[Term]) -> Term:
    """A product of two at a time, as the laws of the logarithm have it."""
    return factors[0] if len(factors) == 1 else ("*", factors[0], product(factors[1:]))


def contradiction(
    search: ProofSearch,
    work: ProofBuilder,
    products: list[Product],
    cofactors: list[tuple[Formula, Term]] | None = None,
) -> Node | None:
    """The proof of a goal whose opposite contradicts products of known relations and multiples of equations."""
    terms = [["1", [dump(normal(f)) for f in group], "1"] for group in ([negate(work.state.goal)], *products)]
    return by_opposite(
        search, work, {"rule": "psatz", "terms": terms, "cofactors": [[dump(f), dump(c)] for f, c in cofactors or ()]}
    )


def derived(
    search: ProofSearch,
    builder: ProofBuilder,
    fact: Formula,
    products: list[Product],
    cofactors: list[tuple[Formula, Term]] | None = None,
) -> bool:
    """Make a relation a fact that follows so."""
    work = ProofBuilder(builder.checker, builder.state.assume(goal=fact))
    proof = contradiction(search, work, products, cofactors)
    if proof is not None:
        builder.have(fact, proof)
    return proof is not None
