"""Learners that learn the representation B and heads v by stochastic gradient: x -> <B^T x, v>.

Single-head ERM has one head for all tasks, multi-head ERM a head of its own for each of its tasks; ANIL has one head
that is adapted to a task by an inner step, B left as it is, and follows the exact gradient through that step, or leaves
out its derivative (first order). Each is run from its definition; no formula of the theory enters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from theory.maml_erm.definitions.low_rank import Batch, LowRank, Samples
from theory.maml_erm.definitions.representation import random_space
from verify.runtime.errors import BadInput
from verify.statistics import checks
from verify.statistics.products import apply

Array = npt.NDArray[np.float64]

# Heads start this small: at exactly 0 the gradient in B of a single head would vanish.
SINGLE_START, MULTI_START = 1e-3, 1e-2


def head_gradients(B: Array, heads: Array, samples: Samples) -> tuple[Array, Array]:
    """Gradients of 1/(2n) ||X B v - y||^2: in B (d, k) averaged over the tasks, in each task's own head (T, k).

    B: (d, k); heads: (T, k) [Y/X].
    """
    g = samples.gradient(apply(heads, B.T))
    return _average(g, heads), apply(g, B)


def anil_gradients(
    B: Array, v: Array, inner: Samples, outer: Samples, *, alpha: float, first_order: bool = False
) -> tuple[Array, Array]:
    """Gradients of the mean over tasks of 1/(2n) ||X' B v' - y'||^2 in B (d, k) and v (k,), (X', y') the outer samples.

    v' = v - alpha B^T q, q the gradient in w of a task's loss on its inner samples at w = B v. first_order: v' - v is
    taken for a constant.
    """
    heads = np.broadcast_to(v, (len(inner), len(v)))
    q = inner.gradient(apply(heads, B.T))
    in_B, h = head_gradients(B, v - alpha * apply(q, B), outer)  # h: the derivative of the outer loss in v'
    if first_order:
        return in_B, h.mean(axis=0)
    # v' depends on B through the B^T in front of q, and through q itself: dq = X^T X (dB v + B dv)/n. Both meet h.
    pulled = inner.hessian_times(apply(h, B.T))
    in_B = in_B - alpha * (_average(q, h) + np.outer(pulled.mean(axis=0), v))
    return in_B, (h - alpha * apply(pulled, B)).mean(axis=0)


def _average(g: Array, heads: Array) -> Array:
    """Mean over tasks of g v^T: (T, d) and (T, k) to (d, k)."""
    found: Array = np.einsum("td,tk->dk", g, heads) / len(g)
    return found


@dataclass(frozen=True, eq=False)
class State:
    """Where a learner is: B (d, k), its heads (1, k), or (T, k) with the T tasks that they belong to."""

    B: Array
    heads: Array
    tasks: Batch | None = None


class Learner(Protocol):
    """What ``learn`` needs to know."""

    def begin(self, rng: np.random.Generator, environment: LowRank, B: Array) -> State: ...

    def move(self, rng: np.random.Generator, environment: LowRank, state: State, pace: float) -> State:
        """One iteration on fresh samples; pace: a factor of all step sizes."""
        ...


@dataclass(frozen=True)
class SingleHead:
    """ERM with one head: ``tasks`` fresh tasks an iteration, ``samples`` of each, step size eta."""

    eta: float = 0.1
    tasks: int = 20
    samples: int = 20

    def begin(self, rng: np.random.Generator, environment: LowRank, B: Array) -> State:
        return State(B, SINGLE_START * rng.standard_normal((1, B.shape[1])))

    def move(self, rng: np.random.Generator, environment: LowRank, state: State, pace: float) -> State:
        batch = environment.draw(rng, self.tasks)
        heads = np.broadcast_to(state.heads, (self.tasks, state.heads.shape[1]))
        in_B, in_v = head_gradients(state.B, heads, batch.revealed(rng, self.samples))
        eta = self.eta * pace
        return State(state.B - eta * in_B, state.heads - eta * in_v.mean(axis=0))


@dataclass(frozen=True)
class MultiHead:
    """ERM with a head for each of ``persistent`` tasks, of which ``tasks`` move in an iteration.

    eta: step size of B; head_eta: step size of a head that moves.
    """

    eta: float = 0.3
    head_eta: float = 0.5
    tasks: int = 20
    samples: int = 20
    persistent: int = 200

    def begin(self, rng: np.random.Generator, environment: LowRank, B: Array) -> State:
        heads = MULTI_START * rng.standard_normal((self.persistent, B.shape[1]))
        return State(B, heads, environment.draw(rng, self.persistent))

    def move(self, rng: np.random.Generator, environment: LowRank, state: State, pace: float) -> State:
        if state.tasks is None:
            raise BadInput("a multi-head learner moves from its own start, which has its tasks.")
        rows = rng.choice(self.persistent, size=self.tasks, replace=False)
        in_B, in_v = head_gradients(state.B, state.heads[rows], state.tasks.part(rows).revealed(rng, self.samples))
        heads = state.heads.copy()
        heads[rows] -= self.head_eta * pace * in_v
        return replace(state, B=state.B - self.eta * pace * in_B, heads=heads)


@dataclass(frozen=True)
class ANIL:
    """One head, adapted by an inner step of size alpha on ``samples`` samples; as many for the outer loss.

    Chosen at d = 200, k = 5 and 1,500 iterations: at eta = 0.1 the largest sine ends at 0.04 with 50 samples and at
    0.03 with 100, at eta = 0.2 with 100 at 0.03 too. But at 0.1 some runs leave their start late: after 600 iterations
    at d = 60, k = 3 ten runs of the first order ended between 0.02 and 0.07, at 0.2 all of them at 0.01.
    """

    alpha: float
    eta: float = 0.2
    tasks: int = 20
    samples: int = 100
    first_order: bool = False

    def begin(self, rng: np.random.Generator, environment: LowRank, B: Array) -> State:
        return State(B, SINGLE_START * rng.standard_normal((1, B.shape[1])))

    def move(self, rng: np.random.Generator, environment: LowRank, state: State, pace: float) -> State:
        batch = environment.draw(rng, self.tasks)
        inner, outer = batch.revealed(rng, self.samples), batch.revealed(rng, self.samples)
        in_B, in_v = anil_gradients(
            state.B, state.heads[0], inner, outer, alpha=self.alpha, first_order=self.first_order
        )
        eta = self.eta * pace
        return State(state.B - eta * in_B, state.heads - eta * in_v)


def pace(iteration: int, iterations: int) -> float:
    """Step sizes are constant for half of the run and fall like 1/t then, which lowers the stationary noise.

    The last step is 1/11 of the first.
    """
    return 1 / (1 + max(0.0, iteration - iterations / 2) / (iterations / 20))


def learn(
    learner: Learner, environment: LowRank, *, start: np.random.Generator, training: np.random.Generator,
    iterations: int, keep: Sequence[int],
) -> list[Array]:  # fmt: skip
    """The representations (d, k) of a run after the numbers of iterations in ``keep``, 0 for the start.

    start, training: the streams that the first B and everything else come from; a stream that the environment came
    from would give its space away. Raises BadInput where the iteration diverges.
    """
    iterations = checks.count("iterations", iterations)
    d, k = environment.space.shape
    state = learner.begin(training, environment, random_space(start, d, k))
    wanted, kept = set(keep), [state.B] if 0 in keep else []
    with np.errstate(over="ignore", invalid="ignore"):
        for i in range(iterations):
            state = learner.move(training, environment, state, pace(i, iterations))
            if i + 1 in wanted:
                kept.append(state.B)
    if not np.isfinite(state.B).all():
        raise BadInput("the iteration diverged.", "take a smaller step size, or more samples a task")
    return kept
