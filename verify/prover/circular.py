"""Statements with pi, sin and cos: proved of all numbers that have what is known of these; else by ball arithmetic.

A proof comes first, of more than is asked (``verify.language.circular``), with a certificate. A counterexample is a
rational point at which two kinds of interval arithmetic, which share no code, both see that the hypotheses hold and the
statement does not: Arb's balls (Johansson 2017) and the intervals of mpmath. What is left is tried on boxes that cover
a bounded domain, as for every statement without a certificate.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from math import prod
from typing import Any

import flint

from verify.counterexamples.refute import SMALL
from verify.kernel.reals.formulas import normal
from verify.language import logic
from verify.language.circular import Circular
from verify.language.circular_laws import PI, PI_BETWEEN
from verify.language.definedness import defined
from verify.language.logic import Sequent
from verify.language.rational_functions import Raw, raw
from verify.language.verdict import Verdict
from verify.prover.ball_values import stood_for, value
from verify.prover.outcome import WANT_OF_ANY, Outcome
from verify.prover.tactics.ball_enclosure import box_of, certain, enclose

PRECISION = 200  # bits
PARTS = 16  # of the range of a bounded variable; points are its ends and those between
MOST = 2000  # points
Values = Mapping[str, Fraction]


def decide(problem: Circular, prove: Callable[[Sequent], Outcome]) -> Outcome:
    """Prove or refute a statement, where ``prove`` decides one without pi, sin and cos; raises like it."""
    found = prove(problem.general)
    if found.verdict is Verdict.PROVED:
        return _proved(problem, found)
    for point in itertools.chain(_of_more(problem, found), points(problem.sequent)):
        if violates(problem, point):
            return _refuted(problem, point)
    if problem.bounds:
        problem = problem.bounded
        found = prove(problem.general)
        if found.verdict is Verdict.PROVED:
            return _proved(problem, found)
    boxes = enclose(problem.sequent, problem.stand)
    if boxes is not None:
        if not _seen_inside(problem):
            return Outcome(Verdict.INCONCLUSIVE, "search", why=(WANT_OF_ANY,), timed=found.timed)
        why = f"rests on the ball arithmetic of python-flint, on {boxes} boxes that cover the domain; no certificate"
        return Outcome(Verdict.ENCLOSED, "ball arithmetic", why=(why,))
    why = f"a proof may use only that {known(problem)}"
    more = found.why if found.verdict is Verdict.INCONCLUSIVE else ()
    return Outcome(Verdict.INCONCLUSIVE, "search", why=(why, *more), timed=found.timed)


def _proved(problem: Circular, found: Outcome) -> Outcome:
    """What is said of a proof, where the hypotheses are known to hold somewhere."""
    if not _inhabited(problem):
        return Outcome(Verdict.INCONCLUSIVE, "search", why=(WANT_OF_ANY,), timed=found.timed)
    return replace(found, why=(*found.why, f"it uses that {known(problem)}"))


def _of_more(problem: Circular, found: Outcome) -> Iterator[dict[str, Fraction]]:
    """The point at which more than is asked fails, without what stands for pi, sin and cos, if it is rational."""
    names = [name for name, _ in problem.sequent.variables]
    if found.verdict is Verdict.REFUTED and found.witness is not None:
        point = {name: v for name, v in found.witness.items() if name in names and isinstance(v, Fraction)}
        if len(point) == len(names):
            yield point


def known(problem: Circular) -> str:
    """What a proof may use of pi, sin and cos, for people: names, what they stand for, and the facts."""
    meant = [f"{s.name} = {s}" for s in problem.stand if s.argument is not None]
    facts = [str(f) for f in problem.facts if logic.Var(PI) not in (f.lhs, f.rhs)]
    if any(s.argument is None for s in problem.stand):
        facts = [" < pi < ".join(PI_BETWEEN), *facts]
    return ", ".join(facts) + (f", for {', '.join(meant)}" if meant else "")


def _inhabited(problem: Circular) -> bool:
    """Whether a point is known at which the hypotheses hold.

    Where they do not speak of pi, sin and cos, the point that the proof comes with is one.
    """
    names = {s.name for s in problem.stand}
    return not any(names & logic.variables_of(h) for h in problem.sequent.hypotheses) or _seen_inside(problem)


def _seen_inside(problem: Circular) -> bool:
    """Whether both kinds of intervals see that all hypotheses hold at some point."""
    wanted = _held(problem)
    return any(_seen(problem, wanted, point) for point in points(problem.sequent))


def _refuted(problem: Circular, point: Values) -> Outcome:
    where = ", ".join(f"{name} = {v}" for name, v in point.items()) or "everywhere"
    said, goal = "the statement is false", problem.sequent.goal
    if isinstance(goal, logic.Rel):
        with flint.ctx.workprec(PRECISION):
            balls = _balls(problem, point)
            left, right = (value(raw(side), balls).str(12) for side in (goal.lhs, goal.rhs))
        said = f"left side {left}, right side {right}"
    return Outcome(Verdict.REFUTED, "exact counterexample", None, dict(point), (f"{where}: {said}",))


def points(sequent: Sequent) -> Iterator[dict[str, Fraction]]:
    """Rational points, those between the bounds of a variable where it has some; the same in every run."""
    names = [name for name, _ in sequent.variables]
    ranges = box_of(Sequent(sequent.variables, sequent.hypotheses, _about(names))) or {}
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
    return _seen(problem, logic.conj(_held(problem), logic.negate(problem.sequent.goal)), point)


def _held(problem: Circular) -> logic.Formula:
    """That all hypotheses have a value, and hold."""
    sequent = problem.sequent
    return logic.conj(*(logic.conj(defined(h, sequent.integers), h) for h in sequent.hypotheses))


def _seen(problem: Circular, wanted: logic.Formula, point: Values) -> bool:
    whole = all(point[name].denominator == 1 for name in problem.sequent.integers)
    return whole and _seen_in_balls(problem, wanted, point) and _seen_in_intervals(problem, wanted, point)


def _seen_in_balls(problem: Circular, wanted: logic.Formula, point: Values) -> bool:
    with flint.ctx.workprec(PRECISION):
        return certain(normal(raw(wanted)), _balls(problem, point))


def _balls(problem: Circular, point: Values) -> dict[Raw, flint.arb]:
    given: dict[Raw, flint.arb] = {n: flint.arb(flint.fmpq(v.numerator, v.denominator)) for n, v in point.items()}
    return stood_for(problem.stand, given)


def _seen_in_intervals(problem: Circular, wanted: logic.Formula, point: Values) -> bool:
    from mpmath import iv

    before, iv.prec = iv.prec, PRECISION
    try:
        known: dict[str, Any] = {n: iv.mpf(v.numerator) / v.denominator for n, v in point.items()}
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
