"""A straight line through a counterexample: one parameter varies, and both sides of a claim are evaluated along it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from verify.language import logic
from verify.language.evaluation import Point, Undecided, Undefined, Value, evaluate, holds
from verify.language.logic import Rel, Sequent

PER_VALUE, FURTHEST = 16, 3  # steps from 0 to the value of the witness, and up to how many times that value
AROUND, WHOLE = 24, (16, 24)  # steps around a value that is 0, and to both sides of one that is whole
FEWEST, FINER = 8, 4  # with fewer steps in the domain they are made shorter, this many times by this factor
GLANCE = 6  # of so many positions one is looked at to tell which parameter to choose
HALVINGS = 8  # of the step in which the claim begins to fail


@dataclass(frozen=True)
class Sample:
    """Both sides at a value of the parameter, and whether the claim holds there; None where that is not known."""

    at: Fraction
    left: Value
    right: Value
    true: bool | None


@dataclass(frozen=True)
class Line:
    """Samples in the domain, in order and without a gap; ``here`` is the witness, ``failing`` where the claim fails.

    Of a claim about monotonicity the samples have one function on both sides; ``here`` has its value at the smaller of
    two points on the left, and on the right that at the larger one, ``second``.
    """

    parameter: str
    whole: bool
    op: str
    samples: tuple[Sample, ...]
    here: Sample
    failing: tuple[tuple[Fraction, Fraction], ...] = ()
    second: Fraction | None = None
    compared: tuple[str, ...] = ()  # the names of what varies: one parameter, or its two values

    @property
    def varying(self) -> int:
        """How many of the two sides are not the same all along."""
        first = self.samples[0]
        return sum(
            any(_differ(getattr(s, side), getattr(first, side)) for s in self.samples) for side in ("left", "right")
        )

    @property
    def instructive(self) -> tuple[bool, int, bool]:
        """What makes one line better than another: the claim fails on a part of it, and both sides vary."""
        both = any(s.true for s in self.samples)
        return (both and self.varying == 2, self.varying + both, len(self.samples) > 2)


def line_through(sequent: Sequent, values: Mapping[str, Fraction]) -> Line | None:
    """The most instructive line through a counterexample, the first of several; None where nothing is false there."""
    relation = _violated(sequent, values)
    if relation is None:
        return None
    used = logic.variables_of(sequent.goal)
    names = [name for name, _ in sequent.variables if name in used and name in values]
    glances = [line for name in names for line in _along(sequent, relation, values, name, GLANCE)]
    best = max(glances, key=lambda line: line.instructive, default=None)
    if best is None:
        return None
    (line,) = _along(sequent, relation, values, best.parameter)
    return replace(line, failing=tuple(_failing(sequent, relation, values, line)))


def line_between(sequent: Sequent, values: Mapping[str, Fraction], name: str, second: str) -> Line | None:
    """The line on which the two points of a claim about monotonicity lie; None where they are too far apart to be seen.

    The claim fails from one of them to the other, which is shaded.
    """
    relation = _violated(sequent, values)
    if relation is None or second in logic.variables_of(relation.lhs):
        return None
    alone = Sequent(
        sequent.variables, tuple(h for h in sequent.hypotheses if second not in logic.variables_of(h)), logic.TRUE
    )
    low, high = values[name], values[second]
    both = Rel(relation.op, relation.lhs, relation.lhs)
    ends = [_sample(alone, both, values, name, at) for at in (low, high)]
    for line in _along(alone, both, {**values, name: high}, name):
        if ends[0] is None or ends[1] is None or not line.samples[0].at <= low:
            return None
        samples = {s.at: s for s in (*line.samples, ends[0])}
        here = Sample(low, ends[0].left, ends[1].left, False)
        ordered = tuple(samples[at] for at in sorted(samples))
        return Line(name, line.whole, relation.op, ordered, here, ((low, high),), high, (name, second))
    return None


def _violated(sequent: Sequent, values: Mapping[str, Fraction]) -> Rel | None:
    """The relation in the goal that is false at the point, the first of several; None where the goal is not false."""
    point = Point(dict(values), sequent.integers)
    try:
        if holds(sequent.goal, point) is not False:
            return None
        return next((r for r in logic.relations(sequent.goal) if holds(r, point) is False), None)
    except (Undefined, Undecided):
        return None


def _sample(sequent: Sequent, relation: Rel, values: Mapping[str, Fraction], name: str, at: Fraction) -> Sample | None:
    """What is so at a point of the line; None outside the domain, and where a side has no value."""
    point = Point({**values, name: at}, sequent.integers)
    try:
        if not all(holds(h, point) for h in sequent.hypotheses):
            return None
        return Sample(at, evaluate(relation.lhs, point), evaluate(relation.rhs, point), holds(sequent.goal, point))
    except (Undefined, Undecided):
        return None


def _along(
    sequent: Sequent, relation: Rel, values: Mapping[str, Fraction], name: str, every: int = 1
) -> Iterator[Line]:
    """The line along which this parameter varies, unless the point is all of it; of its positions every so many."""
    here = _sample(sequent, relation, values, name, values[name])
    whole = name in sequent.integers
    if here is None:
        return
    for finer in range(1 if whole else FINER):
        below, above = _positions(values[name], whole, FINER**finer)
        samples = [here]
        for positions, put in ((below, 0), (above, 1)):
            for at in positions[every - 1 :: every]:
                found = _sample(sequent, relation, values, name, at)
                if found is None:
                    break
                samples.insert(len(samples) * put, found)
        if len(samples) * every >= FEWEST or whole or finer == FINER - 1:
            if len(samples) > 1:
                yield Line(name, whole, relation.op, tuple(samples), here, compared=(name,))
            return


def _positions(value: Fraction, whole: bool, finer: int) -> tuple[list[Fraction], list[Fraction]]:
    """Values below and above one, going away from it."""
    if whole:
        return [value - i for i in range(1, WHOLE[0] + 1)], [value + i for i in range(1, WHOLE[1] + 1)]
    if value == 0:
        steps = [Fraction(i, AROUND // 2 * finer) for i in range(1, AROUND + 1)]
        return [-x for x in steps], steps
    step = abs(value) / (PER_VALUE * finer)
    inward = [value - step * i * (1 if value > 0 else -1) for i in range(1, PER_VALUE + 1)]
    outward = [value + step * i * (1 if value > 0 else -1) for i in range(1, PER_VALUE * (FURTHEST - 1) + 1)]
    return (inward, outward) if value > 0 else (outward, inward)


def _failing(
    sequent: Sequent, relation: Rel, values: Mapping[str, Fraction], line: Line
) -> Iterator[tuple[Fraction, Fraction]]:
    """Where the claim fails, as intervals; their ends are found by halving, those of whole numbers lie between them."""
    start: Fraction | None = None
    half = Fraction(1, 2) if line.whole else Fraction(0)
    samples = line.samples
    if samples[0].true is False:
        start = samples[0].at - half
    for one, other in pairwise(samples):
        if (one.true is False) == (other.true is False):
            continue
        low, high, fails = one.at, other.at, one.true is False
        for _ in range(0 if line.whole else HALVINGS):
            middle = (low + high) / 2
            found = _sample(sequent, relation, values, line.parameter, middle)
            same = found is not None and (found.true is False) == fails
            low, high = (middle, high) if same else (low, middle)
        end = (low + high) / 2
        if start is None:
            start = end
        else:
            yield start, end
            start = None
    if start is not None:
        yield start, samples[-1].at + half


def _differ(one: Value, other: Value) -> bool:
    return bool(one != other)
