"""The lock: what the theory said when it was last accepted, in a file that a person can read and compare.

For every claim it keeps the statement with its skeleton (``verify.regression.skeleton``), the hypotheses, the verdict,
the kinds of evidence, and the exact values of both sides of its relations on a fixed grid of rational points; for every
named expression its form and its values. A claim of a file of one's own carries the name of the file.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import flint

from verify.claims.claim import Claim
from verify.claims.sequents import goal_of, term
from verify.claims.setting import Setting
from verify.claims.statement import Limit, MatrixIdentity
from verify.claims.theory import Theory
from verify.evidence.results import ClaimResult
from verify.evidence.verdict import Verdict
from verify.language import logic
from verify.language.errors import BadInput
from verify.language.evaluation import Point, Undecided, Undefined, evaluate
from verify.regression.skeleton import LISTS, skeleton
from verify.reports.text import domain_lines, expression_line, statement_text
from verify.runtime import files

FILE = Path("theorems.lock")
SCHEMA = 3
EMPTY: Mapping[str, Any] = {"schema": SCHEMA, "theory": "", "expressions": {}, "claims": {}}

UNKNOWN = ("undefined", "not evaluated")


def snapshot(
    claims: Iterable[Claim],
    results: Iterable[ClaimResult],
    origin: Mapping[str, str] | None = None,
    *,
    theory: Theory | None = None,
) -> dict[str, Any]:
    """What the lock holds, for the given claims and their results; ``origin`` names the files of claims of one's own.

    It has all named expressions of ``theory``, and those of others that these claims use.
    """
    found = {r.id: r for r in results}
    own = origin or {}
    kept = [c for c in claims if c.id in found]
    entries = {c.id: _claim_entry(c, found[c.id], own.get(c.id)) for c in kept}
    used = {e.name: e for c in kept if not isinstance(c.statement, MatrixIdentity) for e in c.used_atoms}
    found_here = used if theory is None else {**theory.named, **used}
    named = {
        name: {
            **({} if e.symbol is None else {"symbol": str(e.symbol)}),
            "form": expression_line(e),
            "values": _values([term(e.raw())], e.setting),
        }
        for name, e in found_here.items()
    }
    name = "" if theory is None else theory.name
    return {"schema": SCHEMA, "theory": name, "expressions": named, "claims": entries}


def _claim_entry(claim: Claim, result: ClaimResult, file: str | None) -> dict[str, Any]:
    routes = sorted({e.route for e in result.evidence if e.verdict.strength >= Verdict.SUPPORTED.strength})
    return {
        **({} if file is None else {"file": file}),
        "title": claim.title,
        "statement": statement_text(claim),
        **skeleton(claim),
        "hypotheses": domain_lines(claim),
        "verdict": result.verdict.key,
        "evidence": routes if result.expected else [e.route for e in result.evidence if e.verdict is Verdict.REFUTED],
        "values": _claim_values(claim),
    }


def _claim_values(claim: Claim) -> list[str]:
    if isinstance(claim.statement, MatrixIdentity):
        from verify.regression.trials import explicit_value

        sides = (claim.statement.lhs, claim.statement.rhs)
        return ["; ".join(explicit_value(side, claim.setting) for side in sides)]
    goal = goal_of(claim)
    if isinstance(claim.statement, Limit) and goal.limit is not None:
        return _values([logic.substitute_term(t, goal.meanings) for t in (goal.limit[0], goal.limit[3])], claim.setting)
    sides = [side for r in logic.relations(goal.expanded().goal) for side in (r.lhs, r.rhs)]
    return _values(sides, claim.setting)


POINTS = 4  # where values are kept that no theory has points for


def grid_of(setting: Setting) -> tuple[Mapping[str, Fraction], ...]:
    """The points at which values are kept; symbols that have none there get some from ``others``."""
    return setting.points.grid or ({},) * POINTS


def _values(terms: list[logic.Term], setting: Setting) -> list[str]:
    """The values of some terms at every point of the theory's grid, one line a point."""
    names = set[str]().union(*map(logic.variables_of, terms))
    grid = grid_of(setting)
    with flint.ctx.workprec(160):
        return [
            "; ".join(_value(t, Point({**others(names - set(point), i), **point})) for t in terms)
            for i, point in enumerate(grid)
        ]


def others(names: set[str], i: int) -> dict[str, Fraction]:
    """Values at the i-th point for symbols that are not the theory's: small, positive, always the same."""
    digests = {name: hashlib.sha256(f"{name} {i}".encode()).digest() for name in sorted(names)}
    return {name: Fraction(1 + digest[0] % 9, 1 + digest[1] % 4) for name, digest in digests.items()}


def _value(t: logic.Term, point: Point) -> str:
    try:
        value = evaluate(t, point)
    except (Undefined, ZeroDivisionError):
        return UNKNOWN[0]
    except (Undecided, KeyError):
        return UNKNOWN[1]
    return str(value) if isinstance(value, Fraction) else value.str(20, radius=False)


# ---------------------------------------------------------------- the file


RESTORE = "restore it from version control, or remove it and make it anew with verify lock"


def write(data: Mapping[str, Any], path: Path = FILE) -> None:
    text = json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    files.write(path, text)


def read(path: Path = FILE) -> dict[str, Any]:
    """The lock; ``BadInput`` if there is none, or if it is not one."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadInput(f"there is no {path}", "verify lock writes it") from None
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput(f"{path} can't be read: {error}", RESTORE) from None
    schema = data.get("schema") if isinstance(data, dict) else None
    if isinstance(schema, int) and 0 < schema != SCHEMA:
        age = "an earlier" if schema < SCHEMA else "a later"
        raise BadInput(
            f"{path} was written by {age} version of verify (schema {schema}, this is {SCHEMA})",
            f"remove {path}, make it anew with verify lock, and compare the two in version control",
        )
    if not isinstance(data, dict) or schema != SCHEMA or not _whole(data):
        raise BadInput(f"{path} is not a lock of this version", RESTORE)
    return data


def _whole(data: Mapping[str, Any]) -> bool:
    """Whether every entry has what a comparison reads."""
    if not isinstance(data.get("theory"), str):
        return False
    for table, texts, lists in (
        ("expressions", ("form",), ("values",)),
        ("claims", ("statement", "formula"), ("values", "hypotheses", "evidence", *LISTS)),
    ):
        entries = data.get(table)
        if not isinstance(entries, dict):
            return False
        for e in entries.values():
            if not isinstance(e, dict) or not all(isinstance(e.get(key), str) for key in texts):
                return False
            if not all(isinstance(e.get(k), list) and all(isinstance(v, str) for v in e[k]) for k in lists):
                return False
            if not isinstance(e.get("file", ""), str):
                return False
            if not e["values"] or (table == "claims" and str(e.get("verdict")).upper() not in Verdict.__members__):
                return False
    return True


@contextlib.contextmanager
def alone(path: Path = FILE) -> Iterator[None]:
    """Keep other runs from changing the lock between reading and writing it; by the folder, as the file is replaced."""
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # a file system without locks: then only one run at a time is safe
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def accept(old: Mapping[str, Any], new: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The old lock with one claim or expression as it is now; ``BadInput`` for a name in neither."""
    out = json.loads(json.dumps(old))
    for table in ("claims", "expressions"):
        if name in new[table]:
            out[table][name] = new[table][name]
            if table == "claims":
                out["expressions"] = {**new["expressions"], **out["expressions"]}
            return out
        if name in out[table]:
            del out[table][name]
            return out
    raise BadInput(f"neither the lock nor the theory has {name!r}", "verify list shows every claim")


def merge(old: Mapping[str, Any], new: Mapping[str, Any], from_files: Iterable[str]) -> dict[str, Any]:
    """The new entries, and those of the old lock that are about other files; no file is the theory."""
    looked_at = {*part_of(old, from_files), *new["claims"]}
    claims = {name: e for name, e in old["claims"].items() if name not in looked_at} | new["claims"]
    named = {**old["expressions"], **new["expressions"]}
    if all("file" in e for e in claims.values()):
        # Without the theory, an expression is kept for the claims that use it.
        used = {text.partition(" ")[0] for e in claims.values() for text in e["where"]}
        named = {name: e for name, e in named.items() if e.get("symbol") in used}
    theory = new["theory"] or (old["theory"] if any("file" not in e for e in claims.values()) else "")
    return {"schema": SCHEMA, "theory": theory, "expressions": named, "claims": claims}


def part_of(lock: Mapping[str, Any], from_files: Iterable[str]) -> list[str]:
    """The claims of the lock that are stated in some files; no file is the theory."""
    wanted = set(from_files) or {None}
    return [name for name, e in lock["claims"].items() if e.get("file") in wanted]
