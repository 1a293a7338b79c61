"""The same results for other programs: JUnit XML, SARIF, GitHub annotations, a Markdown summary, a badge."""

from __future__ import annotations

import os
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from verify.evidence import ClaimResult
from verify.report.terminal import evidence_text, failure_text, summary_line
from verify.verdict import Verdict

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def junit(results: Sequence[ClaimResult]) -> str:
    """JUnit XML: one test case a claim; open claims are errors, claims that went wrong failures."""
    suite = ElementTree.Element(
        "testsuite",
        name="verify",
        tests=str(len(results)),
        failures=str(sum(r.as_expected is False for r in results)),
        errors=str(sum(r.as_expected is None for r in results)),
        time=f"{sum(r.seconds for r in results):.3f}",
    )
    for r in results:
        case = ElementTree.SubElement(suite, "testcase", classname="verify", name=r.id, time=f"{r.seconds:.3f}")
        if r.as_expected is False:
            ElementTree.SubElement(case, "failure", message=f"{r.verdict.key}: {r.title}").text = failure_text(r)
        elif r.as_expected is None:
            ElementTree.SubElement(case, "error", message=f"{r.verdict.key}: {r.title}").text = evidence_text(r)
    ElementTree.indent(suite)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(suite, encoding="unicode") + "\n"


def level(r: ClaimResult) -> str | None:
    """How serious a result is, in SARIF's words; None where all is well."""
    if r.as_expected is False:
        return "error"
    return "warning" if r.as_expected is None else None


def sarif(results: Sequence[ClaimResult], places: dict[str, tuple[str, int]], version: str) -> dict[str, Any]:
    """SARIF 2.1.0: one rule a claim, one result for every claim that is not as it should be.

    ``places`` maps a claim to the file and the line that states it.
    """
    found = []
    for r in results:
        severity = level(r)
        if severity is None:
            continue
        text = failure_text(r) if severity == "error" else f"{r.id} is {r.verdict.key}: {evidence_text(r)}"
        entry: dict[str, Any] = {"ruleId": r.id, "level": severity, "message": {"text": text}}
        if r.id in places:
            file, line = places[r.id]
            location = {"artifactLocation": {"uri": file}, "region": {"startLine": line}}
            entry["locations"] = [{"physicalLocation": location}]
        found.append(entry)
    rules = [{"id": r.id, "shortDescription": {"text": r.title}} for r in results]
    driver = {"name": "verify", "version": version, "rules": rules}
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": found}]}


def annotations(results: Sequence[ClaimResult], places: dict[str, tuple[str, int]]) -> list[str]:
    """Workflow commands that GitHub shows beside the line of a claim."""
    out = []
    for r in results:
        severity = level(r)
        if severity is not None:
            where = ",".join(f"{k}={v}" for k, v in zip(("file", "line"), places.get(r.id, ()), strict=False))
            text = f"{r.id} is {r.verdict.key}: {evidence_text(r)}".replace("%", "%25").replace("\n", "%0A")
            out.append(f"::{severity} {where + ',' if where else ''}title={r.id}::{text}")
    return out


def markdown(results: Sequence[ClaimResult], seconds: float) -> str:
    """A summary for a pull request: the line of the terminal, and a table of what is not as it should be."""
    lines = ["### Theorems", "", summary_line(results, seconds), ""]
    odd = [r for r in results if level(r) is not None]
    if odd:
        lines += ["| claim | verdict | why |", "|---|---|---|"]
        lines += [f"| {r.id} | {r.verdict.key} | {evidence_text(r).replace('|', chr(92) + '|')} |" for r in odd]
    return "\n".join(lines) + "\n"


def badge(results: Sequence[ClaimResult]) -> str:
    """An SVG badge: how many of the claims are proved."""
    true = [r for r in results if r.expected]
    proved = sum(r.verdict is Verdict.PROVED for r in true)
    bad = any(r.as_expected is False for r in results)
    colour = "#c0392b" if bad else "#2e8b57" if proved == len(true) else "#b8860b"
    left, right = "theorems", f"{proved}/{len(true)} proved"
    widths = [7 * len(text) + 12 for text in (left, right)]
    total = sum(widths)
    middle = widths[0] + widths[1] / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total}" height="20" role="img" '
        f'aria-label="{escape(left)}: {escape(right)}">'
        f'<rect width="{widths[0]}" height="20" fill="#555"/>'
        f'<rect x="{widths[0]}" width="{widths[1]}" height="20" fill="{colour}"/>'
        '<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="{widths[0] / 2}" y="14">{escape(left)}</text>'
        f'<text x="{middle}" y="14">{escape(right)}</text></g></svg>\n'
    )


def to_github(results: Sequence[ClaimResult], places: dict[str, tuple[str, int]], seconds: float) -> list[str]:
    """What a run inside GitHub Actions adds: annotations to print, and the summary, written where GitHub wants it."""
    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if target:
        with Path(target).open("a", encoding="utf-8") as file:
            file.write(markdown(results, seconds))
    return annotations(results, places) if os.environ.get("GITHUB_ACTIONS") else []
