"""Simple numbers near a value."""

from __future__ import annotations

import sympy as sp

from verify.spaces.multipliers.nearby import nearby, rationals
from verify.spaces.multipliers.ratios import Ratios


def test_a_fraction_with_a_small_denominator() -> None:
    assert [str(q) for q in rationals(0.4285715)] == ["3/7"]
    assert rationals(3**0.5 / 1000) == []


def test_numbers_with_a_root() -> None:
    home = Ratios(("r",))
    surds = [(home.name("r"), 2**0.5)]
    found = [form.expression() for _, form in nearby(home, (3 - 2**0.5) / 4, surds)]
    r = sp.Symbol("r")
    assert any(sp.expand(e - (3 - r) / 4) == 0 for e in found)
    assert not any(e.has(r) for _, e in ((0, form.expression()) for _, form in nearby(home, (3 - 2**0.5) / 4, [])))
