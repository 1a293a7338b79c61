"""A head on a fixed representation, run on k numbers a sample in place of d.

For isotropic inputs B^T x and the rest of x are independent normals, whatever the space of B: rotate. So what B misses
of an optimum comes to a label as a normal number of its own. The tests compare this with n x d data in distribution.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from theory.maml_erm.definitions.low_rank import Batch, curvature
from theory.maml_erm.definitions.representation import View
from theory.maml_erm.definitions.tasks import Environment, Task
from verify.statistics.products import apply

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SeenTask(Task):
    """A class of tasks with covariance rho I as a head on B sees it: ``view`` says what B sees, and what it misses.

    Its optima are the v_i of w_i* = U v_i, in the coordinates of U; they are not the best heads on B.
    """

    view: View = field(kw_only=True)

    def batch(self, optima: Array, *, noisy: bool = True) -> Batch:
        """These tasks (T, k) in k dimensions: the best heads on B, and noise that has in it what B misses."""
        noise = curvature(self) * self._rest(optima) + (self.noise**2 if noisy else 0.0)
        return Batch(np.full(len(optima), curvature(self)), apply(optima, self.view.seen.T), np.sqrt(noise))

    def data(self, rng: np.random.Generator, optima: Array, count: int, *, noisy: bool = True) -> tuple[Array, Array]:
        """Features (T, count, k) [X] and labels (T, count) [Y]; noisy: whether the labels have their own noise."""
        drawn = self.batch(optima, noisy=noisy).drawn(rng, count)
        return drawn.X, drawn.y

    def loss(self, w: Array, optima: Array) -> Array:
        """Population loss of the heads w (T, k), shape (T,) [Y^2]."""
        missed: Array = 0.5 * curvature(self) * self._rest(optima)
        return super().loss(w, apply(optima, self.view.seen.T)) + missed

    def _rest(self, optima: Array) -> Array:
        found: Array = np.sum(apply(optima, self.view.missed.T) ** 2, axis=1)
        return found


def seen_through(found: View, heads: Environment) -> Environment:
    """An environment of heads v_i as it is seen through a representation.

    Raises BadInput on inputs that are not Gaussian with a covariance that is a multiple of I.
    """
    for t in heads.tasks:
        curvature(t)
    return Environment(
        tuple(
            SeenTask(t.covariance, t.optimum, t.probability, t.spread, t.noise, t.name, view=found) for t in heads.tasks
        )
    )
