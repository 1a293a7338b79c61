"""Case splits: the order of variables, the sign of a free one, the ends of an interval."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from verify.kernel.checker import FALSE, Formula, State, names_in
from verify.prover.proof_builder import Node, Thread, dump
from verify.prover.tactics import bound_substitution
from verify.prover.tactics.bounds import isolate

if TYPE_CHECKING:
    from verify.prover.search import Search


def prove(search: Search, thread: Thread, fuel: int) -> Node | None:
    """The first case split that leads to proofs of both cases."""
    options = list(splits(search, thread.state))
    for i, f in enumerate(options):
        with search.share(1 / (len(options) - i)):
            proof = search.by_cases(thread.fork(), f, fuel - 1)
            if proof is not None:
                return proof
    return None


def orders(search: Search, thread: Thread, fuel: int) -> Node | None:
    names = sorted(names_in(thread.state.goal))
    return by_order(search, thread, names) if 2 <= len(names) <= (3 if fuel < 2 else 4) else None


def by_order(search: Search, thread: Thread, names: list[str]) -> Node | None:
    """Split on all orders of a few variables, so that each becomes the one below plus something."""
    if not 2 <= len(names) <= 4:
        return None
    search.tick()
    state = thread.state
    above = {x: {y for y in names if y != x and state.knows(("<=", x, y))} for x in names}
    for _ in names:
        above = {x: ys.union(*(above[y] for y in ys)) for x, ys in above.items()}
    pair = next(((x, y) for x, y in combinations(names, 2) if y not in above[x] and x not in above[y]), None)
    if pair is None:
        level, search.level = search.level, 0  # the substitution makes signs visible, or this is not the way
        try:
            return search.relation(state, 0)
        finally:
            search.level = level
    parts = []
    for f in (("<=", *pair), ("<", pair[1], pair[0])):
        proof = by_order(search, Thread(search.checker, state.assume(f)), names)
        if proof is None:
            return None
        parts.append(proof)
    return thread.fork().close({"rule": "cases", "formula": dump(("<=", *pair)), "yes": parts[0], "no": parts[1]})


def splits(search: Search, state: State) -> Iterator[Formula]:
    used = sorted(names_in(state.goal)) if state.goal != FALSE else sorted(state.kinds)
    free = [x for x in used if len(search.checker.fact_sign(state, x)) == 3]
    for f in state.facts:
        if f[0] == "!=" and not state.knows(("<", f[1], f[2])) and not state.knows(("<", f[2], f[1])):
            yield ("<", f[1], f[2])
            return
    for x in used:
        if both_closed(search, state, x):
            yield both_closed(search, state, x)
            return
    for i, x in enumerate(used):
        for y in used[i + 1 :]:
            if not state.knows(("<=", x, y)) and not state.knows(("<=", y, x)) and len(used) <= 4:
                yield ("<=", x, y)
    for x in free:
        yield ("<=", 0, x)


def both_closed(search: Search, state: State, x: str) -> Formula | None:
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
