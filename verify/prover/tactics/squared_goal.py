"""Inequalities between a root and something else, by squaring both sides.

Steps: from the difference of the goal make ``p <= q`` with the roots on one side (or all positive terms on one side);
show 0 <= q by a short search and p^2 <= q^2 as a relation; then the opposite of the goal is a contradiction.
Applies to ``<`` and ``<=`` in which a named root occurs linearly. Stops after ``MOST_SQUARINGS`` one inside the other,
at degrees above ``MOST_DEGREE`` and where the side without sign may be negative (``root_signs`` splits on that).
Source: the square grows on the numbers from 0 on.
"""

from __future__ import annotations

from verify.kernel.reals.formulas import negate, normal
from verify.kernel.reals.terms import Formula
from verify.language.rational_functions import Field, Polynomial, fraction
from verify.language.raw_terms import minus
from verify.prover.closing import by_opposite, closed_by
from verify.prover.proof_builder import Node, ProofBuilder, dump
from verify.prover.tactic import ProofSearch, Tactic, is_order
from verify.prover.term import Term

MOST_SQUARINGS = 2  # nested; each one doubles the degree of what has to be shown
MOST_DEGREE = 4  # of the difference before it is squared


def square_both_sides(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close ``a <= b`` or ``a < b`` where b is at least 0 and a^2 at most b^2."""
    op, left, right = builder.state.goal
    gap = minus(right, left)
    roots = {t for f in builder.state.facts if f[0] == "==" for t in squared(f)}
    if not roots:
        return None
    ratio = fraction(gap)
    if ratio is None:
        return None
    field, n, d = ratio
    degrees = n.degrees()
    indices = [field.index[t] for t in roots if t in field.index and degrees[field.index[t]] == 1]
    if not indices or search.squarings >= MOST_SQUARINGS or n.total_degree() > MOST_DEGREE:
        return None
    if d != 1:
        return cleared(search, builder, field, n, d, split_depth)
    large, small = field.one * 0, field.one * 0
    for m, c in n.terms():
        p = field.context.from_dict({tuple(m): c})
        if c > 0 and any(m[i] for i in indices):
            large = large + p
        else:
            small = small - p
    splits = [(small, large)]
    if any(any(m[i] for i in indices) for m, _ in small.terms()) or large.is_zero():
        plain, rooted = field.one * 0, field.one * 0
        for m, c in n.terms():
            p = field.context.from_dict({tuple(m): c})
            if any(m[i] for i in indices):
                rooted = rooted - p
            else:
                plain = plain + p
        splits.append((rooted, plain))
    splits += [
        (-high, -low)
        for low, high in splits
        if not low.is_zero() and search.checker.sign(builder.state, field.term(-low)) <= {0, 1}
    ]
    for low, high in splits:
        if high.is_zero() or low.is_zero():
            continue
        a, b = field.term(low), field.term(high)
        work = builder.fork()
        known: Formula = ("<=", 0, b)
        squares: Formula = (op, ("^", a, 2), ("^", b, 2))
        search.squarings += 1
        try:
            proof = None
            if search.ensure(work, known):
                proof = search.relation(work.wanted(squares), max(0, split_depth - 1))
        finally:
            search.squarings -= 1
        if proof is None:
            continue
        work.have(squares, proof)
        against = normal(negate(builder.state.goal))
        terms = [["1", [dump(against)] * 2, "1"], ["2", [dump(against), dump(known)], "1"], ["1", [dump(squares)], "1"]]
        no: Node = {"rule": "psatz", "terms": terms, "cofactors": []}
        closed = by_opposite(search, work, no)
        if closed is not None:
            return closed
    return None


def cleared(
    search: ProofSearch, builder: ProofBuilder, field: Field, n: Polynomial, d: Polynomial, split_depth: int
) -> Node | None:
    """Close ``a <= b`` or ``a < b`` by the same for the numerator of b - a, its denominator being positive."""
    op, bottom = builder.state.goal[0], field.term(d)
    work = builder.fork()
    if search.checker.sign(work.state, bottom) != {1} and not search.ensure(work, ("<", 0, bottom)):
        return None
    top: Formula = (op, 0, field.term(n))
    proof = square_both_sides(search, ProofBuilder(search.checker, work.wanted(top)), split_depth)
    if proof is None:
        return None
    work.have(top, proof)
    return closed_by(search, work, {"rule": "sign", "factors": [[dump(top[2]), "1"], [dump(bottom), "-1"]]})


def squared(f: Formula) -> list[Term]:
    """Names whose square the equation gives."""
    sides = [t for t in f[1:] if isinstance(t, tuple) and t[0] == "^" and isinstance(t[1], str) and t[2] == 2]
    return [t[1] for t in sides if t[1].startswith(("sqrt_", "power_"))]


TACTIC = Tactic("squared_goal", square_both_sides, is_order)
