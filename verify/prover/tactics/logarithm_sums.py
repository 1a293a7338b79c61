"""Whole multiples of logarithms compared by the products of their arguments: sum c log(a) >= 0 by way of prod a^c >= 1.

Steps: expand by the laws; with whole coefficients, show that the product of the arguments whose logarithms are on the
smaller side is at most that of the others, and that all are positive; the logarithm carries it over.
Applies to ``<`` and ``<=`` between sums of numbers times logarithms, two at least. Stops where anything else occurs
outside the logarithms, at logarithms of logarithms, and above ``MOST_FACTORS`` factors.
Source: log(a b) = log(a) + log(b), and the logarithm grows.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from math import lcm

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import Formula
from verify.language.rational_functions import fraction
from verify.language.raw_terms import applications, is_number, minus
from verify.prover.closing import compared_alone
from verify.prover.proof_builder import Node, ProofBuilder
from verify.prover.tactic import ProofSearch, Tactic, is_order
from verify.prover.tactics import function_facts
from verify.prover.tactics.logarithms import expanded
from verify.prover.term import Term

MOST_FACTORS = 8  # other than numbers, of both products, with their multiplicities: (a+b)(b+c)(c+a) >= 8abc has six


def prove(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close ``sum c log(a) <= sum d log(b)`` by ``prod a^c <= prod b^d``."""
    if not any(t[0] == "log" for t in applications(builder.state.goal)):
        return None
    work = builder.fork()
    function_facts.expand(search, work)
    goal = work.state.goal
    found = multiples(minus(goal[2], goal[1]))
    if found is None:
        return None
    sides = product({a: -c for a, c in found.items()}), product(found)
    compared: Formula = (goal[0], *sides)
    try:
        if not all(search.ensure(work, ("<", 0, a)) for a in found):
            return None
        if not compared_alone(search, work, compared, split_depth):
            search.note("sums of logarithms: the inequality between the products was not shown")
            return None
        if not search.ensure(work, ("<", 0, sides[0])):
            return None
        work.axiom("log less" if goal[0] == "<" else "log at most", *sides)
        for side in sides:
            expanded(search, work, side)
    except Refused:
        return None
    return search.core(work, 0)


def multiples(t: Term) -> dict[Term, int] | None:
    """A positive multiple of a term as whole multiples of logarithms, by argument; None for any other term."""
    ratio = fraction(t)
    if ratio is None:
        return None
    field, n, d = ratio
    if d.total_degree() > 0 or len(n) < 2:
        return None
    found: dict[Term, Fraction] = {}
    for exponents, c in field.monomials(n):
        factors = [(a, e) for a, e in zip(field.atoms, exponents, strict=False) if e]
        match factors:
            case [(("log", argument), 1)] if not any(s[0] == "log" for s in applications(argument)):
                found[argument] = c
            case _:
                return None
    sign = 1 if d.leading_coefficient() > 0 else -1
    common = sign * lcm(*(c.denominator for c in found.values()))
    whole = {a: int(c * common) for a, c in found.items()}
    return whole if sum(abs(e) for a, e in whole.items() if not is_number(a)) <= MOST_FACTORS else None


def product(powers: dict[Term, int]) -> Term:
    """The product of those with positive exponents, two factors at a time."""
    factors: list[Term] = [a if e == 1 else ("^", a, e) for a, e in powers.items() if e > 0]
    return reduce(lambda a, b: ("*", a, b), factors) if factors else 1


TACTIC = Tactic("logarithm_sums", prove, is_order)
