"""Cubature of the definition: the excess risk on isotropic tasks to about 1e-14 relative, at any d and m.

For Sigma = rho I and v = w - w*, the error after one step on n samples is, with Q ~ chi2_n, N ~ N(0, 1) and
P ~ chi2_{d-1} independent (rotate, and condition on the residuals, see variance.py),

    along v:       |v| (1 - alpha rho Q/n) - (alpha/n) sqrt(rho Q) nu N,
    across, |.|^2: (alpha/n)^2 rho (rho |v|^2 + nu^2) Q P,

a polynomial in Q, P and even powers of N, so a Gauss rule of four nodes in each is exact up to rounding.
What is evaluated is the definition (draw, step, measure, average); no moment formula enters, and the minimising
weights and the sign change are found from values of the risk.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from verify.runtime.errors import BadInput
from verify.statistics import checks, gauss_rules

Array = np.ndarray

_ORDERS = (4, 7)


@dataclass(frozen=True)
class Value:
    """A number and how far off it may be, from two orders of cubature and the rounding of their sums."""

    value: float
    error: float

    def __float__(self) -> float:
        return self.value

    def __str__(self) -> str:
        return f"{self.value:.15g} +- {self.error:.1g}"


def _next_square(s: Array, rho: float, alpha: float, d: int, n: int, nu: float, order: int) -> tuple[Array, Array]:
    """|e'|^2 at the nodes for |e|^2 = s: values of shape (len(s), nodes) and weights (nodes,)."""
    q, g = gauss_rules.chi_square_deviation(n, order), gauss_rules.normal(order)
    t, N = q.nodes[:, None, None], g.nodes[None, :, None]
    if d > 1:
        across = gauss_rules.chi_square_deviation(d - 1, order)
        P, p_weights = (d - 1) * (1 + across.nodes[None, None, :]), across.weights
    else:
        P, p_weights = np.zeros((1, 1, 1)), np.ones(1)
    s = s[:, None, None, None]
    step = alpha * rho
    # 1 - alpha rho Q/n with Q/n = 1 + t: the deviation t keeps its digits when alpha rho is 1 and n is huge.
    along = np.sqrt(s) * ((1 - step) - step * t) - alpha * nu * np.sqrt(rho * (1 + t) / n) * N
    square = along**2 + alpha**2 * rho * (rho * s + nu**2) * (1 + t) * P / n
    weights = q.weights[:, None, None] * g.weights[None, :, None] * p_weights[None, None, :]
    return square.reshape(len(s), -1), weights.reshape(-1)


def _start(gap: float, spread: float, d: int, order: int) -> tuple[Array, Array]:
    """|w - w*|^2 = (gap + r N)^2 + r^2 P with r = sqrt(spread/d): its values at the nodes, and their weights."""
    g, r = gauss_rules.normal(order), math.sqrt(spread / d)
    along = (gap + r * g.nodes) ** 2
    if d == 1:
        return along, g.weights
    p = gauss_rules.chi_square_deviation(d - 1, order)
    across = r**2 * (d - 1) * (1 + p.nodes)
    return np.add.outer(along, across).reshape(-1), np.outer(g.weights, p.weights).reshape(-1)


@lru_cache(maxsize=4096)
def _noise_only(rho: float, alpha: float, d: int, n: int, nu: float, order: int) -> float:
    """E |e'|^2 from e = 0."""
    squares, weights = _next_square(np.zeros(1), rho, alpha, d, n, nu, order)
    return float(squares[0] @ weights)


@lru_cache(maxsize=4096)
def _moment_maps(
    rho: float, alpha: float, d: int, n: int, nu: float, order: int, scale: float
) -> tuple[tuple[float, float, float], ...]:
    """Coefficients of E |e'|^2 and E |e'|^4 as polynomials in |e|^2/scale."""
    squares, inner = _next_square(scale * np.array([0.0, 0.5, 1.0, 2.0]), rho, alpha, d, n, nu, order)
    maps = []
    for k in (1, 2):
        at_0, at_half, at_1, at_2 = (squares**k @ inner).tolist()
        c = (at_0, -3 * at_0 + 4 * at_half - at_1, 2 * at_0 - 4 * at_half + 2 * at_1)
        if k == 1:
            c = (at_0, at_1 - at_0, 0.0)
        if abs(c[0] + 2 * c[1] + 4 * c[2] - at_2) > 1e-11 * at_2:
            raise ArithmeticError(f"the moment of order {2 * k} after a step is no polynomial of degree {k} in |e|^2")
        maps.append(c)
    return tuple(maps)


def _square_moments(
    rho: float, alpha: float, d: int, n: int, gap: float, spread: float, nu: float, steps: int, order: int
) -> tuple[float, float]:
    """E |e_K|^2 and E |e_K|^4 by running the chain |e_0|^2 -> ... -> |e_K|^2, e_0 = w - w*.

    E[|e'|^(2k) | |e|^2 = s] is a polynomial in s of degree k, because odd powers of sqrt(s) come with odd powers of
    the normal along v. Its values at 0, 1/2 and 1 (in units of ``scale``) fix it and a fourth one checks it, so
    nothing is assumed about the coefficients.
    """
    starts, weights = _start(gap, spread, d, order)
    first, second = float(weights @ starts), float(weights @ starts**2)
    if not steps:
        return first, second
    noise_only = _noise_only(rho, alpha, d, n, nu, order)
    # Large enough for the slope not to drown in what the noise alone contributes; a power of two, so that the maps
    # of one class can be used again for other starts.
    size = max(first, noise_only)
    scale = 2.0 ** round(math.log2(size)) if size else 1.0
    maps = _moment_maps(rho, alpha, d, n, nu, order, scale)
    (a0, a1, _), (b0, b1, b2) = maps
    for _ in range(steps):
        x, y = first / scale, second / scale**2
        first, second = a0 + a1 * x, b0 + b1 * x + b2 * y
    return first, second


def excess_risk(
    rho: float,
    *,
    alpha: float,
    d: int,
    m: int,
    gap: float,
    spread: float = 0.0,
    nu: float = 0.0,
    steps: int = 1,
) -> Value:
    """E f(w') - E f(w*) of one class of isotropic tasks, floor included, after ``steps`` fresh-batch steps [Y^2].

    rho > 0 [X^2], alpha > 0 [1/X^2], d, m >= 1, gap = |w - mu| >= 0 [Y/X], spread = E|w* - mu|^2 >= 0,
    nu >= 0 [Y]. nu = 0 leaves E_m, gap = spread = 0 leaves the floor.

    >>> round(excess_risk(1.0, alpha=1.0, d=3, m=8, gap=1.0).value, 13)
    0.25
    """
    return risk_moments(rho, alpha=alpha, d=d, m=m, gap=gap, spread=spread, nu=nu, steps=steps)[0]


def risk_moments(
    rho: float,
    *,
    alpha: float,
    d: int,
    m: int,
    gap: float,
    spread: float = 0.0,
    nu: float = 0.0,
    steps: int = 1,
) -> tuple[Value, Value]:
    """E Y and E Y^2 of Y = 1/2 rho |w' - w*|^2, the excess risk of one sampled task; arguments of ``excess_risk``.

    E Y^2 - (E Y)^2 is the variance that Catoni's estimator asks for; it keeps about ten digits at d = 10^6.
    """
    rho, alpha = checks.number("rho", rho, above=0.0), checks.number("alpha", alpha, above=0.0)
    d, m, steps = checks.count("d", d), checks.count("m", m), checks.count("steps", steps, 0)
    gap, spread = checks.number("gap", gap, least=0.0), checks.number("spread", spread, least=0.0)
    nu = checks.number("nu", nu, least=0.0)
    low, high = (_square_moments(rho, alpha, d, m, gap, spread, nu, steps, order) for order in _ORDERS)
    results = []
    for k in (1, 2):
        coarse, fine = ((0.5 * rho) ** k * x[k - 1] for x in (low, high))
        results.append(Value(fine, abs(fine - coarse) + 8 * k * (steps + 1) * np.finfo(float).eps * abs(fine)))
    return results[0], results[1]


def loss_before_adaptation(rho: float, *, d: int, gap: float, spread: float = 0.0, nu: float = 0.0) -> Value:
    """E 1/2 (<w, x> - y)^2 of one class at w, no step taken: a cubature over w*, x and z [Y^2]."""
    d = checks.count("d", d)
    gap, spread = checks.number("gap", gap, least=0.0), checks.number("spread", spread, least=0.0)
    rho, nu = checks.number("rho", rho, above=0.0), checks.number("nu", nu, least=0.0)
    results = []
    for order in _ORDERS:
        g = gauss_rules.normal(order)
        squares, weights = _start(gap, spread, d, order)
        # <w - w*, x> is |w - w*| sqrt(rho) times a standard normal.
        residual = np.sqrt(rho * squares)[:, None, None] * g.nodes[:, None] - nu * g.nodes
        results.append(float(weights @ (0.5 * residual**2 @ g.weights @ g.weights)))
    low, high = results
    return Value(high, abs(high - low) + 8 * np.finfo(float).eps * abs(high))


@dataclass(frozen=True)
class Mixture:
    """The easy/hard mixture and the test protocol, with the paper's letters; every method runs the definition.

    rho_H, rho_E > 0 [X^2]; alpha > 0 [1/X^2]; d, m >= 1; 0 < p < 1; Delta > 0 [Y/X]; V_H, V_E >= 0; nu >= 0 [Y];
    K >= 1 inner steps on fresh batches of m. Points on the line are w = c mu_H + (1 - c) mu_E.
    """

    rho_H: float
    rho_E: float
    alpha: float
    d: int
    m: int
    p: float
    Delta: float
    V_H: float = 0.0
    V_E: float = 0.0
    nu: float = 0.0
    K: int = 1

    def __post_init__(self) -> None:
        for name in ("rho_H", "rho_E", "alpha", "Delta"):
            checks.number(name, getattr(self, name), above=0.0)
        for name in ("V_H", "V_E", "nu"):
            checks.number(name, getattr(self, name), least=0.0)
        for name in ("d", "m", "K"):
            checks.count(name, getattr(self, name))
        checks.probability("p", self.p)

    def risk(self, c: float, *, floor: bool = True) -> Value:
        """R_m at c, or E_m with floor=False (noiseless support labels) [Y^2]."""
        nu = self.nu if floor else 0.0
        run = partial(excess_risk, alpha=self.alpha, d=self.d, m=self.m, nu=nu, steps=self.K)
        hard = run(self.rho_H, gap=abs(1 - c) * self.Delta, spread=self.V_H)
        easy = run(self.rho_E, gap=abs(c) * self.Delta, spread=self.V_E)
        return self._mix(hard, easy)

    def erm_loss(self, c: float) -> Value:
        """E_i f_i(w) at c, the objective of ERM [Y^2]."""
        hard = loss_before_adaptation(self.rho_H, d=self.d, gap=abs(1 - c) * self.Delta, spread=self.V_H, nu=self.nu)
        easy = loss_before_adaptation(self.rho_E, d=self.d, gap=abs(c) * self.Delta, spread=self.V_E, nu=self.nu)
        return self._mix(hard, easy)

    def _mix(self, hard: Value, easy: Value) -> Value:
        p = self.p
        return Value(p * hard.value + (1 - p) * easy.value, p * hard.error + (1 - p) * easy.error)

    def erm(self) -> Value:
        """The c that minimises the ERM loss."""
        return self._minimiser(self.erm_loss)

    def maml(self) -> Value:
        """The c that minimises the risk after adaptation on m samples (MAML trained with n = m)."""
        return self._minimiser(lambda c: self.risk(c, floor=False))

    def _minimiser(self, objective: Callable[[float], Value]) -> Value:
        # Three values fix a quadratic. Taken far enough apart that the spreads, which are the same in all of them,
        # do not drown the curvature; symmetric about 1/2, where both ends of the line weigh the same.
        reach = max(0.5, math.sqrt(self.V_H + self.V_E) / self.Delta)
        left, middle, right = (objective(0.5 + reach * x) for x in (-1, 0, 1))
        curvature = left.value - 2 * middle.value + right.value
        if not curvature > 0:
            raise BadInput(
                "the objective has no curvature along the line between the centres.",
                "likely causes: (a) V_H + V_E exceeds Delta^2 by more than 1e15, (b) numbers near underflow.",
            )
        shift = reach * (left.value - right.value) / (2 * curvature)
        noise = left.error + 2 * middle.error + right.error
        return Value(0.5 + shift, noise * (reach + abs(shift)) / curvature + 2 * np.finfo(float).eps)

    def gain(self, *, floor: bool = False) -> Value:
        """Risk of the ERM solution over the risk of the MAML solution, without or with the floor.

        Both are evaluated at minimisers that carry an error; the MAML risk is flat there, the ERM risk is not.
        """
        erm, maml = self.erm(), self.maml()
        above, below = self.risk(erm.value, floor=floor), self.risk(maml.value, floor=floor)
        if not below.value > 0:
            raise BadInput("the MAML risk is zero, so the gain has no value.", "V_H = V_E = 0 needs alpha rho < 1.")
        # |R(c + h) - R(c)| <= 2 h sqrt(R''/2 (R - R_min)) + h^2 R''/2 for a quadratic; R'' from three values.
        bend = (
            self.risk(erm.value + 1, floor=floor).value + self.risk(erm.value - 1, floor=floor).value - 2 * above.value
        )
        move = sum(
            h * math.sqrt(2 * max(bend, 0.0) * max(at.value - below.value, 0.0)) + h * h * abs(bend) / 2
            for h, at in ((erm.error, above), (maml.error, below))
        )
        ratio = above.value / below.value
        return Value(ratio, (above.error + move + ratio * below.error) / below.value)


def gain_by_definition(
    rho_H: float,
    rho_E: float,
    alpha: float,
    d: int,
    m: int,
    p: float,
    Delta: float,
    V_H: float,
    V_E: float,
    nu: float = 0.0,
    K: int = 1,
    *,
    floor: bool = False,
) -> Value:
    """The gain of MAML over ERM, both found and measured by running the definitions, with its error.

    ``Mixture`` describes the arguments. Raises BadInput on a bad one.
    """
    return Mixture(rho_H, rho_E, alpha, d, m, p, Delta, V_H, V_E, nu, K).gain(floor=floor)


@dataclass(frozen=True)
class SignChange:
    """Where MAML's weight on the hard centre passes ERM's: at ``below`` it is smaller, at ``above`` greater.

    The integers strictly between are ties up to the cubature's error: one where the change happens at an integer, and
    more only for d above 1e12, where neighbouring m differ by less than rounding.
    """

    below: int
    above: int


def sign_change(
    rho_H: float, rho_E: float, alpha: float, d: int, p: float = 0.5, *, K: int = 1, limit: int = 2**60
) -> SignChange | None:
    """The integers m around which MAML starts to favour the hard tasks more than ERM, by bisection on the definition.

    None if it doesn't up to m = ``limit``. below = 0 means that it does at every m >= 1. The search relies on the
    sign changing once; whoever needs that as a fact has to prove it.
    """
    limit = checks.count("limit", limit)
    erm = Mixture(rho_H, rho_E, alpha, d, 1, p, Delta=1.0).erm()

    def sign(m: int) -> int:
        maml = Mixture(rho_H, rho_E, alpha, d, m, p, Delta=1.0, K=K).maml()
        difference, error = maml.value - erm.value, maml.error + erm.error
        return 0 if abs(difference) <= error else 1 if difference > 0 else -1

    if sign(1) > 0:
        return SignChange(0, 1)
    high = 2
    while high <= limit and sign(high) <= 0:
        high *= 2
    if high > limit:
        return None

    def last(holds: Callable[[int], bool], low: int, high: int) -> int:
        """The largest m with ``holds``, which is true at ``low`` and false at ``high``."""
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if holds(middle) else (low, middle)
        return low

    above = last(lambda m: sign(m) <= 0, 1, high) + 1
    below = last(lambda m: sign(m) < 0, 1, above) if sign(1) < 0 else 0
    return SignChange(below, above)
