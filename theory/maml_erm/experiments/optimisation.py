"""MAML can take more gradient steps than ERM, in proportion to m/(d_eff+1), and never more (OPT.condition, OPT.rate).

Left: one covariance with eigenvalues L and L/3 at alpha = 1/L, in dimensions far apart; gradient descent with its best
step is run on the Hessians of both objectives, which are measured. Right: random mixtures of covariances at the largest
step 1/max||Sigma_i||, and the condition number that each of them may have. Where all tasks share their top direction
the penalty grows with m; where the covariances are turned at random MAML is mostly the better conditioned of the two.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from theory.maml_erm.definitions import anisotropic, descent
from theory.maml_erm.definitions.directions import direction_weight, scatter_along
from theory.maml_erm.definitions.tasks import Environment, Task
from theory.maml_erm.experiments import parameters as par
from theory.maml_erm.experiments.curves import right_side
from verify.statistics.experiment import Array, Run, Table

CLAIMS = ("OPT.condition.upper", "OPT.condition.lower", "OPT.condition.one", "OPT.rate.steps")
AXES = ("d",)
PARAMETERS = (
    par.quantity("d", (10, 1000, 100_000), "counts", "dimensions of the one covariance", least=2),
    par.Parameter("points", 17, "count", "ratios m/(d_eff+1) from 0.1 to 1000, log-spaced", least=5),
    par.quantity("eps", 1e-6, "number", "accuracy that gradient descent is run to", above=0, below=1),
    par.Parameter("mixtures", 60, "count", "random mixtures of covariances", least=5),
    par.Parameter("tasks", 3, "count", "covariances of each mixture"),
    par.Parameter("size", 5, "count", "dimension of the mixtures", least=2),
)
FAST = {"points": 13, "mixtures": 30}
COLUMNS = (
    ("kind", "0: one covariance, 1: a mixture, turned at random, 2: a mixture with one top direction"),
    ("d", "input dimension"),
    ("D_min", "smallest d_eff + 1 of a task"),
    ("D_max", "largest d_eff + 1 of a task"),
    ("m", "samples of the inner step"),
    ("ratio", "m/D_min"),
    ("condition_erm", "condition number of ERM's Hessian, measured"),
    ("condition_maml", "condition number of MAML's Hessian, measured"),
    ("bound", "the largest condition number that MAML's Hessian may have"),
    ("steps_erm", "gradient steps to the accuracy on ERM's objective"),
    ("steps_maml", "gradient steps to the accuracy on MAML's objective"),
)
REACH = (0.1, 1000.0)
LINEAR = 30.0  # from this m/D on the steps are a line in it, up to some per cent


def bound(low: float, high: float, D_min: float, D_max: float, m: float) -> float:
    """The right-hand side of OPT.condition.upper."""
    from theory.maml_erm.formulas import symbols as sy

    names = dict(zip((sy.l_min, sy.l_max, sy.D_min, sy.D_max, sy.m), (low, high, D_min, D_max, m), strict=True))
    return float(right_side("OPT.condition.upper").subs(names))


def stated_steps(condition: Array, eps: float) -> tuple[Array, Array]:
    """Between which numbers OPT.rate.steps says that the steps to an accuracy lie, rounded up."""
    return (condition - 1) / 2 * np.log(1 / eps), (condition + 1) / 2 * np.log(1 / eps) + 1


def _steps(values: Array, eps: float) -> int:
    """Steps of the best step size from an error of which the two extreme directions hold all."""
    start = np.zeros(len(values))
    start[[0, -1]] = 1.0
    return descent.steps_to(values, start, eta=2 / (values[0] + values[-1]), eps=eps)


def _row(kind: int, d: int, D: list[float], m: int, erm: Array, maml: Array, eps: float) -> tuple[float, ...]:
    """One row of the table from the eigenvalues of both Hessians, in ascending order."""
    conditions = (float(erm[-1] / erm[0]), float(maml[-1] / maml[0]))
    most = bound(float(erm[0]), float(erm[-1]), min(D), max(D), m)
    return (kind, d, min(D), max(D), m, m / min(D), *conditions, most, _steps(erm, eps), _steps(maml, eps))


def one(d: int, ratio: float, eps: float) -> tuple[float, ...]:
    """Half of the eigenvalues are 1 and half 1/3; the Hessian of MAML in both directions, from the law of a step."""
    spectrum = np.repeat([1.0, 1 / 3], [d - d // 2, d // 2])
    D = float(np.sum(spectrum**2)) + 1
    m = max(1, round(ratio * D))
    maml = [direction_weight(*scatter_along(spectrum, i), alpha=1.0, m=m).value for i in (0, d - 1)]
    return _row(0, d, [D], m, np.array([1 / 3, 1.0]), np.sort(maml), eps)


def mixture(rng: np.random.Generator, tasks: int, size: int, eps: float, *, common: bool) -> tuple[float, ...]:
    """Covariances in random shares: with one top direction of curvature 1, or turned at random and of any scale."""
    shares = rng.dirichlet(np.ones(tasks))
    shares[-1] = 1 - shares[:-1].sum()
    classes, D = [], []
    for share in shares:
        turn, _ = np.linalg.qr(rng.standard_normal((size, size)))
        values = 10 ** rng.uniform(-2, 0, size) * 10 ** rng.uniform(-0.5, 0)
        if common:
            turn, values = np.eye(size), np.array([1.0, *rng.uniform(0.2, 0.6, size - 1)])
        classes.append(Task(turn * values @ turn.T, np.zeros(size), probability=float(share)))
        D.append(float(np.sum(values**2) / values.max() ** 2) + 1)
    environment = Environment(tuple(classes))
    top = max(float(np.linalg.eigvalsh(t.covariance)[-1]) for t in classes)
    m = max(1, round(float(np.exp(rng.uniform(*np.log(REACH)))) * min(D)))
    erm, maml = (np.linalg.eigvalsh(H) for H in anisotropic.hessians(environment, alpha=1 / top, m=m))
    return _row(2 if common else 1, size, D, m, erm, maml, eps)


def work(rng: np.random.Generator, items: Any, *, eps: float, tasks: int, size: int) -> Array:
    """One row of the table for each item: (d, m/D) for one covariance, (0, 0) or (0, 1) for the kinds of mixtures."""
    return np.array([one(int(d), x, eps) if d else mixture(rng, tasks, size, eps, common=bool(x)) for d, x in items])


def run(job: Run) -> Table:
    t = job.settings
    common = {"eps": t["eps"], "tasks": t["tasks"], "size": t["size"]}
    ratios = np.geomspace(*REACH, t["points"])
    items = [(d, float(x)) for d in t["d"] for x in ratios]
    found = job.map(work, items, part="one covariance", chunk_size=len(ratios), **common)
    several = job.map(work, [(0, float(i % 2)) for i in range(t["mixtures"])], part="mixtures", chunk_size=10, **common)
    whole = ("kind", "d", "m", "steps_erm", "steps_maml")
    rows = tuple(
        tuple(int(x) if name in whole else float(x) for x, (name, _) in zip(row, COLUMNS, strict=True))
        for row in (*found, *several)
    )
    table = Table(COLUMNS, rows)
    one_covariance = table.where(kind=0)
    below = bool(np.all(table.column("condition_maml") <= table.column("bound") * (1 + 1e-9)))
    above = bool(np.all(one_covariance.column("condition_maml") >= 4 / 27 * one_covariance.column("ratio")))
    inside = True
    for name in ("erm", "maml"):
        low, high = stated_steps(table.column(f"condition_{name}"), t["eps"])
        steps = table.column(f"steps_{name}")
        inside = inside and bool(np.all((low * (1 - 1e-9) <= steps) & (steps <= high * (1 + 1e-9))))
    slope = _slope(one_covariance)
    summary = (
        f"MAML's condition number is below its bound in all {len(rows)} environments: {'yes' if below else 'no'}",
        f"and above (4/27) m/D for the one covariance: {'yes' if above else 'no'}",
        f"steps to {t['eps']:g} lie where OPT.rate.steps says: {'yes' if inside else 'no'}",
        f"slope of log steps in log m/(d_eff+1) from {LINEAR:g} on: {slope:.3f}; theory tends to 1",
    )
    return Table(COLUMNS, rows, summary, below and above and inside and abs(slope - 1) < 0.1)


def _slope(table: Table) -> float:
    ratio, steps = table.column("ratio"), table.column("steps_maml")
    far = ratio >= LINEAR
    return float(np.polyfit(np.log(ratio[far]), np.log(steps[far]), 1)[0])


def draw(table: Table, settings: Any) -> Any:
    from verify.statistics import figure

    fig, (left, right) = figure.panels(2, width=4.7, height=3.9)
    eps = settings["eps"]
    u = np.geomspace(*REACH, 300)
    for d, colour, marker in figure.series(settings["d"]):
        part = table.where(kind=0, d=d)
        x = part.column("ratio")
        left.plot(x, part.column("steps_maml"), marker, color=colour, mfc="white", label=f"MAML, $d={d:,}$")
        left.plot(x, part.column("steps_erm"), ".", color=colour, ms=4)
    left.plot([], [], ".", color="0.3", label="ERM, the same $d$")
    left.plot(u, stated_steps(3 * (1 + u) ** 2 / u, eps)[1], color="black", lw=1, label="theory: at most")
    far = u[4 / 27 * u > 1.5]
    left.plot(far, stated_steps(4 / 27 * far, eps)[0], "--", color="black", lw=1, label="theory: at least")
    left.set_ylim(bottom=3)
    left.set_ylabel(rf"gradient steps to accuracy {figure.power_label(eps)}")
    for kind, colour, marker, label in (
        (1, figure.COLOURS[0], "o", "mixtures, turned at random"),
        (2, figure.COLOURS[1], "s", "mixtures, one top direction"),
    ):
        part = table.where(kind=kind)
        x, erm = part.column("ratio"), part.column("condition_erm")
        right.plot(x, part.column("condition_maml") / erm, marker, color=colour, mfc="white", label=label)
        right.plot(x, part.column("bound") / erm, "_", color=colour, ms=8)
    right.plot([], [], "_", color="0.3", ms=8, label="theory: at most, for each")
    right.axhline(1, color="0.7", lw=0.8)
    right.set_ylabel("condition number, MAML/ERM")
    name = r"$m/(d_{\mathrm{eff}}+1)$"
    for ax, label in ((left, name), (right, name + r", smallest $d_{\mathrm{eff}}$")):
        ax.set_xscale("log")
        ax.set_yscale("log")
        ax.set_xlabel(label)
        figure.legend(ax)
    figure.caption(
        fig,
        r"MAML can be harder to optimise in proportion to $m/(d_{\mathrm{eff}}+1)$, and not more",
        r"left: one covariance with eigenvalues $L$ and $L/3$, $\alpha=1/L$; right: mixtures, tasks: covariances in "
        r"each, size: their dimension, $\alpha=1/\max\|\Sigma_i\|$",
    )
    return fig
