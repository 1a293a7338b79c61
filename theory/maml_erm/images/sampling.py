"""Images for tasks: a support set to adapt on, and a query set to judge by."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from theory.maml_erm.images.binary import Places
from verify.runtime.errors import BadInput
from verify.statistics import checks

Labels = npt.NDArray[np.int64]


def episodes(
    rng: np.random.Generator, letters: Places, images: int, *, shots: int, query: int
) -> tuple[Places, Places, Labels, Labels]:
    """Draw ``shots`` and ``query`` images of every letter of every task, no image twice in a task.

    letters: places (tasks, ways). images: how many there are of each letter. Handed back: numbers of images, (tasks,
    ways * shots) and (tasks, ways * query), that index ``glyphs.pixels().reshape(-1, pixels)``; and the slots, from 0,
    that these images belong to, (ways * shots,) and (ways * query,): in a binary task slot 0 has label +1.
    """
    shots, query = checks.count("shots", shots), checks.count("query", query)
    if shots + query > images:
        raise BadInput(f"{shots} + {query} images of a letter are needed, and there are {images}")
    tasks, ways = letters.shape
    order = rng.random((tasks, ways, images)).argsort(axis=-1)[:, :, : shots + query]
    numbers = order + letters[:, :, None] * images
    support, judged = numbers[:, :, :shots], numbers[:, :, shots:]
    slots = np.arange(ways)
    return (
        support.reshape(tasks, -1), judged.reshape(tasks, -1), np.repeat(slots, shots), np.repeat(slots, query)
    )  # fmt: skip
