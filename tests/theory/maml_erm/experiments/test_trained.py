"""What kurtosis and same_batch are made of: they agree with the theory, and with no theory of other weights.

The seeds are fixed, so that no run differs from the last; with other seeds each comparison fails by chance with
probability 1e-4, by the central limit theorem.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from theory.maml_erm.experiments import check_together, curves, kurtosis, same_batch, trained
from theory.maml_erm.experiments.bracket import bracket
from theory.maml_erm.formulas import symbols as sy
from theory.maml_erm.formulas.mixture import isotropic_weight
from verify.commands.simulate import run
from verify.statistics.parameters import settings_of

SMALL = ["d=4", "points=3", "training=1000", "test=4000", "largest=8192", "tolerance=0.1"]


@pytest.mark.parametrize(
    ("module", "more"), [(kurtosis, ["shown=9", "kurtosis=9"]), (same_batch, [])], ids=["kurtosis", "same_batch"]
)
def test_other_weights_do_not_agree(
    module: ModuleType, more: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the weights of Gaussian inputs and one step are refused by the same run that agrees with its own."""
    name = module.__name__.rpartition(".")[2]
    settings = settings_of(module.PARAMETERS, [*SMALL, *more], check_together)
    agrees, lines = run(module, name, settings, out=tmp_path, show=False)
    assert agrees, lines
    gaussian = tuple(isotropic_weight("maml", rho, sy.m).scalar for rho in (sy.rho_H, sy.rho_E))
    monkeypatch.setattr(module, "weights", lambda *_: gaussian)
    agrees, lines = run(module, name, settings, out=tmp_path, show=False)
    assert not agrees and any("gain: " in line and "6 of 6" not in line for line in lines)


def test_the_threshold_of_the_same_batch() -> None:
    """SB.example: where fresh batches need more than 33 samples, the same batch needs more than 44."""
    settings = {"rho_H": 0.5, "rho_E": 1.0, "alpha": 1.0, "d": 10}
    assert same_batch.threshold(same_batch.FRESH, settings) == pytest.approx(33)
    assert 44 < same_batch.threshold(same_batch.SAME, settings) < 45


def test_the_thresholds_of_other_inputs() -> None:
    settings = {"rho_H": 0.25, "rho_E": 1.0, "alpha": 1.0, "d": 6}
    gaussian = float(curves.curve("threshold", **settings))
    for kind in (kurtosis.INDEPENDENT, kurtosis.ELLIPTICAL):
        assert kurtosis.threshold(kind, np.array(3.0), settings) == pytest.approx(gaussian)
    independent, elliptical = (float(kurtosis.threshold(kind, np.array(9.0), settings)) for kind in (0, 1))
    assert independent == pytest.approx(gaussian * 13 / 7)
    assert elliptical == pytest.approx(gaussian * 23 / 7) and elliptical > 3 * gaussian


def test_a_closed_form_at_its_own_weights_is_the_closed_form() -> None:
    values = {k: p.default for k, p in zip(trained.NAMES, trained.par.MIXTURE, strict=True)} | {"d": 7, "m": 30}
    own = [isotropic_weight("maml", rho, sy.m).scalar for rho in (sy.rho_H, sy.rho_E)]
    for name in ("gain", "weight.maml_m", "risk.erm", "sigma"):
        assert curves.curve_at_weights(name, *own, **values) == pytest.approx(curves.curve(name, **values))
    # The weights of ERM leave no gain; twice the weights leave twice the risk.
    assert curves.curve_at_weights("gain", sy.rho_H, sy.rho_E, **values) == pytest.approx(1)
    twice = curves.curve_at_weights("risk.maml_m", *(2 * w for w in own), **values)
    assert twice == pytest.approx(2 * curves.curve("risk.maml_m", **values))


@pytest.mark.parametrize(("change", "found"), [(0.5, (0, 1)), (7.5, (7, 8)), (300.5, (300, 304))])
def test_bracket(change: float, found: tuple[int, int]) -> None:
    """Where the sign is known everywhere the width is what is asked for."""
    low, high = bracket(lambda m: 1 if m > change else -1, 0.02)
    assert low < change < high and high - low <= max(1, 0.02 * high)
    assert bracket(lambda m: 1 if m > change else -1, 1e-9) == (int(change), int(change) + 1)
    assert (low, high) == found


def test_bracket_stops_where_nothing_is_decided() -> None:
    low, high = bracket(lambda m: 1 if m > 110 else -1 if m < 90 else 0, 1e-9)
    assert low < 90 and high > 110
    low, high = bracket(lambda m: 0 if m == 64 else 1 if m > 63.9 else -1, 0.01)  # met while doubling
    assert low <= 63.9 <= high
