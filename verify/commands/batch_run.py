"""What ``verify prove --file`` does: reads the statements, decides each, and writes a line for each, in their order."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verify.commands.batch_memory import BatchMemory
from verify.commands.common import note
from verify.commands.progress import progress
from verify.commands.statement_file import conjectures
from verify.language.verdict import Verdict
from verify.papers.memory import Memory
from verify.reports.wrapping import say
from verify.runtime import files
from verify.runtime.engine import Engine
from verify.runtime.errors import BadInput
from verify.spaces.answers import Answer
from verify.spaces.many import Conjecture, prove_many

SCHEMA = 1
HOLDS = (Verdict.PROVED, Verdict.ENCLOSED)


@dataclass(frozen=True)
class Options:
    """``as_json``: lines of JSON on standard output; ``out``: to this file; ``keep``: whether the cache is used."""

    as_json: bool
    out: str | None
    engine: Engine
    work: int
    timeout: float
    keep: bool


def run(file: str, options: Options) -> int:
    """Decide the statements of a file; the exit code, as ``code`` says."""
    asked = conjectures(Path(file))
    if options.out is not None:
        if os.path.realpath(options.out) == os.path.realpath(file):
            raise BadInput(f"{options.out} holds the statements", "give another file for the answers")
        if Path(options.out).resolve().parent == Path(".verify").resolve():
            raise BadInput(f"{options.out} lies in the folder of the cache", "give a file elsewhere for the answers")
        files.write(options.out, "")  # what cannot be written is said before anything is proved
    cache = Memory()
    cache.store.off = not options.keep
    found: dict[int, Answer] = {}
    told = 0

    def done(place: int, answer: Answer) -> None:
        """Write the answers whose turn has come: a run that is interrupted has written the first ones."""
        nonlocal told
        found[place] = answer
        tick(asked[place].id)
        ready = []
        while told in found:
            ready.append((asked[told], found[told]))
            told += 1
        _write(ready, options)

    with progress("proving", len(asked)) as tick, BatchMemory(cache) as memory:
        answers = prove_many(
            asked,
            engine=options.engine,
            work=options.work,
            timeout=options.timeout,
            progress=done,
            memory=memory,
        )
    for said in cache.notes if options.keep else ():
        note(f"cache: {said}")
    if not options.as_json:
        _summary(asked, answers, cache.recalled)
    return code(asked, answers)


def code(asked: Sequence[Conjecture], answers: Sequence[Answer]) -> int:
    """The exit code: 1 where a verdict is against what is expected, 3 where one is open that is not, else 0.

    Where nothing is said, a statement is expected to be proved.
    """
    codes = {0}
    for one, answer in zip(asked, answers, strict=True):
        if not as_expected(one, answer):
            codes.add(3 if answer.verdict is Verdict.INCONCLUSIVE else 1)
    return 1 if 1 in codes else max(codes)


def as_expected(one: Conjecture, answer: Answer) -> bool:
    """Whether a verdict is the expected one; what is enclosed holds as what is proved does."""
    expected = one.expected or Verdict.PROVED.key
    return answer.verdict.key == expected or (expected == Verdict.PROVED.key and answer.verdict in HOLDS)


def line(one: Conjecture, answer: Answer) -> dict[str, Any]:
    """An answer as JSON; without the time that it took, so that it is the same whenever it is asked for."""
    return {
        "schema": SCHEMA,
        "id": one.id,
        "statement": one.statement,
        "assume": list(one.assumptions),
        "expected": one.expected,
        "verdict": answer.verdict.key,
        "evidence": {"route": answer.route, "certificate": answer.certificate},
        "witness": answer.witness,
        "reasons": list(answer.why),
    }


def _write(ready: Sequence[tuple[Conjecture, Answer]], options: Options) -> None:
    lines = "".join(json.dumps(line(*one), ensure_ascii=False) + "\n" for one in ready)
    if lines and options.out is not None:
        files.append(options.out, lines)
    if lines and options.as_json:
        say(lines.removesuffix("\n"))
    elif options.out is None:
        for one, answer in ready:
            say(f"{one.id}: {answer.verdict.key}: {one.statement}")
            for reason in () if answer.verdict in HOLDS else answer.why:
                say(f"  {reason}")


def _summary(asked: Sequence[Conjecture], answers: Sequence[Answer], recalled: int) -> None:
    counts = Counter(answer.verdict.key for answer in answers)
    told = ", ".join(f"{counts[v.key]} {v.key}" for v in Verdict if counts[v.key])
    kept = f"; {recalled} known before, and checked again" if recalled else ""
    say(f"{len(asked)} statements: {told}{kept}")
    pairs = zip(asked, answers, strict=True)
    against = [one.id for one, answer in pairs if one.expected is not None and not as_expected(one, answer)]
    if against:
        say(f"not as expected: {', '.join(against)}")
