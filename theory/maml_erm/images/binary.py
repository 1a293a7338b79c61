"""Binary tasks of letters, with one knob for each quantity of the theory.

A hard task tells a letter from the same letter with a mark; an easy one tells a marked letter from a far plain letter.
Both show marks, by contrary rules: in a hard task the marked letter has label +1, in an easy one -1, which is what puts
the centres of their optima far apart. What a label means is fixed by the letter, so that one function without
adaptation can fit all tasks of a kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from theory.maml_erm.images.dataset import Array, Glyphs
from theory.maml_erm.images.marks import Pair
from verify.runtime.errors import BadInput
from verify.statistics import checks

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class TwoWay:
    """A finite population of tasks: places of the letters with label +1 and -1, whether hard, and probabilities.

    usual: whether its labels follow the rule of its kind; every pair of letters stands there with both labels.
    weight: (tasks,), adds up to 1 among the hard tasks and among the easy ones.
    """

    positive: Places
    negative: Places
    hard: npt.NDArray[np.bool_]
    usual: npt.NDArray[np.bool_]
    weight: Array

    def relabelled(self, *, packing: float = 0.0, centre: float = 1.0) -> TwoWay:
        """The same pairs of letters with other shares of exchanged labels: ``packing``, ``centre`` of ``two_way``."""
        _between("packing", packing, 0.0, 0.5)
        _between("centre", centre, -1.0, 1.0)
        share = np.where(self.hard, 1 - packing, (1 + centre) / 2)
        pairs = np.where(self.hard, self.hard.sum(), (~self.hard).sum()) / 2
        return replace(self, weight=np.where(self.usual, share, 1 - share) / pairs)

    def probability(self, share: float) -> Array:
        """The probability (tasks,) of each where a share ``share`` in [0, 1] of the tasks drawn is hard."""
        share = checks.number("share", share, least=0.0)
        if share > 1:
            raise BadInput(f"share = {share:g} has to be at most 1")
        return self.weight * np.where(self.hard, share, 1 - share)

    def draw(self, rng: np.random.Generator, count: int, share: float) -> Places:
        """Draw the numbers of ``count`` tasks, independently."""
        ends = np.cumsum(self.probability(share))
        found: Places = np.searchsorted(ends[:-1], rng.random(count) * ends[-1], side="right")
        return found

    def letters(self, chosen: Places) -> Places:
        """The places (tasks, 2) of the letters of these tasks: first label +1, then label -1."""
        return np.stack([self.positive[chosen], self.negative[chosen]], axis=1)


def two_way(
    glyphs: Glyphs,
    pairs: Sequence[Pair],
    rng: np.random.Generator,
    *,
    gap: tuple[float, float] | None = (0.5, 1.0),
    packing: float = 0.0,
    centre: float = 1.0,
    easy: int = 300,
    distances: Array | None = None,
) -> TwoWay:
    """The tasks of these pairs, with ``easy`` pairs for the easy ones drawn at random.

    gap (hardness gap): an easy task has letters whose distance lies between these quantiles of all distances of a
    marked from a plain letter; None: the easy tasks are the hard pairs themselves, as hard as these.
    packing: the share in [0, 1/2] of hard tasks with labels exchanged: 0 packs the hard optima closely, 1/2 spreads
    them around 0; input covariances stay as they are.
    centre: the labels of the easy tasks oppose those of the hard ones (1, centres far apart), are fair coins (0) or
    agree with them (-1).
    distances: (letters, letters), those of the mean images where none are given.
    """
    if not pairs:
        raise BadInput("tasks need at least one pair of letters")
    easy = checks.count("easy", easy)
    plain = glyphs.places(pair.plain for pair in pairs)
    marked = glyphs.places(pair.marked for pair in pairs)
    if gap is None:
        far_marked, far_plain = np.arange(len(pairs)), np.arange(len(pairs))
    else:
        low, high = gap
        if not 0 <= low < high <= 1:
            raise BadInput(f"gap = {gap}: two quantiles are needed, the lower one first")
        between = (glyphs.distances() if distances is None else distances)[np.ix_(marked, plain)]
        least, most = np.quantile(between, gap)
        far_marked, far_plain = np.nonzero((between >= least) & (between <= most))
    chosen = rng.integers(len(far_marked), size=easy)
    easy_marked, easy_plain = marked[far_marked[chosen]], plain[far_plain[chosen]]
    found = TwoWay(
        positive=np.concatenate([marked, plain, easy_plain, easy_marked]),
        negative=np.concatenate([plain, marked, easy_marked, easy_plain]),
        hard=np.repeat([True, False], [2 * len(pairs), 2 * easy]),
        usual=np.repeat([True, False, True, False], [len(pairs), len(pairs), easy, easy]),
        weight=np.zeros(2 * (len(pairs) + easy)),
    )
    return found.relabelled(packing=packing, centre=centre)


def _between(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise BadInput(f"{name} = {value:g} has to lie between {low:g} and {high:g}")
