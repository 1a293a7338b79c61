"""Which theorems of a file that Coq does not accept are to blame: the others are proved again without them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from verify.coq.collection import Collection, Part, Printed, grouped
from verify.coq.coqc import Compiled, compiled

Done = Callable[[Compiled], None]


def module_name(number: int, text: str) -> str:
    """The name of a module in the cache, by a digest of its text alone."""
    del number
    return f"P_{text}"


def settled(collection: Collection, home: Path, workers: int, done: Done) -> tuple[list[Part], list[Compiled]]:
    """Every theorem in a file that Coq accepts, or alone in one that it does not accept.

    A file of several theorems that is refused, or runs into the limit, is compiled again theorem by theorem; a theorem
    that cites one that is not accepted is not tried.
    """
    parts: list[Part] = []
    results: list[Compiled] = []
    places: dict[str, str] = {}
    lost: dict[str, Compiled] = {}
    alone: set[str] = set()
    left: Sequence[Printed] = collection.ordered
    while left:
        tried = grouped(left, module_name, places, alone)
        again: set[str] = set()
        for part, one in zip(tried, compiled(tried, home, workers, done), strict=True):
            if one.accepted or (one.tried and len(part.theorems) == 1):
                parts.append(part)
                results.append(one)
                places.update(dict.fromkeys(part.theorems, part.module))
                lost.update({} if one.accepted else dict.fromkeys(part.theorems, one))
                continue
            again.update(part.theorems)
            if one.tried:
                alone.update(part.theorems)
        left = []
        for theorem in collection.ordered:
            if theorem.name in again:
                cause = next((name for name in theorem.cites if name in lost), None)
                if cause is None:
                    left.append(theorem)
                    continue
                said = f"{cause}, which it cites, was not accepted"
                lost[theorem.name] = Compiled("", False, said=said, limited=lost[cause].limited, tried=False)
                parts.append(Part("", "", (), (theorem.name,)))
                results.append(lost[theorem.name])
    return parts, results
