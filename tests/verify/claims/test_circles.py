"""Claims that need each other in a circle are one clear error, whichever way they need each other."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from verify.claims import circles, theories
from verify.claims.loading import load_files
from verify.cli import cli
from verify.evidence.run import check
from verify.runtime.errors import BadInput

THEORY = """
import sympy as sp

from verify import Claim, Domain, Identity, Inequality, NamedExpression, Theory, positive
from verify.claims.quantities import NONE
from verify.derivations.derivation import Derivation

x, u = sp.symbols("x u", real=True)
DOMAIN = Domain((positive(x),))


def expressions():
    value = Derivation("u", x**2, "a square")
    yield NamedExpression("square", "u", "a square", NONE, value, DOMAIN, u, "defines")


def claims():
    yield Claim("defines", "What u is", Identity(u, x**2), DOMAIN, states_with={defines})
    yield Claim("first", "u is positive", Inequality(u, ">", sp.Integer(0)), DOMAIN, states_with={first})
    yield Claim("other", "of no circle", Inequality(x, ">", sp.Integer(0)), DOMAIN)


THEORY = Theory(name="small", claims=claims, expressions=expressions)
"""
OPEN = {"defines": "()", "first": "()"}
# u is mentioned by "first", so that needs "defines" without naming it.
CLOSED = {"defines": '("first",)', "first": "()"}


def theory(folder: Path, needs: dict[str, str], name: str = "small.py") -> Path:
    text = THEORY
    for claim, names in needs.items():
        text = text.replace(f"{{{claim}}}", names)
    file = folder / name
    file.write_text(text)
    return file


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and output of ``verify check``, as the program itself makes them of an error."""
    words = ["check", "--no-cache", "--workers", "1", *arguments]
    with theories.using(theories.current()):
        result = CliRunner().invoke(cli, words, standalone_mode=False)
    if isinstance(result.exception, BadInput):
        return 2, str(result.exception)
    return (result.return_value or result.exit_code), result.output


def test_a_circle_of_a_theory_is_named(tmp_path: Path) -> None:
    code, said = run("--theory", str(theory(tmp_path, CLOSED)))
    assert code == 2
    assert "in a circle, defines -> first -> defines" in said
    assert "defines is stated with first; first mentions u, which defines defines" in said


def test_without_the_circle_the_theory_is_proved(tmp_path: Path) -> None:
    """The control: the same claims, one of which is stated without the other."""
    code, said = run("--theory", str(theory(tmp_path, OPEN)))
    assert code == 0, said


def test_what_leads_to_no_circle_can_be_checked(tmp_path: Path) -> None:
    file = theory(tmp_path, CLOSED)
    assert run("--theory", str(file), "other")[0] == 0
    assert run("--theory", str(file), "first")[0] == 2


@pytest.mark.parametrize(
    ("needs", "circle"),
    [
        ({"a": (), "b": ("a",), "c": ("b", "a")}, []),
        ({"a": ("a",)}, ["a"]),
        ({"a": ("b",), "b": ("c",), "c": ("b",)}, ["b", "c"]),
        ({"a": ("gone",), "b": ("a",), "gone_too": ()}, []),
        ({str(k): (str(k + 1),) for k in range(5000)} | {"5000": ("2",)}, [str(k) for k in range(2, 5001)]),
    ],
    ids=["none", "itself", "behind a path", "what is not there", "long"],
)
def test_circles(needs: dict[str, tuple[str, ...]], circle: list[str]) -> None:
    table = {name: Needs(others) for name, others in needs.items()}
    assert circles.found(table, table) == circle  # type: ignore[arg-type]


class Needs:
    """All that is asked of a claim here."""

    def __init__(self, others: tuple[str, ...]) -> None:
        self.needed_to_state, self.rests_on = others[:1], others[1:]


ONE = """
import sympy as sp
from verify import Claim, Domain, Inequality, positive
x = sp.Symbol("x", real=True)
def claims():
    yield Claim("{0}", "t", Inequality(x, ">", sp.Integer(0)), Domain((positive(x),)), {1})
"""


def test_a_circle_through_two_files_costs_these_alone(tmp_path: Path) -> None:
    for name, needs in (("a", 'rests_on=("b",)'), ("b", 'states_with=("a",)'), ("d", "")):
        (tmp_path / f"{name}.py").write_text(ONE.format(name, needs))
    paths = [str(tmp_path / f"{name}.py") for name in "abd"]
    found = load_files(paths)
    assert list(found.claims) == ["d"]
    assert {path.name for path in found.errors} == {"a.py", "b.py"}
    said = str(found.errors[tmp_path / "a.py"])
    assert "a -> b -> a: a rests on b; b is stated with a" in said
    assert run(*paths[:2])[0] == 2 and run(paths[2])[0] == 0


def test_a_table_with_a_circle_is_not_checked(tmp_path: Path) -> None:
    (tmp_path / "d.py").write_text(ONE.format("d", ""))
    table = load_files([str(tmp_path / "d.py")]).claims
    claim = table["d"]
    object.__setattr__(claim, "rests_on", ("d",))
    with pytest.raises(BadInput, match="d -> d: d rests on d"):
        check(["d"], table=table)
