"""Few-shot image tasks by networks: which conditions of the theory survive when features are learned, and which do not.

MAML and first-order MAML against ERM, adapted by the same step, on letters that were held out. From the theory's own
setting outwards: a linear head on frozen features with squared loss; a network linearised at its initial weights, with
logistic loss; a linear head on features that were learned from other tasks and are shared; a network of which each
method learns everything. The knobs are those of ``images``: hardness gap, packing of the hard tasks, distance of the
centres, share of hard tasks; then tasks with five letters, of one script or of several. Needs the extra ``autodiff``.
"""

from __future__ import annotations

from typing import Any

from theory.maml_erm.experiments import parameters as par
from theory.maml_erm.experiments.image_samples import GAPS
from theory.maml_erm.experiments.network_findings import COLUMNS, judged
from theory.maml_erm.experiments.network_samples import FIVE_LEVELS, Setting, settings_of, work
from theory.maml_erm.images import autodiff
from theory.maml_erm.images.plan import DESIGNS, LEVELS
from verify.runtime.errors import BadInput
from verify.statistics.experiment import Run, Table

CLAIMS = ()  # it is about what the theory does not cover
AXES = ("packing", "centre", "p")
PARAMETERS = (
    par.Parameter("gap", (0, 1, 2, 3, 5), "counts", "hardness gaps, from 0, none, to 5", least=0),
    par.Parameter("packing", (0.0, 0.1, 0.25, 0.5), "numbers", "hard tasks with exchanged labels", least=0),
    par.Parameter("centre", (1.0, 0.5, 0.0, -0.5, -1.0), "numbers", "labels of easy tasks: 1 against hard", least=-1),
    par.Parameter("p", (0.05, 0.2, 0.5, 0.8), "numbers", par.P.meaning, above=0, below=1),
    par.Parameter("levels", (0, 1, 2, 3), "counts", "0: frozen features, 1: linearised, 2: learned, 3: all", least=0),
    par.Parameter("designs", len(DESIGNS), "count", "kinds of tasks with five letters, 0 for none", least=0),
    par.Parameter("seeds", 4, "count", "trials of each setting: other letters, images and weights", least=2),
    par.Parameter("iterations", 600, "count", "iterations of training", least=20),
    par.Parameter("tasks", 8, "count", "tasks of an iteration"),
    par.Parameter("tested", 200, "count", "hard tasks to test on, and as many easy ones", least=10),
    par.Parameter("shots", 10, "count", "images of each letter that are adapted on"),
    par.Parameter("hidden", 64, "count", "hidden units", least=2),
)
FAST = {
    "gap": (0,), "packing": (0.0, 0.5), "centre": (1.0, 0.0), "p": (0.2, 0.8), "designs": 3, "seeds": 3,
    "iterations": 150, "tested": 40,
}  # fmt: skip
MOST = {"gap": len(GAPS) - 2, "packing": 0.5, "centre": 1.0, "levels": len(LEVELS) - 1, "designs": len(DESIGNS)}
SIZE = ("iterations", "tasks", "tested", "shots", "hidden")


def run(job: Run) -> Table:
    t = job.settings
    for knob, most in MOST.items():
        values = t[knob] if isinstance(t[knob], tuple) else (t[knob],)
        if max(values) > most:
            raise BadInput(f"{knob} = {max(values):g} has to be at most {most:g}", "verify simulate networks --list")
    autodiff.prepare()
    size = {name: t[name] for name in SIZE}
    two = settings_of(t)
    five = tuple(Setting(design=name) for name in tuple(DESIGNS)[: t["designs"]])
    rows: list[tuple[Any, ...]] = []
    for level in dict.fromkeys(LEVELS[i] for i in t["levels"]):
        each = two + (five if level in FIVE_LEVELS else ())
        items = [(level, s, seed) for seed in range(t["seeds"]) for s in each]
        # One chunk is one seed: its settings share letters, images and the body.
        found = job.map(work, items, part=level, chunk_size=len(each), origin=job.seed, **size)
        rows += [
            (level, s.design, s.gap, s.packing, s.centre, s.p, seed, *map(float, row))
            for (_, s, seed), row in zip(items, found, strict=True)
        ]
    return judged(Table(COLUMNS, tuple(rows)))


def draw(table: Table, settings: Any) -> Any:
    from theory.maml_erm.experiments.network_figure import drawn

    return drawn(table, settings)
