"""Bernoulli's inequality 1 + n (a - 1) <= a^n for the powers of the goal whose exponents are no numbers.

Steps: state it for every power of a base that is at least 0; for a base between 0 and 1 also that of its inverse,
a^n (a + n (1 - a)) <= a. Where the exponent p is any real number and the base is positive: for p <= 0 and p >= 1 the
same, the other way for 0 <= p <= 1, and a^p (1 + p (1 - a)) <= 1 for 0 <= p. Then decide as without it.
Applies to goals with a power whose exponent has a name in it.
Stops where the goal has no such power of a base that is visibly at least 0 (positive, if its exponent is not whole by
its form), and where a bound linear in the exponent is too weak.
Source: Bernoulli 1689; Hardy, Littlewood, Polya 1934, 2.15, for real exponents.
"""

from __future__ import annotations

from verify.kernel.reals.terms import Formula, names_in
from verify.language.raw_terms import applications, coefficient, minus, symbolic_power
from verify.prover.derived_equations import lemma
from verify.prover.proof_builder import Node, ProofBuilder, dump
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.tactics import common_exponents
from verify.prover.tactics.mean_bounds import Tangents, contradiction
from verify.prover.term import Term

MOST_POWERS = 3  # of the goal with exponents that are not whole; each costs a few short searches


def bernoulli(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Add what Bernoulli's inequality says of the powers of the goal, and decide."""
    powers = [t for t in dict.fromkeys(applications(builder.state.goal)) if symbolic_power(t) and names_in(t[1])]
    whole = [t for t in powers if builder.state.whole(t[2])]
    real = [t for t in powers if t not in whole and names_in(t[2])]
    plain = builder.fork()
    added = [whole_exponent(search, builder, t) for t in whole]
    added += [real_exponent(search, builder, t[1], t[2]) for t in real[:MOST_POWERS]]
    proof = search.core(builder.fork(), 0) if any(added) else None
    zero = next((t[1] for t in whole if not builder.state.knows(("<", 0, t[1]))), None) if any(added) else None
    if proof is None and zero is not None and split_depth > 0:
        # more is known of the powers of positive numbers
        return search.by_cases(plain, ("<", 0, zero), split_depth - 1)
    return proof


def whole_exponent(search: ProofSearch, builder: ProofBuilder, t: Term) -> bool:
    """1 + n (a - 1) <= a^n for a natural power, and for a base between 0 and 1 also what it says of 1/a."""
    _, a, b = t
    c, rest = coefficient(b)
    if c.denominator == 1 and c > 1 and common_exponents.as_power(search, builder, t, rest):
        b = rest
    if not (search.ensure(builder, ("<=", 0, a)) and search.ensure(builder, ("<=", 0, b))):
        return False
    builder.axiom("power natural tangent", a, b)
    if search.samples.likely(builder.state, ("+", a, -1)) == "<" and search.ensure(builder, ("<", 0, a)):
        inverse_tangent(builder, a, b)
    elif search.ensure(builder, ("<", 0, a)):
        reciprocal(search, builder, a, b)
    return True


def real_exponent(search: ProofSearch, builder: ProofBuilder, a: Term, p: Term) -> bool:
    """What the tangent at 1 says of a power of a positive number: whether anything was added."""
    if not search.ensure(builder, ("<", 0, a)):
        return False
    side, beyond = (search.samples.likely(builder.state, t) for t in (p, minus(p, 1)))
    if side in ("<", "<="):
        return search.ensure(builder, ("<=", p, 0)) and negative_exponent(search, builder, a, p)
    if side not in (">", ">=") or not search.ensure(builder, ("<=", 0, p)):
        return False
    added = reciprocal(search, builder, a, p)
    return (beyond is not None and tangent(search, builder, a, p, above=beyond in (">", ">="))) or added


def tangent(search: ProofSearch, builder: ProofBuilder, a: Term, p: Term, *, above: bool) -> bool:
    """1 + p (a - 1) <= a^p for p >= 1, or a^p <= 1 + p (a - 1) for 0 <= p <= 1."""
    aside, unit, value = lemma(builder), ("^", 1, p), ("^", a, p)
    bound = Tangents(search, unit).bound(aside, value, above)
    if bound is None:
        return False
    aside.axiom("power one", p)
    line: Term = ("+", 1, ("*", p, minus(a, 1)))
    fact: Formula = ("<=", line, value) if above else ("<=", value, line)
    return stated(search, builder, aside, fact, [[bound.fact]], [(("==", unit, 1), line if above else ("-", line))])


def negative_exponent(search: ProofSearch, builder: ProofBuilder, a: Term, p: Term) -> bool:
    """1 + p (a - 1) <= a^p for p <= 0: a^p = exp(p log a) is at least 1 + p log a, and log a at most a - 1."""
    aside, value = lemma(builder), ("^", a, p)
    products = tangents(aside, a, p)
    fact: Formula = ("<=", ("+", 1, ("*", p, minus(a, 1))), value)
    equation: Formula = ("==", value, ("exp", ("*", p, ("log", a))))
    return stated(search, builder, aside, fact, [products[:1], [("<=", p, 0), products[1]]], [(equation, 1)])


def reciprocal(search: ProofSearch, builder: ProofBuilder, a: Term, p: Term) -> bool:
    """a^p (1 + p (1 - a)) <= 1 for 0 <= p, which is the same for a^(-p)."""
    aside, value, inverse = lemma(builder), ("^", a, p), ("^", a, ("-", p))
    first, second = tangents(aside, a, ("-", p))
    aside.axiom("power positive", a, p)
    aside.axiom("power negative", a, p)
    positive: Formula = ("<", 0, value)
    fact: Formula = ("<=", ("*", value, ("+", 1, ("*", p, minus(1, a)))), 1)
    equations: list[tuple[Formula, Term]] = [
        (("==", inverse, ("exp", ("*", ("-", p), ("log", a)))), value),
        (("==", ("*", inverse, value), 1), -1),
    ]
    return stated(search, builder, aside, fact, [[positive, first], [positive, ("<=", 0, p), second]], equations)


def tangents(aside: ProofBuilder, a: Term, p: Term) -> list[Formula]:
    """State that exp is above its tangent at p log a and log below its at a, and that a^p is that exponential."""
    exponent: Term = ("*", p, ("log", a))
    aside.axiom("power exp", a, p)
    aside.axiom("exp tangent", exponent)
    aside.axiom("log tangent", a)
    return [("<=", ("+", 1, exponent), ("exp", exponent)), ("<=", ("log", a), ("+", a, -1))]


def stated(
    search: ProofSearch,
    builder: ProofBuilder,
    aside: ProofBuilder,
    fact: Formula,
    products: list[list[Formula]],
    equations: list[tuple[Formula, Term]],
) -> bool:
    """Make a fact of what follows beside the proof from products of relations and multiples of equations."""
    proof = contradiction(search, ProofBuilder(builder.checker, aside.state.assume(goal=fact)), products, equations)
    if proof is not None:
        builder.have(fact, aside.close(proof))
    return proof is not None


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
