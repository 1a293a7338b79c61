"""What every task of ``verify check``, ``hypotheses`` and ``mutate`` takes, and what more workers would make of it.

``python benchmarks/scale.py [--claims PATTERN ...] [--kinds check mutate ...] [--times FILE] [--markdown FILE]``. Every
task is done once, on the workers of this machine, and its processor time taken; ``--times`` keeps the times and takes
up those that it has, so that a run can be interrupted. What is judged of slips and hypotheses is kept in the cache of
this folder, where ``verify mutate --json FILE`` finds it afterwards: both pages are then about one run. Then the tasks
are handed out as the engine does it, in their order, each to the first worker that is free, to 1 to 64 workers that
each need a start first.
"""

from __future__ import annotations

import argparse
import heapq
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from verify.cache.session import Session
from verify.claims import selection
from verify.commands.common import session_of_theory
from verify.evidence import run as evidence
from verify.regression import run as trials
from verify.runtime import files
from verify.runtime.engine import Call, Done, Engine, Work

WORKERS = (1, 2, 4, 8, 16, 32, 64)
KINDS = ("check", "hypotheses", "mutate")
PAGE = """# How long work is spread

Made by `python benchmarks/scale.py --markdown docs/benchmarks-scale.md` on {cores} cores ({processor}) with Python
{python}. Processor seconds of every task, each done once; *longest* is the longest task, which nothing can divide.

| command | tasks | seconds | longest |
|---|---:|---:|---:|
{totals}

With so many workers it would take, in seconds and as a share of what the workers could do: the tasks are handed out in
their order, each to the first worker that is free, and every worker starts in {start:.1f} s (the theory is loaded once
in each). This is a simulation of the schedule from the measured times, without a network, and with processors like the
one that was measured.

| command | {heads} |
|---|{bars}
{rows}

A part of `mutate` or `hypotheses` is an eighth of the variants of one claim, a task of `check` is one claim.
"""


@dataclass(frozen=True)
class Timing(Engine):
    """The engine, which also tells the processor seconds of every call by the call's name."""

    tell: Callable[[str, float], object] = field(default=print, kw_only=True)

    def run(self, work: Work, calls: Sequence[Call], done: Done, share: Any = None) -> None:
        def both(i: int, answer: tuple[float, Any]) -> None:
            self.tell(name_of(calls[i]), answer[0])
            done(i, answer[1])

        super().run(timed, [(work, *call) for call in calls], both, share)


def timed(share: Any, work: Work, *call: Any) -> tuple[float, Any]:
    """The processor seconds of one call, those of the processes that it starts included, and its answer."""
    before = os.times()
    answer = work(share, *call)
    after = os.times()
    return sum(after[:4]) - sum(before[:4]), answer


def name_of(call: Call) -> str:
    """A call without what is known about its claim: a claim for ``check``; else the kind, the claim and the part."""
    return " ".join(str(x) for x in call if not isinstance(x, Mapping))


def tasks_of(kind: str, chosen: selection.Selection) -> list[str]:
    """The names of the calls, in the order in which they are handed out."""
    if kind == "check":
        needed = {a for c in chosen.claims for a in (c.id, *evidence.ancestors(c, chosen.table))}
        return [name for name in chosen.table if name in needed]
    return [f"{kind} {claim.id} {part}" for claim in chosen.claims if claim.expected for part in range(trials.PARTS)]


def scheduled(seconds: Sequence[float], workers: int, start: float) -> float:
    """When the last task is done."""
    free = [start] * workers
    for each in seconds:
        heapq.heappush(free, heapq.heappop(free) + each)
    return max(free)


def measured(
    kind: str,
    chosen: selection.Selection,
    workers: int,
    known: dict[str, float],
    keep: Path | None,
    session: Session,
) -> None:
    """Time the tasks that are not ``known`` yet; each is kept as it is done, and its answer in the ``session``."""

    def tell(name: str, seconds: float) -> None:
        known[name] = seconds
        if keep is not None:
            files.write(keep, json.dumps(known, indent=0) + "\n")

    engine = Timing(workers, tell=tell)
    if kind == "check":
        if not all(name in known for name in tasks_of(kind, chosen)):
            evidence.check(chosen.ids, table=chosen.table, engine=engine)
    else:
        claims = [claim for claim in chosen.claims if claim.expected]
        trials.judged(claims, kind, chosen.table, engine, session)
    missing = [name for name in tasks_of(kind, chosen) if name not in known]
    if missing:
        sys.exit(f"{missing[0]} and {len(missing) - 1} more were judged before, untimed: run this in another folder")


def start_of(names: Sequence[str]) -> tuple[selection.Selection, float]:
    """What is chosen, and how long a worker needs to make it."""
    begin = time.process_time()
    chosen = selection.select(names)
    return chosen, time.process_time() - begin


def page(times: Mapping[str, Sequence[float]], start: float) -> str:
    totals, rows = [], []
    for kind, seconds in times.items():
        totals.append(f"| `{kind}` | {len(seconds):,} | {sum(seconds):,.0f} | {max(seconds):.1f} |")
        cells = []
        for workers in WORKERS:
            end = scheduled(seconds, workers, start)
            cells.append(f"{end:,.0f} ({100 * sum(seconds) / (workers * end):.0f} %)")
        rows.append(f"| `{kind}` | {' | '.join(cells)} |")
    processor = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    return PAGE.format(
        cores=os.cpu_count(), processor=processor, python=platform.python_version(), totals="\n".join(totals),
        start=start, heads=" | ".join(map(str, WORKERS)), bars="---:|" * len(WORKERS), rows="\n".join(rows),
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", nargs="*", default=[], help="claims or patterns; everything by default")
    parser.add_argument("--kinds", nargs="*", default=list(KINDS), choices=list(KINDS))
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--times", type=Path, help="file that keeps the times")
    parser.add_argument("--markdown", type=Path, help="also write the page to this file")
    options = parser.parse_args()
    known: dict[str, float] = {}
    if options.times is not None and options.times.exists():
        known = json.loads(options.times.read_text())
    session = session_of_theory()  # before the theory is loaded, so that what runs is what it has hashed
    chosen, start = start_of(options.claims)
    for kind in options.kinds:
        measured(kind, chosen, options.workers, known, options.times, session)
    times = {kind: [known[name] for name in tasks_of(kind, chosen)] for kind in options.kinds}
    text = page(times, start)
    print(text)
    if options.markdown:
        files.write(options.markdown, text)


if __name__ == "__main__":
    main()
