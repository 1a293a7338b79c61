"""The gain stays below the bound that m/(d_eff+1) alone gives, for random mixtures of covariances (N1.deff).

Every mixture has classes of tasks with one shape of spectrum, j^(-beta), hence one d_eff, but scales and eigenbases of
their own; alpha = 1/max||Sigma_i||. The gain is evaluated from the definition twice: at random optima, and at those
that gain most for these covariances, which are found from the measured weights (N1.general.attained).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from theory.maml_erm.definitions import anisotropic, variance
from theory.maml_erm.definitions.tasks import Environment, Task
from theory.maml_erm.experiments import parameters as par
from theory.maml_erm.experiments.curves import right_side
from verify.statistics.experiment import Array, Run, Table

CLAIMS = ("N1.deff", "N1.general", "N1.general.attained")
AXES = ("beta",)
PARAMETERS = (
    par.quantity("d", 4, "count", "input dimension", least=2),
    par.Parameter("beta", (0.0, 0.5, 1.0), "numbers", "decay of the eigenvalues of every class, j^(-beta)", least=0),
    par.Parameter("classes", 5, "count", "classes of tasks in a mixture", least=2),
    par.Parameter("spread", 30.0, "number", "largest curvature of a mixture over the smallest top curvature", above=1),
    par.Parameter("mixtures", 12, "count", "random mixtures for each beta and m"),
    par.Parameter("points", 9, "count", "ratios m/(d_eff+1) from 0.3 to 300, log-spaced", least=3),
)
FAST = {"d": 3, "mixtures": 4, "points": 6}
COLUMNS = (
    ("beta", "decay of the eigenvalues"),
    ("m", "test samples"),
    ("ratio", "m/(d_eff+1)"),
    ("gain", "gain at random optima, from the definition"),
    ("best", "gain at the optima that gain most, from the definition"),
    ("bound", "bound of N1.deff"),
)


def work(rng: np.random.Generator, items: Any, *, d: int, classes: int, spread: float) -> Array:
    """One row (gain at random optima, gain at the best optima) per (beta, m)."""
    return np.array([_gains(rng, beta, m, d, classes, spread) for beta, m in items])


def _gains(rng: np.random.Generator, beta: float, m: int, d: int, classes: int, spread: float) -> tuple[float, float]:
    shape = np.arange(1, d + 1, dtype=float) ** -beta
    scales = np.concatenate([[1.0, 1 / spread], spread ** -rng.random(classes - 2)])
    shares = rng.dirichlet(np.ones(classes))
    sigmas = []
    for scale in scales:
        basis = np.linalg.qr(rng.standard_normal((d, d)))[0]
        sigma = (basis * (scale * shape)) @ basis.T
        sigmas.append((sigma + sigma.T) / 2)
    alpha = 1 / max(np.linalg.eigvalsh(sigma)[-1] for sigma in sigmas)
    optima = (rng.standard_normal((classes, d)), _best(sigmas, shares, alpha, m))
    first, second = (
        Environment(tuple(Task(S, w, p) for S, w, p in zip(sigmas, chosen, shares, strict=True))) for chosen in optima
    )
    gain, best = (anisotropic.environment_gain(e, alpha=alpha, m=m).value for e in (first, second))
    return gain, best


def _best(sigmas: list[Array], shares: Array, alpha: float, m: int) -> list[Array]:
    """The optima y - Q_i^-1 Sigma_i M^-1 S y, y the top eigenvector of E Q_i against S M^-1 S, from measured Q_i."""
    weights = [_weight(sigma, alpha, m) for sigma in sigmas]
    S, Q = (sum(p * A for p, A in zip(shares, forms, strict=True)) for forms in (sigmas, weights))
    M = sum(p * A @ np.linalg.solve(B, A) for p, A, B in zip(shares, sigmas, weights, strict=True))
    values, vectors = np.linalg.eig(np.linalg.solve(S @ np.linalg.solve(M, S), Q))
    y = np.real(vectors[:, np.argmax(np.real(values))])
    inner = np.linalg.solve(M, S @ y)
    return [y - np.linalg.solve(B, A @ inner) for A, B in zip(sigmas, weights, strict=True)]


def _weight(sigma: Array, alpha: float, m: int) -> Array:
    """Q with <v, Q v> = E <e, Sigma e>, e the error after one step from v."""
    I = np.eye(len(sigma))

    def form(v: Array) -> float:
        return variance.form_moments(sigma, v, sigma, alpha=alpha, n=m)[0]

    return np.array([[(form(a + b) - form(a - b)) / 4 for a in I] for b in I])


def bound(ratio: Array) -> Array:
    """The right-hand side of the claim N1.deff where all d_eff + 1 are one number, m = ratio times it."""
    import sympy as sp

    from theory.maml_erm.formulas import symbols as sy

    value = right_side("N1.deff").subs({sy.D_min: 1, sy.D_max: 1})
    return np.asarray(sp.lambdify(sy.m, value, "numpy")(np.asarray(ratio)))


def run(job: Run) -> Table:
    t = job.settings
    s = {k: t[k] for k in ("d", "classes", "spread")}
    rows = []
    for beta in t["beta"]:
        shape = np.arange(1, t["d"] + 1, dtype=float) ** -beta
        D = float(shape @ shape) + 1
        counts = sorted({max(1, round(x * D)) for x in np.geomspace(0.3, 300, t["points"])})
        items = [(beta, m) for m in counts for _ in range(t["mixtures"])]
        found = job.map(work, items, part=f"beta = {beta:g}", chunk_size=t["mixtures"], **s)
        limits = bound(np.array([m / D for _, m in items]))
        rows += [(beta, m, m / D, *map(float, found[i]), float(limits[i])) for i, (_, m) in enumerate(items)]
    table = Table(COLUMNS, tuple(rows))
    gain, best, limit = (table.column(k) for k in ("gain", "best", "bound"))
    inside = (gain <= best * (1 + 1e-6)) & (best <= limit * (1 + 1e-6))
    summary = (
        f"{int(inside.sum())} of {len(rows)} mixtures gain no more than their best optima, and these than the bound",
        f"the best optima reach {float(np.max((best - 1) / (limit - 1))):.0%} of the bound on the gain - 1",
    )
    return Table(COLUMNS, tuple(rows), summary, bool(inside.all()))


def draw(table: Table, settings: Any) -> Any:
    from verify.statistics import figure

    fig, (ax,) = figure.panels(width=6.0, height=4.0)
    x = np.geomspace(0.2, 400, 400)
    ax.plot(x, bound(x) - 1, color="black", label="bound of N1.deff")
    for beta, colour, marker in figure.series(settings["beta"]):
        part = table.where(beta=beta)
        ratio = part.column("ratio")
        ax.plot(ratio, part.column("gain") - 1, ".", color=colour, ms=2.5, alpha=0.7)
        ax.plot(ratio, part.column("best") - 1, marker, color=colour, mfc="none", ms=3.5, mew=0.8)
        ax.plot([], [], marker, color=colour, mfc="none", ms=4.5, label=rf"$\beta={beta:g}$, best optima")
    ax.plot([], [], ".", color="0.3", ms=3, label="random optima")
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlabel(r"test samples per effective dimension, $m/(d_{\mathrm{eff}}+1)$")
    ax.set_ylabel(r"gain $-\,1$")
    ax.set_ylim(bottom=max(1e-6, float(table.column("gain").min()) - 1) / 2)
    figure.legend(ax)
    figure.caption(
        fig,
        r"No mixture gains more than $m/(d_{\mathrm{eff}}+1)$ allows, whatever its optima are",
        r"each point: a random mixture of covariances with spectra $\propto j^{-\beta}$, $\alpha=1/\max\|\Sigma_i\|$; "
        "spread: largest over smallest top curvature",
    )
    return fig
