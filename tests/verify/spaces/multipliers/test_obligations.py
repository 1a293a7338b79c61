"""Signs under conditions: theorems that the reals checker accepts by themselves, or nothing."""

from __future__ import annotations

import json

import pytest
import sympy as sp

from verify.kernel import Refused, check
from verify.language.json_form import to_json
from verify.language.parser import parse_problem
from verify.runtime.budget import Budget
from verify.spaces.multipliers.obligations import Signs

L, mu, g, b = sp.symbols("L mu gamma b")
STEP = ["mu > 0", "L > mu", "gamma > 0", "gamma <= 2/(L + mu)"]


def signs(names: str, conditions: list[str], integers: tuple[str, ...] = ()) -> Signs:
    return Signs(names.split(), parse_problem("0 == 0", conditions).hypotheses, Budget(), integers=integers)


@pytest.mark.parametrize(
    ("relation", "e"),
    [
        (">=", g * (1 - g * mu) / (L - mu)),
        (">=", 2 - g * L - g * mu),
        (">", 1 - g * mu),
        ("!=", L**2 - mu**2),
        ("<", (mu - L) / g),
        (">=", (1 - g * L) ** 2 * mu),
    ],
)
def test_a_sign_is_a_theorem_of_its_own(relation: str, e: sp.Expr) -> None:
    found = signs("L gamma mu", STEP).known(relation, e)
    assert found is not None
    check({"schema": 1, "theorems": [found.theorem]})
    assert found.theorem["hypotheses"] == [to_json(h) for h in parse_problem("0 == 0", STEP).hypotheses]
    assert found.theorem["goal"][0] == relation
    assert sp.cancel(found.expression - e) == 0


@pytest.mark.parametrize(
    ("relation", "e"),
    [(">=", 1 - g * L), (">", 2 - g * L - g * mu), (">=", 1 / (1 - g * L) ** 2), ("<", g), ("==", g), (">=", L - 1)],
)
def test_what_is_false_somewhere_is_no_theorem(relation: str, e: sp.Expr) -> None:
    assert signs("L gamma mu", STEP).known(relation, e) is None


def test_a_theorem_that_was_changed_is_refused() -> None:
    found = signs("L gamma mu", STEP).known(">", 1 - g * mu)
    assert found is not None
    wrong = json.loads(json.dumps(found.theorem).replace('"mu"], "-1"', '"L"], "-1"'))
    assert wrong != found.theorem
    with pytest.raises(Refused):
        check({"schema": 1, "theorems": [wrong]})


def test_equations_between_parameters_are_used() -> None:
    under = signs("L mu q", ["mu > 0", "0 < q", "q < 1", "L*q^2 == mu"])
    assert [e.name for e in under.under.eliminated] == ["mu"]
    for relation, e in ((">", L - mu), (">", L), (">=", 1 / (L - mu))):
        found = under.known(relation, e)
        assert found is not None
        check({"schema": 1, "theorems": [found.theorem]})
    assert under.known(">", mu - L) is None


def test_a_root_of_a_product_as_a_parameter() -> None:
    conditions = ["mu > 0", "L > mu", "b >= 0", "0 < a", "a < 1/L", "b^2 == (1 - a*mu)*(1 - a*L)"]
    under = signs("L a b mu", conditions)
    assert not under.under.eliminated
    assert [r.name for r in under.under.roots] == ["b"]
    form = under.home.read(1 - sp.Symbol("a") * mu)
    assert under.holds(">", form)
    assert not under.holds("<=", form)


def test_integers_are_declared() -> None:
    n = sp.Symbol("n")
    found = signs("n", ["n >= 1"], integers=("n",)).known(">", 2 * n - 1)
    assert found is not None
    assert found.theorem["variables"] == [["n", "integer"]]
    assert signs("n", ["n >= 1"], integers=("n",)).known(">", 2 * n - 3) is None


def test_points_lie_inside_and_on_the_boundary() -> None:
    under = signs("L gamma mu", STEP)
    edge = under.home.read(2 - g * (L + mu))
    assert all(edge.at(p) > 0 for p in under.points)
    assert under.edges
    assert all(edge.at(p) == 0 for p in under.edges)


def test_names_of_theorems_say_what_they_state() -> None:
    first, second = (signs("L gamma mu", c).known(">", L) for c in (STEP, STEP[:2]))
    again = signs("L gamma mu", STEP).known(">", L)
    assert first is not None
    assert second is not None
    assert again is not None
    assert first.theorem["id"] == again.theorem["id"] != second.theorem["id"]
