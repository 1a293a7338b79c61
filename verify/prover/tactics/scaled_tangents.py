"""The tangent of a logarithm at a point that the coefficients of the goal give: log(u) <= log(c) + u/c - 1.

Steps: with the goal as 0 <= K u - A log(u) + ..., where A > 0, the tangent at c = r A/K costs the part 1/r of K u, and
leaves log(c), which says nothing of u any more; r from ``PARTS``. The inequality between log(c) and what the
hypotheses bound u by is left to the search. Applies to ``<`` and ``<=`` with a logarithm to the first power, of a term
that is linear in a variable that occurs outside of function values too.
Stops where A/K is not shown to be positive. Source: the choice r = 2 is that of the lemma x >= 2 a log(a) => x >= a
log(x) of Shalev-Shwartz and Ben-David 2014, Lemma A.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from verify.kernel.reading import Refused
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, names_in
from verify.language.rational_functions import fraction
from verify.language.raw_terms import minus, number
from verify.prover.proof_builder import Node, ProofBuilder
from verify.prover.tactic import ProofSearch, Tactic, is_order
from verify.prover.tactics import function_facts
from verify.prover.term import Term

PARTS = (Fraction(2), Fraction(1), Fraction(4), Fraction(4, 3))  # 1/r of K u is given up; half of it serves most lemmas

SHARE = 1 / 2  # of the work that is left, for one place: the first is the likeliest


def prove(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close a goal by the tangent of one of its logarithms at a point that is fitted to it."""
    work = builder.fork()
    function_facts.expand(search, work)
    options = list(places(search, builder.state, work.state.goal))
    for u, c in options:
        with search.work_share(SHARE):
            proof = at(search, work.fork(), u, c)
            if proof is not None:
                return proof
    if options:
        search.note("tangent of a logarithm: what it leaves was not shown")
    return None


def places(search: ProofSearch, state: State, goal: Formula) -> Iterator[tuple[Term, Term]]:
    """Arguments of logarithms and points of contact, the likeliest first; ``goal`` is expanded, ``state`` is not."""
    ratio = fraction(minus(goal[2], goal[1]))
    if ratio is None:
        return
    field, n, d = ratio
    if search.samples.likely(state, field.term(d)) not in (">", ">="):
        n = -n
    found = []
    for i, t in enumerate(field.atoms):
        if not (isinstance(t, tuple) and t[0] == "log") or n.degrees()[i] != 1:
            continue
        inside = fraction(t[1])
        if inside is None:
            continue
        ours, p, q = inside
        for y in sorted(names_in(t[1])):
            if y not in ours.index or y not in field.index or q != 1 or p.degrees()[ours.index[y]] != 1:
                continue
            j = field.index[y]
            kept = {m: c for m, c in n.terms() if not m[i] and m[j] == 1}
            if not kept or p.derivative(ours.index[y]).total_degree() > 0:
                continue
            slope = field.context.from_dict(kept).derivative(j)
            scale = p.derivative(ours.index[y]).leading_coefficient()
            top, bottom = field.reduced(-n.derivative(i) * scale, slope)
            found.append((t[1], field.term(top), field.term(bottom)))
    for r in PARTS:
        for u, top, bottom in found:
            yield u, product(r, top, bottom)


def product(r: Fraction, top: Term, bottom: Term) -> Term:
    """r top/bottom as a term."""
    above = number(r) if top == 1 else top if r == 1 else ("*", number(r), top)
    return above if bottom == 1 else ("/", above, bottom)


def at(search: ProofSearch, work: ProofBuilder, u: Term, c: Term) -> Node | None:
    """The goal with the tangent of log(u) at c among the facts."""
    ratio: Term = ("/", u, c)
    if not all(search.ensure(work, ("<", 0, t)) for t in (u, c, ratio)):
        return None
    try:
        work.axiom("log tangent", ratio)
        work.axiom("log quotient", u, c)
        work.rewrite(("log", ratio), minus(("log", u), ("log", c)))
    except Refused:
        return None
    return search.core(work, 0)


TACTIC = Tactic("scaled_tangents", prove, is_order)
