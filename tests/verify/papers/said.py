"""What the reader says of a few lines of LaTeX, one letter a step."""

from __future__ import annotations

from verify.papers.check import Step, check
from verify.papers.document import scan

DERIVE = "% verify: derive"
LETTERS = {"proved": "P", "refuted": "R", "not understood": "N", "inconclusive": "I", "unchecked": "U"}


def steps(*lines: str, everything: bool = False) -> list[Step]:
    found = check(scan("\n".join(lines)), everything=everything, seconds=5)
    assert all(s.line >= 1 for s in found)
    assert not any("internal error" in s.why for s in found), found
    return found


def said(*lines: str, everything: bool = False) -> str:
    """P proved, R refuted, N not understood, I inconclusive, U unchecked."""
    return "".join(LETTERS[s.status] for s in steps(*lines, everything=everything))
