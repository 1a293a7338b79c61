"""A square root as a multiple of another whose radicand differs from its own by a square.

Steps: ``sqrt(c^2 b) == c sqrt(b)`` for c, b >= 0, where both roots occur. Stops where the quotient of the radicands is
no square of a rational function. Source: the square of both sides.
"""

from __future__ import annotations

from itertools import combinations

from verify.kernel.reals.terms import names_in
from verify.language.evaluation import exact_root
from verify.language.rational_functions import Field, ZeroDenominator, as_fraction, factors_of
from verify.language.raw_terms import number
from verify.prover.proof_builder import ProofBuilder, dump
from verify.prover.tactic import JointLaw, ProofSearch
from verify.prover.term import Term


def common_roots(search: ProofSearch, builder: ProofBuilder, terms: list[Term]) -> bool:
    """Write a square root as a multiple of another whose radicand differs from its own by a square."""
    roots = [t for t in terms if t[0] == "sqrt" and names_in(t)]
    for t, base in combinations(roots, 2):
        factor = square_ratio(t[1], base[1])
        if factor is None:
            continue
        if search.samples.likely(builder.state, factor) in ("<", "<="):
            factor = ("-", factor)
        if not search.ensure(builder, ("<=", 0, factor)) or not search.ensure(builder, ("<=", 0, base[1])):
            continue
        square = ("sqrt", ("*", ("^", factor, 2), base[1]))
        builder.axiom("sqrt square factor", factor, base[1])
        builder.apply("congruent", left=dump(t), right=dump(square))
        builder.rewrite(t, square)
        builder.rewrite(square, ("*", factor, base))
        return True
    return False


def square_ratio(a: Term, b: Term) -> Term | None:
    """A term whose square is a/b, up to its sign."""
    field = Field([a, b])
    try:
        n, d = field.quotient(("/", a, b))
    except ZeroDenominator:
        return None
    if n == 0:
        return None
    (above, top), (below, bottom) = factors_of(n), factors_of(d)
    value = above / below
    if value <= 0 or any(e % 2 for _, e in (*top, *bottom)):
        return None
    root = exact_root(as_fraction(value), 2)
    if root is None:
        return None
    upper, lower = field.one, field.one
    for f, e in top:
        upper = upper * f ** (int(e) // 2)
    for f, e in bottom:
        lower = lower * f ** (int(e) // 2)
    term: Term = field.term(upper) if lower.is_one() else ("/", field.term(upper), field.term(lower))
    return term if root == 1 else ("*", number(root), term)


LAW = JointLaw("common_roots", common_roots)
