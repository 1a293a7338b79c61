"""Inequalities between positive products of powers and exponentials, by way of their logarithms.

Steps: both sides (or the two terms of a difference) as products; show that they are positive; expand log of each by
the laws; prove the inequality between the logarithms. A base that may be 0 is split off first, and so is the part of
the domain where the smaller side is negative.
Applies to ``<`` and ``<=`` with an exponential or a symbolic exponent. Stops at sums, other than a difference of two
products, and sums without function values as factors where there is one variable. Source: the logarithm grows.
"""

from __future__ import annotations

from typing import Any

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import Formula, names_in
from verify.language.rational_functions import factors_of, fraction
from verify.language.raw_terms import applications, applied, minus
from verify.prover.closing import by_opposite
from verify.prover.proof_builder import Node, ProofBuilder, by_contradiction, dump
from verify.prover.tactic import ProofSearch, Tactic, is_order
from verify.prover.term import Term


def prove(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close ``a <= b`` or ``a < b`` by the same for log(a) and log(b), where both are positive."""
    goal = builder.state.goal
    pair = products(goal[1], goal[2])
    if pair is None or not any(growing(t) for side in pair for t in applications(side)):
        return None
    zero = next((base for side in pair for base in bases(side) if may_vanish(search, builder, base)), None)
    if zero is not None:
        return search.by_cases(builder, ("<", 0, zero), split_depth)
    a, b = pair
    work = builder.fork()
    if not search.ensure(work, ("<", 0, b)):
        return None
    if not search.ensure(work, ("<", 0, a)):
        turns = next((s for s in sums_in(a) if search.samples.signs(builder.state, s) >= {1, -1}), None)
        return None if turns is None else search.by_cases(builder, ("<", 0, turns), split_depth)
    logs = [expanded(search, work, side) for side in pair]
    compared: Formula = (goal[0], logs[0][0], logs[1][0])
    proof = search.prove(builder.wanted(compared), split_depth - 1)  # what is known of a and b would only be in the way
    if proof is None:
        search.note("logarithms of both sides: their inequality was not shown")
        return None
    cofactors = [[dump(f), dump(("-", m))] for f, m in logs[0][1]] + [[dump(f), dump(m)] for f, m in logs[1][1]]
    try:
        work.have(compared, proof)
        return opposite(search, work, a, b, compared, cofactors)
    except Refused:
        return None


def expanded(search: ProofSearch, work: ProofBuilder, t: Term) -> tuple[Term, list[tuple[Formula, Term]]]:
    """The logarithm of a positive term by the laws, and multiples of equations that sum to log(t) minus that."""
    if not isinstance(t, tuple):
        return ("log", t), []
    trial = work.fork()
    parts: list[tuple[Term, Term]] = []
    try:
        if t[0] == "exp":
            trial.axiom("log exp", t[1])
            total: Term = t[1]
        elif t[0] == "^" and search.ensure(trial, ("<", 0, t[1])):
            trial.axiom("log power", t[1], t[2])
            total = ("*", t[2], ("log", t[1]))
            parts = [(t[1], t[2])]
        elif t[0] in ("*", "/") and len(t) == 3 and all(search.ensure(trial, ("<", 0, a)) for a in t[1:]):
            trial.axiom("log product" if t[0] == "*" else "log quotient", t[1], t[2])
            sign = 1 if t[0] == "*" else -1
            total = ("+", ("log", t[1]), ("*", sign, ("log", t[2])))
            parts = [(t[1], 1), (t[2], sign)]
        else:
            return ("log", t), []
    except Refused:
        return ("log", t), []
    work.nodes, work.state = trial.nodes, trial.state
    used: list[tuple[Formula, Term]] = [(logarithm(work, t), 1)]
    if not parts:
        return total, used
    sums = []
    for part, multiplier in parts:
        value, equations = expanded(search, work, part)
        sums.append(("*", multiplier, value))
        used += [(f, ("*", multiplier, m)) for f, m in equations]
    return (sums[0] if len(sums) == 1 else ("+", *sums)), used


def logarithm(work: ProofBuilder, t: Term) -> Formula:
    """The equation for log(t) that was added last."""
    return next(f for f in reversed(work.state.facts) if f[0] == "==" and f[1] == ("log", t))


def opposite(
    search: ProofSearch, work: ProofBuilder, a: Term, b: Term, compared: Formula, cofactors: list[list[Any]]
) -> Node | None:
    """The goal from the inequality between the logarithms: its opposite would reverse that one."""
    goal = work.state.goal
    strict = goal[0] == "<"
    against: Formula = ("<=" if strict else "<", b, a)
    inner = ProofBuilder(search.checker, work.state.assume(("<=" if strict else "<", goal[2], goal[1])))
    if not inner.state.knows(against):
        inner.have(against, linear(against, (against[0], goal[2], goal[1])))
    inner.axiom("log at most" if strict else "log less", b, a)
    both = (compared, (against[0], ("log", b), ("log", a)))
    end: Node = {"rule": "psatz", "terms": [["1", [dump(f)], "1"] for f in both], "cofactors": cofactors}
    search.checker.step(inner.state, end)
    return by_opposite(search, work, inner.close(end))


def linear(f: Formula, known: Formula) -> Node:
    """A relation from one whose sides have the same difference, by its opposite."""
    denied: Formula = ("<=" if f[0] == "<" else "<", f[2], f[1])
    no: Node = {"rule": "psatz", "terms": [["1", [dump(denied)], "1"], ["1", [dump(known)], "1"]], "cofactors": []}
    return by_contradiction(f, no)


def products(a: Term, b: Term) -> tuple[Term, Term] | None:
    """Both sides as products: as they are, or from a difference of two terms."""
    sums = len(names_in(a) | names_in(b)) == 1  # for them there are methods that find the slope of a logarithm
    if multiplicative(a, sums=sums) and multiplicative(b, sums=sums):
        return a, b
    gap = minus(b, a)
    ratio = fraction(gap)
    if ratio is None:
        return None
    field, n, d = ratio
    if d != 1 or len(n) != 2:
        return None
    parts = [field.context.from_dict({tuple(m): c}) for m, c in n.terms()]
    positive = [p for p in parts if p.leading_coefficient() > 0]
    if len(positive) != 1:
        return None
    negative = next(p for p in parts if p is not positive[0])
    return field.term(-negative), field.term(positive[0])


def multiplicative(t: Term, *, sums: bool) -> bool:
    """A product of numbers, variables, powers and exponentials, other than 0, and maybe of sums without them."""
    if not isinstance(t, tuple):
        return bool(t != 0)
    if t[0] in ("*", "/"):
        return all(multiplicative(a, sums=sums) for a in t[1:])
    return bool(t[0] in ("^", "exp", "sqrt")) or (sums and not applied(t))


def sums_in(t: Term) -> list[Term]:
    """The factors of the sums in a product, which may be negative on a part of the domain."""
    if isinstance(t, tuple) and t[0] in ("*", "/"):
        return [s for a in t[1:] for s in sums_in(a)]
    ratio = None if applied(t) or not names_in(t) else fraction(t)
    return [] if ratio is None else [ratio[0].term(p) for part in ratio[1:] for p, _ in factors_of(part)[1]]


def growing(t: Term) -> bool:
    """An exponential, or a power with a variable in its exponent."""
    return t[0] == "exp" or (t[0] == "^" and bool(names_in(t[2]) or isinstance(t[2], tuple)))


def bases(t: Term) -> list[Term]:
    """The bases of the powers in a product, and its variables."""
    if isinstance(t, tuple):
        return [b for a in t[1:] for b in bases(a)] if t[0] in ("*", "/") else [t[1]] if t[0] in ("^", "sqrt") else []
    return [t] if isinstance(t, str) else []


def may_vanish(search: ProofSearch, builder: ProofBuilder, base: Term) -> bool:
    """Whether a base may be zero, and is not negative."""
    if search.checker.sign(builder.state, base) == {0, 1}:
        return True
    known = builder.state.knows(("<", 0, base)) or search.samples.likely(builder.state, base) not in (">", ">=")
    if known or 0 not in search.checker.sign(builder.state, base):
        return False
    work = builder.fork()
    if search.ensure(work, ("<", 0, base)):
        return False
    return search.ensure(work, ("<=", 0, base))


TACTIC = Tactic("logarithms", prove, is_order)
