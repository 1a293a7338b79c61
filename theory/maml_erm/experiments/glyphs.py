"""The letters that the experiments on images are made of: 2,500 letters of 15 scripts, written by many hands.

A check that the images are what they are taken for: those of a second sample are compared with the mean images of a
first one, among some letters of their script, and among the two letters of a pair that differ in one mark. The figure
is a sheet of letters, a script a row, with pairs of the hard tasks below.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np

from theory.maml_erm.experiments import parameters as par
from theory.maml_erm.images import SCRIPTS, SIDE, Glyphs, Letter, Pair, glyphs, letters, pairs
from theory.maml_erm.images.alphabets import drawn_letters
from theory.maml_erm.images.faces import faces_of
from verify.statistics.experiment import Array, Run, Table

T = TypeVar("T")

CLAIMS = ()
PARAMETERS = (
    par.Parameter("letters", 8, "count", "letters of each script that are compared and shown", least=2),
    par.Parameter("images", 20, "count", "images of each letter in both samples", least=3),
    par.Parameter("pairs", 16, "count", "pairs of letters that differ by a diaeresis, compared and shown"),
)
FAST = {"images": 10}
COLUMNS = (
    ("script", "script of the letters"),
    ("drawn", "letters in DejaVu Sans"),
    ("twins", "letters among them that look like an earlier one, and are left out"),
    ("letters", "letters that are left"),
    ("hands", "faces that have such a letter, on average"),
    ("right", "share of new images that the nearest mean image of the compared letters belongs to"),
    ("chance", "the same by chance"),
)
DELTA = 1e-6  # error probability of the sentence that all letters are recognised better than by chance
SHOWN = 3  # images of each letter on the sheet
MARK = "diaeresis"
GAP = 14  # pixels between the scripts and the pairs on the sheet


def work(rng: np.random.Generator, items: Any, *, per_letter: int) -> Array:
    """For each row of code points: the share of new images that are nearest to the mean image of their own letter."""
    by_code = {x.code: x for x in drawn_letters()}
    found = []
    for codes in items:
        known, fresh = (
            glyphs([by_code[c] for c in codes], per_letter, int(seed), keep=False)
            for seed in rng.integers(2**32, size=2)
        )
        found.append(recognised(known, fresh))
    return np.array(found)


def recognised(known: Glyphs, fresh: Glyphs) -> float:
    """The share of the fresh images whose nearest mean image of the known letters is that of their own."""
    means = known.pixels(14).mean(axis=1)
    gaps = np.square(fresh.pixels(14)[:, :, None] - means).sum(axis=-1)
    return float((gaps.argmin(axis=-1) == np.arange(len(means))[:, None]).mean())


def margin(images: int, tests: int) -> float:
    """By how much a share of so many images exceeds its mean with probability at most DELTA in any of the tests.

    Source: Hoeffding 1963. By chance, that is if images say nothing about their letter, they are independent.
    """
    return math.sqrt(math.log(tests / DELTA) / (2 * images))


def run(job: Run) -> Table:
    t = job.settings
    rng = np.random.default_rng(job.seed)
    names = [s for s in SCRIPTS.values() if len(letters(s)) >= t["letters"]]
    chosen = {s: _some(rng, letters(s), t["letters"]) for s in names}
    several = _some(rng, pairs(MARK), t["pairs"])
    items = [tuple(x.code for x in group) for group in chosen.values()]
    found = job.map(work, items, part="scripts", chunk_size=4, per_letter=t["images"])
    marked = job.map(
        work, [(p.plain.code, p.marked.code) for p in several], part="pairs", chunk_size=8, per_letter=t["images"]
    )
    drawn = drawn_letters()
    rows = []
    for script, right in zip(names, found, strict=True):
        all_of_them, kept = sum(x.script == script for x in drawn), letters(script)
        hands = float(np.mean([len(faces_of(x.code)) for x in kept]))
        counts = (all_of_them, all_of_them - len(kept), len(kept))
        rows.append((script, *counts, hands, float(right), 1 / t["letters"]))
    table = Table(COLUMNS, tuple(rows))
    least = 1 / t["letters"] + margin(t["letters"] * t["images"], len(rows))
    sure = bool(np.all(table.column("right") > least))
    said = "yes" if sure else "no" if least < 1 else "too few images to tell"
    summary = (
        f"{sum(r[3] for r in rows):,} letters of {len(rows)} scripts; {sum(r[2] for r in rows)} more, left out, look "
        "like one of them",
        f"new images are recognised more often than by chance in every script (error probability {DELTA:g}): {said}; "
        f"among {t['letters']} letters {table.column('right').mean():.0%} are",
        f"in these runs {marked.mean():.0%} are recognised between two letters that differ by a {MARK}; from its own "
        f"marked letter a letter is {nearness(several, job.seed):.1f} times less far than from any of them",
    )
    sheet = {s: _strip(group, job.seed) for s, group in chosen.items()}
    below = [[x for p in part for x in (p.plain, p.marked)] for part in _parts(several, t["letters"] // 2)]
    extra = {"sheet": sheet, "pairs": [_strip(part, job.seed) for part in below]}
    return Table(COLUMNS, tuple(rows), summary, sure or least >= 1, extra)


def _some(rng: np.random.Generator, all_of_them: Sequence[T], count: int) -> list[T]:
    """Some of them at random, in their order."""
    return [all_of_them[i] for i in sorted(rng.permutation(len(all_of_them))[:count])]


def _parts(several: list[T], size: int) -> list[list[T]]:
    return [several[i : i + size] for i in range(0, len(several), size)]


def nearness(several: Sequence[Pair], seed: int) -> float:
    """The mean distance of a plain letter from any marked one over that from its own, between mean images."""
    both = sorted({x for p in several for x in (p.plain, p.marked)})
    drawn = glyphs(both, 10, (seed, 2), keep=False)
    between = drawn.distances()
    a, b = drawn.places(p.plain for p in several), drawn.places(p.marked for p in several)
    return float(between[np.ix_(a, b)].mean() / between[a, b].mean())


def _strip(group: Sequence[Letter], seed: int) -> Array:
    """Some images of each letter side by side, ink 1."""
    drawn = glyphs(sorted(set(group)), SHOWN, (seed, 1), keep=False)
    images = drawn.pixels()[drawn.places(group)]
    return np.concatenate(list(images.reshape(-1, SIDE, SIDE)), axis=1)


def draw(table: Table, settings: Any) -> Any:
    from verify.statistics import figure

    sheet, below = table.extra["sheet"], table.extra["pairs"]
    labels = [f"{s} ({int(n):,})" for s, n in zip(table.column("script"), table.column("letters"), strict=True)]
    labels += ["hard pairs" if i == len(below) // 2 else "" for i in range(len(below))]
    rows = [*sheet.values(), *below]
    width = max(row.shape[1] for row in rows)
    paper = np.zeros((SIDE * len(rows) + GAP, width))
    middles = []
    for i, row in enumerate(rows):
        top = SIDE * i + (GAP if i >= len(sheet) else 0)
        paper[top : top + SIDE, : row.shape[1]] = row
        middles.append(top + SIDE / 2)
    fig, (ax,) = figure.panels(width=6.0, height=0.6 + 4.7 * paper.shape[0] / width)
    ax.imshow(paper, cmap="Greys", vmin=0, vmax=1, interpolation="antialiased")
    ax.set_yticks(middles, labels, fontsize=8)
    ax.set_xticks([])
    ax.tick_params(length=0)
    ax.grid(False)
    for side in ax.spines.values():
        side.set_visible(False)
    figure.caption(
        fig,
        f"Letters of {len(sheet)} scripts (how many there are), {SHOWN} images of each",
        f"below: letter and letter with {MARK}, what hard tasks tell apart",
    )
    return fig
