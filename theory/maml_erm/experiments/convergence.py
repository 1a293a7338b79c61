"""Sampled ERM and MAML solutions scatter about the population solution with the predicted covariance over T (C1).

T sampled tasks, each with its own data; the empirical objective is minimised exactly (its gradient is affine in w).
The root mean square error over independent repetitions, against the population solution by quadrature: its slope in T
is -1/2, and its height what the moments of order four of one task's data give (C1.samples).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from theory.maml_erm.definitions import anisotropic, methods
from theory.maml_erm.definitions.tasks import Environment, easy_hard
from theory.maml_erm.experiments import parameters as par
from theory.maml_erm.experiments.curves import curve
from theory.maml_erm.theory import THEORY
from verify.statistics.experiment import Array, Run, Table

METHODS = ("ERM", "MAML")
CLAIMS = ("C1.samples.erm", "C1.samples.maml")
AXES = ("T",)
PARAMETERS = (
    par.RHO_H.at(0.5),
    par.RHO_E,
    par.ALPHA.at(0.5),
    par.P, par.DELTA,
    par.V_H.at(0.5),
    par.V_E,
    par.NU.at(0.3),
    par.D.at(5),
    par.quantity("n", 10, "count", "samples of the inner step"),
    par.Parameter("query", 5, "count", "samples of the outer loss", symbol="k_o"),
    par.quantity("T", (100, 300, 1000, 3000), "counts", "numbers of sampled tasks", least=20),
    par.Parameter("repetitions", 60, "count", "independent repetitions", least=10),
)  # fmt: skip
FAST = {"T": (100, 300, 1000), "repetitions": 30}
COLUMNS = (
    ("method", "0: ERM, 1: MAML"),
    ("T", "sampled tasks"),
    ("error", "root mean square of |w_T - w| over the repetitions [Y/X]"),
    ("low", "error minus two standard errors"),
    ("high", "error plus two standard errors"),
    ("asymptotic", "sqrt(tr(H^-1 S H^-1)/T) with H and S from the sampled directions [Y/X]"),
    ("theory", "sqrt(tr(A^-1 B A^-1)/T), the closed form of the limit covariance [Y/X]"),
)
PIECE = 2000  # tasks held in memory at a time


def environment(s: Any) -> Environment:
    return easy_hard(s["rho_H"], s["rho_E"], s["p"], Delta=s["Delta"], V_H=s["V_H"], V_E=s["V_E"], d=s["d"], nu=s["nu"])


def method(index: int, s: Any) -> methods.Method:
    return methods.ERM(s["query"]) if index == 0 else methods.MAML(s["alpha"], s["n"], s["query"])


@cache
def population(index: int, settings: tuple[tuple[str, Any], ...]) -> Array:
    s = dict(settings)
    env = environment(s)
    return anisotropic.erm_solution(env) if index == 0 else anisotropic.maml_solution(env, alpha=s["alpha"], m=s["n"])


def sampled_solution(rng: np.random.Generator, index: int, tasks: int, s: Any) -> tuple[Array, Array, Array]:
    """Minimiser of the empirical objective of T tasks; the mean Hessian and the covariance of the directions there."""
    env, chosen, d = environment(s), method(index, s), s["d"]
    at_zero, columns = [], []
    for start in range(0, tasks, PIECE):
        for task, optima in env.draw(rng, min(PIECE, tasks - start)):
            if len(optima):
                direction = chosen.sample(rng, task, optima)
                base = direction(np.zeros_like(optima))
                at_zero.append(base)
                columns.append(
                    np.stack([direction(np.broadcast_to(e, optima.shape)) - base for e in np.eye(d)], axis=2)
                )
    b, H = np.concatenate(at_zero), np.concatenate(columns)
    mean = H.mean(axis=0)
    w = np.linalg.solve(mean, -b.mean(axis=0))
    return w, mean, np.atleast_2d(np.cov(np.einsum("tij,j->ti", H, w) + b, rowvar=False))


def predicted(index: int, s: Any) -> float:
    """The closed form of tr(A^-1 B A^-1), the limit of T E ||w_T - w||^2."""
    names = ("rho_H", "rho_E", "alpha", "p", "Delta", "V_H", "V_E", "nu", "d", "n")
    values = {name: s[name] for name in names} | {"k_o": s["query"]}
    name = f"covariance.{METHODS[index].lower()}"
    return float(curve(name, **{k: v for k, v in values.items() if k in THEORY.named[name].symbols}))


def work(rng: np.random.Generator, items: Any, **s: Any) -> Array:
    """One row (squared error, asymptotic variance) per (method, T, repetition)."""
    rows = []
    for index, tasks, _ in items:
        w, H, S = sampled_solution(rng, index, tasks, s)
        inverse = np.linalg.inv(H)
        gap = w - population(index, tuple(s.items()))
        rows.append((float(gap @ gap), float(np.trace(inverse @ S @ inverse.T)) / tasks))
    return np.array(rows)


def run(job: Run) -> Table:
    t = job.settings
    rows, lines, agrees = [], [], True
    for index, name in enumerate(METHODS):
        errors = []
        for tasks in t["T"]:
            items = [(index, tasks, k) for k in range(t["repetitions"])]
            found = job.map(work, items, part=f"{name} T = {tasks}", chunk_size=max(1, 20_000 // tasks), **t)
            square = found[:, 0]
            mean, error = float(square.mean()), float(square.std(ddof=1) / np.sqrt(len(square)))
            root = np.sqrt(mean)
            spread = error / (2 * root)
            errors.append((root, spread))
            theory = float(np.sqrt(predicted(index, t) / tasks))
            measured = float(np.sqrt(found[:, 1].mean()))
            rows.append((index, tasks, root, root - 2 * spread, root + 2 * spread, measured, theory))
        if len(t["T"]) > 1:
            slope, deviation = _slope(np.log(t["T"]), errors)
            lines.append(
                f"{name}: slope of the error in T {slope:.3f} +- {2 * deviation:.3f} (two standard errors); theory -1/2"
            )
            agrees = agrees and bool(abs(slope + 0.5) < 5 * deviation + 0.02)
        line, fits = _height(name, rows[-len(t["T"]) :])
        lines.append(line)
        agrees = agrees and fits
    return Table(COLUMNS, tuple(rows), tuple(lines), agrees)


def _height(name: str, rows: list[tuple[Any, ...]]) -> tuple[str, bool]:
    """The error over its predicted value, averaged over T with weights, and whether it is 1 up to five deviations.

    What is left of order 1/T in the error itself is allowed for by 10/T at the smallest T.
    """
    ratios = np.array([row[2] / row[6] for row in rows])
    deviations = np.array([(row[4] - row[3]) / 4 / row[6] for row in rows])
    weights = 1 / deviations**2
    ratio, deviation = float(np.average(ratios, weights=weights)), float(weights.sum() ** -0.5)
    sandwich = float(np.mean([row[5] / row[6] for row in rows]))
    line = (
        f"{name}: error over sqrt(tr(A^-1 B A^-1)/T) {ratio:.3f} +- {2 * deviation:.3f} (two standard errors); "
        f"from the sampled directions {sandwich:.4f}; theory 1"
    )
    return line, bool(abs(ratio - 1) < 5 * deviation + 10 / min(row[1] for row in rows))


def _slope(x: Array, errors: list[tuple[float, float]]) -> tuple[float, float]:
    """Weighted least squares of log error on log T, and the slope's standard error."""
    y = np.log([e for e, _ in errors])
    weights = np.array([(e / s) ** 2 for e, s in errors])
    centre = np.average(x, weights=weights)
    mass = float(np.sum(weights * (x - centre) ** 2))
    return float(np.sum(weights * (x - centre) * y) / mass), mass**-0.5


def draw(table: Table, settings: Any) -> Any:
    from verify.statistics import figure

    fig, (ax,) = figure.panels(width=5.6, height=4.0)
    for index, name in enumerate(METHODS):
        part = table.where(method=index)
        T, error = part.column("T"), part.column("error")
        colour = figure.COLOURS[index]
        scaled = part.column("theory")[-1] * np.sqrt(T[-1])
        span = np.geomspace(T.min() / 1.3, T.max() * 1.3, 20)
        ax.plot(
            span, scaled / np.sqrt(span), color=colour,
            label=rf"{name}: theory, $\sqrt{{\mathrm{{tr}}(A^{{-1}}BA^{{-1}})/T}}$",
        )  # fmt: skip
        ax.errorbar(
            T, error, [error - part.column("low"), part.column("high") - error], fmt=figure.MARKERS[index],
            color=colour, mfc="white", capsize=3, label=f"{name}: sampled",
        )  # fmt: skip
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlabel(r"sampled tasks $T$")
    ax.set_ylabel(r"rms $\|\hat w_T - w\|$  [Y/X]")
    figure.legend(ax)
    figure.caption(
        fig,
        r"Sampled solutions scatter with the predicted covariance over $T$",
        r"bars: $\pm 2$ s.e.",
    )
    return fig
