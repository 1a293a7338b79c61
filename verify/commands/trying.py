"""``verify mutate`` and ``verify hypotheses``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from verify.commands.common import JSON_OPTION, WORKERS_OPTION, print_table, progress, write_json


@click.command()
@click.argument("claims", nargs=-1)
@WORKERS_OPTION
@JSON_OPTION
def mutate(claims: tuple[str, ...], workers: int, json_file: str | None) -> None:
    """Would a slip have been noticed? Judge systematic wrong versions of CLAIMS.

    A mutant is killed when it is refuted by an exact witness; it is equivalent when it is proved, so that it says no
    more than the truth; otherwise it survives. Exit code 0: no survivor; 3: some survive.
    """
    from verify import trials

    open_ = _trials(
        claims, trials.mutate, workers, json_file, {"refuted": "killed", "proved": "true", "open": "survive"}
    )
    raise click.exceptions.Exit(3 if open_ else 0)


@click.command()
@click.argument("claims", nargs=-1)
@WORKERS_OPTION
@JSON_OPTION
def hypotheses(claims: tuple[str, ...], workers: int, json_file: str | None) -> None:
    """Is every hypothesis of CLAIMS needed? Each is dropped in turn.

    Needed: a witness violates the claim without it; not needed: the claim is proved without it. Exit code 0: every
    hypothesis is decided; 3: some are not.
    """
    from verify import trials

    words = {"refuted": "needed", "proved": "not needed", "open": "undecided"}
    open_ = _trials(claims, trials.hypotheses, workers, json_file, words, every=True)
    raise click.exceptions.Exit(3 if open_ else 0)


def _trials(
    names: tuple[str, ...],
    kind: Callable[..., Any],
    workers: int,
    json_file: str | None,
    words: dict[str, str],
    every: bool = False,
) -> int:
    """Run one kind of trial on some claims and report; returns how many trials stay open."""
    from verify import trials
    from verify.cache.session import Session
    from verify.runner import find

    session = Session()
    chosen = [c for c in find(list(names)) if c.expected]
    rows, data, counts = [], [], dict.fromkeys(words, 0)
    with progress(len(chosen)) as tick:
        for claim, found in trials.run(chosen, kind, workers):
            tick(claim.id)
            tally = {k: sum(t.outcome == k for t in found) for k in words}
            for k in words:
                counts[k] += tally[k]
            data.append(
                {"id": claim.id, **{words[k]: n for k, n in tally.items()}, "trials": [t.to_json() for t in found]}
            )
            shown = [t for t in found if every or t.outcome == "open"]
            rows += [[claim.id, *(str(tally[k]) for k in words), ""]] if not every else []
            rows += [
                ["" if not every else claim.id, *([words[t.outcome]] if every else ["", "", ""]), _trial(t)]
                for t in shown
            ]
    if every:
        session.keep_hypotheses(data)
        for note in session.notes:
            click.echo(f"cache: {note}", err=True)
    decided = counts["refuted"] + counts["open"]
    summary = {words[k]: n for k, n in counts.items()}
    if not every:
        summary["kill score"] = f"{100 * counts['refuted'] / decided:.1f} %" if decided else "no mutants"
    if json_file is not None:
        write_json({"schema": 1, "claims": data, "summary": summary}, json_file)
    if json_file != "-":
        columns = ("claim", "verdict", "hypothesis") if every else ("claim", *words.values(), "survivors")
        print_table(columns, rows)
        click.echo("\n" + ", ".join(f"{k}: {v}" for k, v in summary.items()))
    return counts["open"]


def _trial(t: Any) -> str:
    return f"{t.change}    [{t.witness}]" if t.witness else t.change
