"""Facts as inequalities that are linear in inner products: vectors that are dropped, operators that are shared."""

from __future__ import annotations

from verify.language.parser import parse_problem
from verify.runtime.budget import Budget
from verify.spaces.meaning.elaborate import elaborate
from verify.spaces.problems.script import Script, Statement
from verify.spaces.proving.form_terms import balanced
from verify.spaces.proving.linear_forms import LinearForms
from verify.spaces.proving.numbers import attempted
from verify.spaces.reading.plain import claim


def forms(statement: str, *assumed: str) -> tuple[LinearForms, Script]:
    meaning = elaborate(claim(statement, list(assumed)))
    stated = Statement(meaning.problem)
    line = Script(stated, stated.state)
    (state,) = line.states({"rule": "split", "proofs": [None]})
    return LinearForms(line.fork(state), meaning.values), line.fork(state)


def test_operators_are_shared_between_both_sides() -> None:
    twice = ("apply", "A", ("apply", "B", "u"))
    assert balanced(twice, "v") == (("apply", "B", "u"), ("apply", "A", "v"))
    assert balanced("v", twice) == (("apply", "A", "v"), ("apply", "B", "u")) or balanced("v", twice)[0] != "v"
    assert balanced(("apply", "A", "u"), ("apply", "A", "u")) == (("apply", "A", "u"), ("apply", "A", "u"))
    assert balanced("u", "v") == ("u", "v")


def test_an_equation_between_vectors_drops_one() -> None:
    found, line = forms("||u||^2 <= ||v||^2", "u, v, w vectors", "2*u + 3*w == 5*v")
    made = found.problem(line.state.goal, line.state.facts)
    assert made is not None
    problem, _ = made
    assert [name for name, _ in problem.zeros] == ["w"]  # the goal is about the others
    assert not problem.hypotheses
    kept = LinearForms(line, frozenset()).problem(line.state.goal, line.state.facts, eliminate=False)
    assert kept is not None
    assert kept[0].hypotheses
    assert not kept[0].zeros


def test_what_holds_strictly_is_no_weak_condition_too() -> None:
    found, line = forms("L*||u||^2 >= 0", "u vector", "L > 0", "L >= 0")
    made = found.problem(line.state.goal, line.state.facts)
    assert made is not None
    assert [c.op for c in made[0].conditions] == ["<"]


def test_the_prover_of_numbers_costs_what_it_may() -> None:
    hard = parse_problem("x^4*y^2 + x^2*y^4 + z^6 - 3*x^2*y^2*z^2 >= 0", [])
    budget = Budget(10**6)
    with budget.running():
        attempted(hard, 50_000, each=False)
    assert 0 < budget.used <= 50_000
