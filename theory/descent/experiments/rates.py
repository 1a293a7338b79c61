"""The contraction of one gradient step against its length: the worst of random starts beside what the claims allow.

Starts include the directions in which a quadratic is flattest and steepest, so that the bound is reached.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from theory.descent.definitions.losses import Quadratics, minimiser
from theory.descent.definitions.methods import gradient_descent
from theory.descent.experiments.bounds import bound
from theory.descent.measurements.values import ROUNDING
from verify.statistics import figure
from verify.statistics.experiment import Array, Run, Table
from verify.statistics.parameters import Parameter

CLAIMS = ("GD.contract.short", "GD.contract.long")
AXES = ("conditions",)
PARAMETERS = (
    Parameter("d", 6, "count", "dimension", symbol="d"),
    Parameter("starts", 200, "count", "random starts for each step"),
    Parameter("conditions", (2.0, 10.0, 100.0), "numbers", "values of L/mu", least=1),
    Parameter("points", 25, "count", "step lengths between 0 and 2/L"),
)
COLUMNS = (
    ("condition", "L/mu"),
    ("length", "step in parts of 1/L"),
    ("measured", "largest ||x1 - xs||/||x0 - xs|| of all starts"),
    ("theory", "square root of the right-hand side of GD.contract.short or GD.contract.long at ||x0 - xs|| = 1"),
)
MISSED = 0.01  # by which the worst start may fall short: it is an eigenvector, so that it does so by rounding only


def work(rng: np.random.Generator, items: Any, *, d: int, starts: int) -> Array:
    """The largest ratio for each condition and length, on a quadratic with L = 1 and turned axes."""
    rows = []
    for condition, length in items:
        axes = np.linalg.qr(rng.normal(size=(d, d)))[0]
        spectrum = np.concatenate([[1 / condition, 1.0], rng.uniform(1 / condition, 1.0, size=max(0, d - 2))])[:d]
        matrix = (axes * spectrum) @ axes.T
        f = Quadratics(((matrix + matrix.T) / 2)[None], rng.normal(size=(1, d)))
        xs = minimiser(f)
        away = np.concatenate([axes.T, rng.normal(size=(starts, d))])
        ratios = [np.linalg.norm(gradient_descent(f, xs + a, length, 1)[1] - xs) / np.linalg.norm(a) for a in away]
        rows.append((max(ratios),))
    return np.array(rows)


def run(job: Run) -> Table:
    s = job.settings
    lengths = np.linspace(0, 2, s["points"] + 2)[1:-1]
    items = [(float(c), float(length)) for c in s["conditions"] for length in lengths]
    found = job.map(work, items, part="steps", chunk_size=len(lengths), d=s["d"], starts=s["starts"])
    rows = tuple((c, length, float(found[i, 0]), allowed(c, length)) for i, (c, length) in enumerate(items))
    table = Table(COLUMNS, rows)
    over = table.column("measured") - table.column("theory")
    agrees = bool(over.max() <= 1e4 * ROUNDING and over.min() >= -MISSED)
    said = f"largest excess over the bound: {over.max():.1e}; it is missed by at most {max(0.0, -over.min()):.1e}"
    return Table(COLUMNS, rows, (said,), agrees)


def allowed(condition: float, length: float) -> float:
    """The factor that the claims allow at L = 1."""
    claim = "GD.contract.short" if length * (1 + 1 / condition) <= 2 else "GD.contract.long"
    values: dict[str, float | Array] = {
        "eta": length,
        "mu": 1 / condition,
        "L": 1.0,
        "x0": np.ones(1),
        "xs": np.zeros(1),
    }
    return float(np.sqrt(bound(claim, values)))


def draw(table: Table, settings: Any) -> Any:
    fig, (ax,) = figure.panels(1, width=5.4, height=4.0)
    for condition, colour, marker in figure.series(settings["conditions"]):
        part = table.where(condition=condition)
        ax.plot(part.column("length"), part.column("theory"), color=colour, label=f"claimed, $L/\\mu={condition:g}$")
        ax.plot(
            part.column("length"),
            part.column("measured"),
            marker,
            color=colour,
            label=f"worst start, $L/\\mu={condition:g}$",
        )
    ax.set_xlabel(r"step $\eta L$")
    ax.set_ylabel(r"contraction $\Vert x_1-x^{\mathrm{*}}\Vert/\Vert x_0-x^{\mathrm{*}}\Vert$")
    ax.set_ylim(0, 1.05)
    figure.legend(ax)
    figure.caption(fig, "One gradient step on quadratics: no start is worse than claimed, and the worst are as bad")
    return fig
