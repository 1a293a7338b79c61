"""Values of terms on boxes by ball arithmetic: rigorous as far as python-flint is, with no certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import flint

from verify.language.circular_laws import Stands
from verify.language.rational_functions import Raw, raw

MOST_POWER = 400  # exponents above this are not multiplied out


def union(low: Fraction, high: Fraction) -> flint.arb:
    """A ball that contains an interval."""
    ends = [flint.arb(flint.fmpq(v.numerator, v.denominator)) for v in (low, high)]
    return ends[0].union(ends[1])


def value(t: Raw, balls: Mapping[Raw, flint.arb]) -> flint.arb:
    """A ball containing all values of a term; not finite where the term may be undefined."""
    if isinstance(t, str):
        return balls[t]
    if not isinstance(t, tuple):
        return flint.arb(flint.fmpq(t.numerator, t.denominator))
    if t in balls:
        return balls[t]
    op = t[0]
    args = [value(a, balls) for a in t[1:]]
    if op == "+":
        total = args[0]
        for a in args[1:]:
            total = total + a
        return total
    if op == "*":
        total = args[0]
        for a in args[1:]:
            total = total * a
        return total
    if op == "-":
        return -args[0]
    if op == "/":
        return args[0] / args[1]
    if op == "abs":
        return abs(args[0])
    if op in ("min", "max"):
        best = args[0]
        for a in args[1:]:
            best = best.min(a) if op == "min" else best.max(a)
        return best
    if op in ("sqrt", "exp", "log"):
        return {"sqrt": args[0].sqrt, "exp": args[0].exp, "log": args[0].log}[op]()
    if isinstance(t[2], int):
        return whole_power(args[0], t[2])
    return (args[1] * args[0].log()).exp() if args[0] > 0 else flint.arb("nan")


def stood_for(stand: Sequence[Stands], balls: Mapping[Raw, flint.arb]) -> dict[Raw, flint.arb]:
    """Balls for the names that stand for pi and for values of sin and cos, given balls for the variables."""
    found = dict(balls)
    for s in stand:
        if s.argument is None:
            found[s.name] = flint.arb.pi()
        else:
            inside = value(raw(s.argument), found)
            found[s.name] = inside.sin() if s.op == "sin" else inside.cos()
    return found


def whole_power(x: flint.arb, n: int) -> flint.arb:
    """x^n by multiplication; an even power is one of |x|, which is never negative."""
    if n < 0:
        return 1 / whole_power(x, -n)
    out, base = flint.arb(1), abs(x) if n % 2 == 0 else x
    for _ in range(min(n, MOST_POWER)):
        out = out * base
    return out if n <= MOST_POWER else flint.arb("nan")
