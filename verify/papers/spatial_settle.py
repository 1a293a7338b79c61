"""Settles, for a whole claim, which names are members of families, and what conditional expectations are given.

A name w_t is a member of the family w if somewhere in the claim such a name has an index that a sum binds, or if it was
declared to be a family; in a claim with families, a name whose index stands for every number of a range is one too. All
other names with an index are names of their own. A conditional expectation belongs to one stage, so it is not read
beside families.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from verify.papers.spatial_chains import Raw
from verify.papers.spatial_names import SpatialNames, letters_of
from verify.papers.spatial_operators import STAGE
from verify.papers.tokens import NotUnderstood
from verify.spaces.reading.surface import Chain, Node, Range


def families(raws: Iterable[Raw], names: SpatialNames) -> frozenset[str]:
    """The families of a claim."""
    found: set[str] = set()
    running = frozenset(names.variable(k, k) for k in names.running) | names.stage_variables()
    everything = [term for raw in raws for term in raw.terms]
    for term in everything:
        _bound(term, frozenset(), found, names)
    if found:
        for node in (n for term in everything for n in term.walk()):
            if node.op == "at" and letters_of(node.parts[0]) & running:
                found.add(str(node.args[0]))
    return frozenset(found)


def _bound(node: Node, inside: frozenset[str], found: set[str], names: SpatialNames) -> None:
    if node.op == "at":
        said = names.said.get(names.written[str(node.args[2])].base)
        if letters_of(node.parts[0]) & inside or (said is not None and said.kind in ("vectors", "reals")):
            found.add(str(node.args[0]))
        return
    if node.op == "sum":
        inside = inside | {str(node.args[1])}
    for part in node.parts:
        _bound(part, inside, found, names)


@dataclass(frozen=True)
class Settling:
    """The families of a claim, and by the variable of its index what a conditional expectation is given.

    ``fixed`` makes it the case in which nothing is random, and functions whose values at members of families are spoken
    of are 0: there every expectation is what stands in it, also beside families, and what is false in this case is
    false. Otherwise such values and gradients are families of their own, of which nothing else is known: ``values`` has
    them with what they are values of, a gradient first.
    """

    families: frozenset[str]
    given: Mapping[str, list[str]]
    ranges: Mapping[str, tuple[Node, Node] | None]
    names: SpatialNames
    fixed: bool = False
    values: dict[str, tuple[bool, str, str]] = field(default_factory=dict)

    def chain(self, raw: Raw, *, general: bool = True) -> Chain:
        """A chain whose names are settled; raises ``NotUnderstood`` where something in it is not.

        Beside families it holds for all numbers of its indices that have a range, unless it is not ``general``.
        """
        for family, fault in raw.doubtful.items():
            if family not in self.families:
                raise fault
        terms = tuple(self.node(term) for term in raw.terms)
        if not self.families or not general:
            return Chain(terms, raw.relations)
        for term in terms:
            self._ranged(term, frozenset())
        ranges = []
        for letter in sorted(frozenset[str]().union(*(letters_of(t) for t in terms)) & self.ranges.keys()):
            ends = self.ranges[letter]
            if ends is None:
                raise NotUnderstood(
                    f"the index {letter} without its range", terms[0].start, "declare it: index t = ..."
                )
            ranges.append(Range(letter, self.node(ends[0]), self.node(ends[1])))
        return Chain(terms, raw.relations, tuple(ranges))

    def _ranged(self, term: Node, bound: frozenset[str]) -> None:
        """Refuses a member of a family whose index stands for any number, of which nobody says which."""
        names = self.names.names
        if term.op == "at":
            for letter in sorted(letters_of(term.parts[0]) - bound - self.ranges.keys()):
                printed = names.latex.get(letter, letter)
                if printed[:1].islower() and names.kinds.get(letter) != "integer":
                    hint = rf"declare it: '% verify: index {printed} = 1, \dots, n'"
                    raise NotUnderstood(f"the index {printed} without its range", term.start, hint)
        bound = bound | {str(term.args[1])} if term.op == "sum" else bound
        for part in term.parts:
            self._ranged(part, bound)

    def node(self, node: Node) -> Node:
        """A term whose names are settled."""
        if self.fixed and node.op == "E":
            return self.node(node.parts[0])
        if self.fixed and node.op == "Var":
            return Node("number", (Fraction(0),), node.start, node.stop)
        if node.op == "at":
            if node.args[0] in self.families:
                return Node("at", node.args[:2], node.start, node.stop)
            return Node("name", (node.args[2],), node.start, node.stop)
        args = tuple(self.node(a) if isinstance(a, Node) else a for a in node.args)
        if node.op in ("call", "grad") and isinstance(args[-1], Node) and args[-1].op == "at" and self._function(node):
            return self._value(node, args[-1])
        stage = next((a for a in args[1:] if isinstance(a, str) and a.startswith(STAGE)), None)
        if node.op in ("E", "Var") and len(args) > 1:
            if self.families:
                raise NotUnderstood(
                    "a conditional expectation beside a family", node.start, "use a line that was shown"
                )
            if stage is not None:
                known = self.given.get(stage.removeprefix(STAGE), [])
                if not known:
                    hint = "say it: '% verify: random vectors g_t given w_t'"
                    raise NotUnderstood("what this expectation is given", node.start, hint)
                args = (args[0], *known)
        return Node(node.op, args, node.start, node.stop)

    def _function(self, node: Node) -> bool:
        return node.op == "grad" or self.names.is_function(self.names.names.key_of_variable(str(node.args[0])))

    def _value(self, node: Node, point: Node) -> Node:
        """The value or gradient of a function at a member of a family, as a member of another family."""
        function, family = str(node.args[0]), str(point.args[0])
        shown = self.names.names.latex
        nabla = r"\nabla " if node.op == "grad" else ""
        name = self.names.family(f"{nabla}{function}({family})", f"{nabla}{shown[function]}({shown[family]})")
        self.values[name] = node.op == "grad", function, family
        if self.fixed:
            return Node("number", (Fraction(0),), node.start, node.stop)
        return Node("at", (name, *point.args[1:]), node.start, node.stop)
