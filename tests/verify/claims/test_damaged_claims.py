"""Files of claims with random damage: a verdict where nothing is damaged, else one clear error and never a verdict."""

from __future__ import annotations

import tempfile
from pathlib import Path

from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from verify import cli
from verify.runtime.errors import BadInput

HEAD = """
import sympy as sp
from fractions import Fraction
from verify import *
from sympy import Max

x, y, z, x_2 = sp.symbols("x y z x_2", real=True)
n = sp.Symbol("n", integer=True)
PLUS, PLAIN, LOOSE = sp.Symbol("x", positive=True), sp.Symbol("x"), sp.Symbol("q", real=True)
D = Domain((positive(x), positive(y), at_least(n, 1), free(z)))


def claims():
    yield Claim("ok.first", "t", Inequality(x, "<=", x + y), D)
"""

# For every kind of place what has a meaning there and what has none.
PLACES: dict[str, tuple[list[str], list[str]]] = {
    "expression": (
        [
            "x", "x + y", "0", "Fraction(1, 3)", "2 * n", "sp.sqrt(x)", "x / y", "sp.exp(1)", "x**n", "abs(z)",
            "Max(x, y)",
        ],
        [
            "0.5", "x * 0.5", "1 / 3", "'x'", "None", "True", "x <= y", "x == y", "le(x, y)", "sp.Eq(x, y)",
            "[x]", "(x,)", "sp.sin(x)", "sp.gamma(x)", "sp.Function('f')(x)", "sp.pi * x", "sp.I",
            "sp.sqrt(-x**2 - 1) * sp.I", "sp.oo", "x / sp.Integer(0)", "sp.log(0)", "sp.nan",
            "sp.Derivative(x)", "sp.Piecewise((x, x > 0), (0, True))", "PLUS", "PLAIN", "LOOSE",
            "sp.Dummy('x')", "sp.Symbol('x y', real=True)", "sp.Symbol('7', real=True)", "sp.eye(2)",
            "sp.Symbol('A', commutative=False)", "10**5000", "x**100000", "sp", "lambda: x", "float('nan')",
            "1j",
        ],
    ),
    "relation": (
        [
            "'<='", "'=='", "'>'", "'!='",
        ],
        [
            "'=<'", "'='", "'is'", "None", "3", "''", "'<' '>'", "['<']",
        ],
    ),
    "direction": (
        [
            "'increasing'", "'decreasing'",
        ],
        [
            "'increase'", "'up'", "None", "1", "['increasing']",
        ],
    ),
    "to": (
        [
            "sp.oo", "0", "sp.Integer(0)",
        ],
        [
            "1", "-sp.oo", "'oo'", "0.0", "x", "None", "sp.zoo", "float('inf')",
        ],
    ),
    "formula": (
        [
            "ge(x**2, 0)", "implies(gt(x, 1), gt(x, 0))", "all_of(gt(x, 0), gt(y, 0))",
            "Connective('not', (lt(x, 0),))",
        ],
        [
            "x > 0", "x > x", "sp.Eq(1, 2)", "True", "x", "all_of()",
            "Connective('xor', (gt(x, 0), gt(y, 0)))", "'x > 0'", "Connective('implies', (gt(x, 0),))",
            "le(x, x > 0)", "le(le(x, y), y)", "sp.And(x > 0, y > 0)", "None",
        ],
    ),
    "id": (
        [
            "'ok.claim'", "'ok-2'", "'ok_3.b'",
        ],
        [
            "'a b'", "''", "3", "None", "'T1'", "'ok.first'", "'x.py'", "'a/b'", "'\\ud800'",
        ],
    ),
    "title": (
        [
            "'t'", "'A title, with words'", "'Ünïcode'",
        ],
        [
            "None", "3", "'a\\nb'", "'\\x1b[31m'", "'\\ud800'",
        ],
    ),
    "domain": (
        [
            "D", "D.where(gt(x, y))", "Domain([positive(x), positive(y), at_least(n, 1), free(z)])",
        ],
        [
            "None", "(positive(x),)", "Domain(positive(x))", "D.where(x > 0)", "D + positive('x')",
            "D + positive(PLUS)", "'D'", "D + above(x, 0.5)", "D + between(x, 1, 0)", "D + above(x, x)",
            "D + Bound(x, 0, False, sp.oo)", "D.where(y)", "D + above(x, LOOSE)", "D.where(gt(LOOSE, 0))",
            "D + Bound(x, '0')", "D + Bound(x, 0, 1)",
        ],
    ),
    "more": (
        [
            "", "expected=True", "rests_on=('ok.first',)", "rests_on=[]", "at=((y, 2),)",
            "proof=By((Fact(gt(x + 1, 0)),))", "note='n'",
        ],
        [
            "expected='false'", "expected=1", "rests_on='T1'", "rests_on=('nope',)", "rests_on=(3,)",
            "states_with=('no',)", "at=(y, 1)", "at=((y, 'a'),)", "at=((y, 0.5),)",
            "at=((n, Fraction(1, 2)),)", "at=((x, x),)", "proof='auto'", "proof=Auto", "proof=Cite('T1')",
            "proof=By((Cite('nope'),))", "proof=By('x')", "proof=By((Fact(x > 0),))", "proof=Sum((x,))",
            "nope=1", "derivations=(1,)", "note=None", "source=3",
        ],
    ),
}  # fmt: skip
STATEMENTS = (
    ("Identity({0}, {1})", ("expression", "expression")),
    ("Inequality({0}, {1}, {2})", ("expression", "relation", "expression")),
    ("Holds({0})", ("formula",)),
    ("Equivalence({0}, {1})", ("formula", "formula")),
    ("Monotone(x**2 + {0}, x, {1}, x_2)", ("expression", "direction")),
    ("Limit({0} / x, x, {1}, y)", ("expression", "to")),
    ("Minimiser((z - y)**2 + {0}, z, {1})", ("expression", "expression")),
)


@st.composite
def files(draw: st.DrawFn) -> tuple[str, bool]:
    """The text of a file, and whether one place of its claim is damaged."""
    shape, kinds = draw(st.sampled_from(STATEMENTS))
    places = [*kinds, "id", "title", "domain", "more"]
    damaged = draw(st.sampled_from([None, *range(len(places))]))
    parts = [draw(st.sampled_from(PLACES[kind][i == damaged])) for i, kind in enumerate(places)]
    statement = shape.format(*parts[: len(kinds)])
    name, title, domain, more = parts[len(kinds) :]
    text = HEAD.replace("import *", "import *\nfrom sympy import Max")
    return (
        f"{text}    yield Claim({name}, {title}, {statement}, {domain}{', ' * bool(more)}{more})\n",
        damaged is not None,
    )


def checked(text: str) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mine.py"
        file.write_text(text, encoding="utf-8")
        return CliRunner().invoke(cli.cli, ["check", str(file), "--no-cache", "--workers", "1"])


@settings(max_examples=120, deadline=None, derandomize=True, database=None)
@given(files())
def test_a_damaged_claim_is_one_error_and_never_a_verdict(made: tuple[str, bool]) -> None:
    text, damaged = made
    done = checked(text)
    if damaged:
        # The command line turns this into one message and exit code 2.
        assert isinstance(done.exception, BadInput), (text.splitlines()[-1], done.output, done.exception)
        assert done.stdout == ""
        assert len(str(done.exception).splitlines()) <= 2 and str(done.exception).replace("\n", " ").isprintable()
    else:
        assert done.exit_code in (0, 1, 3), (text.splitlines()[-1], done.output, done.exception)
        assert "ok.first" in done.stdout


@settings(max_examples=120, deadline=None, derandomize=True, database=None)
@given(st.data())
def test_anything_anywhere_is_a_verdict_or_one_error(data: st.DataObject) -> None:
    """Values that were meant for another place, so that nothing is known of what comes out."""
    values = [v for name, pools in PLACES.items() if name != "more" for pool in pools for v in pool]
    shape, kinds = data.draw(st.sampled_from(STATEMENTS))
    statement = shape.format(*(data.draw(st.sampled_from(values)) for _ in kinds))
    done = checked(f"{HEAD}    yield Claim('ok.second', 't', {statement}, D)\n")
    assert isinstance(done.exception, BadInput) or done.exit_code in (0, 1, 3), (statement, done.output, done.exception)
