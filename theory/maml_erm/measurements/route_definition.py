"""The definition itself: draw X and y, take the step, measure the loss - exactly at small d and n, and by sampling.

Nothing derived enters the measured side: the exact one expands every expectation index by index in independent normals,
the sampled one is the textbook simulation. Both are compared with the right-hand side that the claim states.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from itertools import product
from math import comb
from typing import Any

import numpy as np
import sympy as sp

from theory.maml_erm.definitions import naive
from theory.maml_erm.definitions.moments import exact_excess_risk, exact_step_second_moment, exact_word_moment
from theory.maml_erm.definitions.tasks import Environment, Task, easy_hard
from theory.maml_erm.formulas import symbols as sy
from verify.claims.claim import Claim
from verify.claims.statement import Identity, MatrixIdentity
from verify.derivations.explicit import evaluate
from verify.derivations.trace_polynomials import TracePolynomial
from verify.evidence.results import Evidence
from verify.language.verdict import Verdict
from verify.runtime.errors import ensured
from verify.statistics.tests import CHECK_BUDGET, MeanTest

F = Fraction
Rows = list[list[Fraction]]
Case = tuple[str, object, object]  # where, the value by the definition, the value that the claim states

L1: Rows = [[F(3, 2)]]
L2: Rows = [[F(1), F(0)], [F(1, 2), F(2)]]
A1: Rows = [[F(2)]]
A2: Rows = [[F(1), F(-2)], [F(-2), F(3)]]
CASES = ((L1, A1, 1), (L1, A1, 3), (L2, A2, 1), (L2, A2, 2))
STEP = F(1, 3)
NOISE = F(1, 2)


def _matrix(rows: Rows) -> sp.Matrix:
    return sp.Matrix([[sp.Rational(x.numerator, x.denominator) for x in row] for row in rows])


def _rows(matrix: sp.MatrixBase) -> Rows:
    return [[F(int(x.p), int(x.q)) for x in row] for row in matrix.tolist()]


def _stated(rhs: TracePolynomial, L: Rows, A: Rows, n: int, gap: Rows | None = None) -> Rows:
    """The right-hand side of a claim at numbers."""
    root = _matrix(L)
    matrices = {"Sigma": root * root.T, "A": _matrix(A)}
    if gap is not None:
        matrices["v"] = _matrix(gap)
    numbers = {sy.d: len(L), sy.n: n, sy.m: n, sy.alpha: sp.Rational(1, 3), sy.nu: sp.Rational(1, 2)}
    return _rows(evaluate(rhs, matrices, numbers))


def _second_moment(rhs: TracePolynomial) -> Iterator[Case]:
    for L, A, n in CASES:
        yield f"d={len(L)}, n={n}", exact_word_moment(["S", A, "S"], L, n), _stated(rhs, L, A, n)


def _step(rhs: TracePolynomial) -> Iterator[Case]:
    for L, A, n in CASES:
        yield f"d={len(L)}, n={n}", exact_step_second_moment(L, STEP, n), _stated(rhs, L, A, n)


def _recursion(rhs: TracePolynomial) -> Iterator[Case]:
    for L, A, n in CASES:
        yield f"d={len(L)}, n={n}", exact_step_second_moment(L, STEP, n, inside=A), _stated(rhs, L, A, n)


def _loss(floor_only: bool) -> Callable[[TracePolynomial], Iterator[Case]]:
    def cases(rhs: TracePolynomial) -> Iterator[Case]:
        for L, A, n in ((L1, A1, 1), (L1, A1, 2), (L2, A2, 1), (L2, A2, 2)):
            gap = [F(1), F(-2)][: len(L)]
            measured = exact_excess_risk(L, gap, STEP, n, NOISE**2)
            measured += F(0) if floor_only else NOISE**2 / 2
            yield f"d={len(L)}, n={n}", [[measured]], _stated(rhs, L, A, n, [[x] for x in gap])

    return cases


def _same_batch(rhs: TracePolynomial) -> Iterator[Case]:
    for L, A, n in CASES:
        sigma = _rows(_matrix(L) * _matrix(L).T)
        total = [[F(0)] * len(L) for _ in L]
        for i, j in product(range(3), repeat=2):
            factor = (-STEP) ** (i + j) * comb(2, i) * comb(2, j)
            part = exact_word_moment(["S"] * i + [sigma] + ["S"] * j, L, n)
            total = [[a + factor * b for a, b in zip(r, q, strict=True)] for r, q in zip(total, part, strict=True)]
        yield f"d={len(L)}, n={n}", total, _stated(rhs, L, A, n)


MATRIX_CASES: dict[str, Callable[[TracePolynomial], Iterator[Case]]] = {
    "M1": _second_moment,
    "M2": _step,
    "M3": _loss(floor_only=False),
    "M3.excess": _loss(floor_only=True),
    "S0.maml": _step,
    "S0.maml_fresh": _recursion,
    "SB.two_steps": _same_batch,
    "H4.gaussian": _step,
    "false.Q_with_trace": _step,
}


def _segment(rhs: sp.Expr) -> Iterator[Case]:
    """X1: the mixture's risk from the definition, w* = mu +- sqrt(V) e_1 inside a class."""
    from theory.maml_erm.formulas.expressions import expand_atoms

    raw = expand_atoms(rhs)
    p, low, high, Delta = F(1, 3), F(1, 2), F(2), F(3)
    for size, samples, c in ((1, 1, F(1, 2)), (1, 3, F(2)), (2, 2, F(-1, 4))):
        total = F(0)
        for weight, curvature, centre, spread in ((p, low, Delta, F(1)), (1 - p, high, F(0), F(2))):
            root = [[F(1) if i == j else F(0) for j in range(size)] for i in range(size)]
            for sign in (1, -1):
                gap = [c * Delta - centre - sign * spread] + [F(0)] * (size - 1)
                value = exact_excess_risk(root, gap, STEP * curvature, samples, F(0))
                # x = sqrt(rho) g: the loss is rho times the one at unit curvature with step alpha rho.
                total += weight * curvature * value / 2
        numbers = {
            sy.d: size, sy.m: samples, sy.c: c, sy.p: p, sy.rho_H: low, sy.rho_E: high, sy.Delta: Delta,
            sy.V_H: 1, sy.V_E: 4, sy.alpha: STEP,
        }  # fmt: skip
        stated = raw.subs({k: sp.Rational(str(v)) for k, v in numbers.items()})
        yield f"d={size}, m={samples}, c={c}", [[total]], [[F(int(stated.p), int(stated.q))]]


def reads(claim: Claim, slot: str) -> dict[str, object]:
    """What the two routes take from the theory besides the claim: the statement of X1 in the parameters alone."""
    from theory.maml_erm.formulas.expressions import expand_atoms

    if claim.id == "X1" and isinstance(claim.statement, Identity):
        return {"the statement in the parameters": expand_atoms(claim.statement.rhs)}
    return {}


def exact_definition(claim: Claim) -> Evidence | None:
    """Exact agreement with the definition at small d and n, or an exact disagreement; None where no case is set up."""
    if isinstance(claim.statement, MatrixIdentity) and claim.id in MATRIX_CASES:
        cases = MATRIX_CASES[claim.id](claim.statement.rhs)
    elif claim.id == "X1" and isinstance(claim.statement, Identity):
        cases = _segment(claim.statement.rhs)
    else:
        return None
    places = []
    for where, measured, stated in cases:
        if measured != stated:
            return Evidence(
                "definition",
                Verdict.REFUTED,
                f"at {where} the definition gives {_show(measured)}, the statement {_show(stated)}",
                details={"witness": _witness(where, claim), "lhs": _show(measured), "rhs": _show(stated)},
            )
        places.append(where)
    return Evidence(
        "definition",
        Verdict.SUPPORTED,
        f"equal to the definition, exactly, at {len(places)} small cases ({'; '.join(places)})",
        details={"cases": places},
    )


def _witness(where: str, claim: Claim) -> dict[str, object]:
    values = dict(part.split("=") for part in where.split(", "))
    size = int(values["d"])
    return {**values, "alpha": str(STEP), "L": _show(L1 if size == 1 else L2), "covariance": "L L^T"}


def _show(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_show(x) for x in value) + "]"
    return str(value)


# ---------------------------------------------------------------- by sampling

COUNT = 60_000


def _monte_carlo(claim: Claim) -> list[tuple[MeanTest, float]]:
    """Mean tests of the simulated definition against the stated value, at d = 3 and n = 5."""
    sigma = np.array([[2.0, 0.5, 0.0], [0.5, 1.0, 0.25], [0.0, 0.25, 0.5]])
    A = np.array([[1.0, 0.0, 0.5], [0.0, 2.0, 0.0], [0.5, 0.0, 1.0]])
    gap = np.array([1.0, -0.5, 2.0])
    alpha, n, noise = 0.25, 5, 0.5
    numbers = {sy.d: 3, sy.n: n, sy.m: n, sy.alpha: sp.Rational(1, 4), sy.nu: sp.Rational(1, 2)}
    key = f"definition {claim.id}"
    delta = CHECK_BUDGET.share(key)
    if claim.id == "X1":
        identity = ensured(claim.statement, Identity)
        env = easy_hard(0.5, 2.0, 0.3, Delta=3.0, V_H=1.0, V_E=4.0, d=3)
        w = 0.4 * env.tasks[0].optimum
        test = naive.risk(env, w, alpha=alpha, n=n, count=COUNT, claim=key, part="initialisation", delta=delta)
        point = {sy.p: "3/10", sy.rho_H: "1/2", sy.rho_E: 2, sy.Delta: 3, sy.V_H: 1, sy.V_E: 4, sy.c: "2/5"}
        from theory.maml_erm.formulas.expressions import expand_atoms

        value = expand_atoms(identity.rhs).subs(numbers).subs({k: sp.Rational(v) for k, v in point.items()})
        return [(test, float(value))]
    polynomials = ensured(claim.statement, MatrixIdentity)
    matrices = {
        "Sigma": sp.Matrix(3, 3, [sp.Rational(x) for x in sigma.ravel()]),
        "A": sp.Matrix(3, 3, [sp.Rational(x) for x in A.ravel()]),
        "v": sp.Matrix(3, 1, [sp.Rational(x) for x in gap]),
    }
    stated = np.array(evaluate(polynomials.rhs, matrices, numbers).tolist(), dtype=np.float64)
    if claim.id == "M3":
        env = Environment((Task(sigma, np.zeros(3), noise=noise),))
        test = naive.risk(env, gap, alpha=alpha, n=n, count=COUNT, claim=key, part="loss", delta=delta)
        return [(test, float(stated[0, 0]))]
    run = partial(naive.form_tests, sigma, n=n, count=COUNT, claim=key, delta=delta)
    found = run(A, alpha=1.0, keep=0.0) if claim.id == "M1" else run(sigma, alpha=alpha, keep=1.0)
    return [(f.test, float(np.array(f.vector) @ stated @ np.array(f.vector))) for f in found]


def sampled_definition(claim: Claim) -> Evidence | None:
    """A brute-force simulation of the definition for M1, M2, M3 and X1; None for other claims."""
    if claim.id not in ("M1", "M2", "M3", "X1"):
        return None
    tests = _monte_carlo(claim)
    delta = CHECK_BUDGET.share(f"definition {claim.id}")
    power = max(test.power(value) for test, value in tests)
    details: dict[str, Any] = {"tasks": COUNT, "false_alarm": delta, "power": float(f"{power:.3g}"), "d": 3, "n": 5}
    wrong = [(test, value) for test, value in tests if not test.agrees(value)]
    if wrong:
        test, value = wrong[0]
        details["disagreement"] = f"mean {test.estimate:.8g} +- {test.radius:.2g}, stated {value:.8g}"
        said = f"of {COUNT} tasks disagrees with the statement: {details['disagreement']}"
        return Evidence("simulation", Verdict.INCONCLUSIVE, said, details=details)
    return Evidence(
        "simulation",
        Verdict.SUPPORTED if np.isfinite(power) else Verdict.INCONCLUSIVE,
        f"{COUNT} simulated tasks agree; a relative error of {power:.2g} would have been noticed with probability "
        f"0.999, false alarms have probability {delta:.2g}",
        details=details,
    )
