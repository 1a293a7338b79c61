"""The groups around a place: what is defined in one is undone at its end, as TeX does."""

from __future__ import annotations

from dataclasses import dataclass

from verify.papers.conditionals import Conditionals
from verify.papers.definitions import Definitions

MAX_GROUPS = 255  # the limit of TeX itself


@dataclass
class Group:
    """An open group: what opened it, where its definitions start, and whether it may be an argument."""

    kind: str
    mark: int
    argument: bool


class Groups:
    """The open groups, outermost first; their kinds are a brace, "group", "file" and "env" with a name."""

    def __init__(self, definitions: Definitions, conditionals: Conditionals) -> None:
        self.definitions, self.conditionals = definitions, conditionals
        self._open: list[Group] = []

    @property
    def count(self) -> int:
        return len(self._open)

    def open(self, kind: str, *, argument: bool = False) -> None:
        self._open.append(Group(kind, self.definitions.mark(), argument))

    def braces(self, count: int, *, argument: bool) -> None:
        """Open some braces, which may be an argument of the command before them."""
        if len(self._open) + count > MAX_GROUPS:
            if not self.definitions.doubt:
                self.definitions.distrust(f"groups are nested deeper than {MAX_GROUPS}")
            return
        for _ in range(count):
            self.open("{", argument=argument)

    def close(self, kind: str) -> bool:
        """Close the innermost group of a kind, and those left open inside it; whether it may have been an argument."""
        k = len(self._open) - 1
        while k >= 0 and self._open[k].kind != kind:
            if kind != "{" and self._open[k].kind == "{":
                return False  # such as the two halves of \newenvironment
            k -= 1
        if k < 0:
            return False
        crossed = k < len(self._open) - 1
        group = self._open[k]
        del self._open[k:]
        certain = not group.argument and not crossed and self.conditionals.sure
        self.definitions.undo(group.mark, certain=certain)
        return group.argument
