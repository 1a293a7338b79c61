"""What the last check found, for the theorem sheet: from ``verify check --json FILE``, or from the cache."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from verify.cache.session import Session
from verify.claims import theories
from verify.claims.claim import Claim
from verify.claims.selection import Selection
from verify.claims.theory import Theory
from verify.regression import lock_file
from verify.reports.needed import Needed, of_trials
from verify.runtime.errors import BadInput
from verify.typesetting.plain_text import domain_lines, statement_text

MAX_BYTES = 50_000_000
ABOVE = 3  # folders above that of the claims: the package, what it is in, and the repository


@dataclass(frozen=True)
class Found:
    """The verdict on one claim, the routes that speak for it, and for a refuted one the counterexample.

    ``needed`` pairs a hypothesis with the counterexample to the claim without it; ``needless`` are hypotheses without
    which it is proved too. ``model``: the lines of a
    counterexample about vectors. ``origin``: where the verdict is from, if not from a check.
    ``certificate``: what was accepted as a proof. Among the routes is ``kernel``, another prover that re-proved the
    claim, where there is one. ``said``: what every route found, as (route, verdict, sentence).
    """

    verdict: str
    routes: tuple[str, ...] = ()
    witness: tuple[tuple[str, str], ...] = ()
    lhs: str = ""
    rhs: str = ""
    needed: tuple[tuple[str, str], ...] = ()
    model: tuple[str, ...] = ()
    origin: str = ""
    certificate: Mapping[str, Any] | None = None
    said: tuple[tuple[str, str, str], ...] = ()
    kernel: str = ""
    needless: tuple[str, ...] = ()


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
    """What the cache knows of this state of the code, else of the same claims in another, else the lock of a theory."""
    package = "" if about.files or not about.ids else theories.package()
    session = Session(package=package)
    out: dict[str, Found] = {}
    if package:
        out = {result.id: _one(result.to_json()) for result in session.remembered(about.ids)}
    missing = [name for name in about.ids if name not in out]
    if missing:  # the sources do not say what a file states, so that each claim's own key is asked for
        kept = session.recollected(missing, about.table)
        out |= {name: _one(result.to_json()) for name, result in kept.items()}
    for name, certificate in session.kept_certificates().items():
        if name in out:
            out[name] = replace(out[name], certificate=certificate)
    if package:
        out = {**_locked(about, [name for name in about.ids if name not in out]), **out}
        for claim, trials in session.trials("hypotheses").items():
            out[claim] = with_needed(out.get(claim, UNKNOWN), of_trials(trials))
    return out


def with_needed(found: Found, trials: Needed) -> Found:
    """The same, with what dropping its hypotheses has shown."""
    return replace(found, needed=trials.needed, needless=trials.needless)


def _locked(about: Selection, names: list[str]) -> dict[str, Found]:
    """What the lock of the theory says of claims that are stated as they were when it was accepted."""
    theory = about.theory
    lock = None if theory is None or not names else lock_of(theory)
    if lock is None:
        return {}
    return {name: found for name in names if (found := _entry(lock, about.table[name])) is not None}


def lock_of(theory: Theory) -> dict[str, Any] | None:
    """The lock of a theory, in the working directory, in its package or up to two folders above; else None."""
    above = () if theory.folder is None else tuple(theory.folder.parents)[:ABOVE]
    for path in (lock_file.FILE, *(folder / lock_file.FILE.name for folder in above)):
        with contextlib.suppress(BadInput):
            lock = lock_file.read(path)
            if lock["theory"] == theory.name:
                return lock
    return None


def verdict_in_lock(claim: Claim) -> str:
    """The verdict that the lock of a claim's theory has for what it states; empty where there is none."""
    lock = lock_of(claim.setting) if isinstance(claim.setting, Theory) else None
    found = None if lock is None else _entry(lock, claim)
    return "" if found is None else found.verdict


def _entry(lock: Mapping[str, Any], claim: Claim) -> Found | None:
    entry = lock["claims"].get(claim.id)
    same = (
        entry is not None and entry["statement"] == statement_text(claim) and entry["hypotheses"] == domain_lines(claim)
    )
    if entry is None or not same:
        return None
    return Found(entry["verdict"], (*entry["evidence"], *_kernel(entry)), origin="lock", kernel=entry.get("kernel", ""))


def _one(claim: dict[str, Any]) -> Found:
    good = ("proved", "enclosed", "supported", "refuted")
    routes = tuple(str(e["route"]) for e in claim["evidence"] if e["verdict"] in good)
    said = tuple((str(e["route"]), str(e["verdict"]), str(e.get("summary", ""))) for e in claim["evidence"])
    for e in claim["evidence"]:
        if e["verdict"] == "refuted":
            values = e.get("witness")
            pairs = tuple((str(k), str(v)) for k, v in values.items()) if isinstance(values, dict) else ()
            model = tuple(map(str, values)) if isinstance(values, list) else ()
            sides = str(e.get("lhs", "")), str(e.get("rhs", ""))
            return Found(str(claim["verdict"]), routes, pairs, *sides, model=model, said=said)
    return Found(str(claim["verdict"]), (*routes, *_kernel(claim)), said=said, kernel=str(claim.get("kernel", "")))


def _kernel(entry: Mapping[str, Any]) -> tuple[str, ...]:
    return (str(entry["kernel"]),) if entry.get("kernel") else ()
