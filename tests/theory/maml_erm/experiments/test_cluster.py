"""A dask cluster gives the same bits as this process, also when a worker is killed in mid-run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from theory.maml_erm.definitions.exact_law import Step
from verify.runtime.errors import BadInput
from verify.statistics.chunks import run_chunks
from verify.statistics.executors import executor_of

Array = np.ndarray


def slow_risks(rng: np.random.Generator, size: int, pause: float) -> Array:
    time.sleep(pause)
    return Step(1.0, 0.5, 20, 0.5).squares(rng, np.ones(size), 10)


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers on the loopback device, all of them processes of this test."""
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parent), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    file = folder / "scheduler.json"
    common = ["--scheduler-file", str(file), "--no-dashboard"]
    start = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", *common]
    worker = [
        sys.executable, "-m", "distributed.cli.dask_worker", "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny",
        "--local-directory", str(folder), *common,
    ]  # fmt: skip
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = [subprocess.Popen(start, env=here, **quiet)]  # type: ignore[call-overload]
    try:
        processes += [subprocess.Popen(worker, env=here, **quiet) for _ in range(2)]  # type: ignore[call-overload]
        for _ in range(12_000):
            if file.exists() and file.stat().st_size:
                break
            time.sleep(0.05)
        import json

        yield json.loads(file.read_text())["address"], processes[1:]
    finally:
        for process in processes[::-1]:
            process.kill()
            process.wait()


def test_a_killed_worker_changes_nothing(tmp_path: Path) -> None:
    from distributed import Client

    expected = run_chunks(slow_risks, 4000, claim="cluster", chunk_size=100, pause=0.0)
    with cluster(tmp_path) as (address, workers):
        with Client(address, timeout="600s", set_as_default=False) as client:
            client.wait_for_workers(2, timeout=600)
        done = []

        def progress(finished: int, total: int) -> None:
            done.append(finished)
            if len(done) == 5:
                workers[0].kill()

        with executor_of("dask", scheduler=address) as pool:
            found = run_chunks(
                slow_risks, 4000, claim="cluster", chunk_size=100, executor=pool, progress=progress, pause=0.05
            )
        assert workers[0].poll() is not None and workers[1].poll() is None
    assert done[-1] == 40
    assert found.tobytes() == expected.tobytes()


def test_nobody_answers() -> None:
    with pytest.raises(BadInput, match="no dask scheduler answers"), executor_of("dask", scheduler="tcp://127.0.0.1:9"):
        pass
