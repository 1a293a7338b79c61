"""What the reader says of a few lines of LaTeX, one letter a step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from verify.claims.claim import Claim
from verify.papers.check import check
from verify.papers.scanner import scan
from verify.papers.step import CheckedStep
from verify.papers.targets import Targets

DERIVE = "% verify: derive"
LETTERS = {
    "proved": "P",
    "refuted": "R",
    "not understood": "N",
    "inconclusive": "I",
    "definition": "D",
    "assumed": "A",
    "unchecked": "U",
}


def steps(*lines: str, everything: bool = False, claims: Sequence[Claim] = ()) -> list[CheckedStep]:
    """The steps of some lines, compared with some claims of one's own too."""
    targets = Targets({claim.id: claim for claim in claims})
    found = check(scan("\n".join(lines)), everything=everything, seconds=5, targets=targets)
    assert all(s.line >= 1 for s in found)
    assert not any("internal error" in s.why for s in found), found
    return found


def said(*lines: str, everything: bool = False, claims: Sequence[Claim] = ()) -> str:
    """P proved, R refuted, N not understood, I inconclusive, D definition, A assumed, U unchecked."""
    return "".join(LETTERS[s.status] for s in steps(*lines, everything=everything, claims=claims))


def said_of(cases: Mapping[str, tuple[str, ...]], *before: str) -> Callable[[str], None]:
    """A test of cases: of each the name, what is written line by line behind some lines, and last what is said."""

    @pytest.mark.parametrize("name", cases)
    def test(name: str) -> None:
        *lines, wanted = cases[name]
        found = said(*before, *lines)
        assert found == wanted, f"{found}, and not {wanted}, is said of {lines}"

    return test
