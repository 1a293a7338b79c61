r"""Displays of the sheet: single formulas, and chains with a reason for every line; TeX measures what fits beside what.

A formula is broken here at about the width of a line. What is still too wide is scaled down by ``\fit``, so that no
line ever runs into the margin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from verify.typesetting.line_breaks import broken, lines, width
from verify.typesetting.text import capital

PREAMBLE = Path(__file__).with_name("displays.tex")
WIDE = 72  # visible characters of a centred formula: at 11 points on lines of 16 cm
CHAIN = 66  # of a line of a chain, which is indented
INLINE = 40  # of a formula in a sentence: it can't be broken inside brackets and fractions
TALL = 9  # lines of one formula that is kept on one page


def display(text: str, where: Iterable[tuple[str, str]] = ()) -> Iterator[str]:
    """A centred formula, and what its letters stand for; a very long one line by line, so that a page may end in it."""
    parts = lines(text, WIDE)
    if len(parts) <= TALL:
        yield rf"\formula{{{broken(text, WIDE)}}}"
    else:
        yield from _rows("", parts, "")
    yield from where_lines(where)


def inline(text: str) -> str:
    """A formula in a sentence; scaled down where a line is too narrow for it."""
    return f"${text}$" if width(text) <= INLINE else rf"\inlinefit{{{text}}}"


def said(lead: str, text: str) -> Iterator[str]:
    """A formula that a sentence ends in; displayed where it is too wide for that."""
    if width(text) <= INLINE:
        yield f"{lead} ${text}$."
    else:
        yield lead
        yield from display(text)


def where_lines(where: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What letters stand for: the short ones in a sentence, the long ones line by line."""
    pairs = list(where)
    short = [f"${name}={value}$" for name, value in pairs if len(lines(value, CHAIN // 2)) == 1]
    if short:
        yield rf"\whereshort{{{', '.join(short)}}}"
    for name, value in pairs:
        if len(lines(value, CHAIN // 2)) > 1:
            yield r"\wherelong"
            yield from _rows("", lines(f"{name}={value}", CHAIN), "")


def chain_row(relation: str, formula: str, reason: str, where: Sequence[tuple[str, str]] = ()) -> Iterator[str]:
    """One row of a chain: a relation, a formula and a reason."""
    yield from _rows(relation, lines(formula, CHAIN), reason)
    yield from where_lines(where)


def _rows(relation: str, parts: Sequence[str], reason: str) -> Iterator[str]:
    first, *rest = parts
    yield rf"\row{{{relation}}}{{{first}}}{{{capital(reason) if relation else reason}}}"
    yield from (rf"\morerow{{{part}}}" for part in rest)


def listed(parts: Sequence[str]) -> str:
    """``a, b and c``."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
