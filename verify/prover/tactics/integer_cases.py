"""Integers cut at the real roots of a polynomial in one of them, or tried one by one between two bounds.

Steps: where the goal or an equation is a polynomial in an integer x alone, the cases x <= k at and beside its real
roots, each with x = k where only that is left; where other variables occur, the cases at -1 and 0; last, every value
between two whole bounds. Applies where there is an integer variable. Stops at more than ``MOST_CUTS`` places and more
than ``MOST_VALUES`` values. Source: ours.
"""

from __future__ import annotations

from math import floor
from typing import Any

import flint

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import FALSE, names_in
from verify.language.rational_functions import Polynomial, fraction
from verify.language.raw_terms import minus
from verify.prover.proof_builder import Node, ProofBuilder, dump
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.tactics import integer_bounds
from verify.prover.tactics.bounds import isolate

MOST_VALUES = 60  # of an integer between two bounds, tried one by one
WIDEST = 10  # the distance of the outermost roots up to which every integer between them is tried
MOST_CUTS = 12  # places at which the integers are cut
NEAR_REAL = 1e-9  # imaginary parts below this count as 0; a root that is missed costs a proof, never a wrong one


def real_roots(p: Polynomial, i: int) -> list[float]:
    """Real roots of a polynomial in one variable."""
    coefficients = [0] * (int(p.degrees()[i]) + 1)
    for m, c in p.terms():
        coefficients[int(m[i])] = c
    out = []
    found: list[Any] = list(flint.fmpq_poly(coefficients).complex_roots())  # pairs; the stubs say otherwise
    for r, _ in found:
        if abs(float(r.imag.mid())) < NEAR_REAL:
            out.append(float(r.real.mid()))
    return out


def split(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Cut the integers at the real roots of the polynomials in one of them."""
    kinds = builder.state.kinds
    relations = [f for f in (builder.state.goal, *builder.state.facts) if f[0] in ("==", "<", "<=", "!=")]
    for f in relations:
        if f is not builder.state.goal and f[0] != "==" and builder.state.goal != FALSE:
            continue
        ratio = fraction(minus(f[2], f[1]))
        if ratio is None:
            continue
        field, n, _ = ratio
        used = [a for a, e in zip(field.atoms, n.degrees(), strict=False) if e]
        for x in used:
            if kinds.get(x) != "integer" or (len(used) > 1 and split_depth < 2):
                continue
            if len(used) == 1:
                try:
                    cuts = sorted({floor(r + NEAR_REAL) for r in real_roots(n, field.index[x])})
                except (ValueError, ZeroDivisionError):
                    continue
                if cuts and cuts[-1] - cuts[0] <= WIDEST:  # every integer between the roots
                    cuts = list(range(cuts[0] - 1, cuts[-1] + 1))
                else:
                    cuts = sorted({k + e for k in cuts for e in (-1, 0)})
            else:
                cuts = [-1, 0]
            if 0 < len(cuts) <= MOST_CUTS:
                proof = by_cuts(search, builder.fork(), x, cuts, split_depth)
                if proof is not None:
                    return proof
    return one_by_one(search, builder, split_depth)


def one_by_one(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Every value of an integer between two numbers."""
    bounds = [b for b in isolate(search.checker, builder.state) if isinstance(b.term, int) and not b.strict]
    for x in sorted(names_in(builder.state.goal)):
        if builder.state.kinds.get(x) == "integer":
            low = max((b.term for b in bounds if b.variable == x and b.lower), default=None)
            high = min((b.term for b in bounds if b.variable == x and not b.lower), default=None)
            if low is not None and high is not None and 0 < high - low <= MOST_VALUES:
                return by_cuts(search, builder.fork(), x, list(range(low, high)), split_depth)
    return None


def by_cuts(search: ProofSearch, builder: ProofBuilder, x: str, cuts: list[int], split_depth: int) -> Node | None:
    """Cases x <= k for growing k; between two cuts lies one integer."""
    if not cuts:
        proof = search.prove(builder.state, split_depth - 1)
        return None if proof is None else builder.close(proof)
    k, rest = cuts[0], cuts[1:]
    f = ("<=", x, k)
    state = builder.state
    if state.knows(("<", k, x)) or state.knows(("<=", k + 1, x)):
        return by_cuts(search, builder, x, rest, split_depth)
    low = ProofBuilder(search.checker, state.assume(f))
    if low.state.knows(("<=", k, x)):
        low.axiom("equal", x, k)
        low.rewrite(x, k)
    yes = search.prove(low.state, split_depth - 1)
    if yes is None:
        return None
    high = ProofBuilder(search.checker, state.assume(("<", k, x)))
    high.axiom("gap", k, x)
    try:
        if not high.state.knows(("<=", k + 1, x)):
            integer_bounds.prove_linear(search, high, ("<=", k + 1, x))
    except Refused:
        return None
    no = by_cuts(search, high, x, rest, split_depth)
    if no is None:
        return None
    return builder.close({"rule": "cases", "formula": dump(f), "yes": low.close(yes), "no": no})


TACTIC = Tactic("integer_cases", split, lambda search, state: "integer" in state.kinds.values())
