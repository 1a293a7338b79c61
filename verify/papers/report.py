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
ORDER = ("proved", "refuted", "inconclusive", "not understood", "definition", "assumed", "unchecked")
ATTENTION = frozenset({"refuted", "inconclusive", "not understood"})
CHECKED = frozenset({"proved", "refuted", "inconclusive"})
_SAID = frozenset({"not understood", "definition", "assumed", "unchecked"})  # with the reason, where others have none
GUESSED = "derive"  # what an assumed step is bound to that may be a hypothesis; one by a comment is bound to "assume"


def lines(name: str, steps: Sequence[CheckedStep], before: Sequence[CheckedStep] = ()) -> list[str]:
    """``FILE:LINE: status: the step as it was read``, then what is known about a step that was not proved.

    A hint is given once; last come the names that are read as numbers, and the summary. Of what a report ``before``
    said already only what needs attention is said again.
    """
    out, given = [], set[str]()
    quiet = {(s.status, s.bound, s.latex) for s in before if s.status not in ATTENTION}
    for s in (s for s in steps if (s.status, s.bound, s.latex) not in quiet):
        out.append(f"{s.file or name}:{s.line}: {headline(s)}")
        out += [f"    {text}" for text in _details(s) if not (text.startswith("hint: ") and text in given)]
        given.add(f"hint: {s.hint}")
    if names := read_as_numbers(steps):
        out.append(f"{name}: read as real numbers, though nothing declares them: {', '.join(names)}")
    out.append(summary(name, steps))
    return out


def headline(s: CheckedStep) -> str:
    """What was found of a step, in one line."""
    of = f" [{s.bound}]" if s.bound not in ("", "derive", "assume") else ""
    if s.status == "not understood":
        return f"not understood (column {s.column}){of}: {s.why}"
    if s.status in _SAID:
        why = f" ({s.why})" if s.why else ""
        return f"{s.status}: {s.latex}{why}" if s.latex else f"{s.status}: {s.why}"
    return f"{s.status}{of}" + (f": {s.latex}" if s.latex else "")


def _details(s: CheckedStep) -> list[str]:
    out = []
    if s.status == "refuted" and s.lines:
        out += [*s.lines, *([s.why] if s.why else [])]
    elif s.status == "refuted":
        elsewhere = "every point" if not s.elsewhere else "some point"
        out.append("at " + (", ".join(f"{k} = {v}" for k, v in s.witness) or elsewhere))
        out.append(compared(s.lhs, s.rhs))
        if s.why:
            out.append(s.why)
    elif s.status == "inconclusive" and s.why:
        out.append(s.why)
    if s.suggestion:
        out.append(f"suggestion: {s.suggestion}    ({s.edit})")
    out += [f"rests on {support}" for support in s.rests]
    if s.hint:
        out.append(f"hint: {s.hint}")
    return out


def counts(steps: Sequence[CheckedStep]) -> dict[str, int]:
    found = Counter(s.status for s in steps)
    return {status: found[status] for status in ORDER}


def displays(steps: Sequence[CheckedStep]) -> dict[str, int]:
    """How many displays are checked, not checked (definitions and hypotheses too), and not understood or not wholly."""
    found: dict[int, set[str]] = {}
    for s in steps:
        if s.display:
            found.setdefault(s.display, set()).add(s.status)
    unread = sum("not understood" in statuses for statuses in found.values())
    checked = sum(bool(statuses & CHECKED) and "not understood" not in statuses for statuses in found.values())
    return {"checked": checked, "not checked": len(found) - checked - unread, "not understood": unread}


def read_as_numbers(steps: Sequence[CheckedStep]) -> list[str]:
    """The names that are read as real numbers though nothing declares them, in the order of their first use."""
    return list(dict.fromkeys(n for s in steps for n in s.numbers))


def summary(name: str, steps: Sequence[CheckedStep]) -> str:
    """How many steps have each status, and which share of the displays is checked, where some are not."""
    plural = {"definition": "definitions"}
    parts = [f"{n} {plural.get(status, status) if n > 1 else status}" for status, n in counts(steps).items() if n]
    text = f"{name}: {', '.join(parts) or 'no displays'}"
    of = displays(steps)
    if (all_ := sum(of.values())) > of["checked"]:
        rest = [f"{n} {what}" for what, n in of.items() if n and what != "checked"]
        share = of["checked"] / all_
        text += f"; {of['checked']} of {all_} displays checked ({share:.0%}), {', '.join(rest)}"
    return text if any(s.status != "unchecked" for s in steps) else f"{text}; {_NOTHING}"


def exit_code(steps: Sequence[CheckedStep]) -> int:
    """0: every checked step is proved; 1: one is refuted; 3: one is open or not read, or nothing was checked."""
    found = {s.status for s in steps}
    if "refuted" in found:
        return 1
    guessed = any(s.status == "assumed" and s.bound == GUESSED for s in steps)  # nobody said that it is a hypothesis
    return 0 if found & {"proved"} and not found & {"inconclusive", "not understood"} and not guessed else 3


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
                "suggestion": _suggestion(s),
                **({"elsewhere": {k: v for k, v in s.elsewhere}} if s.elsewhere else {}),
                **({"counterexample": list(s.lines)} if s.lines else {}),
                **({"rests_on": list(s.rests)} if s.rests else {}),
            }
            for s in steps
        ],
        "summary": counts(steps),
        "displays": displays(steps),
        "read_as_numbers": read_as_numbers(steps),
    }


def _suggestion(s: CheckedStep) -> dict[str, Any] | None:
    """A suggestion; ``fix`` has the characters of the file to replace, counted from 0, and what to write there."""
    if not s.suggestion:
        return None
    fix = None if s.fix is None else {"start": s.fix.start, "stop": s.fix.stop, "text": s.fix.text}
    return {"latex": s.suggestion, "edit": s.edit, "fix": fix}


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
    if all(s.status not in CHECKED | ATTENTION for s in steps):
        out.append(Finding("paper/nothing-checked", "warning", _NOTHING, place_of(name, 1)))
    return out


def gcc(name: str, steps: Sequence[CheckedStep]) -> list[str]:
    """``file:line:column: severity: message`` for every step that needs attention, as compilers print it.

    Refuted steps are errors, open ones warnings; a suggestion is a note at the same place.
    """
    out = []
    for s in (s for s in steps if s.status in ATTENTION):
        severity = "error" if s.status == "refuted" else "warning"
        rest = [text.strip() for text in _details(s) if not text.startswith("suggestion: ")]
        said = "; ".join([f"{s.status}: {s.latex or s.why}", *(text for text in rest if s.latex or text != s.why)])
        out.append(f"{s.file or name}:{s.line}:{s.column}: {severity}: {' '.join(said.split())}")
        if s.suggestion:
            out.append(f"{s.file or name}:{s.line}:{s.column}: note: suggestion: {s.suggestion} ({s.edit})")
    if all(s.status not in CHECKED | ATTENTION for s in steps):
        out.append(f"{name}:1:1: warning: {_NOTHING}")
    return out


def junit(papers: Sequence[tuple[str, Sequence[CheckedStep]]]) -> str:
    """JUnit XML: a suite a paper, a test case a checked step; refuted steps are failures, open ones errors."""
    root = ElementTree.Element("testsuites", name="verify paper")
    for name, steps in papers:
        checked = [s for s in steps if s.status in CHECKED | ATTENTION]
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
    odd = [s for s in steps if s.status in ATTENTION]
    if odd:
        out += ["| line | status | step | why |", "|---|---|---|---|"]
        for s in odd:
            where, why = f"{s.file + ':' if s.file else ''}{s.line}", cell("; ".join(_details(s)) or s.why)
            out.append(f"| {where} | {s.status} | {cell(s.latex)} | {why} |")
    return "\n".join(out) + "\n"
