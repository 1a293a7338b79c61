"""Executors for experiments: this process, processes on this machine, or a dask cluster; the same bits from all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from verify.runtime import processes
from verify.runtime.distribution import with_extra
from verify.runtime.errors import BadInput


@contextmanager
def executor_of(kind: str, *, workers: int = 1, scheduler: str | None = None) -> Iterator[Executor | None]:
    """kind: "processes" (``workers`` of them; None, that is this process, for one) or "dask" at ``scheduler``.

    Raises BadInput if dask is asked for without an address, is not installed, or does not answer.
    """
    if kind == "dask":
        with _dask(scheduler) as pool:
            yield pool
    elif workers == 1:
        yield None
    else:
        with processes.pool(workers, "spawn") as pool:
            yield pool


@contextmanager
def _dask(scheduler: str | None) -> Iterator[Executor]:
    if scheduler is None:
        raise BadInput("--executor dask needs an address", "for instance --scheduler tcp://127.0.0.1:8786")
    if not re.fullmatch(r"((tcp|tls|ws|wss|ucx|inproc)://)?[^\s/]+(:\d+)?(/\S*)?", scheduler):
        raise BadInput(f"{scheduler!r} is no address of a scheduler", "for instance tcp://127.0.0.1:8786")
    try:
        from distributed import Client
    except ImportError:
        raise BadInput("dask.distributed is not installed", with_extra("cluster")) from None
    try:
        client = Client(scheduler, timeout="15s", set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise BadInput(f"no dask scheduler answers at {scheduler}", "start one with: dask scheduler") from error
    with client:
        # Not pure: every chunk is run, whatever the cluster remembers. A worker that dies has its chunks run again.
        yield client.get_executor(pure=False, retries=3)
