"""The gain depends on d and m through m/(d+1) only (T3).

For every d the gain of MAML over ERM is evaluated from the definition by cubature at the same ratios m/(d+1), and by
Monte Carlo with the exact-law sampler at a few of them. All points lie on the one curve of the theory.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from theory.maml_erm.definitions.cubature import Mixture
from theory.maml_erm.definitions.exact_law import Step
from theory.maml_erm.experiments import parameters as par
from theory.maml_erm.experiments.curves import curve
from verify.statistics.experiment import Array, Run, Table

CLAIMS = ("T3.collapse", "X2")
AXES = ("d",)
PARAMETERS = (
    *par.MIXTURE,
    par.quantity("d", (10, 100, 1000, 10_000, 100_000, 1_000_000), "counts", "dimensions"),
    par.Parameter("points", 25, "count", "ratios m/(d+1) from 0.2 to 1000, log-spaced", least=5),
    par.Parameter("tasks", 40_000, "count", "tasks per Monte Carlo point"),
)
FAST = {"d": (10, 1000, 100_000), "tasks": 10_000}
COLUMNS = (
    ("d", "input dimension"),
    ("m", "test samples"),
    ("ratio", "m/(d+1)"),
    ("gain", "E_m(ERM)/E_m(MAML) by cubature of the definition"),
    ("error", "error of the cubature"),
    ("simulated", "the same by Monte Carlo, nan where not run"),
    ("standard_error", "standard error of the Monte Carlo value"),
    ("theory", "closed form of the gain"),
)


def work(rng: np.random.Generator, items: Any, *, tasks: int, **s: Any) -> Array:
    """One row (gain, error, simulated, standard error) per (d, m, whether to simulate)."""
    return np.array([_point(rng, d, m, tasks if simulate else 0, s) for d, m, simulate in items])


def _point(rng: np.random.Generator, d: int, m: int, tasks: int, s: dict[str, Any]) -> tuple[float, ...]:
    mixture = Mixture(d=d, m=m, **s)
    gain = mixture.gain()
    if not tasks:
        return gain.value, gain.error, float("nan"), float("nan")
    a, b = mixture.erm().value, mixture.maml().value
    mean = np.zeros((2, 1))
    covariance = np.zeros((2, 2))
    for probability, rho, spread, sides in (
        (s["p"], s["rho_H"], s["V_H"], (1 - a, 1 - b)),
        (1 - s["p"], s["rho_E"], s["V_E"], (a, b)),
    ):
        step = Step(rho, s["alpha"], m)
        state = rng.bit_generator.state
        values = []
        for gap in sides:
            rng.bit_generator.state = state  # the same tasks for both solutions
            r = np.sqrt(spread / d)
            start = (gap * s["Delta"] + r * rng.standard_normal(tasks)) ** 2
            start += r * r * rng.chisquare(d - 1, tasks) if d > 1 else 0.0
            values.append(0.5 * rho * step.squares(rng, start, d))
        mean[:, 0] += [probability * v.mean() for v in values]
        covariance += probability**2 * np.cov(np.array(values)) / tasks
    ratio = float(mean[0, 0] / mean[1, 0])
    slope = np.array([1.0, -ratio]) / mean[1, 0]
    return gain.value, gain.error, ratio, float(np.sqrt(slope @ covariance @ slope))


def run(job: Run) -> Table:
    s = {k: job.settings[k] for k in (p.name for p in par.MIXTURE)}
    ratios = np.geomspace(0.2, 1000, job.settings["points"])
    rows = []
    for d in job.settings["d"]:
        items = [(d, max(1, round(x * (d + 1))), i % 6 == 3) for i, x in enumerate(ratios)]
        found = job.map(work, items, part=f"d = {d}", chunk_size=5, tasks=job.settings["tasks"], **s)
        m = np.array([item[1] for item in items])
        theory = curve("gain", d=d, m=m, **s)
        rows += [
            (d, int(m[i]), float(m[i] / (d + 1)), *map(float, found[i]), float(theory[i])) for i in range(len(items))
        ]
    table = Table(COLUMNS, tuple(rows))
    deviation, line = table.deviation("gain")
    z = np.abs(table.column("simulated") - table.column("theory")) / table.column("standard_error")
    summary = (
        line,
        f"largest deviation of {int(np.isfinite(z).sum())} simulated gains: {np.nanmax(z):.1f} standard errors",
    )
    return Table(COLUMNS, tuple(rows), summary, deviation < 1e-10 and bool(np.nanmax(z) < 6))


def draw(table: Table, settings: Any) -> Any:
    from verify.statistics import figure

    fig, (ax,) = figure.panels(width=6.0, height=4.0)
    s = {k: settings[k] for k in (p.name for p in par.MIXTURE)}
    u = np.geomspace(0.15, 1300, 600)
    largest = max(settings["d"])
    ax.plot(u, curve("gain", d=largest, m=u * (largest + 1), **s), color="black", label="theory, one curve for all $d$")
    for d, colour, marker in figure.series(settings["d"]):
        part = table.where(d=d)
        ax.plot(
            part.column("ratio"),
            part.column("gain"),
            marker,
            color=colour,
            mfc="none",
            label=f"$d$ = {figure.power_label(d)}, cubature",
        )
        ax.errorbar(
            part.column("ratio"), part.column("simulated"), 3 * part.column("standard_error"), fmt=".", color=colour,
            ms=2, elinewidth=1.4, capsize=3,
        )  # fmt: skip
    ax.plot([], [], marker="$\u2336$", ls="", color="0.3", label=r"Monte Carlo, $\pm 3$ s.e.")
    star = float(curve("threshold", d=largest, **s)) / (largest + 1)
    figure.mark_threshold(ax, star, height=0.2, top=0.25)
    ax.set_xscale("log")
    ax.set_xlabel(r"test samples per dimension, $m/(d+1)$")
    ax.set_ylabel(r"gain $\mathcal{E}_m(\mathrm{ERM})\,/\,\mathcal{E}_m(\mathrm{MAML})$")
    figure.legend(ax)
    figure.caption(fig, r"The gain depends on $d$ and $m$ through $m/(d+1)$ only")
    return fig
