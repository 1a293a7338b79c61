"""A dask cluster gives the same bits as this process, also when a worker is killed in mid-run."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from tests.cluster import cluster
from theory.maml_erm.definitions.exact_law import Step
from verify.runtime.engine import Engine
from verify.runtime.errors import BadInput
from verify.statistics.chunks import run_chunks

Array = np.ndarray


def slow_risks(rng: np.random.Generator, size: int, pause: float) -> Array:
    time.sleep(pause)
    return Step(1.0, 0.5, 20, 0.5).squares(rng, np.ones(size), 10)


def test_a_killed_worker_changes_nothing(tmp_path: Path) -> None:
    expected = run_chunks(slow_risks, 4000, claim="cluster", chunk_size=100, pause=0.0)
    with cluster(tmp_path, Path(__file__).parent) as (address, workers):
        done = []

        def progress(finished: int, total: int) -> None:
            done.append(finished)
            if len(done) == 5:
                workers[0].kill()

        with Engine(scheduler=address).executor() as pool:
            found = run_chunks(
                slow_risks, 4000, claim="cluster", chunk_size=100, executor=pool, progress=progress, pause=0.05
            )
        assert workers[0].poll() is not None and workers[1].poll() is None
    assert done[-1] == 40
    assert found.tobytes() == expected.tobytes()


def test_nobody_answers() -> None:
    with pytest.raises(BadInput, match="no dask scheduler answers"), Engine(scheduler="tcp://127.0.0.1:9").executor():
        pass
