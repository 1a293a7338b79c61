"""A counterexample as a picture: both sides of the claim along one parameter, where it fails, and the counterexample.

The picture is SVG written as text; its colours are those of the page around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from html import escape

from matplotlib.ticker import MaxNLocator

from verify.claims.claim import Claim
from verify.claims.sequents import goal_of
from verify.claims.statement import WITHOUT_SYMBOLS, Limit, Monotone
from verify.counterexamples.witness import text
from verify.language.evaluation import Value
from verify.site.witness_line import Line, Sample, line_between, line_through

WIDTH, HEIGHT = 440, 250
LEFT, TOP, RIGHT, LOW = 64, 12, 428, 190  # of the plot in the picture
QUANTILE = 10  # the highest and the lowest tenth of the values may lie outside, as where a side has a pole
KEY = (14, 158)  # where the key begins, and from one entry to the next
PAD = Fraction(1, 12)  # of the plot is free above and below
COLOURS = {"left": "var(--color-brand-content, #0072b2)", "right": "var(--bad, #b42318)"}
SHADE = 'fill="currentColor" fill-opacity="0.13"'
DASHES = {"left": "", "right": ' stroke-dasharray="6 3"'}


def witness_svg(claim: Claim, witness: Mapping[str, str]) -> str | None:
    """The picture of a counterexample, as an ``svg`` element for a page; the same for the same claim.

    None for what is not about numbers, for limits, for irrational points, where a side has no value at the point, and
    for numbers that are too large to be drawn.
    """
    if isinstance(claim.statement, (*WITHOUT_SYMBOLS, Limit)):
        return None
    try:
        values = {name: Fraction(value) for name, value in witness.items()}
    except ValueError:
        return None
    sequent, said = goal_of(claim).expanded(), claim.statement
    line = None
    if isinstance(said, Monotone):
        line = line_between(sequent, values, said.variable.name, said.second.name)
    line = line_through(sequent, values) if line is None else line
    if line is None:
        return None
    try:
        return _picture(claim, line, witness) if line.varying else _bars(claim, line)
    except OverflowError:
        return None


def _picture(claim: Claim, line: Line, witness: Mapping[str, str]) -> str:
    """Both sides as curves, or as dots where the parameter is whole."""
    low, high = line.samples[0].at, line.samples[-1].at
    half = Fraction(1, 2) if line.whole else Fraction(0)
    across = _Scale(float(low - half), float(high + half), LEFT, RIGHT)
    up = _Scale(*_range(line), LOW, TOP)
    others = ", ".join(f"{name} = {witness[name]}" for name in witness if name not in line.compared)
    what = "Both sides" if line.second is None else "The quantity"
    along = f"{what} along {line.parameter}{f' ({others})' if others else ''}. "
    parts = [*_axes(across, up, line.parameter, whole=line.whole)]
    wide, tall = RIGHT - LEFT, LOW - TOP
    parts.append(f'<svg x="{LEFT}" y="{TOP}" width="{wide}" height="{tall}" viewBox="{LEFT} {TOP} {wide} {tall}">')
    for start, end in line.failing:
        x0, x1 = across(start), across(end)
        parts.append(f'<rect x="{x0:.1f}" y="{TOP}" width="{x1 - x0:.1f}" height="{tall}" {SHADE}/>')
    for side in ("left", "right") if line.second is None else ("left",):
        parts.append(_side(line, side, across, up))
    parts.append("</svg>")
    # Not cut off where the counterexample is at the end of the domain.
    for at in dict.fromkeys(_places(line)):
        parts.append(f'<path d="M{across(at):.1f},{TOP}V{LOW}" stroke="currentColor" stroke-dasharray="2 3"/>')
    for side, at in zip(("left", "right"), _places(line), strict=True):
        parts.append(_marker(line.here, side, across(at), up))
    return _document(claim, along + _said(line), [*parts, *_key(line)])


def _places(line: Line) -> tuple[Fraction, Fraction]:
    """Where the values on the left and on the right are marked: at one point, or at the two that are compared."""
    return line.here.at, line.here.at if line.second is None else line.second


def _said(line: Line) -> str:
    """The counterexample in words."""
    left, right = text(line.here.left), text(line.here.right)
    one, other = (f"{line.parameter} = {at}" for at in _places(line))
    if line.second is not None:
        return f"It is {left} at {one}, and {right} at {other}."
    return f"At {one} the left side is {left}, the right side {right}. The claim fails where it is shaded."


def _bars(claim: Claim, line: Line) -> str:
    """Two bars, where the sides are the same whatever varies."""
    here = line.here
    left, right = float(here.left), float(here.right)
    up = _Scale(min(0.0, left, right), max(0.0, left, right), LOW, TOP + 14)
    about = f"The left side is {text(here.left)}, the right side {text(here.right)}, whatever varies."
    parts = [f'<path d="M{LEFT},{up(0):.1f}H{RIGHT}" stroke="currentColor"/>']
    for side, value, x in (("left", left, 150), ("right", right, 290)):
        top, height = min(up(0), up(value)), abs(up(value) - up(0))
        colour = f'fill="{COLOURS[side]}" fill-opacity="0.35" stroke="{COLOURS[side]}"'
        parts.append(f'<rect x="{x}" y="{top:.1f}" width="60" height="{height:.1f}" {colour}/>')
        parts.append(_marker(here, side, x + 30, up))
        says = escape(f"{side} side: {_short(getattr(here, side))}")
        parts.append(f'<text x="{x + 30}" y="{LOW + 18}" text-anchor="middle">{says}</text>')
    return _document(claim, about, parts)


class _Scale:
    """From values to places in the picture."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high = (low, high) if high > low else (low - 1, high + 1)
        self._start, self._factor = start, (end - start) / (self.high - self.low)

    def __call__(self, x: float | Fraction) -> float:
        return self._start + (float(x) - self.low) * self._factor


def _range(line: Line) -> tuple[float, float]:
    """What heights are shown: both sides at the counterexample, and most of them elsewhere."""
    values = sorted(float(v) for s in line.samples for v in (s.left, s.right))
    cut = len(values) // QUANTILE
    here = [float(line.here.left), float(line.here.right)]
    low, high = min(values[cut], *here), max(values[len(values) - 1 - cut], *here)
    # What is little more is shown as well.
    low = max(values[0], low - (high - low) / 2)
    high = min(values[-1], high + (high - low) / 2)
    pad = (high - low) * float(PAD) or 1.0
    return low - pad, high + pad


def _side(line: Line, side: str, across: _Scale, up: _Scale) -> str:
    colour = COLOURS[side]
    places = [(across(s.at), max(-1e4, min(1e4, up(float(getattr(s, side)))))) for s in line.samples]
    if line.whole:
        dots = "".join(f"M{x:.1f},{y:.1f}h0" for x, y in places)
        wide = 5 if side == "left" else 3.4
        return f'<path class="{side}" d="{dots}" stroke="{colour}" stroke-width="{wide}" stroke-linecap="round"/>'
    path = "L".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return f'<path class="{side}" d="M{path}" fill="none" stroke="{colour}" stroke-width="2"{DASHES[side]}/>'


def _marker(here: Sample, side: str, x: float, up: _Scale) -> str:
    """The value of a side at the counterexample: a disc for the left one, a square for the right one."""
    value: Value = getattr(here, side)
    y = up(float(value))
    return _mark(side, x, y, f' class="witness {side}" data-value="{escape(text(value))}"')


def _mark(side: str, x: float, y: float, more: str = "") -> str:
    looks = f'stroke="{COLOURS[side]}" stroke-width="2" fill="var(--color-background-primary, #fff)"{more}'
    if side == "left":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" {looks}/>'
    return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" {looks}/>'


def _axes(across: _Scale, up: _Scale, name: str, *, whole: bool) -> Iterator[str]:
    yield f'<path d="M{LEFT},{TOP}V{LOW}H{RIGHT}" fill="none" stroke="currentColor"/>'
    for x in _ticks(across, 6, whole):
        yield f'<path d="M{across(x):.1f},{LOW}v4" stroke="currentColor"/>'
        yield f'<text x="{across(x):.1f}" y="{LOW + 17}" text-anchor="middle">{x:g}</text>'
    for y in _ticks(up, 4, False):
        yield f'<path d="M{LEFT},{up(y):.1f}h-4" stroke="currentColor"/>'
        yield f'<text x="{LEFT - 7}" y="{up(y) + 4:.1f}" text-anchor="end">{y:g}</text>'
    yield f'<text x="{RIGHT}" y="{LOW + 34}" text-anchor="end" font-style="italic">{escape(name)}</text>'


def _ticks(scale: _Scale, most: int, whole: bool) -> Sequence[float]:
    ticks = MaxNLocator(most, integer=whole).tick_values(scale.low, scale.high)
    return [float(x) for x in ticks if scale.low <= x <= scale.high]


def _key(line: Line) -> Iterator[str]:
    """What is what, below the axis, where nothing is drawn."""
    y = HEIGHT - 12
    x = KEY[0]
    for side, at in zip(("left", "right"), _places(line), strict=True):
        value = _short(getattr(line.here, side))
        if line.second is None:
            yield f'<path d="M{x},{y - 4}h22" stroke="{COLOURS[side]}" stroke-width="2"{DASHES[side]}/>'
            says = f"{side} side: {value}"
        else:
            yield _mark(side, x + 14, y - 4)
            says = f"{value} at {line.parameter} = {_short(at)}"
        yield f'<text x="{x + 28}" y="{y}">{escape(says)}</text>'
        x += KEY[1]
    yield f'<rect x="{x}" y="{y - 10}" width="14" height="12" {SHADE}/>'
    yield f'<text x="{x + 20}" y="{y}">the claim fails</text>'


def _short(value: Value) -> str:
    """A value for a line of text: a long fraction as a decimal."""
    exact = text(value)
    return exact if len(exact) <= 9 else f"{float(value):.4g}"


def _document(claim: Claim, about: str, parts: Sequence[str]) -> str:
    name = f"witness-{claim.id}".replace(":", "-")
    head = (
        f'<svg class="witness" role="img" aria-labelledby="{escape(name)}-title {escape(name)}-about" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" style="max-width: 100%; height: auto; font: 12px sans-serif" '
        'xmlns="http://www.w3.org/2000/svg">'
    )
    title = f'<title id="{escape(name)}-title">The counterexample to {escape(claim.id)}</title>'
    description = f'<desc id="{escape(name)}-about">{escape(about)}</desc>'
    return "\n".join([head, title, description, '<g fill="currentColor">', *parts, "</g>", "</svg>"])
