"""Which monomials a sum of squares can contain: half the Newton polytope, and classes under sign changes.

Steps: cut the grid of exponents off in many directions, as twice each exponent must lie in the Newton polytope; drop
an exponent whose double is neither in the polynomial nor the sum of two others; the exponents modulo 2, up to those of
the polynomial, give classes whose products never mix. A helper of ``sums_of_squares``; the directions are not all that
there are, so the set may be too large, which costs time and never a solution.
Source: Reznick 1978, Extremal PSD forms with few terms; Löfberg 2009, Pre- and post-processing sum-of-squares programs
in practice (the last two steps).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import numpy as np

FEW = 5  # variables up to which all directions with entries -1, 0, 1 are taken: 243 of them
MOST_PRUNED = 300  # exponents of which all sums of two are formed


def directions(n: int) -> Iterator[Any]:
    """Integer directions in which a polytope is cut off."""
    if n <= FEW:
        yield from (np.array(v) for v in product((-1, 0, 1), repeat=n))
        for i, j in combinations(range(n), 2):
            for a, b in ((1, 2), (2, 1), (1, -2), (2, -1), (3, 1), (1, 3), (3, 2), (2, 3)):
                v = np.zeros(n, dtype=int)
                v[i], v[j] = a, b
                yield v
        if n == 3:
            yield from (np.array(v) for v in product((-2, -1, 0, 1, 2), repeat=3))
        return
    yield np.ones(n, dtype=int)
    for size in (1, 2, 3, 4):
        for chosen in combinations(range(n), size):
            v = np.zeros(n, dtype=int)
            v[list(chosen)] = 1
            yield v
    for i, j in combinations(range(n), 2):
        v = np.zeros(n, dtype=int)
        v[i], v[j] = 1, -1
        yield v


def prune(grid: Any, support: set[tuple[int, ...]]) -> Any:
    """Drop monomials whose square is neither in the polynomial nor a product of two others."""
    rows = {tuple(int(e) for e in r) for r in grid}
    while len(rows) <= MOST_PRUNED:
        sums = {tuple(a + b for a, b in zip(u, v, strict=True)) for u, v in combinations(rows, 2)}
        drop = {r for r in rows if (t := tuple(2 * e for e in r)) not in support and t not in sums}
        if not drop:
            break
        rows -= drop
    return np.array(sorted(rows))


def parity_span(support: Any) -> list[tuple[int, ...]]:
    """A reduced basis over GF(2) of the exponents."""
    basis: list[list[int]] = []
    for row in support:
        r = [int(e) % 2 for e in row]
        for b in basis:
            if r[b.index(1)]:
                r = [x ^ y for x, y in zip(r, b, strict=True)]
        if any(r):
            k = r.index(1)
            basis = [[x ^ y for x, y in zip(b, r, strict=True)] if b[k] else b for b in basis]
            basis.append(r)
    return [tuple(b) for b in basis]


def reduce_parity(row: Any, span: list[tuple[int, ...]]) -> tuple[int, ...]:
    """The class of an exponent modulo 2 and the span."""
    r = [int(e) % 2 for e in row]
    for b in span:
        if r[b.index(1)]:
            r = [x ^ y for x, y in zip(r, b, strict=True)]
    return tuple(r)
