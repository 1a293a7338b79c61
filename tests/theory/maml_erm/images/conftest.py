"""Small populations of images that several files of tests look at; tests of networks need the extra ``autodiff``."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest

from theory.maml_erm.images import autodiff, glyphs, pairs, two_way
from theory.maml_erm.images import features as frozen
from theory.maml_erm.images.population import Population, population, size

collect_ignore = [] if find_spec("jax") else ["test_networks.py", "test_trials.py"]

if find_spec("jax"):
    # Before any other test computes with jax: what is compared bit by bit has to run on one thread.
    autodiff.prepare()


@pytest.fixture(scope="session")
def tasks() -> Population:
    """Eight pairs of letters, 12 images each, 5 features, largest curvature about 1; some labels exchanged."""
    chosen = pairs("diaeresis")[8:16]
    drawn = glyphs(sorted({x for p in chosen for x in (p.plain, p.marked)}), 12, 3, keep=False)
    seen = frozen.responses(drawn.images, frozen.filters(np.random.default_rng(4)))
    features = frozen.projected(seen, *frozen.leading(seen, 5))
    found = two_way(drawn, chosen, np.random.default_rng(5), packing=0.2, centre=0.5, easy=12)
    return population(features / np.sqrt(size(features, found)), found)
