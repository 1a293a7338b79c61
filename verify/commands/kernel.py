"""``verify kernel`` and ``verify export``: claims re-proved by Coq, or written for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from verify.commands.common import JSON_OPTION, THEORY_OPTION, WORKERS_OPTION, progress, session_of_theory, write_json
from verify.runtime.errors import BadInput

if TYPE_CHECKING:
    from verify.commands.kernel_run import Chosen
    from verify.coq.collection import Collection

CACHE = Path(".verify/coq")


@click.command()
@click.argument("claims", nargs=-1)
@click.option("--again", is_flag=True, help="Compile everything anew, whatever was compiled before.")
@WORKERS_OPTION
@THEORY_OPTION
@JSON_OPTION
def kernel(claims: tuple[str, ...], again: bool, workers: int, json_file: str | None) -> None:
    """Let Coq prove CLAIMS once more, by default all of the theory, with no axiom but those of the classical reals.

    The certificate of each is translated step by step; nothing is searched for. This adds evidence and replaces none.
    Exit code 0: all re-proved; 1: Coq refuses one, or it assumes something else; 3: a rule is not translated, or a
    limit of processor time was hit; 2: bad input, or there is no coqc.
    """
    from verify.commands.kernel_run import outcome
    from verify.coq import coqc, lemmas
    from verify.coq.collection import HEAD

    coqc.program()
    chosen = _chosen(claims)
    collection, open_claims = _collected(chosen, chosen.everything, workers)
    found = collection.parts(lambda _, digest: f"P_{digest}")
    matrices = any(theorem.head != HEAD for theorem in collection.found.values())
    home = coqc.prepared(CACHE, coqc.LIBRARY if matrices else lemmas.NUMBERS)
    if again:
        for old in (home / "Theory").glob("P_*"):
            old.unlink()
    with progress(len(found)) as advance:
        results = coqc.compiled(found, home, workers, lambda one: advance(one.module))
    rows = outcome(collection, found, results, coqc.version(), open_claims, chosen.rests)
    if json_file != "-":
        for row in rows:
            click.echo(f"{row.claim}: {row.said}")
        proved = sum(row.proved for row in rows)
        kept = sum(one.kept for one in results)
        click.echo(
            f"{proved} of {len(rows)} claims re-proved by Coq {coqc.version()}; "
            f"{kept} of {len(results)} files are as they were"
        )
    if json_file is not None:
        write_json([{"claim": r.claim, "kernel": r.said, "proved": r.proved} for r in rows], json_file)
    if any(row.refused for row in rows):
        raise SystemExit(1)
    if not all(row.proved for row in rows):
        raise SystemExit(3)


@click.group()
def export() -> None:
    """Write claims in the language of another prover."""


@export.command()
@click.argument("claims", nargs=-1)
@click.option("--out", metavar="DIR", required=True, help="The folder to write to.")
@WORKERS_OPTION
@THEORY_OPTION
def coq(claims: tuple[str, ...], out: str, workers: int) -> None:
    """Write CLAIMS, by default all of the theory, as theorems of Coq with their proofs, and all that they need.

    No Coq is needed for that. Exit code 0: all are written; 3: some are not translated; 2: bad input.
    """
    from verify.coq.exported import write

    chosen = _chosen(claims)
    collection, open_claims = _collected(chosen, list(chosen.rests), workers)
    written = write(collection, Path(out))
    click.echo(f"wrote {len(written)} files to {out}: {len(collection.claims)} claims", err=True)
    for claim, why in {**open_claims, **collection.missing}.items():
        click.echo(f"{claim}: {why}", err=True)
    if open_claims or collection.missing:
        raise SystemExit(3)


def _chosen(names: tuple[str, ...]) -> Chosen:
    """The claims that are meant, each with all that it rests on; false statements have no certificate."""
    from verify.cache.session import Session
    from verify.claims.selection import select
    from verify.commands.kernel_run import Chosen
    from verify.evidence.run import ancestors

    chosen = select(names)
    if chosen.errors:
        raise chosen.errors[0]
    rests = {name: ancestors(chosen.table[name], chosen.table) for name in chosen.ids if chosen.table[name].expected}
    if not rests:
        raise BadInput("none of these claims is expected to hold", "name one that is; verify list shows them")
    return Chosen(rests, chosen.table, Session() if chosen.files else session_of_theory())


def _collected(chosen: Chosen, ids: list[str], workers: int) -> tuple[Collection, dict[str, str]]:
    """The theorems of the claims that are proved, and why the others have none."""
    from verify.commands.kernel_run import certificates
    from verify.coq.collection import Collection

    collection, missing = Collection(), dict[str, str]()
    with progress(len(ids)) as advance:
        for name, certificate, why in certificates(ids, chosen.table, chosen.session, workers, advance):
            if certificate is None:
                missing[name] = why
            else:
                collection.add(name, certificate, f"{name}. {chosen.table[name].title}")
    return collection, missing
