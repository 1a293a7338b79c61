"""Risks and solutions for any environment against exact rationals, the isotropic cubature and simulation."""

from fractions import Fraction as F

import numpy as np
import pytest

from theory.maml_erm.definitions import anisotropic as an
from theory.maml_erm.definitions import moments as mo
from theory.maml_erm.definitions.cubature import Mixture
from theory.maml_erm.definitions.naive import risk
from theory.maml_erm.definitions.tasks import Environment, Task, easy_hard
from verify.runtime.errors import BadInput

FACTORS = [[[F(1), F(0)], [F(1, 2), F(1, 2)]], [[F(1), F(1)], [F(0), F(1)]], [[F(1, 2), F(0)], [F(0), F(1)]]]
CENTRES = [[F(1), F(0)], [F(0), F(1)], [F(-1), F(-1)]]
CHANCES = [F(1, 2), F(1, 4), F(1, 4)]
NU2 = F(1, 4)


def _environment(spread: float = 0.0) -> Environment:
    return Environment(
        tuple(
            Task(np.array(mo.covariance_of(L), float), np.array(c, float), float(p), spread=spread, noise=0.5)
            for L, c, p in zip(FACTORS, CENTRES, CHANCES, strict=True)
        )
    )


@pytest.mark.parametrize("steps", [1, 2])
def test_risk_is_the_rational_one(steps: int) -> None:
    w = [F(1, 3), F(-1, 5)]
    exact = sum(
        p * mo.exact_excess_risk(L, [a - b for a, b in zip(w, c, strict=True)], F(1, 4), 2, NU2, steps=steps)
        for L, c, p in zip(FACTORS, CENTRES, CHANCES, strict=True)
    )
    got = an.environment_risk(_environment(), np.array(w, float), alpha=0.25, m=2, steps=steps)
    assert abs(got.value - exact) <= got.error < 1e-12


def test_solutions_solve_the_rational_normal_equations() -> None:
    def normal(weights) -> np.ndarray:
        terms = [
            (float(p), np.array(W, float), np.array(c, float))
            for p, W, c in zip(CHANCES, weights, CENTRES, strict=True)
        ]
        return np.linalg.solve(sum(p * W for p, W, _ in terms), sum(p * W @ c for p, W, c in terms))

    env = _environment(spread=0.3)
    assert an.erm_solution(env) == pytest.approx(normal([mo.covariance_of(L) for L in FACTORS]), rel=1e-12)
    steps = [mo.exact_step_second_moment(L, F(1, 4), 3) for L in FACTORS]
    assert an.maml_solution(env, alpha=0.25, m=3) == pytest.approx(normal(steps), rel=1e-11)


@pytest.mark.parametrize("K", [1, 3])
def test_isotropic_tasks_are_a_special_case(K: int) -> None:
    env = easy_hard(0.2, 1.0, 0.4, Delta=1.0, V_H=0.1, V_E=0.5, d=4, nu=0.3)
    mixture = Mixture(0.2, 1.0, 0.8, 4, 10, 0.4, 1.0, 0.1, 0.5, 0.3, K)
    assert an.maml_solution(env, alpha=0.8, m=10, steps=K)[0] == pytest.approx(mixture.maml().value, rel=1e-12)
    assert an.erm_solution(env)[0] == pytest.approx(mixture.erm().value, rel=1e-12)
    for floor in (False, True):
        gain = an.environment_gain(env, alpha=0.8, m=10, steps=K, floor=floor)
        assert gain.value == pytest.approx(mixture.gain(floor=floor).value, rel=1e-11)


def test_against_the_textbook_simulation() -> None:
    env, w = _environment(spread=0.3), np.array([0.2, 0.1])
    for part, floor in (("total", True), ("initialisation", False)):
        value = an.environment_risk(env, w, alpha=0.25, m=4, steps=2, floor=floor).value
        test = risk(env, w, alpha=0.25, n=4, steps=2, count=40_000, claim="anisotropic", part=part, delta=1e-8)
        assert test.agrees(value) and test.power(value) < 0.15


def test_no_unique_solution_is_refused() -> None:
    flat = Environment((Task(np.diag([1.0, 0.0]), np.zeros(2), 0.5), Task(np.diag([2.0, 0.0]), np.ones(2), 0.5)))
    with pytest.raises(BadInput, match="unique"):
        an.erm_solution(flat)
    with pytest.raises(BadInput):
        an.environment_risk(flat, np.zeros(3), alpha=0.1, m=1)
    with pytest.raises(BadInput):
        an.environment_risk(flat, np.zeros(2), alpha=0.1, m=0)
