"""Bounds on single variables, read off the facts: what the substitution of bounds needs.

Steps: a fact ``a < b`` is a bound where one side is a variable that the other does not contain; otherwise b - a is
written as n/d, and where n is linear in x, d free of x, and the slope and d have visible signs, solved for x.
Applies to ``<`` and ``<=``. Stops at facts that are not linear in x, and where a sign is not visible.
Source: ours; the elimination of one variable from linear inequalities is Fourier's (1827).
"""

from __future__ import annotations

from dataclasses import dataclass

from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, names_in
from verify.language.rational_functions import Field, Polynomial, ZeroDenominator, factor_terms, factors_of
from verify.language.raw_terms import minus
from verify.prover.proof_builder import Node, ProofBuilder, dump
from verify.prover.term import Term
from verify.runtime.errors import present


@dataclass(frozen=True)
class Bound:
    """``term < x`` (lower) or ``x < term``, or with <=; ``scale`` rebuilds it from the fact when not literal."""

    variable: str
    lower: bool
    term: Term
    strict: bool
    fact: Formula
    scale: tuple[tuple[Term, int], ...] | None

    @property
    def formula(self) -> Formula:
        """The bound as a relation."""
        ends = (self.term, self.variable) if self.lower else (self.variable, self.term)
        return ("<" if self.strict else "<=", *ends)

    def proof(self) -> Node:
        """The proof of the bound from its fact: the difference times factors whose signs are seen."""
        scale = present(self.scale)
        factors = [[dump(minus(self.fact[2], self.fact[1])), "1"], *([dump(t), str(e)] for t, e in scale)]
        return {"rule": "sign", "factors": factors}


def strict_sign(checker: Checker, state: State, field: Field, p: Polynomial) -> int | None:
    """1 or -1 if the polynomial is seen to have that sign, from its factors."""
    constant, factors = factors_of(p)
    total = 1 if constant > 0 else -1
    for f, e in factors:
        s = checker.sign(state, field.term(f))
        if e % 2 == 0 and 0 not in s:
            continue
        if len(s) != 1 or 0 in s:
            return None
        total *= next(iter(s)) ** e
    return total


def isolate(checker: Checker, state: State, only: str | None = None) -> list[Bound]:
    """Every bound on a variable that some fact gives by solving a linear inequality."""
    relations = [f for f in state.facts if f[0] in ("<", "<=")]
    field = Field([minus(f[2], f[1]) for f in relations])
    out: list[Bound] = []
    for f in relations:
        _, a, b = f
        strict = f[0] == "<"
        if isinstance(b, str) and b not in names_in(a):
            out.append(Bound(b, True, a, strict, f, None))
        if isinstance(a, str) and a not in names_in(b):
            out.append(Bound(a, False, b, strict, f, None))
        done = {x for x in (a, b) if isinstance(x, str)}
        try:
            n, d = field.quotient(minus(b, a))
        except ZeroDenominator:
            continue
        if not all(checker.nonzero(state, t) for t in checker.algebra.quotient(minus(b, a))[2]):
            continue  # what cancels has to be known not to vanish
        up, down = n.degrees(), d.degrees()
        bottom = None
        for x, i in field.index.items():
            if not isinstance(x, str) or x in done or (only and x != only) or up[i] != 1 or down[i]:
                continue
            if any(up[j] + down[j] and x in names_in(t) for t, j in field.index.items() if j != i):
                continue
            slope = n.derivative(i)
            sign = strict_sign(checker, state, field, slope)
            if bottom is None:
                bottom = strict_sign(checker, state, field, d)
            if sign is None or bottom is None:
                continue
            top, below = field.reduced(field.gens[i] * slope - n, slope)
            t = field.term(top) if below == 1 else ("/", field.term(top), field.term(below))
            # b - a = (x - t) slope/d, hence x - t = (b - a) d/slope
            scale = (*factor_terms(field, d), *factor_terms(field, slope, -1))
            lower = sign * bottom > 0
            out.append(Bound(x, lower, t, strict, f, tuple(scale if lower else (*scale, (-1, 1)))))
    return out


def add_bound(builder: ProofBuilder, bound: Bound) -> None:
    """Make a bound a fact, unless it stands there literally."""
    if bound.scale is not None and not builder.state.knows(bound.formula):
        builder.have(bound.formula, bound.proof())
