"""A dask cluster for tests: a scheduler and two workers on the loopback device, all of them processes of the test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def cluster(folder: Path, *paths: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Its address and its workers, once both are there; they find modules in these ``paths`` too."""
    from distributed import Client

    path = os.pathsep.join(map(str, paths))
    here = {**os.environ, "PYTHONPATH": path, "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
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
        address = json.loads(file.read_text())["address"]
        with Client(address, timeout="600s", set_as_default=False) as client:
            client.wait_for_workers(2, timeout=600)
        yield address, processes[1:]
    finally:
        for process in processes[::-1]:
            process.kill()
            process.wait()
