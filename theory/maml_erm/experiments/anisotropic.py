"""With anisotropic inputs every direction has its own threshold, proportional to d_eff + 1 in the top one (A2).

Covariances rho_H S and rho_E S, S with eigenvalues j^(-beta), j = 1..d. In each eigendirection the m at which MAML's
pull towards the hard tasks passes that of ERM is located from the definition. The smallest threshold need not be the
one of the top direction: the factor 2 - alpha (rho_H + rho_E) s_j works against the growth of 1/s_j.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from theory.maml_erm.definitions.directions import direction_weight, scatter_along
from theory.maml_erm.experiments import parameters as par
from verify.runtime.errors import BadInput, ensured
from verify.statistics.experiment import Array, Run, Table

CLAIMS = ("A2", "A2.shape", "A2.order.top")
AXES = ("beta",)
PARAMETERS = (
    par.RHO_H, par.RHO_E, par.ALPHA,
    par.quantity("d", 100_000, "count", "input dimension", least=2),
    par.Parameter("beta", (0.0, 0.25, 0.5, 1.0), "numbers", "decay of the eigenvalues of S, s_j = j^(-beta)", least=0),
    par.Parameter("directions", 13, "count", "directions looked at, log-spaced in j", least=2),
)  # fmt: skip
COLUMNS = (
    ("beta", "decay of the eigenvalues"),
    ("j", "direction, 1 is the top one"),
    ("s", "eigenvalue of S in that direction"),
    ("d_eff", "tr(S^2)/s_1^2"),
    ("low", "largest m at which the hard residual factor is the smaller one, from the definition"),
    ("high", "smallest m at which the easy one is smaller"),
    ("theory", "closed form of the threshold of the direction"),
)


def eigenvalues(d: int, beta: float) -> Array:
    return np.arange(1, d + 1, dtype=float) ** -beta


def work(rng: np.random.Generator, items: Any, *, d: int, rho_H: float, rho_E: float, alpha: float) -> Array:
    """One row (low, high) per (beta, j)."""
    return np.array([_bracket(eigenvalues(d, beta), j - 1, rho_H, rho_E, alpha) for beta, j in items], dtype=float)


def _bracket(S: Array, index: int, rho_H: float, rho_E: float, alpha: float) -> tuple[int, int]:
    laws = [scatter_along(rho * S, index) for rho in (rho_H, rho_E)]

    def favours_hard(m: int) -> bool:
        hard, easy = (direction_weight(own, scatter, alpha=alpha, m=m).value / own for own, scatter in laws)
        return easy < hard

    low, high = 0, 1
    while not favours_hard(high):
        low, high = high, 2 * high
        if high > 2**55:
            raise BadInput("a direction has no threshold up to 2^55 samples", "lower alpha or rho_E")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if favours_hard(middle) else (middle, high)
    return low, high


def closed_form(s: Array, square: float, rho_H: float, rho_E: float, alpha: float) -> Array:
    """The right-hand side of the claim A2.shape at numbers."""
    import sympy as sp

    from theory.maml_erm.claims import by_id
    from theory.maml_erm.formulas import symbols as sy
    from verify.claims.statement import Identity

    statement = by_id()["A2.shape"].statement
    statement = ensured(statement, Identity)
    names = (sy.s, sy.t_S, sy.rho_H, sy.rho_E, sy.alpha)
    return np.asarray(sp.lambdify(names, statement.rhs, "numpy")(np.asarray(s), square, rho_H, rho_E, alpha))


def run(job: Run) -> Table:
    t = job.settings
    js = sorted({round(x) for x in np.geomspace(1, t["d"], t["directions"])})
    items = [(beta, j) for beta in t["beta"] for j in js]
    s = {k: t[k] for k in ("d", "rho_H", "rho_E", "alpha")}
    found = job.map(work, items, part="directions", chunk_size=len(js), **s)
    rows = []
    for i, (beta, j) in enumerate(items):
        S = eigenvalues(t["d"], beta)
        square = float(S @ S)
        stated = float(closed_form(S[j - 1], square, t["rho_H"], t["rho_E"], t["alpha"]))
        rows.append((beta, j, float(S[j - 1]), square, int(found[i, 0]), int(found[i, 1]), stated))
    table = Table(COLUMNS, tuple(rows))
    theory, low, high = (table.column(k) for k in ("theory", "low", "high"))
    # tr(S^2) and the bisection carry rounding: a neighbouring integer is no disagreement.
    inside = (low - 1e-9 * theory <= theory) & (theory <= high + 1e-9 * theory)
    summary = (f"the closed form lies in {int(inside.sum())} of {len(rows)} brackets of one integer",)
    return Table(COLUMNS, tuple(rows), summary, bool(inside.all()))


def draw(table: Table, settings: Any) -> Any:
    from verify.statistics import figure

    fig, (ax, right) = figure.panels(2, width=4.6, height=3.8)
    for beta, colour, marker in figure.series(settings["beta"]):
        part = table.where(beta=beta)
        S = eigenvalues(settings["d"], beta)
        j = np.unique(np.geomspace(1, settings["d"], 300).astype(int))
        curve = closed_form(S[j - 1], float(S @ S), settings["rho_H"], settings["rho_E"], settings["alpha"])
        located = (part.column("low") + part.column("high")) / 2
        ax.plot(j, curve, color=colour)
        ax.plot(part.column("j"), located, marker, color=colour, mfc="white", label=rf"$\beta={beta:g}$")
        right.plot(part.column("d_eff")[0] + 1, located[0], marker, color=colour, mfc="white", ms=7)
    first = table.rows[0]
    slope = first[6] / (first[3] + 1)
    reach = np.array([table.column("d_eff").min(), table.column("d_eff").max()]) + 1
    span = np.geomspace(reach[0] / 2, reach[1] * 2, 50)
    right.plot(span, slope * span, color="black", label=rf"theory, ${slope:.4g}\,(d_{{\mathrm{{eff}}}}+1)$")
    ax.plot([], [], color="0.3", label="theory")
    for axis in (ax, right):
        axis.set_xscale("log")
        axis.set_yscale("log")
    ax.set_xlabel(r"direction $j$, eigenvalue $s_j = j^{-\beta}$")
    ax.set_ylabel(r"threshold $m^{\mathrm{*}}_{j}$ (samples)")
    figure.legend(ax)
    right.set_xlabel(r"$d_{\mathrm{eff}}+1$, $\;d_{\mathrm{eff}}=\mathrm{tr}(S^2)/s_1^2$")
    right.set_ylabel(r"threshold of the top direction, $m^{\mathrm{*}}_{1}$")
    figure.legend(right)
    figure.caption(
        fig,
        "Every direction has its threshold, proportional to the effective dimension in the top one",
        "points: located from the definition; colours on the right as on the left",
    )
    return fig
