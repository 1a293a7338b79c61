"""Arguments of sin and cos as whole multiples of a few angles, of whose sin and cos all values are polynomials.

Each argument is a sum of monomials with rational coefficients. The angles are these monomials times the largest number
of which all their coefficients are multiples: for arguments x, y, (x + y)/2 they are x/2 and y/2. A value at a sum of
whole multiples of them is a polynomial in their sin and cos, by the addition theorem (Ptolemy's, in the Almagest); a
multiple of pi/2 only turns it. So every identity that follows from the addition theorem, parity and the circle becomes
one of polynomials.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd, lcm

from verify.language.circular import Circular, unused
from verify.language.circular_laws import FUNCTIONS, PI, TURNED, Stands, monomials, of_one
from verify.language.logic import App, Formula, Num, Rel, Term, Var, add, div, mul, neg, num, power, variables_of
from verify.runtime.budget import spend

MOST_MULTIPLIED = 10_000  # monomials that an argument may have, by its form, once it is multiplied out
MOST_MONOMIALS = 100  # that it has
READ = 200  # units for a short argument, and for every monomial
MOST_ANGLES = 4
MOST_TOGETHER = 6  # whole multiples of angles that are added, which bounds the degree of a value in those of its angles
QUARTER = Fraction(1, 2)  # of pi
# sin(q pi)^2 by q modulo 1, and the roots of these squares.
_FOURTHS = {0: 0, 2: 1, 3: 2, 4: 3, 6: 4, 8: 3, 9: 2, 10: 1}  # by 12 q
SQUARED = {Fraction(q, 12): Fraction(v, 4) for q, v in _FOURTHS.items()}
ROOTS: dict[Fraction, Term] = {Fraction(v, 4): num(r) for v, r in ((0, 0), (1, Fraction(1, 2)), (4, 1))}
ROOTS |= {Fraction(v, 4): div(App("sqrt", (num(v),)), num(2)) for v in (2, 3)}
Powers = tuple[int, ...]  # of sin and cos of each angle, one after the other
Polynomial = dict[Powers, int]


@dataclass(frozen=True)
class Sum:
    """An argument: ``turns`` times pi/2, and monomials with their coefficients."""

    turns: int
    parts: Mapping[Term, Fraction]


def sums(arguments: Sequence[Term]) -> list[Sum] | None:
    """Arguments as sums; None where one is too long to be multiplied out."""
    from verify.language.rational_functions import fraction, raw, term_of  # FLINT, for the few statements with these

    found = []
    for t in arguments:
        size = monomials(t)
        if size > MOST_MULTIPLIED:
            return None
        spend(READ + size)
        ratio = fraction(raw(t))
        if ratio is None or len(ratio[1]) > MOST_MONOMIALS:
            return None
        field, n, d = ratio
        spend(READ * len(n))
        parts: dict[Term, Fraction] = {}
        for monomial, c in field.monomials(n):
            below = field.term(d)
            above = field.term(field.context.from_dict({monomial: 1}))
            key = term_of(above) if below == 1 else term_of(("/", above, below))
            parts[key] = c
        turns = parts.pop(Var(PI), Fraction(0)) / QUARTER
        if turns.denominator != 1:
            parts[Var(PI)], turns = turns * QUARTER, Fraction(0)
        found.append(Sum(int(turns), parts))
    return found


def units(found: Sequence[Sum]) -> dict[Term, Fraction]:
    """For each monomial the largest number of which all its coefficients are whole multiples."""
    out: dict[Term, Fraction] = {}
    for one in found:
        for key, c in one.parts.items():
            d = out.get(key, Fraction(0))
            below = lcm(c.denominator, d.denominator)
            out[key] = Fraction(gcd(int(c * below), int(d * below)), below)
    return out


def expanded(problem: Circular) -> Circular | None:
    """The same with the sin and cos of the angles, by which all values are known; None where that says nothing new."""
    arguments = list(dict.fromkeys(s.argument for s in problem.stand if s.argument is not None))
    read = sums(arguments)
    if read is None:
        return None
    found = dict(zip(arguments, read, strict=True))
    facts: list[Formula] = []
    for s in problem.stand:
        if s.argument is not None:
            facts += at_known_multiple(s.name, s.op, found[s.argument])
    varying = {t: one for t, one in found.items() if squared("sin", one) is None}
    unit = units(list(varying.values()))
    if len(unit) > MOST_ANGLES:
        return None
    counts = {t: [int(one.parts.get(key, Fraction(0)) / unit[key]) for key in unit] for t, one in varying.items()}
    if max((sum(map(abs, n)) for n in counts.values()), default=0) > MOST_TOGETHER:
        return None
    plain = {n.index(1): t for t, n in counts.items() if sum(map(abs, n)) == sum(n) == 1 and found[t].turns == 0}
    new = [t for t in varying if t not in plain.values()]
    if not new and not facts:
        return None
    angles = [plain[i] if i in plain else _times(c, key) for i, (key, c) in enumerate(unit.items())]
    beside = with_angles(problem, angles)
    values = {(s.op, s.argument): s.name for s in (*problem.stand, *beside) if s.argument is not None}
    names = [Var(values[op, angle]) for angle in angles for op in FUNCTIONS]
    for s in problem.stand:
        if s.argument in new:
            sign, other = TURNED[s.op][found[s.argument].turns % 4]
            facts.append(Rel("==", Var(s.name), written(value(other, counts[s.argument]), names, sign)))
    used = set().union(*map(variables_of, facts))
    stand = (*problem.stand, *(s for s in beside if s.name in used))
    for angle, (key, c) in zip(angles, unit.items(), strict=True):
        for s in stand:
            if s.argument == angle:
                facts += at_known_multiple(s.name, s.op, Sum(0, {key: c}))
    table = {(s.op, s.argument): s for s in stand}
    facts += [fact for s in stand for fact in of_one(s, table)]
    return replace(problem, stand=stand, facts=tuple(dict.fromkeys(facts)))


def at_known_multiple(name: str, op: str, t: Sum) -> Iterator[Formula]:
    """The value of sin or cos at a multiple of pi/6 or pi/4: the root of its square, with its sign."""
    square, x = squared(op, t), Var(name)
    if square is None:
        return
    size = ROOTS[square]
    yield Rel("==", x, size if _of_sin(op, t) % 2 < 1 else neg(size))


def _of_sin(op: str, t: Sum) -> Fraction:
    """q, where a value is sin(q pi)."""
    return t.turns * QUARTER + t.parts.get(Var(PI), Fraction(0)) + (QUARTER if op == "cos" else 0)


def squared(op: str, t: Sum) -> Fraction | None:
    """sin^2 or cos^2 at a multiple of pi/6 or pi/4, by the equilateral triangle and the square; None elsewhere."""
    return None if any(key != Var(PI) for key in t.parts) else SQUARED.get(_of_sin(op, t) % 1)


def _times(c: Fraction, key: Term) -> Term:
    if isinstance(key, Num):
        return num(c * key.value)
    return key if c == 1 else mul(num(c), key)


def with_angles(problem: Circular, angles: Sequence[Term]) -> list[Stands]:
    """What stands for those values of sin and cos at angles for which nothing stands yet."""
    there = {(s.op, s.argument) for s in problem.stand}
    taken = {name for name, _ in problem.sequent.variables} | {s.name for s in problem.stand}
    missing = [(op, angle) for angle in angles for op in FUNCTIONS if (op, angle) not in there]
    return [Stands(unused(op, taken), op, angle) for op, angle in missing]


def value(op: str, whole: Sequence[int]) -> Polynomial:
    """sin or cos of a sum of whole multiples of angles, by adding one angle at a time."""
    size = 2 * len(whole)
    sin: Polynomial = {}
    cos: Polynomial = {(0,) * size: 1}
    for i, n in enumerate(whole):
        for _ in range(abs(n)):
            sign = 1 if n > 0 else -1
            sin, cos = (
                plus(times(sin, 2 * i + 1), times(cos, 2 * i, sign)),
                plus(times(cos, 2 * i + 1), times(sin, 2 * i, -sign)),
            )
    return sin if op == "sin" else cos


def times(p: Polynomial, i: int, c: int = 1) -> Polynomial:
    return {(*powers[:i], powers[i] + 1, *powers[i + 1 :]): c * k for powers, k in p.items()}


def plus(p: Polynomial, q: Polynomial) -> Polynomial:
    found = dict(p)
    for powers, k in q.items():
        found[powers] = found.get(powers, 0) + k
    return {powers: k for powers, k in found.items() if k}


def written(p: Polynomial, names: Sequence[Var], sign: int) -> Term:
    """A polynomial as a term."""
    return add(*(_monomial(sign * k, powers, names) for powers, k in p.items())) if p else num(0)


def _monomial(c: int, powers: Powers, names: Sequence[Var]) -> Term:
    factors = [x if e == 1 else power(x, e) for x, e in zip(names, powers, strict=True) if e]
    if not factors:
        return num(c)
    product = mul(*factors) if abs(c) == 1 else mul(num(abs(c)), *factors)
    return product if c > 0 else neg(product)
