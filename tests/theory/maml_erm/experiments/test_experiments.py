"""Every experiment, small: it runs, agrees with the theory, and gives the same bytes from any number of workers."""

from __future__ import annotations

import csv
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner

from tests.verify.statistics import drawn
from theory.maml_erm import THEORY
from theory.maml_erm.experiments import NAMES, check_together
from verify.commands.simulate import find, run, simulate
from verify.runtime.engine import Engine
from verify.runtime.errors import BadInput
from verify.statistics import layout
from verify.statistics.parameters import settings_of

SMALL = {
    "collapse": ["d=10,1000000", "points=7", "tasks=5000"],
    "threshold": ["d=10,1000,1000000", "tolerance=0.01", "largest=65536"],
    "packing": ["points=4"],
    "discrepancy": ["points=6", "ratio=3,300"],
    "steps": ["K=1,3", "points=6"],
    "mismatch": ["points=6"],
    "anisotropic": ["d=200", "directions=4"],
    "sandwich": ["d=2", "points=3", "mixtures=3", "beta=0,1"],
    "convergence": ["T=50,200", "repetitions=12", "d=2"],
    "kurtosis": ["d=3", "points=3", "shown=1,9", "kurtosis=1,9", "training=1000", "test=1000", "largest=4096"],
    "same_batch": ["d=3", "points=3", "training=1000", "test=1000", "largest=4096"],
    "networks": [
        "levels=0",
        "gap=0",
        "packing=0.5",
        "centre=0",
        "p=0.2",
        "designs=0",
        "seeds=2",
        "iterations=50",
        "tested=20",
    ],
    "glyphs": ["letters=8", "images=8", "pairs=3"],
    "images": [
        "gap=0", "packing=0.5", "centre=0", "p=0.8", "m=20", "alpha=0.5", "mark=0", "held=0", "replicates=2",
        "images=40", "k=16", "easy=60", "iterations=200", "test=100",
    ],
    "optimisation": ["d=10,1000", "points=9", "eps=0.001", "mixtures=12", "size=3"],
    "representation": [
        "d=40", "k=2", "iterations=500", "repetitions=1", "diverse=0.0025,1", "points=3", "m=10", "tasks=50000",
        "training=50000", "draws=4000",
    ],
}  # fmt: skip


def small(name: str) -> dict[str, object]:
    return settings_of(find(name).PARAMETERS, SMALL[name], check_together)


@pytest.mark.parametrize("name", NAMES)
def test_points_lie_on_the_curves_of_the_theory(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if name == "networks":
        pytest.importorskip("jax")
    saved = []
    monkeypatch.setattr(layout, "arrange", lambda fig, arrange=layout.arrange: (saved.append(fig), arrange(fig)))
    agrees, lines = run(find(name), name, small(name), out=tmp_path, show=False)
    assert agrees, lines
    text = (tmp_path / f"{name}.csv").read_text()
    rows = list(csv.reader(line for line in text.splitlines() if not line.startswith("#")))
    assert len(rows) > 2 and all(len(row) == len(rows[0]) for row in rows)
    assert (tmp_path / f"{name}.png").read_bytes().startswith(b"\x89PNG")
    assert not (tmp_path / ".chunks").exists()
    reads_well(saved[0], find(name), small(name))


def reads_well(fig: Any, module: ModuleType, settings: dict[str, Any]) -> None:
    """The figure, as it was saved: nothing covered or cut off, and every parameter is stated or seen in it."""
    drawn.again(fig)
    assert not drawn.covered(fig) and not drawn.cut_off(fig) and not drawn.overlapping(fig)
    said = " ".join(" ".join(t.get_text() for t in fig.texts).split())
    axes = getattr(module, "AXES", ())
    assert set(axes) <= settings.keys() and "seed 0" in said
    for p in module.PARAMETERS:
        if p.name in axes:
            assert all(drawn.is_shown(value, fig) for value in settings[p.name]), p.name
        else:
            assert p.stated(settings[p.name]) in said, p.name


@pytest.mark.parametrize("name", ["collapse", "convergence"])
def test_two_workers_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    for workers in (1, 2):
        run(find(name), name, small(name), out=tmp_path / str(workers), engine=Engine(workers), show=False)
    for suffix in ("csv", "png"):
        one, two = ((tmp_path / str(k) / f"{name}.{suffix}").read_bytes() for k in (1, 2))
        assert one == two


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = find("steps")
    expected = tmp_path / "whole"
    run(module, "steps", small("steps"), out=expected, show=False)
    original, calls = module.Mixture.gain, []

    def gain(self: object, **more: object) -> object:
        calls.append(self)
        if len(calls) == 10:
            raise KeyboardInterrupt
        return original(self, **more)

    monkeypatch.setattr(module.Mixture, "gain", gain)
    with pytest.raises(KeyboardInterrupt):
        run(module, "steps", small("steps"), out=tmp_path, show=False)
    assert list(tmp_path.glob(".chunks/*/*/chunk-*.npy"))
    done = len(calls)
    run(module, "steps", small("steps"), out=tmp_path, show=False)
    assert len(calls) - done < 12
    for suffix in ("csv", "png"):
        assert (tmp_path / f"steps.{suffix}").read_bytes() == (expected / f"steps.{suffix}").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_what_an_experiment_is_about_is_claimed(name: str) -> None:
    module = find(name)
    assert set(module.CLAIMS) <= THEORY.stated.keys()
    assert module.CLAIMS or name in ("glyphs", "networks"), "only these are about no claim"


def test_slope_of_the_threshold(tmp_path: Path) -> None:
    settings = settings_of(find("threshold").PARAMETERS, ["d=10,1000,100000,1000000", "tolerance=0.001"])
    _, lines = run(find("threshold"), "threshold", settings, out=tmp_path, show=False)
    for line in lines:
        if line.strip().startswith("slope"):
            assert abs(float(line.split()[-1])) < 1e-3
    assert any("false-alarm budget 1e-06" in line for line in lines)


# ---------------------------------------------------------------- the command


def call(*arguments: str) -> object:
    return CliRunner().invoke(simulate, list(arguments), standalone_mode=False)


def test_list() -> None:
    text = call("--list").output  # type: ignore[attr-defined]
    assert all(name in text for name in NAMES)
    assert "rho_H" in call("collapse", "--list").output  # type: ignore[attr-defined]


def test_fast_settings_come_before_those_that_are_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find("steps"), "FAST", {"K": (1, 2), "points": 4}, raising=False)
    arguments = ["steps", "--fast", "--set", "points=5", "--out", str(tmp_path)]
    assert call(*arguments).exit_code == 0  # type: ignore[attr-defined]
    head = (tmp_path / "steps.csv").read_text().splitlines()[1]
    assert '"K": [1, 2], "points": 5' in head
    assert "default 1,2,4,8, with --fast 1,2" in call("steps", "--list").output  # type: ignore[attr-defined]


def test_an_experiment_without_fast_settings_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(find("steps"), "FAST", raising=False)
    with pytest.raises(BadInput, match="steps has no settings for --fast"):
        raise call("steps", "--fast").exception  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", [name for name in NAMES if hasattr(find(name), "FAST")])
def test_fast_settings_are_values_that_could_be_set(name: str) -> None:
    module = find(name)
    known = {p.name: p for p in module.PARAMETERS}
    for key, value in module.FAST.items():
        assert known[key].parse(known[key].shown(value)) == value
    settings_of(module.PARAMETERS, [], check_together, instead=module.FAST)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["colapse"], "did you mean collapse"),
        (["collapse", "--set", "rhoH=1"], "did you mean rho_H"),
        (["collapse", "--set", "rho_H"], "key=value"),
        (["collapse", "--set", "rho_H=x"], "is not a number"),
        (["collapse", "--set", "rho_H=1/0"], "is not a number"),
        (["collapse", "--set", "rho_H=nan"], "is not a number"),
        (["collapse", "--set", "rho_H=2"], "less than rho_E"),
        (["collapse", "--set", "alpha=5"], "less than 2/(rho_H + rho_E)"),
        (["collapse", "--set", "p=1"], "less than 1"),
        (["collapse", "--set", "d="], "at least one value"),
        (["collapse", "--set", "d=1.5"], "integer"),
        (["collapse", "--set", "d=1e12"], "beyond"),
        (["collapse", "--set", "p=0.5", "--set", "p=0.5"], "set twice"),
        (["collapse", "--set", "V_H=0", "--set", "V_E=0"], "both 0"),
        (["steps", "--executor", "dask"], "needs an address"),
        (["steps", "--executor", "dask", "--scheduler", "no address"], "is no address"),
        (["steps", "--out", "/dev/null/x"], "cannot write"),
    ],
)
def test_bad_input_says_what_to_write_instead(arguments: list[str], said: str) -> None:
    result = call(*arguments)
    assert isinstance(result.exception, BadInput)  # type: ignore[attr-defined]
    assert said in str(result.exception)  # type: ignore[attr-defined]


def test_the_figure_is_shown_where_there_is_a_viewer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    monkeypatch.setattr("click.launch", lambda path: opened.append(path) or 0)
    small_run = ["steps", *(x for text in SMALL["steps"] for x in ("--set", text)), "--out", str(tmp_path)]
    monkeypatch.setenv("DISPLAY", ":0")
    assert "no viewer" not in call(*small_run).output and not opened  # type: ignore[attr-defined]
    assert "no viewer" not in call(*small_run, "--show").output  # type: ignore[attr-defined]
    assert opened == [str(tmp_path / "steps.png")]
    monkeypatch.setattr("click.launch", lambda path: 1)
    assert f"open {tmp_path / 'steps.png'}" in call(*small_run, "--show").output  # type: ignore[attr-defined]


def test_executors_of_this_machine() -> None:
    with Engine(1).executor("spawn") as none:
        assert none is None
    with Engine(2).executor("spawn") as pool:
        assert pool is not None and pool.submit(abs, -3).result() == 3
