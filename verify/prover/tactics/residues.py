"""Equations between integers that have no solution modulo some number.

Steps: clear the denominators of the coefficients; try the greatest common divisor of the coefficients but the constant,
then ``MODULI``: all residues of all variables. Applies to equations among the facts in which all atoms are integer
variables, and to goals ``a != b``. Stops where more than ``MOST_RESIDUES`` combinations would have to be tried, and at
equations that have solutions modulo every number. Source: Gauss 1801, Disquisitiones arithmeticae (congruences).
"""

from __future__ import annotations

from itertools import product
from math import gcd, lcm, prod

from verify.kernel.reading import Refused
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula
from verify.language.rational_functions import fraction
from verify.language.raw_terms import minus
from verify.prover.proof_builder import Node, ProofBuilder, by_contradiction, dump
from verify.prover.tactic import ProofSearch, Tactic

# Small primes and their powers, which obstruct most: squares modulo 8, cubes modulo 7 and 9, fourth powers modulo 16.
MODULI = (2, 3, 4, 5, 7, 8, 9, 11, 13, 16, 17, 25)


MOST_RESIDUES = 20_000  # combinations of residues that are tried for one modulus


def residues(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close a state with an equation between integers that has no solution modulo some number, or a goal against it."""
    state = builder.state
    goal = state.goal
    for f in [("==", *goal[1:])] if goal[0] == "!=" else []:
        node = without_solution(search, state.assume(f), f)
        if node is not None:
            return builder.close(by_contradiction(goal, node))
    for f in [f for f in state.facts if f[0] == "=="]:
        node = without_solution(search, state, f)
        if node is not None:
            return builder.close(node)
    return None


def without_solution(search: ProofSearch, state: State, f: Formula) -> Node | None:
    """The modulus by which an equation is seen to have no solution in integers."""
    if ("residues", f) in search.known_failures:
        return None
    search.known_failures.add(("residues", f))
    gap = minus(f[1], f[2])
    ratio = fraction(gap)
    if ratio is None:
        return None
    field, n, d = ratio
    if d != 1 or n == 0 or not all(state.kinds.get(a) == "integer" for a in field.atoms):
        return None
    monomials = field.monomials(n)
    scale = lcm(*(c.denominator for _, c in monomials))
    parts = [(m, int(c * scale)) for m, c in monomials]
    divisor = gcd(*(c for m, c in parts if any(m)))
    for modulus in (divisor, *MODULI):
        if modulus < 2 or solvable(search, parts, modulus):
            continue
        node: Node = {"rule": "residues", "equation": dump(f), "modulus": str(modulus)}
        try:
            search.checker.step(state, node)
        except Refused:
            continue
        search.known_failures.discard(("residues", f))
        return node
    return None


def solvable(search: ProofSearch, parts: list[tuple[tuple[int, ...], int]], modulus: int) -> bool:
    """Whether a polynomial vanishes at some residues, or has too many to try."""
    parts = [(m, c % modulus) for m, c in parts if c % modulus]
    used = [i for i in range(len(parts[0][0])) if any(m[i] for m, _ in parts)] if parts else []
    if modulus ** len(used) > MOST_RESIDUES:
        return True
    search.tick()
    for values in product(range(modulus), repeat=len(used)):
        at = dict(zip(used, values, strict=True))
        if sum(c * prod(pow(at[i], m[i], modulus) for i in used) for m, c in parts) % modulus == 0:
            return True
    return False


TACTIC = Tactic("residues", residues)
