"""Heavy tails raise m*: a little where coordinates are independent, in proportion to d where they share a scale (KURT).

All inputs have one covariance. Their coordinates are independent (0 and +-sqrt(kurtosis)), or they share a random scale
(elliptical, kurtosis 3 eta). Left: MAML is trained and tested with such inputs; ERM's solution is the same for all.
Right: where MAML begins to favour hard tasks more than ERM does, located by a test, against the kurtosis.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import sympy as sp

from theory.maml_erm.claims import inputs as claims_of_inputs
from theory.maml_erm.definitions import laws
from theory.maml_erm.definitions.tasks import Environment, easy_hard
from theory.maml_erm.experiments import parameters as par
from theory.maml_erm.experiments import trained
from theory.maml_erm.experiments.curves import curve_at_weights, stated
from theory.maml_erm.formulas import inputs
from theory.maml_erm.formulas import symbols as sy
from verify.claims.statement import Equivalence
from verify.derivations.relations import Relation
from verify.runtime.errors import ensured
from verify.statistics.experiment import Array, Run, Table, evaluated

INDEPENDENT, ELLIPTICAL = 0, 1
GAUSSIAN = 3.0  # the kurtosis of a Gaussian coordinate, and the least of an elliptical one
CLAIMS = ("KURT.iid", "KURT.threshold", "KURT.elliptical.isotropic", "KURT.elliptical.threshold")
AXES = ("shown", "kurtosis")
PARAMETERS = (
    *par.MIXTURE,
    par.D.at(6),
    par.Parameter("shown", (1.0, 3.0, 9.0), "numbers", "kurtoses of a coordinate in the left panel", least=1),
    par.Parameter("kurtosis", (1.0, 1.8, 3.0, 5.0, 7.0, 9.0, 12.0), "numbers", "the same in the right panel", least=1),
    par.Parameter("points", 9, "count", "numbers of samples m from 2 to 400, log-spaced", least=3),
    *trained.PARAMETERS,
)
FAST = {"kurtosis": (1.0, 3.0, 5.0, 9.0), "points": 6, "training": 3000, "test": 3000, "tolerance": 0.03}
COLUMNS = (
    ("part", "0: trained and tested at m, 1: search for m*"),
    ("kind", "0: independent coordinates, 1: elliptical"),
    ("kurtosis", "kurtosis of a coordinate; 3 is Gaussian"),
    ("m", "samples of the inner step, in training and at the test"),
    *trained.COLUMNS,
    *trained.BRACKET,
)


def kinds(kurtosis: float) -> tuple[int, ...]:
    """The laws that have this kurtosis; for Gaussian inputs both are the same."""
    return (INDEPENDENT, ELLIPTICAL) if kurtosis > GAUSSIAN else (INDEPENDENT,)


def law(kind: int, kurtosis: float) -> laws.Law:
    if kurtosis == GAUSSIAN:
        return laws.GAUSSIAN
    return laws.Independent(kurtosis) if kind == INDEPENDENT else laws.Elliptical(kurtosis / GAUSSIAN)


def environment(kind: int, kurtosis: float, s: Any) -> Environment:
    """The easy/hard mixture with these inputs in both classes."""
    normal = easy_hard(s["rho_H"], s["rho_E"], s["p"], Delta=s["Delta"], V_H=s["V_H"], V_E=s["V_E"], d=s["d"])
    return Environment(tuple(replace(task, law=law(kind, kurtosis)) for task in normal.tasks))


def weights(kind: int, kurtosis: float) -> tuple[sp.Expr, sp.Expr]:
    """The weights of a hard and of an easy task, as KURT.iid and KURT.elliptical.isotropic state them."""
    value = sp.nsimplify(kurtosis, rational=True)
    if kind == INDEPENDENT:
        weight = inputs.independent_weight(sy.m).scalar.xreplace({sy.k_4: value})
    else:
        weight = inputs.elliptical_weight(sy.m).scalar.xreplace({sy.eta: value / 3})
    return weight.xreplace({sy.rho: sy.rho_H}), weight.xreplace({sy.rho: sy.rho_E})


def threshold(kind: int, kurtosis: Array, s: Any) -> Array:
    """m* with one law for both classes: the right-hand side of KURT.threshold, or of KURT.elliptical.threshold."""
    name, own, scale = (
        ("KURT.threshold", (sy.k_H, sy.k_E), 1) if kind == INDEPENDENT
        else ("KURT.elliptical.threshold", (sy.eta_H, sy.eta_E), 3)
    )  # fmt: skip
    limit = ensured(ensured(stated(name, claims_of_inputs), Equivalence).right, Relation).rhs
    values = {**{k: s[k] for k in ("alpha", "rho_H", "rho_E", "d")}, **{x.name: kurtosis / scale for x in own}}
    return evaluated(limit, {x.name: x for x in limit.free_symbols}, **values)


def train(rng: np.random.Generator, items: Any, **s: Any) -> Array:
    """One row of measured numbers per (kind, kurtosis, m)."""
    return np.array([trained.trained_and_tested(rng, environment(kind, k, s), m, s) for kind, k, m in items])


def search(rng: np.random.Generator, items: Any, *, share: float, **s: Any) -> Array:
    """One row (low, high, batches) per (kind, kurtosis)."""
    return np.array([trained.search(rng, environment(kind, k, s), s, share) for kind, k in items], dtype=float)


def run(job: Run) -> Table:
    t = dict(job.settings)
    ms = sorted({round(float(x)) for x in np.geomspace(2, 400, t["points"])})
    cells = [(kind, k, m) for k in t["shown"] for kind in kinds(k) for m in ms]
    searched = [(kind, k) for k in t["kurtosis"] for kind in kinds(k)]
    shares = trained.budget(t["delta"], [f"m* {kind} {k:g}" for kind, k in searched])
    measured = job.map(train, cells, part="gain", **t)
    found = job.map(search, searched, part="threshold", share=shares.share(shares.names[-1]), **t)
    rows = [
        (0, kind, k, m, *trained.beside_theory(row, *weights(kind, k), m, t), *trained.NOT_SEARCHED)
        for (kind, k, m), row in zip(cells, measured, strict=True)
    ]
    rows += [
        (1, kind, k, float("nan"), *trained.NOT_TRAINED, *map(int, row), float(threshold(kind, np.array(k), t)))
        for (kind, k), row in zip(searched, found, strict=True)
    ]
    table = Table(COLUMNS, tuple(rows))
    lines, agree = trained.agreement(table, shares)
    line, inside = trained.located(table)
    return Table(COLUMNS, tuple(rows), (trained.stated_budget(shares), *lines, line), agree and inside)


def _name(kind: int, kurtosis: float) -> str:
    if kurtosis == GAUSSIAN:
        return "Gaussian"
    return "fair signs" if kurtosis == 1 else f"{'independent' if kind == INDEPENDENT else 'elliptical'}, {kurtosis:g}"


def draw(table: Table, settings: Any) -> Any:
    from verify.statistics import figure

    fig, (left, right) = figure.panels(2, width=4.7, height=3.9)
    s = {k: settings[k] for k in (*trained.NAMES, "d")}
    m = np.geomspace(2, 450, 300)
    shown = [(kind, k) for k in settings["shown"] for kind in kinds(k)]
    for (kind, k), colour, marker in figure.series(shown):
        part = table.where(part=0, kind=kind, kurtosis=k)
        left.plot(m, curve_at_weights("gain", *weights(kind, k), m=m, **s), color=colour, lw=1)
        left.errorbar(
            part.column("m"), part.column("gain"), 2 * part.column("gain_error"), fmt=marker, color=colour, mfc="white",
            capsize=2, elinewidth=1, label=_name(kind, k),
        )  # fmt: skip
    left.plot([], [], color="0.3", lw=1, label="theory")
    left.set_xscale("log")
    left.set_xlabel(r"samples of the inner step, $m$")
    left.set_ylabel(r"gain $\mathcal{E}_m(\mathrm{ERM})\,/\,\mathcal{E}_m(\mathrm{MAML})$")
    figure.legend(left, title="inputs, kurtosis")
    top = max(*settings["kurtosis"], GAUSSIAN)
    for kind, least, title, place in (
        (INDEPENDENT, 1.0, "independent", "KURT.iid"),
        (ELLIPTICAL, GAUSSIAN, "elliptical", "KURT.elliptical"),
    ):
        part = table.where(part=1, kind=kind)
        k, low, high = (part.column(name) for name in ("kurtosis", "low", "high"))
        colour, marker = figure.COLOURS[kind], figure.MARKERS[kind]
        line = np.linspace(least, top, 50)
        right.plot(line, threshold(kind, line, s), color=colour, lw=1, label=f"{title}, theory ({place})")
        middle = (low + high) / 2
        right.errorbar(
            k, middle, (high - low) / 2, fmt=marker, color=colour, mfc="white", capsize=3, elinewidth=1,
            label=f"{title}, located by a test",
        )  # fmt: skip
    right.set_xlabel(r"kurtosis of a coordinate (Gaussian: 3)")
    right.set_ylabel(r"threshold $m^{\mathrm{*}}$ (samples)")
    right.set_ylim(bottom=0)
    figure.legend(right)
    figure.caption(
        fig,
        "Tails of one covariance: heavy ones raise the threshold, shared ones in proportion to the dimension",
        "bars: two standard errors (left), the interval located (right)",
    )
    return fig
