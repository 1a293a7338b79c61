"""What ``verify kernel`` says about every claim, and where it has their certificates from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from verify.coq.collection import Collection, Part
from verify.coq.coqc import Compiled
from verify.language.verdict import Verdict

if TYPE_CHECKING:
    from verify.cache.session import Session
    from verify.claims.claim import Claim


@dataclass(frozen=True)
class Row:
    """What became of one claim; ``refused`` by Coq, or with an axiom that is not allowed."""

    claim: str
    said: str
    proved: bool = False
    refused: bool = False
    file: str = ""  # in which its theorem is, of this run
    seconds: float = 0  # of processor time for all of that file


@dataclass(frozen=True)
class Chosen:
    """Claims with what each rests on, all of them in a table, and the cache."""

    rests: Mapping[str, Sequence[str]]
    table: Mapping[str, Claim]
    session: Session

    @property
    def everything(self) -> list[str]:
        """The claims and what they rest on, in the order of the table."""
        needed = {*self.rests, *(name for names in self.rests.values() for name in names)}
        return [name for name in self.table if name in needed]


def certificates(
    ids: Sequence[str],
    table: Mapping[str, Claim],
    session: Session,
    workers: int,
    advance: Callable[[str], None],
) -> Iterator[tuple[str, Mapping[str, Any] | None, str]]:
    """The accepted certificate of every claim, from the cache where it is there; or why there is none.

    What was just kept is checked again as it comes out of the cache, like all that is kept.
    """
    from verify.evidence.run import check

    results = {r.id: r for r in check(ids, table=table, workers=workers, session=session, progress=advance)}
    session.known([table[name] for name in ids], table, workers)
    kept = session.kept_certificates()
    for name in ids:
        if results[name].verdict is not Verdict.PROVED:
            yield name, None, f"not re-proved (its verdict is {results[name].verdict.key})"
        else:
            yield name, kept[name] if name in kept else _proved_anew(table[name], table), ""


def _proved_anew(claim: Claim, table: Mapping[str, Claim]) -> Mapping[str, Any]:
    """The certificate where nothing is kept."""
    from verify.evidence.routes.acceptance import accepted
    from verify.evidence.routes.proof import certificate_of

    certificate = certificate_of(claim, table)
    accepted(claim, certificate)
    return certificate


def alone(
    collection: Collection,
    parts: Sequence[Part],
    results: Sequence[Compiled],
    by: str,
    others: Mapping[str, str],
) -> dict[str, Row]:
    """What Coq says of every claim's own certificate, with what that cites; ``others`` have none that is accepted."""
    at = {theorem: one for part, one in zip(parts, results, strict=True) for theorem in part.theorems}
    said = {name: Row(name, why) for name, why in {**others, **collection.missing}.items()}
    return said | {claim: _alone(claim, at[theorem], by) for claim, theorem in collection.claims.items()}


def outcome(alone: Mapping[str, Row], rests: Mapping[str, Sequence[str]]) -> list[Row]:
    """A row for every claim of ``rests``, which says what each rests on: it is re-proved only if all of that is."""
    rows = []
    for claim, needed in rests.items():
        lacking = [name for name in needed if not alone[name].proved]
        row = alone[claim]
        if row.proved and lacking:
            row = Row(claim, f"not re-proved (rests on {lacking[0]}: {alone[lacking[0]].said})")
        rows.append(row)
    return rows


def lost(promised: Mapping[str, str], rows: Sequence[Row]) -> list[Row]:
    """What is not re-proved now, of what the lock says was."""
    return [row for row in rows if row.claim in promised and not row.proved]


def as_json(row: Row) -> dict[str, Any]:
    """A row for ``--json``; the file and its time only where the claim was asked about in this run."""
    found: dict[str, Any] = {"claim": row.claim, "kernel": row.said, "proved": row.proved}
    return {**found, "file": row.file, "processor_seconds": row.seconds} if row.file else found


def _alone(claim: str, one: Compiled, by: str) -> Row:
    """What Coq says of a claim's own theorem, and of those that its certificate cites, which stand before it."""
    if one.accepted and not one.foreign:
        return Row(claim, f"kernel: {by}", True, False, one.module, one.seconds)
    if one.accepted:
        return Row(claim, f"assumes {', '.join(one.foreign)}", False, True, one.module, one.seconds)
    if one.limited:
        return Row(claim, "not re-proved (a limit of processor time)", False, False, one.module, one.seconds)
    return Row(claim, f"refused by Coq: {one.said}", False, True, one.module, one.seconds)
