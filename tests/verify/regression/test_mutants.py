"""Mutants: the slips that are made, and that the checks notice them."""

from __future__ import annotations

import pytest

from theory.maml_erm import THEORY
from verify.claims.sequents import goal_of
from verify.evidence.run import catalogue
from verify.language.parser import parse_statement
from verify.regression.hypotheses import hypotheses
from verify.regression.mutants import instance, mutants
from verify.regression.mutation import mutate


def slips(text: str, *declared: str) -> set[str]:
    return {str(m.formula) for m in mutants(parse_statement(text), frozenset(declared), alike=THEORY.alike)}


def test_the_usual_slips_are_made():
    found = slips("y == 2*(x + 1)^2")
    assert {"y == (x + 1)^2", "y == 2*(x + 1)", "y == 2*x^2", "y == 2*(x - 1)^2", "y == 2*1^2"} <= found


def test_relations_are_turned_round_and_made_strict():
    assert {"x > y", "x < y"} <= slips("x <= y")
    assert "x > y" in slips("x < y")


def test_a_forgotten_condition():
    assert "x > 1" in slips("y > 1 implies x > 1")


def test_symbols_are_exchanged_only_for_declared_ones():
    assert "y == rho_H" in slips("y == rho_E", "y", "rho_E", "rho_H")
    assert slips("y == rho_E", "y", "rho_E") == set()


def test_no_mutant_is_the_statement_itself():
    text = "x - y <= (x + y)^2"
    assert str(parse_statement(text)) not in slips(text)


def test_derived_terms_are_left_alone():
    statement = parse_statement("x*(1 + x)^2 <= 2*y")
    derived = frozenset({parse_statement("u*(1 + u)^2 == 0").lhs})
    assert all("x*(x" not in m.slip for m in mutants(statement, frozenset(), derived))
    assert instance(next(iter(derived)), statement.lhs, {})


def test_the_terms_of_a_derived_sum_are_left_alone_in_another_sum():
    """The risk of N5 is derived, and the claim is about a difference of two: a slip may lose a term, not change one."""
    from verify.regression.mutation import _derived

    claim = catalogue()["N5.direction"]
    inside = "1 - W_H*p/(W_E*(1 - p) + W_H*p)"
    changes = {m.slip for m in mutants(goal_of(claim).sequent.goal, frozenset(), _derived(claim))}
    assert len([c for c in changes if " lost from " in c]) >= 4
    assert [c for c in changes if c.endswith((f"from {inside}", f"in {inside}"))] == []
    without = {m.slip for m in mutants(goal_of(claim).sequent.goal, frozenset())}
    assert [c for c in without if c.endswith(f"from {inside}")] != []


def test_the_sides_of_a_derived_quotient_are_left_alone_in_a_product():
    from verify.regression.mutation import _derived

    claim = catalogue()["ALPHA.best"]
    changes = {m.slip for m in mutants(goal_of(claim).sequent.goal, frozenset(), _derived(claim))}
    assert [c for c in changes if "alpha_star*rho_E" in c and c.endswith("- alpha_star*rho_E")] == []
    assert len(changes) > 20


@pytest.mark.parametrize(
    ("name", "slip", "outcome"),
    [
        ("N1", "sign of G flipped in G - 1", "proved"),  # positive by its definition in kappa and sigma
        ("D.sandwich.lower", "d lost from d + 1", "proved"),  # whatever the sign of what it is a factor of
        ("D.sandwich.lower", "sign of d flipped in d + 1", "refuted"),  # on a line through a point of the domain
        ("C1.samples.maml", "1 lost from d + 1", "refuted"),  # too long for a sampler
        ("ALPHA.best", "1 lost from kappa + 1", "refuted"),  # close to the square root of the best step
    ],
)
def test_slips_in_long_statements_are_judged(name, slip, outcome):
    table = catalogue()
    found = [v for v in mutate(table[name], table) if v.args[3].slip == slip]
    assert found and outcome in {v().outcome for v in found[:2]}


@pytest.mark.parametrize("name", ["M1", "M2", "M3", "S0.maml", "S0.imaml", "G1"])
def test_every_wrong_matrix_identity_is_refuted(name):
    found = [variant() for variant in mutate(catalogue()[name], catalogue())]
    assert len(found) >= 3
    assert [t.change for t in found if t.outcome != "refuted"] == []


@pytest.mark.parametrize("name", ["S0.maml.isotropic", "L2", "T1.inverse"])
def test_every_wrong_closed_form_is_refuted(name):
    found = [variant() for variant in mutate(catalogue()[name], catalogue())]
    assert len(found) >= 5
    assert [t.change for t in found if t.outcome == "open"] == []
    assert sum(t.outcome == "refuted" for t in found) >= 5


def test_dropped_hypotheses():
    """0 < p and p < 1 are what makes kappa positive; each has its counterexample."""
    found = {t.change: t.outcome for t in (v() for v in hypotheses(catalogue()["P.kappa"], catalogue()))}
    assert found["0 < p"] == found["p < 1"] == "refuted"
