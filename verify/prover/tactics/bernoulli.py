"""Bernoulli's inequality 1 + n (a - 1) <= a^n for the natural powers of the goal.

Steps: state it for every power of a base that is at least 0; for a base between 0 and 1 also that of its inverse,
a^n (a + n (1 - a)) <= a; then decide as without it. Applies to goals with a power whose exponent is whole by its form.
Stops where the goal has no natural power of a base that is visibly at least 0, and where a bound linear in the exponent
is too weak. Source: Bernoulli 1689.
"""

from __future__ import annotations

from verify.kernel.reals.terms import Formula, names_in
from verify.language.raw_terms import applications, coefficient, minus, symbolic_power
from verify.prover.derived_equations import lemma
from verify.prover.proof_builder import Node, ProofBuilder, dump
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.tactics import common_exponents
from verify.prover.term import Term


def bernoulli(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Add Bernoulli's inequality 1 + n (a - 1) <= a^n for the natural powers of the goal, and decide.

    For a base between 0 and 1 also that of its inverse: a^n (a + n (1 - a)) <= a. Stops where the goal has no natural
    power of a base that is visibly at least 0. Source: Bernoulli 1689.
    """
    added = False
    for t in dict.fromkeys(applications(builder.state.goal)):
        if not symbolic_power(t) or not builder.state.whole(t[2]) or not names_in(t[1]):
            continue
        _, a, b = t
        c, rest = coefficient(b)
        if c.denominator == 1 and c > 1 and common_exponents.as_power(search, builder, t, rest):
            b = rest
        if search.ensure(builder, ("<=", 0, a)) and search.ensure(builder, ("<=", 0, b)):
            builder.axiom("power natural tangent", a, b)
            added = True
            if search.samples.likely(builder.state, ("+", a, -1)) == "<" and search.ensure(builder, ("<", 0, a)):
                inverse_tangent(builder, a, b)
    return search.core(builder.fork(), 0) if added else None


def inverse_tangent(builder: ProofBuilder, a: Term, n: Term) -> None:
    """a^n (a + n (1 - a)) <= a, by Bernoulli's inequality for 1/a."""
    inverse, aside = ("/", 1, a), lemma(builder)
    aside.have(("<=", 0, inverse), {"rule": "sign", "factors": [[dump(a), "-1"]]})
    aside.axiom("power natural tangent", inverse, n)
    aside.axiom("power quotient", 1, a, n)
    aside.axiom("power one", n)
    aside.axiom("power positive", a, n)
    aside.rewrite(("^", inverse, n), ("/", ("^", 1, n), ("^", a, n)))
    aside.rewrite(("^", 1, n), 1)
    value = ("^", a, n)
    gap = minus(("/", 1, value), ("+", 1, ("*", n, ("+", inverse, -1))))
    goal: Formula = ("<=", ("*", value, ("+", a, ("*", n, ("+", 1, ("-", a))))), a)
    node: Node = {"rule": "sign", "factors": [[dump(u), "1"] for u in (a, value, gap)]}
    builder.checker.step(aside.state.assume(goal=goal), node)
    builder.have(goal, aside.close(node))


TACTIC = Tactic("bernoulli", bernoulli)
