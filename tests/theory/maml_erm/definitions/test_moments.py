"""The exact moments against integrals that can be done by hand, and against controls that must differ."""

from fractions import Fraction as F
from itertools import product

import pytest

from theory.maml_erm.definitions import moments as mo
from verify.runtime.errors import BadInput

I2 = [[F(1), F(0)], [F(0), F(1)]]
L2 = [[F(1), F(0)], [F(1, 2), F(2)]]


@pytest.mark.parametrize(("order", "value"), [(1, 1), (2, 3), (3, 15), (4, 105)])
def test_powers_of_one_sample_are_normal_moments(order: int, value: int) -> None:
    assert mo.exact_word_moment(["S"] * order, [[F(1)]], 1) == [[value]]


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_powers_in_one_dimension_are_chi_square_moments(n: int) -> None:
    # n S ~ chi2_n, whose third moment is n (n + 2) (n + 4).
    assert mo.exact_word_moment(["S"] * 3, [[F(1)]], n) == [[F(n * (n + 2) * (n + 4), n**3)]]


def test_fair_signs_are_enumerated() -> None:
    """Rademacher inputs have finitely many outcomes: the moment is the plain average over all 16 of them."""
    total = [[F(0)] * 2 for _ in range(2)]
    for bits in product((-1, 1), repeat=4):
        rows = [[L2[i][0] * bits[2 * a] + L2[i][1] * bits[2 * a + 1] for i in range(2)] for a in range(2)]
        S = [[sum(r[i] * r[j] for r in rows) / 2 for j in range(2)] for i in range(2)]
        for i, j in product(range(2), repeat=2):
            total[i][j] += sum(S[i][k] * S[k][m] * S[m][j] for k in range(2) for m in range(2)) / 16
    assert mo.exact_word_moment(["S", "S", "S"], L2, 2, law=mo.rademacher_moment) == total
    assert mo.exact_word_moment(["S", "S", "S"], L2, 2) != total


def test_trace_inside_a_word() -> None:
    # In one dimension a trace is the number itself; in two, tr(S) S sums the words with the identity split up.
    assert mo.exact_word_moment(["S", ("tr", ["S"])], [[F(2)]], 3) == mo.exact_word_moment(["S", "S"], [[F(2)]], 3)
    projections = [[[F(1), F(0)], [F(0), F(0)]], [[F(0), F(0)], [F(0), F(1)]]]
    swaps = [[[F(0), F(1)], [F(0), F(0)]], [[F(0), F(0)], [F(1), F(0)]]]
    trace = mo.exact_word_moment([("tr", ["S", "S"]), "S"], L2, 2)
    # tr(SS) I = sum over k, m of E_mk SS E_km with the matrix units E.
    units = [(projections[0], projections[0]), (swaps[1], swaps[0]), (swaps[0], swaps[1]), (projections[1],) * 2]
    parts = [mo.exact_word_moment([left, "S", "S", right, "S"], L2, 2) for left, right in units]
    assert trace == [[sum(p[i][j] for p in parts) for j in range(2)] for i in range(2)]


def test_rotating_the_factor_changes_nothing() -> None:
    """L and L R with R orthogonal have the same covariance, hence the same moments: true of normals only."""
    R = [[F(3, 5), F(-4, 5)], [F(4, 5), F(3, 5)]]
    turned = [[sum(L2[i][k] * R[k][j] for k in range(2)) for j in range(2)] for i in range(2)]
    gap = [F(1), F(-1, 2)]
    for order in (1, 2):
        args = (gap, F(1, 3), 2, F(1, 5))
        assert mo.exact_excess_risk(L2, *args, order=order) == mo.exact_excess_risk(turned, *args, order=order)
    signs = {"law": mo.rademacher_moment}
    assert mo.exact_word_moment(["S", "S"], L2, 2, **signs) != mo.exact_word_moment(["S", "S"], turned, 2, **signs)


def test_factorise_and_variances_reach_any_covariance() -> None:
    covariance = [[F(4), F(2)], [F(2), F(3)]]
    L, variances = mo.factorise(covariance)
    assert mo.covariance_of(L, variances) == covariance
    assert mo.exact_word_moment(["S"], L, 3, variances=variances) == covariance
    singular = [[F(1), F(2)], [F(2), F(4)]]
    L, variances = mo.factorise(singular)
    assert mo.covariance_of(L, variances) == singular


def test_one_sample_excess_risk_by_hand() -> None:
    # d = n = 1, x and z standard normal, v = 1, alpha = 1: e = 1 - x^2 + x z, E e^2 = 1 - 2 + 3 + 1 = 3.
    assert mo.exact_excess_risk([[F(1)]], [F(1)], F(1), 1, F(1)) == F(3, 2)
    # Order 2 squares 1/2 e^2: E e^4 = E(1 - x^2)^4 + 6 E(1-x^2)^2 x^2 + 3 E x^4.
    x = [1, 1, 3, 15, 105]
    fourth = x[0] - 4 * x[1] + 6 * x[2] - 4 * x[3] + x[4]
    assert mo.exact_excess_risk([[F(1)]], [F(1)], F(1), 1, F(1), order=2) == F(fourth + 6 * (1 - 2 * 3 + 15) + 9, 4)


def test_risk_is_the_quadratic_form_of_the_step_matrix_plus_a_floor() -> None:
    gap, alpha, n, nu2 = [F(1), F(-1, 2)], F(1, 3), 3, F(1, 5)
    Q = mo.exact_step_second_moment(L2, alpha, n)
    form = sum(gap[i] * Q[i][j] * gap[j] for i in range(2) for j in range(2)) / 2
    floor = mo.exact_excess_risk(L2, [F(0), F(0)], alpha, n, nu2)
    assert mo.exact_excess_risk(L2, gap, alpha, n, nu2) == form + floor
    assert floor > 0


def test_fresh_batches_compose_and_a_reused_batch_differs() -> None:
    gap, alpha = [F(1), F(-1, 2)], F(1, 3)
    inner = mo.exact_step_second_moment(L2, alpha, 2)
    twice = mo.exact_step_second_moment(L2, alpha, 2, inside=inner)
    form = sum(gap[i] * twice[i][j] * gap[j] for i in range(2) for j in range(2)) / 2
    assert mo.exact_excess_risk(L2, gap, alpha, 2, F(0), steps=2) == form
    assert mo.exact_excess_risk(L2, gap, alpha, 2, F(0), steps=2, fresh=False) != form


@pytest.mark.parametrize(
    "call",
    [
        lambda: mo.exact_word_moment(["S"], [[0.5]], 1),
        lambda: mo.exact_word_moment(["S"], [[F(1)]], 0),
        lambda: mo.exact_word_moment(["T"], [[F(1)]], 1),
        lambda: mo.exact_word_moment(["S", I2], [[F(1)]], 1),
        lambda: mo.exact_excess_risk([[F(1)]], [F(1)], F(0), 1, F(1)),
        lambda: mo.exact_excess_risk([[F(1)]], [F(1)], F(1), 1, F(-1)),
        lambda: mo.exact_excess_risk([[F(1)]], [F(1), F(1)], F(1), 1, F(0)),
        lambda: mo.factorise([[F(1), F(2)], [F(2), F(1)]]),
        lambda: mo.factorise([[F(0), F(1)], [F(1), F(0)]]),
        lambda: mo.exact_word_moment(["S"], [[F(1)]], 1, variances=[F(-1)]),
    ],
)
def test_bad_input_is_refused(call) -> None:
    with pytest.raises(BadInput):
        call()
