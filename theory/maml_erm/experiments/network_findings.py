"""What the experiment ``networks`` shows: its table, and sentences that are tests over seeds or observations.

A test is Student's t on the differences within seeds, which are means over hundreds of images and so nearly normal; it
says a thing is so, or is not so, each with error probability ``DELTA``, or leaves it open. Seeds hold out different
letters, but of one alphabet: what is said is said of its letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from theory.maml_erm.experiments.network_samples import FIVE_LEVELS, Setting
from theory.maml_erm.images.plan import DESIGNS, FROZEN, LEARNED, LEVELS, LINEARISED, METHODS, NETWORK, RESULTS
from verify.statistics.experiment import Array, Table
from verify.statistics.tests import student_bound

# The methods in names of columns.
KEYS = dict(zip(("erm", "maml", "first"), METHODS, strict=True))
RESULT_MEANINGS = tuple(
    (name, f"{kind} tasks{after}")
    for name, (kind, after) in zip(
        RESULTS, [(kind, after) for after in ("", " after its own best step") for kind in ("hard", "easy")], strict=True
    )
)
COLUMNS = (
    ("level", "what is learned: a head on frozen or on learned features, a linearised network, or a network"),
    ("design", "tasks with two letters, and then the knobs are as they say, or a kind of tasks with five"),
    ("gap", "hardness gap: 0 none, 1 to 5 wider and wider, 6 the upper half"),
    ("packing", "share of hard tasks with exchanged labels"),
    ("centre", "labels of the easy tasks: 1 against those of the hard ones, 0 fair coins, -1 with them"),
    ("p", "probability of a hard task"),
    ("seed", "number of the trial"),
    ("hardness", "gradient steps of a hard task over those of an easy one, on the level's features or on frozen ones"),
    *((f"{key}_{r}", f"accuracy of {n} on {w}") for key, n in KEYS.items() for r, w in RESULT_MEANINGS),
)
DELTA = 0.01  # error probability of each verdict
SMALL = 0.05  # of accuracy: a gain that is no gain
THEORY = (FROZEN, LINEARISED, LEARNED)  # linear in what adapts: where the theory's conditions are expected


def at(table: Table, level: str, **knobs: Any) -> Table:
    """The rows of a level where these knobs are turned, and the others are as usual."""
    return table.where(level=level, **{**asdict(Setting()), **knobs})


def gain(table: Table, kind: str = "hard") -> Array:
    """Accuracy of MAML less that of ERM on a kind of tasks, for each seed."""
    return table.column(f"maml_{kind}") - table.column(f"erm_{kind}")


def turned(table: Table, knob: str) -> list[Any]:
    """The values of a knob in the rows where all others are as usual, in their order."""
    others = {k: v for k, v in asdict(Setting()).items() if k != knob}
    return sorted(set(table.where(**others).column(knob).tolist()))


def present(table: Table, levels: Sequence[str] = LEVELS) -> list[str]:
    """The levels that the table has rows of."""
    found = set(table.column("level").tolist())
    return [level for level in levels if level in found]


def hardness(table: Table, gap: int) -> float:
    """The hardness of a gap on frozen features, or on learned ones in a table that has no others."""
    return float(at(table, min(present(table), key=lambda k: k == LEARNED), gap=gap).column("hardness").mean())


@dataclass(frozen=True)
class Question:
    """What is asked of every level: whether the mean of its numbers, one a seed, is above 0, or is below ``below``."""

    name: str
    said: str
    found: Mapping[str, Array]
    below: float | None = None


def verdict(values: Array, below: float | None = None, delta: float = DELTA) -> tuple[str, int]:
    """What a test says of the mean of ``values``, and 1 for yes, -1 for no, 0 where these seeds leave it open.

    Equal values (accuracies that cannot get better) say nothing of how far others would be from them: that is open.
    """
    if np.ptp(values) == 0:
        return "open, all seeds alike", 0
    low, high = student_bound(values, delta), -student_bound(-values, delta)
    limit, side = (0.0, 1) if below is None else (below, -1)
    if low > limit:
        return f"{'yes' if side > 0 else 'no'}, at least {low:+.3f}", side
    if high < limit:
        return f"{'no' if side > 0 else 'yes'}, at most {high:+.3f}", -side
    return f"open, {low:+.3f} to {high:+.3f}", 0


def judged(table: Table) -> Table:
    """The table with what it shows; it disagrees where a level that is linear denies what the theory says.

    Where the theory is right that happens by chance with probability at most ``DELTA`` in all: the verdicts on such
    levels share it.
    """
    questions = list(_questions(table))
    told = [{level: verdict(values, q.below) for level, values in q.found.items()} for q in questions]
    lines = [
        f"{q.said}: " + "; ".join(f"{k} {q.found[k].mean():+.3f} ({words})" for k, (words, _) in each.items())
        for q, each in zip(questions, told, strict=True)
    ]
    seeds = len(set(table.column("seed").tolist()))
    lines.append(f"each yes and no here is a t test over {seeds} seeds with error probability {DELTA:g}")
    for level in present(table):
        names = {
            side: [q.name for q, each in zip(questions, told, strict=True) if level in each and each[level][1] == side]
            for side in (1, -1, 0)
        }
        kinds = (("holds", names[1]), ("does not hold", names[-1]), ("open", names[0]))
        lines.append(f"{level}: " + "; ".join(f"{kind}: {', '.join(found)}" for kind, found in kinds if found))
    of_theory = [(q.found[k], q.below) for q in questions for k in THEORY if k in q.found]
    agrees = all(verdict(values, below, DELTA / len(of_theory))[1] >= 0 for values, below in of_theory)
    return Table(COLUMNS, table.rows, (*lines, *_observed(table)), agrees)


def _questions(table: Table) -> Iterator[Question]:
    """The conditions of the theory, each as a comparison of gains within seeds."""
    levels = present(table)

    def between(more: dict[str, Any], less: dict[str, Any]) -> dict[str, Array]:
        return {k: gain(at(table, k, **more)) - gain(at(table, k, **less)) for k in levels}

    widest = max(turned(table, "gap"), key=lambda g: hardness(table, g))
    if 0 in turned(table, "gap"):
        yield Question(
            "more gain with a hardness gap",
            "MAML's gain in accuracy on hard tasks is larger with the widest hardness gap than without one",
            between({"gap": widest}, {"gap": 0}),
        )
        yield Question(
            "no gain without one",
            f"without a hardness gap this gain is below {SMALL:g}",
            {k: gain(at(table, k, gap=0)) for k in levels},
            below=SMALL,
        )
    packing, centre, p = (turned(table, knob) for knob in ("packing", "centre", "p"))
    near = min(centre, key=abs)
    for name, said, knob, more, less in (
        ("packing", "the gain is larger with closely packed hard tasks than with spread ones", "packing", packing[0],
         packing[-1]),
        ("distance of the centres", "the gain is larger with centres far apart than near", "centre", centre[-1], near),
        ("few hard tasks", f"the gain is larger where {Setting.p:.0%} of the tasks are hard than where {p[-1]:.0%} are",
         "p", Setting.p, p[-1]),
    ):  # fmt: skip
        if more != less:
            yield Question(name, said, between({knob: more}, {knob: less}))
    for name, said, less in (
        ("one script", "five letters: the gain is larger with hard tasks of one script than of five", "five scripts"),
        ("fixed slots", "five letters: the gain is larger with letters in fixed slots than in random ones",
         "random slots"),
    ):  # fmt: skip
        if {"one script", less} <= set(table.column("design").tolist()):
            for kind, step in (("hard", "at equal steps"), ("best_hard", "at best steps")):
                yield Question(f"{name} {step}", f"{said}, {step}", _five(table, less, kind))


def _five(table: Table, less: str, kind: str) -> dict[str, Array]:
    return {
        k: gain(at(table, k, design="one script"), kind) - gain(at(table, k, design=less), kind)
        for k in present(table, FIVE_LEVELS)
    }


def _observed(table: Table) -> Iterator[str]:
    """What was seen in these runs, hard and easy tasks apart."""
    if {FROZEN, LEARNED} <= set(present(table)):
        frozen, learned = (at(table, level).column("hardness").mean() for level in (FROZEN, LEARNED))
        yield (
            f"in these runs a hard task takes {frozen:.1f} times as many gradient steps as an easy one on frozen "
            f"features, and {learned:.1f} times on learned ones"
        )
    for level in present(table):
        yield f"in these runs, {level}: {_accuracies(at(table, level))}"
    if NETWORK not in present(table):
        return
    if 0 in turned(table, "gap"):
        part = at(table, NETWORK, gap=0)
        best = gain(part, "best_hard").mean()
        yield (
            f"in these runs, a network without a hardness gap: {_accuracies(part)}; MAML's gain on hard tasks with "
            f"each method's own best step {best:+.2f}"
        )
    if "random slots" in set(table.column("design").tolist()):
        each = ", ".join(
            f"{d} {gain(at(table, NETWORK, design=d), 'best_hard').mean():+.2f}"
            for d in DESIGNS if d in set(table.column("design").tolist())
        )  # fmt: skip
        yield f"in these runs, a network's gain on hard tasks of five letters, each method's own best step: {each}"


def _accuracies(part: Table) -> str:
    """The accuracies of all methods that were trained, hard and easy."""

    def of(kind: str) -> str:
        found = {name: part.column(f"{key}_{kind}").mean() for key, name in KEYS.items()}
        return ", ".join(f"{n} {v:.2f}" for n, v in found.items() if np.isfinite(v))

    return f"accuracy on hard tasks {of('hard')}; on easy ones {of('easy')}"
