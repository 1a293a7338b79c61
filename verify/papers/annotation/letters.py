r"""Letters that have to be numbers for a display to be read, which no sentence declares: A, and \eta in \eta(1+x)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from verify.papers.step import CheckedStep

_CAPITAL = re.compile(r"declare it: '% verify: (?P<comment>assume [A-Z] \\in \\mathbb R)'")
# Greek letters before a bracket; those that mostly stand for functions are left out.
_FACTOR = re.compile(
    r"declare it: '% verify: (?P<comment>assume (?P<name>\\(?!phi|psi|varphi|ell|zeta|sigma|pi|math|oper|hat|tilde|bar)"
    r"[a-z]+) \\in \\mathbb R)'"
)
_BRACKET = "a name before a bracket"


@dataclass(frozen=True)
class Needed:
    """Comments that would let a display be read; ``sure`` where the letters can hardly be anything else."""

    comments: tuple[str, ...] = ()
    sure: bool = True


def needed(text: str, steps: Sequence[CheckedStep]) -> Needed:
    """What the steps of a display that were not understood ask to be declared; ``text`` is that of the whole paper."""
    whys = [s for s in steps if s.status == "not understood"]
    capitals = [m["comment"] for s in whys if (m := _CAPITAL.search(s.hint)) is not None]
    factors = [
        m["comment"]
        for s in whys
        if s.why.startswith(_BRACKET) and (m := _FACTOR.search(s.hint)) and not _has_argument(text, m["name"])
    ]
    return Needed(tuple(dict.fromkeys((*capitals, *factors))), not capitals)


def _has_argument(text: str, name: str) -> bool:
    r"""Whether a bracket behind a letter holds one name or number somewhere, as an argument does: \eta(x)."""
    size = r"\s*(?:\\(?:left|[bB]igg?l?))?\s*"
    return (
        re.search(rf"{re.escape(name)}(?![A-Za-z]){size}[(\[]\s*\\?[A-Za-z0-9]+(?:_\w|_\{{[^{{}}]*\}})?\s*[)\]]", text)
        is not None
    )
