"""N4, N5, FAIR, NOISE, U1.table and the solutions over R^d, on random draws of the definition, without formulas."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from theory.maml_erm import THEORY
from theory.maml_erm.definitions import anisotropic
from theory.maml_erm.definitions.cubature import Mixture
from theory.maml_erm.definitions.tasks import Environment, Task
from theory.maml_erm.strategies import environments, mixtures, step_sizes
from verify.testing.strategies import scales, shares, vectors

Array = np.ndarray
FEW = settings(max_examples=10) if settings.default.max_examples <= 20 else settings()


def risk(environment: Environment, w: Array, alpha: float, m: int) -> float:
    return anisotropic.environment_risk(environment, w, alpha=alpha, m=m, floor=False).value


def part(environment: Environment, chosen: list[int], w: Array, alpha: float, m: int) -> float:
    """What some of the tasks add to E_m(w)."""
    tasks = [environment.tasks[i] for i in chosen]
    share = sum(t.probability for t in tasks)
    own = Environment(tuple(replace(t, probability=t.probability / share) for t in tasks))
    return share * risk(own, w, alpha, m)


@FEW
@given(environments(classes=4), st.data())
def test_a_gain_comes_from_a_class_that_maml_improves(environment: Environment, data: st.DataObject) -> None:
    """N4 for any number of tasks, any covariances and any partition into classes."""
    environment = Environment(tuple(replace(t, spread=t.spread + 0.01) for t in environment.tasks))
    alpha, m = data.draw(step_sizes(environment)), data.draw(st.integers(1, 50))
    labels = data.draw(st.lists(st.integers(0, 2), min_size=4, max_size=4))[: len(environment.tasks)]
    erm, maml = anisotropic.erm_solution(environment), anisotropic.maml_solution(environment, alpha=alpha, m=m)
    gain = risk(environment, erm, alpha, m) / risk(environment, maml, alpha, m)
    assume(gain > 1 + 1e-6)
    bounds = []
    for _, group in groupby(sorted(range(len(labels)), key=labels.__getitem__), key=labels.__getitem__):
        chosen = list(group)
        above, below = (part(environment, chosen, w, alpha, m) for w in (erm, maml))
        centre = anisotropic.quadratic_minimiser(
            lambda w, c=chosen: part(environment, c, w, alpha, m), environment.mean_optimum(), 1.0
        )
        spread = part(environment, chosen, centre, alpha, m)
        # G1 inside the class: the rest of either risk is the squared distance from the class's own best point.
        assert above >= spread * (1 - 1e-9) and below >= spread * (1 - 1e-9)
        if below < above:
            bounds.append(1 + (above - spread) / spread)
    assert gain <= max(bounds) * (1 + 1e-8)


@st.composite
def commuting(draw: st.DrawFn) -> tuple[Environment, float, int]:
    """Hard and easy tasks with the same eigenvectors, above the threshold of every direction."""
    d = draw(st.integers(1, 3))
    hard = np.array([draw(scales(-2, 0)) for _ in range(d)])
    easy = hard * np.array([1 + draw(shares()) * 5 + 0.01 for _ in range(d)])
    share = draw(shares())
    alpha = 1.9 * draw(shares()) / (hard + easy).max()
    gaps = 2 - alpha * (hard + easy)
    stars = alpha * (easy**2 - hard**2 + (easy**2).sum() - (hard**2).sum()) / ((easy - hard) * gaps)
    tasks = (
        Task(np.diag(hard), draw(vectors(d)), probability=share, spread=draw(scales(-2, 2)), name="hard"),
        Task(np.diag(easy), draw(vectors(d)), probability=1 - share, spread=draw(scales(-2, 2)), name="easy"),
    )
    return Environment(tasks), alpha, int(np.ceil(stars.max() * draw(st.sampled_from([1.0, 1.5, 10.0]))))


def weight(covariance: Array, alpha: float, m: int) -> Array:
    """Q^(m) of a diagonal covariance, from values of the risk at unit vectors."""
    d = len(covariance)
    one = Environment((Task(covariance, np.zeros(d)),))
    return np.diag([2 * risk(one, x, alpha, m) for x in np.eye(d)])


@FEW
@given(commuting())
def test_commuting_covariances_above_every_threshold(drawn: tuple[Environment, float, int]) -> None:
    """N5, and that it is strict where the means differ."""
    environment, alpha, m = drawn
    hard, easy = environment.tasks
    between = hard.optimum - easy.optimum
    assume(m >= 1 and m < 10**7 and np.abs(between).max() > 1e-3)
    gain = anisotropic.environment_gain(environment, alpha=alpha, m=m).value
    odds = easy.probability * np.diag(easy.covariance) / (hard.probability * np.diag(hard.covariance))
    Q = weight(hard.covariance, alpha, m)
    spread = np.trace(Q) * hard.spread / len(Q)
    bound = ((odds / (1 + odds)) ** 2).max() * (between @ Q @ between) / spread
    assert gain - 1 <= bound + 1e-8 * gain


@given(mixtures())
def test_packing_on_both_sides_of_the_threshold(mixture: Mixture) -> None:
    """N2 and N2.below in their sharp forms, and FAIR, by the sign of what MAML does to the ERM weight."""
    a, b = mixture.erm(), mixture.maml()
    assume(abs(a.value - b.value) > 1e-6)
    gain = mixture.gain()
    left = 4 * gain.error + 1e-9 * gain.value
    hard = b.value > a.value  # MAML favours the hard tasks
    spread, distance = (mixture.V_H, 1 - a.value) if hard else (mixture.V_E, a.value)
    assert (gain.value - 1) * spread <= (distance * mixture.Delta) ** 2 + left * max(spread, 1.0)
    for mine, favoured in ((0.0, not hard), (1.0, hard)):
        # E_m of a class grows with the distance of w from its mean, at c = 0 for the easy tasks, 1 for the hard.
        assert (abs(b.value - mine) < abs(a.value - mine)) == favoured


@given(mixtures(), st.integers(1, 10**6))
def test_training_between_the_threshold_and_the_test_never_loses(mixture: Mixture, n: int) -> None:
    """U1.table, with the position of n and m told by what the solutions do."""
    a, b = mixture.erm().value, mixture.maml().value
    trained = replace(mixture, m=n).maml().value
    erm, maml = (mixture.risk(x, floor=False) for x in (a, trained))
    error = 8 * (erm.error + maml.error)
    if min(a, b) <= trained <= max(a, b):
        assert maml.value <= erm.value + error
    elif (trained - a) * (b - a) <= 0:
        assert maml.value >= erm.value - error
    else:
        assert (maml.value <= erm.value + error) or abs(trained - b) > abs(a - b) - 1e-9


@given(mixtures(noise=True), shares())
def test_a_gain_leaves_room_for_so_much_floor(mixture: Mixture, share: float) -> None:
    """NOISE: at equality the gain with the floor is 1 + g."""
    gain = mixture.gain(floor=True)
    assume(gain.value > 1 + 1e-6 and gain.error < 1e-10)
    above, below = (mixture.risk(x.value, floor=False).value for x in (mixture.erm(), mixture.maml()))
    floor = mixture.risk(mixture.erm().value, floor=True).value - above
    for g in ((gain.value - 1) * share, (gain.value - 1) * (1 + share)):
        room = (above - (1 + g) * below) / g
        assert (floor <= room) == (gain.value >= 1 + g) or abs(floor - room) <= 1e-6 * max(floor, abs(room))


@FEW
@given(st.integers(2, 3).flatmap(lambda d: st.tuples(vectors(d), vectors(d), vectors(d))), scales(-1, 1), st.data())
def test_solutions_minimise_over_all_of_space(
    drawn: tuple[Array, Array, Array], spread: float, data: st.DataObject
) -> None:
    """S0.solution.everywhere: the minimiser over R^d of two isotropic classes lies between their means."""
    hard_mean, easy_mean, elsewhere = drawn
    d, share = len(hard_mean), data.draw(shares())
    environment = Environment(
        (
            Task(np.eye(d) / 2, hard_mean, probability=share, spread=spread),
            Task(np.eye(d) * 2, easy_mean, probability=1 - share, spread=spread),
        )
    )
    delta = hard_mean - easy_mean
    assume(delta @ delta > 1e-6)
    for w in (anisotropic.erm_solution(environment), anisotropic.maml_solution(environment, alpha=0.4, m=9)):
        c = (w - easy_mean) @ delta / (delta @ delta)
        assert -1e-9 < c < 1 + 1e-9
        assert np.allclose(w, easy_mean + c * delta, atol=1e-7 * (1 + np.abs(w).max()))
    best = anisotropic.maml_solution(environment, alpha=0.4, m=9)
    assert risk(environment, elsewhere, 0.4, 9) >= risk(environment, best, 0.4, 9) * (1 - 1e-9)


@pytest.mark.parametrize("name", ["N1", "S1", "S1.mixture", "T1"])
def test_what_the_abstract_does_not_state_is_not_ascribed_to_it(name: str) -> None:
    """Hardness discrepancy (N1, S1) and the exact number of samples (T1); the control is what it does state."""
    assert THEORY.stated[name].source == "this project"
    assert THEORY.stated["N2"].source.startswith("abstract of")
