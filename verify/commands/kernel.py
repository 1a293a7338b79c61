"""``verify kernel`` and ``verify export``: claims re-proved by Coq, or written for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verify.commands.common import (
    CLAIMS_ARGUMENT,
    JSON_OPTION,
    THEORY_OPTION,
    WORKERS_OPTION,
    note,
    session_of_theory,
    write_json,
)
from verify.commands.program import examples
from verify.commands.progress import progress
from verify.runtime import manner
from verify.runtime.errors import BadInput

if TYPE_CHECKING:
    from verify.commands.kernel_run import Chosen
    from verify.coq.collection import Collection

CACHE = Path(".verify/coq")


@click.command(
    short_help="let Coq prove the certificates of claims again",
    epilog=examples("verify kernel T1", "verify kernel --locked"),
)
@CLAIMS_ARGUMENT
@click.option("--again", is_flag=True, help="Compile everything anew, whatever was compiled before.")
@click.option("--locked", is_flag=True, help="Fail where theorems.lock says that a claim was re-proved, and it is not.")
@WORKERS_OPTION
@THEORY_OPTION
@JSON_OPTION
def kernel(claims: tuple[str, ...], again: bool, locked: bool, workers: int, json_file: str | None) -> None:
    """Let Coq prove CLAIMS once more, by default all of the theory, with no axiom but those of the classical reals.

    The certificate of each is translated step by step; nothing is searched for. This adds evidence and replaces none:
    verify check, why, lock and the sheet show it from then on.
    Exit code 0: all re-proved; 1: Coq refuses one, or it assumes something else, or the lock promises more; 3: a rule
    is not translated, or a limit of processor time was hit; 2: bad input, or there is no coqc.
    """
    from verify.commands.kernel_run import Row, alone, as_json, lost, outcome
    from verify.coq import coqc, refused
    from verify.reports.wrapping import say

    coqc.program()
    promised = _promised(claims) if locked else {}
    chosen = _chosen(claims)
    by = f"Coq {coqc.version()}"
    certificates, open_claims = _certificates(chosen, chosen.everything, workers)
    kept = {} if again else chosen.session.confirmations.by(by, certificates)
    collection = _collected(chosen, {name: one for name, one in certificates.items() if name not in kept})
    found = collection.parts(refused.module_name)
    home = coqc.prepared(CACHE, collection.library) if found else CACHE
    if again:
        for old in (home / "Theory").glob("P_*"):
            old.unlink()
    with progress("compiling", len(found)) as advance:
        found, results = refused.settled(collection, home, workers, lambda one: advance(one.module))
    own = {name: Row(name, f"kernel: {by}", proved=True) for name in kept}
    own |= alone(collection, found, results, by, open_claims)
    chosen.session.confirm(by, [name for name, row in own.items() if row.proved and name not in kept])
    rows = outcome(own, chosen.rests)
    if json_file != "-":
        for row in rows:
            cost = f" ({row.file}, {row.seconds:.1f} s)" if manner.current().verbose and row.file else ""
            say(f"{row.claim}: {row.said}{cost}")
        proved = sum(row.proved for row in rows)
        compiled = sum(not one.kept for one in results)
        say(
            f"{proved} of {len(rows)} claims re-proved by {by}; "
            f"{compiled} file{'s' * (compiled != 1)} compiled, {len(kept)} of {len(own)} claims as they were"
        )
    if json_file is not None:
        write_json([as_json(row) for row in rows], json_file)
    missing = lost(promised, rows)
    for row in missing:
        click.echo(
            f"{row.claim}: lost: the lock says that {promised[row.claim]} re-proved it; now: {row.said}", err=True
        )
    if missing or any(row.refused for row in rows):
        raise SystemExit(1)
    if not all(row.proved for row in rows):
        raise SystemExit(3)


@click.group(
    short_help="claims in the language of another prover", epilog=examples("verify export coq T1 --out library")
)
def export() -> None:
    """Write claims in the language of another prover."""


@export.command(short_help="a library of Coq", epilog=examples("verify export coq T1 --out library"))
@CLAIMS_ARGUMENT
@click.option("--out", metavar="DIR", required=True, help="The folder to write to.")
@WORKERS_OPTION
@THEORY_OPTION
def coq(claims: tuple[str, ...], out: str, workers: int) -> None:
    """Write CLAIMS, by default all of the theory, as a library of Coq: quantities, theorems, proofs, what they need.

    No Coq is needed for that. Exit code 0: all are written; 3: some are not translated; 2: bad input.
    """
    from verify.commands.export_run import source_of
    from verify.coq.exported import write

    chosen = _chosen(claims)
    certificates, open_claims = _certificates(chosen, list(chosen.rests), workers)
    collection = _collected(chosen, certificates)
    written = write(collection, source_of(chosen, certificates), Path(out))
    note(f"wrote {len(written)} files to {out}: {len(collection.claims)} claims")
    for claim, why in {**open_claims, **collection.missing}.items():
        click.echo(f"{claim}: {why}", err=True)
    if open_claims or collection.missing:
        raise SystemExit(3)


def _promised(names: tuple[str, ...]) -> dict[str, str]:
    """What the lock says another prover re-proved, by claim; ``BadInput`` for the lock of another theory."""
    from verify.claims import theories
    from verify.claims.patterns import split
    from verify.regression import lock_file

    found = lock_file.read()
    if not names or not all(split(name)[0] for name in names):
        lock_file.same_theory(found, theories.current())
    return {name: entry["kernel"] for name, entry in found["claims"].items() if "kernel" in entry}


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


def _certificates(chosen: Chosen, ids: list[str], workers: int) -> tuple[dict[str, Mapping[str, Any]], dict[str, str]]:
    """The accepted certificates of the claims that are proved, and why the others have none."""
    from verify.commands.kernel_run import certificates

    found, missing = dict[str, Mapping[str, Any]](), dict[str, str]()
    with progress("checking", len(ids)) as advance:
        for name, certificate, why in certificates(ids, chosen.table, chosen.session, workers, advance):
            if certificate is None:
                missing[name] = why
            else:
                found[name] = certificate
    return found, missing


def _collected(chosen: Chosen, certificates: Mapping[str, Mapping[str, Any]]) -> Collection:
    """The theorems of some certificates, by claim."""
    from verify.coq.collection import Collection

    collection = Collection()
    for name, certificate in certificates.items():
        collection.add(name, certificate, f"{name}. {chosen.table[name].title}")
    return collection
