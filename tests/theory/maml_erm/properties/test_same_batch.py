"""Several steps on the same batch, from the definition: every expectation expanded, index by index."""

from __future__ import annotations

from fractions import Fraction as F

from hypothesis import given
from hypothesis import strategies as st

from tests.theory.maml_erm.properties.exactly import Rows, matrix_right, number, right, times, turned
from theory.maml_erm.claims.same_batch import fresh, same
from theory.maml_erm.definitions.moments import exact_excess_risk
from theory.maml_erm.formulas.mixture import m_star
from theory.maml_erm.formulas.symbols import m, n, rho

STEPS = st.sampled_from([F(1, 5), F(1, 2), F(1), F(2)])
LOWER = st.sampled_from([[[F(1)]], [[F(2)]], [[F(1), F(0)], [F(1, 2), F(1)]], [[F(1), F(0)], [F(-1), F(1, 3)]]])


def left(root: F, d: int, samples: int, alpha: F, steps: int) -> F:
    """What the steps on one batch leave of the loss of a task with inputs root g, by the definition."""
    L = [[root if i == j else F(0) for j in range(d)] for i in range(d)]
    risk = exact_excess_risk(L, [F(1)] + [F(0)] * (d - 1), alpha, samples, F(0), steps=steps, fresh=False)
    return 2 * risk / root**2


@given(LOWER, st.integers(1, 2), STEPS, st.sampled_from([F(0), F(1), F(-1, 2)]))
def test_two_steps(L: Rows, samples: int, alpha: F, second: F) -> None:
    """SB.two_steps for correlated inputs, at any gap."""
    gap = [F(1), second][: len(L)]
    weight = matrix_right("SB.two_steps", {"Sigma": times(L, turned(L))}, d=len(L), n=samples, alpha=alpha)
    stated = times([gap], weight, [[x] for x in gap])[0][0] / 2
    assert exact_excess_risk(L, gap, alpha, samples, F(0), steps=2, fresh=False) == stated
    assert exact_excess_risk(L, gap, alpha, samples, F(0), steps=2, fresh=True) != stated


@given(st.integers(1, 2), st.integers(1, 2), STEPS, st.sampled_from([F(1, 2), F(1), F(2)]))
def test_isotropic(d: int, samples: int, alpha: F, root: F) -> None:
    stated = right("SB.two_steps.isotropic", rho=root**2, alpha=alpha, d=d, n=samples) / root**2
    assert left(root, d, samples, alpha, 2) == stated


@given(st.integers(1, 4), st.sampled_from([(1, 1), (1, 2), (1, 3), (2, 1)]), STEPS, st.sampled_from([F(1, 2), F(1)]))
def test_the_same_batch_leaves_at_least_the_fresh_factor(steps: int, size: tuple[int, int], alpha: F, root: F) -> None:
    """What SB.jensen is for: K steps leave at least the K-th power of what one leaves, and more from K = 2 on."""
    d, samples = size
    once = number(fresh(rho, n), rho=root**2, alpha=alpha, d=d, n=samples)
    measured = left(root, d, samples, alpha, steps)
    assert measured == once if steps == 1 else measured > once**steps


@given(
    st.sampled_from([F(1, 4), F(1, 2), F(9, 10)]),
    st.sampled_from([F(1, 4), F(1), F(7, 4)]),
    st.sampled_from([(1, 1), (1, 2), (1, 4), (2, 1), (2, 2)]),
)
def test_the_threshold_is_higher(ratio: F, share: F, size: tuple[int, int]) -> None:
    """SB.threshold by the definition: hard tasks are favoured above m* only. The curvatures are ratio^2 and 1."""
    d, samples = size
    alpha = share / (1 + ratio**2)
    star = number(m_star, rho_H=ratio**2, rho_E=1, alpha=alpha, d=d)
    favours_hard = left(F(1), d, samples, alpha, 2) <= left(ratio, d, samples, alpha, 2)
    assert samples > star or not favours_hard


@given(st.sampled_from([F(1, 4), F(1, 2), F(9, 10)]), st.integers(1, 40), st.integers(1, 40))
def test_at_the_fresh_threshold_the_same_batch_favours_easy_tasks(rho_H: F, d: int, samples: int) -> None:
    """At the step size for which m* is this number of samples, far from where the definition can be expanded."""
    alpha = 2 * F(samples) / ((1 + rho_H) * (samples + d + 1))
    values = {"alpha": alpha, "d": d, "m": samples}
    assert number(m_star, rho_H=rho_H, rho_E=1, alpha=alpha, d=d) == samples
    assert number(same(rho, m), rho=F(1), **values) > number(same(rho, m), rho=rho_H, **values)
    assert number(fresh(rho, m), rho=F(1), **values) == number(fresh(rho, m), rho=rho_H, **values)
