"""Bounds of whole powers: their signs, powers of numbers between -1 and 1, and Bernoulli's inequality.

``describe`` states what is seen at once of one power, for a base that is not visibly positive; ``bernoulli`` is a way
of its own, for goals that a bound linear in the exponent decides. Stops at exponents that are not whole by their form
or not visibly at least 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.kernel.checker import Formula, State, Term, names_in, substitute
from verify.prover.proof_builder import KNOWN, Node, Thread, applications, dump, minus
from verify.prover.tactics import function_identities
from verify.prover.tactics.whole_powers import as_power, conclude, congruent, lemma, nonzero, symbolic

if TYPE_CHECKING:
    from verify.prover.search import Search


def describe(search: Search, thread: Thread, t: Term) -> None:
    """State the square of (-1)^n, the sign of a power of what is at least 0, and that a power does not vanish."""
    _, a, b = t
    if a == -1:
        aside = lemma(thread)
        aside.axiom("power integer sum", -1, b, b)
        aside.axiom("power even", b)
        twice, even = ("^", -1, ("+", b, b)), ("^", -1, ("*", 2, b))
        square, same = ("==", twice, ("*", t, t)), congruent(aside, twice, even)
        conclude(thread, aside, ("^", t, 2), 1, [(square, -1), (same, 1), (("==", even, 1), 1)])
        return
    if nonzero(search, thread, a):
        thread.axiom("power nonzero", a, b)
    if not search.ensure(thread, ("<=", 0, b)):
        return
    if not search.ensure(thread, ("<=", 0, a)):
        within_one(search, thread, t)
        return
    thread.axiom("power natural sign", a, b)
    side = search.samples.likely(thread.state, ("+", a, -1))
    if side == "<" and search.ensure(thread, ("<", a, 1)) and search.ensure(thread, ("<", 0, b)):
        below_one(thread, a, b, "less")
    elif side in ("<", "<=") and search.ensure(thread, ("<=", a, 1)):
        below_one(thread, a, b, "at most")


def below_one(thread: Thread, a: Term, b: Term, how: str) -> None:
    """a^b compared with 1^b."""
    thread.axiom(f"power natural base {how}", a, 1, b)
    thread.axiom("power one", b)
    thread.rewrite(("^", 1, b), 1)


def size_of_power(search: Search, thread: Thread, t: Term) -> bool:
    """Rewrite abs(a^n) as abs(a)^n for a natural exponent."""
    _, a, b = t[1]
    if not thread.state.whole(b) or not search.ensure(thread, ("<=", 0, b)):
        return False
    thread.axiom("power natural abs", a, b)
    thread.rewrite(t, ("^", ("abs", a), b))
    return True


def within_one(search: Search, thread: Thread, t: Term) -> None:
    """-1 <= a^n <= 1 for a natural power of a number between -1 and 1, from abs(a^n) == abs(a)^n; also with <."""
    _, a, b = t
    sides = [search.samples.likely(thread.state, u) for u in (("+", a, 1), ("+", 1, ("-", a)))]
    if not all(side in (">", ">=") for side in sides):
        return
    strict = sides == [">", ">"] and search.ensure(thread, ("<", 0, b))
    op, how = ("<", "less") if strict else ("<=", "at most")
    if not (search.ensure(thread, (op, -1, a)) and search.ensure(thread, (op, a, 1))):
        return
    size, aside = ("abs", a), lemma(thread)
    for f in (("<=", 0, size), (op, size, 1)):
        proof = search.relation(State(thread.state.kinds, {(op, -1, a): None, (op, a, 1): None}, f), 0)
        if proof is None:
            return
        aside.have(f, proof)
    below_one(aside, size, b, how)
    aside.axiom("power natural abs", a, b)
    aside.rewrite(("^", size, b), ("abs", t))
    bound: Formula = (op, ("abs", t), 1)
    thread.have(bound, aside.close(KNOWN))
    value = search.fresh(thread.state, "power")
    few = State({**thread.state.kinds, value: "real"}, {(op, ("abs", value), 1): None}, bound)
    for f in ((op, -1, value), (op, value, 1)):
        proof = search.relation(few.assume(goal=f), 0)
        if proof is not None:
            inner = lemma(thread)
            inner.apply("define", new=value, term=dump(t))
            inner.rewrite(t, value)
            thread.have(substitute(f, {value: t}), inner.close(proof))
    # The search looks no further at the absolute value, which would be split on.
    thread.state = State(thread.state.kinds, {f: None for f in thread.state.facts if f != bound}, thread.state.goal)


def bernoulli(search: Search, thread: Thread, fuel: int) -> Node | None:
    """Add Bernoulli's inequality 1 + n (a - 1) <= a^n for the natural powers of the goal, and decide.

    For a base between 0 and 1 also that of its inverse: a^n (a + n (1 - a)) <= a. Stops where the goal has no natural
    power of a base that is visibly at least 0. Source: Bernoulli 1689.
    """
    added = False
    for t in dict.fromkeys(applications(thread.state.goal)):
        if not symbolic(t) or not thread.state.whole(t[2]) or not names_in(t[1]):
            continue
        _, a, b = t
        c, rest = function_identities.coefficient(b)
        if c.denominator == 1 and c > 1 and as_power(search, thread, t, rest):
            b = rest
        if search.ensure(thread, ("<=", 0, a)) and search.ensure(thread, ("<=", 0, b)):
            thread.axiom("power natural tangent", a, b)
            added = True
            if search.samples.likely(thread.state, ("+", a, -1)) == "<" and search.ensure(thread, ("<", 0, a)):
                inverse_tangent(thread, a, b)
    return search.core(thread.fork(), 0) if added else None


def inverse_tangent(thread: Thread, a: Term, n: Term) -> None:
    """a^n (a + n (1 - a)) <= a, by Bernoulli's inequality for 1/a."""
    inverse, aside = ("/", 1, a), lemma(thread)
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
    thread.checker.step(aside.state.assume(goal=goal), node)
    thread.have(goal, aside.close(node))
