"""The same results for other programs: JUnit XML, SARIF, GitHub annotations, a Markdown summary, a badge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from verify.evidence.results import ClaimResult
from verify.language.verdict import Verdict
from verify.reports.findings import Finding, Level, Place, cell, xml_text
from verify.reports.findings import sarif as sarif_of
from verify.reports.terminal import evidence_text, failure_text, summary_line

if TYPE_CHECKING:
    from verify.regression.differences import Difference

RED, GREEN, AMBER = "#c0392b", "#2e8b57", "#b8860b"
# For what the lock has and the theory has not: readers of SARIF refuse a file in which a result has no place.
LOCK = Place("theorems.lock", 1)


def junit(results: Sequence[ClaimResult], origin: Mapping[str, str] | None = None) -> str:
    """JUnit XML: one test case a claim; open claims are errors, claims that went wrong failures.

    ``origin`` names the files of claims of one's own.
    """
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
            ElementTree.SubElement(case, "failure", message=f"{r.verdict.key}: {r.title}").text = failure_text(
                r, origin
            )
        elif r.as_expected is None:
            ElementTree.SubElement(case, "error", message=f"{r.verdict.key}: {r.title}").text = evidence_text(r)
    ElementTree.indent(suite)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + xml_text(ElementTree.tostring(suite, encoding="unicode")) + "\n"


def level(r: ClaimResult) -> Level | None:
    """How serious a result is, in SARIF's words; None where all is well."""
    if r.as_expected is False:
        return "error"
    return "warning" if r.as_expected is None else None


def findings(
    results: Sequence[ClaimResult],
    places: Mapping[str, Place],
    differences: Sequence[Difference] = (),
    origin: Mapping[str, str] | None = None,
) -> list[Finding]:
    """A finding for every claim that is not as it should be, and for every difference from the lock that matters."""
    out = []
    for r in results:
        severity = level(r)
        if severity is not None:
            text = failure_text(r, origin) if severity == "error" else f"{r.id} is {r.verdict.key}: {evidence_text(r)}"
            out.append(Finding(r.id, severity, text, places.get(r.id, LOCK), severity))
    for d in differences:
        if d.fatal:
            out.append(Finding(_rule(d), "error", str(d), places.get(d.name, LOCK), d.name))
    return out


def sarif(results: Sequence[ClaimResult], found: Sequence[Finding], version: str) -> dict[str, Any]:
    """SARIF 2.1.0: one rule a claim and a kind of difference, one result a finding."""
    rules = {r.id: r.title for r in results}
    rules |= {f.rule: f"{f.rule.removeprefix('lock/')}: not as the lock says" for f in found if f.rule not in rules}
    return sarif_of(found, rules, version, "claims")


def markdown(results: Sequence[ClaimResult], seconds: float, differences: Sequence[Difference] = ()) -> str:
    """A summary for a pull request: the line of the terminal, and tables of what is not as it should be."""
    lines = ["### Theorems", "", summary_line(results, seconds), ""]
    odd = [r for r in results if level(r) is not None]
    if odd:
        lines += ["| claim | verdict | why |", "|---|---|---|"]
        lines += [f"| {r.id} | {r.verdict.key} | {cell(evidence_text(r))} |" for r in odd]
        lines.append("")
    if differences:
        lines += ["| differs from the lock | kind | how |", "|---|---|---|"]
        lines += [f"| {d.name} | {d.kind} | {cell(d.text + d.consequence)} |" for d in differences]
    return "\n".join(lines) + "\n"


def badge(results: Sequence[ClaimResult]) -> str:
    """An SVG badge: how many of the claims are proved, and whatever else explains its colour.

    Green: all claims are proved, and all false statements refuted. Red: a claim is refuted, a false statement proved,
    or something contradicts a proof. Anything else is amber, also a false statement that nothing has refuted yet.
    """
    right, colour = badge_text(results)
    left = "theorems"
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


def badge_text(results: Sequence[ClaimResult]) -> tuple[str, str]:
    """What the badge says, and its colour."""
    true, false = ([r for r in results if r.expected is kind] for kind in (True, False))
    proved = sum(r.verdict is Verdict.PROVED for r in true)
    refuted = sum(r.verdict is Verdict.REFUTED for r in false)
    wrong = {
        "refuted": sum(r.verdict is Verdict.REFUTED for r in true),
        "wrongly proved": sum(r.verdict in (Verdict.PROVED, Verdict.ENCLOSED) for r in false),
        "contradicted": sum(r.contradiction or (r.expected and bool(r.disagreements)) for r in results),
    }
    parts = [f"{proved}/{len(true)} proved"] if true or not false else []
    parts += [f"{sum(r.kernel == by for r in true)} by {by} too" for by in sorted({r.kernel for r in true if r.kernel})]
    if refuted < len(false) or (false and not true):
        parts.append(f"{refuted}/{len(false)} false refuted")
    parts += [f"{count} {word}" for word, count in wrong.items() if count]
    complete = bool(results) and proved == len(true) and refuted == len(false)
    return ", ".join(parts), RED if any(wrong.values()) else GREEN if complete else AMBER


def _rule(d: Difference) -> str:
    return f"lock/{d.kind.replace(' ', '-')}"
