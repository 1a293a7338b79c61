"""The figure of the experiment ``images``: predicted against measured risks, and the gain against every knob."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theory.maml_erm.experiments.image_findings import agreement, at, ratio
from theory.maml_erm.experiments.image_samples import KINDS, METHODS
from verify.statistics import figure
from verify.statistics.experiment import Table

BLUE, RED, GREEN = figure.COLOURS[0], figure.COLOURS[1], figure.COLOURS[2]
RISKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)  # that stand on the axes
KIND_COLOURS = {"hard": RED, "easy": BLUE}


def drawn(table: Table, settings: Any) -> Any:
    fig, axes = figure.panels(8, rows=4, width=3.9, height=2.9)
    _risks(axes[0], table)
    _accuracies(axes[1], table)
    gaps = settings["gap"]
    hardness = [_mean(at(table, gap=g), "steps_hard") / _mean(at(table, gap=g), "steps_easy") for g in gaps]
    _knob(axes[2], table, "gap", gaps, hardness)
    _plain(axes[2], (1, 2, 5, 10))
    axes[2].set_xlabel("hardness gap: gradient steps, hard over easy")
    for ax, knob, label in (
        (axes[3], "packing", "packing: hard tasks with exchanged labels"),
        (axes[4], "centre", "centres: easy labels opposed (1), fair (0), agreeing ($-1$)"),
        (axes[5], "p", r"probability of a hard task, $p$"),
        (axes[6], "m", r"images that are adapted on, $m$"),
        (axes[7], "alpha", r"inner step, $\alpha\,\overline{\lambda_{\max}}$"),
    ):
        _knob(ax, table, knob, settings[knob], settings[knob])
        ax.set_xlabel(label)
    axes[4].set_xticks(sorted(settings["centre"]))
    _plain(axes[6], tuple(settings["m"]))
    for ax in axes:
        ax.xaxis.label.set_size(9)
        ax.yaxis.label.set_size(9)
        ax.tick_params(labelsize=8)
        figure.legend(ax, fontsize=7)
    figure.caption(
        fig,
        "The theory of linear regression predicts few-shot image tasks on frozen features",
        r"lines: theory (H4.Q), dashed: for Gaussian inputs (M2); points: means over the replicates, $\pm 1$ s.e.; "
        r"while one knob turns: $p=0.2$, $m=20$, $\alpha\,\overline{\lambda_{\max}}=1$, hard tasks packed, centres "
        "far, easy pairs from the upper half of all distances",
    )
    return fig


def _plain(ax: Any, ticks: Sequence[float]) -> None:
    """A logarithmic axis with these numbers on it, as far as it reaches."""
    ax.set_xscale("log")
    low, high = ax.get_xlim()
    ax.set_xticks([t for t in ticks if low <= t <= high], [f"{t:g}" for t in ticks if low <= t <= high])
    ax.set_xticks([], minor=True)


def _mean(table: Table, name: str) -> float:
    return float(table.column(name).mean())


def _risks(ax: Any, table: Table) -> None:
    """Measured against predicted excess risks, every point one method on one kind of tasks in one run."""
    for kind in KINDS:
        for method, marker in zip(METHODS, ("o", "^"), strict=True):
            predicted, measured = (table.column(f"{source}_{method}_{kind}") for source in ("general", "measured"))
            label = f"{method.upper()}, {kind} tasks"
            ax.plot(predicted, measured, marker, color=KIND_COLOURS[kind], ms=2.5, mfc="none", mew=0.6, label=label)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ends = ax.get_xlim()
    ax.plot(ends, ends, color="black", lw=0.8, zorder=0)
    _plain(ax, RISKS)
    figure.plain_numbers(ax, RISKS)
    median, explained = agreement(table, "general")
    said = f"median error {median:.1%}\n$R^2$ of logarithms {explained:.3f}"
    ax.text(0.97, 0.05, said, transform=ax.transAxes, ha="right", fontsize=8)
    ax.set_xlabel("excess risk, theory")
    ax.set_ylabel("excess risk, measured")


def _accuracies(ax: Any, table: Table) -> None:
    """What MAML adds to the accuracy on a kind of tasks, against the theory's ratio of risks, run by run."""
    ax.axhline(0, color="0.6", lw=0.8)
    ax.axvline(1, color="0.6", lw=0.8)
    for kind in KINDS:
        expected = ratio(table, "general", kind)
        more = table.column(f"accuracy_maml_{kind}") - table.column(f"accuracy_erm_{kind}")
        ax.plot(expected, more, "o", color=KIND_COLOURS[kind], ms=2.5, mfc="none", mew=0.6, label=f"{kind} tasks")
    _plain(ax, (0.5, 0.7, 1, 1.4, 2, 2.8))
    ax.set_xlabel("excess risk, ERM over MAML, theory")
    ax.set_ylabel("accuracy, MAML $-$ ERM")


def _knob(ax: Any, table: Table, knob: str, values: Sequence[Any], x: Sequence[float]) -> None:
    """The ratio of excess risks, ERM over MAML, while one knob is turned: over all tasks, and on each kind."""
    order = np.argsort(x)
    places = np.asarray(x, dtype=float)[order]
    parts = [at(table, **{knob: values[i]}) for i in order]
    ax.axhline(1, color="0.6", lw=0.8)
    for name, colour, marker in (("all", "black", "s"), ("hard", RED, "o"), ("easy", BLUE, "^")):
        found = [ratio(part, "measured", name) for part in parts]
        for law, style in (("general", "-"), ("gaussian", "--")):
            if law == "general" or name == "all":
                line = [ratio(part, law, name).mean() for part in parts]
                ax.plot(places, line, style, color=colour, lw=1.1)
        mean = np.array([each.mean() for each in found])
        error = np.array([each.std(ddof=1) / np.sqrt(len(each)) for each in found])
        ax.errorbar(
            places, mean, error, fmt=marker, color=colour, ms=3.5, mfc="white", capsize=2, label=f"{name} tasks"
        )
    ax.set_yscale("log")
    ax.set_yticks([], minor=True)
    figure.plain_numbers(ax, (0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0))
    ax.set_ylabel("excess risk, ERM over MAML")
