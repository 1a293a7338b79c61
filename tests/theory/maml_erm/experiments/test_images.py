"""What the experiment ``images`` says of its table: each sentence can turn out the other way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from theory.maml_erm.experiments import images
from theory.maml_erm.experiments.image_findings import agreement, at, gain, judged
from theory.maml_erm.experiments.image_samples import Configuration, Replicate, Streams
from verify.runtime.engine import Engine
from verify.runtime.errors import BadInput
from verify.statistics.experiment import Run, Table
from verify.statistics.parameters import settings_of
from verify.statistics.seeding import generator

SMALL = [
    "gap=0,5", "packing=0", "centre=1,0", "p=0.2", "m=20", "alpha=1", "mark=0", "held=0,1", "replicates=3", "images=32",
    "k=12", "easy=40",
]  # fmt: skip


SETTINGS = settings_of(images.PARAMETERS, [*SMALL, "iterations=200", "test=200"])


@pytest.fixture(scope="module")
def table() -> Table:
    return images.run(Run("images", SETTINGS))


def scaled(table: Table, names: tuple[str, ...], factor: float) -> Table:
    """The table with these columns multiplied."""
    places = [[c for c, _ in table.columns].index(name) for name in names]
    rows = tuple(tuple(x * factor if i in places else x for i, x in enumerate(row)) for row in table.rows)
    return replace(table, rows=rows)


def test_every_setting_is_there_once() -> None:
    each = images.configurations(SETTINGS)
    assert each[0] == Configuration() and len(each) == len(set(each)) == 5
    assert len(images.configurations({p.name: p.default for p in images.PARAMETERS})) >= 30


@pytest.mark.parametrize("text", ["gap=6", "packing=0.6", "centre=1.5"])
def test_knobs_beyond_their_ends(text: str) -> None:
    with pytest.raises(BadInput, match="at most"):
        images.configurations(settings_of(images.PARAMETERS, [text]))


def test_risks_agree_and_wrong_ones_do_not(table: Table) -> None:
    assert table.agrees and agreement(table, "general")[0] < 0.05
    predicted = tuple(name for name, _ in table.columns if name.startswith("general_"))
    wrong = judged(scaled(table, predicted, 1.1), SETTINGS, kinds=5)
    assert not wrong.agrees and "differ by" in wrong.summary[0]


def test_a_gain_beyond_the_bound_is_noticed(table: Table) -> None:
    wrong = judged(scaled(table, ("measured_maml_hard", "measured_maml_easy"), 0.1), SETTINGS, kinds=5)
    assert not wrong.agrees
    assert f"in {len(table.rows)} of {len(table.rows)} runs" in table.summary[2]
    assert f"in {len(table.rows)} of {len(table.rows)} runs" not in wrong.summary[2]


def test_adaptations_that_are_off_are_noticed(table: Table) -> None:
    wrong = scaled(table, tuple(name for name, _ in table.columns if name.startswith("exact_")), 1.2)
    assert not judged(wrong, SETTINGS, kinds=5).agrees


def test_sentences_about_knobs_depend_on_the_gains(table: Table) -> None:
    def said(of: Table) -> str:
        return next(line for line in judged(of, SETTINGS, kinds=5).summary if "widest hardness gap" in line)

    narrow, wide = (at(table, gap=gap).rows for gap in (0, 5))
    gap = [c for c, _ in table.columns].index("gap")
    same = tuple((*row[:gap], g, *row[gap + 1 :]) for g in (0, 5) for row in wide)
    more = scaled(replace(table, rows=wide), ("measured_erm_hard", "measured_erm_easy"), 3.0).rows
    rest = tuple(row for row in table.rows if row not in narrow + wide)
    assert "not shown to be larger" in said(replace(table, rows=rest + same))
    assert "larger by at least" in said(replace(table, rows=rest + narrow + more))


def test_gains_are_those_of_the_mixture(table: Table) -> None:
    part = at(table, gap=5)
    erm, maml = (0.2 * part.column(f"exact_{m}_hard") + 0.8 * part.column(f"exact_{m}_easy") for m in ("erm", "maml"))
    assert np.allclose(gain(part, "exact"), erm / maml)
    assert gain(part, "measured").mean() > gain(at(table, gap=0), "measured").mean()


def test_letters_to_be_judged_on_are_no_letters_of_training() -> None:
    replicate = Replicate(Streams.of(generator(0, "held", 0)), images=6, k=4, easy=20)
    for mark in (0, 4):
        known, new = (replicate.world(Configuration(mark=mark, held=held)) for held in (0, 1))
        assert np.shares_memory(known.train.features, known.known.features)
        assert set(known.train.tasks.positive) == set(known.fresh.tasks.positive)
        assert not set(new.train.tasks.positive) & set(new.fresh.tasks.positive)
        assert np.array_equal(new.known.tasks.positive, new.fresh.tasks.positive)
        assert not np.array_equal(new.known.features, new.fresh.features)


def test_streams_by_purpose_are_different() -> None:
    first = Streams.of(generator(0, "images images", 0))
    drawn = [np.random.default_rng(seed).integers(2**62) for seed in vars(first).values()]
    assert len(set(drawn)) == len(drawn) == 7
    again = Streams.of(generator(0, "images images", 0))
    assert drawn == [np.random.default_rng(seed).integers(2**62) for seed in vars(again).values()]


FEW = {"gap": (5,), "centre": (1.0,), "held": (0,), "replicates": 2, "images": 12, "iterations": 20, "test": 100}


def test_two_workers_give_the_same_bytes() -> None:
    alone = images.run(Run("images", {**SETTINGS, **FEW}))
    with Engine(2).executor("spawn") as pool:
        shared = images.run(Run("images", {**SETTINGS, **FEW}, executor=pool))
    assert np.array(alone.rows).tobytes() == np.array(shared.rows).tobytes()
    assert alone.rows[0] != images.run(Run("images", {**SETTINGS, **FEW}, seed=1)).rows[0]


def test_a_finished_sample_is_not_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = Run("images", {**SETTINGS, **FEW}, store=tmp_path)
    expected = images.run(job)
    monkeypatch.setattr(np.random, "default_rng", None)  # nothing may be drawn now
    assert images.run(job).rows == expected.rows
