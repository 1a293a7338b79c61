"""A sum of exponentials below one exponential: q <= exp(s) by way of log(q) <= s.

Steps: expand by the laws and clear denominators; if one part of the numerator is exponentials times something positive,
divide the rest by that and by the exponentials that all its terms have in common, which leaves q <= exp(s) with s a sum
of arguments; show that q is positive and that log(q) <= s; exp carries it over. Applies to ``<`` and ``<=``.
Stops where no single product of exponentials is on the larger side, and where log(q) <= s is not shown.
Source: the step from a moment generating function to its logarithm, as in Hoeffding 1963.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.kernel.reading import Refused
from verify.kernel.reals.formulas import negate, normal
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, names_in
from verify.language.rational_functions import Field, Polynomial, fraction
from verify.language.raw_terms import applications, applied, minus
from verify.prover.closing import compared_alone
from verify.prover.proof_builder import Node, ProofBuilder, by_contradiction, dump
from verify.prover.tactic import ProofSearch, Tactic, is_order
from verify.prover.tactics import function_facts, parametric_slopes
from verify.prover.term import Term

SHARE_OF_SLOPES = 1 / 2  # of the work that is left; the rest is for all other ways
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
    moving = [exponential(a) for a in field.atoms]
    groups: dict[tuple[int, ...], Polynomial] = {}
    for m, c in n.terms():
        key = tuple(int(e) if moves else 0 for e, moves in zip(m, moving, strict=False))
        plain = tuple(0 if moves else int(e) for e, moves in zip(m, moving, strict=False))
        groups[key] = groups.get(key, field.one * 0) + field.context.from_dict({plain: c})
    for m, c in groups.items():
        if search.samples.likely(state, field.term(c)) != ">":
            continue
        rest = n - c * field.context.from_dict({m: 1})
        common = [min(int(e) for e in column) for column in zip(*rest.monoms(), strict=True)]
        common = [e if moves else 0 for e, moves in zip(common, moving, strict=False)]
        divisor = field.context.from_dict({tuple(common): 1})
        top, bottom = field.reduced(-rest / divisor, c)
        q = field.term(top) if bottom == 1 else ("/", field.term(top), field.term(bottom))
        powers = [e - k for e, k in zip(m, common, strict=True)]
        parts = [("*", e, a[1]) for a, e in zip(field.atoms, powers, strict=False) if e]
        if parts and search.samples.likely(state, q) == ">":
            yield q, parts[0] if len(parts) == 1 else ("+", *parts)


def by_logarithm(search: ProofSearch, work: ProofBuilder, q: Term, s: Term, split_depth: int) -> Node | None:
    """The goal from ``log(q) <= s``, which becomes q <= exp(s)."""
    strict = work.state.goal[0] == "<"
    compared: Formula = (work.state.goal[0], ("log", q), s)
    positive: Formula = ("<", 0, q)
    try:
        if not compared_alone(search, work, positive, split_depth):
            return None
        if not by_slopes(search, work, compared) and not compared_alone(search, work, compared, split_depth):
            search.note("sum of exponentials: the inequality between the logarithms was not shown")
            return None
        work.axiom("exp less" if strict else "exp at most", ("log", q), s)
        work.axiom("exp log", q)
        work.rewrite(("exp", ("log", q)), q)
        bound = in_goal(work, ("exp", s))
        if isinstance(q, tuple) and q[0] == "/":
            cleared(search, work, (work.state.goal[0], q, bound))
    except Refused:
        return None
    return search.core(work, 0)


def in_goal(work: ProofBuilder, value: Term) -> Term:
    """An exponential as the goal has it, if it does: the laws might take the two apart in different ways."""
    for t in applications(work.state.goal):
        ratio = fraction(minus(t[1], value[1])) if t[0] == "exp" and t != value else None
        if ratio is not None and ratio[1] == 0:
            work.apply("congruent", left=dump(value), right=dump(t))
            work.rewrite(value, t)
            return t
    return value


def cleared(search: ProofSearch, work: ProofBuilder, f: Formula) -> None:
    """The fact ``n/d <= e`` as n <= d e, where d is positive: raises ``Refused``."""
    (_, n, d), e = f[1], f[2]
    positive: Formula = ("<", 0, d)
    wanted: Formula = (f[0], n, ("*", d, e))
    if search.ensure(work, positive):
        terms = [["1", [dump(normal(g)) for g in (f, positive)], "1"], ["1", [dump(normal(negate(wanted)))], "1"]]
        work.have(wanted, by_contradiction(wanted, {"rule": "psatz", "terms": terms, "cofactors": []}))


def by_slopes(search: ProofSearch, work: ProofBuilder, compared: Formula) -> bool:
    """Make the inequality between the logarithms a fact, by the slopes in one variable: the likeliest way, first."""
    state = work.wanted(compared)
    plain = {f: None for f in state.facts if not applied(f)}
    trial = ProofBuilder(search.checker, State(state.kinds, plain, state.goal))
    proof = None
    with search.work_share(SHARE_OF_SLOPES):
        proof = search.use(parametric_slopes.TACTIC, trial, 0)
    if proof is not None:
        work.have(compared, proof)
    return proof is not None


TACTIC = Tactic("exponential_sums", prove, is_order)
