"""An independent oracle: the textbook algorithms with jax, differentiated through the inner step.

Data are drawn with NumPy, the losses are written down once, and jax differentiates; what is compared with it is the
simulator's direction on the same data, and the closed form of the solution.
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from theory.maml_erm import THEORY
from theory.maml_erm.definitions.methods import ERM, IMAML, MAML
from theory.maml_erm.definitions.tasks import Task
from verify.claims.values import value_of

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")

ALPHA, D, N, QUERY = 0.5, 3, 6, 8


def loss(w: jax.Array, X: jax.Array, y: jax.Array) -> jax.Array:
    return 0.5 * jnp.mean((X @ w - y) ** 2)


def adapted(w: jax.Array, X: jax.Array, y: jax.Array, *, steps: int, first_order: bool) -> jax.Array:
    for _ in range(steps):
        g = jax.grad(loss)(w, X, y)
        w = w - ALPHA * (jax.lax.stop_gradient(g) if first_order else g)
    return w


def objective(w: jax.Array, data: tuple[jax.Array, ...], *, steps: int, first_order: bool) -> jax.Array:
    """The outer loss after ``steps`` inner steps on the support set; no step is ERM."""
    X, y, outer_X, outer_y = data
    return loss(adapted(w, X, y, steps=steps, first_order=first_order), outer_X, outer_y)


def gradients(steps: int, first_order: bool) -> object:
    f = partial(objective, steps=steps, first_order=first_order)
    return jax.jit(jax.vmap(jax.grad(f), in_axes=(None, 0)))


def draw(rng: np.random.Generator, tasks: int, rho: float, centre: np.ndarray, spread: float, noise: float) -> tuple:
    d = len(centre)
    optima = centre + np.sqrt(spread / d) * rng.standard_normal((tasks, d))
    out = []
    for size in (N, QUERY):
        X = np.sqrt(rho) * rng.standard_normal((tasks, size, d))
        out += [X, np.einsum("tnd,td->tn", X, optima) + noise * rng.standard_normal((tasks, size))]
    return tuple(out)


@pytest.mark.parametrize(("steps", "first_order"), [(0, False), (1, False), (2, False), (1, True)])
def test_meta_gradients_are_those_of_automatic_differentiation(steps: int, first_order: bool) -> None:
    """The same data: the simulator's directions and jax's gradients agree to rounding."""
    task = Task(np.diag([0.5, 1.0, 2.0]), np.array([1.0, 0.0, -1.0]), spread=0.5, noise=0.3)
    optima = task.optima(np.random.default_rng(1), 20)
    w = np.array([0.5, -1.0, 2.0])
    method = ERM(QUERY) if steps == 0 else MAML(ALPHA, N, QUERY, steps=steps, fresh=False, first_order=first_order)
    rng = np.random.default_rng(2)
    ours = method.sample(rng, task, optima)(np.broadcast_to(w, optima.shape))
    rng = np.random.default_rng(2)  # the batches again, in the order in which the method draws them
    support = task.data(rng, optima, N) if steps else (np.zeros((20, 1, 3)), np.zeros((20, 1)))
    theirs = gradients(steps, first_order)(w, (*support, *task.data(rng, optima, QUERY)))  # type: ignore[operator]
    assert np.allclose(ours, theirs, rtol=1e-11, atol=1e-12)


def test_implicit_gradient_of_imaml() -> None:
    """iMAML's implicit gradient is the derivative through the exact solution of the proximal problem."""
    strength = 0.75
    task = Task(np.diag([0.5, 1.0, 2.0]), np.zeros(3), spread=0.5, noise=0.3)
    optima = task.optima(np.random.default_rng(3), 10)
    w = np.array([0.5, -1.0, 2.0])
    ours = IMAML(strength, N, QUERY).sample(np.random.default_rng(4), task, optima)(np.broadcast_to(w, optima.shape))
    rng = np.random.default_rng(4)
    support, outer = task.data(rng, optima, N), task.data(rng, optima, QUERY)

    def through(w: jax.Array, X: jax.Array, y: jax.Array, outer_X: jax.Array, outer_y: jax.Array) -> jax.Array:
        H = X.T @ X / N + strength * jnp.eye(3)
        return loss(jnp.linalg.solve(H, X.T @ y / N + strength * w), outer_X, outer_y)

    theirs = jax.vmap(jax.grad(through), in_axes=(None, 0, 0, 0, 0))(w, *support, *outer)
    assert np.allclose(ours, theirs, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize(
    ("name", "steps", "first_order"),
    [("weight.erm", 0, False), ("weight.maml", 1, False), ("weight.fomaml", 1, True)],
)
def test_stochastic_gradient_descent_finds_the_closed_form(name: str, steps: int, first_order: bool) -> None:
    """Constant step and tail average on sampled tasks: the weight on mu_H is the theory's to 2 % of the distance."""
    rho_H, rho_E, p = 0.5, 1.5, 0.4
    given = {"rho_H": "1/2", "rho_E": "3/2", "alpha": "1/2", "p": "2/5", "d": D, "n": N, "K": 1, "m": N}
    expression_needs = {k: Fraction(v) for k, v in given.items()}
    stated = float(value_of(name, expression_needs, THEORY).exact)
    rng = np.random.default_rng(7)
    centre = np.array([1.0, 0.0, 0.0])
    gradient = gradients(steps, first_order)
    w, total, rounds, batch = np.zeros(D), np.zeros(D), 800, 200
    hard = int(p * batch)  # stratified: the share of hard tasks is exact, which only removes noise
    for k in range(rounds):
        parts = [draw(rng, hard, rho_H, centre, 0.05, 0.1), draw(rng, batch - hard, rho_E, 0 * centre, 0.05, 0.1)]
        data = tuple(np.concatenate(pair) for pair in zip(*parts, strict=True))
        w = w - 0.3 * np.asarray(gradient(w, data)).mean(axis=0)  # type: ignore[operator]
        if k >= rounds // 4:
            total += w
    average = total / (rounds - rounds // 4)
    assert abs(average[0] - stated) < 0.02
    assert np.abs(average[1:]).max() < 0.02
