"""A user's own claims, from a Python file, through the same routes as the theory's."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from verify.claims.loading import load_claims, load_files
from verify.evidence.run import catalogue, check
from verify.language.verdict import Verdict
from verify.runtime.errors import BadInput

MODULE = '''
"""Two claims of my own, one of them wrong."""
import sympy as sp
from verify.claims.claim import Claim
from verify.claims.domain import Domain, positive
from verify.claims.statement import Inequality

x, y = sp.symbols("x y", real=True)
DOMAIN = Domain((positive(x), positive(y)))


def claims():
    yield Claim("my.mean", "Arithmetic and harmonic mean", Inequality(2 / (1 / x + 1 / y), "<=", (x + y) / 2), DOMAIN)
    yield Claim("my.slip", "Wrong way round", Inequality(2 / (1 / x + 1 / y), ">=", (x + y) / 2), DOMAIN)
'''


def test_own_claims_are_proved_and_refuted(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(MODULE)
    own = load_claims(str(file))
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
        load_claims(str(file))


def test_a_missing_module():
    with pytest.raises(BadInput, match="there is no file"):
        load_claims("no/such/file.py")


STATED = """
import sympy as sp
from verify import By, Cite, Claim, Domain, Holds, Inequality, ne, positive

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
        load_claims(str(file))


def test_whole_numbers_of_python_are_sides_of_a_statement(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(STATED.format('Inequality(0, "<=", x**2)'))
    own = load_claims(str(file))
    (result,) = check(["mine"], table=own)
    assert result.verdict is Verdict.PROVED


def test_claims_that_cite_each_other_are_refused(tmp_path):
    """x^2 != 2 is false, but only at an irrational point, so no counterexample would save the day."""
    file = tmp_path / "mine.py"
    circle = 'Holds(ne(x**2, 2)), Domain((positive(x),)), rests_on=("{0}",), proof=By((Cite("{0}"),))'
    text = STATED.replace("{}, Domain((positive(x),))", circle.format("other"))
    file.write_text(text + f'    yield Claim("other", "t", {circle.format("mine")})\n')
    with pytest.raises(BadInput, match="in a circle, mine -> other -> mine"):
        load_claims(str(file))


CITING = """
import sympy as sp

from verify import Bound, By, Cite, Claim, Domain, Inequality

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
    own = load_claims(str(file))
    results = {r.id: r.verdict.key for r in check(list(own), table={**catalogue(), **own})}
    assert results == {"my.square": "proved", "my.mean": "proved", "my.false": "refuted", "my.built": "refuted"}


# ---------------------------------------------------------------- what is refused when a file is loaded

PLAIN = """
import sympy as sp
from verify import By, Cite, Claim, Domain, Inequality, Limit, Monotone, free, positive

x, y, x_2 = sp.symbols("x y x_2", real=True)
D = Domain((positive(x), positive(y)))


def claims():
    yield Claim("my.first", "t", Inequality(x, "<=", x + y), D)
    {}
"""


@pytest.mark.parametrize(
    "line, message",
    [
        ('yield Claim("my.up", "t", Monotone(1 / x, x, "up", x_2), D)', r"claim my.up of .*, line 11 .*direction"),
        ('yield Claim("my.one", "t", Limit(x, x, 1, 1), D)', r"claim my.one of .*, line 11 .*statement.to"),
        ('yield Claim("my.z", "t", Inequality(x, "<", sp.Symbol("z")), D)', r"domain of the claim my.z .* lacks z"),
        (
            'yield Claim("my.log", "t", Inequality(sp.Symbol("log"), ">", 0), D + free(sp.Symbol("log")))',
            r"my.log .*'log' is a func",
        ),
        ('yield Claim("a b", "t", Inequality(x, "<", y), D)', "the id 'a b' of .* is not one that can be named"),
        ('yield Claim("other.py", "t", Inequality(x, "<", y), D)', "is not one that can be named"),
        ('yield Claim("my\\ud800", "t", Inequality(x, "<", y), D)', "printed on one line"),
        ('yield Claim("my.first", "t", Inequality(x, "<", y), D)', "my.first of .* is taken already"),
        (
            'yield Claim("my.c", "t", Inequality(x, "<", y), D, rests_on=("my.frist",))',
            r"line 11 .*rests_on names 'my.fr",
        ),
        ('yield Claim("my.c", "t", Inequality(x, "<", y), D, states_with=("T0",))', "states_with names 'T0'"),
        ('yield Claim("my.c", "t", Inequality(x, "<", y), D, proof=By((Cite("T0"),)))', "proof names 'T0'"),
        ('yield Claim("my.c", "t")', "line 11 could not be loaded: TypeError"),
        ("raise SystemExit(0)", "line 11 could not be loaded: SystemExit"),
        ("1 / 0", "line 11 could not be loaded: ZeroDivisionError"),
        ("while True: yield None", "more than 10000 claims"),
    ],
)
def test_a_damaged_claim_is_one_error_with_file_line_and_field(tmp_path, line, message):
    file = tmp_path / "mine.py"
    file.write_text(PLAIN.format(line))
    with pytest.raises(BadInput, match=message) as caught:
        load_claims(str(file))
    assert "hint: " in str(caught.value)
    file.write_text(PLAIN.format("pass"))
    assert list(load_claims(str(file))) == ["my.first"]


def test_the_hint_names_what_was_meant(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(PLAIN.format('yield Claim("my.c", "t", Inequality(x, "<", y), D, rests_on=("my.frist",))'))
    with pytest.raises(BadInput, match=r"did you mean my\.first"):
        load_claims(str(file))
    file.write_text(PLAIN.format('yield Claim("my.c", "t", Inequality(sp.Symbol("kappa", real=True), ">", 0), D)'))
    with pytest.raises(BadInput, match=r"lacks .*rho_E(.|\n)*kappa is a quantity of the theory"):
        load_claims(str(file))


def test_a_file_with_an_error_costs_itself_and_what_cites_it(tmp_path):
    texts = {
        "good": PLAIN.format("pass"),
        "bad": PLAIN.replace("my.first", "my.second").format('yield Claim("my.up", "t", Monotone(x, x, "up", x_2), D)'),
        "citing": PLAIN.replace("my.first", "my.third").format(
            'yield Claim("my.fourth", "t", Inequality(x, "<", x + y), D, rests_on=("my.first",))'
        ),
        "lost": PLAIN.replace("my.first", "my.fifth").format(
            'yield Claim("my.sixth", "t", Inequality(x, "<", x + y), D, rests_on=("my.second",))'
        ),
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.py").write_text(text)
    # The order of the files does not matter.
    found = load_files([str(tmp_path / f"{name}.py") for name in ("citing", "lost", "bad", "good")])
    assert list(found.claims) == ["my.third", "my.fourth", "my.first"]
    assert {path.stem for path in found.errors} == {"bad", "lost"}
    assert found.files["my.fourth"].stem == "citing"


UNORDERED = """
import sympy as sp
from verify import Claim, Domain, Inequality, positive

x, y = sp.symbols("x y", real=True)
D = Domain((positive(x), positive(y)))


def claims():
    yield Claim("my.z", "first in the file", Inequality(x, "<=", x + y), D)
    for name in {"b10", "b9", "eps", "alpha", "zeta", "kappa"}:
        yield Claim("my." + name, "t", Inequality(x, "<=", x + y), D)
    yield Claim("my.a", "last in the file", Inequality(x, "<=", x + y), D)
"""


def test_claims_from_a_set_come_in_the_same_order_in_every_process(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(UNORDERED)
    code = "import sys; from verify.claims.loading import load_claims; print(*load_claims(sys.argv[1]))"
    orders = []
    for seed in ("1", "2"):
        surroundings = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True, env=surroundings
        )
        orders.append(done.stdout.split())
    assert orders[0] == orders[1]
    # What stands in the file keeps its place, and numbers are ordered as numbers.
    assert orders[0] == ["my.z", "my.a", "my.alpha", "my.b9", "my.b10", "my.eps", "my.kappa", "my.zeta"]
