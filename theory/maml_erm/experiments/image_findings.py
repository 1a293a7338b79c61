"""What the experiment ``images`` shows: its table, the gain in it, and the sentences that it supports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from typing import Any

import numpy as np
from scipy.special import ndtri

from theory.maml_erm.experiments.image_samples import KINDS, KNOBS, METHODS, SOURCES, Configuration
from verify.statistics.experiment import Array, Table
from verify.statistics.tests import student_bound

RISKS = tuple(f"{source}_{method}_{kind}" for source in SOURCES for method in METHODS for kind in KINDS)
COLUMNS = (
    ("replicate", "number of the sample of images"),
    ("gap", "hardness gap: 0 none, 1 to 5 wider and wider, 6 the upper half"),
    ("packing", "share of hard tasks with exchanged labels"),
    ("centre", "labels of the easy tasks: 1 against those of the hard ones, 0 fair coins, -1 with them"),
    ("p", "probability of a hard task"),
    ("m", "images that are adapted on"),
    ("alpha", "inner step, over one by the mean largest eigenvalue"),
    *((name, "excess risk after adaptation") for name in RISKS),
    *((f"error_{m}_{k}", "standard error of the measured excess risk") for m in METHODS for k in KINDS),
    *((f"accuracy_{m}_{k}", "share of new images that get the right label") for m in METHODS for k in KINDS),
    ("steps_hard", "median gradient steps that a hard task takes to a tenth of its excess risk"),
    ("steps_easy", "the same for an easy task"),
    ("bound", "what N4 allows the measured gain to be"),
)  # fmt: skip


TOLERANCE = 0.05  # median error of the predicted risks that still counts as agreement
DELTA = 0.01  # error probability of each sentence about knobs
FALSE_ALARM = 1e-6  # probability that any of the adaptations contradicts the exact law by chance


def gain(table: Table, source: str) -> Array:
    """The ratio of the excess risks of ERM and MAML over the mixture, row by row."""
    p = table.column("p")
    erm, maml = (
        p * table.column(f"{source}_{method}_hard") + (1 - p) * table.column(f"{source}_{method}_easy")
        for method in METHODS
    )
    return erm / maml


def at(table: Table, **knobs: Any) -> Table:
    """The rows where these knobs are turned, and the others are as usual."""
    return table.where(**{**_usual(), **knobs})


def _usual() -> dict[str, Any]:
    return dict(zip(KNOBS, astuple(Configuration()), strict=True))


def judged(table: Table, *, kinds: int) -> Table:
    """The table with what it shows: each sentence with its error probability, or as what was seen in these runs.

    kinds: how many different configurations there are.
    """
    errors = {law: _errors(table, law) for law in ("general", "gaussian")}
    measured = np.log([table.column(f"measured_{m}_{k}") for m in METHODS for k in KINDS])
    left = measured - np.log([table.column(f"general_{m}_{k}") for m in METHODS for k in KINDS])
    explained = 1 - np.square(left).sum() / np.square(measured - measured.mean()).sum()
    gains = gain(table, "measured")
    over = (gains - 1) / (table.column("bound") - 1)
    farthest, allowed = _exactly(table)
    median = {law: float(np.median(found)) for law, found in errors.items()}
    lines = [
        f"{kinds} configurations, {len(gains) // kinds} samples of images: the excess risks that the theory says from "
        f"fourth moments (H4.Q) and those measured on new images differ by {median['general']:.1%} (median), R^2 of "
        f"their logarithms {explained:.3f}; those for Gaussian inputs (M2) differ by {median['gaussian']:.1%}",
        "adaptations against the exact law of one step on the same images: all risks within "
        f"{farthest:.1f} standard errors, by chance within {allowed:.1f} (false alarm {FALSE_ALARM:g})",
        f"the gain is within what N4 allows in {int((over <= 1).sum())} of {len(over)} runs, and uses at most "
        f"{over.max():.0%} of it",
        *_compared(table),
        *_who_pays(table),
    ]
    agrees = bool(np.median(errors["general"]) < TOLERANCE and np.all(over <= 1) and farthest <= allowed)
    return Table(COLUMNS, table.rows, tuple(lines), agrees)


def _errors(table: Table, law: str) -> Array:
    """Relative errors of the predicted risks, of every method on every kind of tasks, against the measured ones."""
    return np.concatenate(
        [np.abs(table.column(f"{law}_{m}_{k}") / table.column(f"measured_{m}_{k}") - 1) for m in METHODS for k in KINDS]
    )


def _exactly(table: Table) -> tuple[float, float]:
    """The largest deviation of a measured risk from the exact law in standard errors, and what chance allows."""
    names = [f"{m}_{k}" for m in METHODS for k in KINDS]
    measured, exact, error = (
        np.array([table.column(f"{what}_{name}") for name in names]) for what in ("measured", "exact", "error")
    )
    return float((np.abs(measured - exact) / error).max()), float(-ndtri(FALSE_ALARM / 2 / measured.size))


def _compared(table: Table) -> Iterator[str]:
    """A sentence for each knob: the gain with it at one end is larger than at the other, if that is so."""
    for said, knob, high, low in (
        ("with the widest hardness gap than with the narrowest", "gap", max, min),
        ("with closely packed hard tasks than with spread ones", "packing", min, max),
        ("with centres far apart than with near ones", "centre", max, _least),
        ("with more images to adapt on than with few", "m", max, min),
    ):
        values = turned(table, knob)
        ends = high(values), low(values)
        if ends[0] != ends[1]:
            more, less = (gain(at(table, **{knob: value}), "measured") for value in ends)
            least = student_bound(more - less, DELTA)
            shown = f"by at least {least:.3f}" if least > 0 else "more samples are needed to say so"
            yield (
                f"the gain is larger {said}, {more.mean():.3f} against {less.mean():.3f}: {shown} "
                f"(error probability {DELTA:g})"
            )


def _least(values: list[Any]) -> Any:
    return min(values, key=abs)


def turned(table: Table, knob: str) -> list[Any]:
    """The values of a knob in the rows where all others are as usual, in their order."""
    others = {k: v for k, v in _usual().items() if k != knob}
    return sorted(set(table.where(**others).column(knob).tolist()))


def _who_pays(table: Table) -> Iterator[str]:
    """What hard and easy tasks have of it apart, as it was seen."""

    def said(part: Table) -> str:
        erm, maml = ([part.column(f"accuracy_{m}_{k}").mean() for k in KINDS] for m in METHODS)
        return f"from {erm[0]:.2f} to {maml[0]:.2f} on hard tasks and from {erm[1]:.2f} to {maml[1]:.2f} on easy ones"

    yield f"in these runs MAML moves the accuracy {said(at(table))}"
    if 0 in turned(table, "gap"):
        yield f"in these runs, without a hardness gap, {said(at(table, gap=0))}"
    often = max(turned(table, "p"))
    part = at(table, p=often)
    ratios = [(part.column(f"measured_erm_{k}") / part.column(f"measured_maml_{k}")).mean() for k in KINDS]
    yield (
        f"in these runs, where {often:.0%} of the tasks are hard, ERM's excess risk is {ratios[0]:.2f} times that of "
        f"MAML on hard tasks and {ratios[1]:.2f} times on easy ones"
    )
