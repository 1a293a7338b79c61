"""The textbook n x d simulation: draw the data, take the step, measure the loss, average.

Everything estimated here is run from its definition. The error bars are valid at every number of tasks: their
variances are exact (variance.py), except for several steps on one batch and for inputs that are not Gaussian, where
nobody knows them and the result says so.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from theory.maml_erm.definitions import variance
from theory.maml_erm.definitions.laws import GAUSSIAN
from theory.maml_erm.definitions.tasks import Environment, Task, inner_step
from verify.runtime.errors import BadInput
from verify.statistics import checks
from verify.statistics.chunks import run_chunks
from verify.statistics.products import apply, stacked
from verify.statistics.tests import MeanTest, clt_test, mean_test

Array = npt.NDArray[np.float64]
Part = Literal["total", "initialisation", "floor", "loss"]
Measure = Literal["population", "points"]

EXACT = "Gaussian inputs and noise; variance from the exact law of the step, in floating point"
ASYMPTOTIC = "central limit theorem and the sample variance: no finite-sample variance is known for a reused batch"
OTHER_INPUTS = "central limit theorem and the sample variance: no finite-sample variance is known for these inputs"


def adapt(
    rng: np.random.Generator,
    task: Task,
    w: Array,
    optima: Array,
    *,
    alpha: float,
    n: int,
    steps: int = 1,
    fresh: bool = True,
    noisy: bool = True,
) -> Array:
    """Inner steps from w (d,) or (T, d) for tasks with ``optima`` (T, d): returns w' (T, d).

    fresh: a new batch of n samples for every step, or the same one for all.
    """
    w = np.broadcast_to(w, optima.shape)
    X, y = task.data(rng, optima, n, noisy=noisy)
    for k in range(steps):
        if fresh and k:
            X, y = task.data(rng, optima, n, noisy=noisy)
        w = inner_step(w, X, y, alpha)
    return w


def risks(
    rng: np.random.Generator,
    size: int,
    environment: Environment,
    w: Array,
    alpha: float,
    n: int,
    steps: int = 1,
    fresh: bool = True,
    part: Part = "total",
    measure: Measure = "population",
    points: int = 1,
) -> Array:
    """One value per sampled task, shape (size,) [Y^2]; its mean is the ``part`` of the risk that ``risk`` names."""
    values = []
    for task, optima in environment.draw(rng, size):
        start = optima if part == "floor" else w
        adapted = adapt(
            rng, task, start, optima, alpha=alpha, n=n, steps=steps, fresh=fresh, noisy=part != "initialisation"
        )
        values.append(_measured(rng, task, adapted, optima, part, measure, points))
    return np.concatenate(values)


def _measured(
    rng: np.random.Generator, task: Task, adapted: Array, optima: Array, part: Part, measure: Measure, points: int
) -> Array:
    if measure == "population":
        return task.loss(adapted, optima) - (0 if part == "loss" else task.loss(optima, optima))
    # Both losses on the same fresh points: the difference has the same mean as with points of their own.
    X, y = task.data(rng, optima, points)
    after: Array = 0.5 * np.mean((np.einsum("tnd,td->tn", X, adapted) - y) ** 2, axis=1)
    if part == "loss":
        return after
    before: Array = 0.5 * np.mean((np.einsum("tnd,td->tn", X, optima) - y) ** 2, axis=1)
    return after - before


def risk(
    environment: Environment,
    w: object,
    *,
    alpha: float,
    n: int,
    count: int,
    claim: str,
    part: Part = "total",
    measure: Measure = "population",
    points: int = 1,
    steps: int = 1,
    fresh: bool = True,
    delta: float = 1e-8,
    root: int = 0,
    executor: Executor | None = None,
    store: str | None = None,
) -> MeanTest:
    """Estimate a risk of the initialisation w over ``count`` tasks [Y^2], with its radius at confidence 1 - delta.

    part: "total" is R_n(w) = E f(w') - E f(w*); "initialisation" is E_n(w), the same with noiseless support
    labels; "floor" is R_n of a learner that starts at each task's own w*; "loss" is F_n(w) = E f(w').
    measure: the loss through the covariance, or on ``points`` fresh test points per task. Raises BadInput.
    """
    w = checks.vector("w", w, environment.dimension)
    alpha, n = checks.number("alpha", alpha, above=0.0), checks.count("n", n)
    steps, points = checks.count("steps", steps), checks.count("points", points)
    if part not in ("total", "initialisation", "floor", "loss") or measure not in ("population", "points"):
        raise BadInput(f"there is no part {part!r} or no measure {measure!r} of the risk.")
    values = run_chunks(
        risks, count, claim=claim, root=root, executor=executor, store=store,
        chunk_size=_chunk_size(max(n, points), environment.dimension),
        environment=environment, w=w, alpha=alpha, n=n, steps=steps, fresh=fresh, part=part, measure=measure,
        points=points,
    )  # fmt: skip
    if steps > 1 and not fresh:
        return clt_test(values, delta, assumption=ASYMPTOTIC)
    if any(task.law != GAUSSIAN for task in environment.tasks):
        return clt_test(values, delta, assumption=OTHER_INPUTS)
    bound = value_variance(
        environment, w, alpha=alpha, n=n, steps=steps, part=part, points=points if measure == "points" else 0
    )
    return mean_test(values, bound, delta, assumption=EXACT)


def value_variance(
    environment: Environment, w: Array, *, alpha: float, n: int, steps: int, part: Part, points: int
) -> float:
    """Exact variance of one value of ``risks`` with fresh batches [Y^4]; points = 0: measured by the covariance."""
    first = second = 0.0
    for task in environment.tasks:
        t, start = (replace(task, spread=0.0), task.optimum) if part == "floor" else (task, w)
        noise = 0.0 if part == "initialisation" else None
        m1, m2 = variance.risk_moments(t, start, alpha=alpha, n=n, steps=steps, noise=noise)
        nu2 = task.noise**2
        # A test point has the prediction error N(0, 2Y), Y the task's risk: its half-square has variance 2 Y^2,
        # and the product with the label noise 2 Y nu2.
        scatter = (2 * m2 + 2 * nu2 * m1) / points if points else 0.0
        if part == "loss":
            scatter += nu2**2 / 2 / points if points else 0.0
            m1, m2 = m1 + nu2 / 2, m2 + nu2 * m1 + nu2**2 / 4
        first += task.probability * m1
        second += task.probability * (m2 + scatter)
    # The difference of the two moments may lose digits where the values hardly vary; round up, not down.
    return max(second - first**2, 0.0) * (1 + 1e-9) + 1e-14 * second


def _chunk_size(n: int, d: int) -> int:
    """Tasks per chunk: about 8 MB of inputs, from the problem alone so that workers cannot change the streams."""
    return max(1, min(20_000, 1_000_000 // (n * d)))


@dataclass(frozen=True, eq=False)
class MatrixTest:
    """Entrywise mean tests of a symmetric random matrix; the error probabilities add up to ``delta``."""

    entries: tuple[tuple[MeanTest, ...], ...]
    delta: float

    @property
    def estimate(self) -> Array:
        return np.array([[t.estimate for t in row] for row in self.entries])

    @property
    def radius(self) -> Array:
        return np.array([[t.radius for t in row] for row in self.entries])

    @property
    def standard_error(self) -> Array:
        return np.array([[t.standard_error for t in row] for row in self.entries])

    def agrees(self, claimed: object) -> bool:
        """Whether every entry of ``claimed`` lies within its radius."""
        return bool((np.abs(self.estimate - np.asarray(claimed, dtype=float)) <= self.radius).all())


def _forms(rng: np.random.Generator, size: int, task: Task, form: Array, alpha: float, keep: float, n: int) -> Array:
    X = task.inputs(rng, size, n)
    gram = stacked(np.swapaxes(X, 1, 2), X) / n
    factor = keep * np.eye(task.dimension) - alpha * gram
    return stacked(apply(factor, form), factor)


def _matrix(
    covariance: object, form: object, *, alpha: float, keep: float, n: int, count: int, claim: str, delta: float,
    root: int, executor: Executor | None,
) -> MatrixTest:  # fmt: skip
    sigma = checks.covariance("covariance", covariance)
    d = len(sigma)
    A = checks.symmetric("A", form, d)
    n, alpha = checks.count("n", n), checks.number("alpha", alpha, above=0.0)
    share = checks.probability("delta", delta) / (d * (d + 1) // 2)
    task = Task(sigma, np.zeros(d))
    values = run_chunks(
        _forms, count, claim=claim, root=root, executor=executor, chunk_size=_chunk_size(n + d, d),
        task=task, form=A, alpha=alpha, keep=keep, n=n,
    )  # fmt: skip

    def spread(u: Array) -> float:
        return float(variance.form_moments(sigma, u, A, alpha=alpha, n=n, keep=keep)[1] ** 0.5)

    tests: dict[tuple[int, int], MeanTest] = {}
    for i in range(d):
        for j in range(i + 1):
            # An entry is (q(e_i + e_j) - q(e_i - e_j))/4 of the quadratic form q; Minkowski bounds its deviation.
            plus, minus = np.eye(d)[i] + np.eye(d)[j], np.eye(d)[i] - np.eye(d)[j]
            bound = (spread(plus) + spread(minus)) ** 2 / 16
            tests[i, j] = mean_test(values[:, i, j], bound * (1 + 1e-9), share, assumption=EXACT)
    return MatrixTest(tuple(tuple(tests[max(i, j), min(i, j)] for j in range(d)) for i in range(d)), delta)


def gram_moment(
    covariance: object, A: object, *, n: int, count: int, claim: str, delta: float = 1e-8, root: int = 0,
    executor: Executor | None = None,
) -> MatrixTest:  # fmt: skip
    """Estimate E[Shat A Shat], Shat = X^T X/n of n rows N(0, covariance), A symmetric (d, d)."""
    return _matrix(
        covariance, A, alpha=1.0, keep=0.0, n=n, count=count, claim=claim, delta=delta, root=root, executor=executor
    )


def step_second_moment(
    covariance: object, *, alpha: float, n: int, count: int, claim: str, delta: float = 1e-8, root: int = 0,
    executor: Executor | None = None,
) -> MatrixTest:  # fmt: skip
    """Estimate E[(I - alpha Shat) covariance (I - alpha Shat)], (d, d) [X^2]."""
    return _matrix(
        covariance, covariance, alpha=alpha, keep=1.0, n=n, count=count, claim=claim, delta=delta, root=root,
        executor=executor,
    )  # fmt: skip


@dataclass(frozen=True)
class FormTest:
    """A test of v^T M v for one vector v (d,), M the expected matrix of an inner step."""

    vector: tuple[float, ...]
    test: MeanTest


def _controlled(
    rng: np.random.Generator, size: int, task: Task, vectors: Array, controls: Array, form: Array, alpha: float,
    keep: float, n: int,
) -> Array:  # fmt: skip
    """e^T form e + u^T (e - E e) for e = keep v - alpha Shat v, one column per vector v with its control u."""
    X = task.inputs(rng, size, n)
    out = np.empty((size, len(vectors)))
    for k, (v, u) in enumerate(zip(vectors, controls, strict=True)):
        products = np.einsum("tnd,d->tn", X, v)
        e = keep * v - (alpha / n) * np.einsum("tnd,tn->td", X, products)
        # E Shat = covariance is what "x has this covariance" says: the only mean that the control relies on.
        known = keep * v - alpha * (task.covariance @ v)
        out[:, k] = np.einsum("ti,ti->t", apply(e, form), e) + np.einsum("ti,i->t", e - known, u)
    return out


def _best_control(sigma: Array, v: Array, form: Array, *, alpha: float, n: int, keep: float) -> tuple[Array, float]:
    """The control u with the smallest variance, and that variance, both from values of the exact variance."""

    def spread(u: Array) -> float:
        return variance.form_moments(sigma, v, form, alpha=alpha, n=n, keep=keep, linear=u)[1]

    d = len(v)
    unit = float(np.linalg.norm(form @ sigma @ v)) or 1.0
    e = unit * np.eye(d)
    base = spread(np.zeros(d))
    plus, minus = np.array([spread(x) for x in e]), np.array([spread(-x) for x in e])
    H = np.diag(plus + minus - 2 * base)
    for i in range(d):
        for j in range(i):
            H[i, j] = H[j, i] = spread(e[i] + e[j]) - plus[i] - plus[j] + base
    u = -unit * np.linalg.lstsq(H, (plus - minus) / 2, rcond=None)[0]
    return u, spread(u)


def form_tests(
    covariance: object, form: object, *, alpha: float, keep: float, n: int, count: int, claim: str, delta: float = 1e-8,
    root: int = 0, executor: Executor | None = None,
) -> tuple[FormTest, ...]:  # fmt: skip
    """Tests of E[(keep I - alpha Shat) form (keep I - alpha Shat)] through its values v^T M v, v = e_i and e_i + e_j.

    These d (d+1)/2 numbers determine the symmetric matrix. A control variate that is linear in Shat, with the
    coefficient that minimises the exact variance, takes away what an error of Shat does to first order. keep = 0 and
    alpha = 1 give E[Shat form Shat]. The form should be positive definite, so that no value is close to zero.
    """
    sigma = checks.covariance("covariance", covariance)
    d = len(sigma)
    A = checks.symmetric("form", form, d)
    n, alpha = checks.count("n", n), checks.number("alpha", alpha, above=0.0)
    eye = np.eye(d)
    vectors = np.array([eye[i] if i == j else eye[i] + eye[j] for i in range(d) for j in range(i + 1)])
    chosen = [_best_control(sigma, v, A, alpha=alpha, n=n, keep=keep) for v in vectors]
    controls = np.array([u for u, _ in chosen])
    values = run_chunks(
        _controlled, count, claim=claim, root=root, executor=executor, chunk_size=_chunk_size(n + d, d),
        task=Task(sigma, np.zeros(d)), vectors=vectors, controls=controls, form=A, alpha=alpha, keep=keep, n=n,
    )  # fmt: skip
    share = checks.probability("delta", delta) / len(vectors)
    return tuple(
        FormTest(tuple(v), mean_test(values[:, k], bound * (1 + 1e-9), share, assumption=EXACT))
        for k, (v, (_, bound)) in enumerate(zip(vectors, chosen, strict=True))
    )
