r"""The names of a paper about vectors: what was declared of each, and whether it is a member of a family.

A name with one index, such as ``w_t``, ``w_{t+1}``, ``w^{(k)}`` or ``w_{i,*}``, is a member of what stands without that
index. Whether it is read as one, or as a name of its own, is settled for a whole claim: see ``spatial_settle``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from verify.papers.names import Names
from verify.papers.tokens import NotUnderstood, Token
from verify.spaces.reading.surface import Kind, Node

_BOLD = frozenset({r"\mathbf", r"\bm", r"\boldsymbol"})


@dataclass(frozen=True)
class Said:
    """What a comment says of a name without its index: its kind, and whether it is random."""

    kind: Kind
    random: bool = False


@dataclass(frozen=True)
class Written:
    """A name as it was written: its ``key`` and ``source``; ``base`` and ``index`` of the family it may belong to.

    ``letters`` are the names in its scripts, which no bound variable may be where there is no index.
    """

    key: str
    source: str
    base: str
    base_source: str
    index: Node | None
    letters: frozenset[str]
    start: int
    stop: int


@dataclass
class SpatialNames:
    """``said``: what comments say, by the key of a name without its index. ``names`` are those of the whole paper.

    ``running``: indices that stand for every number of a range, with the tokens of its ends where they are known.
    ``stages``: the indices of conditional expectations; ``given``: by such an index, the variables known there.
    ``drawn``: variables that were said to be random given others.
    """

    names: Names
    said: dict[str, Said] = field(default_factory=dict)
    running: dict[str, tuple[tuple[Token, ...], tuple[Token, ...]] | None] = field(default_factory=dict)
    stages: set[str] = field(default_factory=set)
    given: dict[str, list[str]] = field(default_factory=dict)
    drawn: set[str] = field(default_factory=set)
    written: dict[str, Written] = field(default_factory=dict)  # every name that was read, by its variable
    mentioned: set[str] = field(default_factory=set)  # the keys of names in assumptions: what they are is told by use
    spatial: set[str] = field(default_factory=set)  # the variables that only such terms use

    def forget(self) -> None:
        """Nothing is declared any more; names keep their spelling."""
        self.said.clear()
        self.running.clear()
        self.stages.clear()
        self.given.clear()
        self.drawn.clear()
        self.mentioned.clear()

    # ------------------------------------------------------------ what is known of a name

    def of(self, w: Written) -> Said | None:
        """What was said of a name: of itself, or of the family that it may belong to."""
        return self.said.get(w.key) or (self.said.get(w.base) if w.index is not None else None)

    def is_function(self, key: str) -> bool:
        """Whether a bracket after this name holds an argument."""
        said = self.said.get(key)
        return said is not None and said.kind == "function"

    def is_random(self, w: Written) -> bool:
        r"""Whether a name is random: that was said, or it is a vector of an iteration with conditional expectations.

        Such are all w_t, w_{t+1}, w_0 and w_T where some w_t stands beside \mathbb{E}_t; w^* is another name.
        """
        said = self.of(w)
        return said is not None and (said.random or (said.kind == "vector" and self.is_staged(w)))

    def is_said_random(self, w: Written) -> bool:
        """Whether a comment says that a name is random."""
        said = self.of(w)
        return said is not None and said.random

    def is_staged(self, w: Written) -> bool:
        """Whether a name has an index, and another one of the same family has that of a conditional expectation."""
        stages = self.stage_variables()
        if w.index is None or not stages:
            return False
        if letters_of(w.index) & stages:
            return True
        same = (v.index for v in self.written.values() if v.base == w.base)
        return any(index is not None and letters_of(index) & stages for index in same)

    def stage_variables(self) -> frozenset[str]:
        """The variables of the indices of conditional expectations."""
        return frozenset(self.variable(s, s) for s in self.stages)

    def variable(self, key: str, source: str) -> str:
        """The identifier of a name in a tree; ``names.latex`` has it back as it is printed."""
        new = not self.names.variable_of_key(key)
        name = self.names.resolve(key, source)
        if new:
            self.spatial.add(name)
        return name

    def family(self, base: str, source: str) -> str:
        """The identifier of a family: another one than that of a number with the same letter."""
        return self.variable(f"{base}[]", source)

    def doubt(self, w: Written) -> str:
        """What else than a number or a vector a name may be, about which nothing was said."""
        if self.of(w) is not None or w.key in self.running or {w.key, w.base} & self.mentioned:
            return ""
        inner = bold(w.base)
        return "" if inner else self.names.doubt(w.key)


def bold(base: str) -> str:
    r"""The small letter inside \mathbf{w}, which stands for a vector by custom; empty for what is none."""
    for font in _BOLD:
        if base.startswith(font + "{"):
            inside = base[len(font) + 1 :].partition("}")[0]
            small = len(inside) == 1 and inside.islower()
            return inside if small or (inside[:1] == "\\" and inside[1:2].islower()) else ""
    return ""


def letters_of(node: Node) -> frozenset[str]:
    """The names that a term mentions, without those that a sum in it binds."""
    if node.op == "name":
        return frozenset(a for a in node.args if isinstance(a, str))
    if node.op == "sum":
        body, *ends = node.parts
        return (letters_of(body) - {str(node.args[1])}).union(*(letters_of(e) for e in ends))
    return frozenset[str]().union(*(letters_of(p) for p in node.parts))


def unknown_name(w: Written, doubt: str) -> NotUnderstood:
    """What is said of a name about which nothing is known and that may be many things."""
    hint = rf"declare it: '% verify: vectors {w.source}', or '% verify: assume {w.source} \in \mathbb R'"
    return NotUnderstood(f"{w.source}: {doubt}", w.start, hint)
