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
    """The functions of one claim; ``taken`` are names that are in use."""

    taken: set[str]
    functions: dict[str, dict[str, Point]] = field(default_factory=dict)
    families: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    members: dict[str, list[tuple[Bound, Point]]] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)

    def at(self, function: str, vector: Term, written: str, around: Sequence[Bound]) -> Point:
        """The point, met before or not; ``around``: what binds names where it stands."""
        bound = [b for b in around if b[0] in names(vector)]
        if isinstance(vector, tuple) and vector[0] == "at":
            return self.member(function, vector, written, bound)
        if bound:
            what = f"'{function}' at '{written}', which depends on an index"
            raise BadInput(what, "name the members: a family of vectors y with y[t] equal to this for all t")
        known = self.functions.setdefault(function, {})
        if written not in known:
            label = vector if isinstance(vector, str) else f"point{len(known) + 1}"
            value, gradient = self.make(function, label, ("real", "vector"), vector, written)
            known[written] = Point(written, vector, value, gradient)
        return known[written]

    def member(self, function: str, vector: tuple[object, ...], written: str, bound: list[Bound]) -> Point:
        """A member of a family: values and gradients there are families too."""
        family, index = str(vector[1]), vector[2]
        if (function, family) not in self.families:
            made = self.make(function, family, ("reals", "vectors"), family, family)
            self.families[function, family] = made
        value, gradient = self.families[function, family]
        point = Point(written, vector, ("at", value, index), ("at", gradient, index))
        known = self.functions.setdefault(function, {})
        if not bound:
            known.setdefault(written, point)
        elif len(bound) == 1 and (bound[0], point) not in self.members.setdefault(function, []):
            self.members[function].append((bound[0], point))
        return point

    def make(self, function: str, label: str, kinds: tuple[str, str], origin: Term, written: str) -> tuple[str, str]:
        """Names for the value and the gradient of a function at something."""
        found = []
        for stem, kind in zip(("", "grad "), kinds, strict=True):
            name = f"{stem.replace(' ', '_')}{function}_{label}"
            while name in self.taken:
                name += "_"
            self.taken.add(name)
            self.made[name] = Made(kind, origin)
            self.shown[name] = f"{stem}{function}({written})"
            found.append(name)
        return found[0], found[1]

    # ------------------------------------------------------------ what classes say

    def said(self, function: str, classes: Mapping[str, Term | None], zero: frozenset[str]) -> Iterator[Hypothesis]:
        """What the classes of a function say at its points; ``zero``: names of gradients that are zero."""
        fixed = tuple(self.functions.get(function, {}).values())
        plain = Function(function, classes, fixed)
        yield from inequalities(plain)
        yield from polyak_lojasiewicz(plain, [p for p in fixed if p.gradient in zero])
        ranges: dict[tuple[Term, Term], dict[Point, None]] = {}
        for (name, low, high), point in self.members.get(function, []):
            ranges.setdefault((low, high), {})[renamed(point, name, INDEX)] = None
        for (low, high), points in ranges.items():
            for h in inequalities(Function(function, classes, (*points, *fixed))):
                if INDEX in names(h.formula):
                    over: Formula = ("all", low, high, closed(h.formula, INDEX))
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


INDEX = "index_of_a_range"  # stands for what a range binds while its members are compared


def renamed(point: Point, name: str, other: str) -> Point:
    """The point with another name for its index."""
    theta: dict[str, Term] = {name: other}
    shown = point.shown
    return Point(shown, put(point.vector, theta), put(point.value, theta), put(point.gradient, theta))
