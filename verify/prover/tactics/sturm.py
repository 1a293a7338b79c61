"""Polynomials in one variable on an interval with rational ends: Sturm's theorem."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from verify.kernel.checker import Refused, State, names_in
from verify.prover.proof_builder import Node, Thread
from verify.prover.tactics.bounds import add_bound, isolate

if TYPE_CHECKING:
    from verify.prover.search import Search


def prove(search: Search, state: State) -> Node | None:
    """The goal is a relation between polynomials in one variable."""
    names = names_in(state.goal)
    if len(names) != 1 or state.goal[0] not in ("<", "<=", "!="):
        return None
    x = next(iter(names))
    bounds = [b for b in isolate(search.checker, state, x) if b.variable == x and not isinstance(b.term, (str, tuple))]
    thread = Thread(search.checker, state)
    ends: list[str | None] = []
    for lower in (True, False):
        side = [b for b in bounds if b.lower == lower]
        side.sort(key=lambda b: (-b.term if lower else b.term, not b.strict))
        if side:
            add_bound(thread, side[0])
        ends.append(str(Fraction(side[0].term)) if side else None)
    node = {"rule": "sturm", "variable": x, "lower": ends[0], "upper": ends[1]}
    try:
        search.checker.step(thread.state, node)
    except Refused as reason:
        search.note(f"one variable (Sturm): {reason}")
        return None
    return thread.close(node)
