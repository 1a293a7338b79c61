"""H1 on ridge logistic regression: MAML's stationary point by automatic differentiation, through the inner step."""

from __future__ import annotations

from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from theory.maml_erm import THEORY
from theory.maml_erm.formulas.symbols import VOCABULARY
from verify.claims.statement import Inequality
from verify.runtime.errors import ensured

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")

D, SAMPLES = 4, 40


@dataclass(frozen=True)
class Logistic:
    """f(w) = mean log(1 + exp(-y <x, w>)) + ridge/2 ||w||^2, with Hessian between ridge and ridge + ||X||^2/(4 n)."""

    X: jax.Array
    y: jax.Array
    ridge: float

    def __call__(self, w: jax.Array) -> jax.Array:
        return jnp.mean(jnp.logaddexp(0.0, -self.y * (self.X @ w))) + self.ridge / 2 * w @ w

    @property
    def largest(self) -> float:
        return self.ridge + float(np.linalg.norm(np.asarray(self.X), 2) ** 2) / (4 * len(self.y))


def tasks(seed: int) -> tuple[Logistic, Logistic]:
    """A hard task that is flat, and an easy one that is steep everywhere; their optima are apart."""
    rng = np.random.default_rng(seed)
    found = []
    for scale, ridge, sign in ((0.7, 0.05, 1.0), (1.2, 0.6, -1.0)):
        X = scale * rng.standard_normal((SAMPLES, D))
        labels = np.sign(X @ np.full(D, sign) + 0.5 * rng.standard_normal(SAMPLES))
        found.append(Logistic(jnp.asarray(X), jnp.asarray(labels), ridge))
    return found[0], found[1]


def stationary(objective: object) -> jax.Array:
    """A point where the gradient is zero to rounding: gradient descent, then Newton's method."""
    gradient, hessian = jax.jit(jax.grad(objective)), jax.jit(jax.hessian(objective))
    w = jnp.zeros(D)
    for _ in range(60):
        w = w - 0.5 * gradient(w)
    for _ in range(20):
        w = w - jnp.linalg.solve(hessian(w), gradient(w))
    assert float(jnp.linalg.norm(gradient(w))) < 1e-12
    return w


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(("share", "p"), [(1.0, 0.5), (1.0, 0.1), (0.3, 0.7)])
def test_the_gradient_of_the_hard_tasks_is_small(seed: int, share: float, p: float) -> None:
    hard, easy = tasks(seed)
    assert hard.largest < easy.ridge, "the hypothesis L_H < beta_E"
    alpha = share / easy.largest

    def after(f: Logistic) -> object:
        return lambda w: f(w - alpha * jax.grad(f)(w))

    w = stationary(lambda w: p * after(hard)(w) + (1 - p) * after(easy)(w))
    values = {"alpha": alpha, "p": p, "L_H": hard.largest, "L_E": easy.largest, "beta_E": easy.ridge}
    for name, f in (("H", hard), ("E", easy)):
        at = w - alpha * jax.grad(f)(w)
        norms = (jax.grad(f)(w), jax.grad(f)(at), jax.grad(after(f))(w))
        values |= {f"D{i}_{name}": float(jnp.linalg.norm(x)) for i, x in enumerate(norms)}
    numbers = {VOCABULARY[name].symbol: x for name, x in values.items()}
    claim = THEORY.stated["H1"]
    for f in claim.domain.hypotheses():  # the bounds between the norms, and stationarity: what H1 takes for given
        gap = float((f.lhs - f.rhs).subs(numbers))
        assert {"<": gap < 0, "<=": gap <= 1e-10, ">=": gap >= -1e-10, "==": abs(gap) < 1e-10}[f.op], f
    statement = ensured(claim.statement, Inequality)
    lhs, rhs = (float(side.subs(numbers)) for side in (statement.lhs, statement.rhs))
    assert 0 < lhs <= rhs
    assert lhs < (1 - p) / p * values["D0_E"], "more than what stationarity says without the step"


@pytest.mark.parametrize("seed", range(2))
def test_erm_has_the_factor_of_the_shares(seed: int) -> None:
    hard, easy = tasks(seed)
    p = 0.3
    w = stationary(lambda w: p * hard(w) + (1 - p) * easy(w))
    norms = [float(jnp.linalg.norm(jax.grad(f)(w))) for f in (hard, easy)]
    assert abs(norms[0] - (1 - p) / p * norms[1]) < 1e-10
