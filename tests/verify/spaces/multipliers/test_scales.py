"""Units of multipliers: those of a contraction are gamma/L."""

from __future__ import annotations

import pytest
import sympy as sp

from tests.verify.spaces.forms import L, contraction, g, mu, norm2, problem, total, vec
from verify.runtime.budget import Budget
from verify.spaces.multipliers.gram import Inequality
from verify.spaces.multipliers.multipliers import system_of
from verify.spaces.multipliers.scales import Scales

STEP = ["mu > 0", "L > mu", "gamma > 0", "gamma <= 2/(L + mu)"]


@pytest.mark.parametrize(
    ("e", "right"),
    [
        (g * (1 - g * mu) / (L - mu), True),
        (g**2, True),
        (g / L, True),
        (g, False),
        (1 / (L + mu), False),
        (g * (1 - mu) / (L - mu), False),
        (g + 1, False),
    ],
)
def test_a_multiplier_has_the_units_of_the_goal_by_the_hypothesis(e: sp.Expr, right: bool) -> None:
    system = system_of(contraction((1 - g * mu) ** 2, STEP), Budget())
    assert system is not None
    scales = Scales(system)
    assert (scales.weight(system.home.read(e)) == scales.wanted[0]) is right


def test_a_number_in_a_condition_is_a_unit() -> None:
    """Where gamma <= 1 is said, gamma has no unit; where it is not, it has."""
    a = vec(a=1)
    for conditions, right in ((["gamma > 0", "gamma <= 1"], True), (["gamma > 0"], False)):
        stated = problem(conditions, total((g, norm2(a))), Inequality("a", ">=", norm2(a)))
        system = system_of(stated, Budget())
        assert system is not None
        assert (Scales(system).weight(system.home.read(g + 1)) is not None) is right
