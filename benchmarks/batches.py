"""The corpora as batches: statements decided per second of processor time; prints a page in Markdown.

``python benchmarks/batches.py [--every N] [--offset K] [--work W ...] [--apart N] [--markdown FILE]``. ``--every 10``
takes every tenth statement. Beside ``prove_many`` stands z3 in one process, with a limit of a second on the clock, and
a command ``verify prove`` for every ``--apart``-th statement. The time of all processes counts.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from engines import z3_answer

import verify
from verify.language.parser import parse_problem
from verify.runtime import files
from verify.runtime.budget import SECOND

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"
WANTED = {"true": "proved", "false": "refuted"}
PAGE = """# Batches

Made by `python benchmarks/batches.py --markdown docs/benchmarks-batches.md`, in one run on {cores} cores with Python
{python}: the {total} statements of `tests/corpus` ({true} true, {false} false, {empty} without a point to be about), in
one process after the other. *Work* is what each statement may take, in units of about a microsecond; z3 has a second on
the clock. *Per second*: decided statements, right or wrong, for each second of processor time.

| what | work | proved | refuted | empty | wrong | undecided | processor time | per second |
|---|---:|---:|---:|---:|---:|---:|---:|---:|
{rows}

What is undecided takes all of its work: {slow} of the statements take half of the time. z3 has no certificates, no
undefined terms and no empty domains: what has no point it calls proved, as logic does, and that is counted as empty
here.
"""


def corpus(every: int, offset: int) -> list[dict[str, Any]]:
    """The statements with their assumptions, and what is right about each."""
    found = []
    for name in ("true", "false", "empty"):
        for line in (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            if line.strip():
                found.append({**json.loads(line), "right": WANTED.get(name, "empty")})
    return found[offset::every]


def processor_seconds() -> float:
    """Of this process and of those that it started and that have ended."""
    parts = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(p.ru_utime + p.ru_stime for p in parts)


def by_batch(entries: Sequence[dict[str, Any]], work: int) -> tuple[list[str], list[float]]:
    """What ``prove_many`` says of each statement, and what each took, since one is finished after the other."""
    ends = []
    before = processor_seconds()

    def progress(place: int, answer: verify.Answer) -> None:
        ends.append(processor_seconds())

    asked = [(e["statement"], e.get("assume", [])) for e in entries]
    answers = verify.prove_many(asked, work=work, progress=progress)
    taken = [b - a for a, b in zip([before, *ends], ends, strict=False)]
    return [said(a) for a in answers], taken


def said(answer: verify.Answer) -> str:
    """A verdict, where a contradiction between the assumptions is one."""
    if any("contradict" in why for why in answer.why):
        return "empty"
    return answer.verdict.key


def by_z3(entries: Sequence[dict[str, Any]], work: int) -> tuple[list[str], list[float]]:
    """What z3 says."""
    verdicts, taken = [], []
    for e in entries:
        before = processor_seconds()
        try:
            verdict = z3_answer(parse_problem(e["statement"], e.get("assume", [])), work / SECOND)
        except Exception:  # what it has no language for it has not decided
            verdict = "inconclusive"
        verdicts.append("empty" if verdict == "proved" and e["right"] == "empty" else verdict)
        taken.append(processor_seconds() - before)
    return verdicts, taken


def by_commands(entries: Sequence[dict[str, Any]], work: int) -> tuple[list[str], list[float]]:
    """What one command for each statement says."""
    verdicts, taken = [], []
    for e in entries:
        before = processor_seconds()
        assume = [w for a in e.get("assume", []) for w in ("--assume", a)]
        command = [sys.executable, "-m", "verify", "prove", "--json", "--work", str(work / SECOND), *assume, "--"]
        done = subprocess.run([*command, e["statement"]], capture_output=True, text=True, check=False)
        found = json.loads(done.stdout) if done.stdout else {"verdict": "inconclusive"}
        verdicts.append("empty" if done.returncode == 2 else found["verdict"])
        taken.append(processor_seconds() - before)
    return verdicts, taken


def row(what: str, work: int, entries: Sequence[dict[str, Any]], found: tuple[list[str], list[float]]) -> str:
    """One line of the table."""
    verdicts, taken = found
    right = Counter(v for v, e in zip(verdicts, entries, strict=True) if v == e["right"])
    wrong = sum(v in ("proved", "refuted") and v != e["right"] for v, e in zip(verdicts, entries, strict=True))
    decided = sum(right.values()) + wrong
    figures = [right["proved"], right["refuted"], right["empty"], wrong, len(entries) - decided]
    counts = " | ".join(map(str, figures))
    return f"| {what} | {work:,} | {counts} | {sum(taken):.1f} s | {decided / sum(taken):.1f} |"


def slowest_half(taken: Sequence[float]) -> int:
    """How many statements take half of the time."""
    total, count = 0.0, 0
    for t in sorted(taken, reverse=True):
        if total >= sum(taken) / 2:
            break
        total, count = total + t, count + 1
    return count


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take every N-th statement")
    parser.add_argument("--offset", type=int, default=0, metavar="K", help="and begin with the K-th")
    parser.add_argument("--work", type=float, nargs="+", default=[0.3, 1, 5], help="for each statement, in millions")
    parser.add_argument("--apart", type=int, default=20, metavar="N", help="every N-th as a command; 0: none")
    parser.add_argument("--markdown", metavar="FILE", help="also write the page to this file")
    options = parser.parse_args(arguments)
    entries = corpus(options.every, options.offset)
    few = entries[:: options.apart] if options.apart else []
    ways: list[tuple[str, Sequence[dict[str, Any]], float, Callable[..., tuple[list[str], list[float]]]]] = [
        *(("`prove_many`", entries, w, by_batch) for w in options.work),
        ("z3", entries, 1, by_z3),
        (f"`verify prove`, every {options.apart}th", few, options.work[-1], by_commands),
    ]
    rows, slow = [], 0
    for what, some, w, way in ways:
        if some:
            found = way(some, int(w * SECOND))
            rows.append(row(what, int(w * SECOND), some, found))
            print(rows[-1], flush=True)
            slow = slowest_half(found[1]) if way is by_batch else slow
    counts = Counter(e["right"] for e in entries)
    page = PAGE.format(
        cores=os.cpu_count(), python=sys.version.split()[0], total=len(entries), rows="\n".join(rows), slow=slow,
        true=counts["proved"], false=counts["refuted"], empty=counts["empty"],
    )  # fmt: skip
    if options.markdown:
        files.write(options.markdown, page)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
