"""The runs that claims are evaluated on: every method on random quadratics and on logistic regression.

A run has steps of several lengths, and a claim is asked only of those that its own assumptions admit, as evaluated on
the run. Sizes are small because expectations are exact: all samples, or all paths of samples, are gone through.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from theory.descent.definitions import methods
from theory.descent.definitions.losses import (
    Array,
    Huber,
    Loss,
    Quadratics,
    gradient,
    minimiser,
    random_logistic,
    random_quadratics,
    value,
)
from theory.descent.measurements.scene import Function, Scene, function_of

SEEDS = range(4)
SAMPLES, DIMENSION, STEPS = 3, 3, 4  # 3^4 paths
LENGTHS = (0.3, 0.8, 1.0, 1.4, 1.9, 2.5)  # of a step, in parts of 1/L
KEEP = (0.0, 0.3, 0.9)  # of heavy ball


@cache
def scenes() -> tuple[Scene, ...]:
    """All runs; the same ones every time."""
    out = list[Scene]()
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        for make in (random_quadratics, random_logistic):
            f = make(rng, SAMPLES, DIMENSION)
            named = f"{'quadratics' if isinstance(f, Quadratics) else 'logistic regression'} {seed}"
            for length in LENGTHS:
                out += _of_one(rng, f, length / f.smoothness, f"{named}, step {length}/L")
        out += _of_tasks(rng, seed)
        out += _of_chance(rng, seed)
    return (*out, *_of_the_worst())


def _of_the_worst() -> Iterator[Scene]:
    """The functions on which so many steps of length 1/L are slowest: Huber's, bent at 1/(2 steps + 1)."""
    for steps in (1, 2, 3):
        f = Huber(2.0, 1 / (2 * steps + 1))
        xt = methods.gradient_descent(f, np.ones(1), 1 / f.smoothness, 3)
        points: dict[str, float | Array] = {f"x{t}": x for t, x in enumerate(xt)}
        constants: dict[str, float | Array] = {"L": f.smoothness, "eta": 1 / f.smoothness, "xs": np.zeros(1)}
        yield Scene(f"gradient descent, Huber's function for {steps}", {**constants, **points}, {"f": function_of(f)})


def _of_one(rng: np.random.Generator, f: Loss, step: float, about: str) -> Iterator[Scene]:
    """What is run on one loss."""
    x0, xs, v0 = rng.normal(size=f.dimension), minimiser(f), rng.normal(size=f.dimension)
    constants: dict[str, float | Array] = {
        "L": f.smoothness, "mu": f.convexity, "eta": step, "c": step, "xs": xs, "x0": x0,
    }  # fmt: skip
    functions = {"f": function_of(f)}
    xt = methods.gradient_descent(f, x0, step, STEPS)
    slopes = np.array([gradient(f, x) for x in xt])
    families: dict[str, float | Array] = {
        "F": np.array([value(f, x) for x in xt]), "G": (slopes**2).sum(axis=1), "Fs": value(f, xs), "T": float(STEPS),
    }  # fmt: skip
    points: dict[str, float | Array] = {f"x{t}": x for t, x in enumerate(xt)}
    other: Array = rng.normal(size=f.dimension)
    pair: dict[str, float | Array] = {"x": x0, "y": other}
    yield Scene(f"gradient descent, {about}", {**constants, **points, **families, **pair}, functions)
    longest = x0 - gradient(f, x0) / f.smoothness
    yield Scene(f"one step of length 1/L, {about}", {**constants, "x": x0, "y": longest}, functions)
    for keep in KEEP:
        (_, x1), (_, v1) = methods.heavy_ball(f, x0, v0, step, keep, 1)
        hidden = keep / (1 - keep)
        more: dict[str, float | Array] = {
            "b": keep, "x1": x1, "v0": v0, "v1": v1, "z0": x0 + hidden * v0, "z1": x1 + hidden * v1,
            "m0": v0, "g": other, "m1": keep * v0 + (1 - keep) * other,
        }  # fmt: skip
        yield Scene(f"heavy ball keeping {keep}, {about}", {**constants, **more}, functions)
    p, q = (methods.proximal_point(f, x, step, 2) for x in (x0, other))
    near: dict[str, float | Array] = {"x1": p[1], "x2": p[2], "y0": q[0], "y1": q[1]}
    yield Scene(f"proximal point, {about}", {**constants, **near}, functions)
    radius = float(np.linalg.norm(xs)) / 2
    inside, moved = methods.onto_ball(other, radius), x0 - step * gradient(f, x0)
    ball: dict[str, float | Array] = {"xs": inside, "x1": methods.onto_ball(moved, radius)}
    ball |= {"x": moved, "p": methods.onto_ball(moved, radius), "y": inside}
    yield Scene(f"projected step, {about}", {**constants, **ball}, functions)
    u = x0 - step * gradient(f, x0)
    inner: dict[str, float | Array] = {"w": x0, "u": u, "alpha": step}
    yield Scene(f"adaptation, {about}", {**constants, **inner}, functions)
    yield from _stochastic(f, x0, step, constants, functions, about)


def _stochastic(
    f: Loss, x0: Array, step: float, constants: dict[str, float | Array], functions: dict[str, Function], about: str
) -> Iterator[Scene]:
    """One step over all samples, from a point that is fixed and from one that is drawn; all paths of several steps."""
    xs = np.asarray(constants["xs"])
    two = methods.stochastic_paths(f, x0, (step, step))
    for drawn in (0, 1):
        x, g = two.iterates[drawn], two.drawn[drawn]
        slopes = np.array([gradient(f, p) for p in x])
        noise = float(((g - slopes) ** 2).sum(axis=1).mean())
        more = {**constants, "s2": noise, "G2": float((g**2).sum(axis=1).mean())}
        random = {"x1": two.iterates[drawn + 1], "g": g}
        if drawn:
            random |= {"x0": x}
            more.pop("x0")
        known = np.arange(len(x), dtype=np.int64) // SAMPLES
        start = "a point that is drawn" if drawn else "a point"
        yield Scene(f"a stochastic step from {start}, {about}", more, functions, random, {"x0": known})
    mu = f.convexity
    for shown, steps in (("constant", [step] * STEPS), ("decreasing", [1 / (mu * (t + 2)) for t in range(STEPS)])):
        paths = methods.stochastic_paths(f, x0, steps)
        gradients = [np.array([gradient(f, p) for p in x]) for x in paths.iterates]
        noise = max(float(((g - s) ** 2).sum(axis=1).mean()) for g, s in zip(paths.drawn, gradients, strict=False))
        largest = max(float((g**2).sum(axis=1).mean()) for g in paths.drawn)
        away = np.array([float(((x - xs) ** 2).sum(axis=1).mean()) for x in paths.iterates])
        heights = np.array([np.mean([value(f, p) for p in x]) for x in paths.iterates])
        lengths = np.array([float((s**2).sum(axis=1).mean()) for s in gradients])
        b = largest / mu**2
        family: dict[str, float | Array] = {
            "a": away, "F": heights, "G": lengths, "Fs": value(f, xs), "h": np.array(steps), "T": float(STEPS),
            "s2": noise, "b": b, "c": max(float(away[0]), b),
        }  # fmt: skip
        yield Scene(f"all stochastic paths, {shown} steps, {about}", {**constants, **family}, functions)


def _of_tasks(rng: np.random.Generator, seed: int) -> Iterator[Scene]:
    """Two tasks: the mean of their losses, and of those after one step of adaptation each, which are quadratics too."""
    tasks = [random_quadratics(rng, 1, DIMENSION) for _ in range(2)]
    for length in LENGTHS:
        alpha = 0.4 / max(f.smoothness for f in tasks)
        adapted = [_after_one_step(f, alpha) for f in tasks]
        for names, losses in ((("f", "h"), tasks), (("F", "H"), adapted)):
            L = max(f.smoothness for f in losses)
            eta, w0 = length / L, rng.normal(size=DIMENSION)
            w1 = w0 - eta * sum((gradient(f, w0) for f in losses), np.zeros(DIMENSION)) / 2
            functions = {name: function_of(f) for name, f in zip(names, losses, strict=True)}
            what = "after adaptation" if names[0] == "F" else "as they are"
            yield Scene(
                f"two tasks {what} {seed}, step {length}/L", {"L": L, "eta": eta, "w0": w0, "w1": w1}, functions
            )


def _after_one_step(f: Quadratics, alpha: float) -> Quadratics:
    """``w -> f(w - alpha grad f(w))`` of one quadratic: its matrix is ``A (1 - alpha A)^2``, its centre the same."""
    (a,) = f.matrices
    keep = np.eye(len(a)) - alpha * a
    inside = keep @ a @ keep
    return Quadratics(((inside + inside.T) / 2)[None], f.centres)


def _of_chance(rng: np.random.Generator, seed: int) -> Iterator[Scene]:
    """Random vectors: one with six values; three independent ones with two values each; two that are equal."""
    c, g = rng.normal(size=DIMENSION), rng.normal(size=(6, DIMENSION))
    yield Scene(f"a random vector {seed}", {"c": c}, {}, {"g": g})
    m, off = rng.normal(size=DIMENSION), rng.normal(size=(3, DIMENSION))
    signs = np.array([[a, b, e] for a in (-1, 1) for b in (-1, 1) for e in (-1, 1)])
    values = {name: m + signs[:, [i]] * off[i] for i, name in enumerate("XYZ")}
    constants: dict[str, float | Array] = {"m": m, "s2": float((off**2).sum(axis=1).max())}
    yield Scene(f"independent samples {seed}", constants, {}, values)
    same = {name: values["X"] for name in "XY"}
    yield Scene(f"one sample twice {seed}", constants, {}, same, {"dependent": np.arange(8, dtype=np.int64)})
