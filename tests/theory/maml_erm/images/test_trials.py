"""What trials work on: letters are held out, settings of one seed share everything random, seeds share nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from theory.maml_erm.images.levels import begin
from theory.maml_erm.images.material import IMAGES, drawn, frozen, hardness_gap, letters_of, material, stream, tasks_of
from theory.maml_erm.images.plan import DESIGNS, LEVELS, LINEARISED, NETWORK, Setting, Size

SMALL = Size(hidden=4, iterations=30, tasks=4, tested=50, shots=3, frozen=6, learned=3)
USUAL = Setting()


def letters_in(rows: np.ndarray) -> set[int]:
    return set(np.unique(rows // IMAGES).tolist())


def test_no_letter_to_test_with_was_trained_on() -> None:
    data = letters_of(0, 0)
    given = material(USUAL, SMALL, 0, 0)
    trained = letters_in(np.concatenate([x.ravel() for x in given.batches]))
    tested = letters_in(np.concatenate([x.ravel() for batch in given.tests for x in batch]))
    chosen = letters_in(np.concatenate([x.ravel() for batch in given.choice for x in batch]))
    plain = {int(i) for i in data.glyphs.places({p.plain for p in data.train})}
    assert not trained & tested and tested
    # The step is chosen on letters that were trained on: a control that the sets above can meet.
    assert chosen & trained and plain & trained


def test_support_and_query_images_of_a_task_are_apart() -> None:
    data = letters_of(0, 0)
    tasks = tasks_of(data, USUAL, 0, 0, held=False)
    support, query = drawn(stream(0, "test", 0), tasks, 40, 0.5, 5, 8)
    assert support.shape == (40, 10) and query.shape == (40, 16)
    assert all(not set(s) & set(q) for s, q in zip(support.tolist(), query.tolist(), strict=True))
    # The first half of a task's images is one letter, the second half the other one.
    assert all(len(letters_in(s[:5])) == len(letters_in(s[5:])) == 1 for s in support)


def test_settings_share_what_is_random_and_seeds_do_not() -> None:
    packed, spread, other = (
        material(s, SMALL, 0, seed) for s, seed in ((USUAL, 0), (replace(USUAL, packing=0.5), 0), (USUAL, 1))
    )
    assert packed.seen is spread.seen
    assert letters_in(packed.tests[1][0]) == letters_in(spread.tests[1][0])
    assert not np.array_equal(packed.batches[0], spread.batches[0])  # exchanged labels: the other letter comes first
    assert not np.array_equal(packed.seen, other.seen)
    weights = [begin(NETWORK, SMALL, stream(0, "initial weights", seed), 196).start[0][0] for seed in (0, 0, 1)]
    assert np.array_equal(weights[0], weights[1]) and not np.array_equal(weights[0], weights[2])
    purposes = [stream(0, purpose, 0).random() for purpose in ("initial weights", "training tasks", "filters", "body")]
    assert len(set(purposes)) == len(purposes)


def test_the_hardness_gap_is_none_where_easy_tasks_are_the_hard_pairs() -> None:
    seen = frozen(0, 0, 12)[0]
    narrow, wide = (hardness_gap(seen, replace(USUAL, gap=gap), 0, 0) for gap in (None, (0.8, 1.0)))
    assert narrow == pytest.approx(1, abs=0.1) and wide > 2


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_linear_begins_at_zero(level: str) -> None:
    at = begin(level, SMALL, np.random.default_rng(0), 196)
    assert bool(at.start[0][0].any()) is (level == NETWORK)
    assert bool(at.anchor[0][0].any()) is (level in (NETWORK, LINEARISED))


def test_designs_differ_from_the_first_in_one_thing_each() -> None:
    first = DESIGNS["one script"]
    for name, design in DESIGNS.items():
        changed = [k for k in ("clusters", "scripts", "permuted", "alike") if getattr(design, k) != getattr(first, k)]
        assert len(changed) == (name != "one script")
