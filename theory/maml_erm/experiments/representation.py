"""Multi-head ERM and ANIL find the space of the tasks, single-head ERM does not; then k counts, not d (R1, R2, R5).

Tasks w_i* = U v_i whose heads v_i are the easy/hard mixture in k dimensions. Multi-head ERM, ANIL and first-order ANIL
turn their representation into col(U) where the tasks are diverse, single-head ERM does not; packed hard tasks do no
harm where the easy ones are spread. On the learned representations the gain of adapting a head depends on m/(k+1) as
it does on m/(d+1) without one. A representation of the wrong space costs what R2 says, and beats adapting all d
parameters up to the angle that R5 says.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from theory.maml_erm.experiments import head_gain, recovery, representation_results, wrong_space
from theory.maml_erm.experiments import parameters as par
from theory.maml_erm.experiments.representation_results import DIVERSITY, PATH
from verify.statistics.experiment import Array, Run, Table

CLAIMS = ("R1", "R1.X2", "R2.risk", "R5.noise")
AXES = ("d", "k", "m", "diverse")
PARAMETERS = (
    par.RHO_H, par.RHO_E, par.ALPHA, par.P,
    par.DELTA.at(2.0),
    par.quantity("V_H", 0.09, "number", par.V_H.meaning, above=0),
    par.quantity("V_E", 1.0, "number", par.V_E.meaning, above=0),
    par.NU,
    par.Parameter("d", (50, 100, 200), "counts", "input dimensions", least=4),
    par.Parameter("k", (3, 4, 5), "counts", "dimensions of the space of the tasks, one for each d", least=2),
    par.Parameter("iterations", 1500, "count", "stochastic gradient steps of a learner", least=100),
    par.Parameter("repetitions", 3, "count", "independent spaces and runs"),
    par.Parameter("packed", 0.0025, "number", "spread of packed hard optima [Y^2/X^2]", above=0),
    par.Parameter(
        "diverse", (0.0025, 0.02, 0.1, 0.3, 1.0), "numbers", "spreads V_E beside packed hard optima, the first "
        "too small for the run and the last large enough [Y^2/X^2]", above=0,
    ),
    par.Parameter("points", 7, "count", "ratios m/(k+1) from 0.5 to 32, log-spaced", least=2),
    par.Parameter("m", (10, 20, 40), "counts", "samples with a representation of the wrong space"),
    par.Parameter("tasks", 200_000, "count", "sampled tasks of every gain", least=100),
    par.Parameter("training", 100_000, "count", "sampled tasks that a head of ERM is trained on", least=1000),
    par.Parameter("draws", 40_000, "count", "sampled tasks of every loss with a wrong space", least=100),
    par.Parameter("delta", 1e-6, "number", "false-alarm probability of the whole run", above=0, below=0.5),
)  # fmt: skip
FAST = {
    "d": (40, 60), "k": (2, 3), "iterations": 500, "repetitions": 1, "diverse": (0.0025, 0.1, 1.0), "points": 5,
    "m": (10, 20), "tasks": 50_000, "training": 50_000, "draws": 5000,
}  # fmt: skip
RATIOS = (0.5, 32.0)


def run(job: Run) -> Table:
    t = job.settings
    rows = []
    for d, k in zip(t["d"], t["k"], strict=True):
        found, bodies = _recovery(job, d, k)
        rows += found + _gains(job, d, k, bodies)
    return representation_results.table((*rows, *_diversity(job), *_wrong(job)), t)


def _mixture(t: Any) -> dict[str, Any]:
    return {name: t[name] for name in ("rho_H", "rho_E", "alpha", "p", "Delta", "V_H", "V_E", "nu")}


def _learned(job: Run, d: int, k: int, items: list[tuple[Any, ...]], part: str) -> Array:
    s = {name: value for name, value in _mixture(job.settings).items() if name not in ("V_H", "V_E")}
    return job.map(
        recovery.work, items, part=f"{part} d = {d}, k = {k}", seed=job.seed, d=d, k=k,
        iterations=job.settings["iterations"], **s,
    )  # fmt: skip


def _recovery(job: Run, d: int, k: int) -> tuple[list[tuple[Any, ...]], Array]:
    """Rows of the sines on the way; what the bodies of multi-head ERM and ANIL see, (repetitions, 2, 2, k, k)."""
    t = job.settings
    items = [
        (index, repetition, t["V_H"], t["V_E"])
        for index in range(len(recovery.LEARNERS))
        for repetition in range(t["repetitions"])
    ]
    found = _learned(job, d, k, items, "recovery")
    steps = recovery.checkpoints(t["iterations"])
    rows = [
        representation_results.row(
            kind=PATH, d=d, k=k, learner=item[0], repetition=item[1], x=steps[i], value=values[i]
        )
        for item, values in zip(items, found, strict=True)
        for i in range(len(steps))
    ]
    views = recovery.views(found, k).reshape(len(recovery.LEARNERS), t["repetitions"], 2, k, k)
    return rows, np.stack([views[recovery.MULTI], views[recovery.ADAPTED]], axis=1)


def _diversity(job: Run) -> list[tuple[Any, ...]]:
    """Rows of the last sines in the smallest dimension, hard optima packed, over the spread of the easy ones."""
    t = job.settings
    d, k = t["d"][0], t["k"][0]
    items = [
        (index, repetition, t["packed"], V_E)
        for V_E in t["diverse"]
        for index in (recovery.MULTI, recovery.ADAPTED)
        for repetition in range(t["repetitions"])
    ]
    found = _learned(job, d, k, items, "diversity")
    return [
        representation_results.row(
            kind=DIVERSITY, d=d, k=k, learner=item[0], repetition=item[1], x=item[3], value=values[recovery.LOOKS - 1]
        )
        for item, values in zip(items, found, strict=True)
    ]


def _gains(job: Run, d: int, k: int, bodies: Array) -> list[tuple[Any, ...]]:
    t = job.settings
    counts = tuple(sorted({max(1, round(x * (k + 1))) for x in np.geomspace(*RATIOS, t["points"])}))
    found = job.map(
        head_gain.work, list(range(t["repetitions"])), part=f"gains d = {d}, k = {k}", counts=counts, views=bodies, k=k,
        tasks=t["tasks"], training=t["training"], **_mixture(t),
    )  # fmt: skip
    return [
        representation_results.gain_row(d, k, m, repetition, found[repetition, place], t)
        for repetition in range(t["repetitions"])
        for place, m in enumerate(counts)
    ]


def _wrong(job: Run) -> list[tuple[Any, ...]]:
    """Rows of losses on representations of the wrong space."""
    t = job.settings
    fixed = representation_results.wrong_settings(t)
    items = [
        (m, sin2)
        for m in t["m"]
        for sin2 in wrong_space.angles(float(wrong_space.stated(wrong_space.BOUNDARY, 0.0, m=m, **fixed)))
    ]
    found = job.map(wrong_space.work, items, part="wrong spaces", tasks=t["draws"], **fixed)
    return [
        row
        for item, losses in zip(items, found, strict=True)
        for row in representation_results.wrong_rows(*item, losses, t, cells=len(items))
    ]


def draw(table: Table, settings: Any) -> Any:
    from theory.maml_erm.experiments import representation_figure

    return representation_figure.draw(table, settings)
