"""The figure of the experiment ``networks``: MAML's gain against every knob, for every kind of learner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theory.maml_erm.experiments.network_findings import KEYS, at, gain, hardness, present, turned
from theory.maml_erm.experiments.network_samples import FIVE_LEVELS
from theory.maml_erm.images.plan import DESIGNS, LEVELS
from verify.statistics import figure
from verify.statistics.experiment import Array, Table

LABELS = dict(zip(LEVELS, ("frozen features, squared loss", "linearised network", "learned features, squared loss",
                           "network, end to end"), strict=True))  # fmt: skip

KINDS = (("hard", "-"), ("easy", ":"))
METHOD_COLOURS = ("0.6", figure.COLOURS[5], figure.COLOURS[4])


def drawn(table: Table, settings: Any) -> Any:
    designs = [d for d in DESIGNS if d in set(table.column("design").tolist())]
    fig, axes = figure.panels(6 if designs else 5, rows=3, width=3.9, height=2.9)
    gaps, levels = turned(table, "gap"), present(table)
    for ax, knob, values, label in (
        (axes[0], "gap", gaps, "hardness gap: steps, hard over easy"),
        (axes[1], "packing", turned(table, "packing"), "labels exchanged (0: hard tasks packed)"),
        (axes[2], "centre", turned(table, "centre"), "easy labels: against (1), with hard (-1)"),
        (axes[3], "p", turned(table, "p"), r"probability of a hard task, $p$"),
    ):
        for level, colour, marker in figure.series(LEVELS):
            if level in levels:
                _line(ax, table, level, knob, values, colour, marker)
        ax.axhline(0, color="0.6", lw=0.8)
        ax.set_xlabel(label)
        ax.set_ylabel("accuracy, MAML $-$ ERM")
        ax.xaxis.label.set_size(9)
    axes[0].set_xscale("log")
    axes[0].set_xticks([1, 2, 4, 8], ["1", "2", "4", "8"])
    axes[0].set_xticks([], minor=True)
    kinds = [axes[3].plot([], [], style, color="0.3", label=f"{kind} tasks")[0] for kind, style in KINDS]
    _accuracies(axes[4], table)
    if designs:
        _five(axes[5], table, designs)
    for ax in axes:
        ax.yaxis.label.set_size(9)
    levels_shown = axes[0].get_legend_handles_labels()[0]
    for ax in axes[:4]:
        figure.legend(ax, handles=levels_shown + (kinds if ax is axes[3] else []), fontsize=7)
    figure.caption(
        fig,
        "What survives of the theory's conditions when images are learned by networks",
        r"gain on hard tasks of letters held out, after one step: means over the seeds, $\pm 1$ s.e.; while one knob "
        r"turns: $p=0.2$, hard tasks packed, centres far, easy pairs from the upper half of all distances",
    )
    return fig


def _spread(values: Array) -> tuple[float, float]:
    return float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values)))


def _line(ax: Any, table: Table, level: str, knob: str, values: Sequence[Any], colour: str, marker: str) -> None:
    """The gain on hard tasks with error bars, and for the share of hard tasks that on easy ones, dotted."""
    parts = [at(table, level, **{knob: v}) for v in values]
    x = np.array([hardness(table, v) if knob == "gap" else v for v in values])
    order = np.argsort(x)
    mean, error = np.array([_spread(gain(parts[i])) for i in order]).T
    ax.errorbar(
        x[order], mean, error, fmt=f"{marker}-", color=colour, ms=3.5, lw=1.1, mfc="white", capsize=2,
        label=LABELS[level],
    )  # fmt: skip
    if knob == "p":
        ax.plot(x[order], [gain(parts[i], "easy").mean() for i in order], ":", color=colour)


def _accuracies(ax: Any, table: Table) -> None:
    """Accuracies where no knob is turned: every method, hard tasks full, easy ones as lines."""
    for j, (method, name) in enumerate(KEYS.items()):
        for i, level in enumerate(present(table)):
            part, x = at(table, level), i + 0.26 * (j - 1)
            mean, error = _spread(part.column(f"{method}_hard"))
            ax.bar(
                x, mean, 0.24, color=METHOD_COLOURS[j], yerr=error, error_kw={"lw": 0.8},
                label=name if not i else None,
            )  # fmt: skip
            ax.plot([x - 0.1, x + 0.1], [part.column(f"{method}_easy").mean()] * 2, color="0.3", lw=1.2)
    ax.plot([], [], color="0.3", lw=1.2, label="on easy tasks")
    levels = present(table)
    ax.set_xticks(range(len(levels)), [level.replace(" ", "\n") for level in levels], fontsize=8)
    ax.set_ylim(0, 1)
    ax.set_ylabel("accuracy on hard tasks")
    figure.legend(ax, fontsize=7)


def _five(ax: Any, table: Table, designs: Sequence[str]) -> None:
    """The gain on hard tasks with five letters for each design."""
    for j, level in enumerate(present(table, FIVE_LEVELS)):
        colour = figure.COLOURS[LEVELS.index(level)]
        mean, error = np.array([_spread(gain(at(table, level, design=d))) for d in designs]).T
        x = np.arange(len(designs)) + 0.36 * (j - 0.5)
        ax.bar(x, mean, 0.34, yerr=error, color=colour, error_kw={"lw": 0.8}, label=LABELS[level])
        best = [gain(at(table, level, design=d), "best_hard").mean() for d in designs]
        label = "each method's own best step" if not j else None
        ax.plot(x, best, "D", color="black", mfc="white", ms=4, label=label)
    ax.set_xticks(range(len(designs)), [d.replace(" ", "\n") for d in designs], fontsize=8)
    ax.set_xlabel("hard tasks of five letters, fresh images", fontsize=9)
    ax.set_ylabel("accuracy, MAML $-$ ERM")
    figure.legend(ax, fontsize=7)
