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

from theory.maml_erm.formulas.expressions import expressions
from verify.claims.claim import Claim
from verify.claims.sequents import goal_of, term
from verify.claims.statement import Limit, MatrixIdentity
from verify.evidence.results import ClaimResult
from verify.evidence.verdict import Verdict
from verify.language import logic
from verify.language.errors import BadInput
from verify.language.evaluation import Point, TooHard, Undefined, evaluate
from verify.regression.skeleton import LISTS, skeleton
from verify.reports.text import domain_lines, expression_line, statement_text
from verify.runtime import files

FILE = Path("theorems.lock")
SCHEMA = 2
EMPTY: Mapping[str, Any] = {"schema": SCHEMA, "expressions": {}, "claims": {}}

# Ordinary points of the domain of the theory; every symbol has a value, the larger of two values its own.
_BASE = {
    "alpha": "1/3", "rho": "1/2", "rho_H": "1/2", "rho_E": "2", "p": "1/3", "Delta": "3", "V_H": "1/5", "V_E": "2",
    "nu": "1/2", "g": "1/10", "lambda": "3/2", "c": "2/5", "eps": "1/4", "r": "1/4", "u": "3/7", "l_H": "1/2",
    "l_E": "3/2", "t_H": "1", "t_E": "5", "l": "1", "L": "2", "t": "9", "s": "1/2", "s_1": "1", "t_S": "3", "W": "2",
    "W_H": "1/2",
    "W_E": "3", "x": "1/4", "d": "3", "n": "4", "m": "10", "K": "2", "m_2": "13", "d_2": "7", "nu_2": "2",
    "rho_2": "3/4", "alpha_2": "2/5", "x_2": "1/2",
}  # fmt: skip
_CHANGES: tuple[dict[str, str], ...] = (
    {},
    {"d": "1", "m": "1", "n": "1", "K": "1", "V_E": "0"},
    {"rho_E": "3/2", "alpha": "2/3", "m": "40", "m_2": "41", "d": "12", "n": "2", "Delta": "1/2", "V_H": "4", "K": "3"},
    {"rho_H": "1/7", "alpha": "1/2", "p": "3/4", "m": "1000000", "d": "1000000", "m_2": "1000001", "nu": "0"},
)
GRID: tuple[dict[str, Fraction], ...] = tuple(
    {k: Fraction(v) for k, v in {**_BASE, **change}.items()} for change in _CHANGES
)


UNKNOWN = ("undefined", "not evaluated")


def snapshot(
    claims: Iterable[Claim],
    results: Iterable[ClaimResult],
    origin: Mapping[str, str] | None = None,
    *,
    whole: bool = True,
) -> dict[str, Any]:
    """What the lock holds, for the given claims and their results; ``origin`` names the files of claims of one's own.

    It has all named expressions of the theory, or, unless it is ``whole``, those that these claims use.
    """
    found = {r.id: r for r in results}
    own = origin or {}
    kept = [c for c in claims if c.id in found]
    entries = {c.id: _claim_entry(c, found[c.id], own.get(c.id)) for c in kept}
    used = {e.name for c in kept if not isinstance(c.statement, MatrixIdentity) for e in c.used_atoms}
    named = {
        name: {"form": expression_line(e), "values": _values([term(e.raw())])}
        for name, e in expressions().items()
        if whole or name in used
    }
    return {"schema": SCHEMA, "expressions": named, "claims": entries}


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

        return [f"{explicit_value(claim.statement.lhs)}; {explicit_value(claim.statement.rhs)}"]
    goal = goal_of(claim)
    if isinstance(claim.statement, Limit) and goal.limit is not None:
        return _values([logic.substitute_term(t, goal.meanings) for t in (goal.limit[0], goal.limit[3])])
    sides = [side for r in logic.relations(goal.expanded().goal) for side in (r.lhs, r.rhs)]
    return _values(sides)


def _values(terms: list[logic.Term]) -> list[str]:
    """The values of some terms at every point of the grid, one line a point."""
    names = set().union(*map(logic.variables_of, terms))
    with flint.ctx.workprec(160):
        return [
            "; ".join(_value(t, Point({**others(names - set(point), i), **point})) for t in terms)
            for i, point in enumerate(GRID)
        ]


def others(names: set[str], i: int) -> dict[str, Fraction]:
    """Values at the i-th point for symbols that are not the theory's: small, positive, always the same."""
    digests = {name: hashlib.sha256(f"{name} {i}".encode()).digest() for name in names}
    return {name: Fraction(1 + digest[0] % 9, 1 + digest[1] % 4) for name, digest in digests.items()}


def _value(t: logic.Term, point: Point) -> str:
    try:
        value = evaluate(t, point)
    except (Undefined, ZeroDivisionError):
        return UNKNOWN[0]
    except (TooHard, KeyError):
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
        symbols = {name: str(e.symbol) for name, e in expressions().items()}
        named = {name: e for name, e in named.items() if symbols.get(name) in used}
    return {"schema": SCHEMA, "expressions": named, "claims": claims}


def part_of(lock: Mapping[str, Any], from_files: Iterable[str]) -> list[str]:
    """The claims of the lock that are stated in some files; no file is the theory."""
    wanted = set(from_files) or {None}
    return [name for name, e in lock["claims"].items() if e.get("file") in wanted]
