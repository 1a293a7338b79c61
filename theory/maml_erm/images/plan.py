"""What is compared on images: kinds of learners, methods, settings of the knobs, and what a trial costs.

Names and numbers only; nothing here needs jax.
"""

from __future__ import annotations

from dataclasses import dataclass

# From the theory's own setting outwards: squared loss on frozen features; logistic loss on a network that is linear in
# its weights; squared loss on features that were learned and are shared; a network of which each method learns all.
LEVELS = FROZEN, LINEARISED, LEARNED, NETWORK = ("frozen features", "linearised", "learned features", "network")
HEADS = (FROZEN, LEARNED)
METHODS = ERM, MAML, FIRST_ORDER = ("ERM", "MAML", "first-order MAML")
# Of each method: accuracy on hard and easy tasks, after the step that all take and after the method's own best one.
RESULTS = ("hard", "easy", "best_hard", "best_easy")


@dataclass(frozen=True)
class Setting:
    """The four knobs, as in ``binary.two_way``; ``share`` is the probability of a hard task, to train and to test."""

    gap: tuple[float, float] | None = (0.5, 1.0)
    packing: float = 0.0
    centre: float = 1.0
    share: float = 0.2


@dataclass(frozen=True)
class Design:
    """Hard tasks with five letters: how many clusters, of how many scripts, in what slots, whether of letters alike."""

    clusters: int
    scripts: int = 1
    permuted: bool = False
    alike: bool = True


DESIGNS = {
    "one script": Design(8),
    "five scripts": Design(8, scripts=5),
    "random slots": Design(8, permuted=True),
    "one cluster": Design(1),
    "not alike": Design(8, alike=False),
}


@dataclass(frozen=True)
class Size:
    """What a trial costs: hidden units, iterations, tasks an iteration and for a test, shots of each letter.

    alpha and rate: the inner step and Adam's rate of a network. frozen, learned: numbers of features.
    """

    hidden: int = 64
    iterations: int = 600
    tasks: int = 8
    tested: int = 200
    shots: int = 10
    alpha: float = 0.5
    rate: float = 3e-3
    frozen: int = 20
    learned: int = 8
