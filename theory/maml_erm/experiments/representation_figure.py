"""The figure of the experiment with learned representations: recovery, diversity, gains, and wrong spaces."""

from __future__ import annotations

from typing import Any

import numpy as np

from theory.maml_erm.experiments import wrong_space
from theory.maml_erm.experiments.curves import curve
from theory.maml_erm.experiments.recovery import ADAPTED, LEARNERS, MULTI
from theory.maml_erm.experiments.representation_results import DIVERSITY, GAIN, LOSS, PATH, RECOVERED, wrong_settings
from verify.statistics import figure
from verify.statistics.experiment import Table

STYLES = ("-", "--", ":", "-.")
SINES = (0.002, 1.6)  # the least are about 0.004


def draw(table: Table, settings: Any) -> Any:
    fig, (first, second, third, fourth) = figure.panels(4, rows=2, width=3.4, height=2.9)
    _recovery(first, table, settings)
    _diversity(second, table, settings)
    _gains(third, table, settings)
    _wrong(fourth, table, settings)
    for ax in (first, second, third, fourth):
        ax.xaxis.label.set_size(9)
        ax.yaxis.label.set_size(9)
        ax.tick_params(labelsize=8)
    figure.caption(
        fig,
        r"Multi-head ERM and ANIL find the space of the tasks; then $k$ counts, not $d$",
        "lines in (a) and (b): medians of the repetitions; bars: 2 s.e.; packed: spread of the hard optima in (b)",
    )
    return fig


def _recovery(ax: Any, table: Table, settings: Any) -> None:
    """Medians over the repetitions, one line for each learner and size."""
    for (d, k), style in zip(zip(settings["d"], settings["k"], strict=True), STYLES, strict=False):
        for index, colour, _ in figure.series(range(len(LEARNERS))):
            part = table.where(kind=PATH, d=d, k=k, learner=index)
            steps = np.unique(part.column("x"))
            ax.plot(
                steps, [np.median(part.where(x=x).column("value")) for x in steps], style, color=colour,
                label=LEARNERS[index] if style == STYLES[0] else None,
            )  # fmt: skip
        ax.plot([], [], style, color="0.3", label=f"$d={d}$, $k={k}$")
    ax.axhline(RECOVERED, color="0.6", lw=0.8)
    ax.set_yscale("log")
    ax.set_ylim(*SINES)
    ax.set_title("(a) recovery", loc="left")
    ax.set_xlabel("iterations")
    ax.set_ylabel("sine of the largest angle")
    figure.legend(ax, fontsize=7)


def _diversity(ax: Any, table: Table, settings: Any) -> None:
    for index in (MULTI, ADAPTED):
        part = table.where(kind=DIVERSITY, learner=index)
        colour, marker = figure.COLOURS[index], figure.MARKERS[index]
        ax.plot(part.column("x"), part.column("value"), marker, color=colour, mfc="none", label=LEARNERS[index])
        spreads = np.unique(part.column("x"))
        ax.plot(spreads, [np.median(part.where(x=x).column("value")) for x in spreads], color=colour, lw=1)
    ax.axhline(RECOVERED, color="0.6", lw=0.8)
    ax.text(
        min(settings["diverse"]), 0.9 * RECOVERED, f"recovered: below {RECOVERED:g}", va="top", fontsize=7, color="0.3"
    )
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_ylim(*SINES)
    ax.set_title(rf"(b) packed hard optima, $V_H={settings['packed']:g}$", loc="left")
    ax.set_xlabel(r"spread of the easy optima, $V_E$  [$Y^2/X^2$]")
    ax.set_ylabel("sine of the largest angle")
    figure.legend(ax, fontsize=7)


def _gains(ax: Any, table: Table, settings: Any) -> None:
    s = {name: settings[name] for name in ("rho_H", "rho_E", "alpha", "p", "Delta", "V_H", "V_E")}
    ratio = np.geomspace(0.4, 40, 300)
    k = settings["k"][0]
    ax.plot(ratio, curve("gain", d=k, m=ratio * (k + 1), **s), color="black", label="theory, $k$ for $d$")
    for (d, k), colour, marker in figure.series(zip(settings["d"], settings["k"], strict=True)):
        part = table.where(kind=GAIN, d=d, k=k)
        ax.errorbar(
            part.column("x"), part.column("value"), 2 * part.column("standard_error"), fmt=marker, color=colour,
            mfc="none", ms=4, elinewidth=0.8, label=f"$d={d}$, $k={k}$",
        )  # fmt: skip
        ax.plot(ratio, curve("gain", d=d, m=ratio * (k + 1), **s), "--", color=colour, lw=1)
    ax.plot([], [], "--", color="0.3", lw=1, label="theory, all $d$ adapted")
    ax.set_xscale("log")
    ax.set_title("(c) gain on learned spaces", loc="left")
    ax.set_xlabel(r"samples per dimension of a head, $m/(k+1)$")
    ax.set_ylabel(r"gain $\mathcal{E}_m(\mathrm{ERM})/\mathcal{E}_m(\mathrm{MAML})$")
    figure.legend(ax, fontsize=7)


def _wrong(ax: Any, table: Table, settings: Any) -> None:
    fixed = wrong_settings(settings)
    sin2 = np.linspace(0, 1, 50)
    for m, colour, marker in figure.series(settings["m"]):
        ax.plot(sin2, wrong_space.stated(wrong_space.RISK, sin2, m=m, **fixed), color=colour, label=f"$m={m}$")
        ax.plot(sin2, wrong_space.stated(wrong_space.FULL, sin2, m=m, **fixed), "--", color=colour, lw=1)
        part = table.where(kind=LOSS, m=m)
        ax.errorbar(
            part.column("x"), part.column("value"), 2 * part.column("standard_error"), fmt=marker, color=colour,
            mfc="none", ms=4, elinewidth=0.8,
        )  # fmt: skip
    ax.plot([], [], color="0.3", label="head, theory (R2)")
    ax.plot([], [], "--", color="0.3", lw=1, label="all $d$ adapted")
    ax.set_title("(d) wrong spaces; lines cross at R5", loc="left")
    ax.set_xlabel(r"mean squared sine of the angles")
    ax.set_ylabel(r"loss after adaptation  [$Y^2$]")
    figure.legend(ax, fontsize=7)
