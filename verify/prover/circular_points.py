"""Points at which two kinds of interval arithmetic see that a statement with pi, sin and cos holds, or does not.

They share no code: Arb's balls (Johansson 2017) and the intervals of mpmath.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import prod
from typing import Any

import flint

from verify.counterexamples.refute import SMALL
from verify.kernel.reals.formulas import normal
from verify.language import logic
from verify.language.circular import Circular
from verify.language.circular_laws import PI
from verify.language.definedness import defined
from verify.language.logic import Sequent
from verify.language.rational_functions import Raw, raw
from verify.prover.ball_values import stood_for, value
from verify.prover.tactics.ball_enclosure import box_of, certain
from verify.runtime.budget import spend

PRECISION = 200  # bits
PARTS = 16  # of the range of a bounded variable; points are its ends and those between
MOST = 2000  # points
BELOW_PI = Fraction(
    333, 106
)  # so near that what fails at pi/2 mostly fails here; ranges up to pi, or from -pi, have it
IN_BALLS, IN_INTERVALS = 40, 400  # units for one point
Values = Mapping[str, Fraction | logic.Term]
"""Rational numbers, and terms of pi."""


def seen_inside(problem: Circular) -> bool:
    """Whether both kinds of intervals see that all hypotheses hold at some point."""
    wanted = held(problem)
    return any(seen(problem, wanted, point) for point in points(problem.sequent))


def points(sequent: Sequent) -> Iterator[dict[str, Fraction]]:
    """Rational points, those between the bounds of a variable where it has some; the same in every run."""
    names = [name for name, _ in sequent.variables]
    hypotheses = tuple(logic.substitute(h, {PI: logic.num(BELOW_PI)}) for h in sequent.hypotheses)
    ranges = box_of(Sequent(sequent.variables, hypotheses, _about(names))) or {}
    choices = []
    for name, kind in sequent.variables:
        low, high = ranges.get(name, (None, None))
        if low is None or high is None:
            found = [*SMALL, *(k * v for k in (10, 100) for v in SMALL[1:4])]
        else:
            found = [low + (high - low) * Fraction(k, PARTS) for k in range(PARTS + 1)]
        if kind == "integer":
            found = list(dict.fromkeys(Fraction(round(v)) for v in found))
        choices.append(found)
    if prod(map(len, choices)) <= MOST:
        for values in itertools.product(*choices):
            yield dict(zip(names, values, strict=True))
        return
    chosen = random.Random(0)
    for _ in range(MOST):
        yield {name: chosen.choice(found) for name, found in zip(names, choices, strict=True)}


def _about(names: list[str]) -> logic.Formula:
    return logic.conj(*(logic.Rel("==", logic.Var(name), logic.Var(name)) for name in names))


def violates(problem: Circular, point: Values) -> bool:
    """Whether both kinds of intervals see that the hypotheses hold at a point and the statement does not."""
    return seen(problem, logic.conj(held(problem), logic.negate(problem.sequent.goal)), point)


def undefined(problem: Circular, point: Values) -> logic.Formula | None:
    """The condition of having a value that does not hold at a point, as both see, where the hypotheses do."""
    inside = held(problem)
    for condition, fails in without_value(problem.sequent):
        if seen(problem, logic.conj(inside, fails), point):
            return condition
    return None


def without_value(sequent: Sequent) -> Iterator[tuple[logic.Formula, logic.Formula]]:
    """The conditions of having a value, each with that it does not hold where those before it do."""
    before: list[logic.Formula] = []
    for condition in logic.conjuncts(defined(sequent.goal, sequent.integers)):
        yield condition, logic.conj(*before, logic.negate(condition))
        before.append(condition)


def held(problem: Circular) -> logic.Formula:
    """That all hypotheses have a value, and hold."""
    sequent = problem.sequent
    return logic.conj(*(logic.conj(defined(h, sequent.integers), h) for h in sequent.hypotheses))


def seen(problem: Circular, wanted: logic.Formula, point: Values) -> bool:
    whole = all(is_whole(point[name]) for name in problem.sequent.integers)
    return whole and seen_in_balls(problem, wanted, point) and seen_in_intervals(problem, wanted, point)


def is_whole(v: Fraction | logic.Term) -> bool:
    number = v.value if isinstance(v, logic.Num) else v
    return isinstance(number, Fraction) and number.denominator == 1


def seen_in_balls(problem: Circular, wanted: logic.Formula, point: Values) -> bool:
    spend(IN_BALLS)
    with flint.ctx.workprec(PRECISION):
        return certain(normal(raw(wanted)), balls_at(problem, point))


def balls_at(problem: Circular, point: Values) -> dict[Raw, flint.arb]:
    given = {
        n: value(raw(logic.num(v) if isinstance(v, Fraction) else v), {PI: flint.arb.pi()}) for n, v in point.items()
    }
    return stood_for(problem.stand, given)


def seen_in_intervals(problem: Circular, wanted: logic.Formula, point: Values) -> bool:
    from mpmath import iv

    spend(IN_INTERVALS)
    before, iv.prec = iv.prec, PRECISION
    try:
        pi = {PI: iv.pi}
        known: dict[str, Any] = {
            n: _interval(logic.num(v) if isinstance(v, Fraction) else v, pi) for n, v in point.items()
        }
        for s in problem.stand:
            known[s.name] = iv.pi if s.argument is None else getattr(iv, s.op)(_interval(s.argument, known))
        return _holds(wanted, known)
    except (ValueError, ZeroDivisionError, OverflowError, TypeError, NotImplementedError):
        return False  # without a value, or one that these intervals do not have
    finally:
        iv.prec = before


def _holds(f: logic.Formula, known: Mapping[str, Any]) -> bool:
    """Whether a formula is certainly true; what is not certain of a part makes nothing certain."""
    if isinstance(f, logic.Rel):
        a, b = _interval(f.lhs, known), _interval(f.rhs, known)
        if f.op in ("==", "!="):
            apart = bool(a.b < b.a or b.b < a.a)
            return apart if f.op == "!=" else bool(a.a == a.b == b.a == b.b)
        low, high = (a, b) if f.op in ("<", "<=") else (b, a)
        return bool(high.a > low.b if f.op in ("<", ">") else high.a >= low.b)
    if f.op == "and":
        return all([_holds(a, known) for a in f.args])
    if f.op == "or":
        return any([_holds(a, known) for a in f.args])
    if f.op == "not":
        return _holds(logic.negate(f.args[0]), known)
    if f.op == "implies":
        return any([_holds(logic.negate(f.args[0]), known), _holds(f.args[1], known)])
    one, other = f.args
    return _holds(logic.Bool("or", (logic.conj(one, other), logic.conj(*map(logic.negate, f.args)))), known)


def _interval(t: logic.Term, known: Mapping[str, Any]) -> Any:
    """An interval with the value of a term; raises where it may have none."""
    from mpmath import iv

    if isinstance(t, logic.Var):
        return known[t.name]
    if isinstance(t, logic.Num):
        return iv.mpf(t.value.numerator) / t.value.denominator
    args = [_interval(a, known) for a in t.args]
    if t.op == "+":
        return sum(args[1:], args[0])
    if t.op == "*":
        return prod(args[1:], start=args[0])
    if t.op == "-":
        return -args[0]
    if t.op == "/":
        if args[1].a <= 0 <= args[1].b:
            raise ZeroDivisionError
        return args[0] / args[1]
    if t.op == "abs":
        return abs(args[0])
    if t.op in ("min", "max"):
        best = min if t.op == "min" else max
        return iv.mpf([best(a.a for a in args), best(a.b for a in args)])
    if t.op == "^":
        exponent = t.args[1]
        if isinstance(exponent, logic.Num) and exponent.value.denominator == 1:
            if exponent.value < 0 and args[0].a <= 0 <= args[0].b:
                raise ZeroDivisionError
            return args[0] ** exponent.value.numerator
        if not args[0].a > 0:
            raise ValueError("a power without a value")
        return iv.exp(args[1] * iv.log(args[0]))
    if t.op in ("log", "sqrt") and not (args[0].a > 0 or (t.op == "sqrt" and args[0].a >= 0)):
        raise ValueError("without a value")
    return getattr(iv, t.op)(args[0])
