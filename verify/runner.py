"""The run: which claims, which routes, in which order, on how many processes; and what the results amount to."""

from __future__ import annotations

import difflib
import multiprocessing
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from functools import cache

from theory.claim import Claim
from theory.claims import claims, false_statements
from verify.errors import BadInput
from verify.evidence import ClaimResult, Evidence
from verify.verdict import Verdict

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
            near = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
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


def gather(claim: Claim) -> tuple[Evidence, ...]:
    """Run every route on one claim; the routes that do not apply leave nothing."""
    from verify.routes.cubature import cubature
    from verify.routes.definition import exact_definition, sampled_definition
    from verify.routes.proof import proof
    from verify.routes.refutation import refutation
    from verify.routes.replay import replay
    from verify.routes.units import units

    mixed = units(claim)
    if mixed is not None:
        return (mixed,)  # a statement that adds metres to seconds is not worth a proof
    found = []
    for route in (replay, exact_definition, sampled_definition, cubature, proof, refutation):
        start = time.perf_counter()
        if route is refutation:
            # Beside an accepted certificate the search for a counterexample only guards against a defect of the
            # verifier itself, so a quick one is enough.
            proved = any(e.route == "proof" and e.verdict is Verdict.PROVED for e in found)
            evidence = refutation(claim, effort=1 if proved else 2)
        else:
            evidence = route(claim)
        if evidence is not None:
            seconds = time.perf_counter() - start
            found.append(Evidence(evidence.route, evidence.verdict, evidence.summary, seconds, dict(evidence.details)))
            if evidence.verdict is Verdict.REFUTED and not claim.expected:
                break
    return tuple(found)


def _gather_by_id(name: str) -> tuple[Evidence, ...]:
    return gather(catalogue()[name])


def check(
    ids: Sequence[str] = (),
    *,
    workers: int = 1,
    progress: Progress | None = None,
    table: Mapping[str, Claim] | None = None,
) -> list[ClaimResult]:
    """Check claims, and everything they rest on; results come in reading order, whatever the number of workers.

    ``progress`` is called with the id of every claim that is done. With a ``table`` of one's own claims the work stays
    in this process.
    """
    known = catalogue() if table is None else table
    wanted = find(ids, known)
    needed = {c.id for c in wanted} | {name for c in wanted for name in ancestors(c, known)}
    order = [name for name in known if name in needed]
    # A forked worker looks claims up in the catalogue, which a user's own claims are not in.
    if workers > 1 and len(order) > 1 and all(name in catalogue() for name in order):
        evidence = _parallel(order, workers, progress)
    else:
        evidence = {}
        for name in order:
            evidence[name] = gather(known[name])
            if progress is not None:
                progress(name)
    return assemble([known[name] for name in order], evidence, known, {c.id for c in wanted})


def _parallel(order: Sequence[str], workers: int, progress: Progress | None) -> dict[str, tuple[Evidence, ...]]:
    # Forked workers share the derivations that this process has made already.
    context = multiprocessing.get_context("fork")
    evidence: dict[str, tuple[Evidence, ...]] = {}
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        todo = {pool.submit(_gather_by_id, name): name for name in order}
        try:
            while todo:
                done, _ = wait(todo, return_when=FIRST_COMPLETED)
                for future in done:
                    name = todo.pop(future)
                    evidence[name] = future.result()
                    if progress is not None:
                        progress(name)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return evidence


def assemble(
    checked: Iterable[Claim],
    evidence: Mapping[str, tuple[Evidence, ...]],
    known: Mapping[str, Claim],
    wanted: set[str],
) -> list[ClaimResult]:
    """Results for the wanted claims: own evidence, and the own verdicts of everything that each rests on."""
    own: dict[str, Verdict] = {}
    for claim in checked:
        own[claim.id] = ClaimResult(claim.id, claim.title, claim.expected, evidence[claim.id], {}).own
    return [
        ClaimResult(c.id, c.title, c.expected, evidence[c.id], {name: own[name] for name in ancestors(c, known)})
        for c in known.values()
        if c.id in wanted
    ]


def exit_code(results: Iterable[ClaimResult], *, allow_inconclusive: bool = False) -> int:
    """0 all as expected; 1 a claim refuted, or a false statement not refuted; 3 something open."""
    outcomes = [r.as_expected for r in results]
    if False in outcomes:
        return 1
    return 3 if None in outcomes and not allow_inconclusive else 0
