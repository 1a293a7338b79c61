"""The experiment `glyphs`: its check notices images that do not show their letters."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from theory.maml_erm.experiments.glyphs import margin, recognised
from theory.maml_erm.images import glyphs, letters


def test_images_of_other_letters_are_not_recognised() -> None:
    chosen = letters("Armenian")[:8]
    known, fresh = (glyphs(chosen, 20, seed, keep=False) for seed in (1, 2))
    assert recognised(known, fresh) > 1 / 8 + margin(160, 15)
    mixed = replace(fresh, images=np.roll(fresh.images, 3, axis=0))
    assert recognised(known, mixed) < 1 / 8 + margin(160, 15)


def test_margin_covers_chance() -> None:
    """Shares by chance stay below the margin in all of 2,000 runs, and not below a quarter of it (error < 1e-5)."""
    rng = np.random.default_rng(0)
    shares = rng.binomial(100, 1 / 8, size=2000) / 100 - 1 / 8
    assert shares.max() < margin(100, 15)
    assert shares.max() > margin(100, 15) / 4


@pytest.mark.parametrize("more", [20, 200])
def test_more_images_tell_more(more: int) -> None:
    assert margin(more * 2, 5) == pytest.approx(margin(more, 5) / 2**0.5)
