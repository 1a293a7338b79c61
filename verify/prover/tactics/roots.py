"""Square roots: radicands that differ by a square, facts squared, and cases by the signs of what stands beside a root.

- ``common_roots``: ``sqrt(c^2 b) == c sqrt(b)`` for c, b >= 0, where both roots occur.
- ``prove``: a relation between a root and something without a sign is decided in the cases of that sign. In each, the
  facts ``p < r`` with a root in r and both sides at least 0 are squared, as the goal is by ``ideal.square_both_sides``.
  Stops at three variables without a sign, and at relations in which a root has a higher degree than one.

Source: the monotonicity of the square on the numbers from 0 on.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any

from verify.kernel.checker import Formula, Refused, State, Term, names_in, negate, normal
from verify.language.evaluation import exact_root
from verify.language.rational_functions import Field, ZeroDenominator, factors_of, fraction
from verify.prover.proof_builder import Node, Thread, applications, by_contradiction, dump, minus, number
from verify.prover.tactics import equations, ideal_membership

if TYPE_CHECKING:
    from verify.prover.search import Search

MOST_SIGNS = 3  # variables without a sign that are split on
MOST_SQUARED = 6  # facts that are squared


def common_roots(search: Search, thread: Thread, terms: list[Term]) -> bool:
    """Write a square root as a multiple of another whose radicand differs from its own by a square."""
    roots = [t for t in terms if t[0] == "sqrt" and names_in(t)]
    for t, base in combinations(roots, 2):
        factor = square_ratio(t[1], base[1])
        if factor is None:
            continue
        if search.samples.likely(thread.state, factor) in ("<", "<="):
            factor = ("-", factor)
        if not search.ensure(thread, ("<=", 0, factor)) or not search.ensure(thread, ("<=", 0, base[1])):
            continue
        square = ("sqrt", ("*", ("^", factor, 2), base[1]))
        thread.axiom("sqrt square factor", factor, base[1])
        thread.apply("congruent", left=dump(t), right=dump(square))
        thread.rewrite(t, square)
        thread.rewrite(square, ("*", factor, base))
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
    root = exact_root(Fraction(int(value.p), int(value.q)), 2)
    if root is None:
        return None
    upper, lower = field.one, field.one
    for f, e in top:
        upper = upper * f ** (int(e) // 2)
    for f, e in bottom:
        lower = lower * f ** (int(e) // 2)
    term: Term = field.term(upper) if lower == 1 else ("/", field.term(upper), field.term(lower))
    return term if root == 1 else ("*", number(root), term)


# ---------------------------------------------------------------- signs and squares


def prove(search: Search, thread: Thread, fuel: int) -> Node | None:
    """Close a relation with roots in the cases of the signs of the variables in it."""
    state = thread.state
    if search.squaring or state.goal[0] not in ("<", "<="):
        return None
    relations = [state.goal, *(f for f in state.facts if f[0] in ("<", "<="))]
    rooted = [f for f in relations if names_in(f) and any(t[0] == "sqrt" for t in applications(f))]
    free = [x for x in sorted({x for f in rooted for x in names_in(f)}) if len(search.checker.fact_sign(state, x)) == 3]
    if not rooted or len(free) > MOST_SIGNS:
        return None
    search.squaring = True
    try:
        proof = by_signs(search, state, free)
    finally:
        search.squaring = False
    return None if proof is None else thread.close(proof)


def by_signs(search: Search, state: State, free: list[str]) -> Node | None:
    if not free:
        return search.relation(state, 0)
    f: Formula = ("<=", 0, free[0])
    parts = []
    for g in (f, negate(f)):
        proof = by_signs(search, state.assume(g), free[1:])
        if proof is None:
            return None
        parts.append(proof)
    return {"rule": "cases", "formula": dump(f), "yes": parts[0], "no": parts[1]}


def square_facts(search: Search, thread: Thread) -> None:
    """Add the squares of the facts that compare a root with something, both sides being visibly at least 0."""
    equations.clear_denominators(search, thread)
    roots = {f[1][1]: f for f in thread.state.facts if f[0] == "==" and ideal_membership.rooted(f) and f[1][2] == 2}
    for f in [f for f in thread.state.facts if f[0] in ("<", "<=")][: 4 * MOST_SQUARED]:
        ratio = fraction(minus(f[2], f[1]))
        if ratio is None or ratio[2] != 1:
            continue
        field, n, _ = ratio
        indices = [field.index[x] for x in roots if x in field.index]
        degrees = n.degrees()
        if not any(degrees[i] for i in indices) or any(degrees[i] > 1 for i in indices):
            continue
        by_sign = all(any(m[i] for i in indices) for m, _ in n.terms())  # roots on both sides
        with_root, plain = field.one * 0, field.one * 0
        for m, c in n.terms():
            p = field.context.from_dict({tuple(m): c})
            if c > 0 if by_sign else any(m[i] for i in indices):
                with_root = with_root + p
            else:
                plain = plain + p
        for low, high in ((-with_root, plain), (-plain, with_root)):
            if low != 0 and high != 0 and squared(search, thread, f, field.term(low), field.term(high), roots):
                break


def squared(search: Search, thread: Thread, f: Formula, low: Term, high: Term, roots: dict[Any, Formula]) -> bool:
    """From ``low < high``, which ``f`` says, and 0 <= low infer ``low^2 < high^2`` with the roots' squares replaced."""
    known: Formula = ("<=", 0, low)
    if not thread.state.knows(known):
        if not search.checker.sign(thread.state, low) <= {0, 1}:
            return False
        thread.have(known, {"rule": "sign", "factors": [[dump(low), "1"]]})
    used = [e for x, e in roots.items() if x in names_in(low) | names_in(high)]
    gap = minus(("^", high, 2), ("^", low, 2))
    field = Field([gap, *(e[2] for e in used)])
    rest, one = field.quotient(gap)
    cofactors = []
    for e in used:
        value, below = field.quotient(e[2])
        i = field.index[e[1][1]]
        if one != 1 or below != 1 or value.degrees()[i]:
            return False
        before, rest = rest, ideal_membership.substituted(field, rest, i, 2, value)
        if rest != before:
            cofactors.append([dump(e), dump(field.term((before - rest) / (field.gens[i] ** 2 - value)))])
    wanted: Formula = (f[0], 0, field.term(rest))
    if thread.state.knows(wanted):
        return True
    against = normal(negate(wanted))
    terms = [["1", [dump(f)] * 2, "1"], ["2", [dump(f), dump(known)], "1"], ["1", [dump(against)], "1"]]
    negative = [[e, dump(("-", c))] for e, c in ((e, thread.state.term(c)) for e, c in cofactors)]
    try:
        thread.have(wanted, by_contradiction(wanted, {"rule": "psatz", "terms": terms, "cofactors": negative}))
    except Refused:
        return False
    return True
