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
