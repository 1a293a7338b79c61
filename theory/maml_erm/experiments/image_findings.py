"""What the experiment ``images`` shows: its table, the gain in it, and the sentences that it supports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple
from typing import Any

import numpy as np

from theory.maml_erm.experiments.image_samples import KINDS, KNOBS, MARKS, METHODS, SOURCES, Configuration
from verify.statistics.experiment import Array, Table
from verify.statistics.tests import normal_quantile, student_bound

RISKS = tuple(f"{source}_{method}_{kind}" for source in SOURCES for method in METHODS for kind in KINDS)
COLUMNS = (
    ("replicate", "number of the sample of images"),
    ("gap", "hardness gap: 0 none, 1 to 5 wider and wider, 6 the upper half"),
    ("packing", "share of hard tasks with exchanged labels"),
    ("centre", "labels of the easy tasks: 1 against those of the hard ones, 0 fair coins, -1 with them"),
    ("p", "probability of a hard task"),
    ("m", "images that are adapted on"),
    ("alpha", "inner step, in units of one over the mean largest eigenvalue"),
    ("mark", "the mark of hard tasks, from 0: " + ", ".join(MARKS)),
    ("held", "0: letters of training, 1: letters that training has not seen"),
    *((name, "excess risk after adaptation") for name in RISKS),
    *((f"error_{m}_{k}", "standard error of the measured excess risk") for m in METHODS for k in KINDS),
    *((f"accuracy_{m}_{k}", "share of new images that get the right label") for m in METHODS for k in KINDS),
    ("steps_hard", "median gradient steps that a hard task takes to a tenth of its excess risk"),
    ("steps_easy", "the same for an easy task"),
    ("distance", "distance of the centres of hard and easy optima, in the norm of the mean weight [Y]"),
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


def ratio(table: Table, source: str, kind: str) -> Array:
    """The same on hard or on easy tasks alone, or over all tasks."""
    if kind == "all":
        return gain(table, source)
    return table.column(f"{source}_erm_{kind}") / table.column(f"{source}_maml_{kind}")


def at(table: Table, **knobs: Any) -> Table:
    """The rows where these knobs are turned, and the others are as usual."""
    return table.where(**{**_usual(), **knobs})


def _usual() -> dict[str, Any]:
    return dict(zip(KNOBS, astuple(Configuration()), strict=True))


def judged(table: Table, settings: Mapping[str, Any], *, kinds: int) -> Table:
    """The table with what it shows: each sentence with its error probability, or as what was seen in these runs.

    kinds: how many different configurations there are.
    """
    median, explained = agreement(table, "general")
    gaussian, _ = agreement(table, "gaussian")
    gains = gain(table, "measured")
    allowed_gain = table.column("bound")
    inside, some = gains <= allowed_gain, allowed_gain > 1
    used = float(((gains - 1)[some] / (allowed_gain - 1)[some]).max(initial=0.0))
    farthest, allowed = _exactly(table)
    lines = [
        f"{kinds} configurations, {len(gains) // kinds} samples of images: the excess risks that the theory says from "
        f"fourth moments (H4.Q) and those measured on new images differ by {median:.1%} (median), R^2 of "
        f"their logarithms {explained:.3f}; those for Gaussian inputs (M2) differ by {gaussian:.1%} "
        f"(below {TOLERANCE:.0%} they agree)",
        "adaptations against the exact law of one step on the same images: all risks within "
        f"{farthest:.1f} standard errors, by chance within {allowed:.1f} (false alarm {FALSE_ALARM:g} by the central "
        "limit theorem)",
        f"the gain is within what N4 allows in {int(inside.sum())} of {len(inside)} runs, and uses at most "
        f"{used:.0%} of it",
        *_compared(table, settings),
        *_who_pays(table, settings),
    ]
    agrees = bool(median < TOLERANCE and inside.all() and farthest <= allowed)
    return Table(COLUMNS, table.rows, tuple(lines), agrees)


def agreement(table: Table, law: str) -> tuple[float, float]:
    """The median relative error of the predicted risks, of both methods on both kinds of tasks; R^2 of logarithms."""
    names = [f"{m}_{k}" for m in METHODS for k in KINDS]
    predicted, measured = (np.array([table.column(f"{what}_{n}") for n in names]) for what in (law, "measured"))
    left, spread = np.log(measured / predicted), np.log(measured)
    explained = 1 - np.square(left).sum() / np.square(spread - spread.mean()).sum()
    return float(np.median(np.abs(predicted / measured - 1))), float(explained)


def _exactly(table: Table) -> tuple[float, float]:
    """The largest deviation of a measured risk from the exact law in standard errors, and what chance allows."""
    names = [f"{m}_{k}" for m in METHODS for k in KINDS]
    measured, exact, error = (
        np.array([table.column(f"{what}_{name}") for name in names]) for what in ("measured", "exact", "error")
    )
    return float((np.abs(measured - exact) / error).max()), float(normal_quantile(FALSE_ALARM / 2 / measured.size))


def _compared(table: Table, settings: Mapping[str, Any]) -> Iterator[str]:
    """A sentence for each knob: the gain with it at one end is larger than at the other, if that is so."""
    apart = {value: at(table, centre=value).column("distance").mean() for value in settings["centre"]}
    for first, second, kind, knob, high, low in (
        ("gain with the widest hardness gap", "with the narrowest", "all", "gap", max, min),
        ("gain with closely packed hard tasks", "with spread ones", "all", "packing", min, max),
        ("gain with most images to adapt on", "with fewest", "all", "m", max, min),
        (
            "gain on hard tasks with the centres farthest apart", "with the nearest ones", "hard", "centre",
            _most(apart), _least(apart),
        ),
    ):  # fmt: skip
        ends = high(settings[knob]), low(settings[knob])
        if ends[0] != ends[1]:
            more, less = (ratio(at(table, **{knob: value}), "measured", kind) for value in ends)
            least = student_bound(more - less, DELTA)
            shown = f"larger by at least {least:.3f}" if least > 0 else "not shown to be larger"
            yield (
                f"{first} {more.mean():.3f}, {second} {less.mean():.3f}: {shown} (Student's t, error probability "
                f"{DELTA:g})"
            )
    near = at(table, centre=_least(apart)(settings["centre"]))
    gains = [ratio(near, "measured", kind).mean() for kind in ("all", *KINDS)]
    yield (
        f"in these runs, with the nearest centres, the gain is {gains[0]:.3f}: {gains[1]:.3f} on hard tasks and "
        f"{gains[2]:.3f} on easy ones"
    )


def _most(size: Mapping[Any, float]) -> Callable[[Sequence[Any]], Any]:
    return lambda values: max(values, key=lambda value: size[value])


def _least(size: Mapping[Any, float]) -> Callable[[Sequence[Any]], Any]:
    return lambda values: min(values, key=lambda value: size[value])


def _who_pays(table: Table, settings: Mapping[str, Any]) -> Iterator[str]:
    """Accuracies and gains on hard and on easy tasks apart, as seen in these runs."""

    def said(part: Table) -> str:
        erm, maml = ([part.column(f"accuracy_{m}_{k}").mean() for k in KINDS] for m in METHODS)
        return f"from {erm[0]:.2f} to {maml[0]:.2f} on hard tasks and from {erm[1]:.2f} to {maml[1]:.2f} on easy ones"

    yield f"in these runs MAML moves the accuracy {said(at(table))}"
    for knob, text in (("gap", "without a hardness gap"), ("held", "on letters that training has not seen")):
        value = {"gap": 0, "held": 1}[knob]
        if value in settings[knob]:
            part = at(table, **{knob: value})
            gains = [gain(part, source).mean() for source in ("measured", "general")]
            yield (f"in these runs, {text}, {said(part)}; the gain is {gains[0]:.3f}, and {gains[1]:.3f} by the theory")
    marks = [float(gain(at(table, mark=k), "measured").mean()) for k in settings["mark"]]
    if len(marks) > 1:
        yield f"in these runs the gain with each of {len(marks)} marks is from {min(marks):.3f} to {max(marks):.3f}"
    often = max(settings["p"])
    part = at(table, p=often)
    ratios = [(part.column(f"measured_erm_{k}") / part.column(f"measured_maml_{k}")).mean() for k in KINDS]
    yield (
        f"in these runs, where {often:.0%} of the tasks are hard, ERM's excess risk is {ratios[0]:.2f} times that of "
        f"MAML on hard tasks and {ratios[1]:.2f} times on easy ones"
    )
