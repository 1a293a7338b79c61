"""ERM, MAML and first-order MAML on the same tasks from the same weights, judged alike.

Needs jax: call ``autodiff.prepare`` before the first import of this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from theory.maml_erm.images.levels import Begin
from theory.maml_erm.images.networks import Weights
from theory.maml_erm.images.plan import MAML
from theory.maml_erm.images.training import Batch, Rows, accuracy, train

STEPS = (0.2, 0.5, 1.0, 2.0)  # the inner steps among which each method's best is chosen, on other tasks


@dataclass(frozen=True, eq=False)
class Material:
    """What one trial works on.

    seen, fresh: images (count, inputs) to train with and to test with. batches: (iterations, tasks, images) places in
    ``seen``, support and query. tests, choice: hard and easy tasks (tasks, images), places in ``fresh``, to test with
    and to choose the step on. share: the probability of a hard task.
    """

    seen: Rows
    fresh: Rows
    batches: Batch
    tests: tuple[Batch, Batch]
    choice: tuple[Batch, Batch]
    share: float


def compared(at: Begin, methods: Sequence[str], given: Material) -> list[float]:
    """The numbers of ``plan.RESULTS`` for each method: accuracies on hard and on easy test tasks after the inner step.

    First with the step alpha that MAML was trained with, for all methods; then with each method's own best of
    ``STEPS`` by the mean loss over the mixture of hard and easy tasks.
    """
    found = []
    for method in methods:
        learner = replace(at.learner, method=method)
        weights = train(learner, at.anchor, at.start, given.seen, given.batches, alpha=at.alpha, rate=at.rate)
        found += _judged(at, weights, given)
    return found


def _judged(at: Begin, weights: Weights, given: Material) -> list[float]:
    learner = replace(at.learner, method=MAML)  # at test there is one way to adapt

    def on(tasks: Batch, step: float) -> tuple[float, float]:
        return accuracy(learner, at.anchor, weights, given.fresh, tasks, alpha=step)

    def overall(step: float) -> float:
        hard, easy = (on(tasks, step)[1] for tasks in given.choice)
        return given.share * hard + (1 - given.share) * easy

    best = min(STEPS, key=overall)
    return [on(tasks, step)[0] for step in (at.alpha, best) for tasks in given.tests]
