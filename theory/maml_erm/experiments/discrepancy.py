"""Without a difference in hardness there is no gain (N1).

The gain against rho_H/rho_E at several m/(d+1), with the bound that holds whatever the geometry is. It falls to 1 as
the two kinds of tasks become equally hard, and at the ratio at which m is the sign change.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from theory.maml_erm.definitions.cubature import Mixture
from theory.maml_erm.experiments import parameters as par
from theory.maml_erm.experiments.curves import curve
from verify.statistics.experiment import Array, Run, Table

NAMES = ("rho_E", "p", "Delta", "V_H", "V_E")
CLAIMS = ("N1", "S1.mixture")
AXES = ("ratio",)
PARAMETERS = (
    par.RHO_E, par.P, par.DELTA, par.V_H, par.V_E,
    par.Parameter("x", 1.0, "number", "step size in units of 1/rho_E", above=0, below=1.00001, symbol=r"\alpha\rho_E"),
    par.D,
    par.Parameter("ratio", (3.0, 30.0, 300.0), "numbers", "test samples per dimension, m/(d+1)", above=0),
    par.Parameter("points", 25, "count", "ratios rho_H/rho_E in each curve", least=3),
)  # fmt: skip
COLUMNS = (
    ("ratio", "m/(d+1)"),
    ("hardness", "rho_H/rho_E"),
    ("gain", "E_m(ERM)/E_m(MAML) by cubature of the definition"),
    ("error", "error of the cubature"),
    ("theory", "closed form of the gain"),
    ("bound", "1 + (kappa - sigma)^2/((1 + kappa)^2 sigma) of N1"),
)


def work(rng: np.random.Generator, items: Any, **s: Any) -> Array:
    """One row (gain, error) per (m, rho_H)."""
    gains = [Mixture(**s, rho_H=rho_H, m=m).gain() for m, rho_H in items]
    return np.array([(g.value, g.error) for g in gains])


def bound(**values: Any) -> Array:
    kappa, sigma = curve("kappa", **values), curve("sigma", **values)
    return 1 + (kappa - sigma) ** 2 / ((1 + kappa) ** 2 * sigma)


def common(t: Any) -> dict[str, Any]:
    return {**{k: t[k] for k in NAMES}, "alpha": t["x"] / t["rho_E"], "d": t["d"]}


def no_gain(hardness: Array, at: Mapping[str, Any]) -> list[float]:
    """Between which neighbours of these ratios of hardness m is the threshold: the middle of each such pair."""
    above = curve("threshold", **{k: v for k, v in at.items() if k in ("alpha", "rho_H", "rho_E", "d")}) > at["m"]
    return [float(hardness[i : i + 2].mean()) for i in np.flatnonzero(above[1:] != above[:-1])]


def run(job: Run) -> Table:
    t = job.settings
    s = common(t)
    hardness = np.concatenate(
        [np.geomspace(5e-3, 0.5, t["points"] // 2), np.linspace(0.55, 0.99, t["points"] - t["points"] // 2)]
    )
    items = [(max(1, round(k * (t["d"] + 1))), float(h * t["rho_E"])) for k in t["ratio"] for h in hardness]
    found = job.map(work, items, part="hardness", chunk_size=t["points"], **s)
    rows = []
    for i, (m, rho_H) in enumerate(items):
        at = {**s, "m": m, "rho_H": rho_H}
        rows.append(
            (
                t["ratio"][i // len(hardness)],
                rho_H / t["rho_E"],
                *map(float, found[i]),
                float(curve("gain", **at)),
                float(bound(**at)),
            )
        )
    table = Table(COLUMNS, tuple(rows))
    deviation, line = table.deviation("gain")
    below = bool(np.all(table.column("gain") <= table.column("bound") * (1 + 1e-12)))
    summary = (
        line,
        f"every gain is below the bound of N1: {'yes' if below else 'no'}",
    )
    return Table(COLUMNS, tuple(rows), summary, deviation < 1e-10 and below)


def draw(table: Table, settings: Any) -> Any:
    from verify.statistics import figure

    fig, (ax,) = figure.panels(width=6.0, height=4.0)
    s = common(settings)
    x = np.linspace(0.004, 0.9999, 1200)
    for k, colour, marker in figure.series(settings["ratio"]):
        part = table.where(ratio=k)
        at = {**s, "m": max(1, round(k * (s["d"] + 1))), "rho_H": x * s["rho_E"]}
        ax.plot(x, curve("gain", **at) - 1, color=colour)
        ax.plot(x, bound(**at) - 1, color=colour, ls="--", lw=0.9)
        ax.plot(
            part.column("hardness"),
            part.column("gain") - 1,
            marker,
            color=colour,
            mfc="white",
            label=rf"$m/(d+1)={k:g}$, cubature",
        )
        for place in no_gain(x, at):
            ax.axvline(place, color=colour, ls=":", lw=1)
    ax.plot([], [], color="0.3", label="theory")
    ax.plot([], [], color="0.3", ls="--", lw=0.9, label="bound of N1, any geometry")
    ax.set_xlim(0, 1)
    ax.set_yscale("log")
    ax.set_ylim(1e-7, 2 * float(np.max(table.column("bound") - 1)))  # the dips reach 0
    ax.set_xlabel(r"hardness ratio $\rho_H/\rho_E$ (1: equally hard)")
    ax.set_ylabel(r"gain minus one, $G-1$")
    figure.legend(ax)
    figure.caption(
        fig,
        "Without a difference in hardness there is no gain",
        r"no gain either where $m$ is the threshold $m^{\mathrm{*}}$ of the two hardnesses (dotted)",
    )
    return fig
