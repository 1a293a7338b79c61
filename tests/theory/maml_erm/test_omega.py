"""Omega(d_eff) on random environments of the definition: any number of tasks, any covariances, boundaries on purpose.

Every matrix Q_i, risk and gain here is measured by cubature of the definition (``definitions`` imports no formula);
what the claims say is evaluated from the claims themselves.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from theory.maml_erm import THEORY
from theory.maml_erm.definitions import anisotropic, variance
from theory.maml_erm.definitions.cubature import Mixture
from theory.maml_erm.definitions.tasks import Environment, Task
from theory.maml_erm.formulas import symbols as sy
from theory.maml_erm.strategies import environments, mixtures, spreads, step_sizes
from verify.claims.statement import Equivalence, Inequality, LoewnerOrder
from verify.derivations.relations import Connective, Formula, Relation
from verify.evidence.routes.spectrum import reduction
from verify.testing.strategies import counts, covariances, scales, shares, vectors

Array = np.ndarray
CLAIMS = THEORY.catalogue
SOME = settings(max_examples=40, deadline=None, derandomize=True, database=None)
ROUNDING = 1e-9


def says(formula: Formula, values: dict[sp.Symbol, float], slack: float = ROUNDING) -> bool:
    """Whether a formula holds at numbers; an inequality may fail by rounding, relative to its larger side."""
    if isinstance(formula, Connective):
        parts = [says(a, values, slack) for a in formula.args]
        return {"and": all, "or": any, "implies": lambda p: not p[0] or p[1], "iff": lambda p: p[0] == p[1]}[
            formula.op
        ](parts)
    left, right = (float(side.subs(values)) for side in (formula.lhs, formula.rhs))
    room = slack * max(abs(left), abs(right))
    return {"<": left < right + room, "<=": left <= right + room, ">": left > right - room, ">=": left >= right - room,
            "==": abs(left - right) <= room, "!=": True}[formula.op]  # fmt: skip


def holds(claim: str, values: dict[sp.Symbol, float]) -> bool:
    """Whether the statement of a claim holds at numbers that lie in its domain up to rounding."""
    stated, at = CLAIMS[claim], {s: float(v) for s, v in values.items()}
    inside = [says(f, at) for f in stated.domain.hypotheses()]
    assert all(inside), (claim, [str(f) for f, ok in zip(stated.domain.hypotheses(), inside, strict=True) if not ok])
    assert stated.formula is not None
    return says(stated.formula, at)


def weight(sigma: Array, alpha: float, m: int) -> Array:
    """Q with <v, Q v> = E <e, Sigma e>, e the error after one step from v, from the values at d (d+1)/2 vectors."""
    d = len(sigma)

    def form(v: Array) -> float:
        return variance.form_moments(sigma, v, sigma, alpha=alpha, n=m)[0]

    I = np.eye(d)
    own = [form(I[i]) for i in range(d)]
    Q = np.diag(own)
    for i in range(d):
        for j in range(i):
            Q[i, j] = Q[j, i] = (form(I[i] + I[j]) - own[i] - own[j]) / 2
    return Q


def effective(sigma: Array) -> float:
    """d_eff + 1."""
    return float(np.sum(sigma * sigma) / np.linalg.eigvalsh(sigma)[-1] ** 2 + 1)


class Measured:
    """The inner products of an environment, from measured matrices and the measured solutions."""

    def __init__(self, environment: Environment, alpha: float, m: int) -> None:
        tasks = environment.tasks
        self.shares = [t.probability for t in tasks]
        self.S = [t.covariance for t in tasks]
        self.Q = [weight(S, alpha, m) for S in self.S]
        self.mean_S, self.mean_Q = self.mean(self.S), self.mean(self.Q)
        w = anisotropic.erm_solution(environment)
        self.e = [t.optimum - w for t in tasks]
        self.u = anisotropic.maml_solution(environment, alpha=alpha, m=m) - w
        spread = [t.spread / t.dimension for t in tasks]
        self.q_e, self.f_e = (
            self.mean([e @ A @ e + s * np.trace(A) for e, A, s in zip(self.e, forms, spread, strict=True)])
            for forms in (self.Q, self.S)
        )
        self.q_u, self.f_u = self.u @ self.mean_Q @ self.u, self.u @ self.mean_S @ self.u
        self.D = [effective(S) for S in self.S]

    def mean(self, parts: list[Any]) -> Any:
        return sum(p * x for p, x in zip(self.shares, parts, strict=True))

    def values(self) -> dict[sp.Symbol, float]:
        return {sy.q_e: self.q_e, sy.q_u: self.q_u, sy.f_e: self.f_e, sy.f_u: self.f_u}


@st.composite
def many_tasks(draw: st.DrawFn) -> tuple[Environment, float, int]:
    """Environments with 1 to 6 classes whose optima do not all coincide, a step size up to 1/max||Sigma_i||, and m."""
    environment = draw(environments(classes=6, largest=4))
    spread = draw(spreads())
    tasks = tuple(replace(t, spread=spread) for t in environment.tasks)
    assume(spread > 0 or np.ptp([t.optimum for t in tasks], axis=0).max() > 0.1)
    return Environment(tasks), draw(step_sizes(environment)), draw(counts(1000))


# ---------------------------------------------------------------- the sandwich


@SOME
@given(
    st.integers(1, 4).flatmap(lambda d: st.tuples(covariances(d, singular=True), vectors(d))),
    st.one_of(st.just(1.0), scales(-3, 3)),
    counts(1000),
)
def test_a_weight_lies_between_its_bounds(drawn: tuple[Array, Array], x: float, m: int) -> None:
    sigma, v = drawn
    top = np.linalg.eigvalsh(sigma)[-1]
    assume(top > 0)
    before, D = v @ sigma @ v, effective(sigma)
    after = variance.form_moments(sigma, v, sigma, alpha=x / top, n=m)[0]
    assert after >= D / (m + D) * before - ROUNDING * after
    assert x > 1 or after <= (m + D) / m * before + ROUNDING * after
    for share in (0.1, 0.5, 0.9) if before > 0 else ():  # T4.general
        assert m >= (1 - share) / share * D or after > share * before * (1 - ROUNDING)


@SOME
@given(many_tasks())
def test_a_mean_weight_lies_between_its_bounds(drawn: tuple[Environment, float, int]) -> None:
    environment, alpha, m = drawn
    found = Measured(environment, alpha, m)
    least, most = min(found.D), max(found.D)
    scale = ROUNDING * np.linalg.norm(found.mean_Q)
    assert np.linalg.eigvalsh(found.mean_Q - least / (m + least) * found.mean_S)[0] >= -scale
    assert np.linalg.eigvalsh((m + most) / m * found.mean_S - found.mean_Q)[0] >= -scale


def test_the_bounds_of_the_sandwich_are_attained() -> None:
    """From below at alpha l = m/(m+D) in the top direction; from above as a direction without curvature is left."""
    sigma, m = np.diag([2.0, 2.0, 1e-9]), 3
    D = effective(sigma)
    Q = weight(sigma, m / (m + D) / 2.0, m)
    assert Q[0, 0] / 2.0 == pytest.approx(D / (m + D), rel=1e-9)
    Q = weight(sigma, 1 / 2.0, m)
    assert Q[2, 2] / 1e-9 == pytest.approx((m + D - 1) / m, rel=1e-6)


def test_a_large_step_leaves_the_sandwich() -> None:
    Q = weight(np.diag([1.0, 0.5]), 3.0, 2)
    assert Q[0, 0] > (2 + effective(np.diag([1.0, 0.5]))) / 2


# ---------------------------------------------------------------- gains


@SOME
@given(many_tasks())
def test_the_gain_is_that_ratio_of_inner_products(drawn: tuple[Environment, float, int]) -> None:
    environment, alpha, m = drawn
    found = Measured(environment, alpha, m)
    gain = anisotropic.environment_gain(environment, alpha=alpha, m=m).value
    assert found.q_e / (found.q_e - found.q_u) == pytest.approx(gain, rel=1e-6)
    across = found.mean([found.u @ S @ e for S, e in zip(found.S, found.e, strict=True)])
    assert abs(across) <= 1e-7 * max(found.f_e, found.f_u)


@SOME
@given(many_tasks(), shares())
def test_the_gain_is_within_the_bound_of_the_sandwich(drawn: tuple[Environment, float, int], g: float) -> None:
    environment, alpha, m = drawn
    found = Measured(environment, alpha, m)
    assume(found.q_u > 1e-6 * found.q_e)  # else rounding is all there is
    at = {**found.values(), sy.D_min: min(found.D), sy.D_max: max(found.D), sy.m: m}
    assert holds("N1.deff", at)
    if m >= max(found.D):
        assert holds("N1.deff.samples", {**at, sy.g: g})
    least, most = min(found.D) / (m + min(found.D)), (m + max(found.D)) / m
    assert holds("N1.sandwiched", {**found.values(), sy.c_1: least, sy.c_2: most})


def sharp(found: Measured) -> tuple[Array, float, Array]:
    """S M^-1 S, the largest eigenvalue of E[Q] against it, and its eigenvector."""
    M = found.mean([S @ np.linalg.solve(Q, S) for S, Q in zip(found.S, found.Q, strict=True)])
    middle = found.mean_S @ np.linalg.solve(M, found.mean_S)
    root = np.linalg.inv(np.linalg.cholesky((middle + middle.T) / 2))
    values, vectors_ = np.linalg.eigh(root @ found.mean_Q @ root.T)
    return middle, values[-1], root.T @ vectors_[:, -1]


@SOME
@given(many_tasks())
def test_no_geometry_gains_more_than_the_sharp_bound_and_one_attains_it(drawn: tuple[Environment, float, int]) -> None:
    environment, alpha, m = drawn
    assume(m >= 2)  # else weights may be too badly conditioned for doubles
    found = Measured(environment, alpha, m)
    middle, largest, y = sharp(found)
    if found.q_u > 1e-6 * found.q_e:
        at = {**found.values(), sy.q_k: found.u @ middle @ found.u, sy.Lambda: largest}
        assert holds("N1.general", at)
    assume(largest > 1 + 1e-3)
    M_y = np.linalg.solve(found.mean([S @ np.linalg.solve(Q, S) for S, Q in zip(found.S, found.Q, strict=True)]),
                          found.mean_S @ y)  # fmt: skip
    best = Environment(
        tuple(
            Task(t.covariance, y - np.linalg.solve(Q, t.covariance @ M_y), t.probability)
            for t, Q in zip(environment.tasks, found.Q, strict=True)
        )
    )
    assert anisotropic.environment_gain(best, alpha=alpha, m=m).value == pytest.approx(largest, rel=1e-5)


@st.composite
def isotropic(draw: st.DrawFn) -> tuple[Environment, float, int]:
    """1 to 6 isotropic classes in dimension 1 to 3, any step size."""
    d, k = draw(st.integers(1, 3)), draw(st.integers(1, 6))
    p = [draw(st.integers(1, 8)) for _ in range(k)]
    tasks = tuple(
        Task(draw(scales(-2, 2)) * np.eye(d), draw(vectors(d)), x / sum(p), spread=draw(spreads())) for x in p
    )
    assume(any(t.spread > 0 for t in tasks) or np.ptp([t.optimum for t in tasks], axis=0).max() > 0.1)
    return Environment(tasks), draw(scales(-2, 2)), draw(counts(1000))


@SOME
@given(isotropic())
def test_isotropic_classes_gain_at_most_the_product_of_two_means(drawn: tuple[Environment, float, int]) -> None:
    environment, alpha, m = drawn
    found = Measured(environment, alpha, m)
    assume(found.q_u > 1e-6 * found.q_e)
    rho, s = np.array([S[0, 0] for S in found.S]), np.array([Q[0, 0] for Q in found.Q])
    share, h = np.array(found.shares) * rho, s / rho
    share /= share.sum()
    across = sum(x * y * e for x, y, e in zip(share, h, found.e, strict=True))
    squares = [e @ e + t.spread for e, t in zip(found.e, environment.tasks, strict=True)]
    at = {sy.h_1: share @ h, sy.h_2: share @ (1 / h), sy.h_e: share @ (h * squares), sy.h_u: across @ across}
    assert holds("N1.isotropic", at)
    statement = CLAIMS["N1.isotropic"].statement
    assert isinstance(statement, Inequality)
    gain = anisotropic.environment_gain(environment, alpha=alpha, m=m).value
    assert float(statement.lhs.subs(at)) == pytest.approx(gain, rel=1e-6)


# ---------------------------------------------------------------- the easy/hard mixture


def limits(mixture: Mixture) -> tuple[float, float, float]:
    """The limiting gain - 1 at alpha = 1/rho_E, kappa S, and r, all from the parameters."""
    kappa = (1 - mixture.p) * mixture.rho_E / (mixture.p * mixture.rho_H)
    far = (kappa / (1 + kappa)) ** 2 * mixture.Delta**2 / mixture.V_H
    return far, kappa * (1 + (mixture.V_E + mixture.Delta**2) / mixture.V_H), mixture.rho_H / mixture.rho_E


@SOME
@given(mixtures(inverse=True, largest=10**4), shares(), st.sampled_from([0.5, 1.0, 2.0]))
def test_the_first_m_with_a_share_of_the_limit_lies_between_its_bounds(
    mixture: Mixture, theta: float, x: float
) -> None:
    assume(mixture.V_H > 0)
    far, size, r = limits(mixture)
    unit = (mixture.d + 1) / (1 - r) ** 2
    lower = unit * max(theta * size / (1 - theta) - r**2, 1 / (1 - np.sqrt(theta)) - r**2)
    upper = unit * (size + 2) / (1 - theta)
    star = (mixture.d + 1) * (1 + r) / (1 - r)
    assume(upper < 1e12)

    def reached(m: int) -> float:
        return (replace(mixture, m=m).gain().value - 1) / (theta * far) - 1

    assume(far > 1e-6)
    assert reached(int(np.ceil(upper)) + 1) >= -1e-6
    below = int(np.floor(x * lower)) - 1
    if max(star, 1) <= below < lower:
        assert reached(below) <= 1e-6


@SOME
@given(mixtures(), scales(-4, 4))
def test_the_direction_of_the_shift_for_every_step_size(mixture: Mixture, x: float) -> None:
    """T1.alpha, above 2/(rho_H + rho_E) too."""
    at = replace(mixture, alpha=x / mixture.rho_E, V_H=0.0, V_E=0.0)
    erm, maml = at.erm(), at.maml()
    difference, error = maml.value - erm.value, 4 * (maml.error + erm.error)
    left, right = at.alpha * (at.rho_H + at.rho_E) * (at.m + at.d + 1), 2 * at.m
    if abs(left - right) > 1e-9 * right:
        assert (difference > -error) if left < right else (difference < error)


@SOME
@given(scales(-2, 2), scales(-3, 3), counts(1000), st.integers(1, 3), spreads(), scales(-2, 2))
def test_one_step_helps_when_help_says_so(rho: float, x: float, m: int, d: int, noise: float, far: float) -> None:
    environment, alpha = Environment((Task(rho * np.eye(d), np.zeros(d), noise=noise),)), x / rho
    v = far * np.eye(d)[0]
    before, after = (anisotropic.environment_risk(environment, v, alpha=alpha, m=m, steps=k).value for k in (0, 1))
    statement = CLAIMS["HELP"].statement
    assert isinstance(statement, Equivalence) and isinstance(statement.left, Relation)
    at = {sy.rho: rho, sy.alpha: alpha, sy.d: d, sy.m: m, sy.nu: noise, sy.v_0: far}
    change = float(statement.left.lhs.subs(at))
    assert after - before == pytest.approx(change, rel=1e-9, abs=1e-9 * (before + after))
    if abs(change) > 1e-9 * (before + after):
        assert (after < before) == says(statement.right, at, 0.0)


# ---------------------------------------------------------------- how averages are reduced


def test_a_bound_on_a_mean_is_reduced_to_each_of_its_matrices() -> None:
    for name in ("A3.mixture.lower", "A3.mixture.upper"):
        statement = CLAIMS[name].statement
        assert isinstance(statement, LoewnerOrder) and statement.averaged
        assert "any number of PSD Sigma_i" in reduction(CLAIMS[name])
