"""A proof attempt in a process of its own, which is ended when its time on the clock is over.

The search inside counts the processor's time and plans to be done a little earlier, so that it can finish by
itself; where it is cut off, what it reported until then says where each route gave up.
"""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.connection import Connection

from verify.logic import Sequent
from verify.prover.api import prove
from verify.prover.outcome import EmptyDomain, Outcome
from verify.verdict import Verdict

PLANNED = 0.9  # the part of the time that the search plans to use


def _work(pipe: Connection, sequent: Sequent, planned: float) -> None:
    try:
        pipe.send(prove(sequent, seconds=planned, report=pipe.send))
    except EmptyDomain as error:
        pipe.send(error)
    except Exception as error:  # the parent reports it as an undecided statement, never as a proof
        pipe.send(Outcome(Verdict.INCONCLUSIVE, "search", why=(f"the search failed: {type(error).__name__}: {error}",)))
    finally:
        pipe.close()


def prove_with_timeout(sequent: Sequent, seconds: float, planned: float | None = None) -> Outcome:
    """``prove`` with a hard limit on the time it takes; raises ``EmptyDomain`` like it.

    ``planned`` is the processor time that the search divides among its routes, by default a little less than the limit.
    """
    context = multiprocessing.get_context("fork")
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, sequent, planned or PLANNED * seconds), daemon=True)
    process.start()
    theirs.close()
    notes: list[str] = []
    end = time.monotonic() + seconds
    result = None
    try:
        while result is None and mine.poll(max(0.0, end - time.monotonic())):
            received = mine.recv()
            if isinstance(received, str):
                notes.append(received)
            else:
                result = received
    except EOFError:
        result = Outcome(Verdict.INCONCLUSIVE, "search", why=("the search process ended without an answer",))
    finally:
        if process.is_alive():
            process.terminate()
            process.join(0.2)
            if process.is_alive():
                process.kill()
        process.join()
        mine.close()
    if isinstance(result, EmptyDomain):
        raise result
    return result or Outcome(Verdict.INCONCLUSIVE, "search", why=(f"stopped after {seconds:g} s", *notes))
