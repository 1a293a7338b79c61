"""Which hypotheses a claim needs, from the trials of ``verify hypotheses``: kept in the cache, or in a file of JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verify.claims.claim import Claim
from verify.runtime.errors import BadInput
from verify.typesetting.plain_text import domain_lines, statement_text

MAX_BYTES = 20_000_000
_OUTCOMES = ("refuted", "proved", "open")


@dataclass(frozen=True)
class Needed:
    """``needed``: hypotheses with the counterexample to the claim without each; ``needless``: it is proved without."""

    needed: tuple[tuple[str, str], ...] = ()
    needless: tuple[str, ...] = ()


def of_trials(trials: Sequence[Mapping[str, str]]) -> Needed:
    """What the trials of one claim say."""
    needed = tuple((t["change"], t["witness"]) for t in trials if t["outcome"] == "refuted")
    return Needed(needed, tuple(t["change"] for t in trials if t["outcome"] == "proved"))


def stamp(claim: Claim) -> dict[str, Any]:
    """What a file says beside the trials of a claim, so that they are not taken for those of another statement."""
    return {"statement": statement_text(claim), "hypotheses": domain_lines(claim)}


def in_file(path: Path, table: Mapping[str, Claim]) -> dict[str, Needed]:
    """What a file says of the claims of a table that are stated as they were then; ``BadInput`` for another file."""
    hint = "write it by verify hypotheses --json FILE"
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadInput(f"{path} is larger than {MAX_BYTES // 10**6} MB", hint)
        entries = json.loads(path.read_text(encoding="utf-8"))["claims"]
        found = {}
        for entry in entries:
            claim = table.get(str(entry["id"]))
            trials = [{k: str(t[k]) for k in ("change", "outcome", "witness")} for t in entry["trials"]]
            if any(t["outcome"] not in _OUTCOMES for t in trials):
                raise ValueError("an outcome that there is not")
            if claim is not None and stamp(claim).items() <= entry.items():
                found[claim.id] = of_trials(trials)
        return found
    except OSError as error:
        raise BadInput(f"cannot read {path}: {error.strerror}", hint) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput(f"{path} is not a file of trials of hypotheses", hint) from error
