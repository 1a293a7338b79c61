"""Dimensional analysis of everything the theory writes down."""

from __future__ import annotations

import pytest
import sympy as sp

from theory.maml_erm.claims import claims, false_statements
from theory.maml_erm.formulas.expressions import expressions
from theory.maml_erm.formulas.symbols import V_H, Delta, alpha, nu, rho, rho_E
from verify.claims.claim import Claim
from verify.claims.statement import Limit, MatrixIdentity
from verify.claims.units import DimensionError, check_formula, unit_of, unit_of_words
from verify.claims.vocabulary import NONE
from verify.derivations.expectation import SIGMA
from verify.derivations.trace_polynomials import TracePolynomial


@pytest.mark.parametrize("name", list(expressions()))
def test_expressions_have_the_unit_they_declare(name: str) -> None:
    e = expressions()[name]
    assert unit_of(e.value) == e.unit
    assert unit_of(e.raw()) == e.unit


@pytest.mark.parametrize("claim", [*claims().values(), *false_statements().values()], ids=lambda c: c.id)
def test_claims_compare_like_with_like(claim: Claim) -> None:
    """The false statement with tr(Sigma) Sigma^2 for tr(Sigma^2) Sigma has consistent units; it is false anyway."""
    s = claim.statement
    if isinstance(s, MatrixIdentity):
        assert unit_of_words(s.lhs) == unit_of_words(s.rhs)
        return
    if isinstance(s, Limit):
        assert unit_of(s.expression.xreplace(claim.fixed)) == unit_of(s.value.xreplace(claim.fixed))
        return
    problem = claim.problem()
    assert problem.goal is not None
    for formula in (*problem.hypotheses, problem.goal):
        check_formula(formula)


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
        unit_of(expression)


def test_zero_has_every_unit() -> None:
    assert unit_of(sp.Integer(0)) is None
    assert unit_of(alpha * rho) == NONE


def test_lost_factor_in_a_matrix_expression_is_noticed() -> None:
    S = TracePolynomial.letter(SIGMA)
    with pytest.raises(DimensionError, match="adds"):
        unit_of_words(S - (S * S).scale(alpha) * S)
