"""Bounds substituted: every bounded variable becomes its bound plus or minus something positive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.kernel.checker import Formula, Refused, State, names_in, negate, normal
from verify.language.rational_functions import factors_of, fraction
from verify.prover.proof_builder import Thread, by_contradiction, dump, minus
from verify.prover.tactics.bounds import Bound, add_bound, isolate

if TYPE_CHECKING:
    from verify.prover.search import Search
ROUNDS = 3  # the longest chain of bounds along which a sign is carried


def substitute_bounds(search: Search, thread: Thread, strategy: int) -> None:
    """Replace bounded variables until the remaining ones are only known to be positive or free."""
    signs_of_bounds(search, thread)
    for _ in range(40):
        search.tick()
        bounds = isolate(search.checker, thread.state)
        pick = choose(search, thread.state, bounds, strategy)
        if pick is None:
            return
        low, high = pick
        try:
            for b in pick:
                if b is not None:
                    add_bound(thread, b)
            variable = (low or high).variable
            name = search.fresh(thread.state)
            fields = [None if b is None else dump(b.term) for b in pick]
            thread.apply("bound", variable=variable, lower=fields[0], upper=fields[1], new=name)
        except Refused as reason:
            search.note(f"substitution: {reason}")
            return


def signs_of_bounds(search: Search, thread: Thread) -> None:
    """State ``0 < x`` for variables with a lower bound that is visibly positive, and ``x < 0`` likewise.

    A bound such as v/b on x would otherwise be lost once x is written into a bound of v. Chains of bounds are followed
    for ``ROUNDS`` steps.
    """
    for _ in range(ROUNDS):
        bounds = [b for b in isolate(search.checker, thread.state) if isinstance(b.term, tuple | str)]
        found = False
        for b in bounds:
            side = 1 if b.lower else -1
            signs = search.checker.sign(thread.state, b.term)
            if not signs <= {0, side} or search.checker.fact_sign(thread.state, b.variable) <= {0, side}:
                continue
            strict = "<" if signs == {side} or b.strict else "<="
            term_sign: Formula = ("<" if signs == {side} else "<=", *((0, b.term) if b.lower else (b.term, 0)))
            wanted: Formula = (strict, *((0, b.variable) if b.lower else (b.variable, 0)))
            try:
                add_bound(thread, b)
                if not thread.state.knows(term_sign):
                    factors = [[dump(b.term), "1"], *([["-1", "1"]] if side < 0 else [])]
                    thread.have(term_sign, {"rule": "sign", "factors": factors})
                terms = [["1", [dump(f)], "1"] for f in (b.formula, term_sign, normal(negate(wanted)))]
                thread.have(wanted, by_contradiction(wanted, {"rule": "psatz", "terms": terms, "cofactors": []}))
            except Refused:
                continue
            found = True
        if not found:
            return


def choose(
    search: Search, state: State, bounds: list[Bound], strategy: int
) -> tuple[Bound | None, Bound | None] | None:
    """The next variable to replace, with the bounds to use."""
    table: dict[str, tuple[list[Bound], list[Bound]]] = {}
    for b in bounds:
        table.setdefault(b.variable, ([], []))[0 if b.lower else 1].append(b)
    options = []
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
        if strategy == 0:
            key = (users > 0, rational, both, pending, -weight, x)
        else:
            key = (not both, -weight, users, pending, x)
        options.append((key, low, high))
    if not options:
        return None
    _, low, high = min(options, key=lambda o: o[0])
    return low, high


def strongest(search: Search, state: State, bounds: list[Bound], lower: bool) -> list[Bound]:
    """Drop bounds that others are seen to imply; literal and strict ones first."""
    kept: list[Bound] = []
    for b in sorted(bounds, key=lambda b: (not b.strict, b.scale is not None, len(str(b.term)))):
        if any(implies(search, state, k, b, lower) for k in kept):
            continue
        kept = [k for k in kept if not implies(search, state, b, k, lower)]
        kept.append(b)
    return kept


def implies(search: Search, state: State, strong: Bound, weak: Bound, lower: bool) -> bool:
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
