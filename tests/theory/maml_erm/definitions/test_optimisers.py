"""The textbook algorithms end where their defining equations say, with error bars that are true.

The expected solutions solve E[H_i] w = E[H_i w_i*] with H_i expanded in exact rationals from the definition of each
algorithm (moments.py), so nothing here is a closed form of the theory.
"""

from fractions import Fraction as F

import numpy as np
import pytest
from scipy.stats import chi2

from theory.maml_erm.definitions import moments as mo
from theory.maml_erm.definitions.methods import ERM, IMAML, MAML, Reptile
from theory.maml_erm.definitions.optimisers import solve
from theory.maml_erm.definitions.tasks import Environment, Task, easy_hard
from verify.runtime.errors import BadInput

ALPHA, N = F(1, 4), 3
FACTORS = [[[F(1), F(0)], [F(1, 2), F(1, 2)]], [[F(1), F(1)], [F(0), F(1)]], [[F(1, 2), F(0)], [F(0), F(1)]]]
CENTRES = [[F(1), F(0)], [F(0), F(1)], [F(-1), F(-1)]]
CHANCES = [F(1, 2), F(1, 4), F(1, 4)]
ENV = Environment(
    tuple(
        Task(np.array(mo.covariance_of(L), float), np.array(c, float), probability=float(p), spread=0.05, noise=0.2)
        for L, c, p in zip(FACTORS, CENTRES, CHANCES, strict=True)
    )
)
EYE = [[F(1), F(0)], [F(0), F(1)]]


def _word(L, *factors) -> np.ndarray:
    return np.array(mo.exact_word_moment(list(factors), L, N), float)


def _step_mean(L) -> np.ndarray:
    """E[I - alpha S]."""
    return np.eye(2) - 0.25 * _word(L, "S")


def _reused(L) -> np.ndarray:
    """E[(I - alpha S)^2 Sigma (I - alpha S)^2], all powers expanded."""
    sigma = mo.covariance_of(L)
    coefficients = {0: 1.0, 1: -0.5, 2: 0.0625}  # (1 - x/4)^2
    return sum(
        a * b * _word(L, *["S"] * i, sigma, *["S"] * j)
        for i, a in coefficients.items()
        for j, b in coefficients.items()
    )


def _twice(L) -> np.ndarray:
    inner = mo.exact_step_second_moment(L, ALPHA, N)
    return np.array(mo.exact_step_second_moment(L, ALPHA, N, inside=inner), float)


def _sigma(L) -> np.ndarray:
    return np.array(mo.covariance_of(L), float)


def _proximal(L) -> np.ndarray:
    shrink = np.linalg.inv(_sigma(L) + 0.5 * np.eye(2)) * 0.5
    return shrink @ _sigma(L) @ shrink


METHODS = {
    "erm": (ERM(4), _sigma),
    "maml": (MAML(0.25, N, 4), lambda L: np.array(mo.exact_step_second_moment(L, ALPHA, N), float)),
    "maml two steps": (MAML(0.25, N, 4, steps=2), _twice),
    "maml one batch twice": (MAML(0.25, N, 4, steps=2, fresh=False), _reused),
    "first order": (MAML(0.25, N, 4, first_order=True), lambda L: _sigma(L) @ _step_mean(L)),
    "reptile": (Reptile(0.25, N, 2), lambda L: np.eye(2) - _step_mean(L) @ _step_mean(L)),
    "imaml": (IMAML(0.5, query=4), _proximal),
}


def _expected(weight) -> np.ndarray:
    terms = [(float(p), weight(L), np.array(c, float)) for L, c, p in zip(FACTORS, CENTRES, CHANCES, strict=True)]
    return np.linalg.solve(sum(p * W for p, W, _ in terms), sum(p * W @ c for p, W, c in terms))


@pytest.mark.parametrize("name", METHODS)
def test_solution_within_its_error_bar(name: str) -> None:
    """Seven asymptotic tests at 1e-6 each; a solution off by ten times the error bar, about 3 %, would be seen."""
    method, weight = METHODS[name]
    expected = _expected(weight)
    solution = solve(ENV, method, tasks=20_000, claim=f"solution {name}")
    assert solution.p_value(expected) > 1e-6
    assert solution.standard_error.max() < 0.03
    assert solution.p_value(expected + 10 * solution.standard_error) < 1e-6


def test_the_methods_end_in_different_places() -> None:
    """The control: the error bars are small enough to tell every method from ERM."""
    erm = _expected(_sigma)
    for name in ("maml", "maml two steps", "maml one batch twice", "first order", "imaml"):
        assert np.linalg.norm(_expected(METHODS[name][1]) - erm) > 0.1, name
    assert solve(ENV, METHODS["maml"][0], tasks=20_000, claim="differs").p_value(erm) < 1e-6


def test_error_bar_is_true() -> None:
    """Over 40 independent runs the sum of the squared studentised errors is chi-squared with 80 degrees of freedom."""
    expected = _expected(METHODS["maml"][1])
    scores = []
    for root in range(40):
        s = solve(ENV, METHODS["maml"][0], tasks=4000, claim="error bar", batch=20, root=root, pilot=1000)
        gap = s.w - expected
        scores.append(gap @ np.linalg.solve(s.covariance, gap))
    assert 1e-6 < chi2.sf(sum(scores), 80) < 1 - 1e-6


def test_empirical_proximal_problem_differs_from_the_population_one() -> None:
    few = solve(ENV, IMAML(0.5, n=3, query=4), tasks=20_000, claim="imaml few")
    many = solve(ENV, IMAML(0.5, n=400, query=4), tasks=4000, claim="imaml many")
    exact = _expected(_proximal)
    assert few.p_value(exact) < 1e-6 < many.p_value(exact)


def test_meta_gradient_is_the_derivative_of_the_query_loss() -> None:
    """Central differences of the loss after adaptation, on the very batches the method sampled."""
    task, optima = ENV.tasks[1], np.zeros((5, 2))
    rng = np.random.default_rng(0)
    direction = MAML(0.25, N, 4, steps=2).sample(rng, task, optima)
    again = np.random.default_rng(0)
    batches = [task.data(again, optima, N) for _ in range(2)]
    Xq, yq = task.data(again, optima, 4)
    w = np.full((5, 2), 0.3)

    def loss(u: np.ndarray) -> np.ndarray:
        for X, y in batches:
            u = u - 0.25 / N * np.einsum("tnd,tn->td", X, np.einsum("tnd,td->tn", X, u) - y)
        return 0.5 * np.mean((np.einsum("tnd,td->tn", Xq, u) - yq) ** 2, axis=1)

    slopes = np.stack([(loss(w + 1e-4 * e) - loss(w - 1e-4 * e)) / 2e-4 for e in np.eye(2)], axis=1)
    assert direction(w) == pytest.approx(slopes, abs=1e-8)


def test_implicit_gradient_is_the_derivative_of_the_query_loss() -> None:
    """The same for the proximal inner problem, which is solved here by 2000 steps of gradient descent."""
    task, optima = ENV.tasks[1], np.ones((5, 2))
    direction = IMAML(0.5, query=4).sample(np.random.default_rng(0), task, optima)
    Xq, yq = task.data(np.random.default_rng(0), optima, 4)
    w = np.full((5, 2), 0.3)

    def loss(start: np.ndarray) -> np.ndarray:
        u = start
        for _ in range(2000):
            u = u - 0.2 * ((u - optima) @ task.covariance + 0.5 * (u - start))
        return 0.5 * np.mean((np.einsum("tnd,td->tn", Xq, u) - yq) ** 2, axis=1)

    slopes = np.stack([(loss(w + 1e-4 * e) - loss(w - 1e-4 * e)) / 2e-4 for e in np.eye(2)], axis=1)
    assert direction(w) == pytest.approx(slopes, abs=1e-8)


def test_same_seed_same_bits() -> None:
    runs = [solve(ENV, ERM(4), tasks=4000, claim="bits", batch=10).w.tobytes() for _ in range(2)]
    assert runs[0] == runs[1]


def test_too_short_and_divergent_runs_are_refused() -> None:
    with pytest.raises(BadInput, match="burn-in"):
        solve(ENV, ERM(4), tasks=500, claim="short")
    steep = easy_hard(0.5, 1.0, 0.5, Delta=1.0, V_H=0.0, V_E=0.0, d=2)
    with pytest.raises(BadInput, match="eigenvalue"):
        solve(steep, MAML(2.5, 5, first_order=True), tasks=4000, claim="steep")
    for bad in ({"tasks": 0}, {"batch": 0}, {"burn_in": 1.0}, {"start": np.zeros(3)}, {"pilot": 1}):
        with pytest.raises(BadInput):
            solve(ENV, ERM(4), **{"tasks": 4000, "claim": "bad", **bad})
    for make in (
        lambda: ERM(0),
        lambda: MAML(0.0, 1),
        lambda: MAML(0.1, 0),
        lambda: Reptile(0.1, 1, 0),
        lambda: IMAML(0.0),
    ):
        with pytest.raises(BadInput):
            make()
