"""``verify mutate`` and ``verify hypotheses``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from verify.commands.common import (
    CLAIMS_ARGUMENT,
    JSON_OPTION,
    THEORY_OPTION,
    engine_options,
    note,
    on,
    session_of_theory,
    write_json,
)
from verify.commands.program import examples
from verify.commands.progress import progress
from verify.runtime import manner
from verify.runtime.engine import Engine

if TYPE_CHECKING:
    from verify.regression.trial import Kind


@click.command(
    short_help="would a slip in a claim have been noticed?",
    epilog=examples("verify mutate T1", "verify mutate claims.py --verbose"),
)
@CLAIMS_ARGUMENT
@engine_options()
@THEORY_OPTION
@JSON_OPTION
def mutate(claims: tuple[str, ...], engine: Engine, json_file: str | None) -> None:
    """Would a slip have been noticed? Judge systematic wrong versions of CLAIMS.

    A mutant is killed when it is refuted by an exact witness; it is equivalent when it is proved, so that it says no
    more than the truth; otherwise it survives. Exit code 0: no survivor; 3: some survive.
    """
    open_ = _trials(claims, "mutate", engine, json_file, {"refuted": "killed", "proved": "true", "open": "survive"})
    raise click.exceptions.Exit(3 if open_ else 0)


@click.command(
    short_help="is every hypothesis of a claim needed?",
    epilog=examples("verify hypotheses T1", "verify hypotheses claims.py"),
)
@CLAIMS_ARGUMENT
@engine_options()
@THEORY_OPTION
@JSON_OPTION
def hypotheses(claims: tuple[str, ...], engine: Engine, json_file: str | None) -> None:
    """Is every hypothesis of CLAIMS needed? Each is dropped in turn.

    Needed: a witness violates the claim without it; not needed: the claim is proved without it. Exit code 0: every
    hypothesis is decided; 3: some are not.
    """
    words = {"refuted": "needed", "proved": "not needed", "open": "undecided"}
    open_ = _trials(claims, "hypotheses", engine, json_file, words, every=True)
    raise click.exceptions.Exit(3 if open_ else 0)


def _trials(
    names: tuple[str, ...],
    kind: Kind,
    engine: Engine,
    json_file: str | None,
    words: dict[str, str],
    every: bool = False,
) -> int:
    """Run one kind of trial on some claims and report; returns how many trials stay open.

    What was judged in the present state of the code is not judged again, so that a long run can be interrupted.
    """
    from verify.cache.session import Session
    from verify.claims.selection import select
    from verify.regression import run
    from verify.reports.needed import stamp
    from verify.reports.tables import Column, print_table
    from verify.reports.wrapping import say

    session = session_of_theory()
    selected = select(names).strict()
    # What a file states, of claims or of a whole theory, is not in the sources that trials are kept under.
    if selected.files:
        session = Session()
    chosen = [c for c in selected.claims if c.expected]
    kept = not selected.files and session.may_recall()
    with progress({"mutate": "judging mutants", "hypotheses": "dropping hypotheses"}[kind], len(chosen)) as tick:
        judged = run.judged(chosen, kind, selected.table, on(engine, selected), session if kept else None, tick)
    for said in session.notes:
        note(f"cache: {said}")
    rows, data, counts = [], [], dict.fromkeys(words, 0)
    for claim in chosen:
        results = judged[claim.id]
        tally = {k: sum(t["outcome"] == k for t in results) for k in words}
        counts = {k: counts[k] + n for k, n in tally.items()}
        stated = stamp(claim) if every else {}
        data.append({"id": claim.id, **stated, **{words[k]: n for k, n in tally.items()}, "trials": results})
        if every:
            rows += [[claim.id, words[t["outcome"]], _trial(t)] for t in results]
        else:
            rows.append([claim.id, *(str(tally[k]) for k in words), ""])
            shown = [t for t in results if t["outcome"] == "open" or manner.current().verbose]
            about = {"open": "", "refuted": "killed: ", "proved": "true: "}
            rows += [["", "", "", "", about[t["outcome"]] + _trial(t)] for t in shown]
    decided = counts["refuted"] + counts["open"]
    summary: dict[str, Any] = {words[k]: n for k, n in counts.items()}
    if not every:
        summary["kill score"] = f"{100 * counts['refuted'] / decided:.1f} %" if decided else "no mutants"
    if json_file is not None:
        write_json({"schema": 1, "claims": data, "summary": summary}, json_file)
    if json_file != "-":
        heads = ("claim", "verdict", "hypothesis") if every else ("claim", *words.values(), "survivors")
        print_table([Column(head, wraps=head == heads[-1]) for head in heads], rows)
        say("\n" + ", ".join(f"{k}: {v}" for k, v in summary.items()))
    return counts["open"]


def _trial(t: dict[str, str]) -> str:
    return f"{t['change']}    [{t['witness']}]" if t["witness"] else t["change"]
