"""How far a declaration reaches: to the end of its section or theorem, or through the whole paper."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from verify.papers.annotation.prose import Item

_THEOREMS = re.compile(
    r"(?:theorem|thm|lemma|lem|proposition|prop|corollary|cor|claim|example|exercise|remark|fact|problem)s?"
)
_EVERYWHERE = re.compile(r"notation|setup|set-up|setting|preliminar|assumption|background|convention", re.IGNORECASE)
_ASSUMPTIONS = re.compile(r"assumptions?|setup|setting|notation")


_OPPOSITES = {"<": ">", ">": "<", r"\le": r"\ge", r"\ge": r"\le", r"\leq": r"\geq", r"\geq": r"\leq"}
_RELATION = re.compile(r"[<>]|\\(?:leq?|geq?)(?![A-Za-z])")


# What says of a letter what it is, and not in which case something holds.
_LASTING = re.compile(
    r"vectors\s|assume (?:[^<>=\\]*\\in(?![A-Za-z])|[^<>=]*(?:>|\\(?:geq?|neq?)(?![A-Za-z]))\s*0$)|let (?P<name>\S+) ="
)


def _opposite(comment: str) -> str:
    """The comment with its relations turned round."""
    return _RELATION.sub(lambda found: _OPPOSITES[found.group()], comment)


@dataclass
class Scopes:
    """The comments in force while a paper is read: those of the whole paper, and those of a theorem or section.

    What is declared before the first section or theorem, in a section on notation, in an environment for assumptions,
    or with the word "throughout" holds everywhere; so does, outside of theorems, what a letter is: its sign, its kind,
    its value.
    """

    everywhere: list[str] = field(default_factory=list)
    here: list[str] = field(default_factory=list)
    general: bool = True  # whether what is declared now holds everywhere
    assumption: int = 0  # open environments for assumptions
    inside: bool = False  # in a theorem, or behind one in its section
    left: bool = False  # something was in force that is not any more

    def structure(self, item: Item) -> None:
        """Follow the beginning or end of an environment, or a new section."""
        if item.kind == "section":
            self._leave(bool(_EVERYWHERE.search(item.text)))
        elif _ASSUMPTIONS.fullmatch(item.text):
            self.assumption += 1 if item.kind == "begin" else -1
        elif item.kind == "begin" and _THEOREMS.fullmatch(item.text):
            self._leave(general=False)
            self.inside = True

    def _leave(self, general: bool) -> None:
        self.left = self.left or bool(self.here)
        self.here, self.general = [], general
        self.inside = False

    def add(self, comment: str, *, throughout: bool) -> bool:
        """A comment that is in force from now on; false where it is already.

        Of two that contradict each other, as where a text goes through cases, neither holds for all that follows.
        """
        if comment in self.everywhere or comment in self.here:
            return False
        for known in (self.here, self.everywhere):
            if (other := _opposite(comment)) in known:
                known.remove(other)
                self.left = True
                return False
        lasting = not self.inside and self._lasts(comment)
        (self.everywhere if self.general or self.assumption > 0 or throughout or lasting else self.here).append(comment)
        return True

    def _lasts(self, comment: str) -> bool:
        """Whether a comment says what a letter is; a value for a letter that is known already is a choice for now."""
        found = _LASTING.match(comment)
        if found is None or found["name"] is None:
            return found is not None
        name = re.compile(rf"(?<![A-Za-z\\]){re.escape(found['name'])}(?![A-Za-z])")
        known = (comment.partition(" ")[2] for comment in (*self.everywhere, *self.here))
        return not any(map(name.search, known))

    def renewed(self) -> list[str]:
        """What has to be said again at a display because a scope was left; nothing where none was."""
        if not self.left:
            return []
        self.left = False
        return ["forget", *self.everywhere]
