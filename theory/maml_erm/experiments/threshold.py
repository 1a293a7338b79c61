"""The sign change at m* lies on a line in d + 1 (T1).

At the ERM solution the risk after adaptation on m samples either falls or rises towards the hard centre. Its change of
sign in m is located in two ways: by an anytime test of simulated risk differences (Catoni's estimator, looks at
doubling numbers of tasks, one false-alarm budget for the whole run), and by cubature.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from theory.maml_erm.definitions.cubature import Mixture, risk_moments, sign_change
from theory.maml_erm.definitions.exact_law import Step
from theory.maml_erm.experiments import parameters as par
from theory.maml_erm.experiments.bracket import bracket
from theory.maml_erm.experiments.curves import curve
from verify.runtime.errors import present
from verify.statistics.experiment import Array, Run, Table
from verify.statistics.tests import Budget, looks, mean_test

CLAIMS = ("T1", "T1.product", "T1.direction")
AXES = ("d",)
PARAMETERS = (
    *(p for p in par.MIXTURE if p.name not in ("V_H", "V_E")),
    par.quantity(
        "d", (10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000), "counts", "dimensions"
    ),
    par.Parameter("tolerance", 2e-4, "number", "relative width at which the search stops", above=0, below=1),
    par.Parameter("delta", 1e-6, "number", "false-alarm probability of the whole run", above=0, below=0.5),
    par.Parameter("largest", 1 << 21, "count", "most tasks spent on one m", least=1024),
)
FAST = {"d": (10, 100, 1000, 10_000, 100_000, 1_000_000), "tolerance": 0.003}
COLUMNS = (
    ("d", "input dimension"),
    ("low", "largest m at which the test found MAML to favour the easy tasks more than ERM does"),
    ("high", "smallest m at which it found MAML to favour the hard tasks more"),
    ("tasks", "simulated tasks"),
    ("cubature_low", "the same as low, by cubature"),
    ("cubature_high", "the same as high, by cubature"),
    ("theory", "closed form of m*"),
)
FIRST = 1024
REACH = 0.05
LINEAR = 1e-4  # the vertical axis of deviations is linear up to here, and logarithmic beyond


class _Differences:
    """E_m(a + h) - E_m(a - h) on sampled tasks, a the ERM solution: negative where the risk falls towards mu_H."""

    def __init__(self, d: int, m: int, s: dict[str, Any]) -> None:
        self.d, self.m, self.s = d, m, s
        a = Mixture(d=d, m=1, **s).erm().value
        h = REACH * min(a, 1 - a)
        self.classes = (
            (s["p"], s["rho_H"], (1 - a - h, 1 - a + h)),
            (1 - s["p"], s["rho_E"], (a + h, a - h)),
        )
        # Without noise and spread the risk of a task is proportional to gap^2, so the difference of the two is too:
        # a standard deviation of the difference is at most the sum of both.
        self.variance = 0.0
        for probability, rho, gaps in self.classes:
            deviation = [self._deviation(rho, abs(g) * s["Delta"]) for g in gaps]
            self.variance += (probability * abs(deviation[0] - deviation[1])) ** 2 * (1 + 1e-6)

    def _deviation(self, rho: float, gap: float) -> float:
        first, second = risk_moments(rho, alpha=self.s["alpha"], d=self.d, m=self.m, gap=gap)
        return math.sqrt(max(0.0, second.value - first.value**2) + second.error + 2 * first.error * first.value)

    def draw(self, rng: np.random.Generator, count: int) -> Array:
        total = np.zeros(count)
        for probability, rho, gaps in self.classes:
            step = Step(rho, self.s["alpha"], self.m)
            state = rng.bit_generator.state
            for sign, gap in zip((1, -1), gaps, strict=True):
                rng.bit_generator.state = state  # the same tasks at both points
                start = np.full(count, (gap * self.s["Delta"]) ** 2)
                total += sign * probability * 0.5 * rho * step.squares(rng, start, self.d)
        return total


def sign_by_test(
    rng: np.random.Generator, d: int, m: int, s: dict[str, float], delta: float, largest: int
) -> tuple[int, int]:
    """1 where the risk at the ERM solution falls towards the hard centre, -1 where it rises, else 0; tasks used."""
    differences = _Differences(d, m, s)
    values = np.empty(0)
    for count, share in looks(delta, FIRST, largest):
        values = np.concatenate([values, differences.draw(rng, count - len(values))])
        test = mean_test(values, differences.variance, share, assumption="exact variance from cubature")
        if not test.agrees(0.0):
            return (1 if test.estimate < 0 else -1), count
    return 0, len(values)


def work(rng: np.random.Generator, items: Any, *, tolerance: float, delta: float, largest: int, **s: float) -> Array:
    """One row (low, high, tasks, cubature low, cubature high) per dimension."""
    rows = []
    for d in items:
        spent = asked = 0

        def sign(m: int, d: int = d) -> int:
            nonlocal spent, asked
            asked += 1
            # The questions of one search share its delta like the looks of one question do.
            answer, tasks = sign_by_test(rng, d, m, s, delta / (asked * (asked + 1)), largest)
            spent += tasks
            return answer

        low, high = bracket(sign, tolerance)
        exact = sign_change(s["rho_H"], s["rho_E"], s["alpha"], d, s["p"])
        exact = present(exact)
        rows.append((low, high, spent, exact.below, exact.above))
    return np.array(rows, dtype=float)


def run(job: Run) -> Table:
    s = {p.name: job.settings[p.name] for p in par.MIXTURE if p.name in job.settings}
    dimensions = job.settings["d"]
    budget = Budget(job.settings["delta"], tuple(f"d = {d}" for d in dimensions))
    found = job.map(
        work, dimensions, part="search", tolerance=job.settings["tolerance"],
        delta=budget.share(f"d = {dimensions[0]}"), largest=job.settings["largest"], **s,
    )  # fmt: skip
    theory = [float(curve("threshold", d=d, **s)) for d in dimensions]
    rows = tuple((d, *map(int, row), t) for d, row, t in zip(dimensions, found, theory, strict=True))
    table = Table(COLUMNS, rows)
    x = np.array(dimensions) + 1.0
    slope = theory[-1] / x[-1]
    lines = [str(budget)]
    agrees = True
    for name, low, high, allowed in (
        ("simulation", "low", "high", max(1e-3, job.settings["tolerance"])),
        ("cubature", "cubature_low", "cubature_high", 1e-3),
    ):
        fitted = _slope(x, (table.column(low) + table.column(high)) / 2)
        lines.append(
            f"slope of m* in d + 1 by {name}: {fitted:.6g}; theory {slope:.6g}; "
            f"relative deviation {fitted / slope - 1:+.1e}"
        )
        agrees = agrees and bool(abs(fitted / slope - 1) < allowed)
    inside = (table.column("low") <= np.array(theory)) & (np.array(theory) <= table.column("high"))
    exact = (table.column("cubature_low") <= np.array(theory)) & (np.array(theory) <= table.column("cubature_high"))
    lines.append(
        f"m* lies in {int(inside.sum())} of {len(x)} simulated brackets "
        f"and {int(exact.sum())} of {len(x)} cubature brackets"
    )
    lines.append(f"simulated tasks: {int(table.column('tasks').sum()):,}")
    return Table(COLUMNS, rows, tuple(lines), agrees and bool(inside.all()) and bool(exact.all()), {"slope": slope})


def _slope(x: Array, y: Array) -> float:
    """Least squares through the origin would hide an offset: fit a line and return its slope."""
    if len(x) == 1:
        return float(y[0] / x[0])
    return float(np.polyfit(x, y, 1)[0])


def draw(table: Table, settings: Any) -> Any:
    from verify.statistics import figure

    fig, (ax, below) = figure.panels(2, width=4.7, height=3.7)
    x = table.column("d") + 1.0
    theory = table.column("theory")
    middle = (table.column("low") + table.column("high")) / 2
    exact = (table.column("cubature_low") + table.column("cubature_high")) / 2
    slope = theory[-1] / x[-1]
    ax.plot(x, theory, color="black", label=rf"theory, $m^{{\mathrm{{*}}}} = {slope:.4g}\,(d+1)$")
    ax.plot(x, middle, "o", color=figure.COLOURS[0], mfc="none", ms=7, label="simulation, anytime test")
    ax.plot(x, exact, "x", color=figure.COLOURS[1], label="cubature")
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlabel(r"$d+1$")
    ax.set_ylabel(r"sign change $m^{\mathrm{*}}$ (samples)")
    figure.legend(ax)
    for name, style, colour, label, shift in (
        ("", "o", figure.COLOURS[0], "simulation", 0.95),
        ("cubature_", "x", figure.COLOURS[1], "cubature", 1.05),
    ):
        low, high = table.column(name + "low"), table.column(name + "high")
        centre = (low + high) / 2
        below.errorbar(
            x * shift, centre / theory - 1, (high - low) / 2 / theory, fmt=style, color=colour, mfc="none", capsize=2.5,
            elinewidth=1, label=label,
        )  # fmt: skip
    below.axhspan(-1e-3, 1e-3, color="0.85", lw=0, label=r"$\pm 0.1\,\%$")
    below.axhline(0, color="black", lw=0.8)
    below.set_xscale("log")
    below.set_yscale("symlog", linthresh=LINEAR)
    below.set_xlabel(r"$d+1$")
    below.set_ylabel(
        rf"located $m^{{\mathrm{{*}}}}$ / theory $-\,1$"
        "\n"
        rf"(symlog: linear within $\pm${figure.power_label(LINEAR)})"
    )
    figure.legend(below)
    figure.caption(
        fig,
        r"The sign change of MAML's preference for hard tasks grows linearly in $d+1$",
        "bars: the interval it was located in",
    )
    return fig
