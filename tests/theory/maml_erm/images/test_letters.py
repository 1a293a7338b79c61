"""Letters: found in the fonts, told apart, written the same way for the same seed. No image is compared with a hash."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from theory.maml_erm.images import SIDE, glyphs, letters, pairs, split, twins, written
from theory.maml_erm.images.alphabets import TWINS, _blurred, _first_alike, drawn_letters
from theory.maml_erm.images.kept import kept
from verify.runtime.errors import BadInput


def test_there_are_letters_of_many_scripts() -> None:
    found = Counter(letter.script for letter in letters())
    # Fewer than what DejaVu 2.37 has, so that another version of it or of FreeType does not matter.
    assert sum(found.values()) > 2300 and len(found) >= 15
    assert found["Latin"] > 800 and all(found[s] >= 60 for s in ("Canadian", "Arabic", "Greek", "Armenian", "Hebrew"))


def test_letters_that_look_alike_are_one() -> None:
    alike = twins()
    assert alike[ord("\N{GREEK CAPITAL LETTER ALPHA}")] == ord("A")
    assert alike[ord("\N{CYRILLIC SMALL LETTER O}")] == ord("o")
    for code in map(ord, "ABceoÄ"):  # a control: letters that differ stay apart, also by a mark
        assert alike[code] == code
    assert len({x.code for x in letters()}) == len({alike[x.code] for x in drawn_letters()})


def test_twins_are_found_by_their_distance() -> None:
    rows = _blurred([ord(c) for c in "OQOX"])
    assert _first_alike(rows).tolist() == [0, 1, 0, 3]
    near = rows[:1] * (1 - 0.9 * TWINS), rows[:1] * (1 - 1.1 * TWINS)  # a little nearer than twins, a little further
    found = [_first_alike(np.concatenate([rows[:1], other]).astype(np.float32)).tolist() for other in near]
    assert found == [[0, 0], [0, 1]]


def test_the_seed_decides_what_is_written() -> None:
    code = ord("Ж")
    first = written(code, 4, 7)
    assert first.shape == (4, SIDE, SIDE) and first.dtype == np.uint8
    assert np.array_equal(first, written(code, 4, 7))
    assert not np.array_equal(first, written(code, 4, 8))
    assert not np.array_equal(first, written(code, 4, (7, 1)))
    assert len({image.tobytes() for image in first}) == 4


def test_a_letter_does_not_depend_on_the_others() -> None:
    chosen = letters("Hebrew")[:5]
    all_of_them = glyphs(chosen, 3, 1, keep=False)
    alone = glyphs(chosen[3:4], 3, 1, keep=False)
    assert np.array_equal(all_of_them.images[3], alone.images[0])
    assert all_of_them.places(chosen[3:4]).tolist() == [3]
    with pytest.raises(BadInput, match="is not among"):
        alone.places(chosen[:1])


def test_images_show_their_letters() -> None:
    """The nearest of 20 letters, by mean images of other samples, is right far more often than by chance (5 %)."""
    chosen = [letters()[i] for i in np.random.default_rng(0).permutation(len(letters()))[:20]]
    means = glyphs(chosen, 20, 1, keep=False).pixels(14).mean(axis=1)
    fresh = glyphs(chosen, 10, 2, keep=False).pixels(14)
    nearest = np.square(fresh[:, :, None] - means).sum(axis=-1).argmin(axis=-1)
    right = float((nearest == np.arange(20)[:, None]).mean())
    shuffled = float((nearest == np.roll(np.arange(20), 1)[:, None]).mean())
    assert right > 0.7 and shuffled < 0.1


def test_pixels_are_means() -> None:
    found = glyphs(letters("Lao")[:2], 2, 1, keep=False)
    small, large = found.pixels(14), found.pixels()
    assert small.shape == (2, 2, 196) and large.shape == (2, 2, 784) and small.dtype == np.float32
    assert small.mean() == pytest.approx(large.mean(), rel=1e-5)
    assert large.min() >= 0 and large.max() <= 1
    with pytest.raises(BadInput, match="divide 28"):
        found.pixels(5)


def test_pairs_differ_in_one_mark() -> None:
    chosen = pairs("diaeresis")
    assert len(chosen) > 25 and all(pair.mark == "diaeresis" for pair in chosen)
    alike = twins()
    marked = [alike[pair.marked.code] for pair in chosen]
    assert len(set(marked)) == len(marked)
    assert not {"i", "j"} & {chr(pair.plain.code) for pair in chosen}
    assert len(pairs()) > 200 > len(chosen)
    with pytest.raises(BadInput, match="there is no mark"):
        pairs("umlaut")


def test_letters_to_test_with_are_not_trained_with() -> None:
    train, test = split(pairs(), np.random.default_rng(0))
    assert not {pair.plain for pair in train} & {pair.plain for pair in test}
    assert sorted(train + test) == list(pairs()) and len(train) > len(test)


def test_what_is_kept_is_read_and_what_is_damaged_is_made_again(tmp_path: Path) -> None:
    made = []

    def make() -> np.ndarray:
        made.append(1)
        return np.arange(5)

    for _ in range(2):
        assert kept(make, "x", 1, folder=tmp_path).tolist() == [0, 1, 2, 3, 4]
    assert len(made) == 1
    kept(make, "x", 2, folder=tmp_path)
    assert len(made) == 2  # something else that it depends on
    for path in tmp_path.iterdir():
        data = bytearray(path.read_bytes())
        data[-1] ^= 1
        path.write_bytes(data)
    assert kept(make, "x", 1, folder=tmp_path).tolist() == [0, 1, 2, 3, 4]
    assert len(made) == 3
    for path in tmp_path.iterdir():
        path.write_bytes(b"")
    assert kept(make, "x", 1, folder=tmp_path).tolist() == [0, 1, 2, 3, 4]
    assert len(made) == 4


def test_the_oldest_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def make(k: int) -> np.ndarray:
        made.append(k)
        return np.full(1000, k)

    monkeypatch.setattr("theory.maml_erm.images.kept.ROOM", 20_000)  # two of these, not three
    stamped: set[Path] = set()
    for time, k in enumerate((1, 2, 3, 3, 2, 1)):
        assert kept(lambda k=k: make(k), k, folder=tmp_path)[0] == k
        for path in set(tmp_path.iterdir()) - stamped:  # clocks of file systems are coarse
            os.utime(path, ns=(time, time))
            stamped.add(path)
    assert made == [1, 2, 3, 1] and len(list(tmp_path.iterdir())) == 2


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert kept(lambda: np.ones(1), "y", folder=tmp_path / "file" / "x").tolist() == [1.0]
