"""A proof attempt in a process of its own, which is ended when its time is over.

Time is the processor's: a busy machine takes longer but comes to the same verdict.
"""

from __future__ import annotations

import multiprocessing
import resource
from math import ceil
from multiprocessing.connection import Connection

from verify.logic import Sequent
from verify.prover.api import prove
from verify.prover.outcome import EmptyDomain, Outcome
from verify.verdict import Verdict

GRACE = 1.5  # seconds beyond the deadline that the search gets to stop by itself
PATIENCE = 5  # by which factor the clock on the wall may run ahead of the processor's


def _work(pipe: Connection, sequent: Sequent, seconds: float) -> None:
    limit = ceil(seconds + GRACE)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 2))
    try:
        pipe.send(prove(sequent, seconds=seconds))
    except EmptyDomain as error:
        pipe.send(error)
    except Exception as error:  # the parent reports it as an undecided statement, never as a proof
        pipe.send(Outcome(Verdict.INCONCLUSIVE, "search", why=(f"the search failed: {type(error).__name__}: {error}",)))
    finally:
        pipe.close()


def prove_with_timeout(sequent: Sequent, seconds: float) -> Outcome:
    """``prove`` with a hard limit on processor time; raises ``EmptyDomain`` like it."""
    context = multiprocessing.get_context("fork")
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, sequent, seconds), daemon=True)
    process.start()
    theirs.close()
    try:
        result = mine.recv() if mine.poll(PATIENCE * (seconds + GRACE)) else None
    except EOFError:
        result = Outcome(Verdict.INCONCLUSIVE, "search", why=("the search process ended without an answer",))
    finally:
        if process.is_alive():
            process.terminate()
            process.join(1)
            if process.is_alive():
                process.kill()
        process.join()
        mine.close()
    if isinstance(result, EmptyDomain):
        raise result
    return result or Outcome(Verdict.INCONCLUSIVE, "search", why=(f"no answer within {seconds:g} s",))
