"""The theory of linear regression predicts few-shot image tasks on frozen features (H4.Q, N4).

Tasks tell letters apart: hard ones a letter from the same letter with a mark, easy ones from a far letter. On frozen
random features with a squared loss this is the theory's own setting, except that inputs are not Gaussian and labels no
linear function: covariances, fourth moments and optima are measured on one sample of images. The risks that the theory
says from these are compared with those of ERM and MAML, trained by their stochastic gradients on the same images and
adapted on new ones; then knob by knob: hardness gap, packing of the hard tasks, distance of the centres, share of hard
tasks, images that are adapted on, inner step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, replace
from typing import Any

from theory.maml_erm.experiments import parameters as par
from theory.maml_erm.experiments.image_findings import COLUMNS, judged
from theory.maml_erm.experiments.image_samples import GAPS, KNOBS, MARKS, Configuration, work
from verify.runtime.errors import BadInput
from verify.statistics.experiment import Run, Table

CLAIMS = ("H4.Q", "H4.floor", "N4")
AXES = ("packing", "centre", "p", "m", "alpha")
PARAMETERS = (
    par.Parameter("gap", (0, 1, 2, 3, 4, 5), "counts", "hardness gaps, from 0, none, to 5", least=0),
    par.Parameter("packing", (0.0, 0.05, 0.1, 0.2, 0.35, 0.5), "numbers", "hard tasks with exchanged labels", least=0),
    par.Parameter(
        "centre", (1.0, 0.5, 0.0, -0.5, -1.0), "numbers", "labels of easy tasks: 1 against hard ones", least=-1
    ),
    par.Parameter("p", (0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.95), "numbers", par.P.meaning, above=0, below=1),
    par.Parameter("m", (2, 5, 10, 20, 50, 200), "counts", "images that are adapted on, in training and test"),
    par.Parameter("alpha", (0.25, 0.5, 0.75, 1.0, 1.25, 1.5), "numbers", "inner steps [1/largest curvature]", above=0),
    par.Parameter("mark", (0, 1, 4, 5, 8), "counts", "marks of the hard tasks, from 0 to 8", least=0),
    par.Parameter("held", (0, 1), "counts", "0: letters of training, 1: letters that training has not seen", least=0),
    par.Parameter("replicates", 5, "count", "samples of images, each with filters and easy tasks of its own", least=2),
    par.Parameter("images", 40, "count", "images of each letter to train on, and as many new ones", least=4),
    par.Parameter("k", 20, "count", "features, at most as many as images", least=2),
    par.Parameter("easy", 300, "count", "pairs of letters of easy tasks", least=10),
    par.Parameter("iterations", 1500, "count", "iterations of training, 32 tasks each", least=10),
    par.Parameter("test", 2000, "count", "adaptations of each method on hard tasks, and on easy ones", least=100),
)
FAST = {
    "gap": (0, 2, 3, 5), "packing": (0.0, 0.1, 0.25, 0.5), "centre": (1.0, 0.0, -1.0), "p": (0.1, 0.2, 0.5, 0.9),
    "m": (5, 20, 60), "alpha": (0.5, 1.0, 1.5), "mark": (0,), "replicates": 3, "easy": 200, "iterations": 400,
    "test": 400,
}  # fmt: skip


def configurations(settings: Mapping[str, Any]) -> list[Configuration]:
    """The usual setting, and each knob turned through its values; every setting once; ``BadInput`` beyond."""
    for knob, most in (
        ("gap", len(GAPS) - 2),
        ("packing", 0.5),
        ("centre", 1.0),
        ("mark", len(MARKS) - 1),
        ("held", 1),
    ):
        if max(settings[knob]) > most:
            raise BadInput(
                f"{knob} = {max(settings[knob]):g} has to be at most {most:g}", "verify simulate images --list"
            )
    turned = (replace(Configuration(), **{knob: value}) for knob in KNOBS for value in settings[knob])
    return list(dict.fromkeys((Configuration(), *turned)))


def run(job: Run) -> Table:
    t = job.settings
    each = configurations(t)
    items = [astuple(c) for _ in range(t["replicates"]) for c in each]
    sizes = {name: t[name] for name in ("images", "k", "easy", "iterations", "test")}
    # One chunk is one sample of images: all its configurations share what is drawn and measured.
    found = job.map(work, items, part="images", chunk_size=len(each), **sizes)
    rows = tuple(
        (i // len(each), *item, *map(float, row)) for i, (item, row) in enumerate(zip(items, found, strict=True))
    )
    return judged(Table(COLUMNS, rows), t, kinds=len(each))


def draw(table: Table, settings: Any) -> Any:
    from theory.maml_erm.experiments.image_figure import drawn

    return drawn(table, settings)
