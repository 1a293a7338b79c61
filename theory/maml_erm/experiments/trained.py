"""MAML trained and tested by simulation, beside the closed forms at the weights of its two classes.

What the experiments on other inputs and on other inner loops share: one row of measured numbers for each setting, the
same numbers by the theory, and the tests that compare them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy as sp

from theory.maml_erm.definitions import anisotropic, segment
from theory.maml_erm.definitions.methods import MAML
from theory.maml_erm.definitions.tasks import Environment
from theory.maml_erm.experiments import parameters as par
from theory.maml_erm.experiments.bracket import bracket
from theory.maml_erm.experiments.curves import curve_at_weights
from verify.statistics.experiment import Array, Table
from verify.statistics.many_estimates import many_estimates
from verify.statistics.tests import Budget, clt_test, looks

NAMES = tuple(p.name for p in par.MIXTURE)
TRAINING = par.Parameter("training", 10_000, "count", "tasks that MAML is trained on", least=100)
TEST = par.Parameter("test", 10_000, "count", "tasks of each class that both solutions are tested on", least=100)
TOLERANCE = par.Parameter("tolerance", 0.01, "number", "relative width at which the search stops", above=0, below=1)
DELTA = par.Parameter(
    "delta",
    1e-4,
    "number",
    "false-alarm probability of the whole run, by the central limit theorem",
    above=0,
    below=0.5,
)
LARGEST = par.Parameter("largest", 1 << 18, "count", "most batches spent on one m in the search for m*", least=4096)
PARAMETERS = (TRAINING, TEST, TOLERANCE, LARGEST, DELTA)

# What was trained is off by its own error, and that moves the gain in second order, where the error of a test is first
# order in the distance of the two solutions and vanishes at m*. So the tests compare at the weight that was trained.
TITLES = ("weight of trained MAML on mu_H", "excess risk of ERM", "excess risk of trained MAML", "gain")
QUANTITIES = (
    ("weight", "weight of MAML's solution on mu_H, trained on simulated tasks", "closed form of weight"),
    ("risk_erm", "E_m at ERM's solution [Y^2]", "closed form of risk_erm"),
    ("risk_maml", "E_m at the solution that was trained [Y^2]", "closed form of E_m at that weight"),
    ("gain", "risk_erm/risk_maml", "closed form of the gain at that weight"),
)
COLUMNS = (
    *(
        column
        for name, measured, stated in QUANTITIES
        for column in ((name, measured), (f"{name}_error", f"standard error of {name}"), (f"{name}_theory", stated))
    ),
    ("best", "closed form of the gain at the weight of MAML's solution"),
)
BRACKET = (
    ("low", "largest m at which the test found MAML to favour the easy tasks more than ERM does"),
    ("high", "smallest m at which it found MAML to favour the hard tasks more"),
    ("batches", "simulated batches of each class"),
    ("star", "where the closed form of the preference changes"),
)
NOT_SEARCHED = (float("nan"),) * len(BRACKET)
NOT_TRAINED = (float("nan"),) * len(COLUMNS)
FIRST = 4096  # batches before the first look: the values are skewed, and the test is asymptotic
QUERY = 10  # outer samples of a task in training


def trained_and_tested(
    rng: np.random.Generator, environment: Environment, m: int, s: dict[str, Any], *, steps: int = 1, fresh: bool = True
) -> tuple[float, ...]:
    """Each quantity with its standard error, in order. MAML meets other tasks in training than at the test.

    ERM's solution is a property of the environment: no batch enters it, and of the inputs only the covariance.
    """
    training, test = rng.spawn(2)
    batches = steps if fresh else 1
    method = MAML(s["alpha"], m, QUERY, steps=steps, fresh=fresh)
    b = segment.minimiser(training, environment, method, s["training"], size=batches * m + QUERY)
    a = float(anisotropic.erm_solution(environment)[0]) / s["Delta"]
    risks, covariance = segment.tested(
        test, environment, (a, b.value), s["test"], alpha=s["alpha"], m=m, steps=steps, fresh=fresh
    )
    gain = segment.ratio(risks, covariance)
    errors = np.sqrt(np.diag(covariance))
    return (b.value, b.error, float(risks[0]), float(errors[0]), float(risks[1]), float(errors[1]), *_pair(gain))


def _pair(estimate: segment.Estimate) -> tuple[float, float]:
    return estimate.value, estimate.error


def beside_theory(measured: Array, hard: sp.Expr, easy: sp.Expr, m: int, s: dict[str, Any]) -> tuple[float, ...]:
    """A row of ``COLUMNS``: what was measured, and the closed forms at the weights of a hard and an easy task."""
    values = {**{k: s[k] for k in (*NAMES, "d")}, "m": m, "c": float(measured[0])}
    weight, erm, maml, best = (
        float(curve_at_weights(name, hard, easy, **values))
        for name in ("weight.maml_m", "risk.erm", "risk.segment", "gain")
    )
    stated = (weight, erm, maml, erm / maml)
    return *(float(x) for i, t in enumerate(stated) for x in (measured[2 * i], measured[2 * i + 1], t)), best


def search(
    rng: np.random.Generator, environment: Environment, s: dict[str, Any], delta: float, *, steps: int = 1,
    fresh: bool = True,
) -> tuple[int, int, int]:  # fmt: skip
    """Where what the steps leave of an easy task falls below what they leave of a hard one: (low, high, batches).

    An anytime test by the central limit theorem, with one false-alarm probability for the whole search.
    """
    hard, easy = environment.tasks
    spent = asked = 0

    def sign(m: int) -> int:
        nonlocal spent, asked
        asked += 1
        values = np.empty(0)
        for count, share in looks(delta / (asked * (asked + 1)), FIRST, s["largest"]):
            more = count - len(values)
            left = [
                segment.left_over(rng, task, more, alpha=s["alpha"], m=m, steps=steps, fresh=fresh)
                for task in (easy, hard)
            ]
            values = np.concatenate([values, left[0] - left[1]])
            test = clt_test(values, share, assumption="central limit theorem")
            if not test.agrees(0.0):
                spent += count
                return 1 if test.estimate < 0 else -1
        spent += len(values)
        return 0

    low, high = bracket(sign, s["tolerance"])
    return low, high, spent


def budget(delta: float, searches: list[str]) -> Budget:
    """The false alarms of a run, shared by its quantities and its searches."""
    return Budget(delta, (*(name for name, *_ in QUANTITIES), *searches))


def agreement(table: Table, shares: Budget) -> tuple[list[str], bool]:
    """A sentence for each quantity on the rows where it was measured, and whether all agree with the theory."""
    lines, agrees = [], True
    for title, (name, *_) in zip(TITLES, QUANTITIES, strict=True):
        columns = np.array([table.column(f"{name}{end}") for end in ("", "_error", "_theory")])
        values, errors, stated = columns[:, np.isfinite(columns[0])]
        tested = many_estimates(values, errors, stated, shares.share(name))
        lines.append(f"{title}: {tested}")
        agrees = agrees and tested.agrees
    lost = float(np.nanmax(1 - table.column("gain_theory") / table.column("best")))
    lines.append(f"in these runs the error of training costs at most {lost:.2%} of a gain")
    return lines, agrees


def stated_budget(shares: Budget) -> str:
    """What the sentences of a summary are worth."""
    return f"{shares}, by the central limit theorem"


def located(table: Table) -> tuple[str, bool]:
    """Whether the theory's change of preference lies in every interval that was found, and the sentence for it."""
    low, high, star = (table.column(k) for k in ("low", "high", "star"))
    searched = np.isfinite(low)
    inside = (low <= star) & (star <= high)
    widest = float(np.max((high[searched] - low[searched]) / star[searched]))
    line = f"m* lies in {int(inside[searched].sum())} of {int(searched.sum())} intervals located by simulation"
    return f"{line}, the widest of them {widest:.1%} of m*", bool(inside[searched].all())
