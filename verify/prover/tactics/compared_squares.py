"""Squares compared by what they are the squares of: a^2 <= b^2 where |a| <= |b|.

Steps: of the goal, and of every fact in which both sides are squares of rational functions, take the roots; split cases
until the sign of each is known; then the goal and the facts are about the roots, with their signs changed where they
are negative. Applies to ``<`` and ``<=`` with squares on both sides of the goal, one of a root without a visible sign.
Stops at more than ``MOST_SPLITS`` roots without a sign, and where the denominator of a root may be 0.
Source: the square grows on the numbers from 0 on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from verify.kernel.reading import Refused
from verify.kernel.reals.formulas import negate, normal
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, names_in
from verify.language.evaluation import exact_root
from verify.language.rational_functions import Polynomial, as_fraction, factors_of, fraction
from verify.language.raw_terms import applied, number
from verify.prover.proof_builder import Node, ProofBuilder, by_contradiction, dump
from verify.prover.tactic import ProofSearch, Tactic, is_order
from verify.prover.tactics import sign_facts
from verify.prover.term import Term

MOST_SPLITS = 3  # roots without a sign: eight cases

Closed = Callable[[ProofBuilder], Node | None]


@dataclass(frozen=True)
class Pair:
    """A relation between two squares, and their roots."""

    relation: Formula
    low: Term
    high: Term


def prove(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close ``a^2 <= b^2`` or ``a^2 < b^2`` by the same for the roots, whose signs are split."""
    goal = pair(builder.state.goal)
    if goal is None:
        return None
    facts = [p for p in map(pair, builder.state.facts) if p is not None]
    roots = dict.fromkeys(t for p in (*facts, goal) for t in (p.low, p.high))
    if all(signed(search, builder.state, t) for t in roots):
        return None
    work = builder.fork()
    if not all(sign_facts.denominators(search, work, t) for t in roots):
        return None

    def closed(case: ProofBuilder) -> Node | None:
        return about_roots(search, case, goal, facts, split_depth)

    return by_signs(search, work, list(roots), MOST_SPLITS, closed)


def pair(f: Formula) -> Pair | None:
    """The relation with roots of both sides, where they are squares and not both numbers."""
    if f[0] not in ("<", "<=") or applied(f) or not names_in(f):
        return None
    low, high = square_root(f[1]), square_root(f[2])
    return None if low is None or high is None else Pair(f, low, high)


def square_root(t: Term) -> Term | None:
    """A rational function whose square a term is, other than 0."""
    ratio = fraction(t)
    if ratio is None or ratio[1] == 0:
        return None
    field, n, d = ratio
    parts = [root_of(p) for p in (n, d)]
    if None in parts:
        return None
    top, bottom = (field.term(p) for p in parts if p is not None)
    return top if bottom == 1 else ("/", top, bottom)


def root_of(p: Polynomial) -> Polynomial | None:
    """A polynomial whose square is ``p``."""
    constant, factors = factors_of(p)
    c = as_fraction(constant)
    r = exact_root(c, 2) if c >= 0 and not any(e % 2 for _, e in factors) else None
    if r is None:
        return None
    out = p.context().constant(0) + r.numerator
    for f, e in factors:
        out *= f ** (int(e) // 2)
    return out / r.denominator if r.denominator != 1 else out


def signed(search: ProofSearch, state: State, t: Term) -> bool:
    """Whether the checker sees the sign of a root."""
    signs = search.checker.sign(state, t)
    return signs <= {0, 1} or signs <= {0, -1}


def by_signs(search: ProofSearch, builder: ProofBuilder, roots: list[Term], splits: int, closed: Closed) -> Node | None:
    """The goal in each of the cases of the signs that are not known."""
    first = next((t for t in roots if not signed(search, builder.state, t)), None)
    if first is None:
        return closed(builder)
    if splits == 0:
        return None
    f: Formula = ("<=", 0, first)
    proofs: list[Node] = []
    for case in (f, negate(f)):
        inside = ProofBuilder(search.checker, builder.state.assume(case))
        proof = by_signs(search, inside, roots, splits - 1, closed)
        if proof is None:
            return None
        proofs.append(proof)
    return builder.close({"rule": "cases", "formula": dump(f), "yes": proofs[0], "no": proofs[1]})


def about_roots(
    search: ProofSearch, builder: ProofBuilder, goal: Pair, facts: list[Pair], split_depth: int
) -> Node | None:
    """The goal from the facts and the goal about the roots, all of which have signs now."""
    try:
        for p in facts:
            low, high = (size(search, builder, t) for t in (p.low, p.high))
            wanted: Formula = (p.relation[0], low, high)
            against = negate(wanted)
            terms = [["1", [dump(against)] * 2, "1"], ["2", [dump(against), dump(("<=", 0, high))], "1"]]
            terms.append(["1", [dump(normal(p.relation))], "1"])
            builder.have(wanted, by_contradiction(wanted, {"rule": "psatz", "terms": terms, "cofactors": []}))
        low, high = (size(search, builder, t) for t in (goal.low, goal.high))
        between: Formula = (goal.relation[0], low, high)
        squares = {p.relation for p in facts}
        plain = {f: None for f in builder.state.facts if f not in squares}
        proof = search.relation(State(builder.state.kinds, plain, normal(between)), max(0, split_depth - 1))
        if proof is None:
            return None
        builder.have(between, proof)
        terms = [["1", [dump(between)] * 2, "1"], ["2", [dump(between), dump(("<=", 0, low))], "1"]]
        terms.append(["1", [dump(normal(negate(goal.relation)))], "1"])
        no: Node = {"rule": "psatz", "terms": terms, "cofactors": []}
        search.checker.step(builder.state.assume(negate(builder.state.goal)), no)
        return builder.close(by_contradiction(builder.state.goal, no))
    except Refused:
        return None


def size(search: ProofSearch, builder: ProofBuilder, t: Term) -> Term:
    """The root without its sign; that it is at least 0 becomes a fact."""
    plain = search.checker.sign(builder.state, t) <= {0, 1}
    r: Term = t if plain else number(-t) if isinstance(t, (int, Fraction)) else ("-", t)
    known: Formula = ("<=", 0, r)
    if not builder.state.knows(known):
        builder.have(known, {"rule": "sign", "factors": [[dump(t), "1"], *([] if plain else [["-1", "1"]])]})
    return r


TACTIC = Tactic("compared_squares", prove, is_order)
