"""The run: which claims, which routes, in which order, on how many processes; and what the results amount to."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from functools import cache
from typing import TYPE_CHECKING

from theory.maml_erm.claims import claims, false_statements
from verify.claims.claim import Claim
from verify.evidence.collect import Finding, Known, complete, evidence_of, gather
from verify.evidence.results import ClaimResult, Entry, assemble
from verify.language.errors import BadInput
from verify.runtime import processes

if TYPE_CHECKING:
    from verify.cache.session import Session

Progress = Callable[[str], None]


@cache
def catalogue() -> dict[str, Claim]:
    """Every claim of the theory and every false statement of the corpus, by id."""
    return {**claims(), **false_statements()}


def find(ids: Sequence[str], table: Mapping[str, Claim] | None = None) -> list[Claim]:
    """The claims with these ids, all of them for no id; ``BadInput`` names the nearest ids for an unknown one."""
    known = catalogue() if table is None else table
    for name in ids:
        if name not in known:
            near = [k for k in known if k.casefold() == name.casefold()]
            near = near or difflib.get_close_matches(name, known, n=3, cutoff=0.4)
            hint = f"did you mean {' or '.join(near)}?" if near else "verify list shows every claim"
            raise BadInput(f"there is no claim {name!r}", hint)
    chosen = set(ids)
    return [c for c in known.values() if not ids or c.id in chosen]


def ancestors(claim: Claim, table: Mapping[str, Claim]) -> list[str]:
    """Everything a claim rests on, to state it or to prove it, transitively, in the order of the table."""
    seen: set[str] = set()
    todo = [*claim.states_with, *claim.rests_on]
    while todo:
        name = todo.pop()
        if name not in seen:
            if name not in table:
                raise BadInput(f"{claim.id} rests on {name!r}, which is not a claim")
            seen.add(name)
            todo += [*table[name].states_with, *table[name].rests_on]
    return [name for name in table if name in seen]


def _gather_by_id(name: str, known: Known) -> list[Finding]:
    return gather(catalogue()[name], known)


def check(
    ids: Sequence[str] = (),
    *,
    workers: int = 1,
    progress: Progress | None = None,
    table: Mapping[str, Claim] | None = None,
    session: Session | None = None,
) -> list[ClaimResult]:
    """Check claims, and everything they rest on; results come in reading order, whatever the number of workers.

    ``progress`` is called with the id of every claim that is done. With a ``table`` of one's own claims the work stays
    in this process. A ``session`` supplies what the cache knows already, and keeps what is found.
    """
    known = catalogue() if table is None else table
    wanted = find(ids, known)
    needed = {c.id for c in wanted} | {name for c in wanted for name in ancestors(c, known)}
    order = [name for name in known if name in needed]
    before: dict[str, Known] = {}
    if session is not None:
        session.keep_catalogue(entry(c, catalogue()) for c in catalogue().values())
        before = session.known([known[name] for name in order], known, workers)
    listed = {name for name in order if catalogue().get(name) is known[name]}
    findings: dict[str, list[Finding]] = {}

    def done(found: dict[str, list[Finding]]) -> None:
        findings.update(found)
        if session is not None:
            session.keep(found, before, listed)
        if progress is not None:
            for name in found:
                progress(name)

    ready = {name: complete(known[name].expected, before.get(name, {})) for name in order}
    done({name: found for name, found in ready.items() if found is not None})
    rest = [name for name in order if name not in findings]
    # A forked worker looks claims up in the catalogue, which a user's own claims are not in.
    if workers > 1 and len(rest) > 1 and all(name in catalogue() for name in rest):
        _parallel(rest, workers, before, done)
    else:
        for name in rest:
            done({name: gather(known[name], before.get(name, {}), known)})
    evidence = {name: evidence_of(found) for name, found in findings.items()}
    return assemble([entry(known[name], known) for name in order], evidence, {c.id for c in wanted})


def entry(claim: Claim, table: Mapping[str, Claim]) -> Entry:
    """What a result needs to know of a claim."""
    return Entry(claim.id, claim.title, claim.expected, tuple(ancestors(claim, table)))


def _parallel(
    order: Sequence[str], workers: int, before: Mapping[str, Known], done: Callable[[dict[str, list[Finding]]], None]
) -> None:
    # Forked workers share the derivations that this process has made already.
    with processes.pool(workers) as pool:
        todo = {pool.submit(_gather_by_id, name, before.get(name, {})): name for name in order}
        while todo:
            finished, _ = wait(todo, return_when=FIRST_COMPLETED)
            for future in finished:
                done({todo.pop(future): future.result()})
