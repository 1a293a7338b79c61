"""An explorer: what of a theory can be moved, what is shown of it as numbers and as pictures, and what to try first.

It names expressions of the theory and holds no formula of its own; a page is made of it by ``verify.site.explorer``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import sympy as sp

from verify.claims.setting import NamedExpression
from verify.derivations.relations import Formula
from verify.runtime.errors import Malformed

Number = int | str | Fraction  # a str is read as Fraction reads it: "3/7"


@dataclass(frozen=True, kw_only=True)
class Slider:
    """A quantity of the vocabulary that can be moved from ``least`` to ``most``, in steps that are exact.

    With ``step`` the positions are equally far apart; without one there are ``per_decade`` of them between a power of
    ten and the next, rounded to two digits, and to whole numbers where the quantity is one. ``meaning`` stands in
    place of that of the quantity. ``sets``: what it can be set to at a click, in words and as an expression in the
    other quantities.

    >>> print(*Slider(name="p", least="1/4", most=1, step="1/4", start="1/2").positions(whole=False))
    1/4 1/2 3/4 1
    >>> print(*Slider(name="m", least=1, most=100, start=10, per_decade=3).positions(whole=True))
    1 2 5 10 22 46 100
    """

    name: str
    least: Number
    most: Number
    start: Number
    step: Number | None = None
    per_decade: int = 20
    meaning: str = ""
    group: str = ""
    sets: tuple[tuple[str, sp.Expr], ...] = ()

    def __post_init__(self) -> None:
        for field_ in ("least", "most", "start", *(() if self.step is None else ("step",))):
            object.__setattr__(self, field_, Fraction(getattr(self, field_)))
        if not self.least <= self.start <= self.most:  # type: ignore[operator]
            raise Malformed(f"slider {self.name}", f"its start {self.start} is not between its ends")
        if self.step is None and Fraction(self.least) <= 0:
            raise Malformed(f"slider {self.name}", "powers of ten do not begin at 0", "give it a step")

    def positions(self, *, whole: bool) -> tuple[Fraction, ...]:
        """Every value that the slider itself can take, ascending."""
        least, most = Fraction(self.least), Fraction(self.most)
        if self.step is not None:
            step = Fraction(self.step)
            return tuple(least + k * step for k in range(int((most - least) / step) + 1))
        found, exponent = {least, most}, -12
        while Fraction(10) ** exponent <= most:
            for k in range(self.per_decade):
                digits = Fraction(round(10 ** (k / self.per_decade) * 10), 10)
                found.add(digits * Fraction(10) ** exponent)
            exponent += 1
        inside = (Fraction(round(x)) if whole else x for x in found)
        return tuple(sorted({x for x in inside if least <= x <= most}))


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A named expression; ``at`` says what its parameters are where they are not those of the sliders.

    ``label`` (LaTeX) and ``meaning`` replace those of the expression, ``claim`` the one that defines it.
    """

    name: str
    at: Mapping[str, sp.Expr] = field(default_factory=dict)
    label: str = ""
    meaning: str = ""
    claim: str = ""
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A curve, or a mark on an axis: an expression with its name in the picture; ``only`` where these hold too.

    ``colour`` counts from 0 in the palette of the page, ``dash`` is solid, dash or dot.
    """

    of: Shown
    label: str
    colour: int = 0
    dash: str = "solid"
    only: tuple[Formula, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Curves:
    """Named expressions against one quantity, which is counted in units of ``per``.

    ``across``: values of the quantity, drawn as upright lines. ``levels``: values of the curves, drawn as level lines.
    ``includes``: what the axis of values shows at least, so that a small change does not look like a large one.
    ``claims``: what is proved of what one sees.
    """

    id: str
    title: str
    quantity: str
    axis: str
    values: str
    curves: tuple[Drawn, ...]
    per: sp.Expr = sp.Integer(1)
    across: tuple[Drawn, ...] = ()
    levels: tuple[Drawn, ...] = ()
    least: Number = "1/10"
    most: Number = 1000
    log: tuple[bool, bool] = (True, False)
    includes: tuple[float, ...] = ()
    note: str = ""
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Cloud:
    """Points scattered around a place on a line, at the root mean square distance ``radius``."""

    label: str
    place: sp.Expr
    radius: sp.Expr
    colour: int = 0


@dataclass(frozen=True, kw_only=True)
class Place:
    """A point on the line, such as a solution."""

    label: str
    place: sp.Expr
    colour: int = 0


@dataclass(frozen=True, kw_only=True)
class Plane:
    """A plane with clouds around places on a line, and points that move on it."""

    id: str
    title: str
    axis: str
    clouds: tuple[Cloud, ...]
    places: tuple[Place, ...]
    note: str = ""
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Preset:
    """Something to try: values of sliders (the others stay at their start), what one sees, and what proves it."""

    title: str
    sees: str
    claim: str
    values: Mapping[str, Number]


@dataclass(frozen=True, kw_only=True)
class Explorer:
    """What a page on which a theory is explored consists of.

    ``about``: what there is to find out, in a paragraph. ``expressions``: named expressions besides the theory's own,
    which ``verify eval`` knows too. In what people read, formulas stand
    between dollars, as LaTeX without fractions.
    """

    title: str
    summary: str
    about: str
    sliders: tuple[Slider, ...]
    numbers: tuple[Shown, ...]
    plots: tuple[Curves | Plane, ...]
    presets: tuple[Preset, ...] = ()
    expressions: Callable[[], tuple[NamedExpression, ...]] = tuple
