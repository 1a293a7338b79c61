"""Tasks with five letters each: hard ones tell letters apart that look alike, easy ones tell scripts apart.

In an easy task slot j shows a letter of script j. In a hard task the five letters are a cluster of letters of one
script, each in a slot of its own. With one cluster all hard tasks are the same task, packed as closely as can be; more
clusters, of one script or of several, spread them; letters in random slots spread them most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from theory.maml_erm.images.binary import Places
from theory.maml_erm.images.dataset import Array, Glyphs
from verify.runtime.errors import BadInput
from verify.statistics import checks

WAYS = 5
NEAR = 12  # letters that are tried as the centre of a cluster: the tightest of their clusters is taken
CONFLICT = 0.5  # how often a slot of an easy task shows a letter that hard tasks show in a slot of their own


@dataclass(frozen=True, eq=False)
class FiveWay:
    """What hard tasks show, clusters (clusters, 5), and easy tasks in every slot: all letters, and those of clusters.

    permuted: the letters of a hard task are in another order each time.
    """

    clusters: Places
    slots: tuple[Places, ...]
    contested: tuple[Places, ...]
    permuted: bool = False

    def draw(self, rng: np.random.Generator, count: int, share: float) -> tuple[Places, npt.NDArray[np.bool_]]:
        """Draw ``count`` tasks, a share of them hard: the places (count, 5) of their letters by slot, whether hard."""
        hard = rng.random(count) < share
        easy = np.stack([self._slot(rng, j, count) for j in range(WAYS)], axis=1)
        found = self.clusters[rng.integers(len(self.clusters), size=count)]
        if self.permuted:
            found = rng.permuted(found, axis=1)
        return np.where(hard[:, None], found, easy), hard

    def _slot(self, rng: np.random.Generator, slot: int, count: int) -> Places:
        usual, contested = self.slots[slot], self.contested[slot]
        found = usual[rng.integers(len(usual), size=count)]
        if len(contested):
            conflict = rng.random(count) < CONFLICT
            found = np.where(conflict, contested[rng.integers(len(contested), size=count)], found)
        return found


def five_way(
    glyphs: Glyphs,
    scripts: Sequence[str],
    rng: np.random.Generator,
    *,
    clusters: int = 1,
    of: Sequence[str] | None = None,
    alike: bool = True,
    permuted: bool = False,
    distances: Array | None = None,
) -> FiveWay:
    """Tasks of five scripts, whose letters in ``glyphs`` are used; ``clusters`` disjoint sets of letters are hard.

    of: the scripts of the clusters in turn, the first one where none is given. alike: sets of letters that look alike,
    or any sets (no letters are harder to tell apart, a control). distances: (letters, letters).
    """
    clusters = checks.count("clusters", clusters)
    if len(scripts) != WAYS or len(set(scripts)) != WAYS:
        raise BadInput(f"{WAYS} different scripts are needed, not {', '.join(scripts)}")
    between = glyphs.distances() if distances is None else distances
    slots = tuple(np.array([i for i, x in enumerate(glyphs.letters) if x.script == s], dtype=np.int64) for s in scripts)
    free = {s: [int(i) for i in slot] for s, slot in zip(scripts, slots, strict=True)}
    turns = tuple(of or scripts[:1])
    found = []
    for i in range(clusters):
        rest = free.get(turns[i % len(turns)])
        if rest is None or len(rest) < WAYS:
            raise BadInput(f"too few letters of {turns[i % len(turns)]} for {clusters} clusters of {WAYS}")
        chosen = _nearest(rng, rest, between) if alike else rng.choice(rest, size=WAYS, replace=False)
        rest[:] = [x for x in rest if x not in chosen]
        found.append(rng.permutation(chosen))
    taken = np.array(found, dtype=np.int64)
    if any(not len(slot) for slot in slots):
        raise BadInput("every script needs at least one letter")
    return FiveWay(taken, slots, tuple(np.intersect1d(slot, taken) for slot in slots), permuted)


def _nearest(rng: np.random.Generator, rest: list[int], between: Array) -> Places:
    """The tightest of some clusters: a letter and the four nearest to it among the rest."""
    places = np.array(rest)
    centres = rng.choice(places, size=min(NEAR, len(places)), replace=False)
    around = [places[np.argsort(between[c, places], kind="stable")[:WAYS]] for c in centres]
    return around[int(np.argmin([between[c, near].sum() for c, near in zip(centres, around, strict=True)]))]
