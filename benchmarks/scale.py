"""What every task of ``verify check``, ``hypotheses`` and ``mutate`` takes, and what more workers would make of it.

``python benchmarks/scale.py [--claims PATTERN ...] [--kinds check mutate ...] [--times FILE] [--markdown FILE]``. Every
task is done once, on the workers of this machine, and its processor time taken; ``--times`` keeps the times and takes
up those that it has, so that a run can be interrupted. Then the tasks are handed out as the engine does it, in their
order, each to the first worker that is free, to 1 to 64 workers that each need a start first.
"""

from __future__ import annotations

import argparse
import heapq
import json
import os
import platform
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from verify.claims import selection
from verify.claims.claim import Claim
from verify.evidence import run as evidence
from verify.regression import run as trials
from verify.runtime import files
from verify.runtime.engine import Engine

WORKERS = (1, 2, 4, 8, 16, 32, 64)
WORK = {"check": evidence._gathered, "hypotheses": trials._part, "mutate": trials._part}
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


def timed(table: Mapping[str, Claim], kind: str, *call: Any) -> float:
    """The processor seconds of one task, those of the processes that it starts included."""
    before = os.times()
    WORK[kind](table, *call)
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def tasks_of(kind: str, claims: Sequence[Claim]) -> list[tuple[Any, ...]]:
    if kind == "check":
        return [(kind, claim.id, {}) for claim in claims]
    return [(kind, kind, claim.id, part) for claim in claims if claim.expected for part in range(trials.PARTS)]


def scheduled(seconds: Sequence[float], workers: int, start: float) -> float:
    """When the last task is done."""
    free = [start] * workers
    for each in seconds:
        heapq.heappush(free, heapq.heappop(free) + each)
    return max(free)


def measured(kind: str, chosen: selection.Selection, workers: int, known: dict[str, float], keep: Path | None) -> None:
    """Time the tasks that are not ``known`` yet; each is kept as it is done."""
    calls = [call for call in tasks_of(kind, chosen.claims) if name_of(call) not in known]

    def done(i: int, seconds: float) -> None:
        known[name_of(calls[i])] = seconds
        if keep is not None:
            files.write(keep, json.dumps(known, indent=0) + "\n")

    Engine(workers).run(timed, calls, done, chosen.table)


def name_of(call: tuple[Any, ...]) -> str:
    return " ".join(str(x) for x in call if not isinstance(x, dict))


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
    parser.add_argument("--kinds", nargs="*", default=list(WORK), choices=list(WORK))
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--times", type=Path, help="file that keeps the times")
    parser.add_argument("--markdown", type=Path, help="also write the page to this file")
    options = parser.parse_args()
    known: dict[str, float] = {}
    if options.times is not None and options.times.exists():
        known = json.loads(options.times.read_text())
    chosen, start = start_of(options.claims)
    for kind in options.kinds:
        measured(kind, chosen, options.workers, known, options.times)
    times = {kind: [known[name_of(call)] for call in tasks_of(kind, chosen.claims)] for kind in options.kinds}
    text = page(times, start)
    print(text)
    if options.markdown:
        files.write(options.markdown, text)


if __name__ == "__main__":
    main()
