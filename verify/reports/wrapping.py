"""Text for a terminal: lines that are too long go on below, broken at spaces and operators, never inside a word.

In a pipe or a file lines stay as they are, so that tools can read them.
"""

from __future__ import annotations

import re
import sys
from textwrap import TextWrapper
from typing import TextIO

import click

# The start of a line, behind which the lines that continue it begin: a label, a number, a bracket.
_LABEL = re.compile(r" *(?:(?:\d+\.|\S*:(?= )|\[|(?P<column>[\w.-]+(?=  ))) *)?")
_LEAST = 24  # characters of text beside a label; where a terminal has not that many, the text goes on below the label
# Behind these a formula may go on in the next line: not inside a number (10/9, 1e+05), a power, or a word with a dash.
_OPERATOR = re.compile(
    r"(?<=[*=,;<>])(?![*=<>])|(?<=/)(?![\d/])|(?<=[^/]/)(?<!\d/)(?=\d)|(?<=[\w)}\]][+-])(?<!\de[+-])"
)
_FORMULA = re.compile(r"[*^=\\(){},]")  # or a list


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
    ['  for     0 < rho_H and rho_H <', '            rho_E and 0 < alpha']
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


def width_of_terminal(stream: TextIO | None = None) -> int | None:
    """How many characters a line of standard output, or of another stream, has; None where it is no terminal."""
    stream = sys.stdout if stream is None else stream
    if not stream.isatty():
        return None
    from shutil import get_terminal_size  # it loads what reads archives

    return get_terminal_size().columns


def fitted(text: str, stream: TextIO | None = None) -> str:
    """Text for a stream, by default standard output: as it is, or wrapped if that is a terminal."""
    width = width_of_terminal(stream)
    return text if width is None else "\n".join(p for line in text.split("\n") for p in wrapped(line, width))


def prose(text: str) -> str:
    """Paragraphs for standard output: as they are, or with lines of its own length if that is a terminal."""
    width = width_of_terminal()
    if width is None:
        return text
    paragraphs = (" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text.strip()))
    return "\n\n".join("\n".join(wrapped(paragraph, width, hang=0)) for paragraph in paragraphs)


def say(text: str) -> None:
    """Print text on standard output, as ``fitted`` there."""
    click.echo(fitted(text))
