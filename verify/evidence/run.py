"""The run: which claims, which routes, in which order, on how many processes; and what the results amount to."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Protocol

from verify.claims import circles, citing, selection, theories
from verify.claims.claim import Claim
from verify.claims.statement import Spatial
from verify.evidence.collect import Finding, Known, complete, evidence_of, gather, unfinished
from verify.evidence.results import ClaimResult, Entry, assemble
from verify.evidence.route_table import order_of, routes_of
from verify.runtime.engine import Engine, Lost

Progress = Callable[[str], None]


class Memory(Protocol):
    """What keeps findings from one run to the next."""

    def known(self, claims: Sequence[Claim], table: Mapping[str, Claim], workers: int = 1) -> dict[str, Known]:
        """What is known about each claim, by id."""

    def keep(self, findings: Mapping[str, Sequence[Finding]], known: Mapping[str, Known]) -> None:
        """Keep what was found, besides what was known."""

    def confirmed(self, results: Iterable[ClaimResult]) -> list[ClaimResult]:
        """The results with what another prover said of the certificates, where it was asked."""


def catalogue() -> dict[str, Claim]:
    """Every claim of the theory in force and every false statement of its corpus, by id."""
    return theories.current().catalogue


def table_in_force() -> Mapping[str, Claim]:
    """The catalogue, and what it cites of other theories: the table that its claims are checked in."""
    return citing.table_of(theories.current())


def find(ids: Sequence[str], table: Mapping[str, Claim] | None = None) -> list[Claim]:
    """The claims with these ids or patterns, all of them for no id; ``BadInput`` for one that nothing has."""
    return selection.find(ids, table_in_force() if table is None else table)


def ancestors(claim: Claim, table: Mapping[str, Claim]) -> list[str]:
    """Everything a claim rests on, to state it or to prove it, transitively, in the order of the table.

    What defines the quantities it mentions is among it, where the table has that.
    """
    seen: set[str] = set()
    todo = [claim]
    while todo:
        one = todo.pop()
        for name in (*one.states_with, *one.rests_on):
            if name not in table:
                raise citing.no_claim(one, name)
        for name in (*one.needed_to_state, *one.rests_on):
            if name in table and name not in seen:
                seen.add(name)
                todo.append(table[name])
    return [name for name in table if name in seen]


def check(
    ids: Sequence[str] = (),
    *,
    workers: int = 1,
    progress: Progress | None = None,
    table: Mapping[str, Claim] | None = None,
    session: Memory | None = None,
    engine: Engine | None = None,
) -> list[ClaimResult]:
    """Check claims, and everything they rest on; results come in reading order, wherever the work is done.

    ``progress`` is called with the id of every claim that is done. ``table`` has the claims, by default those of the
    theory in force. ``engine`` says where the work is done, by default in so many ``workers`` of this machine. A
    ``session`` supplies what the cache knows already, and keeps what is found. ``BadInput`` for
    claims that need each other in a circle, and for texts about vectors that can't be read.
    """
    known = table_in_force() if table is None else table
    wanted = find(ids, known)
    if circle := circles.found((c.id for c in wanted), known):
        raise circles.error_of(circle, known)
    needed = {c.id for c in wanted} | {name for c in wanted for name in ancestors(c, known)}
    order = [name for name in known if name in needed]
    _require_readable([known[name] for name in order])
    engine = engine or Engine(workers)
    before: dict[str, Known] = {}
    if session is not None:
        before = session.known([known[name] for name in order], known, engine.workers)
    findings: dict[str, list[Finding]] = {}

    def done(found: dict[str, list[Finding]]) -> None:
        findings.update(found)
        if session is not None:
            session.keep(found, before)
        if progress is not None:
            for name in found:
                progress(name)

    ready = {
        name: complete(known[name].expected, order_of(known[name].setting), before.get(name, {})) for name in order
    }
    done({name: found for name, found in ready.items() if found is not None})
    rest = [name for name in order if name not in findings]
    if engine.scheduler is None and engine.workers > 1 and len(rest) > 1:
        _load_routes([known[name] for name in rest])
    calls = [(name, before.get(name, {})) for name in rest]

    def found_one(i: int, found: list[Finding] | Lost) -> None:
        done({rest[i]: [unfinished(str(found))] if isinstance(found, Lost) else found})

    engine.run(_gathered, calls, found_one, known)
    evidence = {name: evidence_of(found) for name, found in findings.items()}
    results = assemble([entry(known[name], known) for name in order], evidence, {c.id for c in wanted})
    return results if session is None else session.confirmed(results)


def _require_readable(claims: Sequence[Claim]) -> None:
    """``BadInput`` for a claim about vectors whose text means nothing, before anything is decided."""
    spatial = [c for c in claims if isinstance(c.statement, Spatial)]
    if spatial:
        from verify.spaces.spatial import readable  # claims about numbers do without

        for claim in spatial:
            readable(claim)


def entry(claim: Claim, table: Mapping[str, Claim]) -> Entry:
    """What a result needs to know of a claim."""
    return Entry(claim.id, claim.title, claim.expected, tuple(ancestors(claim, table)))


def _gathered(table: Mapping[str, Claim], name: str, known: Known) -> list[Finding]:
    return gather(table[name], known, table)


def _load_routes(claims: Sequence[Claim]) -> None:
    """Load what the claims need: forked workers share modules, and the derivations that this process has made."""
    for module in dict.fromkeys(route.module for claim in claims for route in routes_of(claim.setting).values()):
        with contextlib.suppress(Exception):  # a route that does not load says so where it is asked
            import_module(module)
