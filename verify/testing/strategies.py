"""Hypothesis strategies: sizes, shares, scales, covariances, and exact points of a claim's domain.

They shrink towards small integers, diagonal covariances and simple fractions, draw boundaries on purpose, and every
object prints as what it is: a failing example is fully printed. Hypothesis is needed to import this module.
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import sympy as sp
from hypothesis import assume
from hypothesis import strategies as st

from verify.claims.claim import Claim
from verify.claims.domain import Bound
from verify.claims.sequents import formula
from verify.claims.setting import Setting
from verify.derivations.relations import Connective, Formula, Relation
from verify.language.evaluation import Undecided, Undefined, holds

Array = npt.NDArray[np.float64]

LARGEST_COUNT = 10**6


class Parameters(dict[str, Fraction]):
    """Exact values of raw parameters; prints as ``rho_H = 1/3, d = 2``."""

    def __repr__(self) -> str:
        return ", ".join(f"{k} = {v}" for k, v in self.items())


def counts(largest: int = LARGEST_COUNT) -> st.SearchStrategy[int]:
    """Sizes from 1, most of them small; 1 itself and ``largest`` are drawn on purpose."""
    return st.one_of(st.integers(1, min(10, largest)), st.integers(1, largest), st.sampled_from([1, largest]))


def shares(low: float = 0.02, high: float = 0.98) -> st.SearchStrategy[float]:
    """Numbers k/64 strictly between low and high, exact in binary; shrink to 1/2."""
    ticks = sorted((k for k in range(1, 64) if low < k / 64 < high), key=lambda k: abs(k - 32))
    return st.sampled_from([k / 64 for k in ticks])


def scales(low: int = -4, high: int = 4) -> st.SearchStrategy[float]:
    """Positive numbers spread evenly on a logarithmic scale, 2^(k/2) rounded to a few binary digits; shrink to 1."""
    exponents = sorted(range(2 * low, 2 * high + 1), key=abs)
    return st.sampled_from([round(2 ** (k / 2) * 1024) / 1024 for k in exponents])


@st.composite
def rotations(draw: st.DrawFn, d: int) -> Array:
    """Rotations (d, d), products of Givens rotations of neighbouring axes; shrink to the identity."""
    Q = np.eye(d)
    for i in range(d - 1):
        angle = draw(st.sampled_from([0.0, math.pi / 2, math.pi / 4, 0.3, 1.0, 2.0, -0.7]))
        G = np.eye(d)
        G[i, i] = G[i + 1, i + 1] = math.cos(angle)
        G[i, i + 1], G[i + 1, i] = -math.sin(angle), math.sin(angle)
        Q = Q @ G
    return Q


@st.composite
def covariances(draw: st.DrawFn, d: int, *, singular: bool = False) -> Array:
    """Covariances (d, d): log-uniform eigenvalues, turned by Givens rotations; shrink to the identity.

    singular: let some eigenvalues be zero.
    """
    values = scales(-3, 2)
    spectrum = draw(st.lists(st.one_of(values, st.just(0.0)) if singular else values, min_size=d, max_size=d))
    Q = draw(rotations(d))
    sigma = (Q * np.array(spectrum)) @ Q.T
    symmetric: Array = (sigma + sigma.T) / 2
    return symmetric


def vectors(d: int) -> st.SearchStrategy[Array]:
    """Vectors (d,) of small multiples of 1/4."""
    entries = st.integers(-12, 12).map(lambda k: k / 4)
    return st.lists(entries, min_size=d, max_size=d).map(np.array)


# ---------------------------------------------------------------- exact points of a claim's domain


def _value(e: sp.Expr, values: dict[sp.Symbol, sp.Rational], setting: Setting) -> Fraction:
    found = setting.expand(e).xreplace(dict(values))
    number = sp.nsimplify(found) if not found.is_Rational else found
    if not number.is_Rational:
        raise Undefined(f"the bound {e} has no rational value")
    return Fraction(int(number.p), int(number.q))


@st.composite
def _inside(draw: st.DrawFn, bound: Bound, low: Fraction | None, high: Fraction | None) -> Fraction:
    if bound.symbol.is_integer:
        first = 1 if low is None else math.ceil(low) if bound.lower_closed else math.floor(low) + 1
        last = first + 10**6 if high is None else math.floor(high) if bound.upper_closed else math.ceil(high) - 1
        assume(first <= last)
        near = st.integers(first, min(last, first + 9))
        return Fraction(draw(st.one_of(near, st.integers(first, last))))
    ends = [x for x, closed in ((low, bound.lower_closed), (high, bound.upper_closed)) if closed and x is not None]
    share = st.fractions(Fraction(1, 64), Fraction(63, 64), max_denominator=64)
    size = st.fractions(Fraction(1, 16), 16, max_denominator=16)
    if low is not None and high is not None:
        assume(low < high or (low == high and ends))
        middle = share.map(lambda x: low + x * (high - low))
    elif low is not None:
        middle = size.map(lambda x: low + x)
    elif high is not None:
        middle = size.map(lambda x: high - x)
    else:
        middle = st.fractions(-4, 4, max_denominator=16)
    return draw(st.one_of(middle, st.sampled_from(ends)) if ends else middle)


@st.composite
def points(draw: st.DrawFn, claim: Claim) -> Parameters:
    """Exact rational parameters inside the domain of a claim; closed boundaries are drawn on purpose.

    The bounds of the domain are followed in their order; its further hypotheses are checked exactly at the end.
    """
    domain = claim.relevant_domain
    values: dict[sp.Symbol, sp.Rational] = {}
    for bound in domain.bounds:
        try:
            low, high = (None if e is None else _value(e, values, claim.setting) for e in (bound.lower, bound.upper))
        except (Undefined, ZeroDivisionError):
            assume(False)
            raise
        x = draw(_inside(bound, low, high))
        values[bound.symbol] = sp.Rational(x.numerator, x.denominator)
    found = Parameters({s.name: Fraction(int(x.p), int(x.q)) for s, x in values.items()})
    for f in domain.extra:
        assume(_holds(f, values, claim))
    return found


def _holds(f: Formula, values: dict[sp.Symbol, sp.Rational], claim: Claim) -> bool:
    def expanded(g: Formula) -> Formula:
        if isinstance(g, Relation):
            lhs, rhs = (claim.setting.expand(side).xreplace(claim.fixed) for side in (g.lhs, g.rhs))
            return Relation(lhs, g.op, rhs)
        return Connective(g.op, tuple(expanded(a) for a in g.args))

    numbers = {s.name: Fraction(int(x.p), int(x.q)) for s, x in values.items()}
    try:
        return holds(formula(expanded(f)), numbers) is True
    except (Undefined, Undecided, KeyError, ZeroDivisionError):
        return False
