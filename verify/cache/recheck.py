"""What comes out of the cache is checked again: certificates by the checkers, counterexamples by evaluation.

A theorem is checked once, however many certificates contain it: what it may cite are the statements of the theorems
before it, and these are checked themselves.
"""

from __future__ import annotations

import gc
import json
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.cache.rows import Row, is_whole, joined, stated_by
from verify.cache.texts import loads
from verify.kernel import LIMIT, check
from verify.kernel.reals.certificate import Checker
from verify.language.verdict import Verdict
from verify.runtime.processes import become_worker

Json = Any
# Up to so many rows, with so many characters of theorems, are checked in less time than another process takes to start.
FEW, SHORT = 40, 5000


@dataclass(frozen=True)
class Rechecked:
    """The keys of rows that hold, those that were refused, and how many certificates were checked."""

    held: frozenset[str]
    refused: frozenset[str]
    certificates: int


def recheck(
    rows: Sequence[Row], texts: Mapping[str, str], workers: int = 1, meanwhile: Callable[[], object] | None = None
) -> Rechecked:
    """Check everything in some rows that can be checked; ``texts`` has the theorems by their hash.

    ``meanwhile`` is done in this process once the others are at work.
    """
    with_certificate = [r for r in rows if r.theorems]
    data = {name: loads(text) for name, text in texts.items()}
    collecting = gc.isenabled()
    gc.disable()  # the terms of a proof hold no cycles, and looking for some takes an eighth of the time
    try:
        bad, points_hold = _refused(rows, data, texts, workers, meanwhile)
    finally:
        if collecting:
            gc.enable()
    refused = {r.key for r in rows if not _fits(r, data) or (set(r.theorems) & bad and not _whole(r, data))}
    if not points_hold:
        refused |= {r.key for r in rows if not _violated(r)}
    return Rechecked(
        frozenset(r.key for r in rows) - refused,
        frozenset(refused),
        sum(r.key not in refused for r in with_certificate),
    )


# ---------------------------------------------------------------- certificates


def _fits(row: Row, data: Mapping[str, Json]) -> bool:
    """Whether a proof has its certificate, and that certificate the statement that was compared with the claim's."""
    if not row.theorems:
        found = row.evidence
        return row.slot != "proof" or found is None or found.verdict is not Verdict.PROVED
    try:
        return all(name in data for name in row.theorems) and stated_by(_certificate(row, data)) == row.stated
    except (KeyError, TypeError, IndexError, AttributeError):
        return False


def _certificate(row: Row, data: Mapping[str, Json]) -> dict[str, Json]:
    return joined([data[name] for name in row.theorems])


def _whole(row: Row, data: Mapping[str, Json]) -> bool:
    """A certificate checked the long way, in one run with all theorems before it."""
    try:
        certificate = _certificate(row, data)
        check(certificate)
    except Exception:  # malformed data is refused like a wrong proof
        return False
    return True


def _refused(
    rows: Sequence[Row],
    data: Mapping[str, Json],
    texts: Mapping[str, str],
    workers: int,
    meanwhile: Callable[[], object] | None,
) -> tuple[set[str], bool]:
    """The hashes of theorems that were not accepted everywhere they stand; whether all counterexamples hold."""
    jobs: dict[tuple[str, frozenset[str]], None] = {}
    bad: set[str] = set()
    # Short certificates first: the shortest in which a theorem stands has little more than what it cites.
    for row in sorted(rows, key=lambda r: len(r.theorems)):
        if not all(name in data for name in row.theorems):
            continue
        ids = [_id(data[name]) for name in row.theorems]
        if len(set(ids)) < len(ids):
            bad |= set(row.theorems)
        for i, name in enumerate(row.theorems):
            before = frozenset(row.theorems[:i])
            # With more theorems before it, a proof that was accepted is accepted again.
            if not any(one == name and earlier <= before for one, earlier in jobs):
                jobs[name, before] = None
    # The long ones first, so that all processes end together.
    work = sorted(jobs, key=lambda job: -len(texts[job[0]]))

    stated = Statements(data)

    def hold(i: int) -> bool:
        return _holds(*work[i], stated, texts[work[i][0]]) if i < len(work) else all(map(_violated, rows))

    little = len(rows) <= FEW and sum(len(texts[name]) for name, _ in work) <= SHORT
    *outcomes, points = parallel(hold, len(work) + 1, 1 if little else workers, meanwhile)
    return bad | {job[0] for job, holds in zip(work, outcomes, strict=True) if not holds}, points


def _id(theorem: Json) -> str:
    return str(theorem.get("id")) if isinstance(theorem, dict) else ""


class Statements:
    """What each theorem can be cited for, read when it is first asked for; None for a limit, which can't be cited."""

    def __init__(self, data: Mapping[str, Json]) -> None:
        self.data = data
        self.found: dict[str, tuple[dict[str, str], list[tuple[Any, ...]]] | None] = {}

    def of(self, name: str) -> tuple[dict[str, str], list[tuple[Any, ...]]] | None:
        if name not in self.found:
            state, _, kinds, parts = Checker().theorem(self.data[name])
            self.found[name] = None if state.goal[0] == "limit" else (kinds, parts)
        return self.found[name]


def _holds(name: str, before: frozenset[str], stated: Statements, text: str) -> bool:
    """Whether a checker accepts a theorem, given the statements of those before it."""
    data = stated.data
    theorem = data[name]
    try:
        if is_whole(theorem):
            check(theorem)
            return True
        run = Checker(LIMIT)
        for other in before:
            # A theorem that the proof does not name needs no reading; without it the proof has less to cite.
            if json.dumps(_id(data[other])) in text:
                known = stated.of(other)
                if known is not None:
                    run.theorems[data[other]["id"]] = known
        state, proof, _, _ = run.theorem(theorem)
        run.prove(state, proof)
    except Exception:  # malformed data is refused like a wrong proof
        return False
    return True


# ---------------------------------------------------------------- counterexamples


def _violated(row: Row) -> bool:
    """Whether a counterexample lies in the domain and violates the statement; True for rows without one."""
    found = row.evidence
    if found is None or found.route != "refutation" or found.verdict is not Verdict.REFUTED:
        return True
    try:
        if "assumptions" in row.stated:
            return _violated_in_space(row.stated, found.details)
        if "derivations" in row.stated:
            from verify.counterexamples.matrix_values import differ

            return differ(row.stated, found.details)
        import flint

        from verify.counterexamples.witness import counterexample_at
        from verify.language.json_form import sequent_from_json

        values = {name: Fraction(text) for name, text in found.details["witness"].items()}
        with flint.ctx.workprec(160):
            witness = counterexample_at(sequent_from_json(row.stated), values)
        return witness is not None and witness.kind == found.details["kind"]
    except Exception:  # malformed data is refused like a wrong point
        return False


def _violated_in_space(stated: Json, details: Mapping[str, Json]) -> bool:
    """Whether a kept model violates a statement about vectors; raises for data that are none."""
    from verify.claims.statement import Spatial
    from verify.evidence.routes.spatial import evaluated

    witness = evaluated(Spatial(stated["statement"], tuple(stated["assumptions"])), details["model"])
    return witness is not None and witness.kind == details["kind"]


# ---------------------------------------------------------------- processes


def parallel(
    work: Callable[[int], bool], count: int, workers: int, meanwhile: Callable[[], object] | None = None
) -> list[bool]:
    """``work(0), ..., work(count - 1)``, shared out among processes; what a process that ends early leaves is redone.

    The processes take numbers from one pipe, so that none waits for another, and need no module that is not loaded.
    """
    if workers < 2 or count < 2:
        return [work(i) for i in range(count)]
    take, give = os.pipe()
    queued = min(count, 1000)  # fits into any pipe; the rest is for this process
    os.write(give, b"".join(i.to_bytes(4, "big") for i in range(queued)))
    os.close(give)
    children = [_fork(work, take) for _ in range(min(workers, count) - 1)]
    try:
        if meanwhile is not None:
            meanwhile()
        outcomes = dict(_drain(work, take))
        os.close(take)
        for _, results in children:
            with os.fdopen(results, "rb") as pipe:
                answer = pipe.read()
            for k in range(0, len(answer) - 4, 5):
                outcomes[int.from_bytes(answer[k : k + 4], "big")] = answer[k + 4] == 1
    except BaseException:
        for process, _ in children:
            os.kill(process, signal.SIGKILL)
        raise
    finally:
        for process, _ in children:
            os.waitpid(process, 0)
    return [outcomes[i] if i in outcomes else work(i) for i in range(count)]


def _drain(work: Callable[[int], bool], take: int) -> list[tuple[int, bool]]:
    out = []
    while len(number := os.read(take, 4)) == 4:
        i = int.from_bytes(number, "big")
        out.append((i, work(i)))
    return out


def _fork(work: Callable[[int], bool], take: int) -> tuple[int, int]:
    results, send = os.pipe()
    parent = os.getpid()
    process = os.fork()
    if process:
        os.close(send)
        return process, results
    try:
        become_worker(parent)
        os.close(results)
        with os.fdopen(send, "wb") as pipe:
            for i, holds in _drain(work, take):
                pipe.write(i.to_bytes(4, "big") + bytes([holds]))
    finally:
        os._exit(0)  # whatever happened: this copy of the program must not go on
