"""Why a claim has its verdict: which evidence is kept for it, and what made the rest stale. No route runs here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from verify.cache.confirmations import said
from verify.cache.keys import Key, Parts, keys_of
from verify.cache.rows import Row, about, row_of
from verify.cache.session import Session
from verify.cache.texts import loads
from verify.claims.claim import Claim
from verify.evidence.collect import Finding, complete, evidence_of
from verify.evidence.results import Entry, Evidence, assemble
from verify.evidence.route_table import order_of
from verify.evidence.run import ancestors, entry

SHOWN = 6  # names in one line
SAME = "the same statement, code and libraries"


def lines(claim: Claim, table: Mapping[str, Claim], session: Session) -> list[str]:
    """The verdict of a claim, where each piece of its evidence comes from, and what it rests on."""
    order = [name for name in table if name in {claim.id, *ancestors(claim, table)}]
    state = {name: _State(table[name], table, session) for name in order}
    own = state[claim.id]
    evidence = {name: evidence_of(s.findings) for name, s in state.items() if s.findings is not None}
    out = [f"{claim.id}: {claim.title}", f"  {_verdict(claim, table, evidence)}"]
    for text in own.lines(session):
        out.append(f"    {text}")
    out += [f"    {text}" for text in _kernel(claim, order, session)]
    for title, names in (("needed to state", claim.needed_to_state), ("needed to prove", claim.rests_on)):
        out.append(f"  {title}: {', '.join(names) or 'nothing'}")
    for name in order:
        if name != claim.id:
            out.append(f"    {name}: {_verdict(table[name], table, evidence)}")
    return out


def _kernel(claim: Claim, order: Sequence[str], session: Session) -> Iterator[str]:
    """What another prover said of this claim's certificate, and of those that it rests on."""
    if claim.id not in session.confirmations.proofs:
        return
    found = session.confirmations.of(order)
    if claim.id not in found:
        yield "kernel: no other prover was asked about this certificate (verify kernel asks Coq)"
        return
    lacking = [name for name in order if name not in found]
    but = f", but not {', '.join(lacking[:SHOWN])}, on which it rests" if lacking else ""
    yield f"kernel: re-proved by {said(found[claim.id])}{but}"
    yield f"  kept as it was said at {_date(found[claim.id].made)}; verify kernel --again asks anew"


def _verdict(claim: Claim, table: Mapping[str, Claim], evidence: Mapping[str, tuple[Evidence, ...]]) -> str:
    whole: Entry = entry(claim, table)
    names = [*whole.ancestors, claim.id]
    missing = [name for name in names if name not in evidence]
    if claim.id in missing:
        return "to be verified: verify check would look at it again"
    if missing:
        return f"to be verified: it rests on {', '.join(missing)}"
    (result,) = assemble([entry(table[name], table) for name in names], evidence, [claim.id])
    return result.verdict.key


class _State:
    """What is kept about one claim for its present keys."""

    def __init__(self, claim: Claim, table: Mapping[str, Claim], session: Session) -> None:
        self.claim = claim
        self.keys = keys_of(claim, table)
        rows = session.checked((key.hash for key in self.keys.values()), table)
        self.rows: dict[str, Row] = {}
        for slot, key in self.keys.items():
            row = rows.get(key.hash)
            if row is not None and (row.claim, row.slot) == (claim.id, slot):
                self.rows[slot] = row
        known = {slot: Finding(slot, row.evidence) for slot, row in self.rows.items()}
        self.findings = complete(claim.expected, order_of(claim.setting), known)

    def lines(self, session: Session) -> Iterator[str]:
        if not self.keys:
            yield "nothing is kept: the claim has parts that have no canonical text"
            return
        used = None if self.findings is None else {f.slot for f in self.findings}
        for slot in self._slots() if used is None else self.keys:
            row = self.rows.get(slot)
            if row is not None and (used is None or slot in used):
                if row.evidence is not None:
                    yield f"{row.evidence.route}: {row.evidence.verdict.key}: {row.evidence.summary}"
                    yield f"  cached, made at {_date(row.made)} by {SAME}; it took {row.evidence.seconds:.2f} s"
            elif used is None:
                yield f"{slot.partition('.')[0]}: {_stale(self.keys[slot], session)}"

    def _slots(self) -> Iterator[str]:
        """The kinds of evidence of a claim that is not done; how hard counterexamples are looked for is one of two."""
        for slot in self.keys:
            other = {"refutation.0": "refutation.2", "refutation.2": "refutation.0"}.get(slot)
            if slot in self.rows or other is None or (other not in self.rows and slot == "refutation.0"):
                yield slot


def _stale(key: Key, session: Session) -> str:
    """Why there is no evidence for a key: what differs from the newest that was kept of this kind."""
    kept = session.store.about("evidence", [about(key.claim, key.slot)])
    old = next((row for row in map(row_of, kept) if row is not None), None)
    if old is None:
        return "no evidence is kept"
    before = parts_of(old, session)
    changes = [text for name in key.parts for text in _change(name, before.get(name), key.parts[name], session)]
    return f"stale since {_date(old.made)}: " + ("; ".join(changes) or "it was damaged, or refused when re-checked")


def parts_of(row: Row, session: Session) -> Parts:
    """The parts of a row's key in detail; those that are damaged are left out."""
    found = session.store.read("part", row.parts.values())
    parts = {name: loads(found[mark].body) for name, mark in row.parts.items() if mark in found}
    return {name: part for name, part in parts.items() if isinstance(part, dict)}


def _change(part: str, before: Mapping[str, str] | None, after: Mapping[str, str], session: Session) -> Iterator[str]:
    if before is None:
        yield f"{part}: what it was is not known any more"
        return
    names = [name for name in dict.fromkeys([*after, *before]) if before.get(name) != after.get(name)]
    if not names:
        return
    if part == "code":
        said = [session.sources.path_of(name) for name in names]
    elif part in ("libraries", "machine"):
        said = [f"{name} {before.get(name, 'not used')}, now {after.get(name, 'not used')}" for name in names]
    else:
        said = names
    more = f" and {len(said) - SHOWN} more" if len(said) > SHOWN else ""
    verb = "" if part in ("libraries", "machine") else " changed"
    yield f"{part}{verb}: {', '.join(said[:SHOWN])}{more}"


def _date(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).astimezone().isoformat(sep=" ", timespec="seconds")
