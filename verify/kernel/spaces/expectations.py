"""Normal forms of expectations: E_k is linear over what is known at stage k, and E_k E_j = E_k for k <= j.

What stands inside has moments of all orders because the names in it have: products, inner products and norms do, by
the inequality of Cauchy and Schwarz, so every expectation exists (``sorts.has_moments``). A random divisor is refused.
"""

from ..reading import need
from ..reals.terms import Term
from .calculus import Calculus, Factors, Vector, over, product
from .series import series, vector_series
from .terms import lifted


def expected(c: Calculus, k: int, form: Term) -> Term:
    """E_k of a normal form: what is known at stage k comes out of each summand."""
    form = c.squared_norms(form)
    if c.level(form) <= k:
        return form
    rows, below, ghost = c.monomials(form)
    need(c.level(below) == 0 and c.level(ghost) == 0, "a random divisor inside an expectation")
    parts = [] if ghost == 0 else [ghost]
    for number, factors in rows:
        inside = [(a, e) for a, e in factors if c.level(a) > k]
        outside = [(a, e) for a, e in factors if c.level(a) <= k]
        parts.append(("*", product(outside, number), unknown(c, k, inside) if inside else 1))
    return over(parts or [0], below)


def unknown(c: Calculus, k: int, factors: Factors) -> Term:
    """E_k of a product of factors none of which is known at stage k."""
    levels = [c.level(a) for a, _ in factors]
    c.algebra.spend(len(factors) ** 2)
    for i, (a, e) in enumerate(factors):
        if not isinstance(a, tuple):
            continue
        others = [*factors[:i], *([(a, e - 1)] if e > 1 else []), *factors[i + 1 :]]
        known = max([*levels[:i], *([levels[i]] if e > 1 else []), *levels[i + 1 :]], default=0)
        if a[0] == "upto":  # a finite sum comes out
            body = c.scalar(("*", lifted(product(others)), a[2]))
            return series(c, 1, a[1], expected(c, k, body))
        if a[0] == "E" and known <= a[1]:  # E_k (x E_j y) = E_k (x y), where x is known at stage j > k
            return expected(c, k, c.scalar(("*", product(others), a[2])))
        if a[0] == "inner" and e == 1:  # E_k (x <y, E_j z>) = E_k (x <E_j y, E_j z>), likewise
            for y, z in ((a[1], a[2]), (a[2], a[1])):
                if isinstance(z, tuple) and z[0] == "E" and k <= z[1] < c.level(y) and known <= z[1]:
                    both = ("inner", ("E", z[1], y), z)
                    return expected(c, k, c.scalar(("*", product(others), both)))
    need(all(c.has_moments(a, k) for a, _ in factors), "an expectation of what is no polynomial")
    return ("E", k, product(factors))


def expected_vector(c: Calculus, k: int, a: Term, coefficient: Term) -> Vector:
    """E_k of a multiple of a vector that is no sum."""
    if c.level(a) <= k and c.level(coefficient) <= k:
        return {a: coefficient}
    if isinstance(a, tuple) and a[0] == "upto":
        return vector_series(c, 1, a[1], c.vector(("E", k, ("scale", lifted(coefficient), a[2]))))
    rows, below, ghost = c.monomials(c.squared_norms(coefficient))
    need(c.level(below) == 0 and c.level(ghost) == 0, "a random divisor inside an expectation")
    parts: list[Vector] = [] if ghost == 0 else [dict.fromkeys(mean(c, k, [], a), ghost)]
    for number, factors in rows:
        outside = [(x, e) for x, e in factors if c.level(x) <= k]
        inside = [(x, e) for x, e in factors if c.level(x) > k]
        common = over([product(outside, number)], below)
        parts.append({x: ("*", common, d) for x, d in mean(c, k, inside, a).items()})
    return c.joined(parts)


def mean(c: Calculus, k: int, inside: Factors, a: Term) -> Vector:
    """E_k of a vector times factors that are not known at stage k."""
    if c.level(a) <= k:
        return {a: expected(c, k, product(inside)) if inside else 1}
    need(all(c.has_moments(x, k) for x, _ in inside), "an expectation of what is no polynomial")
    if isinstance(a, tuple) and a[0] == "apply":  # a linear map comes out
        return c.vector(("apply", a[1], ("E", k, ("scale", product(inside), a[2]))))
    known = max((c.level(x) for x, _ in inside), default=0)
    if isinstance(a, tuple) and a[0] == "E" and known <= a[1]:  # the tower property
        return c.vector(("E", k, ("scale", product(inside), a[2])))
    return {("E", k, ("scale", product(inside), a) if inside else a): 1}
