"""The estimator, run: its risk by drawing the noise from two points, which has the moments that the risk depends on.

Knows no formula. A route of evidence compares it with what a claim states.
"""

from __future__ import annotations

import itertools
from fractions import Fraction

import sympy as sp

from verify import Claim, Evidence, MatrixIdentity, Verdict

# Noise of variance s^2 on each coordinate, from +s and -s.
CASES = (((Fraction(2),), Fraction(1, 3), Fraction(1, 2)), ((Fraction(1), Fraction(-3)), Fraction(2), Fraction(3, 4)))


def risk(w: tuple[Fraction, ...], s: Fraction, factor: Fraction) -> Fraction:
    """The mean squared error of factor * (w + z) over all signs of the noise."""
    total = Fraction(0)
    signs = list(itertools.product((1, -1), repeat=len(w)))
    for signs_of in signs:
        total += sum(((a - factor * (a + sign * s)) ** 2 for a, sign in zip(w, signs_of, strict=True)), Fraction(0))
    return total / len(signs)


def measured(claim: Claim) -> Evidence | None:
    """Exact agreement of R.risk with the definition at small cases."""
    if not isinstance(claim.statement, MatrixIdentity):
        return None
    for w, s, factor in CASES:
        values = {"c": factor, "d": len(w), "n": 1, "nu": s}
        numbers = {name: sp.Rational(str(value)) for name, value in values.items()}
        total = sp.Integer(0)
        for term, coefficient in claim.statement.rhs.terms.items():
            k = coefficient.subs({x: numbers[x.name] for x in coefficient.free_symbols})
            total += k * sp.Rational(str(sum(a * a for a in w))) ** (len(term.traces) or len(term.word) // 2)
        if total != sp.Rational(str(risk(w, s, factor))):
            return Evidence("measured", Verdict.REFUTED, f"at w = {w} the risk is {risk(w, s, factor)}, not {total}")
    return Evidence("measured", Verdict.SUPPORTED, f"agrees exactly with the definition in {len(CASES)} cases")
