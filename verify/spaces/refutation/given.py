"""What hypotheses say a name is: equations that an instance solves by construction instead of meeting them by luck.

``x == term``; ``E[g | w] == h``, where the last outcome of g makes up for the others; recursions ``x[t+1] == ...`` of
families. Also, if asked, ``x[t+1] <= ...`` taken for an equation: a recursion is worst where it is tight.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from verify.kernel.reals.terms import Formula, Term, names_in
from verify.language import logic
from verify.spaces.models.chances import Tree
from verify.spaces.models.model import Chances
from verify.spaces.problems.problem import Problem


class Unusable(Exception):
    """A problem that cannot be written out like this; another instance may do."""


class Place(Protocol):
    """What the rules need of an instance."""

    tree: Tree
    chances: Chances
    problem: Problem

    def name(self, n: str, w: int) -> Any: ...

    def free(self, n: str, key: tuple[str, tuple[int, ...]]) -> Any: ...

    def term(self, t: Term, w: int, bound: Mapping[str, Any]) -> Any: ...

    def whole(self, t: Term, w: int, bound: Mapping[str, Any]) -> int: ...

    def on_line(self, gradient: str, start: Term, direction: Term, w: int) -> Any: ...


@dataclass(frozen=True, slots=True)
class Rule:
    """A name is a term, or its expectation at stage ``level`` is."""

    term: Term
    level: int | None = None

    def at(self, place: Place, n: str, w: int) -> Any:
        """The name at an outcome."""
        if self.level is None:
            return place.term(self.term, w, {})
        own = place.problem.names[n].level
        atom = place.chances.atom(self.level, w)
        keys = {v: place.tree.key(n, own, v) for v in atom}
        last = keys[atom[-1]]
        if keys[w] != last:
            return place.free(n, (n, keys[w]))
        mass = sum((place.chances.weights[v] for v in atom if keys[v] == last), Fraction(0))
        whole = sum((place.chances.weights[v] for v in atom), Fraction(0))
        parts = [scaled(whole / mass, place.term(self.term, w, {}))]
        parts += [scaled(-place.chances.weights[v] / mass, place.name(n, v)) for v in atom if keys[v] != last]
        return summed(parts)


@dataclass(frozen=True, slots=True)
class Line:
    """A point ``start - t*direction`` at which a gradient is orthogonal to the direction: exact line search."""

    gradient: str
    start: Term
    direction: Term

    def at(self, place: Place, n: str, w: int) -> Any:
        """The name at an outcome."""
        return place.on_line(self.gradient, self.start, self.direction, w)


@dataclass(frozen=True, slots=True)
class Recursion:
    """``family[t + shift]`` is a term for all t in a range."""

    family: str
    shift: int
    index: str
    low: Term
    high: Term
    term: Term


@dataclass(frozen=True, slots=True)
class Given:
    """The rules of a problem; ``vanishing`` are vectors that are zero, ``used`` hypotheses that need not be stated."""

    names: Mapping[str, Rule | Line]
    recursions: tuple[Recursion, ...]
    vanishing: frozenset[str]
    used: frozenset[int]

    def member(self, place: Place, family: str, i: int) -> tuple[Term, dict[str, int]] | None:
        """The term that a member of a family is, with the value of its index."""
        for r in self.recursions:
            t = i - r.shift
            if r.family == family and place.whole(r.low, 0, {}) <= t <= place.whole(r.high, 0, {}):
                return r.term, {r.index: t}
        return None


def given(problem: Problem, *, tight: bool) -> Given:
    """What the hypotheses of a problem say; ``tight``: recursive inequalities are equations too."""
    names: dict[str, Rule | Line] = {}
    recursions: list[Recursion] = []
    vanishing, used = set(), set()
    defined = {n for n, _ in problem.definitions}
    for place, h in enumerate(problem.hypotheses):
        for f in parts(h.formula):
            recursion = recursive(f, tight)
            if recursion is not None:
                recursions.append(recursion)
                continue
            if f[0] not in ("==", "same"):
                continue
            for left, right in ((f[1], f[2]), (f[2], f[1])):
                level = None
                if isinstance(left, tuple) and left[0] == "E" and isinstance(left[2], str):
                    level, left = left[1], left[2]
                sort = problem.names.get(left) if isinstance(left, str) else None
                if sort is None or sort.kind not in ("real", "vector") or left in defined or left in names:
                    continue
                if left in names_in(right):
                    continue
                if level is not None and sort.level <= level:
                    continue
                if right == ("zero",) and level is None:
                    vanishing.add(left)
                names[left] = Rule(right, level)
                if level is not None:
                    used.add(place)
                break
    for n, line in searches(problem):
        if n not in defined:
            names.setdefault(n, line)
    return Given(names, tuple(recursions), frozenset(vanishing), frozenset(used))


def searches(problem: Problem) -> list[tuple[str, Line]]:
    """Exact line searches: ``<g, d> == 0`` and ``<g, x1 - x0> == 0``."""
    pairs: list[tuple[Term, Term]] = []
    for h in problem.hypotheses:
        match h.formula:
            case ("==", ("inner", u, v), 0) | ("==", 0, ("inner", u, v)):
                pairs += [(u, v), (v, u)]
    out = []
    for g, step in pairs:
        match step:
            case ("+", str(x), ("-", start)) if isinstance(g, str):
                others = [d for u, d in pairs if u == g and d != step and x not in names_in(d)]
                out += [(x, Line(g, start, d)) for d in others[:1]]
    return out


def parts(f: Formula) -> list[Formula]:
    return [q for p in f[1:] for q in parts(p)] if f[0] == "and" else [f]


def recursive(f: Formula, tight: bool) -> Recursion | None:
    """A formula ``x[t + c] == term for t in low..high`` as a rule."""
    match f:
        case ("all", t, low, high, (op, ("at", family, index), term)):
            shift = offset(index, t)
            if shift is not None and (op in ("==", "same") or (tight and op in ("<=", ">="))):
                return Recursion(family, shift, t, low, high, term)
    return None


def offset(index: Term, t: str) -> int | None:
    """c of an index ``t + c``."""
    if index == t:
        return 0
    match index:
        case ("+", a, b):
            for one, other in ((a, b), (b, a)):
                if one == t:
                    sign = 1
                    if isinstance(other, tuple) and other[0] == "-":
                        sign, other = -1, other[1]
                    if isinstance(other, (int, Fraction)) and Fraction(other).denominator == 1:
                        return sign * int(other)
    return None


def scaled(c: Fraction, x: Any) -> Any:
    if isinstance(x, tuple):
        return tuple(scaled(c, a) for a in x)
    if c == 1 or x == logic.ZERO:
        return x
    return logic.mul(logic.num(c), x)


def summed(terms: list[Any]) -> Any:
    if isinstance(terms[0], tuple):
        return tuple(summed(list(cs)) for cs in zip(*terms, strict=True))
    kept = [t for t in terms if t != logic.ZERO]
    return logic.add(*kept)
