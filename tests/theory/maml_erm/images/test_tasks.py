"""Tasks of letters: every knob moves what it says and leaves the rest; what is drawn has the stated shares."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from theory.maml_erm.images import FiveWay, Glyphs, TwoWay, episodes, five_way, glyphs, letters, pairs, two_way
from verify.runtime.errors import BadInput

SCRIPTS = ("Canadian", "Latin", "Arabic", "Georgian", "Armenian")


@cache
def marked() -> Glyphs:
    chosen = pairs("diaeresis")
    return glyphs(sorted({x for p in chosen for x in (p.plain, p.marked)}), 8, 1, keep=False)


@cache
def several() -> Glyphs:
    return glyphs([x for s in SCRIPTS for x in letters(s)[:40]], 6, 1, keep=False)


def tasks(**knobs: object) -> TwoWay:
    return two_way(marked(), pairs("diaeresis"), np.random.default_rng(5), **knobs)  # type: ignore[arg-type]


def distance(found: TwoWay, hard: bool) -> float:
    between = marked().distances()[found.positive, found.negative]
    return float(np.average(between, weights=np.where(found.hard == hard, found.weight, 0)))


def test_hardness_gap() -> None:
    assert distance(tasks(gap=None), False) == pytest.approx(distance(tasks(gap=None), True), rel=0.2)
    far, middle, near = (distance(tasks(gap=gap), False) for gap in ((0.8, 1.0), (0.2, 0.5), (0.0, 0.05)))
    assert far > 1.2 * middle and middle > 1.2 * near


def test_packing_exchanges_labels_of_hard_tasks_only() -> None:
    codes = {x: chr(marked().letters[x].code) for x in range(len(marked().letters))}
    plain = {chr(p.plain.code) for p in pairs("diaeresis")}
    for packing in (0.0, 0.3, 0.5):
        found = tasks(packing=packing)
        marked_first = np.array([codes[x] not in plain for x in found.positive])
        assert found.weight[found.hard & marked_first].sum() == pytest.approx(1 - packing)
        assert found.weight[~found.hard & marked_first].sum() == pytest.approx(0)


def test_centre_moves_labels_of_easy_tasks_only() -> None:
    plain = {p.plain.code for p in pairs("diaeresis")}
    for centre in (1.0, 0.0, -1.0):
        found = tasks(centre=centre)
        plain_first = np.array([marked().letters[x].code in plain for x in found.positive])
        assert found.weight[~found.hard & plain_first].sum() == pytest.approx((1 + centre) / 2)
        assert found.weight[found.hard & plain_first].sum() == pytest.approx(0)


def test_share_of_hard_tasks() -> None:
    """20,000 draws, each hard with probability 0.3: off by five standard errors with probability below 1e-6."""
    found = tasks()
    chosen = found.draw(np.random.default_rng(0), 20_000, 0.3)
    assert abs(found.hard[chosen].mean() - 0.3) < 5 * (0.3 * 0.7 / 20_000) ** 0.5
    assert abs(found.hard[chosen].mean() - 0.33) > 5 * (0.3 * 0.7 / 20_000) ** 0.5
    assert found.probability(0.3).sum() == pytest.approx(1)
    assert not found.hard[found.draw(np.random.default_rng(0), 1000, 0.0)].any()


@pytest.mark.parametrize(
    "knobs", [{"gap": (0.5, 0.5)}, {"packing": 0.6}, {"centre": -1.5}, {"easy": 0}, {"gap": (-0.1, 1.0)}]
)
def test_knobs_that_mean_nothing(knobs: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        tasks(**knobs)


def test_episodes_show_no_image_twice() -> None:
    found = tasks()
    rng = np.random.default_rng(0)
    where = found.letters(found.draw(rng, 50, 0.5))
    support, query, slots, judged = episodes(rng, where, marked().count, shots=3, query=5)
    assert support.shape == (50, 6) and query.shape == (50, 10)
    both = np.concatenate([support, query], axis=1)
    assert all(len(set(row)) == 16 for row in both)
    assert np.array_equal(support // marked().count, where[:, slots])
    assert np.array_equal(query // marked().count, where[:, judged])
    with pytest.raises(BadInput, match="are needed"):
        episodes(rng, where, marked().count, shots=4, query=5)


def five(**more: object) -> FiveWay:
    return five_way(several(), SCRIPTS, np.random.default_rng(3), **more)  # type: ignore[arg-type]


def test_five_letters_of_one_script_or_of_five() -> None:
    found = five(clusters=3)
    assert found.clusters.shape == (3, 5) and len(set(found.clusters.ravel())) == 15
    scripts = np.array([x.script for x in several().letters])
    assert set(scripts[found.clusters].ravel()) == {"Canadian"}
    assert all(len(set(row)) == 1 for row in scripts[five(clusters=5, of=SCRIPTS).clusters])
    assert set(scripts[five(clusters=5, of=SCRIPTS).clusters].ravel()) == set(SCRIPTS)
    where, hard = found.draw(np.random.default_rng(0), 200, 0.4)
    assert where.shape == (200, 5) and 40 < hard.sum() < 120  # 80 expected, more than five standard errors away
    assert all(tuple(row) == SCRIPTS for row in scripts[where[~hard]])


def test_alike_letters_are_nearer_than_any() -> None:
    between = several().distances()

    def width(found: FiveWay) -> float:
        return float(np.mean([between[np.ix_(row, row)].sum() for row in found.clusters]))

    assert width(five(clusters=4)) < 0.8 * width(five(clusters=4, alike=False))


def test_permuted_letters_have_random_slots() -> None:
    fixed, permuted = (five(permuted=p).draw(np.random.default_rng(0), 50, 1.0)[0] for p in (False, True))
    assert len({tuple(row) for row in fixed}) == 1
    assert len({tuple(row) for row in permuted}) > 10 and len({tuple(sorted(row)) for row in permuted}) == 1


def test_too_few_letters() -> None:
    with pytest.raises(BadInput, match="too few letters"):
        five(clusters=9)
    with pytest.raises(BadInput, match="5 different scripts"):
        five_way(several(), SCRIPTS[:4], np.random.default_rng(0))
