"""Ball arithmetic on boxes: a relation that holds with room to spare on a bounded box, subdivided until it is seen.

What comes out is rigorous as far as python-flint's ball arithmetic is; there is no certificate for the checker.

Steps: read rational bounds of every variable off the hypotheses; evaluate the goal on the box; where it is not certain,
and no hypothesis certainly false, halve the longest side. Applies where every variable of the goal is bounded.
Stops after ``BOXES`` boxes, and where the statement is sharp: then no box around the place of equality is certain.
Source: Moore 1966, Interval analysis; Johansson 2017, Arb.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import prod

import flint

from verify.kernel.reals.formulas import normal
from verify.language import logic
from verify.language.circular_laws import Stands
from verify.language.definedness import defined
from verify.language.logic import Sequent
from verify.language.rational_functions import Raw, raw
from verify.prover.ball_values import stood_for, union, value

BOXES = 3000  # a count, so that the answer does not depend on the machine
PRECISION, PRECISION_OF_NUMBERS = 80, 400  # bits; a statement without variables is one box, which can't be halved
Box = dict[str, tuple[Fraction, Fraction]]


def box_of(sequent: Sequent, stand: Sequence[Stands] = ()) -> Box | None:
    """Rational bounds of every variable of the goal, read off the hypotheses; None if one is missing."""
    inside = set().union(*(logic.variables_of(s.argument) for s in stand if s.argument is not None))
    low: dict[str, Fraction] = {}
    high: dict[str, Fraction] = {}
    for h in sequent.hypotheses:
        for r in [h] if isinstance(h, logic.Rel) else list(h.args) if h.op == "and" else []:
            if not isinstance(r, logic.Rel):
                continue
            for op, a, b in ((r.op, r.lhs, r.rhs), (logic.MIRRORED[r.op], r.rhs, r.lhs)):
                value = constant(b)
                if isinstance(a, logic.Var) and value is not None:
                    if op in (">", ">=", "=="):
                        low[a.name] = max(value, low.get(a.name, value))
                    if op in ("<", "<=", "=="):
                        high[a.name] = min(value, high.get(a.name, value))
    names = [n for n, _ in sequent.variables if n in logic.variables_of(sequent.goal) | inside]
    if any(n not in low or n not in high or low[n] > high[n] for n in names):
        return None
    return {n: (low[n], high[n]) for n in names}


def constant(t: logic.Term) -> Fraction | None:
    """The number a term of numbers is; None for any other term."""
    if isinstance(t, logic.Num):
        return t.value
    if isinstance(t, logic.App) and t.op == "-":
        value = constant(t.args[0])
        return None if value is None else -value
    if isinstance(t, logic.App) and t.op in ("+", "*"):
        values = [v for a in t.args if (v := constant(a)) is not None]
        if len(values) < len(t.args):
            return None
        return sum(values, Fraction(0)) if t.op == "+" else prod(values, start=Fraction(1))
    if isinstance(t, logic.App) and t.op == "/":
        a, b = constant(t.args[0]), constant(t.args[1])
        return None if a is None or not b else a / b
    return None


def enclose(sequent: Sequent, stand: Sequence[Stands] = ()) -> int | None:
    """The number of boxes on which the goal was seen to be defined and true, covering the domain; None if not all.

    Names that ``stand`` for pi, or for values of sin and cos, are no variables.
    """
    start = box_of(sequent, stand)
    if start is None:
        return None
    goal = normal(raw(logic.conj(defined(sequent.goal, sequent.integers), sequent.goal)))
    excluded = [
        normal(raw(logic.negate(h)))
        for h in sequent.hypotheses
        if logic.variables_of(h) <= {*start, *(s.name for s in stand)}
    ]
    todo, seen = [start], 0
    with flint.ctx.workprec(PRECISION if start else PRECISION_OF_NUMBERS):
        while todo:
            box = todo.pop()
            seen += 1
            if seen > BOXES:
                return None
            balls: dict[Raw, flint.arb] = {n: union(*ends) for n, ends in box.items()}
            balls |= {("sqrt", n): root(*ends) for n, ends in box.items() if ends[0] >= 0}
            balls = stood_for(stand, balls)
            if certain(goal, balls) or any(certain(f, balls) for f in excluded):
                continue
            if not box:
                return None  # a statement about numbers, too close to call
            n = max(box, key=lambda n: (box[n][1] - box[n][0], n))
            low, high = box[n]
            if low == high:
                return None
            middle = (low + high) / 2
            todo += [{**box, n: (middle, high)}, {**box, n: (low, middle)}]
    return seen


def root(low: Fraction, high: Fraction) -> flint.arb:
    """sqrt on an interval from its ends; the ball of the interval itself may reach below 0."""
    ends = [flint.arb(flint.fmpq(v.numerator, v.denominator)).sqrt() for v in (low, high)]
    return ends[0].union(ends[1])


def certain(f: Raw, balls: Mapping[Raw, flint.arb]) -> bool:
    """Whether a formula in negation normal form is true at every point of the balls; False says nothing."""
    op, args = f[0], f[1:]
    if op == "and":
        return all(certain(a, balls) for a in args)
    if op == "or":
        return any(certain(a, balls) for a in args)
    a, b = value(args[0], balls), value(args[1], balls)
    if not (a.is_finite() and b.is_finite()):
        return False
    d = a - b
    return bool({"<": d < 0, "<=": d <= 0, "!=": d != 0, "==": d == 0}[op])
