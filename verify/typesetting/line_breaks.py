"""Long formulas over several lines, broken where a mathematician breaks them: before a relation, or before + and -."""

from __future__ import annotations

import re

WIDTH = 75  # visible characters of a line
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
_INVISIBLE = frozenset(
    {"{", "}", "_", "^", r"\bigl", r"\bigr", r"\Bigl", r"\Bigr", r"\left", r"\right", r"\,", r"\;", " "}
)


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
    """The formula in lines of at most about ``limit`` characters, where it can be broken outside brackets."""
    if width(text) <= limit:
        return [text]
    out: list[str] = []
    current = ""
    for piece in _pieces(text):
        if current and width(current + piece) > limit:
            out.append(current)
            current = piece
        else:
            current += piece
    return [*out, current]


def _pieces(text: str) -> list[str]:
    """The formula cut before every = + - outside brackets and braces."""
    pieces, depth = [""], 0
    for token in _TOKEN.findall(text):
        depth += token in ("(", "[", "{")
        if (
            depth == 0
            and token in ("=", "+", "-", r"\le", r"\preceq", r"\Longleftrightarrow", r"\Longrightarrow")
            and pieces[-1]
        ):
            pieces.append("")
        depth -= token in (")", "]", "}")
        pieces[-1] += token
    return pieces


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
