"""A user's own claims, from a Python file, through the same routes as the theory's."""

from __future__ import annotations

import pytest

from verify.errors import BadInput
from verify.modules import load_claims
from verify.runner import catalogue, check
from verify.verdict import Verdict

MODULE = '''
"""Two claims of my own, one of them wrong."""
import sympy as sp
from theory.claim import Claim
from theory.domain import Domain, positive
from theory.statement import Inequality

x, y = sp.symbols("x y", real=True)
DOMAIN = Domain((positive(x), positive(y)))


def claims():
    yield Claim("my.mean", "Arithmetic and harmonic mean", Inequality(2 / (1 / x + 1 / y), "<=", (x + y) / 2), DOMAIN)
    yield Claim("my.slip", "Wrong way round", Inequality(2 / (1 / x + 1 / y), ">=", (x + y) / 2), DOMAIN)
'''


def test_own_claims_are_proved_and_refuted(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(MODULE)
    own = load_claims(str(file), set(catalogue()))
    results = {r.id: r for r in check(list(own), table={**catalogue(), **own})}
    assert results["my.mean"].verdict is Verdict.PROVED
    assert results["my.slip"].verdict is Verdict.REFUTED
    assert results["my.slip"].as_expected is False
    assert set(results["my.slip"].witness["witness"]) == {"x", "y"}


@pytest.mark.parametrize(
    "text, message",
    [
        ("x = ", "could not be loaded: SyntaxError"),
        ("", "has no attribute 'claims'"),
        ("def claims():\n    return []", "defines no claims"),
        ("def claims():\n    return [1]", "yields a int"),
        ("raise RuntimeError('no')", "RuntimeError: no"),
        (MODULE.replace("my.mean", "M1"), "M1 of"),
    ],
)
def test_bad_modules_are_one_clear_error(tmp_path, text, message):
    file = tmp_path / "mine.py"
    file.write_text(text)
    with pytest.raises(BadInput, match=message):
        load_claims(str(file), set(catalogue()))


def test_a_missing_module():
    with pytest.raises(BadInput, match="there is no file"):
        load_claims("no/such/file.py", set())


STATED = """
import sympy as sp
from theory.claim import Claim
from theory.domain import Domain, positive
from theory.proof import By, Cite
from theory.statement import Holds, Inequality, ne

x, y = sp.symbols("x y", real=True)


def claims():
    yield Claim("mine", "t", {}, Domain((positive(x),)))
"""


@pytest.mark.parametrize(
    "statement, message",
    [
        ('Inequality(y, "<=", x)', "the domain of the claim mine of .* lacks y"),
        ('Inequality(x, "=<", 2 * x)', "has the relation '=<'"),
        ('Inequality(0.5 * x, "<=", x)', "the claim mine of .* is not read"),
        ('Inequality("x", "<=", x)', "the claim mine of .* is not read"),
        ('Inequality(sp.gamma(x), "<=", x)', "is not a term of the language"),
    ],
)
def test_a_statement_that_is_not_read_is_one_clear_error(tmp_path, statement, message):
    file = tmp_path / "mine.py"
    file.write_text(STATED.format(statement))
    with pytest.raises(BadInput, match=message):
        load_claims(str(file), set())


def test_whole_numbers_of_python_are_sides_of_a_statement(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(STATED.format('Inequality(0, "<=", x**2)'))
    own = load_claims(str(file), set())
    (result,) = check(["mine"], table=own)
    assert result.verdict is Verdict.PROVED


def test_claims_that_cite_each_other_prove_nothing(tmp_path):
    """x^2 != 2 is false, but only at an irrational point, so no counterexample saves the day."""
    file = tmp_path / "mine.py"
    circle = 'Holds(ne(x**2, 2)), Domain((positive(x),)), rests_on=("{0}",), proof=By((Cite("{0}"),))'
    text = STATED.replace("{}, Domain((positive(x),))", circle.format("other"))
    file.write_text(text + f'    yield Claim("other", "t", {circle.format("mine")})\n')
    own = load_claims(str(file), set())
    assert [r.verdict for r in check(list(own), table=own)] == [Verdict.INCONCLUSIVE] * 2


CITING = """
import sympy as sp

from theory.claim import Claim
from theory.domain import Bound, Domain
from theory.proof import By, Cite
from theory.statement import Inequality

x, y = sp.symbols("x y", real=True)
plane = Domain((Bound(x), Bound(y)))


def claims():
    yield Claim("my.square", "Squares", Inequality((x - y) ** 2, ">=", sp.Integer(0)), plane, source="test")
    yield Claim("my.mean", "Means", Inequality(x**2 + y**2, ">=", 2 * x * y), plane, source="test",
                rests_on=("my.square",), proof=By((Cite("my.square"),)))
    yield Claim("my.false", "A false one", Inequality(x, ">=", y), plane, source="test")
    yield Claim("my.built", "On sand", Inequality(x, ">=", y - 1), plane, source="test",
                rests_on=("my.false",), proof=By((Cite("my.false"),)))
"""


def test_own_claims_cite_each_other(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(CITING)
    own = load_claims(str(file), set(catalogue()))
    results = {r.id: r.verdict.key for r in check(list(own), table={**catalogue(), **own})}
    assert results == {"my.square": "proved", "my.mean": "proved", "my.false": "refuted", "my.built": "refuted"}
