"""Bounds substituted: every bounded variable becomes its bound plus or minus something positive.

Steps: state the signs that chains of bounds give; choose a bounded variable, the last of its chain first (or, in the
second order, intervals first), and write it as lo + t, hi - t or (lo + hi t)/(1 + t) with t > 0; repeat; then decide
by signs of factors, where all coefficients often have one sign now, or by a contradiction.
Applies to variables with a bound other than 0. Stops at intervals closed at both ends (``case_splits`` opens them),
after ``MOST_SUBSTITUTIONS``, and where signs stay mixed.
Source: ours in this form; to make the signs of coefficients decide by substituting differences: Yang 2005, Solving
harder problems with lesser mathematics.
"""

from __future__ import annotations

from typing import Any

from verify.kernel.reading import Refused
from verify.kernel.reals.formulas import negate, normal
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, names_in
from verify.language.rational_functions import factors_of, fraction
from verify.language.raw_terms import minus
from verify.prover.proof_builder import KNOWN, Node, ProofBuilder, by_contradiction, dump
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.tactics import contradictions, factor_signs
from verify.prover.tactics.bounds import Bound, add_bound, isolate
from verify.runtime.errors import present

ROUNDS = 3  # the longest chain of bounds along which a sign is carried
MOST_SUBSTITUTIONS = 40  # ends a chain of substitutions that bring in new bounds for ever
CHAIN_FIRST, INTERVAL_FIRST = STRATEGIES = range(2)


def substitute_bounds(search: ProofSearch, builder: ProofBuilder, strategy: int) -> None:
    """Replace bounded variables until the remaining ones are only known to be positive or free."""
    signs_of_bounds(search, builder)
    for _ in range(MOST_SUBSTITUTIONS):
        search.tick()
        bounds = isolate(search.checker, builder.state)
        pick = choose(search, builder.state, bounds, strategy)
        if pick is None:
            return
        low, high = pick
        try:
            for b in pick:
                if b is not None:
                    add_bound(builder, b)
            name = search.fresh(builder.state)
            fields = [None if b is None else dump(b.term) for b in pick]
            builder.apply("bound", variable=present(low or high).variable, lower=fields[0], upper=fields[1], new=name)
        except Refused as reason:
            search.note(f"substitution: {reason}")
            return


def signs_of_bounds(search: ProofSearch, builder: ProofBuilder) -> None:
    """State ``0 < x`` for variables with a lower bound that is visibly positive, and ``x < 0`` likewise.

    A bound such as v/b on x would otherwise be lost once x is written into a bound of v. Chains of bounds are followed
    for ``ROUNDS`` steps.
    """
    for _ in range(ROUNDS):
        bounds = [b for b in isolate(search.checker, builder.state) if isinstance(b.term, tuple | str)]
        found = False
        for b in bounds:
            side = 1 if b.lower else -1
            signs = search.checker.sign(builder.state, b.term)
            if not signs <= {0, side} or search.checker.fact_sign(builder.state, b.variable) <= {0, side}:
                continue
            strict = "<" if signs == {side} or b.strict else "<="
            term_sign: Formula = ("<" if signs == {side} else "<=", *((0, b.term) if b.lower else (b.term, 0)))
            wanted: Formula = (strict, *((0, b.variable) if b.lower else (b.variable, 0)))
            try:
                add_bound(builder, b)
                if not builder.state.knows(term_sign):
                    factors = [[dump(b.term), "1"], *([["-1", "1"]] if side < 0 else [])]
                    builder.have(term_sign, {"rule": "sign", "factors": factors})
                terms = [["1", [dump(f)], "1"] for f in (b.formula, term_sign, normal(negate(wanted)))]
                builder.have(wanted, by_contradiction(wanted, {"rule": "psatz", "terms": terms, "cofactors": []}))
            except Refused:
                continue
            found = True
        if not found:
            return


def choose(
    search: ProofSearch, state: State, bounds: list[Bound], strategy: int
) -> tuple[Bound | None, Bound | None] | None:
    """The next variable to replace, with the bounds to use."""
    table: dict[str, tuple[list[Bound], list[Bound]]] = {}
    for b in bounds:
        table.setdefault(b.variable, ([], []))[0 if b.lower else 1].append(b)
    options: list[tuple[Any, Bound | None, Bound | None]] = []
    for x, (lows, highs) in sorted(table.items()):
        lows, highs = strongest(search, state, lows, True), strongest(search, state, highs, False)
        low, high = (lows[0] if lows else None), (highs[0] if highs else None)
        if high is None and low is not None and low.term == 0:
            continue  # already of the form wanted
        if low is not None and high is not None and not low.strict and not high.strict:
            continue  # closed at both ends: wait for a case split
        pending = len(lows) + len(highs)
        users = sum(1 for b in bounds if x in names_in(b.term))
        weight = sum(len(names_in(b.term)) for b in (low, high) if b is not None)
        both = low is not None and high is not None
        rational = sum(isinstance(b.term, tuple) and b.term[0] == "/" for b in (low, high) if b is not None)
        key: tuple[Any, ...]
        if strategy == CHAIN_FIRST:
            key = (users > 0, rational, both, pending, -weight, x)
        else:
            key = (not both, -weight, users, pending, x)
        options.append((key, low, high))
    if not options:
        return None
    _, low, high = min(options, key=lambda o: o[0])
    return low, high


def strongest(search: ProofSearch, state: State, bounds: list[Bound], lower: bool) -> list[Bound]:
    """Drop bounds that others are seen to imply; literal and strict ones first."""
    kept: list[Bound] = []
    for b in sorted(bounds, key=lambda b: (not b.strict, b.scale is not None, len(str(b.term)))):
        if any(implies(search, state, k, b, lower) for k in kept):
            continue
        kept = [k for k in kept if not implies(search, state, b, k, lower)]
        kept.append(b)
    return kept


def implies(search: ProofSearch, state: State, strong: Bound, weak: Bound, lower: bool) -> bool:
    """Whether one bound is seen to be at least as tight as another."""
    if strong.term == weak.term:
        return strong.strict or not weak.strict
    ends = (weak.term, strong.term) if lower else (strong.term, weak.term)
    if state.knows(("<", *ends)) or (state.knows(("<=", *ends)) and (strong.strict or not weak.strict)):
        return True
    gap = minus(strong.term, weak.term) if lower else minus(weak.term, strong.term)
    ratio = fraction(gap)
    if ratio is None:
        return False
    field, n, d = ratio
    if n == 0:
        return strong.strict or not weak.strict
    signs = frozenset((1,))
    for p, e in [(field.term(p), e) for q in (n, d) for p, e in [(p, e) for p, e in factors_of(q)[1]]]:
        signs = frozenset(u * v**e for u in signs for v in search.checker.sign(state, p))
    lead = factors_of(n)[0] / factors_of(d)[0]
    return {s if lead > 0 else -s for s in signs} <= {0, 1}


def run(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Substitute in one order, then in the other, and decide by signs of factors or by a contradiction."""
    for strategy in STRATEGIES:
        trial = builder.fork()
        substitute_bounds(search, trial, strategy)
        if trial.state.knows(trial.state.goal):
            return trial.close(KNOWN)
        proof = search.use(factor_signs.TACTIC, trial, split_depth)
        if proof is None:
            proof = search.use(contradictions.TACTIC, trial, split_depth)
        if proof is not None:
            return proof
        if len(trial.nodes) == len(builder.nodes):
            break  # nothing was substituted, and the other order would not do more
    return None


TACTIC = Tactic("bound_substitution", run)
