"""Trained with n samples and tested with m: below the threshold on one side only, MAML loses to ERM (U1).

The risk of MAML over the risk of ERM, both after adaptation on m samples, against the n that MAML was trained with.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from theory.maml_erm.definitions.cubature import Mixture
from theory.maml_erm.experiments import parameters as par
from theory.maml_erm.experiments.curves import curve
from verify.statistics.experiment import Array, Run, Table

NAMES = tuple(p.name for p in par.MIXTURE)
CLAIMS = ("U1", "U1.loses", "U1.table.opposite")
AXES = ("ratio",)
PARAMETERS = (
    *par.MIXTURE,
    par.D,
    par.Parameter("ratio", (0.3, 5.0, 100.0), "numbers", "test samples per dimension, m/(d+1)", above=0),
    par.Parameter("points", 25, "count", "training samples n/(d+1) from 0.05 to 500, log-spaced", least=5),
)
COLUMNS = (
    ("n", "training samples of the inner step"),
    ("m", "test samples"),
    ("per_dimension", "n/(d+1)"),
    ("ratio", "m/(d+1)"),
    ("relative_risk", "E_m(MAML trained with n)/E_m(ERM) by cubature of the definition"),
    ("theory", "the same in closed form"),
)


def work(rng: np.random.Generator, items: Any, **s: Any) -> Array:
    """One row (relative risk) per (n, m)."""
    out = []
    for n, m in items:
        test = Mixture(**s, m=m)
        trained = replace(test, m=n).maml().value
        out.append((test.risk(trained, floor=False).value / test.risk(test.erm().value, floor=False).value,))
    return np.array(out)


def closed_form(**values: Any) -> Array:
    return curve("risk.maml", **values) / curve("risk.erm", **values)


def run(job: Run) -> Table:
    t = job.settings
    s = {**{k: t[k] for k in NAMES}, "d": t["d"]}
    ns = sorted({max(1, round(x * (t["d"] + 1))) for x in np.geomspace(0.05, 500, t["points"])})
    items = [(n, max(1, round(x * (t["d"] + 1)))) for x in t["ratio"] for n in ns]
    found = job.map(work, items, part="mismatch", chunk_size=len(ns), **s)
    rows = tuple(
        (n, m, n / (t["d"] + 1), t["ratio"][i // len(ns)], float(found[i, 0]), float(closed_form(**s, n=n, m=m)))
        for i, (n, m) in enumerate(items)
    )
    table = Table(COLUMNS, rows)
    deviation, line = table.deviation("relative_risk")
    star = float(curve("threshold", **s))
    n, m = table.column("n"), table.column("m")
    opposite = (n < 0.999 * star) & (m > 1.001 * star)
    loses = bool(np.all(table.column("relative_risk")[opposite] > 1))
    summary = (
        line,
        f"MAML loses at each of the {int(opposite.sum())} points with n < m* < m: {'yes' if loses else 'no'}",
    )
    return Table(COLUMNS, rows, summary, deviation < 1e-10 and loses)


def draw(table: Table, settings: Any) -> Any:
    from verify.statistics import figure

    fig, (ax,) = figure.panels(width=6.0, height=4.0)
    s = {**{k: settings[k] for k in NAMES}, "d": settings["d"]}
    u = np.geomspace(0.04, 620, 500)
    for x, colour, marker in figure.series(settings["ratio"]):
        part = table.where(ratio=x)
        m = max(1, round(x * (settings["d"] + 1)))
        ax.plot(u, closed_form(**s, n=u * (settings["d"] + 1), m=m), color=colour)
        ax.plot(
            part.column("per_dimension"),
            part.column("relative_risk"),
            marker,
            color=colour,
            mfc="white",
            label=rf"$m/(d+1)={x:g}$",
        )
    ax.axhline(1, color="black", lw=0.9)
    ax.text(0.985, 1.0, "ERM", transform=ax.get_yaxis_transform(), ha="right", va="bottom", fontsize=9)
    ax.plot([], [], color="0.3", label="theory")
    star = float(curve("threshold", **s)) / (settings["d"] + 1)
    figure.mark_threshold(ax, star, height=0.97)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlabel(r"training samples per dimension, $n/(d+1)$")
    ax.set_ylabel(r"$\mathcal{E}_m(\mathrm{MAML}^{(n)})\,/\,\mathcal{E}_m(\mathrm{ERM})$")
    figure.legend(ax, title="cubature, tested at")
    figure.plain_numbers(ax, (0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3))
    figure.caption(
        fig,
        r"Trained with $n$, tested with $m$ samples: MAML loses if $m^{\mathrm{*}}$ is between them",
    )
    return fig
