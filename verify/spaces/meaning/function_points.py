"""Where functions are used: at named points, at what was written, at the members of a family."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from verify.kernel.reals.terms import Formula, Term
from verify.kernel.spaces.terms import closed, names, put
from verify.runtime.errors import BadInput
from verify.spaces.meaning.classes import Function, Point, inequalities, polyak_lojasiewicz
from verify.spaces.models.functions import FunctionClass, FunctionUse, Use, What
from verify.spaces.problems.problem import Hypothesis

Bound = tuple[str, Term, Term]  # a name that a sum or a range binds, and the range


@dataclass(frozen=True, slots=True)
class Made:
    """A name that was made: its kind, and the point, or the family of points, at which it is a value."""

    kind: str
    origin: Term


@dataclass
class FunctionPoints:
    """The functions of one claim; ``taken`` are names that are in use, ``operators`` the functions without numbers.

    The value of an operator is a vector, its ``gradient`` here; its ``value`` is 0 and stands nowhere.
    """

    taken: set[str]
    operators: frozenset[str] = frozenset()
    functions: dict[str, dict[str, Point]] = field(default_factory=dict)
    families: dict[tuple[str, str], tuple[str | None, str]] = field(default_factory=dict)
    members: dict[str, list[tuple[tuple[Bound, ...], Point]]] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)

    def at(self, function: str, vector: Term, written: str, around: Sequence[Bound]) -> Point:
        """The point, met before or not; ``around``: what binds names where it stands."""
        bound = [b for b in around if b[0] in names(vector)]
        if isinstance(vector, tuple) and vector[0] == "at":
            return self.member(function, vector, written, around)
        if bound:
            what = f"'{function}' at '{written}', which depends on an index"
            raise BadInput(what, "name the members: a family of vectors y with y[t] equal to this for all t")
        known = self.functions.setdefault(function, {})
        if written not in known:
            label = vector if isinstance(vector, str) else f"point{len(known) + 1}"
            value, gradient = self.make(function, label, ("real", "vector"), vector, written)
            known[written] = Point(written, vector, 0 if value is None else value, gradient)
        return known[written]

    def member(self, function: str, vector: tuple[object, ...], written: str, around: Sequence[Bound]) -> Point:
        """A member of a family: values and gradients there are families too."""
        family, index = str(vector[1]), vector[2]
        if (function, family) not in self.families:
            made = self.make(function, family, ("reals", "vectors"), family, family)
            self.families[function, family] = made
        value, gradient = self.families[function, family]
        number: Term = 0 if value is None else ("at", value, index)
        point = Point(written, vector, number, ("at", gradient, index))
        known = self.functions.setdefault(function, {})
        bound = [b for b in around if b[0] in names(vector)]
        if not bound:
            known.setdefault(written, point)
        elif len(bound) == 1:
            place = (ranging(bound[0], around), point)
            if place not in self.members.setdefault(function, []):
                self.members[function].append(place)
        return point

    def make(
        self, function: str, label: str, kinds: tuple[str, str], origin: Term, written: str
    ) -> tuple[str | None, str]:
        """Names for the value and the gradient of a function at something; for an operator, of its value alone."""
        found = []
        number = function not in self.operators
        for stem, kind in list(zip(("", "grad "), kinds, strict=True))[not number :]:
            name = f"{stem.replace(' ', '_')}{function}_{label}"
            while name in self.taken:
                name += "_"
            self.taken.add(name)
            self.made[name] = Made(kind, origin)
            self.shown[name] = f"{stem if number else ''}{function}({written})"
            found.append(name)
        return (found[0] if number else None), found[-1]

    # ------------------------------------------------------------ what classes say

    def said(self, function: str, classes: Mapping[str, Term | None], zero: frozenset[str]) -> Iterator[Hypothesis]:
        """What the classes of a function say at its points; ``zero``: names of gradients that are zero."""
        fixed = tuple(self.functions.get(function, {}).values())
        plain = Function(function, classes, fixed)
        yield from inequalities(plain)
        yield from polyak_lojasiewicz(plain, [p for p in fixed if p.gradient in zero])
        ranges: dict[tuple[tuple[Bound, ...], Term, Term], dict[Point, None]] = {}
        for (*outer, (name, low, high)), point in self.members.get(function, []):
            ranges.setdefault((tuple(outer), low, high), {})[renamed(point, name, INDEX)] = None
        for (beyond, low, high), points in ranges.items():
            for h in inequalities(Function(function, classes, (*points, *fixed))):
                if INDEX in names(h.formula):
                    over: Formula = ("all", low, high, closed(h.formula, INDEX))
                    for index, first, last in reversed(beyond):
                        over = ("all", first, last, closed(over, index))
                    yield Hypothesis(over, f"{h.source}, for all of a range")

    def use(
        self, function: str, classes: Mapping[str, Term | None], *, operator: bool, stated: frozenset[int]
    ) -> FunctionUse:
        """The function as the search for counterexamples sees it."""
        points: dict[str, Use] = {}
        for p in self.functions.get(function, {}).values():
            if isinstance(p.gradient, str):
                value = p.value if isinstance(p.value, str) and not operator else None
                points[p.shown] = Use(value, p.gradient, p.vector)
        for (name, family), (value, gradient) in self.families.items():
            if name == function:
                points[family] = Use(None if operator else value, gradient, family)
        kinds = tuple(FunctionClass(cast(What, what), parameter) for what, parameter in classes.items())
        return FunctionUse(function, points, kinds, stated)


def ranging(last: Bound, around: Sequence[Bound]) -> tuple[Bound, ...]:
    """What binds a name, behind all that its range depends on: in ``for i in 1..n for j in 1..i`` j needs i."""
    found = [last]
    for b in reversed(around[: around.index(last)]):
        if any(b[0] in names(end) for _, *ends in found for end in ends):
            found.insert(0, b)
    return tuple(found)


INDEX = "index_of_a_range"  # stands for what a range binds while its members are compared


def renamed(point: Point, name: str, other: str) -> Point:
    """The point with another name for its index."""
    theta: dict[str, Term] = {name: other}
    shown = point.shown
    return Point(shown, put(point.vector, theta), put(point.value, theta), put(point.gradient, theta))
