"""The noise floor of stochastic gradient descent against its step: long runs beside the claim SGD.floor.

The samples are quadratics with one matrix and different centres, so that the variance of their gradients is the same
everywhere, and is s2 of the claim exactly. Where all eigenvalues are equal, the floor is ``eta s2/(mu (2 - eta mu))``,
between half of what the claim allows and all of it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from theory.descent.definitions.losses import Quadratics, minimiser
from theory.descent.definitions.methods import random_paths
from theory.descent.experiments.bounds import bound
from verify.statistics import figure
from verify.statistics.experiment import Array, Run, Table
from verify.statistics.parameters import Parameter

CLAIMS = ("SGD.floor", "SGD.strong")
AXES = ("conditions", "lengths")
PARAMETERS = (
    Parameter("d", 3, "count", "dimension", symbol="d"),
    Parameter("samples", 8, "count", "samples of the loss"),
    Parameter("runs", 2000, "count", "independent runs for each step"),
    Parameter("conditions", (1.0, 10.0), "numbers", "values of L/mu", least=1),
    Parameter("lengths", (0.02, 0.05, 0.1, 0.2, 0.5, 0.9), "numbers", "steps in parts of 1/L", least=0),
    Parameter("times", 10, "count", "length of a run, in parts of 1/(eta mu)"),
)
COLUMNS = (
    ("condition", "L/mu"),
    ("length", "step in parts of 1/L"),
    ("steps", "number of steps T"),
    ("simulated", "mean squared distance from the minimiser after T steps"),
    ("error", "standard error"),
    ("theory", "right-hand side of SGD.floor"),
)
# Standard errors by which a mean may lie above its bound, or below half of it where all eigenvalues are equal; it keeps
# both in truth, so that twelve points together give a false alarm less often than once in 10^5 runs.
SIGMAS = 5.2


def loss(condition: float, d: int, samples: int) -> Quadratics:
    """Eigenvalues between mu = 1/condition and L = 1, both taken; centres that are the same every time."""
    rng = np.random.default_rng([d, samples])
    axes = np.linalg.qr(rng.normal(size=(d, d)))[0]
    matrix = (axes * np.linspace(1 / condition, 1.0, d)) @ axes.T
    return Quadratics(np.repeat(((matrix + matrix.T) / 2)[None], samples, axis=0), rng.normal(size=(samples, d)))


def work(rng: np.random.Generator, items: Any, *, d: int, samples: int, runs: int, times: int) -> Array:
    """For each condition and length: T, mean and standard error of the squared distance, s2, that distance at first."""
    rows = []
    for condition, length in items:
        f = loss(condition, d, samples)
        xs = minimiser(f)
        steps = int(np.ceil(times * condition / length))
        away = ((random_paths(rng, f, xs + np.ones(d), length, steps, runs) - xs) ** 2).sum(axis=1)
        gradients = f.gradients(xs)
        noise = float(((gradients - gradients.mean(axis=0)) ** 2).sum(axis=1).mean())
        rows.append((steps, away.mean(), away.std(ddof=1) / np.sqrt(runs), noise, float(d)))
    return np.array(rows)


def run(job: Run) -> Table:
    s = job.settings
    items = [(float(c), float(length)) for c in s["conditions"] for length in s["lengths"]]
    found = job.map(work, items, part="runs", d=s["d"], samples=s["samples"], runs=s["runs"], times=s["times"])
    rows = []
    for (condition, length), (steps, mean, error, noise, start) in zip(items, found, strict=True):
        family = np.zeros(int(steps) + 1)
        family[0] = start
        values = {"a": family, "T": steps, "eta": length, "mu": 1 / condition, "s2": noise}
        rows.append((condition, length, int(steps), float(mean), float(error), bound("SGD.floor", values)))
    table = Table(COLUMNS, tuple(rows))
    mean, error, allowed = (table.column(name) for name in ("simulated", "error", "theory"))
    equal = table.column("condition") == 1
    above, below = (mean - allowed) / error, np.where(equal, (allowed / 2 - mean) / error, -np.inf)
    ratio = mean / allowed
    said = f"simulated over claimed: {ratio.min():.2f} to {ratio.max():.2f}"
    return Table(COLUMNS, tuple(rows), (said,), bool(above.max() < SIGMAS and below.max() < SIGMAS))


def draw(table: Table, settings: Any) -> Any:
    fig, (ax,) = figure.panels(1, width=5.4, height=4.0)
    for condition, colour, marker in figure.series(settings["conditions"]):
        part = table.where(condition=condition)
        x = part.column("length")
        ax.plot(x, part.column("theory"), color=colour, label=f"claimed, $L/\\mu={condition:g}$")
        ax.errorbar(
            x, part.column("simulated"), yerr=3 * part.column("error"), fmt=marker, color=colour,
            label=f"simulated, $L/\\mu={condition:g}$",
        )  # fmt: skip
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlabel(r"step $\eta L$")
    ax.set_ylabel(r"mean of $\Vert x_T-x^{\mathrm{*}}\Vert^2$")
    figure.legend(ax)
    figure.caption(
        fig,
        "The noise floor of constant stochastic steps: below what is claimed, and growing with the step",
        "bars: three standard errors",
    )
    return fig
