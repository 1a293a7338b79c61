"""The experiments on small settings: they agree, and a wrong bound is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from theory.descent.experiments import NAMES, floor, rates
from verify.statistics import figure
from verify.statistics.experiment import Run

RATES = {"d": 3, "starts": 5, "conditions": (10.0,), "points": 5}
# The bound of twelve points gives a false alarm less often than once in 10^5; here are two.
FLOOR = {"d": 2, "samples": 4, "runs": 300, "conditions": (1.0,), "lengths": (0.2, 0.5), "times": 10}


def test_rates_agree_and_a_bound_that_is_too_good_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = rates.run(Run("rates", RATES))
    assert table.agrees
    figure.save(rates.draw(table, RATES), tmp_path / "rates.png")
    assert (tmp_path / "rates.png").stat().st_size > 1000
    right = rates.allowed
    monkeypatch.setattr(rates, "allowed", lambda condition, length: right(condition, length) ** 2)
    assert not rates.run(Run("rates", RATES)).agrees


def test_the_floor_agrees_and_bounds_that_are_wrong_either_way_are_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = floor.run(Run("floor", FLOOR))
    assert table.agrees
    figure.save(floor.draw(table, FLOOR), tmp_path / "floor.png")
    right = floor.bound
    for factor in (1 / 3, 3):
        monkeypatch.setattr(floor, "bound", lambda claim, values, by=factor: by * right(claim, values))
        assert not floor.run(Run("floor", FLOOR)).agrees


def test_their_names() -> None:
    assert NAMES == ("rates", "floor")
