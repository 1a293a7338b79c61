"""Functions with the sign of a polynomial in function values, and the simplest slope that can be had.

Of f, as a sum of c(y) M with products M of function values, f/(c M) has lost M in its derivative, and so has f/c where
M is one logarithm. Source: Pólya, Szegő 1925, V 75, where it is done for sums of exponentials.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.kernel.reading import Refused
from verify.kernel.reals.derivatives import derivative
from verify.kernel.reals.terms import names_in
from verify.language.rational_functions import Field, Polynomial, factors_of, fraction
from verify.prover.one_variable.interval import Interval
from verify.prover.one_variable.sign_changes import sign_at, sign_on
from verify.prover.term import Term

MOST_CANDIDATES = 4  # for one function


def candidates(field: Field, p: Polynomial, y: str, interval: Interval) -> Iterator[tuple[Term, Term]]:
    """Functions with the sign of p and their slopes, those with the simplest slope first."""
    f = field.term(p)
    moving = [a != y and y in names_in(a) for a in field.atoms]
    groups: dict[tuple[int, ...], Polynomial] = {}
    for m, c in p.terms():
        key = tuple(int(e) if moves else 0 for e, moves in zip(m, moving, strict=False))
        rest = tuple(0 if moves else int(e) for e, moves in zip(m, moving, strict=False))
        term = field.context.from_dict({rest: c})
        groups[key] = groups[key] + term if key in groups else term
    options: list[Term] = [f]
    for key, c in groups.items():
        factors = [a if e == 1 else ("^", a, e) for a, e in zip(field.atoms, key, strict=False) if e]
        if len(groups) == 1:
            continue
        divisor = field.term(c)
        logarithm = len(factors) == 1 and factors[0][0] == "log"  # c log(u): dividing by c will do
        for parts in ([divisor], [divisor, *factors]) if logarithm else ([divisor, *factors],):
            h = product([t for t in parts if t != 1])
            s = sign_on(h, y, interval) if y in names_in(h) else None
            if s and all(sign_at(h, y, v) for v in interval.ends()):
                options.append(("/", f, h if s > 0 else product([-1, *(t for t in parts if t != 1)])))
    most = max(len(groups), 2)
    found = []
    for w in options:
        slope = simplified(w, y)
        if slope is not None and slope[0][0] <= most:
            found.append((w, *slope))
    found.sort(key=lambda row: row[1])
    for w, _, slope in found[:MOST_CANDIDATES]:
        yield w, slope


def product(factors: list[Term]) -> Term:
    """A product as a term."""
    return factors[0] if len(factors) == 1 else ("*", *factors) if factors else 1


def simplified(w: Term, y: str) -> tuple[tuple[int, int], Term] | None:
    """The slope of a function as one quotient; before it, how many products of function values its worst factor has,
    and its degree."""
    try:
        ratio = fraction(derivative(w, y))
    except Refused:
        return None
    if ratio is None:
        return None
    field, n, d = ratio
    if n == 0:
        return (0, 0), 0
    moving = [a != y and y in names_in(a) for a in field.atoms]
    worst = (0, 0)
    for factor, _ in factors_of(n)[1]:
        keys = {tuple(int(e) if moves else 0 for e, moves in zip(m, moving, strict=False)) for m in factor.monoms()}
        worst = max(worst, (len(keys) if any(any(k) for k in keys) else 1, int(factor.total_degree())))
    return worst, field.term(n) if d == 1 else ("/", field.term(n), field.term(d))
