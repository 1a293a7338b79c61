"""The corpora through this prover, z3, cvc5, alkahest and SymPy, in one run; prints a page in Markdown.

``python benchmarks/provers.py [--seconds S] [--workers N] [--limit N] [--markdown FILE]``. A prover that is not
installed is left out. Every attempt runs in a process of its own with the same limit.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import multiprocessing
import os
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path
from typing import Any

from engines import ENGINES

from verify.language import logic
from verify.language.parser import parse_problem
from verify.runtime import files

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"
WANTED = {"true": "proved", "false": "refuted"}
DISTRIBUTIONS = {"this prover": "maml-erm-theory", "z3": "z3-solver", "SymPy": "sympy"}
PAGE = """# Provers compared

Made by `python benchmarks/provers.py --markdown docs/benchmarks-provers.md`, in one run on {cores} cores with Python
{python}: {seconds:g} s for each statement, {workers} at a time.

The corpora of `tests/corpus`: {true} true statements, {false} false ones, and {empty} whose assumptions contradict each
other. *Right*: a true statement called true, a false one called false. *Wrong*: the opposite. A statement without a
point to be about is counted apart: this prover says that the domain is empty, logic makes it true.

| prover | right | wrong | undecided | seconds | called empty | called true |
|---|---:|---:|---:|---:|---:|---:|
{rows}

Only the first row comes with certificates for true statements and exact witnesses for false ones. The others
have no undefined terms: each is given the statement together with the conditions under which it is defined, where its
language can say so. alkahest has no quantifiers over several variables, cvc5 and z3 no logarithms; what a prover can't
be told counts as undecided.
"""


def _child(pipe: Any, engine: str, sequent: logic.Sequent, seconds: float) -> None:
    try:
        pipe.send(ENGINES[engine][1](sequent, seconds))
    except Exception as error:  # an engine that cannot read the statement has not decided it
        pipe.send(f"inconclusive: {type(error).__name__}")


def attempt(engine: str, sequent: logic.Sequent, seconds: float) -> tuple[str, float]:
    """The verdict and the time it took, in a process that is ended after the limit."""
    context = multiprocessing.get_context("fork")
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(theirs, engine, sequent, seconds), daemon=True)
    start = time.monotonic()
    process.start()
    theirs.close()
    try:
        verdict = mine.recv() if mine.poll(seconds + 1) else "inconclusive"
    except EOFError:
        verdict = "inconclusive"
    process.kill()
    process.join()
    return verdict.split(":")[0], time.monotonic() - start


def versions(engine: str, module: str) -> str:
    try:
        return f"{engine} {metadata.version(DISTRIBUTIONS.get(engine, module))}"
    except metadata.PackageNotFoundError:
        return engine


def row(engine: str, questions: list[tuple[str, logic.Sequent]], seconds: float, workers: int) -> str:
    """One line of the table."""
    module, _ = ENGINES[engine]
    if importlib.util.find_spec(module) is None:
        return f"| {engine} | not installed | | | | | |"
    importlib.import_module(module)  # before the fork, so that nobody pays for loading
    with ThreadPoolExecutor(workers) as pool:
        answers = list(pool.map(lambda q: attempt(engine, q[1], seconds), questions))
    count: Counter[str] = Counter()
    for (corpus, _), (verdict, _) in zip(questions, answers, strict=True):
        if corpus == "empty":
            count[f"empty {verdict}"] += 1
        elif verdict in ("inconclusive", "empty"):
            count["undecided"] += 1
        else:
            said = "proved" if verdict == "enclosed" else verdict
            count["right" if said == WANTED[corpus] else "wrong"] += 1
    total = sum(taken for (corpus, _), (_, taken) in zip(questions, answers, strict=True) if corpus != "empty")
    cells = [count["right"], count["wrong"], count["undecided"], f"{total:.0f}", count["empty empty"]]
    return f"| {versions(engine, module)} | {' | '.join(map(str, cells))} | {count['empty proved']} |"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3, help="limit for one statement")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit", type=int, default=None, help="only the first N statements of each corpus")
    parser.add_argument("--markdown", metavar="FILE", help="also write the page to this file")
    options = parser.parse_args(arguments)
    questions = [
        (corpus, parse_problem(e["statement"], e.get("assume", [])))
        for corpus in (*WANTED, "empty")
        for e in map(json.loads, (CORPUS / f"{corpus}.jsonl").read_text(encoding="utf-8").splitlines()[: options.limit])
    ]
    rows = []
    for engine in ENGINES:
        rows.append(row(engine, questions, options.seconds, options.workers))
        print(rows[-1], flush=True)
    sizes = Counter(corpus for corpus, _ in questions)
    page = PAGE.format(
        cores=os.cpu_count(), python=sys.version.split()[0], seconds=options.seconds, workers=options.workers,
        rows="\n".join(rows), **sizes,
    )  # fmt: skip
    if options.markdown:
        files.write(options.markdown, page)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
