"""Identities of matrices, compared as quadratic forms: at d = 3 for any covariance, at any d for isotropic ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp

from theory.maml_erm.definitions import anisotropic, variance
from theory.maml_erm.definitions.cubature import Value, excess_risk
from theory.maml_erm.definitions.directions import mean_error_vector
from theory.maml_erm.definitions.tasks import Environment, Task
from theory.maml_erm.formulas import symbols as sy
from theory.maml_erm.formulas.methods import RESOLVENT as RESOLVENT
from theory.maml_erm.measurements.balls import Ball, exact, measured
from theory.maml_erm.measurements.points import one_task
from theory.maml_erm.measurements.quantities import Point
from verify.claims.claim import Claim
from verify.claims.statement import MatrixIdentity
from verify.derivations.explicit import evaluate
from verify.derivations.rules import name_trace
from verify.derivations.trace_polynomials import Letter, TracePolynomial
from verify.runtime.errors import ensured

Array = npt.NDArray[np.float64]

SIGMA = sp.Matrix(
    [[2, sp.Rational(1, 2), 0], [sp.Rational(1, 2), 1, sp.Rational(1, 4)], [0, sp.Rational(1, 4), sp.Rational(1, 2)]]
)
FORM = sp.Matrix([[1, 0, sp.Rational(1, 2)], [0, 2, 0], [sp.Rational(1, 2), 0, 1]])
VECTORS = ((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (1, 0, -1), (1, 2, 3), (0, -1, 2))
STEPS = ((sp.Rational(1, 4), 2), (sp.Rational(1, 2), 5), (sp.Rational(1, 2), 4000))
NOISE = sp.Rational(3, 2)
EPS = float(np.finfo(float).eps)


def _value(x: float, scale: float = 0.0) -> Value:
    return Value(x, 64 * EPS * max(abs(x), scale))


def _form(sigma: Array, v: Array, form: Array, alpha: float, n: int, *, keep: float = 1.0, noise: float = 0.0) -> float:
    return variance.form_moments(sigma, v, form, alpha=alpha, n=n, keep=keep, noise=noise)[0]


def _two_steps(sigma: Array, v: Array, alpha: float, n: int) -> float:
    task = Task(sigma, np.zeros(3))
    return 2 * variance.risk_moments(task, v, alpha=alpha, n=n, steps=2)[0]


def _proximal(sigma: Array, v: Array, strength: float) -> float:
    """2 f(u) at the minimiser u of the proximal inner problem, found from values of its objective."""
    environment = Environment((Task(sigma, np.zeros(3)),))

    def loss(u: Array) -> float:
        return anisotropic.environment_risk(environment, u, alpha=1.0, m=1, steps=0).value

    u = anisotropic.quadratic_minimiser(
        lambda u: loss(u) + 0.5 * strength * float((u - v) @ (u - v)), np.zeros(3), float(np.linalg.norm(v))
    )
    return 2 * loss(u)


Measure = Callable[[Array, Array, Array, float, int], float]
QUADRATIC: dict[str, Measure] = {
    "M1": lambda S, v, A, al, n: _form(S, v, A, 1.0, n, keep=0.0),
    "M2": lambda S, v, A, al, n: _form(S, v, S, al, n),
    "M3": lambda S, v, A, al, n: 0.5 * _form(S, v, S, al, n, noise=float(NOISE)) + 0.5 * float(NOISE) ** 2,
    "M3.excess": lambda S, v, A, al, n: 0.5 * _form(S, v, S, al, n, noise=float(NOISE)),
    "S0.erm": lambda S, v, A, al, n: (
        2 * anisotropic.environment_risk(Environment((Task(S, np.zeros(3)),)), v, alpha=1.0, m=1, steps=0).value
    ),
    "S0.maml": lambda S, v, A, al, n: _form(S, v, S, al, n),
    "S0.fomaml": lambda S, v, A, al, n: float(v @ S @ mean_error_vector(S, v, alpha=al, n=n)),
    "S0.imaml": lambda S, v, A, al, n: _proximal(S, v, 0.75),
    "S0.maml_fresh": lambda S, v, A, al, n: _form(S, v, A, al, n),
    "S0.maml_fresh.two_steps": lambda S, v, A, al, n: _two_steps(S, v, al, n),
}
NUMBERS = {sy.d: 3, sy.nu: NOISE, sy.lam: sp.Rational(3, 4)}


def compare(claim: Claim, tally: Any) -> bool:
    """Compare a claim with the definition; False where nothing is set up for it."""
    s = claim.statement
    s = ensured(s, MatrixIdentity)
    if claim.id in QUADRATIC:
        pairs = _quadratic(QUADRATIC[claim.id], s.rhs)
    elif claim.id == "G1":
        pairs = _gap(s.rhs)
    elif claim.id == "S1":
        pairs = _same_covariance(s.rhs)
    else:
        return False
    for where, found, stated in pairs:
        if len(tally.wrong) >= 3:
            return True
        tally.judge(where, 3, [lambda a=found, b=stated: tally.relation(a, "==", b)])
    for point, found, stated in _isotropic(claim.id, s.rhs):
        tally.judge(point, int(point.table["d"]), [lambda a=found, b=stated: tally.relation(a, "==", b)])
    return True


def _quadratic(measure: Measure, rhs: TracePolynomial) -> Iterator[tuple[str, Ball, Ball]]:
    S, A = (np.array(m.tolist(), dtype=float) for m in (SIGMA, FORM))
    for alpha, n in STEPS:
        numbers = {**NUMBERS, sy.n: n, sy.m: n, sy.alpha: alpha}
        inverse = (SIGMA + sp.Rational(3, 4) * sp.eye(3)).inv()
        for entries in VECTORS:
            v = sp.Matrix(entries)
            stated = evaluate(rhs, {"Sigma": SIGMA, "A": FORM, "v": v, RESOLVENT.name: inverse}, numbers)
            stated = stated if stated.shape == (1, 1) else v.T * stated * v
            w = np.array(entries, dtype=float)
            found = measure(S, w, A, float(alpha), int(n))
            # A form that is not definite may cancel: its error is that of its largest part.
            scale = float(w @ w) * float(np.abs(A).max()) * float(np.abs(S).max())
            yield f"d = 3, n = {n}, alpha = {alpha}, v = {entries}", measured(_value(found, scale)), _ball(stated[0, 0])


def _ball(x: sp.Expr) -> Ball:
    return exact(sp.Rational(x))


def _gap(rhs: TracePolynomial) -> Iterator[tuple[str, Ball, Ball]]:
    """G1: risks of candidates minus the risk of the MAML solution; the mean weight from second differences."""
    S, A = (np.array(m.tolist(), dtype=float) for m in (SIGMA, FORM))
    environment = Environment((Task(S, np.array([1.0, 0.0, 2.0]), 0.25, 0.5), Task(A, np.zeros(3), 0.75, 0.25)))

    def risk(w: Array) -> float:
        return anisotropic.environment_risk(environment, w, alpha=0.25, m=4, floor=False).value

    best = anisotropic.maml_solution(environment, alpha=0.25, m=4)
    H = np.empty((3, 3))
    e = 4 * np.eye(3)
    for i in range(3):
        for j in range(3):
            H[i, j] = (
                risk(best + e[i] + e[j])
                - risk(best + e[i] - e[j])
                - risk(best - e[i] + e[j])
                + risk(best - e[i] - e[j])
            ) / 64
    letters = {"w_bar": best[:, None], "W_bar": (H + H.T) / 2}
    for entries in VECTORS:
        w = np.array(entries, dtype=float)
        matrices_ = {k: sp.Matrix([[sp.Rational(x) for x in row] for row in m.tolist()]) for k, m in letters.items()}
        matrices_["w"] = sp.Matrix(entries)
        stated = float(evaluate(rhs, matrices_, {sy.d: 3})[0, 0])
        found = risk(w) - risk(best)
        yield f"w = {entries}", measured(_value(found, 8 * risk(w))), measured(_value(stated, 8 * risk(w)))


def _same_covariance(rhs: TracePolynomial) -> Iterator[tuple[str, Ball, Ball]]:
    """S1: with one covariance for all tasks both solutions are the mean of the optima, and there is no gain."""
    S = np.array(SIGMA.tolist(), dtype=float)
    environment = Environment(
        (Task(S, np.array([1.0, 0.0, 2.0]), 0.25, 0.5), Task(S, np.array([0.0, 3.0, 1.0]), 0.75, 0.25))
    )
    mean = environment.mean_optimum()
    I = sp.eye(3)
    for name, w in (
        ("ERM", anisotropic.erm_solution(environment)),
        ("MAML, 2 samples", anisotropic.maml_solution(environment, alpha=0.25, m=2)),
        ("MAML, 50 samples", anisotropic.maml_solution(environment, alpha=0.5, m=50)),
    ):
        letters = {
            "W_bar": I,
            "w": sp.Matrix([sp.Rational(x) for x in w.tolist()]),
            "w_bar": sp.Matrix([sp.Rational(x) for x in mean.tolist()]),
        }
        off = evaluate(rhs, letters, {sy.d: 3})
        for i in range(3):
            # The stated gradient at the measured solution is zero, up to the solution's error.
            yield f"{name}, coordinate {i}", measured(_value(1 + float(off[i, 0]), 4.0)), exact(1)
    yield "gain", measured(anisotropic.environment_gain(environment, alpha=0.25, m=2)), exact(1)


def _isotropic(name: str, rhs: TracePolynomial) -> Iterator[tuple[Point, Ball, Ball]]:
    """M2 and M3 at Sigma = rho I, where cubature reaches any d."""
    if name not in ("M2", "M3", "M3.excess", "S0.maml"):
        return
    one = TracePolynomial.identity(sy.d)
    v = Letter("v", sy.d, sp.Integer(1))
    inner = rhs.substitute({"Sigma": one.scale(sy.rho)})
    scalar = (name_trace(inner, (v.T, v), sp.Integer(1)) if name.startswith("M3") else inner).as_scalar()
    for point in one_task():
        t = point.table
        nu = float(NOISE) if name.startswith("M3") else 0.0
        value = excess_risk(float(t["rho"]), alpha=float(t["alpha"]), d=int(t["d"]), m=int(t["n"]), gap=1.0, nu=nu)
        found = measured(value) * (1 if name.startswith("M3") else 2)
        if name == "M3":
            found = found + _ball(NOISE**2 / 2)
        numbers = {sy.VOCABULARY[k].symbol: sp.Rational(x.numerator, x.denominator) for k, x in t.items()}
        yield point, found, _ball(scalar.subs({**numbers, sy.nu: NOISE, sy.m: numbers[sy.n]}))
