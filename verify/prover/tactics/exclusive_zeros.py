"""A sum of terms that are not negative, and that never vanish together, is positive.

Steps: the terms of the sum as it is written, each a product of even powers and of factors with visible signs; either
some even power has a base that is not zero, and its term is positive, or all these bases are zero, which is to
contradict the facts. Applies to ``<`` and ``!=`` where the difference of the goal is written as such a sum of two terms
or more. Stops at a term without a visible sign, and where the contradiction is not found.
Source: the trivial half of the real Nullstellensatz (Krivine 1964, Stengle 1974).
"""

from __future__ import annotations

from dataclasses import dataclass

from verify.kernel.reading import Refused
from verify.kernel.reals.formulas import negate, normal
from verify.kernel.reals.terms import FALSE, Formula
from verify.language.rational_functions import factor_terms, fraction
from verify.language.raw_terms import applications, minus
from verify.prover.proof_builder import KNOWN, Node, ProofBuilder, by_contradiction, dump
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.term import Term

MOST_TERMS = 8  # of a sum
SHARE = 1 / 2  # of the work that is left, for the contradiction
NOT_NEGATIVE = frozenset((0, 1))


@dataclass(frozen=True)
class Part:
    """A term of the sum with its factors and exponents; ``bases`` are those that may be zero."""

    term: Term
    factors: list[tuple[Term, int]]
    bases: list[Term]


def prove(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close ``a < b`` or ``a != b`` where b - a is a sum whose terms are not negative and not all zero."""
    goal = builder.state.goal
    written = terms(minus(goal[2], goal[1]))
    if goal[0] == "!=" and goal[1] != 0 and goal[2] == 0:
        written = terms(goal[1])
    if not 2 <= len(written) <= MOST_TERMS:
        return None
    state_roots(search, builder, written)
    parts: list[Part] = []
    for t in written:
        part = visible(search, builder, t)
        if part is None:
            return None
        parts.append(part)
    if not any(part.bases for part in parts):
        return None
    return vanishing(search, builder, parts, 0)


def terms(t: Term, sign: int = 1) -> list[Term]:
    """The terms of a sum as it is written, without those that are 0."""
    if isinstance(t, tuple) and t[0] == "+":
        return [s for a in t[1:] for s in terms(a, sign)]
    if isinstance(t, tuple) and t[0] == "-":
        return terms(t[1], -sign)
    return [] if t == 0 else [t if sign > 0 else ("-", t)]


def state_roots(search: ProofSearch, builder: ProofBuilder, written: list[Term]) -> None:
    """The facts that square roots are not negative."""
    for t in dict.fromkeys(r for s in written for r in applications(s) if r[0] == "sqrt"):
        if search.ensure(builder, ("<=", 0, t[1])):
            builder.axiom("sqrt sign", t[1])


def visible(search: ProofSearch, builder: ProofBuilder, t: Term) -> Part | None:
    """A term as a product that is seen not to be negative; None where it is not seen."""
    ratio = fraction(t)
    if ratio is None or ratio[1] == 0:
        return None
    field, n, d = ratio
    factors = [*factor_terms(field, n), *factor_terms(field, d, -1)]
    bases, sign = [], 1
    for f, e in factors:
        seen = signs(search, builder, f, even=e % 2 == 0 and e > 0)
        if e < 0 and 0 in seen:
            return None
        if e % 2 == 0 or seen <= NOT_NEGATIVE:
            bases += [f] if 0 in seen else []
        elif seen == {-1}:
            sign = -sign
        else:
            return None
    return Part(t, factors, bases) if sign > 0 else None


def signs(search: ProofSearch, builder: ProofBuilder, f: Term, *, even: bool) -> frozenset[int]:
    """The signs that a factor may have, after a short search for the one it seems to have; ``even``: any will do."""
    seen = search.checker.sign(builder.state, f)
    side = search.samples.likely(builder.state, f) if len(seen) > 1 else None
    if side is None or (even and side in ("<=", ">=")):
        return seen
    below, above = (0, f) if side in (">", ">=") else (f, 0)
    for relation in ("<", "<=") if side in ("<", ">") else ("<=",):
        if search.ensure(builder, (relation, below, above)):
            return search.checker.sign(builder.state, f)
    return seen


def vanishing(search: ProofSearch, builder: ProofBuilder, parts: list[Part], i: int) -> Node | None:
    """The goal in the case that the first ``i`` terms are zero."""
    if i == len(parts):
        return contradiction(search, builder)
    part = parts[i]
    if not part.bases:
        return positive(builder, parts, i)
    zero: Formula = ("==", part.bases[0] if len(part.bases) == 1 else ("*", *part.bases), 0)
    yes = vanishing(search, ProofBuilder(search.checker, builder.state.assume(zero)), parts, i + 1)
    if yes is None:
        return None
    no = positive(ProofBuilder(search.checker, builder.state.assume(negate(zero))), parts, i)
    return None if no is None else builder.close({"rule": "cases", "formula": dump(zero), "yes": yes, "no": no})


def positive(builder: ProofBuilder, parts: list[Part], i: int) -> Node | None:
    """The goal where the bases of one term are not zero."""
    try:
        bases = parts[i].bases
        if len(bases) > 1:
            product: Formula = ("!=", ("*", *bases), 0)
            for b in bases:
                # b == 0 would make the product zero
                builder.have(("!=", b, 0), not_zero(b, bases, product))
        relations: list[Formula] = []
        for j, part in enumerate(parts):
            f: Formula = ("<" if j == i else "<=", 0, part.term)
            builder.have(f, {"rule": "sign", "factors": [[dump(t), str(e)] for t, e in part.factors]})
            relations.append(f)
        return closed(builder, relations)
    except Refused:
        return None


def not_zero(b: Term, bases: list[Term], product: Formula) -> Node:
    """``b != 0`` from a product that is not zero."""
    others = [c for c in bases if c != b]
    zero: Formula = ("==", b, 0)
    cofactor: Term = ("*", product[1], *others)
    no: Node = {
        "rule": "psatz",
        "terms": [["1", [dump(product)], "1"]],
        "cofactors": [[dump(zero), dump(("-", cofactor))]],
    }
    return by_contradiction(("!=", b, 0), no)


def closed(builder: ProofBuilder, relations: list[Formula]) -> Node:
    """The goal from the signs of all terms: its opposite would make their sum zero or less."""
    goal = builder.state.goal
    against = normal(negate(goal))
    sums = [["1", [dump(normal(f))], "1"] for f in relations]
    if against[0] != "==":
        node: Node = {"rule": "psatz", "terms": [*sums, ["1", [dump(against)], "1"]], "cofactors": []}
        return builder.close(by_contradiction(goal, node))
    for c in ("1", "-1"):
        node = {"rule": "psatz", "terms": sums, "cofactors": [[dump(against), c]]}
        try:
            builder.checker.step(builder.state.assume(against), node)
        except Refused:
            continue
        return builder.close(by_contradiction(goal, node))
    raise Refused("the terms are not those of the goal")


def contradiction(search: ProofSearch, builder: ProofBuilder) -> Node | None:
    """That all bases can't be zero."""
    proof = None
    with search.work_share(SHARE):
        proof = search.prove(builder.state.assume(goal=FALSE), 1)
    if proof is None:
        search.note("a sum of terms that are not negative: that all are zero was not excluded")
        return None
    builder.have(FALSE, proof)
    return builder.close(KNOWN)


TACTIC = Tactic("exclusive_zeros", prove, lambda search, state: state.goal[0] in ("<", "!="))
