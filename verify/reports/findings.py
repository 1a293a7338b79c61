"""Findings: what is not as it should be, with its place; as SARIF 2.1.0 and as GitHub's annotations.

Both forms hold no times and no paths of the machine, so the same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from verify.runtime import files

Level = Literal["error", "warning", "note"]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT, ELSEWHERE = "%SRCROOT%", "%INSTALLED%"
BASES = {
    ROOT: "the root of the repository, or the folder of the run outside of one",
    ELSEWHERE: "the folder of an installed package, outside the repository",
}


@dataclass(frozen=True)
class Place:
    """A file (a path with slashes, relative to ``base``), a line and a column, both from 1; column 0 is unknown."""

    file: str
    line: int
    column: int = 0
    base: str = ROOT


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be. ``rule`` is its kind; ``key`` tells it apart from others of its kind."""

    rule: str
    level: Level
    text: str
    place: Place | None = None
    key: str = ""

    @property
    def fingerprint(self) -> str:
        """Stays when lines move, so that a service that keeps findings knows this one again."""
        file = "" if self.place is None else self.place.file
        return hashlib.sha256("\0".join((self.rule, file, self.key)).encode()).hexdigest()[:32]


def source_root(start: Path | None = None) -> Path:
    """The root of the repository around a folder (by default the working directory), or the folder itself."""
    here = (start or Path()).resolve()
    return next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)


def place_of(path: str | Path, line: int, column: int = 0) -> Place:
    """The place of a line, relative to the repository; a file outside of it keeps the last three parts of its path."""
    full = Path(path).resolve()
    root = source_root()
    if full.is_relative_to(root):
        return Place(full.relative_to(root).as_posix(), line, column)
    return Place(Path(*full.parts[-3:]).as_posix().lstrip("/"), line, column, ELSEWHERE)


# ---------------------------------------------------------------- SARIF


def sarif(findings: Sequence[Finding], rules: Mapping[str, str], version: str, category: str) -> dict[str, Any]:
    """A SARIF 2.1.0 log of one run. ``rules`` maps the id of every rule to a sentence that describes it.

    ``category`` tells runs of one commit apart (claims, papers), so that one does not replace another.
    """
    index = {name: i for i, name in enumerate(rules)}
    driver = {
        "name": "verify",
        "semanticVersion": version,
        "rules": [{"id": name, "shortDescription": {"text": text}} for name, text in rules.items()],
    }
    used = {f.place.base for f in findings if f.place is not None}
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"verify/{category}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {k: {"description": {"text": v}} for k, v in BASES.items() if k in used | {ROOT}},
        "results": [_result(f, index[f.rule]) for f in findings],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(f: Finding, index: int) -> dict[str, Any]:
    out: dict[str, Any] = {
        "ruleId": f.rule,
        "ruleIndex": index,
        "level": f.level,
        "message": {"text": f.text},
        "partialFingerprints": {"verify/v1": f.fingerprint},
    }
    if f.place is not None:
        from urllib.parse import quote

        region = {"startLine": f.place.line} | ({"startColumn": f.place.column} if f.place.column else {})
        artifact = {"uri": quote(f.place.file), "uriBaseId": f.place.base}
        out["locations"] = [{"physicalLocation": {"artifactLocation": artifact, "region": region}}]
    return out


# ---------------------------------------------------------------- GitHub


def github_annotations(findings: Sequence[Finding]) -> list[str]:
    """Workflow commands that GitHub shows beside the line."""
    out = []
    for f in findings:
        where = {"title": f.rule}
        if f.place is not None and f.place.base == ROOT:
            where |= {"file": f.place.file, "line": str(f.place.line)}
            where |= {"col": str(f.place.column)} if f.place.column else {}
        properties = ",".join(f"{k}={_escaped(v, ':,')}" for k, v in sorted(where.items()))
        command = "notice" if f.level == "note" else f.level
        out.append(f"::{command} {properties}::{_escaped(f.text)}")
    return out


def _escaped(text: str, more: str = "") -> str:
    """Text as a workflow command takes it: what would end it or its properties is written as %XX."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def compared(lhs: object, rhs: object) -> str:
    """Both sides at a counterexample; of a statement that has no two values there, what is said of it instead."""
    said = str(rhs)
    return f"{lhs} {said}" if said.startswith("is ") else f"left side {lhs}, right side {said}"


def xml_text(text: str) -> str:
    """Text without the control characters that XML has no way to write."""
    return re.sub(r"[^\t\n\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]", "?", text)


def add_to_summary(markdown: str) -> None:
    """Append to the summary of the job, where a run inside GitHub Actions has one."""
    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if target:
        files.append(target, markdown)


def cell(text: str) -> str:
    """A text as it is, in one cell of a Markdown table."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{' '.join(text.split())}{fence}".replace("|", r"\|") if text.strip() else ""
