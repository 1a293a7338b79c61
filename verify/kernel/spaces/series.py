"""Normal forms of sums over a range of integers.

The sum of p(t) from a to b is P(b) - P(a - 1), where P(e) is the sum from 1 to e, or minus the one from e + 1 to 0
(Karr 1981). So sums are linear, ranges split and join, and what telescopes cancels. Three things give one form to what
is equal: an index with a constant part is shifted; P(e + k) for a number k is P(e) and k members; P(0) is 0. That the
range is one, a - 1 <= b, is a condition of every statement that has the sum, see ``conditions.py``.
"""

from collections.abc import Iterator

from ..reading import need
from ..reals.terms import Term, minus
from ..reals.work import measure
from .calculus import Calculus, Factors, Vector, over, product
from .terms import BINDERS, bound, changed, lifted, loose, mentions, opened

APART = 64  # members by which two sums may differ


def series(c: Calculus, lower: Term, upper: Term, body: Term) -> Term:
    """The sum of a normal form over a range: what does not depend on the index comes out of each summand."""
    rows, below, ghost = c.monomials(c.squared_norms(body))
    need(not loose(below) and not loose(ghost), "a divisor with an index")
    parts = [] if ghost == 0 else [ghost]
    for number, factors in rows:
        outside, inside = divided(factors)
        parts.append(("*", product(outside, number), between(c, lower, upper, inside)))
    return over(parts or [0], below)


def divided(factors: Factors) -> tuple[Factors, Factors]:
    """What does not depend on the index, as it is outside of the sum, and what does."""
    outside = [(opened(a, 0), e) for a, e in factors if not mentions(a)]
    return outside, [(a, e) for a, e in factors if mentions(a)]


def between(c: Calculus, lower: Term, upper: Term, inside: Factors) -> Term:
    """The sum of a product of factors that depend on the index."""
    if not inside:
        return ("+", minus(upper, lower), 1)
    body = product(inside)
    k = offset(c, body)
    if k:
        return series(c, ("+", lower, k), ("+", upper, k), c.scalar(moved(body, -k)))
    return minus(until(c, upper, body), until(c, ("+", lower, -1), body))


def until(c: Calculus, end: Term, body: Term) -> Term:
    """P(end): members that a constant part of the end adds, and the sum to what is left of it."""
    base, k = apart(c, end)
    c.algebra.spend(2 * abs(k) * measure(body)[0])
    parts: list[Term] = [] if base == 0 else [("upto", base, body)]
    for j in range(1, k + 1):
        parts.append(c.scalar(opened(body, ("+", base, j))))
    for j in range(k + 1, 1):
        parts.append(("-", c.scalar(opened(body, ("+", base, j)))))
    return ("+", 0, *parts)


def vector_series(c: Calculus, lower: Term, upper: Term, body: Vector) -> Vector:
    """The sum of vectors over a range."""
    parts: list[Vector] = []
    for a, coefficient in body.items():
        rows, below, ghost = c.monomials(coefficient)
        need(not loose(below) and not loose(ghost), "a divisor with an index")
        summands: list[tuple[Term, Factors]] = [] if ghost == 0 else [(ghost, [])]
        for number, factors in rows:
            outside, inside = divided(factors)
            summands.append((over([product(outside, number)], below), inside))
        for common, inside in summands:
            for x, d in vectors_between(c, lower, upper, inside, a).items():
                parts.append({x: ("*", common, d)})
    return c.joined(parts)


def vectors_between(c: Calculus, lower: Term, upper: Term, inside: Factors, a: Term) -> Vector:
    """The sum of multiples of a vector, by factors that depend on the index."""
    if not inside and not mentions(a):
        return {opened(a, 0): ("+", minus(upper, lower), 1)}
    body = ("scale", product(inside), a) if inside else a
    k = offset(c, body)
    if k:
        return vector_series(c, ("+", lower, k), ("+", upper, k), c.vector(moved(body, -k)))
    below: list[Vector] = [{x: ("-", d) for x, d in part.items()} for part in vectors_until(c, ("+", lower, -1), body)]
    return c.joined([*vectors_until(c, upper, body), *below])


def vectors_until(c: Calculus, end: Term, body: Term) -> list[Vector]:
    """``until`` for vectors, as summands."""
    base, k = apart(c, end)
    c.algebra.spend(2 * abs(k) * measure(body)[0])
    parts: list[Vector] = [] if base == 0 else [{("upto", base, body): 1}]
    for j in range(1, k + 1):
        parts.append(c.vector(opened(body, ("+", base, j))))
    for j in range(k + 1, 1):
        parts.append({x: ("-", d) for x, d in c.vector(opened(body, ("+", base, j))).items()})
    return parts


def moved(body: Term, k: int) -> Term:
    """The part under a binder with the index plus k for the index."""
    moved_by: Term = changed(body, lambda n, depth: lifted(("+", bound(0), k), depth) if n == 0 else bound(n + depth))
    return moved_by


def apart(c: Calculus, end: Term) -> tuple[Term, int]:
    """The end of a range without its constant part, and that part; 0 where that is no whole number."""
    rows, below, ghost = c.monomials(c.scalar(end))
    need(below == 1 and ghost == 0, "a divisor in the end of a range")
    constant = next((number for number, factors in rows if not factors), 0)
    if not isinstance(constant, int):
        constant = 0
    need(abs(constant) <= APART, "a range whose end has a large constant part")
    return c.tidy(("+", end, -constant)), constant


def offset(c: Calculus, body: Term) -> int:
    """The least constant part of an index in a summand, of those that are the index of the sum plus a number."""
    found = []
    for index, depth in indices(body):
        rows, _, _ = c.monomials(c.scalar(index))
        number = next((number for number, factors in rows if not factors), 0)
        here = [other for other, factors in rows if factors]
        if here == [1] and [factors for _, factors in rows if factors] == [[(bound(depth), 1)]]:
            found.append(number)
    whole = [n for n in found if isinstance(n, int)]
    return min(whole) if whole and len(whole) == len(found) else 0


def indices(x: Term, depth: int = 0) -> Iterator[tuple[Term, int]]:
    """The indices of members of families, in the order in which they stand, and under how many binders."""
    if isinstance(x, tuple):
        if x[0] == "at":
            yield x[2], depth
        for a in x[1:-1]:
            yield from indices(a, depth)
        if len(x) > 1:
            yield from indices(x[-1], depth + (x[0] in BINDERS))
