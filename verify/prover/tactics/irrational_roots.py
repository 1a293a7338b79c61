"""Equations between integers that would make a quotient of them an irrational root.

Steps: an equation with two monomials, c a^k + d b^k = 0, says that (a/b)^k = -d/c; where no rational number has that
power, b is 0. One with roots of numbers, such as a = sqrt(2) b, is raised to a power that has none. Applies to
equations among the facts whose other atoms are integers, and to goals ``a != b``, whose opposite may show that b is not
0. Stops at equations with more monomials, and where neither a nor b is seen not to be 0.
Source: Theodorus and Theaetetus, in Plato's dialogue of that name; Euclid, Elements X.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from flint import fmpq

from verify.kernel.reading import Refused
from verify.kernel.reals.formulas import negate
from verify.kernel.reals.rules.integers import is_power
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula
from verify.kernel.reals.work import ROOT
from verify.language.rational_functions import Polynomial, fraction
from verify.language.raw_terms import minus, number
from verify.prover.closing import closed_by
from verify.prover.proof_builder import Node, ProofBuilder, by_contradiction, dump
from verify.prover.tactic import ProofSearch, Tactic, is_relation
from verify.prover.tactics.sign_facts import denominators
from verify.prover.term import Term


def irrational_roots(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close a state with an equation that makes a quotient of integers an irrational root."""
    goal = builder.state.goal
    assumed = builder.state.assume(negate(goal)) if is_relation(search, builder.state) else builder.state
    for f in [f for f in assumed.facts if f[0] == "=="]:
        raised = raised_to_a_power(f, assumed)
        for node in roots(raised[0] if raised else f, builder.state):
            work = ProofBuilder(builder.checker, assumed)
            if raised is not None and not _follows(search, work, f, *raised):
                continue
            below: Term = node.pop("divisor")
            try:
                if not search.checker.nonzero(assumed, below) and not search.ensure(work, ("!=", 0, below)):
                    continue
                search.checker.step(work.state, node)
            except Refused:
                continue
            proof = work.close(node)
            return builder.close(by_contradiction(goal, proof) if assumed is not builder.state else proof)
    return None


def roots(f: Formula, state: State) -> list[Node]:
    """The nodes that may show it, for either of two monomials as the divisor."""
    ratio = fraction(minus(f[1], f[2]))
    if ratio is None:
        return []
    field, n, d = ratio
    if len(n) != 2 or not all(map(state.whole, field.atoms)):
        return []
    (one, c), (two, e) = field.monomials(n)
    degree = gcd(*one, *two)
    if not 2 <= degree <= ROOT or not any(one) or not any(two):
        return []

    def base(exponents: tuple[int, ...]) -> Term:
        parts = [a if k == degree else ("^", a, k // degree) for a, k in zip(field.atoms, exponents, strict=False) if k]
        return parts[0] if len(parts) == 1 else ("*", *parts)

    found = []
    for above, below, top, bottom in ((one, two, c, e), (two, one, e, c)):
        value = -bottom / top
        powers = all(is_power(k, degree) for k in (abs(value.numerator), value.denominator))
        if powers and (value > 0 or degree % 2):
            continue
        multiple = number(1 / top) if d == 1 else ("*", number(1 / top), field.term(d))
        node: Node = {"rule": "irrational", "equation": dump(f), "multiple": dump(multiple)}
        node |= {"above": dump(base(above)), "below": dump(base(below)), "degree": str(degree)}
        found.append({**node, "value": dump(number(value)), "divisor": base(below)})
    return found


def _follows(search: ProofSearch, work: ProofBuilder, f: Formula, raised: Formula, proof: Node) -> bool:
    """Make the power of an equation a fact."""
    inner = ProofBuilder(work.checker, work.wanted(raised))
    closed = closed_by(search, inner, proof) if denominators(search, inner, minus(f[1], f[2])) else None
    if closed is not None:
        work.have(raised, closed)
    return closed is not None


def raised_to_a_power(f: Formula, state: State) -> tuple[Formula, Node] | None:
    """An equation of two monomials with roots of numbers among their factors, in the smallest power without a root.

    With the node of its proof: a^k - b^k is a multiple of a - b, and what it differs by from the result is one of the
    equations that say what the roots are.
    """
    ratio = fraction(minus(f[1], f[2]))
    if ratio is None:
        return None
    field, n, d = ratio
    defined = {root[0]: (g, *root[1]) for g in state.facts if (root := root_of_a_number(g)) is not None}
    known = {i: defined[a] for i, a in enumerate(field.atoms) if a in defined and not state.whole(a)}
    if not known or len(n) != 2 or not all(state.whole(a) for i, a in enumerate(field.atoms) if i not in known):
        return None
    power = lcm(*(degree for _, degree, _ in known.values()))
    if power > ROOT:
        return None

    def without_roots(exponents: tuple[int, ...], c: Fraction) -> Polynomial:
        out = field.one * fmpq(c.numerator, c.denominator) ** power
        for i, (generator, e) in enumerate(zip(field.gens, exponents, strict=False)):
            if i not in known:
                out = out * generator ** (e * power)
            elif e:
                _, degree, q = known[i]
                out = out * fmpq(q.numerator, q.denominator) ** (e * power // degree)
        return out

    (one, c), (two, e) = field.monomials(n)
    left, right = without_roots(one, c), without_roots(two, -e)
    a = field.context.from_dict({one: fmpq(c.numerator, c.denominator)})
    b = a - n
    rest = a**power - b**power - (left - right)
    factor = sum((a**i * b ** (power - 1 - i) for i in range(power)), field.one * 0) * d
    cofactors = [[dump(f), dump(field.term(factor))]]
    for i, (g, degree, q) in known.items():
        quotient, rest = divmod(rest, field.gens[i] ** degree - fmpq(q.numerator, q.denominator))
        cofactors.append([dump(g), dump(field.term(-quotient))])
    if rest != 0:
        return None
    return ("==", field.term(left), field.term(right)), {"rule": "ring", "cofactors": cofactors}


def root_of_a_number(f: Formula) -> tuple[Term, tuple[int, Fraction]] | None:
    """What an equation says to be a root of a number, with its degree and the number: 2 and 3 for x^2 == 3."""
    match f:
        case ("==", ("^", t, int() as degree), int() | Fraction() as q) if degree > 1 and q > 0:
            return t, (degree, Fraction(q))
    return None


TACTIC = Tactic("irrational_roots", irrational_roots)
