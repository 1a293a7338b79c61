"""Forms of explicit functions with free parameters, for instances: values and gradients as terms in the coordinates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, Protocol

from verify.kernel.reals.terms import Term
from verify.language import logic
from verify.spaces.models.functions import Explicit, FunctionUse, Piece, Rotation, Separable, What
from verify.spaces.refutation.given import Given, Unusable

Arrow = tuple[logic.Term, ...]
TWO = logic.num(2)
TILT = (Fraction(3, 5), Fraction(4, 5))  # cosine and sine of the rotation of a tilted basis


def add(*parts: logic.Term) -> logic.Term:
    """A sum without zeros."""
    kept = [p for p in parts if p != logic.ZERO]
    return logic.add(*kept)


def scale(a: logic.Term, b: logic.Term) -> logic.Term:
    """A product without ones and zeros."""
    if logic.ZERO in (a, b):
        return logic.ZERO
    if a == logic.ONE:
        return b
    if b == logic.ONE:
        return a
    if isinstance(a, logic.Num) and isinstance(b, logic.Num):
        return logic.Num(a.value * b.value)
    return logic.mul(a, b)


def sub(a: logic.Term, b: logic.Term) -> logic.Term:
    if b == logic.ZERO:
        return a
    return add(a, scale(logic.num(-1), b))


class Writer(Protocol):
    """What a template needs of an instance."""

    dimension: int
    given: Given
    side: list[logic.Formula]

    def variable(self, name: str) -> logic.Var: ...

    def anchor(self, point: Term) -> None: ...

    def scalar(self, t: Term, w: int, bound: Mapping[str, Any]) -> logic.Term: ...

    def vector(self, t: Term, w: int, bound: Mapping[str, Any]) -> Arrow: ...


@dataclass(frozen=True, slots=True)
class Template:
    """A form. ``slope``: of the quadratic part, a variable between the bounds of the class, or one of the bounds.

    ``cut``: a Huber function beside it. ``tilted``: in the basis (3/5, 4/5), (-4/5, 3/5) of the plane. ``turn``: a
    scaled rotation of the plane. ``loose``: a constant is added and, where no gradient has to vanish, the centre is
    free.
    """

    slope: Literal["free", "low", "high"]
    cut: bool = False
    turn: bool = False
    loose: bool = False
    tilted: bool = False

    def make(self, at: Writer, f: FunctionUse) -> Made:
        """The function in an instance, with variables for its parameters and what they have to satisfy."""
        return Made(self, at, f)


class Made:
    """A template in one instance: terms for its parameters, and what it gives at points."""

    def __init__(self, template: Template, at: Writer, f: FunctionUse) -> None:
        self.template, self.at, self.f = template, at, f
        known: dict[What, logic.Term] = {
            c.what: logic.ZERO if c.parameter is None else at.scalar(c.parameter, 0, {}) for c in f.classes
        }
        self.centre_of = next((u for u in f.points.values() if u.gradient in at.given.vanishing), None)
        self.bounded = known.get("Lipschitz")
        self.low, self.high = self._ends(known)
        self.constant: logic.Term = at.variable(f"{f.name}__c") if template.loose and not f.is_operator else logic.ZERO
        self._centre: Arrow | None = None
        self._asked = False
        if template.turn:
            self.p, self.r = at.variable(f"{f.name}__p"), at.variable(f"{f.name}__r")
            self._turned(known)
        else:
            self.slopes = tuple(self._slope(i) for i in range(at.dimension))
            self.bend, self.end = self._cut() if template.cut else (logic.ZERO, logic.ZERO)

    def _ends(self, known: Mapping[What, logic.Term]) -> tuple[logic.Term | None, logic.Term | None]:
        """Bounds of the slopes by the classes."""
        high = known.get("smooth", known.get("Lipschitz operator"))
        if "cocoercive" in known:
            high = logic.div(logic.ONE, known["cocoercive"])
        for what in ("strongly convex", "strongly monotone", "PL"):
            if what in known:
                return known[what], high
        if known.keys() & {"convex", "monotone", "cocoercive", "Lipschitz"}:
            return logic.ZERO, high
        return (None if high is None else logic.neg(high)), high

    def _slope(self, i: int) -> logic.Term:
        if self.bounded is not None:
            return logic.ZERO
        want = self.template.slope
        if self.template.cut:
            want = "low"
        elif want == "low" and i % 2:
            want = "high"
        fixed = {"low": self.low, "high": self.high, "free": None}[want]
        if fixed is not None:
            return fixed
        s = self.at.variable(f"{self.f.name}__s{i + 1}")
        if self.low is not None:
            self.at.side.append(logic.Rel("<=", self.low, s))
        if self.high is not None:
            self.at.side.append(logic.Rel("<=", s, self.high))
        return s

    def _cut(self) -> tuple[logic.Term, logic.Term]:
        """The slope of the Huber function around its centre, and where its derivative is cut off."""
        end: logic.Term = self.at.variable(f"{self.f.name}__e")
        self.at.side.append(logic.Rel(">", end, logic.ZERO))
        if self.bounded is not None:
            self.at.side.append(logic.Rel("<=", end, self.bounded))
        if self.high is not None:
            return sub(self.high, self.slopes[0]), end
        bend = self.at.variable(f"{self.f.name}__b")
        self.at.side.append(logic.Rel(">", bend, logic.ZERO))
        return bend, end

    def _turned(self, known: Mapping[What, logic.Term]) -> None:
        """What the classes ask of a scaled rotation."""
        size = add(logic.power(self.p, 2), logic.power(self.r, 2))
        for what, c in known.items():
            ask = {
                "monotone": (logic.ZERO, self.p),
                "strongly monotone": (c, self.p),
                "cocoercive": (scale(c, size), self.p),
                "Lipschitz operator": (size, scale(c, c)),
            }.get(what)
            if ask is not None:
                self.at.side.append(logic.Rel("<=", *ask))

    @property
    def centre(self) -> Arrow:
        """Where the gradient vanishes."""
        if self._centre is None:
            if self._asked:
                raise Unusable("the centre of a function depends on itself")
            self._asked = True
            self._centre = self._find_centre()
        return self._centre

    def _find_centre(self) -> Arrow:
        at, use = self.at, self.centre_of
        zero = (logic.ZERO,) * at.dimension
        if use is not None:
            if not self.template.loose:
                at.anchor(use.point)
            return at.vector(use.point, 0, {})
        if not self.template.loose:
            return zero
        return tuple(at.variable(f"{self.f.name}__x{i + 1}") for i in range(at.dimension))

    def gradient(self, x: Arrow) -> Arrow:
        u = tuple(sub(a, c) for a, c in zip(x, self.centre, strict=True))
        if self.template.turn:
            return turned(self.p, self.r, u)
        return self.back(tuple(add(scale(s, a), self.cut(a)) for s, a in zip(self.slopes, self.into(u), strict=True)))

    def into(self, u: Arrow) -> Arrow:
        """The coordinates in the basis of the function."""
        return turned(logic.num(TILT[0]), logic.num(-TILT[1]), u) if self.template.tilted else u

    def back(self, g: Arrow) -> Arrow:
        return turned(logic.num(TILT[0]), logic.num(TILT[1]), g) if self.template.tilted else g

    def cut(self, u: logic.Term) -> logic.Term:
        if self.bend == logic.ZERO:
            return logic.ZERO
        inside = logic.App("min", (self.end, scale(self.bend, u)))
        return logic.App("max", (logic.neg(self.end), inside))

    def value(self, x: Arrow) -> logic.Term:
        parts: list[logic.Term] = [self.constant]
        away = tuple(sub(a, c) for a, c in zip(x, self.centre, strict=True))
        for s, u in zip(self.slopes, self.into(away), strict=True):
            if s != logic.ZERO and u != logic.ZERO:
                parts.append(scale(logic.div(s, TWO), logic.power(u, 2)))
            g = self.cut(u)
            if g != logic.ZERO and u != logic.ZERO:
                parts.append(sub(scale(g, u), logic.div(logic.power(g, 2), scale(TWO, self.bend))))
        return add(*parts)

    def implicit(self, rest: Arrow, slope: Arrow) -> Arrow:
        """The gradient g at the point ``rest + slope*g``, coordinate by coordinate.

        With u = rest - centre: g = s u/(1 - slope s); a cut derivative is the cut of what it is uncut, since the point
        is increasing in it where ``slope <= 0``.
        """
        u = tuple(sub(a, c) for a, c in zip(rest, self.centre, strict=True))
        if self.template.turn:
            t, size = slope[0], add(logic.power(self.p, 2), logic.power(self.r, 2))
            one = sub(logic.ONE, scale(t, self.p))
            below = add(logic.power(one, 2), logic.power(scale(t, self.r), 2))
            return turned(logic.div(sub(self.p, scale(t, size)), below), logic.div(self.r, below), u)
        out = []
        for s, a, t in zip(self.slopes, self.into(u), slope, strict=True):
            stiff = sub(logic.ONE, scale(t, s))
            h = self.cut(logic.div(a, sub(stiff, scale(t, self.bend))))
            out.append(add(scale(s, logic.div(add(a, scale(t, h)), stiff)), h))
        return self.back(tuple(out))

    def explicit(self, number: Callable[[logic.Term], Fraction]) -> Explicit:
        """The function once the variables have values."""
        centre = tuple(map(number, self.centre))
        if self.template.turn:
            return Rotation(number(self.p), number(self.r), centre)
        bend, end = number(self.bend), number(self.end)
        places = tuple(map(number, self.into(self.centre)))
        pieces = tuple(Piece(c, number(s), bend, -end, end) for c, s in zip(places, self.slopes, strict=True))
        c, s = TILT
        return Separable(pieces, number(self.constant), ((c, s), (-s, c)) if self.template.tilted else ())


def turned(p: logic.Term, r: logic.Term, u: Arrow) -> Arrow:
    return (sub(scale(p, u[0]), scale(r, u[1])), add(scale(r, u[0]), scale(p, u[1])))


def choices(f: FunctionUse, dimension: int, *, tilted: bool = False) -> Iterator[Template]:
    """The templates for a function, the likeliest first; ``tilted``: also in another basis of the plane."""
    bounded = any(c.what == "Lipschitz" for c in f.classes)
    curved = dimension == 1 and not any(c.what in ("quadratic", "PL") for c in f.classes) and not f.is_operator
    if not bounded:
        yield Template("high")
        yield Template("low")
        yield Template("free")
        if tilted and dimension == 2:
            yield Template("low", tilted=True)
            yield Template("free", tilted=True)
    if curved:
        yield Template("low", cut=True)
    if f.is_operator and dimension == 2:
        yield Template("free", turn=True)
    if not bounded:
        yield Template("free", loose=True)
    if curved:
        yield Template("low", cut=True, loose=True)
