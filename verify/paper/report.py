"""The report on a paper: one line for every step, in a form that editors can jump to; and the same as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from verify.paper.check import Step

ORDER = ("proved", "refuted", "inconclusive", "not understood", "unchecked")


def lines(name: str, steps: Sequence[Step]) -> list[str]:
    """``FILE:LINE: status: the step as it was read``, then what is known about a step that was not proved."""
    out = []
    for s in steps:
        what = f": {s.latex}" if s.latex else ""
        of = f" [{s.bound}]" if s.bound and s.bound != "derive" else ""
        if s.status == "not understood":
            out.append(f"{name}:{s.line}: not understood (column {s.column}){of}: {s.why}")
        elif s.status == "unchecked":
            out.append(f"{name}:{s.line}: unchecked: {s.why}")
        else:
            out.append(f"{name}:{s.line}: {s.status}{of}{what}")
        out += [f"    {text}" for text in _details(s)]
    out.append(summary(name, steps))
    return out


def _details(s: Step) -> list[str]:
    out = []
    if s.status == "refuted":
        out.append("at " + (", ".join(f"{k} = {v}" for k, v in s.witness) or "every point"))
        out.append(f"left side {s.lhs}, right side {s.rhs}")
        if s.why:
            out.append(s.why)
        if s.suggestion:
            out.append(f"suggestion: {s.suggestion}    ({s.edit})")
    elif s.status == "inconclusive" and s.why:
        out.append(s.why)
    if s.hint:
        out.append(f"hint: {s.hint}")
    return out


def counts(steps: Sequence[Step]) -> dict[str, int]:
    found = Counter(s.status for s in steps)
    return {status: found[status] for status in ORDER}


def summary(name: str, steps: Sequence[Step]) -> str:
    parts = [f"{n} {status}" for status, n in counts(steps).items() if n]
    checked = sum(s.status != "unchecked" for s in steps)
    text = f"{name}: {', '.join(parts) or 'no displays'}"
    return text if checked else f"{text}; nothing was checked: put '% verify: derive' before a display, or use --all"


def exit_code(steps: Sequence[Step]) -> int:
    """0: every checked step is proved; 1: one is refuted; 3: one is open or not read, or nothing was checked."""
    found = {s.status for s in steps}
    if "refuted" in found:
        return 1
    return 0 if found & {"proved"} and not found & {"inconclusive", "not understood"} else 3


def to_json(name: str, steps: Sequence[Step]) -> dict[str, Any]:
    return {
        "schema": 1,
        "file": name,
        "steps": [
            {
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
            }
            for s in steps
        ],
        "summary": counts(steps),
    }
