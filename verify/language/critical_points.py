"""Zeros of a term that can be written down: in each factor, x or one function of x occurs linearly.

Used for derivatives (``prover.tactics.monotonicity``) and for points with coordinates such as sqrt(2)
(``counterexamples.irrational``). Only a guess where to look: what is found is proved or evaluated by those who ask.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.kernel.reals.terms import names_in
from verify.language.rational_functions import Raw, factors_of, fraction
from verify.language.raw_terms import minus


def critical(slope: Raw, x: str) -> Iterator[Raw]:
    """Zeros of the derivative that can be written down: one function of x, or x itself, occurs linearly."""
    ratio = fraction(slope)
    if ratio is None:
        return
    field, n, _ = ratio
    if n == 0:
        return
    for factor, _ in factors_of(n)[1]:
        degrees = dict(zip(field.atoms, factor.degrees(), strict=False))
        used = [a for a, e in degrees.items() if e and x in names_in(a)]
        if len(used) != 1 or degrees[used[0]] != 1:
            continue
        a = used[0]
        i = field.index[a]
        top = field.gens[i] * factor.derivative(i) - factor
        up, down = field.reduced(top, factor.derivative(i))
        value = field.term(up) if down == 1 else ("/", field.term(up), field.term(down))
        if a == x:
            yield value
            continue
        inverse = {"exp": ("log", value), "log": ("exp", value), "sqrt": ("^", value, 2)}.get(a[0])
        if a[0] == "^" and a[1] == x and x not in names_in(a[2]):
            inverse = ("^", value, ("/", 1, a[2]))
        if inverse is None:
            continue
        if a[1] == x:
            yield inverse
        else:
            yield from solve_linear(a[1], inverse, x)


def solve_linear(u: Raw, value: Raw, x: str) -> Iterator[Raw]:
    """``u == value`` solved for x where u is linear in it."""
    ratio = fraction(u)
    if ratio is None:
        return
    field, n, d = ratio
    i = field.index.get(x)
    if i is None or d != 1 or n.degrees()[i] != 1 or any(x in names_in(a) for a in field.atoms if a != x):
        return
    slope = n.derivative(i)
    rest = n - slope * field.gens[i]
    yield ("/", minus(value, field.term(rest)), field.term(slope))
