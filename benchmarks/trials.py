"""Pages in Markdown of what `verify mutate` and `verify hypotheses` found about a whole theory.

``verify mutate --json mutants.json``, ``verify hypotheses --json docs/hypotheses.json``, and then ``python
benchmarks/trials.py --mutants mutants.json --hypotheses docs/hypotheses.json --into docs``. Both commands take long and
go on where they were interrupted, so that this only reads what they wrote; ``--seconds`` says what they took. With
``--again again.json``, what ``verify mutate ID ... --json again.json`` wrote of some claims later takes the place of
what was found about them before, and the page says so.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from verify.runtime import files

MUTANTS = """# Mutants

Made by `python benchmarks/trials.py` of what `verify mutate --json mutants.json` wrote{took}{again}. A mutant is a
claim with one slip: a lost or flipped sign, a lost term or factor, another exponent, another relation, two quantities
exchanged.
*Killed*: refuted with an exact witness. *True*: proved, so that it says no more than the truth. *Survive*: neither;
[the limits](limits.md#mutants-that-survive) say of each why no witness exists, or which there is.

**{score} of the mutants that are not proved true are killed**: {killed} killed, {true} true, {survive} survive, of
{claims} claims.

## Survivors

{survivors}

## Every claim

| claim | killed | true | survive |
|---|---:|---:|---:|
{rows}
"""
HYPOTHESES = """# Hypotheses

Made by `python benchmarks/trials.py` of what `verify hypotheses --json docs/hypotheses.json` wrote{took}. Each
hypothesis of each claim is dropped, and a side of each bound. *Needed*: a witness violates what is left, and the page
of the claim on the site shows it. *Not needed*: what is left is proved too; the hypothesis says what the claim is
about. *Undecided*: neither is found.

Of {total} hypotheses of {claims} claims {needed} are needed, {superfluous} are not, {undecided} are undecided.

| claim | needed | not needed | undecided |
|---|---:|---|---|
{rows}
"""


def mutants(found: dict[str, Any], took: str, later: dict[str, Any] | None = None) -> str:
    """The page of the mutants; of what was judged again ``later``, that counts."""
    newer = {c["id"]: c for c in later["claims"]} if later else {}
    found = {**found, "claims": [newer.get(c["id"], c) for c in found["claims"]]}
    rows = [f"| {c['id']} | {c['killed']} | {c['true']} | {c['survive']} |" for c in found["claims"]]
    survivors = []
    for claim in found["claims"]:
        slips = Counter(code(t["change"]) for t in claim["trials"] if t["outcome"] == "open")
        told = (f"{slip} ({count} times)" if count > 1 else slip for slip, count in slips.items())
        survivors += [f"- {claim['id']}: " + "; ".join(told)] if slips else []
    killed, true, survive = (sum(c[kind] for c in found["claims"]) for kind in ("killed", "true", "survive"))
    again = f"; {len(newer)} claims with survivors were judged again later, with more points" if newer else ""
    return MUTANTS.format(
        took=took, again=again, score=f"{100 * killed / (killed + survive):.1f} %", killed=killed, true=true,
        survive=survive, claims=len(rows), rows="\n".join(rows), survivors="\n".join(survivors) or "None.",
    )  # fmt: skip


def hypotheses(found: dict[str, Any], took: str) -> str:
    """The page of the hypotheses."""
    rows, totals = [], {"refuted": 0, "proved": 0, "open": 0}
    for claim in found["claims"]:
        trials = claim["trials"]
        kinds = {k: [t["change"] for t in trials if t["outcome"] == k] for k in totals}
        totals = {kind: totals[kind] + len(kinds[kind]) for kind in kinds}
        not_needed, unknown = ("; ".join(map(code, kinds[k])).replace("|", "\\|") for k in ("proved", "open"))
        rows.append(f"| {claim['id']} | {len(kinds['refuted'])} | {not_needed} | {unknown} |")
    return HYPOTHESES.format(
        took=took, total=sum(totals.values()), claims=len(rows), needed=totals["refuted"],
        superfluous=totals["proved"], undecided=totals["open"], rows="\n".join(rows),
    )  # fmt: skip


def code(text: str, most: int = 90) -> str:
    """A text as code, shortened in its middle where it is long."""
    short = text if len(text) <= most else f"{text[: most // 2]} ... {text[-most // 2 :]}"
    return f"`{short}`"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mutants", metavar="FILE", type=Path, help="what verify mutate --json wrote")
    parser.add_argument("--again", metavar="FILE", type=Path, help="the same of some claims, later")
    parser.add_argument("--hypotheses", metavar="FILE", type=Path, help="what verify hypotheses --json wrote")
    parser.add_argument("--seconds", metavar="S", type=int, help="the processor time that the command took")
    parser.add_argument("--into", metavar="FOLDER", type=Path, default=Path("docs"), help="where the pages go")
    options = parser.parse_args(arguments)
    took = f", in {options.seconds:,} s of processor time on {os.cpu_count()} cores" if options.seconds else ""
    if options.mutants is not None:
        later = None if options.again is None else read(options.again)
        files.write(options.into / "benchmarks-mutants.md", mutants(read(options.mutants), took, later))
    if options.hypotheses is not None:
        files.write(options.into / "benchmarks-hypotheses.md", hypotheses(read(options.hypotheses), took))
    return 0


def read(path: Path) -> dict[str, Any]:
    """What a command wrote."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
