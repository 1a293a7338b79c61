"""Long formulas over several lines, broken where a mathematician breaks them: before a relation, or before + and -."""

from __future__ import annotations

import re

WIDTH = 75  # visible characters of a line
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
_INVISIBLE = frozenset(
    {
        "{",
        "}",
        "_",
        "^",
        r"\bigl",
        r"\bigr",
        r"\Bigl",
        r"\Bigr",
        r"\biggl",
        r"\biggr",
        r"\left",
        r"\right",
        r"\,",
        r"\;",
        " ",
    }
)
_BREAKS = ("=", "+", "-", r"\le", r"\ge", r"\preceq", r"\Longleftrightarrow", r"\Longrightarrow", r"\qquad", r"\text")
_DEEPEST = 3  # brackets in brackets, as they are printed: ( ), [ ] and the large ( )


def width(text: str) -> int:
    """About how many characters wide a formula is; a fraction counts by its longer part."""
    total, i = 0, 0
    tokens = _TOKEN.findall(text)
    while i < len(tokens):
        if tokens[i] == r"\frac":
            above, i = _group(tokens, i + 1)
            below, i = _group(tokens, i)
            total += max(width(above), width(below))
            continue
        total += tokens[i] not in _INVISIBLE
        i += 1
    return total


def _group(tokens: list[str], i: int) -> tuple[str, int]:
    depth = 0
    for j in range(i, len(tokens)):
        depth += (tokens[j] == "{") - (tokens[j] == "}")
        if depth == 0:
            return "".join(tokens[i + 1 : j]), j + 1
    return "".join(tokens[i:]), len(tokens)


def lines(text: str, limit: int = WIDTH) -> list[str]:
    r"""The formula in lines of at most about ``limit`` characters, where it can be broken.

    Outside brackets if that is enough, else inside brackets of a fixed size too; never inside braces, or between
    ``\left`` and ``\right``.
    """
    if width(text) <= limit:
        return [text]
    pieces = _fine_pieces(text, limit)
    if any(width(piece) > limit for piece in pieces) and r"\left" in text:
        # Brackets of a fixed size may be broken in, as those that fit themselves may not.
        loose = text.replace(r"\left", r"\biggl").replace(r"\right", r"\biggr")
        pieces = _fine_pieces(loose, limit)
    out: list[str] = []
    current = ""
    for piece in pieces:
        if current and width(current + piece) > limit:
            out.append(current)
            current = piece
        else:
            current += piece
    return [*out, current]


def _fine_pieces(text: str, limit: int) -> list[str]:
    """The pieces outside brackets; those of them that are too wide, in pieces themselves."""
    out: list[str] = []
    for piece in _pieces(text):
        depth = 1
        parts = [piece]
        while depth <= _DEEPEST and any(width(part) > limit for part in parts):
            parts = _pieces(piece, depth)
            depth += 1
        out += parts
    return out


def _pieces(text: str, deepest: int = 0) -> list[str]:
    """The formula cut before every = + - and the like outside braces, in at most ``deepest`` brackets."""
    pieces, brackets, closed = [""], 0, 0
    tokens = _TOKEN.findall(text)
    for i, token in enumerate(tokens):
        # What a \left opens is in one piece.
        closed += token in ("{", r"\left", r"\begin")
        brackets += token in ("(", "[")
        if brackets <= deepest and closed == 0 and token in _BREAKS and pieces[-1] and _may_break(tokens, i):
            pieces.append("")
        brackets -= token in (")", "]")
        closed -= token in ("}", r"\right", r"\end")
        pieces[-1] += token
    return pieces


def _may_break(tokens: list[str], i: int) -> bool:
    """Not before the sign of the first term in brackets, and not where a relation already gave a line its start."""
    before = next((t for t in reversed(tokens[:i]) if t.strip()), "")
    return before not in ("(", "[", "=", "<", ">", *_BREAKS)


def broken(text: str, limit: int = WIDTH) -> str:
    r"""The formula, in an ``aligned`` environment where one line is too narrow for it.

    >>> print(broken("a=b+c", 3))
    \begin{aligned}
    &a=b \\
    &\quad +c
    \end{aligned}
    """
    parts = lines(text, limit)
    if len(parts) == 1:
        return text
    rows = [f"&{parts[0]}", *(rf"&\quad {part}" for part in parts[1:])]
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"
