"""Random streams: one per (root seed, claim, chunk), the same on every platform and for any number of workers."""

from __future__ import annotations

from zlib import crc32

import numpy as np

from verify.statistics import checks


def generator(root: int, claim: str, chunk: int = 0) -> np.random.Generator:
    """The stream of one chunk of one claim; ``root`` and ``chunk`` are integers >= 0.

    >>> generator(1, "X2").integers(100) == generator(1, "X2").integers(100)
    np.True_
    """
    root, chunk = checks.count("root", root, 0), checks.count("chunk", chunk, 0)
    sequence = np.random.SeedSequence(root, spawn_key=(crc32(claim.encode()), chunk))
    return np.random.Generator(np.random.SFC64(sequence))  # the fastest of NumPy's generators for normals
