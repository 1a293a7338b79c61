"""Trials of several claims, wherever the work is done; what is judged is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from verify.cache.session import Session
from verify.claims.claim import Claim
from verify.regression.hypotheses import hypotheses
from verify.regression.mutation import mutate
from verify.regression.trial import Kind, Trial, Variant
from verify.runtime.budget import Stopped
from verify.runtime.defects import Defect, defect
from verify.runtime.engine import Engine, Lost
from verify.runtime.errors import BadInput

PARTS = 8  # of the variants of one claim: one claim may take as long as many others together
Told = list[dict[str, str]]  # trials as data
KINDS: dict[Kind, Callable[[Claim, Mapping[str, Claim]], list[Variant]]] = {"mutate": mutate, "hypotheses": hypotheses}


def judged(
    claims: Sequence[Claim],
    kind: Kind,
    table: Mapping[str, Claim],
    engine: Engine,
    session: Session | None = None,
    progress: Callable[[str], object] = str,
) -> dict[str, Told]:
    """The trials of every claim, by id; ``table`` has the claims and what their proofs cite.

    What the ``session`` has of them in the present state of the code is not judged again, and what is judged is kept
    there part by part, so that a run can be interrupted. ``progress`` is told every claim that is done.
    """
    pieces = f"parts of {kind}"
    known = {} if session is None else session.trials(kind)
    found = {claim.id: known[claim.id] for claim in claims if claim.id in known}
    kept = {} if session is None else session.trials(pieces)
    parts: dict[str, dict[int, Told]] = {claim.id: {} for claim in claims}

    def add(name: str, part: int, trials: Told) -> None:
        parts[name][part] = trials
        if len(parts[name]) == PARTS:
            found[name] = woven([parts[name][k] for k in range(PARTS)])
            if session is not None:
                session.keep_trials(kind, name, found[name])
            progress(name)

    for name in found:
        progress(name)
    todo = []
    for name, part in ((claim.id, part) for claim in claims if claim.id not in found for part in range(PARTS)):
        if f"{name} {part}" in kept:
            add(name, part, kept[f"{name} {part}"])
        else:
            todo.append((kind, name, part))

    def done(i: int, told: Told | Lost) -> None:
        _, name, part = todo[i]
        if isinstance(told, Lost):
            raise BadInput(f"{name}: {told}", f"what is judged is kept; try verify {kind} {name} --workers 1")
        if session is not None:
            session.keep_trials(pieces, f"{name} {part}", told)
        add(name, part, told)

    engine.run(_part, todo, done, table)
    return found


def woven(parts: Sequence[Told]) -> Told:
    """Trials in their order, of which part k has those at k, k + n, ..., for n parts."""
    return [part[i] for i in range(max(map(len, parts))) for part in parts if i < len(part)]


def _part(table: Mapping[str, Claim], kind: Kind, name: str, part: int) -> Told:
    """One part of the trials of a claim. An internal error leaves a variant open, and says so."""
    try:
        variants = _variants(table, kind, name)
    except Exception as error:
        return _open(name, defect("the variants could not be made", error)) if part == 0 else []
    told = []
    for variant in variants[part::PARTS]:
        try:
            told.append(variant().to_json())
        except (Stopped, Defect):
            raise
        except Exception as error:
            told += _open(name, defect("a variant could not be judged", error))
    return told


def _open(name: str, what: str) -> Told:
    return [Trial(name, what, "open").to_json()]


def _variants(table: Mapping[str, Claim], kind: Kind, name: str) -> list[Variant]:
    """All variants of a claim; those of the last one are kept, since a process mostly gets several of its parts."""
    if not _last or _last[0] != (kind, name) or _last[1] is not table:
        _last[:] = (kind, name), table, KINDS[kind](table[name], table)
    found: list[Variant] = _last[2]
    return found


_last: list[Any] = []  # a kind and a name, a table, and the variants
