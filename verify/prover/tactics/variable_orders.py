"""All orders of a few variables, so that each becomes the one below plus something positive.

Steps: split on pairs that are not comparable yet until the variables of the goal are ordered; in each order the
substitution of bounds makes signs visible, or this is not the way. Applies to goals with two to four variables.
Stops at five (120 orders). Source: Yang 2005, Solving harder problems with lesser mathematics.
"""

from __future__ import annotations

from itertools import combinations

from verify.kernel.reals.terms import names_in
from verify.prover.proof_builder import Node, ProofBuilder, dump
from verify.prover.tactic import ProofSearch, Tactic

MOST_AT_FIRST, MOST_NAMES = 3, 4  # variables: 6 and 24 orders


def orders(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """All orders of the variables of the goal."""
    names = sorted(names_in(builder.state.goal))
    most = MOST_AT_FIRST if split_depth < 2 else MOST_NAMES
    return by_order(search, builder, names) if 2 <= len(names) <= most else None


def by_order(search: ProofSearch, builder: ProofBuilder, names: list[str]) -> Node | None:
    """Split on all orders of a few variables, so that each becomes the one below plus something."""
    search.tick()
    state = builder.state
    above = {x: {y for y in names if y != x and state.knows(("<=", x, y))} for x in names}
    for _ in names:
        above = {x: ys.union(*(above[y] for y in ys)) for x, ys in above.items()}
    pair = next(((x, y) for x, y in combinations(names, 2) if y not in above[x] and x not in above[y]), None)
    if pair is None:
        before, search.round = search.round, 0  # the substitution makes signs visible, or this is not the way
        try:
            return search.relation(state, 0)
        finally:
            search.round = before
    parts = []
    for f in (("<=", *pair), ("<", pair[1], pair[0])):
        proof = by_order(search, ProofBuilder(search.checker, state.assume(f)), names)
        if proof is None:
            return None
        parts.append(proof)
    return builder.fork().close({"rule": "cases", "formula": dump(("<=", *pair)), "yes": parts[0], "no": parts[1]})


TACTIC = Tactic("variable_orders", orders)
