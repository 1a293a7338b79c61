"""PEPit's examples, examined: its number at five points of the parameters, and here one proof for all of them.

``python benchmarks/pep.py [--first] [--only TEXT] [--work N] [--json FILE] [--markdown FILE]``. Both in one run on the same
machine. PEPit solves a semidefinite program at each point; what is proved here holds for every value of the
parameters and comes with a certificate. An entry is right if PEPit's number at each point is the rate (``tight``) or
not above it (``upper``).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from pep_entries import difference, load, numeric, term, values

from verify.runtime import files
from verify.runtime.budget import SECOND

TOLERANCE = 1e-4  # what the solvers reach; see the column of the largest difference
PAGE = """# PEPit's examples, for all parameter values

Made by `python benchmarks/pep.py {options} --markdown docs/pep.md`, in one run on {cores} cores with Python {python}, PEPit
{pepit} with {solver} and cvxpy {cvxpy}; here a limit of {work:,} units of work for each statement. Seconds on the wall.

PEPit computes the worst case of a method at given numbers, by a semidefinite program. Here the rate is proved for all
values of the parameters, once, with a certificate. *Difference*: the largest, over five rational points, of PEPit's
number and the rate, relative to the rate; in the rows marked *upper* the rate is an upper bound, and the number is how
far PEPit's largest value lies above it (below it, if negative). *Ratio*: PEPit's time for five points over the time
here for all.

{proved} of {all} statements proved, from {files_proved} of {files_all} example files that have one; PEPit has {total}.

| statement | example | steps | rate | PEPit's kind | difference | PEPit, s | here | here, s | ratio |
|---|---|---:|---|---|---:|---:|---|---:|---:|
{rows}

## All examples

Those without a statement, with the reason, and what the others are about.

| example | class | rate in the example | steps stated | proved | why not stated |
|---|---|---|---|---|---|
{table}
"""


def prove(entry: Mapping[str, Any], work: int) -> tuple[str, float]:
    """The verdict for all parameter values, and the seconds it took."""
    try:
        from verify.spaces.decide import decide
        from verify.spaces.reading import plain
    except ImportError:  # the room is not there
        return "no prover", 0.0
    start = time.perf_counter()
    outcome = decide(plain.claim(entry["statement"], entry["assume"]), work)
    return str(outcome.verdict.key), time.perf_counter() - start


def examine(entry: Mapping[str, Any], solver: str, work: int) -> dict[str, Any]:
    """One row: PEPit's five values against the rate, and the proof."""
    worst, rates, seconds = [], [], 0.0
    for point in entry["parameters"]:
        rates.append(float(term(entry["rate"], values(point, entry.get("roots", {})))))
        value, took = numeric(entry, point, solver)
        worst.append(value)
        seconds += took
    apart = [difference(a, b) for a, b in zip(worst, rates, strict=True)]
    largest = max(apart, key=abs) if entry["expect"] == "tight" else max(apart)
    verdict, took = prove(entry, work)
    right = abs(largest) <= TOLERANCE if entry["expect"] == "tight" else largest <= TOLERANCE
    return {
        "id": entry["id"], "file": entry["file"], "also": entry.get("also", []), "steps": entry["steps"],
        "rate": entry["rate"], "expect": entry["expect"], "pepit": worst, "rates": rates, "difference": largest,
        "pepit seconds": seconds, "verdict": verdict, "seconds": took, "right": right,
    }  # fmt: skip


def false_one(entry: Mapping[str, Any], work: int) -> dict[str, Any]:
    """A false variant: it must never be proved."""
    verdict, took = prove(entry, work)
    return {"id": entry["id"], "verdict": verdict, "seconds": took, "right": verdict != "proved"}


def line(row: Mapping[str, Any]) -> str:
    ratio = f"{row['pepit seconds'] / row['seconds']:.1f}" if row["seconds"] else ""
    cells = [
        row["id"], row["file"].split("/")[1], row["steps"], f"`{row['rate']}`", row["expect"],
        f"{row['difference']:.1e}", f"{row['pepit seconds']:.2f}", row["verdict"], f"{row['seconds']:.2f}", ratio,
    ]  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"


def overview(rows: Sequence[Mapping[str, Any]]) -> str:
    """The table of all example files of PEPit."""
    found = []
    for entry in load("pep_files"):
        mine = [r for r in rows if entry["file"] in (r["file"], *r["also"])]
        proved = f"{sum(r['verdict'] == 'proved' for r in mine)} of {len(mine)}" if mine else ""
        steps = ", ".join(map(str, entry.get("steps", ())))
        cells = [entry["file"], entry["class"], entry["rate"], steps, proved, entry.get("why not", "")]
        found.append("| " + " | ".join(cells) + " |")
    return "\n".join(found)


def page(rows: Sequence[Mapping[str, Any]], machine: Mapping[str, Any]) -> str:
    """The results as a page in Markdown."""
    named = {file for r in rows for file in (r["file"], *r["also"])}
    proved = {file for r in rows if r["verdict"] == "proved" for file in (r["file"], *r["also"])}
    return PAGE.format(
        **machine, rows="\n".join(map(line, rows)), table=overview(rows), all=len(rows),
        proved=sum(r["verdict"] == "proved" for r in rows), files_all=len(named), files_proved=len(proved),
        total=len(load("pep_files")),
    )  # fmt: skip


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", default="", help="only the entries whose id contains this text")
    parser.add_argument("--first", action="store_true", help="only the first statement of each example file")
    parser.add_argument("--false", action="store_true", help="the false variants too: none may be proved")
    parser.add_argument("--work", type=int, default=30 * SECOND, help="units of work for one statement")
    parser.add_argument("--solver", default="CLARABEL", help="PEPit's own default is less accurate")
    parser.add_argument("--json", type=Path, help="also write the numbers to this file")
    parser.add_argument("--markdown", type=Path, help="also write the page to this file")
    options = parser.parse_args(arguments)
    machine = {
        "cores": os.cpu_count(), "python": platform.python_version(), "solver": options.solver, "work": options.work,
        "options": f"--first --work {options.work}" if options.first else f"--work {options.work}",
        "pepit": metadata.version("PEPit"), "cvxpy": metadata.version("cvxpy"),
    }  # fmt: skip
    rows, seen = [], set[str]()
    for entry in load("pep_examples"):
        later, _ = entry["file"] in seen, seen.add(entry["file"])
        if options.only in entry["id"] and not (options.first and later):
            rows.append(examine(entry, options.solver, options.work))
            print(line(rows[-1]), "" if rows[-1]["right"] else "PEPit differs", flush=True)
    slips = [false_one(e, options.work) for e in load("pep_false") if options.false and options.only in e["id"]]
    for slip in slips:
        if not slip["right"]:
            print(f"WRONG: {slip['id']} is false and was proved")
    print(f"{sum(r['verdict'] == 'proved' for r in rows)} of {len(rows)} proved; {len(slips)} false ones tried")
    if options.json:
        files.write(options.json, json.dumps({"machine": machine, "rows": rows, "false": slips}, indent=1) + "\n")
    if options.markdown:
        files.write(options.markdown, page(rows, machine))
    return 0 if all(r["right"] for r in [*rows, *slips]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
