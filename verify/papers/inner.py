r"""Environments of rows inside a display, such as aligned: read only where their rows are those of the display.

In a sum, in brackets or beside another one, as in 2\begin{aligned} x \\ + y \end{aligned}, they are none.
"""

from __future__ import annotations

from collections.abc import Sequence

from verify.papers.signs import CLOSING, OPENING, OPERATIONS, RELATIONS, SIGNS, SPACE
from verify.papers.tokens import NotUnderstood, Token, argument, plain, word_set

_BEHIND = word_set(r"\label \tag")  # with an argument; they print no mathematics
_ENDING = frozenset({"\\\\", r"\end", r"\right"}) | word_set(r"\text \mbox \textrm \textup \textnormal \textit \hbox")


def check_inner(tokens: Sequence[Token], i: int, before: Sequence[Token], begin: Token) -> None:
    r"""Not understood where the environment of rows whose content starts at ``i`` is a part of a term or beside one.

    ``before`` are the tokens that were read before it. Of one row it may stand anywhere.
    """
    end, rows = _content(tokens, i)
    if not rows:
        return
    hint = "write it as rows of the display, without an environment of its own"
    fault = NotUnderstood("an environment of several rows inside a term", begin.position, hint)
    depth = sum((t.text in OPENING) - (t.text in CLOSING) for t in before if t.kind == "token")
    row = _last_row(before)
    if depth != 0 or not _ends(tokens, end):
        raise fault
    if all(t.kind in ("mark", "text", "remark") for t in row):
        if any(t.kind == "mark" for t in row) and any(t.text == "&" for t in tokens[i:end]):
            raise fault  # its marks are not those of the display
        return
    row = [t for t in row if t.kind != "mark"]
    if row[-1].text not in RELATIONS or any(not _continues(part) for part in rows):
        raise fault


def _content(tokens: Sequence[Token], i: int) -> tuple[int, list[list[Token]]]:
    """The index behind the end of an environment, and its rows but the first; empty where it never ends."""
    depth, rows = 1, [list[Token]()]
    while i < len(tokens):
        t = tokens[i]
        if t.text in (r"\begin", r"\end"):
            depth += 1 if t.text == r"\begin" else -1
            _, i = argument(tokens, i + 1, t.position)
            if depth == 0:
                while len(rows) > 1 and not _shown(rows[-1]):  # a \\ at the very end
                    rows.pop()
                return i, rows[1:]
            continue
        if t.text == r"\\":
            rows.append([])
        rows[-1].append(t)
        i += 1
    return i, rows[1:]


def _shown(row: Sequence[Token]) -> list[Token]:
    """The tokens of a row behind its break that print something."""
    out = [t for t in row if t.text not in SPACE and t.text not in (r"\\", "&")]
    if out and out[0].text == "[" and (close := next((k for k, t in enumerate(out) if t.text == "]"), 0)):
        out = out[close + 1 :] if plain(out[1:close]).rstrip("aemnptx").lstrip("-").isdigit() else out
    return out


def _continues(row: Sequence[Token]) -> bool:
    """Whether a row goes on from the one above it: it begins with an operation or a relation."""
    shown = _shown(row)
    return bool(shown) and (shown[0].text in OPERATIONS or shown[0].text in SIGNS)


def _last_row(tokens: Sequence[Token]) -> list[Token]:
    """What stands in the row before a place."""
    row: list[Token] = []
    for t in tokens:
        row = [] if t.kind in ("row", "break") else [*row, t]
    return row


def _ends(tokens: Sequence[Token], i: int) -> bool:
    """Whether nothing of a statement stands behind a place in its row: words, punctuation and labels are none."""
    while i < len(tokens):
        t = tokens[i]
        if t.text in SPACE or t.text in (".", ",", ";", "&"):
            i += 1
        elif t.text in _BEHIND:
            i += tokens[i + 1 : i + 2] == [Token("*", t.position + len(t.text))]
            _, i = argument(tokens, i + 1, t.position)
        elif t.text == r"\right":
            return i + 1 < len(tokens) and tokens[i + 1].text == "." and _ends(tokens, i + 2)
        else:
            return t.text in _ENDING
    return True
