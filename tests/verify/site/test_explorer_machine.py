"""The parts of an explorer without a browser: what is printed, what is refused, and theories that have none."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

from tests.ridge import THEORY as RIDGE
from tests.ridge.explorer import EXPLORER
from verify.claims.explorer import Curves, Explorer, Shown, Slider
from verify.claims.theory import Theory
from verify.claims.values import value_of
from verify.derivations.relations import all_of, any_of, gt, iff, implies, le, ne
from verify.runtime.errors import BadInput, Malformed
from verify.site.explorer import standalone
from verify.site.explorer.page import page
from verify.site.explorer.printer import Exactly, Floating
from verify.site.living import Material
from verify.site.makers import MAKERS

x, y, k = sp.Symbol("x", real=True), sp.Symbol("y", real=True), sp.Symbol("k", integer=True)
NAMES = {x: "v.x", y: "v.y", k: "v.k"}
HAND_WRITTEN = Path(__file__).parents[3] / "verify" / "site" / "explorer"


@pytest.mark.parametrize(
    ("formula", "floating", "exactly"),
    [
        (x + sp.Rational(3, 7), "(v.x + (3/7))", "q.add(v.x, q.of(3n, 7n))"),
        (x / y**2, "(v.x/(Math.pow(v.y, 2)))", "q.div(v.x, q.pow(v.y, q.of(2n, 1n)))"),
        (x / 2, "(v.x/(2))", "q.div(v.x, q.of(2n, 1n))"),
        (-x, "((-1)*v.x)", "q.mul(q.of(-1n, 1n), v.x)"),
        (sp.sqrt(x), "Math.sqrt(v.x)", "q.pow(v.x, q.of(1n, 2n))"),
        (x**k, "Math.pow(v.x, v.k)", "q.pow(v.x, v.k)"),
        (sp.Max(x, 1), "Math.max(1, v.x)", "q.max(q.of(1n, 1n), v.x)"),
        (sp.ceiling(x), "Math.ceil(v.x)", "q.ceil(v.x)"),
        (sp.log(x), "Math.log(v.x)", "q.log(v.x)"),
        (sp.Piecewise((x, x < y), (y, True)), "((v.x < v.y) ? v.x : v.y)", '(q.compare(v.x, "<", v.y) ? v.x : v.y)'),
    ],
)
def test_formulas_as_javascript(formula: sp.Expr, floating: str, exactly: str) -> None:
    assert Floating(NAMES)(formula) == floating and Exactly(NAMES)(formula) == exactly


def test_conditions_as_javascript() -> None:
    f = all_of(le(x, 1), any_of(gt(y, 0), ne(x, 0)), implies(gt(x, 0), gt(y, 0)))
    assert Floating(NAMES).formula(f) == ("((v.x <= 1) && ((v.y > 0) || (v.x !== 0)) && (!(v.x > 0) || (v.y > 0)))")
    assert Exactly(NAMES).formula(iff(gt(x, 0), gt(y, 0))) == (
        '(q.compare(v.x, ">", q.of(0n, 1n)) === q.compare(v.y, ">", q.of(0n, 1n)))'
    )


@pytest.mark.parametrize(
    "formula",
    [sp.sin(x), sp.gamma(x), sp.Symbol("z"), sp.pi, sp.I * x, sp.oo, sp.Float("0.5"), sp.Piecewise((x, x > 0))],
)
def test_anything_else_is_refused(formula: sp.Expr) -> None:
    for printer in (Floating(NAMES), Exactly(NAMES)):
        with pytest.raises(BadInput):
            printer(formula)


def test_a_theory_without_an_explorer_has_no_page(tmp_path: Path) -> None:
    plain = Theory(name="plain")
    assert page in MAKERS and page(Material(plain, {})) is None
    with pytest.raises(BadInput, match="has no explorer"):
        standalone(plain, tmp_path / "x.html")
    assert not (tmp_path / "x.html").exists()
    standalone(RIDGE, tmp_path / "x.html")
    assert (tmp_path / "x.html").stat().st_size > 1_000_000


def test_the_same_page_twice() -> None:
    first, second = (page(Material(RIDGE, {})) for _ in range(2))
    assert first is not None and first == second
    assert set(first.scripts) | set(first.styles) == set(first.files)


def test_links_lead_where_the_site_has_the_claims() -> None:
    found = page(Material(RIDGE, {}, link=lambda claim: f"there/{claim}.html"))
    assert found is not None and 'href="there/R.best.html"' in found.body


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sliders": (*EXPLORER.sliders, Slider(name="zeta", least=0, most=1, step=1, start=0))}, "no quantity"),
        ({"sliders": EXPLORER.sliders[1:], "presets": (), "plots": ()}, "which no slider"),
        ({"numbers": (Shown(name="riks"),)}, "there is no expression 'riks'"),
        ({"numbers": (Shown(name="risk", claim="R.bset"),)}, "R.bset"),
        ({"numbers": (Shown(name="risk", at={"mu": x}),)}, "no parameter 'mu'"),
        ({"presets": (replace(EXPLORER.presets[0], values={"q": 1}),)}, "which no slider moves"),
        ({"plots": (Curves(id="c", title="t", quantity="q", axis="", values="", curves=()),)}, "along q"),
    ],
)
def test_an_explorer_that_names_what_there_is_not(change: dict[str, Any], said: str) -> None:
    wrong: Explorer = replace(EXPLORER, **change)
    with pytest.raises(BadInput, match=re.escape(said)):
        page(Material(replace(RIDGE, explorer=lambda: wrong), {}))


@pytest.mark.parametrize("ends", [{"least": 0, "start": 1}, {"least": 2, "start": 1}, {"least": 1, "start": 99}])
def test_a_slider_without_a_start_or_without_steps(ends: dict[str, int]) -> None:
    with pytest.raises(Malformed):
        Slider(name="x", most=10, **ends)  # type: ignore[arg-type]
    assert Slider(name="x", least=1, most=10, start=1).positions(whole=True)[0] == 1


def test_what_only_the_explorer_names_is_evaluated_too() -> None:
    import verify

    theory = verify.load("maml-erm")
    values = {"rho_H": "1/4", "rho_E": "1", "alpha": "1", "d": "10", "m": "20", "p": "1/2", "Delta": "1"}
    given = {name: sp.Rational(v) for name, v in (values | {"V_H": "1/20", "V_E": "1/2"}).items()}
    from fractions import Fraction

    exact = {name: Fraction(int(v.p), int(v.q)) for name, v in given.items()}
    parts = [
        value_of(f"risk.{kind}.erm", {k: v for k, v in exact.items() if k not in drop}, theory).exact
        for kind, drop in (("hard", {"V_E"}), ("easy", {"V_H"}))
    ]
    half = sp.Rational(1, 2)
    assert half * parts[0] + half * parts[1] == value_of("risk.erm", exact, theory).exact
    assert "risk.hard.erm" not in theory.named, "no claim is written in it"


def test_no_formula_is_written_by_hand() -> None:
    """The hand-written scripts name no quantity of any theory, so they can compute nothing from one."""
    names = {
        *RIDGE.vocabulary,
        *Theory(name="x").vocabulary,
        "rho_H",
        "rho_E",
        "alpha",
        "Delta",
        "V_H",
        "kappa",
        "sigma",
    }
    for file in HAND_WRITTEN.glob("*.js"):
        words = set(re.findall(r"[A-Za-z_]\w+", file.read_text(encoding="utf-8")))
        assert not words & {name for name in names if len(name) > 1}, file.name
