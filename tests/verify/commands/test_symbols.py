"""The symbol that an expression is written by names it too, in every command that takes an expression."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from theory.maml_erm.theory import THEORY
from verify.claims.values import find_expression
from verify.cli import cli
from verify.runtime.errors import BadInput

AT = ["rho_H=1/4", "rho_E=1", "alpha=1", "d=10", "m=100", "p=1/2", "V_H=1/20", "V_E=1/2", "Delta=1"]


def run(*words: str) -> str:
    result = CliRunner().invoke(cli, list(words), standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.output


def test_every_symbol_leads_to_its_expression() -> None:
    for symbol, expression in THEORY.atoms.items():
        assert find_expression(symbol.name, THEORY).name in (expression.name, symbol.name)
    assert find_expression("G", THEORY).name == "gain"
    assert find_expression("gain", THEORY).name == "gain"


def test_eval_and_latex_take_a_symbol() -> None:
    assert run("eval", "G", *AT) == run("eval", "gain", *AT)
    assert run("eval", "G", *AT) != run("eval", "q", *AT[:5])
    assert run("latex", "G", "--display") == run("latex", "gain", "--display")
    assert run("latex", "a") == run("latex", "weight.erm")


def test_a_name_comes_before_a_symbol_and_a_claim_before_both() -> None:
    """``K`` is a parameter, which names no expression; G1 is a claim, and no expression is meant by it."""
    with pytest.raises(BadInput, match="there is no expression 'K'"):
        run("eval", "K")
    assert run("latex", "G1") == run("latex", "G1", "G1")


def test_expressions_are_listed_by_name_symbol_and_pattern() -> None:
    one = run("list", "--expressions", "G", "--json", "-")
    assert '"name": "gain"' in one and '"name": "kappa"' not in one
    several = run("list", "--expressions", "gain*", "--json", "-")
    assert '"name": "gain"' in several and '"name": "gain.limit"' in several and '"name": "kappa"' not in several
    assert '"name": "kappa"' in run("list", "--expressions", "--json", "-")
    with pytest.raises(BadInput, match="there is no expression 'gian'"):
        run("list", "--expressions", "gian")


def test_an_expression_among_claims_says_how_it_is_listed() -> None:
    with pytest.raises(BadInput, match="it is an expression: verify list --expressions G"):
        run("list", "G")
    with pytest.raises(BadInput, match="did you mean T1"):
        run("list", "t1")
