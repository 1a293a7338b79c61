"""Guesses from values at points: products, sums, and what lies in an interval."""

from __future__ import annotations

import pytest
import sympy as sp

from tests.verify.spaces.forms import L, contraction, g, mu
from verify.language.rational_functions import as_fraction
from verify.runtime.budget import Budget
from verify.spaces.multipliers.fitting import Fitter
from verify.spaces.multipliers.multipliers import system_of

STEP = ["mu > 0", "L > mu", "gamma > 0", "gamma <= 2/(L + mu)"]


@pytest.fixture(scope="module")
def fitter() -> Fitter:
    system = system_of(contraction((1 - g * mu) ** 2, STEP), Budget())
    assert system is not None
    return Fitter(system, system.signs.points)


def values(fitter: Fitter, e: sp.Expr, error: float = 0.0) -> list[float]:
    form = fitter.home.read(e)
    return [float(as_fraction(form.at(p))) * (1 + error * (-1) ** i) for i, p in enumerate(fitter.points)]


@pytest.mark.parametrize(
    "e",
    [
        g * (1 - g * mu) / (L - mu),
        sp.Rational(11, 48) * g,
        sp.Rational(5, 12) * mu**2 * (L + mu) / (L - mu) ** 3,
        -3 * L / (2 * (L + mu)),
        L * g + 2 * g**2,
        sp.Integer(0),
    ],
)
def test_a_function_is_found_from_its_values(fitter: Fitter, e: sp.Expr) -> None:
    found = fitter.unique(values(fitter, e, 1e-7), range(len(fitter.points)))
    assert any(sp.cancel(f.form.expression() - e) == 0 for f in found)


def test_values_of_nothing_simple_have_no_fit(fitter: Fitter) -> None:
    noise = [v * (1 + 0.1 * ((i * 37) % 11)) for i, v in enumerate(values(fitter, g))]
    assert fitter.unique(noise, range(len(fitter.points))) == []


def test_an_interval_is_met_by_something_simple(fitter: Fitter) -> None:
    use = range(len(fitter.points))
    low, high = values(fitter, g / 3), values(fitter, sp.Rational(2, 3) * g)
    found = fitter.between(low, high, use)
    assert found
    for fit in found:
        inside = values(fitter, fit.form.expression())
        assert all(a * (1 - 1e-5) <= v <= b * (1 + 1e-5) for a, v, b in zip(low, inside, high, strict=True))
    assert fitter.between([-v for v in low], high, use)[0].form == fitter.home.zero
