"""Two inner steps on one batch need more samples to favour hard tasks than two on fresh batches (SB.threshold).

Left: the weight of MAML's solution on the hard centre, trained with either inner loop, against that of ERM; where it
passes ERM's is the threshold, which a test locates. Right: the gain, trained and tested with the same inner loop.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy as sp

from theory.maml_erm.definitions.tasks import Environment, easy_hard
from theory.maml_erm.experiments import parameters as par
from theory.maml_erm.experiments import trained
from theory.maml_erm.experiments.curves import curve, curve_at_weights
from theory.maml_erm.formulas import same_batch
from theory.maml_erm.formulas import symbols as sy
from theory.maml_erm.formulas.mixture import isotropic_weight
from verify.statistics.experiment import Array, Run, Table

STEPS = 2
FRESH, SAME = 0, 1
NAMES = ("fresh batches", "the same batch")
CLAIMS = ("SB.threshold", "SB.more", "SB.two_steps.isotropic")
PARAMETERS = (
    par.RHO_H.at(0.5),
    *(p for p in par.MIXTURE if p.name != "rho_H"),
    par.D.at(10),
    par.Parameter("points", 11, "count", "numbers of samples m from 3 to 500, log-spaced", least=3),
    *trained.PARAMETERS,
)
FAST = {"points": 7, "training": 3000, "test": 3000, "tolerance": 0.03}
COLUMNS = (
    ("part", "0: trained and tested at m, 1: search for m*"),
    ("loop", "inner steps on 0: fresh batches, 1: the same batch"),
    ("m", "samples of a batch, in training and at the test"),
    *trained.COLUMNS,
    *trained.BRACKET,
)


def environment(s: Any) -> Environment:
    return easy_hard(s["rho_H"], s["rho_E"], s["p"], Delta=s["Delta"], V_H=s["V_H"], V_E=s["V_E"], d=s["d"])


def weights(loop: int) -> tuple[sp.Expr, sp.Expr]:
    """The weights of a hard and of an easy task: S0.maml_fresh.isotropic, or SB.two_steps.isotropic."""
    if loop == FRESH:
        hard, easy = (isotropic_weight("maml_fresh", rho, sy.m).scalar for rho in (sy.rho_H, sy.rho_E))
        return hard.xreplace({sy.K: sp.Integer(STEPS)}), easy.xreplace({sy.K: sp.Integer(STEPS)})
    weight = same_batch.isotropic_weight(sy.m).scalar
    return weight.xreplace({sy.rho: sy.rho_H}), weight.xreplace({sy.rho: sy.rho_E})


def threshold(loop: int, s: Any) -> float:
    """Where both loops leave as much of an easy task as of a hard one: closed for fresh batches, else a root in m.

    Of several roots for one batch, the largest: above it the easy factor is the smaller one.
    """
    if loop == FRESH:
        return float(curve("threshold", **{k: s[k] for k in ("alpha", "rho_H", "rho_E", "d")}))
    hard, easy = weights(loop)
    values = {k: sp.Rational(str(s[k])) for k in ("alpha", "rho_H", "rho_E", "d")}
    difference = (easy / sy.rho_E - hard / sy.rho_H).xreplace(
        {x: values[x.name] for x in (sy.alpha, sy.rho_H, sy.rho_E, sy.d)}
    )
    numerator = sp.Poly(sp.fraction(sp.together(difference))[0], sy.m)
    return max(float(root) for root in numerator.real_roots() if root > 0)


def train(rng: np.random.Generator, items: Any, **s: Any) -> Array:
    """One row of measured numbers per (loop, m)."""
    here = environment(s)
    return np.array(
        [trained.trained_and_tested(rng, here, m, s, steps=STEPS, fresh=loop == FRESH) for loop, m in items]
    )


def search(rng: np.random.Generator, items: Any, *, share: float, **s: Any) -> Array:
    """One row (low, high, batches) per loop."""
    here = environment(s)
    return np.array(
        [trained.search(rng, here, s, share, steps=STEPS, fresh=loop == FRESH) for loop in items], dtype=float
    )


def run(job: Run) -> Table:
    t = dict(job.settings)
    ms = sorted({round(float(x)) for x in np.geomspace(3, 500, t["points"])})
    cells = [(loop, m) for loop in (FRESH, SAME) for m in ms]
    shares = trained.budget(t["delta"], [f"m*, {name}" for name in NAMES])
    measured = job.map(train, cells, part="gain", **t)
    found = job.map(search, (FRESH, SAME), part="threshold", share=shares.share(shares.names[-1]), **t)
    rows = [
        (0, loop, m, *trained.beside_theory(row, *weights(loop), m, t), *trained.NOT_SEARCHED)
        for (loop, m), row in zip(cells, measured, strict=True)
    ]
    rows += [
        (1, loop, float("nan"), *trained.NOT_TRAINED, *map(int, row), threshold(loop, t))
        for loop, row in enumerate(found)
    ]
    table = Table(COLUMNS, tuple(rows))
    lines, agree = trained.agreement(table, shares)
    line, inside = trained.located(table)
    (_, high, *_), (low, *_) = found
    apart = bool(high < low)
    summary = (
        trained.stated_budget(shares), *lines, line,
        f"the same batch needs more than fresh batches to favour hard tasks: {'yes' if apart else 'not decided'} "
        f"(at most {high:g} samples with fresh batches, more than {low:g} with the same)",
    )  # fmt: skip
    return Table(COLUMNS, tuple(rows), summary, agree and inside)


def draw(table: Table, settings: Any) -> Any:
    from verify.statistics import figure

    fig, (left, right) = figure.panels(2, width=4.7, height=3.9)
    s = {k: settings[k] for k in (*trained.NAMES, "d")}
    m = np.geomspace(2.6, 570, 400)
    erm = float(curve("weight.erm", **{k: s[k] for k in ("rho_H", "rho_E", "p")}))
    for loop, name in enumerate(NAMES):
        part, colour, marker = table.where(part=0, loop=loop), figure.COLOURS[loop], figure.MARKERS[loop]
        for ax, quantity, closed in ((left, "weight", "weight.maml_m"), (right, "gain", "gain")):
            ax.plot(m, curve_at_weights(closed, *weights(loop), m=m, **s), color=colour, lw=1)
            ax.errorbar(
                part.column("m"), part.column(quantity), 2 * part.column(f"{quantity}_error"), fmt=marker, color=colour,
                mfc="white", capsize=2, elinewidth=1, label=f"MAML, {name}",
            )  # fmt: skip
        star = table.where(part=1, loop=loop).column("star")[0]
        for ax in (left, right):
            ax.axvline(star, ymax=0.35, color=colour, ls=":", lw=1)
    left.axhline(erm, color="black", lw=1, ls="--", label="ERM")
    right.plot([], [], color="0.3", lw=1, label="theory")
    right.plot([], [], color="0.3", lw=1, ls=":", label=r"$m^{\mathrm{*}}$ of each, by the theory")
    left.set_ylabel(r"weight of the solution on $\mu_H$")
    right.set_ylabel(r"gain $\mathcal{E}_m(\mathrm{ERM})\,/\,\mathcal{E}_m(\mathrm{MAML})$")
    for ax in (left, right):
        ax.set_xscale("log")
        ax.set_xlabel(r"samples of a batch, $m$")
        figure.legend(ax)
    figure.caption(
        fig,
        "Two inner steps on the same batch favour hard tasks later than two on fresh batches",
        "bars: two standard errors",
    )
    return fig
