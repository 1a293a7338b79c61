"""The report on a paper: one line for every step, in a form that editors can jump to; and the same for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

from verify.papers.step import CheckedStep
from verify.reports.findings import Finding, Level, cell, compared, place_of, xml_text

# The rules of the findings: what is wrong with a step, or with a paper that says nothing to check.
RULES = {
    "paper/refuted": "A step is false: an exact point satisfies what is assumed and violates it",
    "paper/inconclusive": "A step is neither proved nor refuted",
    "paper/not-understood": "A display holds something that is not read as mathematics",
    "paper/nothing-checked": "No display has a comment that says what to check",
}
_NOTHING = "nothing was checked: put '% verify: derive' before a display, or use --all"
ORDER = ("proved", "refuted", "inconclusive", "not understood", "unchecked")


def lines(name: str, steps: Sequence[CheckedStep]) -> list[str]:
    """``FILE:LINE: status: the step as it was read``, then what is known about a step that was not proved."""
    out = []
    for s in steps:
        what = f": {s.latex}" if s.latex else ""
        of = f" [{s.bound}]" if s.bound and s.bound != "derive" else ""
        place = f"{s.file or name}:{s.line}"
        if s.status == "not understood":
            out.append(f"{place}: not understood (column {s.column}){of}: {s.why}")
        elif s.status == "unchecked":
            out.append(f"{place}: unchecked: {s.why}")
        else:
            out.append(f"{place}: {s.status}{of}{what}")
        out += [f"    {text}" for text in _details(s)]
    out.append(summary(name, steps))
    return out


def _details(s: CheckedStep) -> list[str]:
    out = []
    if s.status == "refuted" and s.lines:
        out += [*s.lines, *([s.why] if s.why else [])]
    elif s.status == "refuted":
        out.append("at " + (", ".join(f"{k} = {v}" for k, v in s.witness) or "every point"))
        out.append(compared(s.lhs, s.rhs))
        if s.why:
            out.append(s.why)
        if s.suggestion:
            out.append(f"suggestion: {s.suggestion}    ({s.edit})")
    elif s.status == "inconclusive" and s.why:
        out.append(s.why)
    out += [f"rests on {support}" for support in s.rests]
    if s.hint:
        out.append(f"hint: {s.hint}")
    return out


def counts(steps: Sequence[CheckedStep]) -> dict[str, int]:
    found = Counter(s.status for s in steps)
    return {status: found[status] for status in ORDER}


def summary(name: str, steps: Sequence[CheckedStep]) -> str:
    parts = [f"{n} {status}" for status, n in counts(steps).items() if n]
    checked = sum(s.status != "unchecked" for s in steps)
    text = f"{name}: {', '.join(parts) or 'no displays'}"
    return text if checked else f"{text}; {_NOTHING}"


def exit_code(steps: Sequence[CheckedStep]) -> int:
    """0: every checked step is proved; 1: one is refuted; 3: one is open or not read, or nothing was checked."""
    found = {s.status for s in steps}
    if "refuted" in found:
        return 1
    return 0 if found & {"proved"} and not found & {"inconclusive", "not understood"} else 3


def to_json(name: str, steps: Sequence[CheckedStep]) -> dict[str, Any]:
    return {
        "schema": 1,
        "file": name,
        "steps": [
            {
                **({"file": s.file} if s.file else {}),
                "line": s.line,
                "column": s.column,
                "status": s.status,
                "bound": s.bound,
                "latex": s.latex,
                "why": s.why,
                "hint": s.hint,
                "witness": {k: v for k, v in s.witness},
                "lhs": s.lhs,
                "rhs": s.rhs,
                "suggestion": {"latex": s.suggestion, "edit": s.edit} if s.suggestion else None,
                **({"counterexample": list(s.lines)} if s.lines else {}),
                **({"rests_on": list(s.rests)} if s.rests else {}),
            }
            for s in steps
        ],
        "summary": counts(steps),
    }


def findings(name: str, steps: Sequence[CheckedStep]) -> list[Finding]:
    """A finding for every step that is not proved; displays that nobody asked to check are none."""
    out, seen = [], Counter[str]()
    for s in steps:
        rule = f"paper/{s.status.replace(' ', '-')}"
        if rule in RULES:
            severity: Level = "error" if s.status == "refuted" else "warning"
            what = " ".join(filter(None, (s.bound if s.bound != "derive" else "", s.latex or s.why)))
            seen[what] += 1
            text = "\n".join([f"{s.status}: {what}", *_details(s)])
            out.append(
                Finding(rule, severity, text, place_of(s.file or name, s.line, s.column), f"{what} {seen[what]}")
            )
    if all(s.status == "unchecked" for s in steps):
        out.append(Finding("paper/nothing-checked", "warning", _NOTHING, place_of(name, 1)))
    return out


def junit(papers: Sequence[tuple[str, Sequence[CheckedStep]]]) -> str:
    """JUnit XML: a suite a paper, a test case a checked step; refuted steps are failures, open ones errors."""
    root = ElementTree.Element("testsuites", name="verify paper")
    for name, steps in papers:
        checked = [s for s in steps if s.status != "unchecked"]
        bad = counts(checked)
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=name,
            tests=str(len(checked)),
            failures=str(bad["refuted"]),
            errors=str(bad["inconclusive"] + bad["not understood"]),
        )
        for s in checked:
            title = f"{s.file + ', ' if s.file else ''}line {s.line}, column {s.column}: {s.latex or s.bound}"
            case = ElementTree.SubElement(suite, "testcase", classname=name, name=title)
            if s.status != "proved":
                kind = "failure" if s.status == "refuted" else "error"
                message = s.status if s.latex else f"{s.status}: {s.why}"
                ElementTree.SubElement(case, kind, message=message).text = "\n".join(_details(s))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + xml_text(ElementTree.tostring(root, encoding="unicode")) + "\n"


def markdown(name: str, steps: Sequence[CheckedStep]) -> str:
    """A summary for a pull request: the last line of the report, and a table of the steps that are not proved."""
    out = ["### Paper", "", summary(name, steps), ""]
    odd = [s for s in steps if s.status not in ("proved", "unchecked")]
    if odd:
        out += ["| line | status | step | why |", "|---|---|---|---|"]
        for s in odd:
            where, why = f"{s.file + ':' if s.file else ''}{s.line}", cell("; ".join(_details(s)) or s.why)
            out.append(f"| {where} | {s.status} | {cell(s.latex)} | {why} |")
    return "\n".join(out) + "\n"
