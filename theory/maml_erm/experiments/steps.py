"""More inner steps move no threshold: the same m* for every K, and above it more gain (T5).

K fresh-batch inner steps of m samples each, in training and at test, for K = 1, 2, 4, 8.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from theory.maml_erm.definitions.cubature import Mixture
from theory.maml_erm.experiments import parameters as par
from theory.maml_erm.experiments.curves import curve
from verify.statistics.experiment import Array, Run, Table

NAMES = tuple(p.name for p in par.MIXTURE)
CLAIMS = ("T5.threshold", "T5.gain", "T5.fresh")
AXES = ("K",)
PARAMETERS = (
    *par.MIXTURE,
    par.D,
    par.quantity("K", (1, 2, 4, 8), "counts", "numbers of inner steps"),
    par.Parameter("points", 21, "count", "ratios m/(d+1) from 0.2 to 200, log-spaced", least=5),
)
COLUMNS = (
    ("K", "inner steps"),
    ("m", "samples per step"),
    ("ratio", "m/(d+1)"),
    ("gain", "E_m(ERM)/E_m(MAML) by cubature of the definition"),
    ("error", "error of the cubature"),
    ("theory", "closed form of the gain"),
)


def work(rng: np.random.Generator, items: Any, **s: Any) -> Array:
    """One row (gain, error) per (K, m)."""
    gains = [Mixture(**s, m=m, K=K).gain() for K, m in items]
    return np.array([(g.value, g.error) for g in gains])


def run(job: Run) -> Table:
    t = job.settings
    s = {**{k: t[k] for k in NAMES}, "d": t["d"]}
    ms = sorted({max(1, round(x * (t["d"] + 1))) for x in np.geomspace(0.2, 200, t["points"])})
    items = [(K, m) for K in t["K"] for m in ms]
    found = job.map(work, items, part="steps", chunk_size=len(ms), **s)
    rows = tuple(
        (K, m, m / (t["d"] + 1), *map(float, found[i]), float(curve("gain.fresh", **s, m=m, K=K)))
        for i, (K, m) in enumerate(items)
    )
    table = Table(COLUMNS, rows)
    deviation, line = table.deviation("gain")
    star = float(curve("threshold", **s))
    ordered = all(
        np.all(np.diff([table.where(K=K, m=m).column("gain")[0] for K in sorted(t["K"])]) > 0)
        for m in ms
        if m > 1.01 * star
    )
    summary = (
        line,
        f"above m* = {star:,.6g} more steps give more gain at every m: {'yes' if ordered else 'no'}",
    )
    return Table(COLUMNS, rows, summary, deviation < 1e-10 and ordered)


def draw(table: Table, settings: Any) -> Any:
    from verify.statistics import figure

    fig, (ax,) = figure.panels(width=6.0, height=4.0)
    s = {**{k: settings[k] for k in NAMES}, "d": settings["d"]}
    u = np.geomspace(0.17, 240, 600)
    for K, colour, marker in figure.series(settings["K"]):
        part = table.where(K=K)
        ax.plot(u, curve("gain.fresh", **s, m=u * (settings["d"] + 1), K=K) - 1, color=colour)
        ax.plot(
            part.column("ratio"), part.column("gain") - 1, marker, color=colour, mfc="white", label=f"$K={K}$, cubature"
        )
    ax.plot([], [], color="0.3", label="theory")
    star = float(curve("threshold", **s)) / (settings["d"] + 1)
    figure.mark_threshold(ax, star, height=0.97, left=True)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_ylim(bottom=1e-5)  # at the threshold all curves reach 0
    ax.set_xlabel(r"samples per step and dimension, $m/(d+1)$")
    ax.set_ylabel(r"gain minus one, $\mathcal{E}_m(\mathrm{ERM})\,/\,\mathcal{E}_m(\mathrm{MAML}_K)-1$")
    figure.legend(ax)
    figure.caption(fig, r"$K$ fresh inner steps: the threshold is the same for all $K$; above it more steps gain more")
    return fig
