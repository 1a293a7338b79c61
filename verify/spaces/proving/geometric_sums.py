"""Geometric sums: the sum of r^t from a to b, times 1 - r, is r^a - r^(b+1).

The normal forms of sums do not know it, and need not: it is shown by induction like anything else. Beside a recursion
it is what makes a bound pass from one step to the next, because r times the sum is the sum of the next r^t without the
first.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.kernel.reals.terms import Formula, Term
from verify.kernel.spaces.terms import BINDERS, bound, loose, mentions, opened

MOST = 2  # sums of a goal that are looked at


def closed_forms(goal: Formula, n: str) -> list[Formula]:
    """What the geometric sums of a goal come to, of those whose range ends at a term in ``n``."""
    found: dict[Formula, None] = {}
    for low, high, ratio in sums_of_powers(goal):
        total: Term = ("sum", low, high, ("^", ratio, bound(0)))
        base = opened(ratio, 0)
        if not loose(total) and high_in(high, n):
            difference: Term = ("+", 1, ("-", base))
            first: Term = ("^", base, low)
            after: Term = ("^", base, ("+", high, 1))
            found["==", ("*", difference, total), ("+", first, ("-", after))] = None
    return list(found)[:MOST]


def high_in(high: Term, n: str) -> bool:
    """Whether a term mentions a name."""
    return high == n or (isinstance(high, tuple) and any(high_in(a, n) for a in high[1:]))


def sums_of_powers(t: Term) -> Iterator[tuple[Term, Term, Term]]:
    """Bounds and base of the sums of powers with the index as exponent; the base is one under the binder of the sum."""
    if not isinstance(t, tuple):
        return
    if t[0] == "sum":
        for ratio in bases(t[3]):
            yield t[1], t[2], ratio
    for a in t[1:]:
        yield from sums_of_powers(a)


def bases(body: Term) -> Iterator[Term]:
    """The terms that do not mention the index and are raised to it, in a summand."""
    if not isinstance(body, tuple) or body[0] in BINDERS:
        return
    if body[0] == "^" and body[2] == bound(0) and not mentions(body[1]):
        yield body[1]
    for a in body[1:]:
        yield from bases(a)
