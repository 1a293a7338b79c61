"""What the page of an explorer computes is what ``verify eval`` computes, at points drawn at random."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

import verify
from tests.ridge import THEORY as RIDGE
from tests.verify.site.exploring import Visit, written
from verify.claims.explorer import Explorer, Shown
from verify.claims.theory import Theory
from verify.claims.values import value_of
from verify.runtime.errors import BadInput
from verify.site.explorer.printer import Exactly, Floating

POINTS = 200

# For every point and every number: is it in the domain, its exact value or why there is none, and the near one.
READ = """(points) => points.map((point) => {
  const { state, data, formulas, q } = verifyExplorer;
  for (const [name, text] of Object.entries(point)) state.set(name, text);
  return data.numbers.map((number) => {
    if (state.failing(number.conditions).length) return { outside: true };
    const { value, trouble } = state.exact(number.key);
    return { exact: value ? q.text(value) : null, trouble, near: formulas[number.key].float(state.floats()) };
  });
})"""


def points(theory: Theory, seed: int) -> list[dict[str, Fraction]]:
    """Between the ends of the sliders, small numbers as often as large ones; most of them in the domain, not all."""
    rng = random.Random(seed)
    explorer = explored(theory)

    def draw(least: Fraction, most: Fraction, whole: bool) -> Fraction:
        low = max(least, Fraction(1, 50))
        x = float(low) * float(most / low) ** rng.random()
        return (
            Fraction(max(1, round(x))) if whole else Fraction(max(1, round(x * (below := rng.randint(1, 97)))), below)
        )

    def point() -> dict[str, Fraction]:
        return {
            s.name: draw(Fraction(s.least), min(Fraction(s.most), Fraction(1000)), theory.vocabulary[s.name].integer)
            for s in explorer.sliders
        }

    found = [point() for _ in range(POINTS)]
    for values in found:
        if "rho_H" in values and rng.random() < 0.9:
            values["rho_H"], values["rho_E"] = sorted((values["rho_H"], values["rho_E"]))
            values["alpha"] = Fraction(rng.randint(1, 60), 61) * rng.choice((1, 2)) / values["rho_E"]
            values["p"], values["theta"], values["eps"] = (Fraction(rng.randint(1, 40), 41) for _ in range(3))
            values["g"] = Fraction(rng.randint(1, 40), 41) ** 3
    return found


def explored(theory: Theory) -> Explorer:
    assert theory.explorer is not None
    return theory.explorer()


def evaluated(theory: Theory, one: Shown, point: Mapping[str, Fraction]) -> sp.Expr | None:
    """As ``verify eval`` does it; None outside of the domain."""
    expression = theory.expression(one.name)
    assert expression is not None
    numbers = {theory.vocabulary[k].symbol: sp.Rational(v.numerator, v.denominator) for k, v in point.items()}
    values = {k: v for k, v in point.items() if k in expression.symbols}
    values |= {k: Fraction(str(value.xreplace(numbers))) for k, value in one.at.items()}
    try:
        return value_of(one.name, values, theory).exact
    except BadInput:
        return None


def differences(theory: Theory, found: list[list[dict[str, Any]]], at: list[dict[str, Fraction]]) -> Iterator[str]:
    """Where page and program disagree, in words."""
    numbers = explored(theory).numbers
    for point, shown in zip(at, found, strict=True):
        for one, there in zip(numbers, shown, strict=True):
            expected = evaluated(theory, one, point)
            where = f"{one.name} at {', '.join(f'{k}={v}' for k, v in point.items())}"
            if expected is None or there.get("outside"):
                if (expected is None) is not bool(there.get("outside")):
                    yield f"{where}: {expected} here, {there} there"
                continue
            near = float(sp.N(expected, 30))
            if there["exact"] is not None and sp.Rational(there["exact"]) != expected:
                yield f"{where}: {expected} here, {there['exact']} there"
            if there["exact"] is None and not there["trouble"].startswith("not rational: "):
                yield f"{where}: {expected} here, {there['trouble']} there"
            if there["exact"] is None and expected.is_Rational and one.name not in WITH_ROOTS:
                yield f"{where}: the page says that {expected} is not rational"
            if abs(there["near"] - near) > 1e-9 * max(abs(near), 1e-300):
                yield f"{where}: {near!r} here, {there['near']!r} there, in floating point"


# A root that is not rational may stand in what is rational all the same: the larger of two bounds.
WITH_ROOTS = frozenset({"samples.necessary", "steps.erm", "steps.maml", "hardness"})


@pytest.mark.parametrize(("theory", "seed"), [(RIDGE, 5), ("maml-erm", 17)], ids=["ridge", "maml-erm"])
def test_the_page_computes_what_the_program_does(
    browser: Any, tmp_path_factory: pytest.TempPathFactory, theory: Theory | str, seed: int
) -> None:
    known = verify.load(theory) if isinstance(theory, str) else theory
    visit = Visit(browser, written(known, tmp_path_factory.mktemp("page")))
    drawn = points(known, seed)
    found = visit.page.evaluate(READ, [{k: str(v) for k, v in p.items()} for p in drawn])
    assert list(differences(known, found, drawn)) == []
    inside = [sum(not there.get("outside") for there in column) for column in zip(*found, strict=True)]
    assert min(inside) > POINTS // 10, f"every number is compared, not {inside}"
    assert visit.said == []
    visit.close()


x, y, k = sp.Symbol("x", real=True), sp.Symbol("y", real=True), sp.Symbol("k", integer=True)
NAMES = {x: "v.x", y: "v.y", k: "v.k"}


def grown(rng: random.Random, depth: int) -> sp.Expr:
    """A formula with every kind of node that the printers know."""
    if depth == 0:
        return rng.choice((x, y, k, sp.Rational(rng.randint(-9, 9), rng.randint(1, 9))))
    a, b = (grown(rng, depth - 1) for _ in range(2))
    return rng.choice(
        (
            lambda: a + b,
            lambda: a * b,
            lambda: a / b,
            lambda: a ** rng.randint(-3, 3),
            lambda: sp.Abs(a),
            lambda: sp.Max(a, b),
            lambda: sp.Min(a, b),
            lambda: sp.floor(a),
            lambda: sp.ceiling(a),
            lambda: sp.sqrt(a**2 * sp.Rational(4, 9)),
            lambda: sp.Piecewise((a, sp.Lt(x, y)), (b, True)),
            lambda: sp.Piecewise((a, sp.Or(sp.Ge(x, k), sp.Not(sp.Eq(x, y)))), (b, True)),
        )
    )()


def test_every_kind_of_formula_is_computed_as_sympy_does(browser: Any, tmp_path: Path) -> None:
    rng, texts, expected = random.Random(3), [], []
    while len(texts) < 300:
        point = {x: sp.Rational(rng.randint(-20, 20), rng.randint(1, 9)), y: sp.Rational(rng.randint(-20, 20), 7)}
        point[k] = sp.Integer(rng.randint(1, 5))
        try:
            formula = grown(rng, 3)
            value = formula.subs(point, simultaneous=True)
        except (ValueError, TypeError):  # SymPy compares no infinities
            continue
        if not value.is_Rational or not formula.free_symbols:
            continue
        given = {name: f"q.of({point[s].p}n, {point[s].q}n)" for name, s in (("x", x), ("y", y), ("k", k))}
        near = {name: str(float(point[s])) for name, s in (("x", x), ("y", y), ("k", k))}
        texts.append([_function(given, Exactly(NAMES)(formula)), _function(near, Floating(NAMES)(formula))])
        expected.append((formula, point, value))
    run = (
        "(all) => all.map(([exact, near]) => [verifyExplorer.q.text(eval(exact)(verifyExplorer.q)), eval(near)(null)])"
    )
    visit = Visit(browser, written(RIDGE, tmp_path))
    for (formula, point, value), (exact, near) in zip(expected, visit.page.evaluate(run, texts), strict=True):
        assert sp.Rational(exact) == value, (formula, point)
        if not formula.has(sp.floor, sp.ceiling, sp.Piecewise):  # which jump where floating point rounds
            assert near == pytest.approx(float(value), rel=1e-9, abs=1e-9), (formula, point)
    visit.close()


def _function(values: Mapping[str, str], text: str) -> str:
    given = ", ".join(f"{name}: {value}" for name, value in values.items())
    return f"(q) => {{ const v = {{ {given} }}; return {text}; }}"


def test_an_altered_formula_is_noticed(browser: Any, tmp_path: Any) -> None:
    """The control: one sign in one generated formula, and the comparison fails for that number and no other."""
    file = written(RIDGE, tmp_path)
    text = file.read_text(encoding="utf-8")
    first = text.index('"bias": {')
    end = text.index("},\n  },", first)
    altered = text[first:end].replace("+ 1)", "+ 2)").replace("q.of(1n, 1n)", "q.of(2n, 1n)")
    assert altered != text[first:end]
    file.write_text(text[:first] + altered + text[end:], encoding="utf-8")
    visit = Visit(browser, file)
    drawn = points(RIDGE, 5)[:5]
    found = visit.page.evaluate(READ, [{k: str(v) for k, v in p.items()} for p in drawn])
    names = {line.split(" at ")[0] for line in differences(RIDGE, found, drawn)}
    assert names == {"bias"}
    visit.close()
