"""Many statements at once, from Python: each is decided by itself, and the answers come in the order of the statements.

Every statement has a process of its own that begins with the same memory, so that no answer depends on what else was
asked, or on how many processes work; an error inside costs the statement that it happened with.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, TypeAlias

from verify.language.verdict import Verdict
from verify.prover.outcome import EmptyDomain
from verify.runtime.budget import SECOND
from verify.runtime.defects import Defect, defect
from verify.runtime.engine import Engine, Lost
from verify.runtime.errors import BadInput
from verify.spaces.answers import Answer, about_numbers, about_vectors
from verify.spaces.reading.recognition import is_spatial

WORK = 30 * SECOND
TIMEOUT = 600.0  # seconds on the clock, a brake
FEW = 3  # statements for which loading everything in advance takes longer than loading what they need
# What most proofs need, and what it takes longest to load: once, before processes are made.
NEEDED = (
    "clarabel",
    "mpmath",
    "numpy",
    "scipy.optimize",
    "scipy.sparse",
    "verify.kernel.certificate",
    "verify.prover.tactics.squares_problem",  # four of five searches, each of which compiled it for itself
)
NEEDED_FOR_VECTORS = ("sympy", "verify.spaces.decide", "verify.kernel.spaces.certificate")
Asked: TypeAlias = "str | tuple[str, Sequence[str]] | Conjecture"


@dataclass(frozen=True)
class Conjecture:
    """A statement under assumptions, as texts; an ``id`` for reports, and the verdict that is ``expected``, or none."""

    statement: str
    assumptions: tuple[str, ...] = ()
    id: str = ""
    expected: str | None = None

    @property
    def text(self) -> tuple[str, tuple[str, ...]]:
        """What is asked."""
        return self.statement, self.assumptions


class Memory(Protocol):
    """What keeps answers from one run to the next."""

    def known(self, conjecture: Conjecture, work: int) -> Answer | None:
        """What is kept about a conjecture, checked again."""

    def keep(self, conjecture: Conjecture, work: int, answer: Answer) -> None:
        """Keep what was found."""


def prove_many(
    statements: Iterable[Asked],
    *,
    workers: int = 1,
    work: int = WORK,
    timeout: float = TIMEOUT,
    progress: Callable[[int, Answer], None] | None = None,
    memory: Memory | None = None,
    engine: Engine | None = None,
) -> list[Answer]:
    """Prove or refute many statements, as ``verify prove --file`` does: texts, pairs of a text and its assumptions.

    ``workers`` processes work at the same time, or what an ``engine`` says; the answers are the same from all.
    ``work`` is for each statement, counted as in ``prove``; ``timeout`` a brake in seconds on the clock. ``progress``
    is called with the place of every statement that is done and its answer. Assumptions that contradict each other, and
    an internal error, make an answer inconclusive, and its ``why`` says so. Raises BadInput for a text that cannot be
    read, before anything is proved.

    >>> [a.verdict.key for a in prove_many(["x^2 >= 0", ("x > 1", ["x > 0"])])]
    ['proved', 'refuted']
    """
    asked = [conjecture(one) for one in statements]
    for one in asked:
        require_readable(one)
    places: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for i, one in enumerate(asked):
        places.setdefault(one.text, []).append(i)
    answers: dict[int, Answer] = {}

    def done(text: tuple[str, tuple[str, ...]], answer: Answer) -> None:
        for i in places[text]:
            answers[i] = answer
            if progress is not None:
                progress(i, answer)

    todo = []
    for text, (first, *_) in places.items():
        known = None if memory is None else memory.known(asked[first], work)
        if known is None:
            todo.append(asked[first])
        else:
            done(text, known)

    def answer(one: Conjecture, found: Answer) -> None:
        if memory is not None:
            memory.keep(one, work, found)
        done(one.text, found)

    hand_out(todo, work, timeout, engine or Engine(workers), answer)
    return [answers[i] for i in range(len(asked))]


def conjecture(asked: Asked) -> Conjecture:
    """A statement as it may be given."""
    if isinstance(asked, str):
        return Conjecture(asked)
    if isinstance(asked, Conjecture):
        return asked
    if isinstance(asked, tuple) and len(asked) == 2 and isinstance(asked[0], str) and not isinstance(asked[1], str):
        return Conjecture(asked[0], tuple(asked[1]))
    raise BadInput(f"{type(asked).__name__} is no statement", "give a text, or a text and a list of assumptions")


def require_readable(one: Conjecture) -> None:
    """``BadInput`` for a text that means nothing; nothing is decided."""
    if is_spatial(one.statement, one.assumptions):
        from verify.spaces.meaning.elaborate import elaborate
        from verify.spaces.reading.plain import claim

        elaborate(claim(one.statement, one.assumptions))
    else:
        from verify.language.parser import parse_circular

        parse_circular(one.statement, one.assumptions)


def hand_out(
    todo: Sequence[Conjecture], work: int, timeout: float, engine: Engine, done: Callable[[Conjecture, Answer], None]
) -> None:
    """Have each conjecture answered, and ``done`` told as it is: the one place where the work is given away."""
    if len(todo) > FEW and engine.scheduler is None:
        _load(any(is_spatial(one.statement, one.assumptions) for one in todo))

    def told(i: int, found: Answer | Lost) -> None:
        if isinstance(found, Lost):
            found = Answer(Verdict.INCONCLUSIVE, "search", why=(str(found),), timed=True)
        done(todo[i], found)

    engine.run(_answered, [(one, work, timeout) for one in todo], told)


def _answered(_: object, one: Conjecture, work: int, timeout: float) -> Answer:
    return answered(one, work, timeout)


def answered(one: Conjecture, work: int, timeout: float) -> Answer:
    """The answer to one conjecture, whatever happens on the way."""
    try:
        if is_spatial(one.statement, one.assumptions):
            return about_vectors(one.statement, one.assumptions, (), timeout, work)
        return about_numbers(one.statement, one.assumptions, timeout, work)
    except EmptyDomain as error:
        return Answer(Verdict.INCONCLUSIVE, "search", why=(str(error),))
    except (BadInput, Defect):
        raise
    except Exception as error:
        why = defect("stopped by an internal error, which is a defect of the verifier", error)
        return Answer(Verdict.INCONCLUSIVE, "search", why=(" ".join(why.split()),), timed=True)


def _load(vectors: bool) -> None:
    """Load what the processes would load each for itself."""
    from verify.prover.table import TABLE

    _ = TABLE.names  # every method
    for module in (*NEEDED, *(NEEDED_FOR_VECTORS if vectors else ())):
        import_module(module)
    # What is loaded stays: a process that looks through it for garbage would copy all of its pages.
    gc.collect()
    gc.freeze()
