"""A place in the tokens of a term about vectors, and what a tree knows of its own parts: random, vector, number."""

from __future__ import annotations

from collections.abc import Sequence

from verify.papers.cursor import Cursor
from verify.papers.name_reader import PAIRS
from verify.papers.spatial_names import SpatialNames
from verify.papers.tokens import NotUnderstood, Token
from verify.spaces.reading.surface import Node

BARS = {r"\lVert": r"\rVert", r"\|": r"\|", r"\Vert": r"\Vert", r"\lvert": r"\rvert", "|": "|", r"\vert": r"\vert"}
MAX_DEPTH = 150  # of atoms and products inside one another: two for each bracket


class SpatialCursor(Cursor):
    """The tokens of one term about vectors, and where in them one is.

    ``bound`` are the letters of the sums around the place; ``assuming`` tells that an assumption is read, which may
    speak of names that nobody declared.
    """

    def __init__(self, tokens: Sequence[Token], names: SpatialNames, *, assuming: bool = False) -> None:
        super().__init__(tokens)
        self.names, self.assuming = names, assuming
        self.bound: list[str] = []
        self.bars: list[str] = []  # norms and absolute values that are open and close with the sign that opens them
        self.doubtful: dict[str, NotUnderstood] = {}  # by family: what a name may be if it is no member of that family

    def stop(self) -> int:
        """The offset behind the last token that was taken."""
        last = self.tokens[self.i - 1]
        return last.position + len(last.text)

    def deeper(self) -> None:
        """Count one level of nesting, so that no input can exhaust the stack."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            t = self.peek()
            raise NotUnderstood("nesting that is too deep", t.position if t else self.end)

    def content(self, start: int) -> list[Token]:
        """What stands in the bracket that opens at this place."""
        opening = self.tokens[start].text
        closing = PAIRS[opening]
        depth = 0
        for j in range(start, len(self.tokens)):
            depth += (self.tokens[j].text == opening) - (self.tokens[j].text == closing)
            if depth == 0:
                return self.tokens[start + 1 : j]
        raise NotUnderstood("a bracket that is never closed", self.tokens[start].position)

    # ------------------------------------------------------------ what is known of a tree

    def random(self, node: Node) -> bool:
        """Whether a term mentions something random outside a total expectation."""
        if node.op == "E" and len(node.args) == 1:
            return False
        if node.op in ("name", "at"):
            w = self.names.written.get(str(node.args[-1]))
            if w is not None and self.names.is_random(w):
                return True
        return any(self.random(p) for p in node.parts)

    def is_vector(self, node: Node) -> bool:
        """Whether a term is known to be a vector: by what was said of its names."""
        if node.op in ("name", "at"):
            w = self.names.written.get(str(node.args[-1]))
            said = self.names.of(w) if w is not None else None
            return said is not None and said.kind in ("vector", "vectors")
        if node.op == "grad":
            return True
        if node.op in ("+", "-"):
            return all(self.is_vector(p) for p in node.parts)
        if node.op == "*":
            return sum(self.is_vector(p) for p in node.parts) == 1
        return node.op in ("E", "sum", "/") and self.is_vector(node.parts[0])
