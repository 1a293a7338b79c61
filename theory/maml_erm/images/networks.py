"""Small networks on images: a multilayer perceptron, its linearisation at the initial weights, and a linear head.

Weights are lists of layers (W, b) with W of shape (inputs, outputs). Images are rows x of length 14 * 14, or features.
A network for two classes has one output f, the score of the first class against the second; a network for more has one
score a class. Everything is float32 unless the weights are float64.

Needs jax: call ``autodiff.prepare`` before the first import of this module.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

Weights = list[tuple[Any, Any]]
Score = Callable[[Weights, Weights, Any], Any]

SMALL = 0.3  # of He's scale, in the last layer: at first no class is preferred, and the loss is about log(classes)


def initial(rng: np.random.Generator, sizes: Sequence[int]) -> Weights:
    """Random weights for the widths ``sizes``, inputs first; zero biases.

    Source: He, Zhang, Ren and Sun 2015, Delving deep into rectifiers: variance 2/inputs.
    """
    layers = []
    for inputs, outputs in itertools.pairwise(sizes):
        W = rng.standard_normal((inputs, outputs)) * np.sqrt(2 / inputs)
        layers.append((W.astype(np.float32), np.zeros(outputs, np.float32)))
    W, b = layers[-1]
    return [*layers[:-1], (W * np.float32(SMALL), b)]


def zero(weights: Weights) -> Weights:
    """Weights of the same shapes, all 0."""
    return [(np.zeros(W.shape, W.dtype), np.zeros(b.shape, b.dtype)) for W, b in weights]


def perceptron(anchor: Weights, weights: Weights, x: Any) -> Any:
    """Scores (..., outputs) of the network; ``anchor`` is not used."""
    for W, b in weights[:-1]:
        x = jax.nn.relu(x @ W + b)
    W, b = weights[-1]
    return x @ W + b


def linearised(anchor: Weights, weights: Weights, x: Any) -> Any:
    """The derivative of the network at ``anchor`` in the direction ``weights``: exactly linear in the weights.

    The scores at the anchor itself are left out, so that training begins at 0.
    """
    return jax.jvp(lambda w: perceptron(anchor, w, x), (anchor,), (weights,))[1]


def head(anchor: Weights, weights: Weights, x: Any) -> Any:
    """A linear head without bias on features x: the linear regression of the theory."""
    return x @ weights[0][0]


SCORES: dict[str, Score] = {"perceptron": perceptron, "linearised": linearised, "head": head}


def logistic(scores: Any, labels: Any) -> Any:
    """Mean logistic loss; labels are 0, 1, ... and class 0 is the one that a single score speaks for."""
    if scores.shape[-1] == 1:
        return jnp.mean(jax.nn.softplus(jnp.where(labels == 0, -1, 1) * scores[..., 0]))
    chosen = jnp.take_along_axis(jax.nn.log_softmax(scores), labels[..., None], -1)
    return -jnp.mean(chosen)


def squared(scores: Any, labels: Any) -> Any:
    """Half the mean squared distance from the label, as in the theory, summed over the scores.

    The label of one score is +1 (class 0) or -1 (class 1); of several, 1 for the class and 0 for the others, less the
    mean of these.
    """
    ways = scores.shape[-1]
    wanted = (1 - 2 * labels)[..., None] if ways == 1 else (labels[..., None] == np.arange(ways)) - 1 / ways
    return jnp.sum((scores - wanted.astype(scores.dtype)) ** 2, -1).mean() / 2


LOSSES: dict[str, Callable[[Any, Any], Any]] = {"logistic": logistic, "squared": squared}


def correct(scores: Any, labels: Any) -> Any:
    """Whether each image is told right, as 0 or 1."""
    if scores.shape[-1] == 1:
        return jnp.where(labels == 0, scores[..., 0] > 0, scores[..., 0] < 0).astype(scores.dtype)
    return (jnp.argmax(scores, -1) == labels).astype(scores.dtype)
