"""The lock: what a theory said when it was last accepted, in a file that a person can read and compare.

``verify.regression.snapshot`` says what it holds. Here it is read, written, and brought up to date in part.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from verify.claims.theory import Theory
from verify.language.verdict import Verdict
from verify.regression.skeleton import LISTS
from verify.runtime import files
from verify.runtime.errors import BadInput

FILE = Path("theorems.lock")
SCHEMA = 3
EMPTY: Mapping[str, Any] = {"schema": SCHEMA, "theory": "", "expressions": {}, "claims": {}}
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
            if not _has(e, texts, lists) or not all(isinstance(e.get(key, ""), str) for key in ("file", "kernel")):
                return False
            if table == "claims" and str(e.get("verdict")).upper() not in Verdict.__members__:
                return False
            cited = e.get("cited", {})
            stated = [k for k in lists if k != "evidence"]
            if not isinstance(cited, dict) or not all(_has(one, texts, stated) for one in cited.values()):
                return False
    return True


def _has(entry: Any, texts: Iterable[str], lists: Iterable[str]) -> bool:
    """Whether an entry has these texts, and these lists of texts, with at least one value among them."""
    if not isinstance(entry, dict) or not all(isinstance(entry.get(key), str) for key in texts):
        return False
    if not all(isinstance(entry.get(k), list) and all(isinstance(v, str) for v in entry[k]) for k in lists):
        return False
    return bool(entry["values"])


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
    out: dict[str, Any] = json.loads(json.dumps(old))
    for table in ("claims", "expressions"):
        if name in new[table]:
            out[table][name] = new[table][name]
            if table == "claims":
                out[table][name] = _with_kernel(old[table].get(name), new[table][name])
                out["expressions"] = {**new["expressions"], **out["expressions"]}
            return out
        if name in out[table]:
            del out[table][name]
            return out
    raise BadInput(f"neither the lock nor the theory has {name!r}", "verify list shows every claim")


def same_theory(lock: Mapping[str, Any], theory: Theory | None) -> None:
    """``BadInput`` for a lock that holds the claims of another theory than the one that is meant."""
    if theory is not None and lock["theory"] not in ("", theory.name):
        raise BadInput(
            f"{FILE} holds the theory {lock['theory']}, and this is {theory.name}",
            f"name the other with --theory, or keep the lock of {theory.name} in a folder of its own",
        )


def merge(old: Mapping[str, Any], new: Mapping[str, Any], from_files: Iterable[str]) -> dict[str, Any]:
    """The new entries, and those of the old lock that are about other files; no file is the theory."""
    looked_at = {*part_of(old, from_files), *new["claims"]}
    claims = {name: e for name, e in old["claims"].items() if name not in looked_at}
    claims |= {name: _with_kernel(old["claims"].get(name), e) for name, e in new["claims"].items()}
    named = {**old["expressions"], **new["expressions"]}
    if all("file" in e for e in claims.values()):
        # Without the theory, an expression is kept for the claims that use it.
        used = {text.partition(" ")[0] for e in claims.values() for text in e["where"]}
        named = {name: e for name, e in named.items() if e.get("symbol") in used}
    theory = new["theory"] or (old["theory"] if any("file" not in e for e in claims.values()) else "")
    return {"schema": SCHEMA, "theory": theory, "expressions": named, "claims": claims}


SAID = ("statement", "formula", "given", "hypotheses", "values", "cited", *LISTS)


def _with_kernel(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> dict[str, Any]:
    """An entry with the other prover's word that the lock has for it, where it says what it said.

    A machine without Coq writes locks too; what was re-proved stays so as long as the claim is the same.
    """
    if old is None or new["verdict"] != "proved" or any(old.get(key) != new.get(key) for key in SAID):
        return dict(new)
    return {**({"kernel": old["kernel"]} if "kernel" in old else {}), **new}


def part_of(lock: Mapping[str, Any], from_files: Iterable[str]) -> list[str]:
    """The claims of the lock that are stated in some files; no file is the theory."""
    wanted: set[str | None] = set(from_files) or {None}
    return [name for name, e in lock["claims"].items() if e.get("file") in wanted]
