r"""Letters that a display needs to be read and that no sentence declares: numbers before brackets, vectors in norms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from verify.papers.cleaning import clean
from verify.papers.document import Display, Document
from verify.papers.keys import read_name, source_of, starts_name
from verify.papers.step import CheckedStep
from verify.papers.tokens import NotUnderstood, Token

_CAPITAL = re.compile(r"declare it: '% verify: (?P<comment>assume [A-Z] \\in \\mathbb R)'")
# Greek letters before a bracket; those that mostly stand for functions are left out.
_FACTOR = re.compile(
    r"declare it: '% verify: (?P<comment>assume (?P<name>\\(?!phi|psi|varphi|ell|zeta|sigma|pi|math|oper|hat|tilde|bar)"
    r"[a-z]+) \\in \\mathbb R)'"
)
_BRACKET = "a name before a bracket"
_NORM = ("a norm that is not declared", "'\\langle'")
_OPENING = {r"\lVert": r"\rVert", r"\|": r"\|", r"\langle": r"\rangle"}
_SIGNS = frozenset({"+", "-", "−", ","})


@dataclass(frozen=True)
class Needed:
    """Comments that would let a display be read; ``sure`` where the letters can hardly be anything else."""

    comments: tuple[str, ...] = ()
    sure: bool = True


def needed(document: Document, display: Display, steps: Sequence[CheckedStep]) -> Needed:
    """What the steps of a display that were not understood ask to be declared."""
    whys = [s for s in steps if s.status == "not understood"]
    capitals = [m["comment"] for s in whys if (m := _CAPITAL.search(s.hint)) is not None]
    factors = [
        m["comment"]
        for s in whys
        if s.why.startswith(_BRACKET) and (m := _FACTOR.search(s.hint)) and not _has_argument(document.text, m["name"])
    ]
    vectors: list[str] = []
    if any(s.why.startswith(_NORM) for s in whys):
        names = list(dict.fromkeys(_vectors(document, display)))
        vectors = [f"vectors {', '.join(names)}"] if names else []
    return Needed(tuple(dict.fromkeys((*capitals, *factors, *vectors))), not capitals)


def _has_argument(text: str, name: str) -> bool:
    r"""Whether a bracket behind a letter holds one name or number somewhere, as an argument does: \eta(x)."""
    size = r"\s*(?:\\(?:left|[bB]igg?l?))?\s*"
    return (
        re.search(rf"{re.escape(name)}(?![A-Za-z]){size}[(\[]\s*\\?[A-Za-z0-9]+(?:_\w|_\{{[^{{}}]*\}})?\s*[)\]]", text)
        is not None
    )


def _vectors(document: Document, display: Display) -> Iterator[str]:
    """The names that are vectors if something in a norm or an inner product is: the last factor of each summand."""
    try:
        tokens = clean(document.tokens(display))
    except NotUnderstood:
        return
    i = 0
    while i < len(tokens):
        closing = _OPENING.get(tokens[i].text)
        i += 1
        if closing is None:
            continue
        start = i
        while i < len(tokens) and tokens[i].text != closing:
            i += 1
        for part in _summands(tokens[start:i]):
            if name := _last_name(part):
                yield name
        i += closing != r"\rangle"


def _summands(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    part: list[Token] = []
    depth = 0
    for t in tokens:
        depth += (t.text == "{") - (t.text == "}")
        if depth == 0 and t.text in _SIGNS:
            yield part
            part = []
        elif t.text not in ("(", ")"):
            part.append(t)
    yield part


def _last_name(part: Sequence[Token]) -> str:
    """The small letter with its scripts at the end of a product; empty where something else stands there."""
    i, found = 0, ""
    while i < len(part):
        found = ""
        if starts_name(part[i]) and not (i and part[i - 1].text == r"\nabla"):
            try:
                _, end = read_name(part, i)
            except NotUnderstood:
                return ""
            letter = part[i].text
            found = source_of(part[i:end]) if not letter[:1].isupper() and not letter.startswith(r"\math") else ""
            i = end
        else:
            i += 1
    return found
