"""Facts about pi, and about values of sin and cos at real arguments: what a proof may use of them.

Of one value: |sin t| <= |t|, cos t >= 1 - t^2/2, the circle. Of values at arguments that belong together: parity,
double and triple arguments, sums, multiples of pi/2 more. And sharper bounds, which hold for all real t:

- sin(t)^2 (3 + t^2) <= 3 t^2, as 1/sin(t)^2 is the sum of 1/(t - k pi)^2 (Euler 1748), whose terms with k != 0 are at
  least 1/3 together for |t| < pi, and as the left side is at most 3 + t^2 <= 3 t^2 elsewhere; half of t gives
  (1 - cos t)(12 + t^2) <= 6 t^2;
- t sin t >= t^2 - t^4/6 and cos t <= 1 - t^2/2 + t^4/24, Taylor polynomials at the end of which the series alternates;
- |sin u - sin v| and |cos u - cos v| are at most |u - v|, by the mean value theorem.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations
from math import comb

from verify.language.logic import App, Num, Rel, Term, Var, add, div, mul, neg, num, power, sub
from verify.runtime.budget import spend

PI = "pi"
FUNCTIONS = ("sin", "cos")
# Archimedes' constant between two decimals that differ in their last place.
PI_BETWEEN = ("3.14159265358979323846", "3.14159265358979323847")
MOST_ARGUMENTS = 6  # that are compared with each other
MOST_MONOMIALS = 10_000  # of two arguments that are compared as polynomials
COMPARED = 100  # units for two short arguments
MOST_QUARTERS = 4  # of a turn: a multiple of pi/2 in an argument
# sin and cos of t + k pi/2, as a sign and a function of t.
TURNED = {
    "sin": ((1, "sin"), (1, "cos"), (-1, "sin"), (-1, "cos")),
    "cos": ((1, "cos"), (-1, "sin"), (-1, "cos"), (1, "sin")),
}
AT_ZERO = {"sin": 0, "cos": 1}


@dataclass(frozen=True)
class Stands:
    """``name`` stands for ``pi``, or for ``op`` of an argument in which others stand for such values already."""

    name: str
    op: str
    argument: Term | None = None

    def __str__(self) -> str:
        return self.name if self.argument is None else f"{self.op}({self.argument})"


class Values:
    """The values of sin and cos that stand in a statement, by their arguments."""

    def __init__(self, stand: Sequence[Stands]) -> None:
        self.names = {(s.op, s.argument): Var(s.name) for s in stand if s.argument is not None}
        found = dict.fromkeys(s.argument for s in stand if s.argument is not None)
        self.arguments = list(found)[:MOST_ARGUMENTS]
        self.with_pi = any(s.argument is None for s in stand)

    def get(self, op: str, argument: Term) -> Var | None:
        return self.names.get((op, argument))


def of_one(s: Stands, stand: dict[tuple[str, Term | None], Stands]) -> Iterator[Rel]:
    """What is known of one value, and of sin and cos of one argument."""
    x = Var(s.name)
    if s.argument is None:
        low, high = map(num, PI_BETWEEN)
        yield Rel("<", low, x)
        yield Rel("<", x, high)
        return
    yield Rel("<=", neg(num(1)), x)
    yield Rel("<=", x, num(1))
    squared = power(s.argument, 2)
    if s.op == "sin":
        yield Rel("<=", power(x, 2), squared)
        if (other := stand.get(("cos", s.argument))) is not None:
            yield Rel("==", add(power(x, 2), power(Var(other.name), 2)), num(1))
    else:
        yield Rel(">=", x, sub(num(1), div(squared, num(2))))


def equations(stand: Sequence[Stands]) -> Iterator[Rel]:
    """What relates values at arguments that belong together."""
    values = Values(stand)
    known = {t: list(at_multiples_of_pi(values, t)) for t in values.arguments}
    for found in known.values():
        yield from found
    varying = [t for t, found in known.items() if not found]
    for t, u in permutations(varying, 2):
        yield from of_multiples(values, t, u)
    for t, u in combinations(varying, 2):
        yield from turned(values, t, u)
        for w in varying:
            if w not in (t, u):
                yield from of_sums(values, t, u, w)


def same(t: Term, u: Term) -> bool:
    """Whether two terms are one polynomial; False too for terms that are too long to be multiplied out."""
    from verify.language.rational_functions import fraction, raw  # FLINT, for the few statements with sin and cos

    difference = sub(t, u)
    size = monomials(difference)
    if size > MOST_MONOMIALS:
        return False
    spend(COMPARED + size)
    ratio = fraction(raw(difference))
    return ratio is not None and ratio[1] == 0


def monomials(t: Term) -> int:
    """At most so many monomials a term has once it is multiplied out."""
    return comb(degree(t) + len(atoms(t)), degree(t))


def atoms(t: Term) -> set[Term]:
    """What a term is a rational function of: variables and function values."""
    if isinstance(t, Num):
        return set()
    if isinstance(t, App) and (t.op in ("+", "-", "*", "/") or _exponent(t) is not None):
        return set[Term]().union(*map(atoms, t.args))
    return {t}


def _exponent(t: App) -> int | None:
    """The exponent of a whole power."""
    e = t.args[1] if t.op == "^" else None
    return int(e.value) if isinstance(e, Num) and e.value.denominator == 1 else None


def degree(t: Term) -> int:
    """At least the degree of a term as a polynomial in its variables and function values, and of its quotients."""
    if not isinstance(t, App):
        return 0 if isinstance(t, Num) else 1
    parts = [degree(a) for a in t.args]
    if t.op in ("*", "/"):
        return sum(parts)
    if t.op in ("+", "-"):
        return max(parts)
    if (e := _exponent(t)) is not None:
        return parts[0] * abs(e)
    return 1


def quarters(k: int) -> Term:
    """k pi/2."""
    return mul(num(Fraction(k, 2)), Var(PI))


def at_multiples_of_pi(values: Values, t: Term) -> Iterator[Rel]:
    """sin and cos of k pi/2."""
    for k in range(-MOST_QUARTERS, MOST_QUARTERS + 1) if values.with_pi else (0,):
        if same(t, quarters(k)):
            for op in FUNCTIONS:
                sign, other = TURNED[op][k % 4]
                value = values.get(op, t)
                if value is not None:
                    yield Rel("==", value, num(sign * AT_ZERO[other]))


def of_multiples(values: Values, t: Term, u: Term) -> Iterator[Rel]:
    """Values at u by those at t, where u is twice or three times t."""
    s, c = (values.get(op, t) for op in FUNCTIONS)
    sin, cos = (values.get(op, u) for op in FUNCTIONS)
    if same(u, mul(num(2), t)):
        if cos is not None and s is not None:
            yield Rel("==", cos, sub(num(1), mul(num(2), power(s, 2))))
        if cos is not None and c is not None:
            yield Rel("==", cos, sub(mul(num(2), power(c, 2)), num(1)))
        if sin is not None and s is not None and c is not None:
            yield Rel("==", sin, mul(num(2), s, c))
    if same(u, mul(num(3), t)):
        if sin is not None and s is not None:
            yield Rel("==", sin, sub(mul(num(3), s), mul(num(4), power(s, 3))))
        if cos is not None and c is not None:
            yield Rel("==", cos, sub(mul(num(4), power(c, 3)), mul(num(3), c)))


def turned(values: Values, t: Term, u: Term) -> Iterator[Rel]:
    """Values at u by those at t, where u is t or -t and a multiple of pi/2."""
    for k in range(-MOST_QUARTERS, MOST_QUARTERS + 1) if values.with_pi else (0,):
        for direction in (1, -1):
            if not same(u, add(t if direction > 0 else neg(t), quarters(k))):
                continue
            for op in FUNCTIONS:
                sign, other = TURNED[op][k % 4]
                value, base = values.get(op, u), values.get(other, t)
                if value is not None and base is not None:
                    negative = sign * (direction if other == "sin" else 1) < 0
                    yield Rel("==", value, neg(base) if negative else base)


def of_sums(values: Values, t: Term, u: Term, w: Term) -> Iterator[Rel]:
    """Values at w by those at t and u, where w is their sum or a difference of them."""
    known = [values.get(op, a) for a in (t, u) for op in FUNCTIONS]
    for first, second in ((1, 1), (1, -1), (-1, 1)):
        if None in known or not same(w, add(t if first > 0 else neg(t), u if second > 0 else neg(u))):
            continue
        s, c, s2, c2 = (v for v in known if v is not None)
        signed, signed2 = (s if first > 0 else neg(s)), (s2 if second > 0 else neg(s2))
        if (sin := values.get("sin", w)) is not None:
            yield Rel("==", sin, add(mul(signed, c2), mul(c, signed2)))
        if (cos := values.get("cos", w)) is not None:
            yield Rel("==", cos, sub(mul(c, c2), mul(signed, signed2)))


def bounds(stand: Sequence[Stands]) -> Iterator[Rel]:
    """Sharper bounds of values, and of the differences of two."""
    values = Values(stand)
    for (op, t), x in values.names.items():
        square, fourth = power(t, 2), power(t, 4)
        if op == "sin":
            yield Rel("<=", mul(power(x, 2), add(num(3), square)), mul(num(3), square))
            yield Rel("<=", sub(square, div(fourth, num(6))), mul(t, x))
        else:
            yield Rel("<=", mul(sub(num(1), x), add(num(12), square)), mul(num(6), square))
            yield Rel("<=", x, add(sub(num(1), div(square, num(2))), div(fourth, num(24))))
    for t, u in combinations(values.arguments, 2):
        for op in FUNCTIONS:
            one, other = values.get(op, t), values.get(op, u)
            if one is not None and other is not None:
                yield Rel("<=", power(sub(one, other), 2), power(sub(t, u), 2))
