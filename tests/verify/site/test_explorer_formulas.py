"""What the page of an explorer computes is what ``verify eval`` computes, at points drawn at random."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
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
