"""A row of the cache: one finding of one route about one claim, and what it takes to check it again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from verify.cache.store import Entry
from verify.cache.texts import dump, loads, sha
from verify.claims.matrix_statement import statement
from verify.evidence.results import Evidence
from verify.kernel.certificate import of_spaces
from verify.language.verdict import Verdict

Json = Any


@dataclass(frozen=True)
class Row:
    """``evidence`` is None where the route has nothing to say about the claim.

    ``parts``: the digest of each part of the key. ``theorems``: the theorems of the certificate by hash, in order; one
    for a certificate of another kind. ``stated``: what the certificate proves, or the statement that a counterexample
    violates. ``made``: when, in seconds since 1970. ``point``: one of the domain of what is proved.
    """

    key: str
    claim: str
    slot: str
    parts: Mapping[str, str]
    evidence: Evidence | None
    theorems: tuple[str, ...] = ()
    stated: Json = None
    made: float = 0.0
    point: Mapping[str, str] | None = None

    def entry(self) -> Entry:
        found = self.evidence
        written = None if found is None else [
            found.route, found.verdict.key, found.summary, round(found.seconds, 3), dict(found.details),
        ]  # fmt: skip
        body = dump(
            {
                "claim": self.claim,
                "slot": self.slot,
                "parts": dict(self.parts),
                "evidence": written,
                "theorems": list(self.theorems),
                "stated": self.stated,
                "point": None if self.point is None else dict(self.point),
            }
        )
        return Entry("evidence", self.key, about(self.claim, self.slot), body, self.made)


def row_of(entry: Entry) -> Row | None:
    """The row that an entry holds; None for one that does not hold any."""
    data = loads(entry.body)
    try:
        texts = (data["claim"], data["slot"], *data["parts"].items(), *data["theorems"], *(data["point"] or {}).items())
        if not all(isinstance(x, str) for text in texts for x in (text if isinstance(text, tuple) else (text,))):
            return None
        found = None if data["evidence"] is None else _evidence(data["slot"], *data["evidence"])
        return Row(
            entry.name, data["claim"], data["slot"], data["parts"], found, tuple(data["theorems"]), data["stated"],
            entry.made, data["point"],
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _evidence(slot: str, route: Json, verdict: Json, summary: Json, seconds: Json, details: Json) -> Evidence:
    """Evidence of the route that a slot is for, as reports can print it; raises for anything else."""
    if route != slot.partition(".")[0] or not (isinstance(summary, str) and summary.isprintable()):
        raise ValueError("not what this route says")
    if not isinstance(details, dict) or not isinstance(details.get("false_alarm", 0.0), float):
        raise TypeError("not the details of any evidence")
    return Evidence(route, Verdict[verdict.upper()], summary, float(seconds), details)


def about(claim: str, slot: str) -> str:
    return f"{claim} {slot}"


# ---------------------------------------------------------------- certificates


def split(certificate: Mapping[str, Json]) -> tuple[str, ...]:
    """A certificate as texts that certificates can share: one for each theorem, or one if it is not about numbers."""
    parts: Iterable[Json] = certificate.get("theorems", [certificate])
    return tuple(json.dumps(part, separators=(",", ":"), sort_keys=True) for part in parts)


def join(texts: Iterable[str]) -> dict[str, Json]:
    """The certificate again; ``ValueError`` for texts that are none."""
    return joined([json.loads(text) for text in texts])


def joined(parts: list[Json]) -> dict[str, Json]:
    """The certificate with these parts."""
    return dict(parts[0]) if is_whole(parts[0]) else {"schema": 1, "theorems": parts}


def is_whole(part: Json) -> bool:
    """Whether a part is a whole certificate, of words or about vectors, rather than a theorem."""
    return isinstance(part, dict) and "kind" in part


def stated_by(certificate: Mapping[str, Json]) -> Json:
    """The statement that a certificate proves."""
    if "theorems" in certificate:
        return {k: certificate["theorems"][-1][k] for k in ("variables", "hypotheses", "definitions", "goal")}
    if of_spaces(certificate):
        return {k: certificate["theorem"][k] for k in ("names", "definitions", "hypotheses", "goal")}
    return statement(certificate)


def entries_of(certificate: Mapping[str, Json], made: float) -> list[Entry]:
    """The texts of a certificate, each under its hash."""
    return [Entry("theorem", sha(text), "", text, made) for text in split(certificate)]
