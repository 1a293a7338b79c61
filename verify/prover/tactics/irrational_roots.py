"""Equations between integers that would make a quotient of them an irrational root.

Steps: an equation with two monomials, c a^k + d b^k = 0, says that (a/b)^k = -d/c; where no rational number has that
power, b is 0. Applies to equations among the facts whose atoms are integers, and to goals ``a != b``; what the opposite
of the goal says may show that b is not 0. Stops at equations with more monomials, and where neither a nor b is seen not
to be 0. Source: Theodorus and Theaetetus, in Plato's dialogue of that name; Euclid, Elements X.
"""

from __future__ import annotations

from math import gcd

from verify.kernel.reading import Refused
from verify.kernel.reals.formulas import negate
from verify.kernel.reals.rules.integers import is_power
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula
from verify.kernel.reals.work import ROOT
from verify.language.rational_functions import fraction
from verify.language.raw_terms import minus, number
from verify.prover.proof_builder import Node, ProofBuilder, by_contradiction, dump
from verify.prover.tactic import ProofSearch, Tactic, is_relation
from verify.prover.term import Term


def irrational_roots(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close a state with an equation that makes a quotient of integers an irrational root."""
    goal = builder.state.goal
    assumed = builder.state.assume(negate(goal)) if is_relation(search, builder.state) else builder.state
    for f in [f for f in assumed.facts if f[0] == "=="]:
        for node in roots(f, builder.state):
            work = ProofBuilder(builder.checker, assumed)
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
    if d != 1 or len(n) != 2 or not all(map(state.whole, field.atoms)):
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
        node: Node = {"rule": "irrational", "equation": dump(f), "multiple": dump(number(1 / top))}
        node |= {"above": dump(base(above)), "below": dump(base(below)), "degree": str(degree)}
        found.append({**node, "value": dump(number(value)), "divisor": base(below)})
    return found


TACTIC = Tactic("irrational_roots", irrational_roots)
