r"""The conditionals of TeX around a place: ``\iffalse`` and ``\iftrue`` are decided, others hold or do not.

What a branch holds that is not sure to be read is gone through all the same; what is defined there has no known
meaning afterwards.
"""

from __future__ import annotations

import re

from verify.papers.definitions import Definitions
from verify.papers.tokens import commands

_SKIPPING = re.compile(r"%[^\n]*|\\(?:[A-Za-z@]+|.|\n)", re.DOTALL)
_IFS = commands(
    "if ifcat ifx ifcase ifnum ifodd ifhmode ifvmode ifmmode ifinner ifvoid ifhbox ifvbox ifeof iftrue iffalse "
    "ifdim ifdefined ifcsname iffontchar ifpdf ifxetex ifluatex ifPDFTeX ifXeTeX ifLuaTeX ifpdfprimitive if@tempswa"
)
_NO_IFS = commands(
    "iff ifthenelse ifblank ifstrequal ifstrempty ifdef ifcsdef ifundef ifcsundef ifdefempty ifdefstring ifbool "
    "iftoggle ifnumcomp ifnumequal ifdefequal ifdefmacro ifpackageloaded ifclassloaded"
)


class Conditionals:
    """The open conditionals; ``own`` are those of the file's own \\newif."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.own: set[str] = set()
        self.open: list[bool] = []  # whether TeX is sure to read what stands here

    @property
    def sure(self) -> bool:
        """Whether TeX is sure to read what stands here."""
        return all(self.open)

    def starts(self, word: str) -> bool:
        return word in _IFS or word in self.own

    def begin(self, word: str, text: str, position: int) -> int:
        """Behind a conditional: the place where reading goes on."""
        if word == r"\iftrue":
            self.open.append(True)
            return position
        if word != r"\iffalse":
            self.open.append(False)
            return position
        stop, position = self._skip(text, position)
        if stop == r"\else":
            self.open.append(True)
        return position

    def otherwise(self, text: str, position: int) -> int:
        """The other branch is left out after a condition that holds, and read after one that is not known."""
        if self.open and self.open[-1]:
            self.open.pop()
            while True:
                stop, position = self._skip(text, position)
                if stop != r"\else":
                    return position
        return position

    def end(self) -> None:
        if self.open:
            self.open.pop()

    def _skip(self, text: str, position: int) -> tuple[str, int]:
        """Pass over text that TeX leaves out, to the ``\\else`` or ``\\fi`` that ends it."""
        depth = 0
        for found in _SKIPPING.finditer(text, position):
            word = found.group()
            if word[0] == "%":
                continue
            if self.starts(word):
                depth += 1
            elif word == r"\fi" and depth:
                depth -= 1
            elif word == r"\fi" or (word == r"\else" and not depth):
                return word, found.end()
            elif re.fullmatch(r"\\if[A-Za-z@]+", word) and word not in _NO_IFS:
                self.definitions.distrust(f"{word} may be a conditional")
        return "", len(text)
