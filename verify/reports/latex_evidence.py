"""What the last check found, for the theorem sheet: from ``verify check --json FILE``, or from the cache."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from verify.cache.session import Session
from verify.claims import theories
from verify.claims.selection import Selection
from verify.runtime.errors import BadInput

MAX_BYTES = 50_000_000


@dataclass(frozen=True)
class Found:
    """The verdict on one claim, the routes that speak for it, and for a refuted one the counterexample.

    ``needed`` pairs a hypothesis with the counterexample to the claim without it. ``model``: the lines of a
    counterexample about vectors. ``origin``: where the verdict is from, if not from a check of the present state.
    """

    verdict: str
    routes: tuple[str, ...] = ()
    witness: tuple[tuple[str, str], ...] = ()
    lhs: str = ""
    rhs: str = ""
    needed: tuple[tuple[str, str], ...] = ()
    model: tuple[str, ...] = ()
    origin: str = ""


UNKNOWN = Found("not checked yet")


def found(about: Selection, results: Path | None) -> dict[str, Found]:
    """What is known about each claim, by id: in a file of results, or else in the cache."""
    if results is None:
        return _remembered(about)
    try:
        if results.stat().st_size > MAX_BYTES:
            raise BadInput(f"{results} is larger than {MAX_BYTES // 10**6} MB", "give the file of verify check --json")
        data = json.loads(results.read_text(encoding="utf-8"))
        return {str(c["id"]): _one(c) for c in data["claims"]}
    except OSError as error:
        raise BadInput(f"cannot read {results}: {error.strerror}", "write it by verify check --json FILE") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadInput(f"{results} is not a results file", "write it by verify check --json FILE") from error


def _remembered(about: Selection) -> dict[str, Found]:
    package = "" if about.files or not about.ids else theories.package()
    session = Session(package=package)
    if not package:  # the sources do not say what a file states, so that each claim's own key is asked for
        kept = session.recollected(about.ids, about.table)
        return {name: _one(result.to_json()) for name, result in kept.items()}
    out = {result.id: _one(result.to_json()) for result in session.remembered(about.ids)}
    for claim, trials in session.trials("hypotheses").items():
        pairs = tuple((t["change"], t["witness"]) for t in trials if t["outcome"] == "refuted")
        out[claim] = replace(out.get(claim, UNKNOWN), needed=pairs)
    return out


def _one(claim: dict[str, Any]) -> Found:
    good = ("proved", "enclosed", "supported", "refuted")
    routes = tuple(str(e["route"]) for e in claim["evidence"] if e["verdict"] in good)
    for e in claim["evidence"]:
        if e["verdict"] == "refuted":
            values = e.get("witness")
            pairs = tuple((str(k), str(v)) for k, v in values.items()) if isinstance(values, dict) else ()
            model = tuple(map(str, values)) if isinstance(values, list) else ()
            sides = str(e.get("lhs", "")), str(e.get("rhs", ""))
            return Found(str(claim["verdict"]), routes, pairs, *sides, model=model)
    return Found(str(claim["verdict"]), routes)
