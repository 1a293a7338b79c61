"""Other processes that work for this one: none of them outlives it, and an interruption ends them all.

A worker leaves interruptions to the process that started it, ends at once when it is told to, and ends with that
process even if that is killed.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
PR_SET_PDEATHSIG = 1  # of Linux: the signal that a process gets when the one that started it ends


class Interrupted(BaseException):
    """A signal asked the program to end; ``code`` is what a shell expects then. No ``except Exception`` holds it up."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    @property
    def code(self) -> int:
        return 128 + self.number


@contextlib.contextmanager
def signals_raise() -> Iterator[None]:
    """Turn the signals that ask a program to end into ``Interrupted``; what was set before is set again afterwards.

    A signal that is ignored (``nohup``) stays ignored. A second one ends the process at once. Outside the main thread
    nothing is changed, since Python delivers signals there.
    """

    def stop(number: int, frame: object) -> None:
        signal.signal(number, lambda again, _: os._exit(128 + again))
        raise Interrupted(number)

    before = {}
    try:
        for number in SIGNALS:
            if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
                before[number] = signal.signal(number, stop)
    except ValueError:
        pass
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_shared: object = None  # in a worker: what the process that started it shares with it


def shared() -> object:
    """In a worker of a pool: what the pool was made with."""
    return _shared


def become_worker(parent: int, share: object = None) -> None:
    """To be called first in a process that works for ``parent``."""
    global _shared
    _shared = share
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # from a terminal it reaches the whole group
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before that was set
            os._exit(1)


@contextlib.contextmanager
def pool(
    workers: int, method: Literal["fork", "spawn"] = "fork", *, share: object = None
) -> Iterator[ProcessPoolExecutor]:
    """A pool of processes. If the block ends early, whatever the reason, they are ended and not waited for.

    They find what they ``share`` with ``shared``; forked ones inherit it, so that it need not be pickled.
    """
    import multiprocessing  # this and the pool cost a command that needs neither a twentieth of a second
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context(method)
    executor = ProcessPoolExecutor(
        workers, mp_context=context, initializer=become_worker, initargs=(os.getpid(), share)
    )
    try:
        yield executor
    except BaseException:
        # The executor waits for work that has begun, also at exit, unless its processes have ended.
        at_work = list((getattr(executor, "_processes", None) or {}).values())
        executor.shutdown(wait=False, cancel_futures=True)
        for process in at_work:
            process.kill()
        for process in at_work:
            process.join()
        raise
    executor.shutdown()
