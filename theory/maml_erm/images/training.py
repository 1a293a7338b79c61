"""ERM, MAML and first-order MAML for networks on image tasks, and their accuracy after adaptation.

A batch of tasks is two arrays of places in a table of images, one of support and one of query images, each of shape
(tasks, ways * shots): the images of class 0 first, then those of class 1, and so on. ERM is trained on the union of
both; so all methods see the same images with the same labels, and at test all are adapted by the same steps.

Needs jax: call ``autodiff.prepare`` before the first import of this module.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import numpy.typing as npt
from jax.flatten_util import ravel_pytree

from theory.maml_erm.images.networks import LOSSES, SCORES, Weights, correct
from theory.maml_erm.images.plan import ERM, FIRST_ORDER

Rows = npt.NDArray[np.float32]
Places = npt.NDArray[np.int32]
Batch = tuple[Places, Places]

# Adam's constants are those of Kingma and Ba 2015.
MOMENTUM, SQUARES, TINY = 0.9, 0.999, 1e-8
AVERAGED = 0.25  # the last part of the run whose weights are averaged: what is tested does not depend on the last batch


@dataclass(frozen=True)
class Learner:
    """What is trained and how; each of them is compiled once."""

    method: str
    score: str = "perceptron"
    loss: str = "logistic"
    ways: int = 2
    steps: int = 1

    def risk(self, anchor: Weights, weights: Weights, x: Any) -> Any:
        """Mean loss on images (ways * shots, inputs) in the order of the classes."""
        return LOSSES[self.loss](SCORES[self.score](anchor, weights, x), places(self.ways, len(x)))

    def adapted(self, anchor: Weights, weights: Weights, x: Any, alpha: Any) -> Weights:
        """The weights after the inner steps on x; first-order MAML does not differentiate through them."""
        for _ in range(self.steps):
            gradient = jax.grad(self.risk, argnums=1)(anchor, weights, x)
            if self.method == FIRST_ORDER:
                gradient = jax.lax.stop_gradient(gradient)
            weights = jax.tree.map(lambda w, g: w - alpha * g, weights, gradient)
        return weights

    def objective(self, anchor: Weights, weights: Weights, support: Any, query: Any, alpha: Any) -> Any:
        """What the method minimises, averaged over tasks; images of shape (tasks, ways * shots, inputs)."""

        def one(s: Any, q: Any) -> Any:
            if self.method == ERM:
                return (len(s) * self.risk(anchor, weights, s) + len(q) * self.risk(anchor, weights, q)) / (
                    len(s) + len(q)
                )
            return self.risk(anchor, self.adapted(anchor, weights, s, alpha), q)

        return jnp.mean(jax.vmap(one)(support, query))


def places(ways: int, images: int) -> Any:
    """The labels 0, ..., 0, 1, ..., 1, ... of images in the order of their classes."""
    return np.repeat(np.arange(ways), images // ways)


def descend(gradient: Callable[[Any, Any], Any], start: Any, batches: Any, rate: Any) -> Any:
    """Adam on ``gradient(parameters, batch)``, batch after batch; the parameters averaged over the last quarter."""
    count = len(batches[0])
    first = np.floor((1 - AVERAGED) * count)
    # As one vector: the program is smaller than with one update for each layer, and compiled in less time.
    vector, shaped = ravel_pytree(start)

    def step(state: Any, batch: Any) -> Any:
        w, mean, square, average, t = state
        g, _ = ravel_pytree(gradient(shaped(w), batch))
        mean = MOMENTUM * mean + (1 - MOMENTUM) * g
        square = SQUARES * square + (1 - SQUARES) * g * g
        down, up = 1 - MOMENTUM ** (t + 1), 1 - SQUARES ** (t + 1)
        w = w - rate * (mean / down) / (jnp.sqrt(square / up) + TINY)
        share = jnp.where(t >= first, 1 / (count - first), 0).astype(t.dtype)
        return (w, mean, square, average + share * w, t + 1), None

    nothing = jnp.zeros_like(vector)
    begin = (vector, nothing, nothing, nothing, jnp.zeros((), jnp.float32))
    return shaped(jax.lax.scan(step, begin, batches)[0][3])


def _train(
    learner: Learner, anchor: Weights, start: Weights, images: Any, support: Any, query: Any, alpha: Any, rate: Any
) -> Any:
    gradient_of = jax.grad(learner.objective, argnums=1)

    def gradient(weights: Weights, batch: Any) -> Any:
        return gradient_of(anchor, weights, images[batch[0]], images[batch[1]], alpha)

    return descend(gradient, start, (support, query), rate)


def _accuracy(
    learner: Learner, anchor: Weights, weights: Weights, images: Any, support: Any, query: Any, alpha: Any
) -> Any:
    labels = places(learner.ways, query.shape[1])

    def one(s: Any, q: Any) -> Any:
        at = learner.adapted(anchor, weights, images[s], alpha)
        scores = SCORES[learner.score](anchor, at, images[q])
        return jnp.mean(correct(scores, labels)), LOSSES[learner.loss](scores, labels)

    return jnp.stack([jnp.mean(x) for x in jax.vmap(one)(support, query)])


_compiled_train = jax.jit(_train, static_argnums=0)
_compiled_accuracy = jax.jit(_accuracy, static_argnums=0)


def train(
    learner: Learner,
    anchor: Weights,
    start: Weights,
    images: Rows,
    batches: Batch,
    *,
    alpha: float,
    rate: float,
) -> Weights:
    """Weights by Adam with this rate, one batch of tasks an iteration, averaged over the last quarter of the run.

    images: (count, inputs) float32. batches: support (iterations, tasks, ways * shots) and query, places in images.
    alpha: the inner step.
    """
    weights = _compiled_train(learner, anchor, start, images, *batches, np.float32(alpha), np.float32(rate))
    return [(np.asarray(W), np.asarray(b)) for W, b in weights]


def accuracy(
    learner: Learner, anchor: Weights, weights: Weights, images: Rows, tasks: Batch, *, alpha: float
) -> tuple[float, float]:
    """Accuracy and mean loss on the query images of tasks, after ``learner.steps`` steps on their support images."""
    told, loss = np.asarray(_compiled_accuracy(learner, anchor, weights, images, *tasks, np.float32(alpha)))
    return float(told), float(loss)
