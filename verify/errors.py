"""What is said when the input cannot be used: what happened, where, and what to write instead."""

from __future__ import annotations

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
