"""Features that both methods share: those of a body that was learned from tasks, and what a linear head needs of any.

A body maps images to k features; on them both methods train a linear head, which is the regression of the theory with
d -> k. Needs jax: call ``autodiff.prepare`` before the first import of this module.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from theory.maml_erm.images.binary import Places
from theory.maml_erm.images.features import leading, projected
from theory.maml_erm.images.networks import Weights, perceptron
from theory.maml_erm.images.training import Places as Numbers
from theory.maml_erm.images.training import Rows, descend, places
from verify.statistics.experiment import Array

SMALL_FEATURES = 1e-4  # weight of the mean squared feature in the loss: heads and body could trade their scales else


def _loss(parts: Any, images: Any, which: Any, rows: Any) -> Any:
    """Half the mean squared error of every task's own head on the features, labels +1 and -1."""
    body, heads = parts
    features = perceptron(body, body, images[rows])
    scores = jnp.einsum("tnk,tk->tn", features, heads[which])
    labels = 1 - 2 * places(2, rows.shape[1])
    return jnp.mean((scores - labels) ** 2) / 2 + SMALL_FEATURES * jnp.mean(features**2)


def _learned(start: Weights, heads: Any, images: Any, which: Any, rows: Any, rate: Any) -> Any:
    gradient_of = jax.grad(_loss)
    return descend(lambda parts, batch: gradient_of(parts, images, *batch), (start, heads), (which, rows), rate)[0]


_compiled = jax.jit(_learned)


def learned(start: Weights, heads: Rows, images: Rows, which: Numbers, rows: Numbers, *, rate: float) -> Weights:
    """The body of multi-head ERM: one head a training task, all on one body, by Adam.

    start: weights (pixels, hidden, k). heads: (training tasks, k) at the beginning. which: (iterations, tasks) numbers
    of training tasks; rows: (iterations, tasks, 2 * images) places in images, those of label +1 first.
    """
    weights = _compiled(start, heads, images, which, rows, np.float32(rate))
    return [(np.asarray(W), np.asarray(b)) for W, b in weights]


def outputs(body: Weights, images: Rows) -> Array:
    """What a body makes of images (..., pixels), in double precision: (..., k)."""
    return np.asarray(perceptron(body, body, images), dtype=float)


def evened(seen: Array, fresh: Array, own: Places, tasks: Places, k: int) -> tuple[Rows, Rows]:
    """The k leading directions of the letters ``own`` in ``seen``, (letters, images, n), as float32 features of both.

    One row of k numbers for each image. Scaled so that the largest curvature of the tasks, whose letters are the rows
    of ``tasks``, is 1 on average: then an inner step of 1 is near the best one.
    """
    matrix, mean = leading(seen[own], k)
    known, new = (projected(x, matrix, mean) for x in (seen, fresh))
    covariance = np.einsum("lni,lnj->lij", known, known) / known.shape[1]
    scale = np.sqrt(np.linalg.eigvalsh(covariance[tasks].mean(axis=1))[:, -1].mean())
    first, second = ((x / scale).astype(np.float32).reshape(-1, k) for x in (known, new))
    return first, second
