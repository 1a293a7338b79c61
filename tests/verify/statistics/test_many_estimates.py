"""Many estimates at once: what is true passes, what is off by a little more than allowed is counted."""

from __future__ import annotations

import numpy as np
import pytest

from verify.runtime.errors import BadInput
from verify.statistics.many_estimates import many_estimates


def test_true_claims_pass_and_wrong_ones_are_counted() -> None:
    """The seed is fixed; with another one the true claims fail with probability 1e-6."""
    drawn = np.random.default_rng(0).standard_normal(1000)
    right = many_estimates(3 + 0.1 * drawn, np.full(1000, 0.1), np.full(1000, 3.0), 1e-6)
    assert right.agrees and right.count == 1000 and right.largest == pytest.approx(np.abs(drawn).max())
    claimed = np.full(1000, 3.0)
    claimed[7] = 4.5
    wrong = many_estimates(3 + 0.1 * drawn, np.full(1000, 0.1), claimed, 1e-6)
    assert not wrong.agrees and wrong.outside == 1 and str(wrong).startswith("999 of 1000 within")


def test_more_estimates_are_allowed_more() -> None:
    allowed = [many_estimates(np.zeros(n), np.ones(n), np.zeros(n), 1e-3).allowed for n in (1, 10, 1000)]
    assert allowed == sorted(allowed) and allowed[0] == pytest.approx(3.29, abs=0.01)


@pytest.mark.parametrize(
    "given", [([], [], []), ([1.0], [0.0], [1.0]), ([1.0, 2.0], [1.0], [1.0]), ([float("nan")], [1.0], [1.0])]
)
def test_what_is_no_estimate_is_refused(given: tuple[list[float], ...]) -> None:
    with pytest.raises(BadInput, match="standard errors above 0"):
        many_estimates(*given, 1e-3)
