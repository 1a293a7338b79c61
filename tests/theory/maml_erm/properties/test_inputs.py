"""Inputs that are not Gaussian, from the definition: every moment expanded over rational laws, index by index."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as F
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.theory.maml_erm.properties.exactly import (
    Rows,
    claim,
    identity,
    matrix_right,
    number,
    right,
    scaled,
    times,
    total,
)
from theory.maml_erm.definitions.moments import exact_step_second_moment, exact_word_moment, gaussian_moment
from theory.maml_erm.formulas import inputs
from theory.maml_erm.formulas.symbols import m
from verify.claims.statement import Equivalence
from verify.runtime.errors import ensured

KURTOSES = st.sampled_from([F(1), F(3, 2), F(9, 5), F(3), F(7), F(40)])  # 1 is a fair sign, the least there is
STEPS = st.sampled_from([F(1, 5), F(1, 2), F(1), F(3, 2), F(3)])
CURVATURES = st.sampled_from([F(1, 3), F(1), F(2)])
LOWER = st.sampled_from([[[F(2)]], [[F(1), F(0)], [F(1, 2), F(2)]], [[F(1), F(0)], [F(-1), F(1, 3)]]])


def three_points(kurtosis: F) -> Callable[[int], F]:
    """Moments of 0 and +-sqrt(kurtosis), of variance 1: the law that has this kurtosis and the fewest points."""
    return lambda order: F(0) if order % 2 else kurtosis ** (order // 2 - 1) if order else F(1)


@given(KURTOSES, st.integers(1, 2), st.integers(1, 3), STEPS, CURVATURES)
def test_independent_coordinates(kurtosis: F, d: int, n: int, alpha: F, rho: F) -> None:
    """KURT.iid is the second moment of a step with this law, a multiple of the identity."""
    law = three_points(kurtosis)
    measured = exact_step_second_moment(identity(d), alpha, n, variances=[rho] * d, law=law)
    stated = right("KURT.iid", alpha=alpha, rho=rho, d=d, n=n, k_4=kurtosis)
    assert measured == identity(d, stated)


@given(LOWER, st.integers(1, 2), STEPS, KURTOSES)
def test_any_law(L: Rows, n: int, alpha: F, kurtosis: F) -> None:
    """H4.Q with M measured on one row, for correlated inputs."""
    law = three_points(kurtosis)
    sigma = times(L, [list(column) for column in zip(*L, strict=True)])
    fourth = exact_word_moment(["S", sigma, "S"], L, 1, law=law)
    measured = exact_step_second_moment(L, alpha, n, law=law)
    assert measured == matrix_right("H4.Q", {"Sigma": sigma, "M": fourth}, d=len(L), n=n, alpha=alpha)


def elliptical(L: Rows, alpha: F, n: int, low: F, share: F) -> tuple[Rows, F]:
    """E[(I - alpha S) Sigma (I - alpha S)] for x = xi h: xi^2 is low with this probability, else what makes the mean 1.

    Given all xi, the rows are Gaussian; the pairs of rows are added up over every outcome of the xi.
    """
    high = (1 - share * low) / (1 - share)
    sigma = times(L, [list(column) for column in zip(*L, strict=True)])
    own = exact_word_moment(["S", sigma, "S"], L, 1)
    apart = times(sigma, sigma, sigma)
    out = []
    for outcome in product(((low, share), (high, 1 - share)), repeat=n):
        weight = F(1)
        for _, probability in outcome:
            weight *= probability
        squares = [square for square, _ in outcome]
        pairs = [
            scaled(own if a == b else apart, squares[a] * squares[b] / n**2) for a, b in product(range(n), repeat=2)
        ]
        once = scaled(times(sigma, sigma), -2 * alpha * sum(squares) / n)
        out.append(scaled(total(sigma, once, scaled(total(*pairs), alpha**2)), weight))
    return total(*out), share * low**2 + (1 - share) * high**2


@given(LOWER, st.integers(1, 3), STEPS, st.sampled_from([F(0), F(1, 2), F(1)]), st.sampled_from([F(1, 4), F(1, 2)]))
def test_elliptical_inputs(L: Rows, n: int, alpha: F, low: F, share: F) -> None:
    measured, eta = elliptical(L, alpha, n, low, share)
    sigma = times(L, [list(column) for column in zip(*L, strict=True)])
    assert measured == matrix_right("KURT.elliptical", {"Sigma": sigma}, d=len(L), n=n, alpha=alpha, eta=eta)
    assert eta >= 1 and (eta == 1) == (low == 1)


def test_the_gaussian_form_is_wrong_for_signs() -> None:
    """The control: what holds for Gaussian inputs does not hold for fair signs, nor for elliptical ones."""
    signs = exact_step_second_moment(identity(2), F(1, 2), 2, law=three_points(F(1)))
    normal = exact_step_second_moment(identity(2), F(1, 2), 2, law=gaussian_moment)
    heavy, _ = elliptical(identity(2), F(1, 2), 2, F(0), F(1, 2))
    assert signs != normal != heavy


def factor(kurtosis: F, d: int, samples: int, alpha: F, rho: F) -> F:
    """What one step leaves of a task's weight, from the definition."""
    rows = exact_step_second_moment(identity(d), alpha, samples, variances=[rho] * d, law=three_points(kurtosis))
    return rows[0][0] / rho


@given(KURTOSES, KURTOSES, st.integers(1, 2), st.integers(1, 3), STEPS, st.sampled_from([F(1, 3), F(3, 4)]))
def test_the_threshold_of_two_laws(k_H: F, k_E: F, d: int, samples: int, x: F, rho_H: F) -> None:
    """Which factor is the larger one, by the definition, is what KURT.threshold says."""
    alpha = min(x, F(19, 10)) / (1 + rho_H)
    values = {"rho_H": rho_H, "rho_E": F(1), "alpha": alpha, "d": d, "k_H": k_H, "k_E": k_E}
    star = number(ensured(claim("KURT.threshold").statement, Equivalence).right.rhs, **values)
    gap = factor(k_E, d, samples, alpha, F(1)) - factor(k_H, d, samples, alpha, rho_H)
    assert (gap < 0) == (samples > star) and (gap == 0) == (samples == star)


@given(KURTOSES, KURTOSES, st.integers(1, 2), st.integers(1, 3), st.sampled_from([F(1, 3), F(3, 4)]))
def test_at_the_threshold_the_factors_are_equal(k_H: F, k_E: F, d: int, samples: int, rho_H: F) -> None:
    """The step size at which m* is this number of samples."""
    easy, hard = d + k_E - 2, rho_H**2 * (d + k_H - 2)
    assume(easy - hard + samples * (1 - rho_H**2) > 0)
    alpha = 2 * samples * (1 - rho_H) / (easy - hard + samples * (1 - rho_H**2))
    assume(alpha > 0)
    assert factor(k_E, d, samples, alpha, F(1)) == factor(k_H, d, samples, alpha, rho_H)


@pytest.mark.parametrize("signs", [False, True])
def test_simulated_steps(signs: bool) -> None:
    """n x d simulation at d = 6: independent signs, and Gaussian rows with random scale."""
    rng = np.random.default_rng(5)
    d, n, alpha, rho, tasks = 6, 8, 0.3, 1.5, 100_000
    if signs:
        X = rng.choice([-1.0, 1.0], size=(tasks, n, d))
        stated = float(right("KURT.iid", alpha=F(3, 10), rho=F(3, 2), d=d, n=n, k_4=1))
    else:
        X = rng.standard_normal((tasks, n, d)) * np.sqrt(rng.choice([0.5, 3.0], p=[0.8, 0.2], size=(tasks, n, 1)))
        weight = inputs.elliptical_weight(m).scalar
        stated = float(number(weight, alpha=F(3, 10), rho=F(3, 2), d=d, m=n, eta=F(2)))
    X *= np.sqrt(rho)
    error = -alpha / n * np.einsum("tni,tn->ti", X, X[:, :, 0])
    error[:, 0] += 1
    losses = rho * np.sum(error**2, axis=1)
    assert abs(losses.mean() - stated) < 5 * losses.std() / np.sqrt(tasks)
