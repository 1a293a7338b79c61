"""Text for a terminal: lines that are too long go on below, broken at spaces and operators, never inside a word.

In a pipe or a file lines stay as they are, so that tools can read them.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from textwrap import TextWrapper

import click

# The start of a line, behind which the lines that continue it begin: a label, a number, a bracket.
_LABEL = re.compile(r" *(?:(?:\d+\.|\S*:(?= )|\[|(?P<column>[\w.-]+(?=  ))) *)?")
_LEAST = 24  # characters of text beside a label; where a terminal has not that many, the text goes on below the label
# Behind these a formula may go on in the next line: not inside a number (10/9, 1e+05), a power, or a word with a dash.
_OPERATOR = re.compile(
    r"(?<=[*=,;<>])(?![*=<>])|(?<=/)(?![\d/])|(?<=[^/]/)(?<!\d/)(?=\d)|(?<=[\w)}\]][+-])(?<!\de[+-])"
)
_FORMULA = re.compile(r"[*^=\\(){}]")


class _Wrapper(TextWrapper):
    """Breaks a word that is longer than a line behind an operator, if it is a formula; other words are kept long."""

    def _split(self, text: str) -> list[str]:
        return [part for chunk in super()._split(text) for part in self._parts(chunk)]

    def _parts(self, chunk: str) -> list[str]:
        if len(chunk) <= self.width - len(self.subsequent_indent) or not _FORMULA.search(chunk):
            return [chunk]
        return [part for part in _OPERATOR.split(chunk) if part]


def wrapped(line: str, width: int, hang: int | None = None) -> list[str]:
    """A line as lines of at most ``width`` characters, or longer where a word is; ``hang``: the indent of the others.

    >>> wrapped("  for     0 < rho_H and rho_H < rho_E and 0 < alpha", 36)
    ['  for     0 < rho_H and', '            rho_H < rho_E and', '            0 < alpha']
    """
    if len(line) <= width:
        return [line]
    indent = len(line) - len(line.lstrip(" "))
    if hang is None:
        label = _LABEL.match(line)
        hang = label.end() if label is not None and label.end() > indent else indent
        if label is None or label.end() == indent or label["column"]:
            hang += 2  # what stands below begins another entry
        if hang > width - _LEAST:
            hang = min(indent + 2, width // 2)
    wrapper = _Wrapper(
        width,
        initial_indent=line[:indent],
        subsequent_indent=" " * hang,
        break_long_words=False,
        break_on_hyphens=False,
        expand_tabs=False,
    )
    return wrapper.wrap(line[indent:])


def width_of_terminal() -> int | None:
    """How many characters a line of standard output has; None where it is no terminal."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def fitted(text: str) -> str:
    """Text for standard output: as it is, or wrapped if that is a terminal."""
    width = width_of_terminal()
    return text if width is None else "\n".join(_all(text, width))


def _all(text: str, width: int) -> Iterator[str]:
    for line in text.split("\n"):
        yield from wrapped(line, width)


def say(text: str) -> None:
    """Print text on standard output, as ``fitted`` there."""
    click.echo(fitted(text))
