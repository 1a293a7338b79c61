"""Fewer assumptions: a true statement that is proved must not become open when another assumption is added.

A fact that a proof does not need may still mislead a search: it is multiplied, substituted and split like the others.
So where the first look has failed, facts are left out. Which ones a proof may do without is guessed from sample points:
if the goal fails somewhere once a fact is gone, that fact is needed.

Steps: only what shared variables link to the goal; then each fact in turn left out, the least related first; then as
many as can be spared at once. Applies to every state. Stops at more than ``MOST_FACTS`` linked facts.
Source: ours; for large libraries: Meng, Paulson 2009, Lightweight relevance filtering.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, names_in
from verify.prover.tactic import ProofSearch

MOST_FACTS = 14  # linked to the goal; each costs a look at sample points
MOST_STATES = 10  # with one fact less; each costs a search


def states(search: ProofSearch, state: State) -> Iterator[State]:
    """States with the same goal and fewer facts, at whose sample points the goal holds; the likeliest ones first.

    First what is linked to the goal by shared variables alone, then each fact in turn left out, the least related ones
    first, then as many as can be spared at once.
    """
    facts = list(state.facts)
    linked = linked_to(names_in(state.goal), facts)
    if len(linked) < len(facts):
        yield without(state, [f for f in facts if f not in linked])
    if not 0 < len(linked) <= MOST_FACTS:
        return
    names = names_in(state.goal)
    ranked = sorted(linked, key=lambda f: (names_in(f) <= names, -len(names_in(f)), -facts.index(f)))
    spared = [f for f in ranked if not search.samples.falsify(without(state, [f]))]
    for f in spared[:MOST_STATES]:
        yield without(state, [f])
    gone: list[Formula] = [f for f in facts if f not in linked]
    before = len(gone)
    for f in spared:
        if not search.samples.falsify(without(state, [*gone, f])):
            gone.append(f)
    if len(gone) > before + 1:
        yield without(state, gone)


def without(state: State, gone: list[Formula]) -> State:
    """The state with some facts left out."""
    return State(state.kinds, {f: None for f in state.facts if f not in gone}, state.goal)


def linked_to(names: set[str], facts: list[Formula]) -> list[Formula]:
    """The facts that a chain of shared variables links to some names."""
    reached = set(names)
    while True:
        grown = reached.union(*(names_in(f) for f in facts if names_in(f) & reached))
        if grown == reached:
            return [f for f in facts if names_in(f) <= reached]
        reached = grown


NAME = "fewer_hypotheses"
