"""A sum of exponentials below one exponential: q <= exp(s) by way of log(q) <= s.

Steps: expand by the laws and clear denominators; if one term of the numerator is a positive number times exponentials,
divide the rest by the exponentials that all its terms have in common, which leaves q <= exp(s) with s a sum of
arguments; show that q is positive and that log(q) <= s; exp carries it over. Applies to ``<`` and ``<=``.
Stops where no single product of exponentials is on the larger side, and where log(q) <= s is not shown.
Source: the step from a moment generating function to its logarithm, as in Hoeffding 1963.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.kernel.reading import Refused
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, names_in
from verify.language.rational_functions import Field, Polynomial, fraction
from verify.language.raw_terms import minus
from verify.prover.closing import compared_alone
from verify.prover.proof_builder import Node, ProofBuilder
from verify.prover.tactic import ProofSearch, Tactic, is_order
from verify.prover.tactics import function_facts
from verify.prover.term import Term

LEAST_TERMS = 3  # of the difference: two are compared by ``logarithms``


def prove(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close ``q <= exp(s)`` or ``q < exp(s)`` by the same for log(q) and s."""
    work = builder.fork()
    function_facts.expand(search, work)
    goal = work.state.goal
    ratio = fraction(minus(goal[2], goal[1]))
    if ratio is None:
        return None
    field, n, _ = ratio
    if len(n) < LEAST_TERMS or len([a for a in field.atoms if exponential(a)]) < 2:
        return None
    for q, s in sides(search, builder.state, field, n):
        proof = by_logarithm(search, work.fork(), q, s, split_depth)
        if proof is not None:
            return proof
    return None


def exponential(a: Term) -> bool:
    """An exponential of something with a variable."""
    return isinstance(a, tuple) and a[0] == "exp" and bool(names_in(a))


def sides(search: ProofSearch, state: State, field: Field, n: Polynomial) -> Iterator[tuple[Term, Term]]:
    """Terms q and s such that the goal is ``q <= exp(s)`` times something positive."""
    for m, c in n.terms():
        if c <= 0 or any(e and not exponential(a) for a, e in zip(field.atoms, m, strict=False)):
            continue
        rest = n - field.context.from_dict({tuple(m): c})
        common = [min(int(e) for e in column) for column in zip(*rest.monoms(), strict=True)]
        common = [e if exponential(a) else 0 for a, e in zip(field.atoms, common, strict=False)]
        divisor = field.context.from_dict({tuple(common): c})
        q = field.term(-rest / divisor)
        powers = [int(e) - k for e, k in zip(m, common, strict=True)]
        parts = [("*", e, a[1]) for a, e in zip(field.atoms, powers, strict=False) if e]
        if parts and search.samples.likely(state, q) == ">":
            yield q, parts[0] if len(parts) == 1 else ("+", *parts)


def by_logarithm(search: ProofSearch, work: ProofBuilder, q: Term, s: Term, split_depth: int) -> Node | None:
    """The goal from ``log(q) <= s``, which becomes q <= exp(s)."""
    strict = work.state.goal[0] == "<"
    compared: Formula = (work.state.goal[0], ("log", q), s)
    positive: Formula = ("<", 0, q)
    try:
        for f in (positive, compared):
            if not compared_alone(search, work, f, split_depth):
                search.note("sum of exponentials: the inequality between the logarithms was not shown")
                return None
        work.axiom("exp less" if strict else "exp at most", ("log", q), s)
        work.axiom("exp log", q)
        work.rewrite(("exp", ("log", q)), q)
    except Refused:
        return None
    return search.core(work, 0)


TACTIC = Tactic("exponential_sums", prove, is_order)
