"""Dimensional analysis of everything the theory writes down."""

from __future__ import annotations

import pytest
import sympy as sp

from theory.maml_erm import THEORY
from theory.maml_erm.formulas.expressions import expressions
from theory.maml_erm.formulas.symbols import V_H, Delta, alpha, nu, rho, rho_E
from verify.claims.claim import Claim
from verify.claims.quantities import NONE
from verify.claims.statement import Limit, MatrixIdentity
from verify.claims.units import DimensionError, Units
from verify.derivations.expectation import SIGMA
from verify.derivations.trace_polynomials import TracePolynomial

UNITS = Units(THEORY)


@pytest.mark.parametrize("name", list(expressions()))
def test_expressions_have_the_unit_they_declare(name: str) -> None:
    e = expressions()[name]
    assert UNITS.of(e.value) == e.unit
    assert UNITS.of(e.raw()) == e.unit


@pytest.mark.parametrize("claim", [*THEORY.stated.values(), *THEORY.refutable.values()], ids=lambda c: c.id)
def test_claims_compare_like_with_like(claim: Claim) -> None:
    """The false statement with tr(Sigma) Sigma^2 for tr(Sigma^2) Sigma has consistent units; it is false anyway."""
    s = claim.statement
    if isinstance(s, MatrixIdentity):
        assert UNITS.of_matrix(s.lhs) == UNITS.of_matrix(s.rhs)
        return
    if isinstance(s, Limit):
        assert UNITS.of(s.expression.xreplace(claim.fixed)) == UNITS.of(s.value.xreplace(claim.fixed))
        return
    problem = claim.problem()
    assert problem.goal is not None
    for formula in (*problem.hypotheses, problem.goal):
        UNITS.check(formula)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        (1 - alpha * rho**2, r"alpha\*rho\*\*2"),
        (Delta**2 + V_H * rho, "Delta"),
        (sp.log(nu), "pure number"),
        (2**rho_E, "pure number"),
    ],
)
def test_mixed_units_are_an_error_that_names_both(expression: sp.Expr, message: str) -> None:
    with pytest.raises(DimensionError, match=message):
        UNITS.of(expression)


def test_zero_has_every_unit() -> None:
    assert UNITS.of(sp.Integer(0)) is None
    assert UNITS.of(alpha * rho) == NONE


def test_lost_factor_in_a_matrix_expression_is_noticed() -> None:
    S = TracePolynomial.letter(SIGMA)
    with pytest.raises(DimensionError, match="adds"):
        UNITS.of_matrix(S - (S * S).scale(alpha) * S)
