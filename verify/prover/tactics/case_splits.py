"""Case splits: the ends of an interval, which of two bounds is tighter, the order of variables, a free sign.

Steps: two terms known to differ give two orders; a variable on an interval closed at both ends is its end or not; then
two variables of the goal in both orders; then the sign of a variable that has none. The first split whose two cases are
both proved closes the goal. Applies always, as the last of the alternatives. Stops at depth 0. Source: ours.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.kernel.reals.state import State
from verify.kernel.reals.terms import FALSE, Formula, names_in
from verify.prover.proof_builder import Node, ProofBuilder
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.tactics import bound_substitution
from verify.prover.tactics.bounds import isolate

MOST_ORDERED = 4  # variables of a goal whose pairs are split on: six splits


def prove(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """The first case split that leads to proofs of both cases."""
    options = list(splits(search, builder.state))
    for i, f in enumerate(options):
        with search.work_share(1 / (len(options) - i)):
            proof = search.by_cases(builder.fork(), f, split_depth - 1)
            if proof is not None:
                return proof
    return None


def splits(search: ProofSearch, state: State) -> Iterator[Formula]:
    """The formulas to split on, the likeliest first."""
    used = sorted(names_in(state.goal)) if state.goal != FALSE else sorted(state.kinds)
    free = [x for x in used if len(search.checker.fact_sign(state, x)) == 3]
    for f in state.facts:
        if f[0] == "!=" and not state.knows(("<", f[1], f[2])) and not state.knows(("<", f[2], f[1])):
            yield ("<", f[1], f[2])
            return
    for x in used:
        ends = both_closed(search, state, x)
        if ends is not None:
            yield ends
            return
    for i, x in enumerate(used):
        for y in used[i + 1 :]:
            if not state.knows(("<=", x, y)) and not state.knows(("<=", y, x)) and len(used) <= MOST_ORDERED:
                yield ("<=", x, y)
    for x in free:
        yield ("<=", 0, x)


def both_closed(search: ProofSearch, state: State, x: str) -> Formula | None:
    """The split that opens an interval closed at both ends, or says which of two bounds is tighter."""
    bounds = [b for b in isolate(search.checker, state, x) if b.variable == x]
    lows = bound_substitution.strongest(search, state, [b for b in bounds if b.lower], True)
    highs = bound_substitution.strongest(search, state, [b for b in bounds if not b.lower], False)
    if lows and highs and not lows[0].strict and not highs[0].strict:
        return ("==", x, highs[0].term)
    if len(lows) > 1 and not state.knows(("<=", lows[0].term, lows[1].term)):
        return ("<=", lows[0].term, lows[1].term)
    if len(highs) > 1 and not state.knows(("<=", highs[0].term, highs[1].term)):
        return ("<=", highs[0].term, highs[1].term)
    return None


TACTIC = Tactic("case_splits", prove)
