"""The risk of ridge regression against its penalty: drawn noise beside the closed form."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.ridge.theory import THEORY
from verify.statistics import figure
from verify.statistics.experiment import Array, Run, Table, curve
from verify.statistics.parameters import Parameter

PARAMETERS = (
    Parameter("d", 4, "count", "number of parameters"),
    Parameter("n", 8, "count", "samples"),
    Parameter("draws", 20000, "count", "draws of the noise"),
    Parameter("lam", (0.0, 0.25, 1.0), "numbers", "penalties", least=0),
)
COLUMNS = (
    ("lam", "penalty"),
    ("simulated", "mean squared error"),
    ("error", "standard error"),
    ("theory", "closed form"),
)


def work(rng: np.random.Generator, items: Any, *, d: int, n: int, draws: int) -> Array:
    """Mean squared error and its standard error for each penalty; ||w||^2 = 2 and noise 1."""
    w = np.full(d, np.sqrt(2 / d))
    rows = []
    for lam in items:
        estimates = (w + rng.normal(size=(draws, d)) / np.sqrt(n)) / (1 + lam)
        errors = ((estimates - w) ** 2).sum(axis=1)
        rows.append((errors.mean(), errors.std() / np.sqrt(draws)))
    return np.array(rows)


def run(job: Run) -> Table:
    s = job.settings
    found = job.map(work, list(s["lam"]), part="risk", d=s["d"], n=s["n"], draws=s["draws"])
    exact = curve(THEORY.named["risk"], d=s["d"], n=s["n"], B=2, nu=1, lam=np.array(s["lam"]))
    rows = tuple((lam, *map(float, found[i]), float(exact[i])) for i, lam in enumerate(s["lam"]))
    table = Table(COLUMNS, rows)
    z = np.abs(table.column("simulated") - table.column("theory")) / table.column("error")
    # 5.2 standard errors: a false alarm once in 10^6 runs of three points.
    return Table(COLUMNS, rows, (f"largest deviation: {z.max():.1f} standard errors",), bool(z.max() < 5.2))


def draw(table: Table, settings: Any) -> Any:
    fig, (ax,) = figure.panels(1, width=4.5, height=3.5)
    ax.plot(table.column("lam"), table.column("theory"), color="black")
    ax.errorbar(table.column("lam"), table.column("simulated"), yerr=3 * table.column("error"), fmt="o")
    ax.set_xlabel("penalty")
    return fig
