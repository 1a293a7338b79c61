"""Points that are not rational, from equations between logarithms."""

import pytest

from verify.counterexamples.irrational import logarithmic, undone
from verify.language.parser import parse_problem
from verify.language.verdict import Verdict
from verify.prover.api import prove
from verify.prover.outcome import EmptyDomain

SYSTEM = "x > 0, y > 0, z > 0, log(x) - log(y) == a, log(y) - log(z) == 15, log(z) - log(x) == -7"


def test_a_system_of_logarithms_has_a_point_and_so_a_proof():
    assert prove(parse_problem("a == -8", [SYSTEM])).verdict is Verdict.PROVED


def test_a_system_of_logarithms_has_a_counterexample():
    outcome = prove(parse_problem("a == 8", [SYSTEM]))
    assert outcome.verdict is Verdict.REFUTED
    assert outcome.certificate is not None


def test_a_system_without_a_solution_proves_nothing():
    with pytest.raises(EmptyDomain):
        prove(parse_problem("x == 1", [SYSTEM.replace("== a", "== -9")]))


def test_an_equation_is_solved_for_what_stands_in_a_logarithm_alone():
    gap = ("+", ("log", "x"), ("-", ("log", "y")), -15)
    assert list(logarithmic(gap, "x")) == [("exp", ("+", ("log", "y"), 15))]
    assert list(logarithmic(("+", ("log", "x"), "x"), "x")) == []


def test_a_logarithm_undoes_an_exponential():
    assert undone(("+", ("log", ("exp", ("log", 1))), 2)) == ("+", 0, 2)
    assert undone(("log", 2)) == ("log", 2)
