"""What modules import, directly or not, kept under the seal of this machine: it is the same while no source changes.

To follow the imports of some hundred modules anew would be felt in every check. Without a seal that holds nothing kept
is used: a list that lacks a module would have evidence outlive an edit of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from verify.cache import seal
from verify.cache.sources import Sources
from verify.cache.store import Entry, Store
from verify.cache.texts import Json, dump, loads, now, sha

KIND = "closures"
FORM = 1


class Closures:
    """What was kept for some sources, handed to them; ``keep`` keeps what they have found out since."""

    def __init__(self, store: Store, every: Iterable[Sources]) -> None:
        self.store, self.every = store, list(every)
        self.had: list[set[str]] = []
        for one in self.every:
            one.closures = {**_kept(store, one), **one.closures}
            self.had.append(set(one.closures))

    def keep(self) -> None:
        """Keep what is new; nothing of sources that have changed since they were hashed."""
        new = [one for one, had in zip(self.every, self.had, strict=True) if one.closures.keys() != had]
        entries = [_entry(one) for one in new if not self.store.off and one.unchanged()]
        self.store.write([entry for entry in entries if entry is not None])


def recall(store: Store, every: Iterable[Sources]) -> Closures:
    """Hand what is kept to the sources that it is of."""
    return Closures(store, every)


def _kept(store: Store, of: Sources) -> dict[str, tuple[list[str], list[str]]]:
    state = _state(of)
    entry = store.read(KIND, [state]).get(state)
    text = seal.opened(KIND, state, entry.body) if entry is not None else None
    found: Json = {} if text is None else loads(text)
    return {asked: (modules, libraries) for asked, (modules, libraries) in found.items()}


def _entry(of: Sources) -> Entry | None:
    state = _state(of)
    body = seal.closed(KIND, state, dump(of.closures))
    return Entry(KIND, state, " ".join(sorted(of.packages)), body, now()) if body else None


def _state(of: Sources) -> str:
    """All that imports depend on: every source, and Python, which says what its own modules are."""
    return sha(dump([FORM, sorted(of.packages), of.of_code]))
