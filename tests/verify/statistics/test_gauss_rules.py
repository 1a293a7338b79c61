"""Gauss rules against the moments of their laws, in exact integers where rounding could hide."""

import math

import numpy as np
import pytest

from verify.runtime.errors import BadInput
from verify.statistics import gauss_rules


@pytest.mark.parametrize("order", [1, 2, 4, 9])
def test_normal_moments_are_exact_up_to_twice_the_order(order: int) -> None:
    rule = gauss_rules.normal(order)
    for k in range(2 * order):
        expected = 0 if k % 2 else math.prod(range(k - 1, 0, -2))
        size = rule.weights @ np.abs(rule.nodes) ** k  # odd moments cancel sums of this size
        assert abs(rule.weights @ rule.nodes**k - expected) <= 1e-13 * size


@pytest.mark.parametrize("dof", [1, 2, 3, 17, 1000, 10**6, 10**12])
def test_chi_square_moments(dof: int) -> None:
    rule = gauss_rules.chi_square_deviation(dof, 5)
    q = 1 + rule.nodes
    for k in range(10):
        # E Q^k = dof (dof + 2) ... (dof + 2 k - 2).
        expected = math.prod(dof + 2 * j for j in range(k)) / dof**k
        assert rule.weights @ q**k == pytest.approx(expected, rel=1e-13)
    # The variance 2/dof to full precision, which needs the deviation to be computed without cancellation.
    assert rule.weights @ rule.nodes**2 == pytest.approx(2 / dof, rel=1e-13)
    assert rule.weights.min() > 0 and np.all(q > 0)


def test_bad_input_is_refused() -> None:
    for call in (lambda: gauss_rules.normal(0), lambda: gauss_rules.chi_square_deviation(0, 3)):
        with pytest.raises(BadInput):
            call()
