"""Claims that need each other: none of them can be stated before the others, so they mean nothing.

A claim needs those that it names to be stated with or to rest on, and those that define a quantity it mentions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from verify.claims.claim import Claim
from verify.runtime.errors import BadInput


def found(names: Iterable[str], table: Mapping[str, Claim]) -> list[str]:
    """Claims of which each needs the next and the last the first, reached from these names; empty where none do.

    What the table does not have is not followed. The circle that is found is the same on every run.
    """
    done: set[str] = set()
    for start in names:
        path: dict[str, None] = {}  # in order, from the start to where we are
        todo: list[Iterator[str]] = [iter((start,))]
        while todo:
            name = next(todo[-1], None)
            if name is None:
                todo.pop()
                if path:
                    done.add(path.popitem()[0])
            elif name in path:
                whole = list(path)
                return whole[whole.index(name) :]
            elif name in table and name not in done:
                path[name] = None
                todo.append(iter((*table[name].needed_to_state, *table[name].rests_on)))
    return []


def error_of(circle: list[str], table: Mapping[str, Claim]) -> BadInput:
    """The error that names a circle, and says why each of its claims needs the next."""
    pairs = zip(circle, [*circle[1:], circle[0]], strict=True)
    why = "; ".join(f"{one} {_reason(table[one], other)}" for one, other in pairs)
    names = " -> ".join([*circle, circle[0]])
    return BadInput(f"claims need each other in a circle, {names}: {why}", "state one of them without the next")


def refused(files: Mapping[str, Mapping[str, Claim]]) -> dict[str, BadInput]:
    """The files that have a claim in the first circle among the claims of all, each with the error.

    A theory's claims are not looked at: none of them needs a claim of a file.
    """
    table = {name: claim for claims in files.values() for name, claim in claims.items()}
    circle = found(table, table)
    if not circle:
        return {}
    error = error_of(circle, table)
    return {path: error for path, claims in files.items() if not claims.keys().isdisjoint(circle)}


def _reason(claim: Claim, other: str) -> str:
    """Why a claim needs another one, in words."""
    if other in claim.rests_on:
        return f"rests on {other}"
    if other in claim.states_with:
        return f"is stated with {other}"
    mentioned = next(e for e in claim.mentions if claim.definer(e) == other)
    return f"mentions {mentioned.name if mentioned.symbol is None else mentioned.symbol}, which {other} defines"
