"""Where long work is done: in this process, in others of this machine, or on a cluster; the same answers from all.

Work is a function of this package with its arguments, called once for each part of what is to be done. What all
calls need is made once in every process that works: a fork inherits it, another machine makes it by a ``Recipe``. A
process that ends in the middle costs what it was doing, which is done again. Every answer is handed over at once, so
that it can be kept.
"""

from __future__ import annotations

import atexit
import itertools
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

from verify.runtime import processes
from verify.runtime.distribution import with_extra
from verify.runtime.errors import BadInput

if TYPE_CHECKING:
    from concurrent.futures import Executor, ProcessPoolExecutor

Call = tuple[Any, ...]
Work = Callable[..., Any]  # work(what all calls need, *call)
Done = Callable[[int, Any], object]
Method = Literal["fork", "spawn"]
TOGETHER = (
    2  # times that all processes begin: the second is for one that somebody ended, or that had no memory beside others
)
ALONE = 1  # times that a call is begun once more after it ended a process that did nothing else
AGAIN = 3  # times that a cluster begins a call once more, which is its own default
PATIENCE = 20  # seconds for a scheduler to answer, the start of the process that asks included
ADDRESS = r"((tcp|tls|ws|wss|ucx|inproc)://)?[^\s/]+(:\d+)?(/\S*)?"


class Lost(Exception):
    """In place of an answer: the processes that worked on a call ended again and again, for instance without memory."""


@dataclass(frozen=True)
class Recipe:
    """How a process that inherits nothing makes what all calls need: ``enter(*arguments)`` is a context with it.

    The function and its arguments are pickled; the same recipe is entered once in a process that works.
    """

    enter: Callable[..., AbstractContextManager[Any]]
    arguments: Call = ()


NOTHING = Recipe(nullcontext)


@dataclass(frozen=True)
class Engine:
    """So many processes of this machine, or the workers of the dask cluster whose ``scheduler`` has this address.

    ``recipe``: how the workers of a cluster make what all calls need.
    """

    workers: int = 1
    scheduler: str | None = None
    recipe: Recipe = NOTHING

    def run(self, work: Work, calls: Sequence[Call], done: Done, share: Any = None) -> None:
        """Have ``work(share, *call)`` done for every call; ``done`` is told its number and its answer as that is there.

        ``share`` is what all calls need, here; the engine's recipe makes the same where it cannot be inherited. A call
        that ends its process every time has the answer ``Lost``; what a call or ``done`` raises ends it all. Raises
        ``BadInput`` for a cluster that does not answer.
        """
        if self.scheduler is not None:
            with _dask(self.scheduler) as (cluster, killed):
                recipes = {i: (self.recipe, work, call) for i, call in enumerate(calls)}
                _finish(cluster, _elsewhere, recipes, done, killed)
        elif self.workers == 1 or len(calls) < 2:
            for i, call in enumerate(calls):
                done(i, work(share, *call))
        else:
            self._fork(work, calls, done, share)

    def answers(self, work: Work, calls: Sequence[Call], share: Any = None) -> list[Any]:
        """All answers, in the order of the calls."""
        found: dict[int, Any] = {}
        self.run(work, calls, found.__setitem__, share)
        return [found[i] for i in range(len(calls))]

    def _fork(self, work: Work, calls: Sequence[Call], done: Done, share: Any) -> None:
        from concurrent.futures.process import BrokenProcessPool

        left = {i: (call,) for i, call in enumerate(calls)}
        ended = dict.fromkeys(left, 0)

        def finished(i: int, found: Any) -> None:
            del left[i]
            done(i, found)

        for again in itertools.count():
            # What several could not do is done by one after the other, so that it is clear who ends it: often memory.
            workers = min(self.workers, len(left)) if again < TOGETHER else 1
            try:
                with processes.pool(workers, share=(work, share)) as pool:
                    _finish(pool, _inherited, dict(left), finished)
                return
            except BrokenProcessPool:
                if workers == 1:
                    first = next(iter(left))
                    ended[first] += 1
                    if ended[first] > ALONE:
                        finished(first, Lost(f"the process that did it ended, {ended[first]} times"))
                if not left:
                    return

    @contextmanager
    def executor(self, method: Method = "fork") -> Iterator[Executor | None]:
        """An executor of the standard library's kind; None, that is this process, for one worker of this machine.

        Raises BadInput if dask is not installed, or if no scheduler answers.
        """
        if self.scheduler is not None:
            with _dask(self.scheduler) as (cluster, _):
                yield cluster
        elif self.workers == 1:
            yield None
        else:
            with processes.pool(self.workers, method) as pool:
                yield pool


HERE = Engine()


def engine_of(kind: str, workers: int = 1, scheduler: str | None = None) -> Engine:
    """The engine that options ask for: ``kind`` is "processes" or "dask". Raises BadInput for what does not fit."""
    if kind != "dask":
        if scheduler is not None:
            raise BadInput("--scheduler is the address of a dask cluster", "add --executor dask, or leave it out")
        return Engine(workers)
    if scheduler is None:
        raise BadInput("--executor dask needs an address", "for instance --scheduler tcp://127.0.0.1:8786")
    if not re.fullmatch(ADDRESS, scheduler):
        raise BadInput(f"{scheduler!r} is no address of a scheduler", "for instance tcp://127.0.0.1:8786")
    return Engine(workers, scheduler)


def _finish(
    executor: Executor,
    run: Callable[..., Any],
    calls: Mapping[int, Call],
    done: Done,
    killed: tuple[type[Exception], ...] = (),
) -> None:
    from concurrent.futures import as_completed

    jobs = {executor.submit(run, *call): i for i, call in calls.items()}
    try:
        for job in as_completed(list(jobs)):
            try:
                found = job.result()
            except killed as error:
                found = Lost(str(error))
            done(jobs.pop(job), found)  # forgotten then: an answer may be large
    finally:
        for job in jobs:
            job.cancel()


def _inherited(call: Call) -> Any:
    """In a forked process: one call, with what it inherited."""
    work, share = cast(tuple[Work, Any], processes.shared())
    return work(share, *call)


# ---------------------------------------------------------------- a cluster


@contextmanager
def _dask(scheduler: str) -> Iterator[tuple[Executor, tuple[type[Exception], ...]]]:
    """An executor, and what it raises for a call whose workers end every time."""
    try:
        from distributed import Client
        from distributed.scheduler import KilledWorker
    except ImportError:
        raise BadInput("dask.distributed is not installed", with_extra("cluster")) from None
    nobody = BadInput(f"no dask scheduler answers at {scheduler}", "start one with: dask scheduler")
    if not _answers(scheduler):
        raise nobody
    try:
        client = Client(scheduler, timeout="15s", set_as_default=False)
    except (OSError, TimeoutError, ValueError):
        raise nobody from None
    with client:
        # Not pure: every call is run, whatever the cluster remembers. What a worker that dies did is run again.
        yield client.get_executor(pure=False, retries=AGAIN), (KilledWorker,)


def _answers(scheduler: str) -> bool:
    """Whether a dask scheduler answers there.

    Asked by a process of its own: what else listens at an address may say anything, or nothing, and a client that was
    not answered as it expects waits, in its own threads, for longer than anybody would.
    """
    import subprocess

    probe = (
        "import sys; from distributed import Client; Client(sys.argv[1], timeout='10s', set_as_default=False).close()"
    )
    try:
        done = subprocess.run(
            [sys.executable, "-c", probe, scheduler],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=PATIENCE,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


_mine = threading.local()  # of a thread of a worker of a cluster: the process that works for it


def _elsewhere(recipe: Recipe, work: Work, call: Call) -> Any:
    """In a worker of a cluster: one call, in a process of its own.

    Several threads of a worker would share what the prover keeps, and a fork of a process with threads may wait for
    ever; the process of a thread is started anew, not forked, and makes what it shares once.
    """
    from concurrent.futures.process import BrokenProcessPool

    pool: ProcessPoolExecutor | None = getattr(_mine, "pool", None)
    if pool is None:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        context = multiprocessing.get_context("spawn")
        pool = _mine.pool = ProcessPoolExecutor(
            1, mp_context=context, initializer=processes.become_worker, initargs=(os.getpid(),)
        )
        atexit.register(pool.shutdown, wait=False, cancel_futures=True)
    try:
        return pool.submit(_made, recipe, work, call).result()
    except BrokenProcessPool:
        del _mine.pool
        raise  # and the cluster begins it again


_entered: dict[Recipe, tuple[AbstractContextManager[Any], Any]] = {}


def _made(recipe: Recipe, work: Work, call: Call) -> Any:
    if recipe not in _entered:
        for context, _ in _entered.values():
            context.__exit__(None, None, None)
        _entered.clear()
        context = recipe.enter(*recipe.arguments)
        _entered[recipe] = context, context.__enter__()
    return work(_entered[recipe][1], *call)
