"""Pages in Markdown of what `verify mutate` and `verify hypotheses` found about a whole theory.

``verify mutate --json mutants.json``, ``verify hypotheses --json docs/hypotheses.json``, and then ``python
benchmarks/trials.py --mutants mutants.json --hypotheses docs/hypotheses.json --into docs``. Both commands take long and
go on where they were interrupted, so that this only reads what they wrote; ``--seconds`` says what they took.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from verify.runtime import files

MUTANTS = """# Mutants

Made by `python benchmarks/trials.py` of what `verify mutate --json mutants.json` wrote{took}. A mutant is a claim with
one slip: a lost or flipped sign, a lost term or factor, another exponent, another relation, two quantities exchanged.
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


def mutants(found: dict[str, Any], took: str) -> str:
    """The page of the mutants."""
    rows = [f"| {c['id']} | {c['killed']} | {c['true']} | {c['survive']} |" for c in found["claims"]]
    survivors = []
    for claim in found["claims"]:
        slips = [t["change"] for t in claim["trials"] if t["outcome"] == "open"]
        survivors += [f"- {claim['id']}: " + "; ".join(map(code, slips))] if slips else []
    summary = found["summary"]
    return MUTANTS.format(
        took=took, score=summary["kill score"], killed=summary["killed"], true=summary["true"],
        survive=summary["survive"], claims=len(rows), rows="\n".join(rows), survivors="\n".join(survivors) or "None.",
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
    parser.add_argument("--hypotheses", metavar="FILE", type=Path, help="what verify hypotheses --json wrote")
    parser.add_argument("--seconds", metavar="S", type=int, help="the processor time that the command took")
    parser.add_argument("--into", metavar="FOLDER", type=Path, default=Path("docs"), help="where the pages go")
    options = parser.parse_args(arguments)
    took = f", in {options.seconds:,} s of processor time on {os.cpu_count()} cores" if options.seconds else ""
    for kind, page in (("mutants", mutants), ("hypotheses", hypotheses)):
        source = getattr(options, kind)
        if source is not None:
            files.write(options.into / f"benchmarks-{kind}.md", page(json.loads(source.read_text("utf-8")), took))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
