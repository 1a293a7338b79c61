"""The trials of the experiment ``networks``: which settings there are, and one row of numbers for each trial."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from theory.maml_erm.experiments.image_samples import GAPS
from theory.maml_erm.images import autodiff, plan
from theory.maml_erm.images.plan import FROZEN, LINEARISED, METHODS, NETWORK, RESULTS
from verify.runtime.distribution import with_extra
from verify.runtime.errors import BadInput
from verify.statistics.experiment import Array

TWO = "two letters"
FIVE_LEVELS = (FROZEN, NETWORK)


@dataclass(frozen=True)
class Setting:
    """One setting of all knobs, as in the experiment ``images``; a default is what a knob has while another is turned.

    design: two letters, or one of ``plan.DESIGNS`` of tasks with five letters, which do not have the knobs.
    """

    gap: int = 6
    packing: float = 0.0
    centre: float = 1.0
    p: float = 0.2
    design: str = TWO


# Where first-order MAML is trained too.
FIRST_ORDER = ((LINEARISED, Setting()), (NETWORK, Setting()), (NETWORK, Setting(gap=0)))
KNOBS = tuple(f.name for f in fields(Setting))[:-1]


def settings_of(t: Mapping[str, Any]) -> tuple[Setting, ...]:
    """The usual setting, and each knob turned through its values; every setting once."""
    turned = (replace(Setting(), **{knob: value}) for knob in KNOBS for value in t[knob])
    return tuple(dict.fromkeys((Setting(), *turned)))


def work(_: np.random.Generator, items: Sequence[tuple[str, Setting, int]], *, origin: int, **size: Any) -> Array:
    """One row (hardness gap, results of each method) for each (level, setting, seed); nan for what was not trained.

    The stream of the chunk is not used: trials of one seed share what is drawn, whatever their setting (see material).
    """
    autodiff.prepare()
    try:
        from theory.maml_erm.images.five_way_trials import five_way_trial
        from theory.maml_erm.images.trials import trial
    except ImportError as error:
        raise BadInput(f"jax does not load: {error}", with_extra("autodiff")) from None

    cost = plan.Size(**size)
    rows = []
    for level, s, seed in items:
        if s.design != TWO:
            found = five_way_trial(level, METHODS[:2], s.design, cost, origin, seed)
        else:
            first = (level, s) in FIRST_ORDER
            knobs = plan.Setting(GAPS[s.gap], s.packing, s.centre, s.p)
            found = trial(level, METHODS if first else METHODS[:2], knobs, cost, origin, seed)
        rows.append(found + [float("nan")] * (1 + len(METHODS) * len(RESULTS) - len(found)))
    return np.array(rows)
