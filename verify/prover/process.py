"""A proof attempt in a process of its own, so that nothing it meets can take the caller down.

What it may do is counted work, as in ``prove``, so that the outcome is the same. It is ended by a brake only: the
processor time of the process, or the time on the clock where it does not even get that. Then the outcome says so, and
what was reported until then says where each route gave up.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from math import ceil, inf
from typing import Any, TypeAlias, TypeVar

from verify.language.logic import Sequent
from verify.language.verdict import Verdict
from verify.prover.api import BRAKE, WORK, prove
from verify.prover.outcome import EmptyDomain, Outcome
from verify.runtime.budget import SECOND, braked
from verify.runtime.child import Child, Send
from verify.runtime.defects import Defect
from verify.runtime.processes import become_worker

T = TypeVar("T")
Job: TypeAlias = Callable[[float, Callable[[str], None]], T]
Failed: TypeAlias = Callable[[tuple[str, ...], bool], T]
PATIENCE = 60  # the time on the clock, in times what the work should take; for a machine that does not get to it
# Loading these takes as long as many a search; what one has needed is loaded here, once for all that come after it.
HEAVY = ("clarabel", "scipy.optimize", "scipy.sparse", "verify.prover.tactics.squares_problem", "z3")
_needed: set[str] = set()
_starting = threading.Lock()  # a process forked while a thread loads a module would wait for it forever


@dataclass(frozen=True)
class _Loaded:
    """Which of the heavy modules a search has loaded."""

    modules: tuple[str, ...]


def _work(send: Send, job: Job[T], failed: Failed[T], work: int, parent: int) -> None:
    become_worker(parent)
    brake = BRAKE * work / SECOND
    with contextlib.suppress(ValueError, OSError):  # where the machine allows less, that holds
        resource.setrlimit(resource.RLIMIT_CPU, (ceil(brake) + 5, ceil(brake) + 10))
    answer: T | EmptyDomain | Defect
    try:
        answer = job(brake, send)
    except (EmptyDomain, Defect) as error:
        answer = error
    except Exception as error:  # the parent reports it as an undecided statement, never as a proof
        answer = failed((f"the search failed: {type(error).__name__}: {error}",), False)
    send(_Loaded(tuple(name for name in HEAVY if name in sys.modules)))
    send(answer)


def prove_with_timeout(sequent: Sequent, timeout: float = inf, work: int = WORK) -> Outcome:
    """``prove`` in a process of its own; raises ``EmptyDomain`` like it.

    ``timeout``: seconds on the clock after which it is ended, whatever it has found; the outcome then says so.
    """

    def job(brake: float, report: Callable[[str], None]) -> Outcome:
        return prove(sequent, work=work, brake=brake, report=report)

    return in_process(job, undecided, timeout, work)


def undecided(why: tuple[str, ...], timed: bool) -> Outcome:
    """What is said where a search ended without an answer."""
    return Outcome(Verdict.INCONCLUSIVE, "search", why=why, timed=timed)


def in_process(job: Job[T], failed: Failed[T], timeout: float = inf, work: int = WORK) -> T:
    """A job in a process of its own; raises ``EmptyDomain`` like it.

    ``job`` gets its brake in seconds, and a function that is told where a route gave up; ``failed`` makes an answer of
    reasons where the job has none, and of whether a clock ended it. ``timeout`` as above.
    """
    parent = os.getpid()
    with _starting:
        for name in sorted(_needed):
            import_module(name)
        process = Child(lambda send: _work(send, job, failed, work, parent))
    notes: list[str] = []
    result: Any = None
    try:
        for received in process.messages(timeout):
            if isinstance(received, str):
                notes.append(received)
            elif isinstance(received, _Loaded):
                _needed.update(received.modules)
            else:
                result = received
                break
    finally:
        ended = process.exit_code is not None
        process.finish()
    if isinstance(result, (EmptyDomain, Defect)):
        raise result
    if result is not None:
        answer: T = result
        return answer
    if ended and process.exit_code != -signal.SIGXCPU:
        return failed(("the search process ended without an answer",), True)
    seconds = BRAKE * work / SECOND if ended else timeout
    return failed((braked(seconds), *notes), True)
