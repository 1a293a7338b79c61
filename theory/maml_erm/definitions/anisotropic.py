"""The definition evaluated without sampling for any environment: any covariances, any number of classes.

``cubature.py`` does this for isotropic tasks at any d; here a step costs O(d^2) and the solutions are found from
O(d^2) values of the objective, so d up to about 30 is meant. Solutions are minimisers of values, never of formulas.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from theory.maml_erm.definitions import variance
from theory.maml_erm.definitions.cubature import Value
from theory.maml_erm.definitions.tasks import Environment
from verify.runtime.errors import BadInput
from verify.statistics import checks

Array = np.ndarray


def environment_risk(
    environment: Environment, w: object, *, alpha: float, m: int, steps: int = 1, floor: bool = True
) -> Value:
    """R_m(w) = E f(w') - E f(w*) after ``steps`` fresh-batch steps, or E_m(w) with floor=False [Y^2].

    w (d,) [Y/X]; alpha > 0; m >= 1; steps >= 0, where 0 is the risk without adaptation, ERM's objective.
    """
    w = checks.vector("w", w, environment.dimension)
    noise = None if floor else 0.0
    low, high = (
        variance.mixture_risk_moments(environment, w, alpha=alpha, n=m, steps=steps, noise=noise, order=order)[0]
        for order in (5, 8)
    )
    rounding = 8 * (steps + 1) * environment.dimension * np.finfo(float).eps
    return Value(high, abs(high - low) + rounding * abs(high))


def maml_solution(environment: Environment, *, alpha: float, m: int, steps: int = 1) -> Array:
    """The w (d,) that minimises the risk after adaptation on m samples (MAML trained with n = m)."""
    return _minimiser(
        environment, lambda w: environment_risk(environment, w, alpha=alpha, m=m, steps=steps, floor=False).value
    )


def erm_solution(environment: Environment) -> Array:
    """The w (d,) that minimises the risk without adaptation."""
    # With no step alpha and m are not used.
    return _minimiser(
        environment, lambda w: environment_risk(environment, w, alpha=1.0, m=1, steps=0, floor=False).value
    )


def environment_gain(environment: Environment, *, alpha: float, m: int, steps: int = 1, floor: bool = False) -> Value:
    """Risk of the ERM solution over the risk of the MAML solution, without or with the floor."""
    erm, maml = erm_solution(environment), maml_solution(environment, alpha=alpha, m=m, steps=steps)
    above, below = (environment_risk(environment, w, alpha=alpha, m=m, steps=steps, floor=floor) for w in (erm, maml))
    if not below.value > 0:
        raise BadInput("the MAML risk is zero, so the gain has no value.")
    ratio = above.value / below.value
    # The solutions carry rounding of about 1e-13 each, and the ERM risk moves with the first order of it.
    return Value(ratio, (above.error + ratio * below.error) / below.value + 1e-11 * ratio)


def _minimiser(environment: Environment, objective: Callable[[Array], float]) -> Array:
    centre = environment.mean_optimum()
    spread = sum(t.probability * (t.spread + float(np.sum((t.optimum - centre) ** 2))) for t in environment.tasks)
    # The size of the risk's own scatter, so that no term drowns the others.
    return quadratic_minimiser(objective, centre, np.sqrt(spread) or 1.0)


def hessians(environment: Environment, *, alpha: float, m: int) -> tuple[Array, Array]:
    """The Hessians (d, d) [X^2] of the objectives of ERM and of MAML with m samples, from values of these.

    Where the optima are moves no Hessian, so that they are put where values lose no digits.
    """
    origin = np.zeros(environment.dimension)
    bare = Environment(tuple(replace(t, optimum=origin, spread=0.0) for t in environment.tasks))

    def run(steps: int) -> Array:
        return quadratic(
            lambda w: environment_risk(bare, w, alpha=alpha, m=m, steps=steps, floor=False).value, origin, 1.0
        )[0]

    return run(0), run(1)


def quadratic(objective: Callable[[Array], float], centre: Array, r: float) -> tuple[Array, Array]:
    """Hessian (d, d) and gradient (d,) of x -> objective(centre + r x) at 0, for a quadratic objective.

    From its values at the centre, at +-r e_i and at r (e_i + e_j).
    """
    d = len(centre)
    e = r * np.eye(d)
    base = objective(centre)
    plus = np.array([objective(centre + e[i]) for i in range(d)])
    minus = np.array([objective(centre - e[i]) for i in range(d)])
    H = np.diag(plus + minus - 2 * base)
    for i in range(d):
        for j in range(i):
            H[i, j] = H[j, i] = objective(centre + e[i] + e[j]) - plus[i] - plus[j] + base
    return H, (plus - minus) / 2


def quadratic_minimiser(objective: Callable[[Array], float], centre: Array, r: float) -> Array:
    """Minimiser (d,) of a quadratic from its values around a centre."""
    H, slope = quadratic(objective, centre, r)
    if np.linalg.eigvalsh(H)[0] <= 1e-12 * abs(H).max():
        raise BadInput(
            "the objective has no unique minimiser.",
            "likely causes: (a) a direction in which no class has variance, (b) one that adaptation forgets entirely.",
        )
    return centre - r * np.linalg.solve(H, slope)
