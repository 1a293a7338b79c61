"""Any number of tasks, any covariances: the gain in inner products; and what one step leaves of one task's loss.

The tasks are averaged by linearity (``average_over_tasks``), so nothing here depends on how many there are. Distances
are measured from the ERM solution, which is put at the origin: e_i = w_i* - w_ERM, u = w_MAML - w_ERM.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from theory.maml_erm.formulas.losses import adapted_loss, loss_in_error, v
from theory.maml_erm.formulas.solutions import (
    MEAN_WEIGHT,
    SOLUTION,
    TASK_OPTIMUM,
    TASK_WEIGHT,
    quadratic_objective,
)
from theory.maml_erm.formulas.symbols import d, m, q_e, q_u, rho, v_0
from verify.derivations.combination import minus
from verify.derivations.derivation import Derivation
from verify.derivations.trace_polynomials import TracePolynomial

_ORIGIN = TracePolynomial(d, sp.Integer(1), {})
_risk_erm, _risk_maml = sp.symbols("E_ERM E_MAML", real=True)


def _averaged_risk(title: str, where: str, at: TracePolynomial) -> Derivation:
    """E_m at a point, as a number in q_e and q_u; W_i is Q_i, and the optima are counted from w_ERM."""
    solution, mean = SOLUTION, MEAN_WEIGHT
    return (
        quadratic_objective()
        .then("substitute_letters", where, w=at)
        .then("name_trace", "q_e = E <e_i, Q_i e_i>", word=(TASK_OPTIMUM.T, TASK_WEIGHT, TASK_OPTIMUM), value=q_e)
        .then("name_trace", "q_u = <u, E[Q_i] u>", word=(solution.T, mean, solution), value=q_u)
        .then("multiple_of_identity", "a number")
        .retitled(title)
    )


@cache
def risk_at_erm() -> Derivation:
    """E_m(w_ERM) of any environment."""
    return _averaged_risk("E_m(ERM), any tasks", "the ERM solution is the origin", _ORIGIN)


@cache
def risk_at_maml() -> Derivation:
    """E_m(w_MAML) of any environment."""
    return _averaged_risk("E_m(MAML), any tasks", "the MAML solution", TracePolynomial.letter(SOLUTION))


@cache
def gain_any_tasks() -> Derivation:
    """E_m(ERM)/E_m(MAML) of any environment, in q_e and q_u."""
    return (
        Derivation("gain, any tasks", _risk_erm / _risk_maml, "definition: E_m at the ERM solution over E_m at MAML's")
        .then("substitute_scalars", "the two risks", values={_risk_erm: risk_at_erm(), _risk_maml: risk_at_maml()})
        .then("factor", "factor")
    )


@cache
def change_of_loss() -> Derivation:
    """E f(w') - f(w): what one step on m samples changes in the loss of an isotropic task, label noise included."""
    return (
        Derivation(
            "change of a task's loss by one step",
            minus(adapted_loss(m), loss_in_error()),
            "E f(w') - f(w) at the error v = w - w*",
        )
        .then("substitute_letters", "Sigma = rho I", Sigma=TracePolynomial.identity(d).scale(rho))
        .then("name_trace", "v_0 = ||v||", word=(v.T, v), value=v_0**2)
        .then("multiple_of_identity", "a number")
        .then("factor", "factor")
    )
