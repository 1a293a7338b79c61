"""Bounds of whole powers: their signs, and powers of numbers between -1 and 1.

Steps: (-1)^n has the square 1; a power of what is not 0 is not 0; of what is at least 0 at least 0, and compared with 1
where the base is; a natural power of a number between -1 and 1 is between -1 and 1, from abs(a^n) = abs(a)^n.
Applies to whole exponents whose base is not visibly positive. Stops at exponents that are not whole by their form or
not visibly at least 0. Source: the laws of exponents in a ring.
"""

from __future__ import annotations

from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, substitute
from verify.prover.derived_equations import conclude, congruent, lemma
from verify.prover.proof_builder import KNOWN, ProofBuilder, dump
from verify.prover.tactic import ProofSearch
from verify.prover.tactics import whole_powers
from verify.prover.term import Term


def describe(search: ProofSearch, builder: ProofBuilder, t: Term) -> None:
    """State the square of (-1)^n, the sign of a power of what is at least 0, and that a power does not vanish."""
    _, a, b = t
    if a == -1:
        aside = lemma(builder)
        aside.axiom("power integer sum", -1, b, b)
        aside.axiom("power even", b)
        twice, even = ("^", -1, ("+", b, b)), ("^", -1, ("*", 2, b))
        square, same = ("==", twice, ("*", t, t)), congruent(aside, twice, even)
        conclude(builder, aside, ("^", t, 2), 1, [(square, -1), (same, 1), (("==", even, 1), 1)])
        return
    if whole_powers.nonzero(search, builder, a):
        builder.axiom("power nonzero", a, b)
    if not search.ensure(builder, ("<=", 0, b)):
        return
    if not search.ensure(builder, ("<=", 0, a)):
        within_one(search, builder, t)
        return
    builder.axiom("power natural sign", a, b)
    side = search.samples.likely(builder.state, ("+", a, -1))
    if side == "<" and search.ensure(builder, ("<", a, 1)) and search.ensure(builder, ("<", 0, b)):
        below_one(builder, a, b, "less")
    elif side in ("<", "<=") and search.ensure(builder, ("<=", a, 1)):
        below_one(builder, a, b, "at most")


def below_one(builder: ProofBuilder, a: Term, b: Term, how: str) -> None:
    """a^b compared with 1^b."""
    builder.axiom(f"power natural base {how}", a, 1, b)
    builder.axiom("power one", b)
    builder.rewrite(("^", 1, b), 1)


def within_one(search: ProofSearch, builder: ProofBuilder, t: Term) -> None:
    """-1 <= a^n <= 1 for a natural power of a number between -1 and 1, from abs(a^n) == abs(a)^n; also with <."""
    _, a, b = t
    sides = [search.samples.likely(builder.state, u) for u in (("+", a, 1), ("+", 1, ("-", a)))]
    if not all(side in (">", ">=") for side in sides):
        return
    strict = sides == [">", ">"] and search.ensure(builder, ("<", 0, b))
    op, how = ("<", "less") if strict else ("<=", "at most")
    if not (search.ensure(builder, (op, -1, a)) and search.ensure(builder, (op, a, 1))):
        return
    size, aside = ("abs", a), lemma(builder)
    for f in (("<=", 0, size), (op, size, 1)):
        proof = search.relation(State(builder.state.kinds, {(op, -1, a): None, (op, a, 1): None}, f), 0)
        if proof is None:
            return
        aside.have(f, proof)
    below_one(aside, size, b, how)
    aside.axiom("power natural abs", a, b)
    aside.rewrite(("^", size, b), ("abs", t))
    bound: Formula = (op, ("abs", t), 1)
    builder.have(bound, aside.close(KNOWN))
    value = search.fresh(builder.state, "power")
    few = State({**builder.state.kinds, value: "real"}, {(op, ("abs", value), 1): None}, bound)
    ends: tuple[Formula, Formula] = ((op, -1, value), (op, value, 1))
    for g in ends:
        proof = search.relation(few.assume(goal=g), 0)
        if proof is not None:
            inner = lemma(builder)
            inner.apply("define", new=value, term=dump(t))
            inner.rewrite(t, value)
            builder.have(substitute(g, {value: t}), inner.close(proof))
    # The search looks no further at the absolute value, which would be split on.
    builder.state = State(builder.state.kinds, {f: None for f in builder.state.facts if f != bound}, builder.state.goal)


NAME = "power_bounds"
