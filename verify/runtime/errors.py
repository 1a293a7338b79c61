"""What is said when the input cannot be used: what happened, where, and what to write instead."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")

_WINDOW = 60


class BadInput(ValueError):
    """The input has no meaning here; it is neither proved nor refuted.

    ``what`` happened, a ``hint`` (likely causes, what to write instead), and where: the ``text`` with a 0-based
    ``position``. ``line`` and ``column`` count from 1 and are None where no position is known.

    >>> print(BadInput("a number is followed by a name", "write 2*x", "2x > 0", 1))
    line 1, column 2: a number is followed by a name
        2x > 0
         ^
    hint: write 2*x
    """

    def __init__(self, what: str, hint: str = "", text: str = "", position: int | None = None) -> None:
        super().__init__(what, hint, text, position)
        self.what, self.hint, self.text, self.position = what, hint, text, position

    @property
    def line(self) -> int | None:
        return None if self.position is None else self.text.count("\n", 0, self.position) + 1

    @property
    def column(self) -> int | None:
        return None if self.position is None else self.position - (self.text.rfind("\n", 0, self.position) + 1) + 1

    def __str__(self) -> str:
        lines = [self.what if self.position is None else f"line {self.line}, column {self.column}: {self.what}"]
        if self.position is not None and self.text:
            lines += self._caret()
        if self.hint:
            lines.append(f"hint: {self.hint}")
        return "\n".join(lines)

    def _caret(self) -> list[str]:
        """The part of the text around the position, printable and short, and a caret under the position."""
        if self.position is None:
            return []
        first = max(0, self.position - _WINDOW)
        last = min(len(self.text), self.position + _WINDOW)
        shown = "".join(c if c.isprintable() else "?" for c in self.text[first:last])
        left, right = "..." if first else "", "..." if last < len(self.text) else ""
        return [f"    {left}{shown}{right}", f"    {' ' * (len(left) + self.position - first)}^"]


class DomainError(ValueError):
    """A parameter lies outside the domain on which an object of the theory is defined."""


class Malformed(ValueError):
    """A claim has a field that means nothing, or not what it says; it is neither true nor false.

    ``field`` is where (``statement.direction``, ``domain``), ``what`` is wrong there, ``hint`` what to write instead.
    ``claim`` is the id, once it is known.
    """

    def __init__(self, field: str, what: str, hint: str = "") -> None:
        super().__init__(field, what, hint)
        self.field, self.what, self.hint = field, what, hint
        self.claim = ""

    def __str__(self) -> str:
        return f"{self.claim}: {self.field}: {self.what}" + (f"; {self.hint}" if self.hint else "")


class Impossible(AssertionError):
    """Something that the code relies on is not so: a defect of the code, whatever the input."""


def present(x: T | None) -> T:
    """What is known to be there; raises ``Impossible`` for None, also under ``python -O``, which leaves asserts out."""
    if x is None:
        raise Impossible("something is missing that has to be there")
    return x


def ensured(x: object, kind: type[T]) -> T:
    """What is known to be of a kind; raises ``Impossible`` for anything else."""
    if not isinstance(x, kind):
        raise Impossible(f"{type(x).__name__} stands where {kind.__name__} has to")
    return x
