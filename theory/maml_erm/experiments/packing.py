"""The gain is limited by Delta^2/V_H and needs no closely packed easy tasks (N2).

Left: with many samples the gain rises with Delta^2/V_H, below the bound 1 + Delta^2/V_H, whatever V_E is. Right: at
fixed V_H it does not need a large Delta^2/V_E: 1 + Delta^2/V_E is no bound, the gain is above it where V_E is large.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from theory.maml_erm.definitions.cubature import Mixture
from theory.maml_erm.experiments import parameters as par
from theory.maml_erm.experiments.curves import curve
from verify.statistics.experiment import Array, Run, Table

NAMES = ("rho_H", "rho_E", "alpha", "p", "Delta")
CLAIMS = ("N2", "N2.packing", "N2.distance")
AXES = ("V_E", "V_H")
PARAMETERS = (
    par.RHO_H.at(0.1),
    par.RHO_E, par.ALPHA, par.P, par.DELTA,
    par.D,
    par.Parameter("ratio", 200.0, "number", "test samples per dimension, m/(d+1)", above=0, symbol="m/(d+1)"),
    par.Parameter("points", 17, "count", "points along each curve", least=3),
    par.Parameter("V_E", (0.1, 1.0, 10.0), "numbers", "spreads of the easy optima in the left panel", above=0),
    par.Parameter("V_H", (0.03, 0.1, 1.0), "numbers", "spreads of the hard optima in the right panel", above=0),
)  # fmt: skip
COLUMNS = (
    ("panel", "0: V_H varies, 1: V_E varies"),
    ("V_H", "spread of the hard optima [Y^2/X^2]"),
    ("V_E", "spread of the easy optima [Y^2/X^2]"),
    ("gain", "E_m(ERM)/E_m(MAML) by cubature of the definition"),
    ("error", "error of the cubature"),
    ("theory", "closed form of the gain"),
    ("bound", "1 + Delta^2/V_H"),
)


def work(rng: np.random.Generator, items: Any, **s: Any) -> Array:
    """One row (gain, error) per (V_H, V_E)."""
    gains = [Mixture(**s, V_H=V_H, V_E=V_E).gain() for V_H, V_E in items]
    return np.array([(g.value, g.error) for g in gains])


def samples(s: Any) -> int:
    return int(max(1, round(s["ratio"] * (s["d"] + 1))))


def run(job: Run) -> Table:
    t = job.settings
    s = {**{k: t[k] for k in NAMES}, "d": t["d"], "m": samples(t)}
    sweep = np.geomspace(1e-2, 1e2, t["points"]) * t["Delta"] ** 2
    items = [(0, float(v), e) for e in t["V_E"] for v in sweep] + [(1, h, float(v)) for h in t["V_H"] for v in sweep]
    found = job.map(work, [(v, e) for _, v, e in items], part="geometry", chunk_size=t["points"], **s)
    rows = tuple(
        (k, v, e, *map(float, found[i]), float(curve("gain", V_H=v, V_E=e, **s)), 1 + t["Delta"] ** 2 / v)
        for i, (k, v, e) in enumerate(items)
    )
    table = Table(COLUMNS, rows)
    deviation, line = table.deviation("gain")
    star = float(curve("threshold", **s))
    bound = bool(np.all(table.column("gain") <= table.column("bound"))) if s["m"] >= star else True
    above = int(np.sum(table.column("gain") > 1 + t["Delta"] ** 2 / table.column("V_E")))
    summary = (
        line,
        f"every gain is below 1 + Delta^2/V_H: {'yes' if bound else 'no'} (m = {s['m']:,}, m* = {star:,.6g})",
        f"1 + Delta^2/V_E is no bound: {above} of {len(rows)} gains are above it",
    )
    return Table(COLUMNS, rows, summary, deviation < 1e-10 and bound)


def draw(table: Table, settings: Any) -> Any:
    from verify.statistics import figure

    fig, axes = figure.panels(2, width=4.5, height=3.8, sharey=True)
    s = {**{k: settings[k] for k in NAMES}, "d": settings["d"], "m": samples(settings)}
    square = settings["Delta"] ** 2
    x = np.geomspace(0.8e-2, 1.25e2, 300)
    for panel, (ax, own, other) in enumerate(zip(axes, ("V_H", "V_E"), ("V_E", "V_H"), strict=True)):
        for value, colour, marker in figure.series(settings[other]):
            part = table.where(panel=panel, **{other: value})
            ax.plot(x, curve("gain", **s, **{own: square / x, other: value}), color=colour, lw=1.1)
            ax.plot(
                square / part.column(own),
                part.column("gain"),
                marker,
                color=colour,
                mfc="white",
                label=rf"${other}={value:g}$",
            )
        ax.set_xscale("log")
        ax.set_yscale("log")
        ax.set_xlabel(rf"$\Delta^2/{own}$")
    axes[0].plot(x, 1 + x, color="black", ls="--", lw=1, label=r"bound $1+\Delta^2/V_H$")
    axes[1].plot(x, 1 + x, color="black", ls=":", lw=1, label=r"$1+\Delta^2/V_E$, no bound")
    axes[0].set_ylabel(r"gain $\mathcal{E}_m(\mathrm{ERM})\,/\,\mathcal{E}_m(\mathrm{MAML})$")
    axes[0].set_ylim(0.9, 200)
    axes[0].set_title("hard optima closely packed: needed", loc="left")
    axes[1].set_title("easy optima closely packed: not needed", loc="left")
    for ax in axes:
        figure.legend(ax)
    figure.caption(
        fig,
        r"The gain is limited by $1+\Delta^2/V_H$; it needs no closely packed easy tasks",
        "lines: theory, points: cubature of the definition",
    )
    return fig
