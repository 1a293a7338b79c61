"""Many estimates of one run compared with what is claimed of them, at one false-alarm probability for all of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verify.runtime.errors import BadInput
from verify.statistics import checks
from verify.statistics.tests import normal_quantile


@dataclass(frozen=True)
class ManyEstimates:
    """``count`` estimates beside what is claimed of them, by the central limit theorem and Bonferroni's inequality.

    largest, allowed: the largest deviation, and what none of them exceeds with probability 1 - delta if all claims are
    true; both in standard errors.

    >>> print(many_estimates([1.0, 2.1], [0.1, 0.1], [1.0, 2.0], 1e-3))
    2 of 2 within 3.5 standard errors of the theory, the farthest at 1.0
    """

    count: int
    outside: int
    largest: float
    allowed: float
    delta: float

    @property
    def agrees(self) -> bool:
        return not self.outside

    def __str__(self) -> str:
        return (
            f"{self.count - self.outside} of {self.count} within {self.allowed:.1f} standard errors of the theory, "
            f"the farthest at {self.largest:.1f}"
        )


def many_estimates(values: object, errors: object, claimed: object, delta: float) -> ManyEstimates:
    """Compare estimates with what is claimed of them by their standard errors; ``BadInput`` on no or bad numbers."""
    x, e, c = (np.asarray(a, dtype=float).ravel() for a in (values, errors, claimed))
    if not x.size or not x.shape == e.shape == c.shape or not np.isfinite([x, e, c]).all() or (e <= 0).any():
        raise BadInput("estimates, standard errors above 0 and claimed values are needed, the same number of each.")
    z = np.abs(x - c) / e
    allowed = normal_quantile(checks.probability("delta", delta) / 2 / x.size)
    return ManyEstimates(x.size, int(np.sum(z > allowed)), float(z.max()), allowed, delta)
