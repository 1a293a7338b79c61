"""Two sides with one root each, compared by their powers.

Steps: each side is c times a root, sqrt(A) or A^(p/q), or has none; with N the common denominator, the N-th powers of
the sides are polynomials, and these are compared by a search of their own. Were the goal wrong, the powers would be in
the other order too. Applies to ``<`` and ``<=``. Stops where the radicands or the right side are not shown to be at
least 0 by a short search, at N above ``MOST_DEGREE``, and at sides with several roots.
Source: powers grow on the numbers from 0 on.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from verify.kernel.reals.formulas import negate, normal
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula
from verify.language.raw_terms import applied
from verify.prover.derived_equations import LARGEST_EXPONENT, whole_multiple
from verify.prover.proof_builder import Node, ProofBuilder, by_contradiction, dump
from verify.prover.tactic import ProofSearch, Tactic, is_order
from verify.prover.term import Term

MOST_DEGREE = LARGEST_EXPONENT  # of the power to which both sides are raised


@dataclass(frozen=True)
class Side:
    """``factor`` times ``root``, which is ``radicand`` to the power ``exponent``; without a root it is 1."""

    factor: Term
    root: Term
    radicand: Term
    exponent: Fraction

    def raised(self, n: int) -> Term:
        """The n-th power, without the root."""
        plain: Term = ("^", self.factor, n)
        if self.root == 1:
            return plain
        k = int(self.exponent * n)
        power: Term = self.radicand if k == 1 else ("^", self.radicand, k)
        return power if self.factor == 1 else ("*", plain, power)


def side(t: Term) -> Side | None:
    """A side as a multiple of a root; None if it has more than one, or something else that is no polynomial."""
    if not applied(t):
        return Side(t, 1, 1, Fraction(1))
    match t:
        case ("sqrt", a) if not applied(a):
            return Side(1, t, a, Fraction(1, 2))
        case ("^", a, Fraction() as r) if not applied(a):
            return Side(1, t, a, r)
        case ("*" | "/" as op, *parts) if not any(map(applied, parts[1:] if op == "/" else [])):
            rooted = [p for p in parts if applied(p)]
            found = side(rooted[0]) if len(rooted) == 1 else None
            rest = [found.factor if p == rooted[0] else p for p in parts] if found else []
            return Side((op, *rest), found.root, found.radicand, found.exponent) if found else None
    return None


def raise_both_sides(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close ``a < b`` or ``a <= b`` where b is at least 0 and some power of a is below that of b."""
    goal = builder.state.goal
    op, left, right = goal
    sides = [side(left), side(right)]
    low, high = sides
    if low is None or high is None or low.root == high.root == 1:
        return None
    n = lcm(low.exponent.denominator, high.exponent.denominator)
    if not 2 <= n <= MOST_DEGREE or min(low.exponent, high.exponent) < 0:
        return None
    powers: Formula = (op, low.raised(n), high.raised(n))
    plain = {f: None for f in builder.state.facts if not applied(f)}  # what is said of the roots is only in the way
    proof = search.relation(State(builder.state.kinds, plain, normal(powers)), max(1, split_depth - 1))
    if proof is None or not search.ensure(builder, ("<=", 0, right)):
        return None
    builder.have(powers, proof)
    cofactors = []
    for one, sign in ((low, -1), (high, 1)):
        if one.root == 1:
            continue
        if not raised(search, builder, one, n):
            return None
        k = int(one.exponent * n)
        power: Term = one.radicand if k == 1 else ("^", one.radicand, k)
        cofactors.append([dump(("==", ("^", one.root, n), power)), dump(("*", sign, ("^", one.factor, n)))])
    work = ProofBuilder(builder.checker, builder.state.assume(negate(goal)))
    work.axiom(f"power natural base {'at most' if op == '<' else 'less'}", right, left, n)
    other: Formula = ("<=" if op == "<" else "<", ("^", right, n), ("^", left, n))
    terms = [["1", [dump(normal(f))], "1"] for f in (powers, other)]
    node: Node = {"rule": "psatz", "terms": terms, "cofactors": cofactors}
    search.checker.step(work.state, node)
    return builder.close(by_contradiction(goal, work.close(node)))


def raised(search: ProofSearch, builder: ProofBuilder, one: Side, n: int) -> bool:
    """State what the n-th power of the root is."""
    if one.root[0] == "sqrt":
        if not search.ensure(builder, ("<=", 0, one.radicand)):
            return False
        builder.axiom("sqrt square", one.radicand)
        half = n // 2
        square: Formula = ("==", ("^", one.root, 2), one.radicand)
        steps = [("*", ("^", one.root, 2 * i), ("^", one.radicand, half - 1 - i)) for i in range(half)]
        if half > 1:
            whole: Formula = ("==", ("^", one.root, n), ("^", one.radicand, half))
            builder.have(whole, {"rule": "ring", "cofactors": [[dump(square), dump(("+", *steps))]]})
        return True
    if not search.ensure(builder, ("<", 0, one.radicand)):
        return False
    whole_multiple(builder, one.radicand, one.root, one.exponent, n)
    return True


TACTIC = Tactic("raised_sides", raise_both_sides, is_order)
