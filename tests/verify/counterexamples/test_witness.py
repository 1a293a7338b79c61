"""Counterexamples: one door for all of them, the variables that matter, numbers that can be read."""

import ast
import json
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

import verify
from verify import cli
from verify.counterexamples import irrational, witness
from verify.counterexamples.witness import counterexample_at, shown
from verify.language.logic import App, Num, Rel, Var, num
from verify.language.parser import parse_problem
from verify.language.verdict import Verdict
from verify.papers.decide import decide
from verify.prover import prove
from verify.prover.api import at_point
from verify.runtime.budget import SECOND

HERE = Path(verify.__file__).parents[1]
SOURCES = sorted(p for room in ("verify", "theory") for p in (HERE / room).rglob("*.py"))


def calls(word, wanted):
    """Where a call that is ``wanted`` stands, in files that have the word: (module, function)."""
    found = set()
    for path in SOURCES:
        if word in (text := path.read_text()):
            for outer in (f for f in ast.walk(ast.parse(text)) if isinstance(f, ast.FunctionDef)):
                if any(isinstance(node, ast.Call) and wanted(node) for node in ast.walk(outer)):
                    found.add((path.stem, outer.name))
    return found


def makes_a_witness(node):
    return "Witness" in (getattr(node.func, "id", ""), getattr(node.func, "attr", ""))


def says_refuted(node):
    """Whether the verdict is given to what is made here, rather than compared with."""
    arguments = [*node.args, *(k.value for k in node.keywords)]
    return any(isinstance(a, ast.Attribute) and a.attr == "REFUTED" for a in arguments)


def test_every_counterexample_comes_through_one_door():
    # The other one is that of vectors: a model in which two evaluations agree, and functions that exist.
    assert calls("Witness(", makes_a_witness) == {("witness", "agreed"), ("acceptance", "accepted")}
    # The last two compare identities of matrices with their definitions, in exact moments: that door is their own.
    assert calls("REFUTED", says_refuted) == {
        ("api", "refuted"),
        ("circular", "_refuted"),  # a point at which balls and intervals both see it, or one with a certificate
        ("refutation", "violated"),
        ("refutation", "matrix_refutation"),
        ("route_definition", "exact_definition"),
        # Statements about vectors: a witness that ``accepted`` let through, now or once more; and runs of a definition.
        ("decide", "decided"),
        ("spatial", "violated"),
        ("spatial_memory", "believed"),
        ("route", "on_runs"),
    }


FALSE = [
    ("x > 0", ["x^3 == -2"], {"x": "-2^(1/3)"}),
    ("x^2 < 3", ["x > 0", "x^4 == 9"], {"x": "sqrt(3)"}),
    ("x + 0*y > 1", ["z > 5 or z <= 5", "z == 1"], None),
    ("(-1)^(n^2 + n) == -1", ["n integer"], None),
    ("x^(2^n) >= 0", ["n integer"], None),
    ("x > 0", ["x^n == 4", "n integer"], None),
]
TRUE = [
    ("x > 0", ["x^y == 3"]),
    ("x > 0", ["x^(y + 1) == 2", "y == 1"]),
    ("x^(2^n) >= 0", ["n integer", "n >= 1"]),
    ("(-sqrt(3))^n != 0", ["n integer"]),
    ("(1 - sqrt(x))^(2*n) <= 1", ["0 <= x <= 1", "n integer", "n >= 1"]),
    ("log(x)^(2*n) >= 0", ["x > 0", "n integer", "n >= 0"]),
    ("(-1)^(n^2) == (-1)^n", ["n integer"]),
    ("(-1)^(n*(n + 1)) == 1", ["n integer"]),
    ("sqrt(x)*sqrt(x) == x or 1/(x - 3) > 0", ["x >= 0"]),
    ("exp(x)*exp(-x) == 1 or log(x) > 0", []),
]


@pytest.mark.parametrize("goal, hypotheses, values", FALSE, ids=[f"{g} if {h}" for g, h, _ in FALSE])
def test_refuted(goal, hypotheses, values):
    found = prove(parse_problem(goal, hypotheses))
    assert found.verdict is Verdict.REFUTED
    if values is not None:
        assert {k: shown(v) for k, v in found.witness.items()} == values


@pytest.mark.parametrize("goal, hypotheses", TRUE, ids=[f"{g} if {h}" for g, h in TRUE])
def test_not_refuted(goal, hypotheses):
    assert prove(parse_problem(goal, hypotheses), work=3 * SECOND).verdict is not Verdict.REFUTED


def test_a_real_exponent_stays_one_in_the_statement_at_a_point():
    x, y = Var("x"), Var("y")
    problem = parse_problem("x > 0", ["x^y == 2"])
    there = irrational.at(problem, {"x": App("-", (App("sqrt", (num(2),)),)), "y": num(2)}, Rel("<=", x, num(0)))
    assert "-sqrt(2) > 0" in str(there.goal) and y.name not in str(there.goal)
    whole = parse_problem("x > 0", ["x^n == 2", "n integer"])
    there = irrational.at(whole, {"x": App("-", (App("sqrt", (num(2),)),)), "n": num(2)}, Rel("<=", x, num(0)))
    assert "-sqrt(2) > 0" not in str(there.goal)


def test_only_variables_of_the_statement_are_listed():
    problem = parse_problem("x > 0", ["y real", "n integer"])
    assert counterexample_at(problem, {"x": Fraction(0), "y": Fraction(1), "n": Fraction(2)}).values == {"x": 0}
    assert counterexample_at(problem, {"x": Fraction(0), "y": Fraction(1), "n": Fraction(1, 2)}) is None


def test_an_irrational_point_is_judged_like_any_other():
    root = App("sqrt", (num(2),))
    problem = parse_problem("x <= 0", ["x^2 == 2"])
    found = counterexample_at(problem, {"x": root}, by_proof=at_point)
    assert found is not None and str(found).startswith("x = sqrt(2): left side [1.41421356237")
    assert counterexample_at(problem, {"x": App("-", (root,))}, by_proof=at_point) is None
    assert counterexample_at(parse_problem("x <= 0", ["x^2 == 2", "x integer"]), {"x": root}, by_proof=at_point) is None


def test_where_only_a_proof_can_tell_one_is_searched_for():
    problem = parse_problem("((2/7)^(1/2))^2 < 2/7", [])
    assert counterexample_at(problem, {}) is None
    assert counterexample_at(problem, {}, by_proof=at_point) is not None
    assert counterexample_at(parse_problem("((2/7)^(1/2))^2 <= 2/7", []), {}, by_proof=at_point) is None
    close = parse_problem("sqrt(x) + sqrt(y) != sqrt(7/2 + sqrt(6))", ["x > 0, y > 0"])
    assert counterexample_at(close, {"x": Fraction(2), "y": Fraction(3, 2)}, by_proof=at_point) is None
    assert decide([problem], 5).status == "refuted"


def test_irrational_numbers_are_shown_as_roots_or_short_decimals():
    assert shown(Fraction(2, 3)) == "2/3"
    assert shown(App("^", (num(2), num("1/3")))) == "2^(1/3)"
    long = App("+", tuple(App("sqrt", (Num(Fraction(1, k)),)) for k in range(2, 9)))
    assert shown(long).startswith("[3.37143679994 +/- ")


@pytest.mark.parametrize("goal, value", [("x != 2^(1/3)", "2^(1/3)"), ("x^2 != 2", "sqrt(2)")])
def test_text_and_json_show_the_same(goal, value, monkeypatch, capsys):
    for more in ([], ["--json"]):
        monkeypatch.setattr(sys, "argv", ["verify", "prove", goal, "--assume", "x > 0", *more])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        out = capsys.readouterr().out
        assert stop.value.code == 1
        assert json.loads(out)["witness"] == {"x": value} if more else f"x = {value}:" in out


def test_a_counterexample_in_doubt_is_not_reported(monkeypatch):
    problem = parse_problem("x^2 > 0", [])
    assert prove(problem).verdict is Verdict.REFUTED
    counted = witness.opinion

    def unsure(sequent, values):
        found = counted(sequent, values)
        return replace(found, goal="undecided", why="for want of a reason") if sequent == problem else found

    monkeypatch.setattr(witness, "opinion", unsure)
    found = prove(problem)
    assert found.verdict is Verdict.INCONCLUSIVE
    assert found.why[-1].startswith("the two evaluations of the candidate x = 0 differ")
