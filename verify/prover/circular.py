"""Statements with pi, sin and cos: proved of all numbers that have what is known of these; else by ball arithmetic.

A proof comes first, of more than is asked (``verify.language.circular``), with a certificate: with few facts, then with
values at angles, sharper bounds, and what holds in the range that the hypotheses are proved to keep an argument in. A
counterexample is a rational point at which two kinds of interval arithmetic, which share no code, both see that the
hypotheses hold and the statement does not or has no value, or a multiple of pi with a certificate. What is left is
tried on boxes that cover a bounded domain, as for every statement without a certificate.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import flint

from verify.counterexamples.witness import Kind
from verify.language import logic
from verify.language.circular import Circular
from verify.language.circular_angles import expanded
from verify.language.circular_laws import PI, PI_BETWEEN, of_one
from verify.language.circular_ranges import Law, ranges, with_pi
from verify.language.logic import Sequent
from verify.language.rational_functions import raw
from verify.language.verdict import Verdict
from verify.prover.api import KINDS
from verify.prover.ball_values import value
from verify.prover.circular_multiples import Failure, failure
from verify.prover.circular_points import (
    PRECISION,
    Values,
    balls_at,
    held,
    points,
    seen_in_balls,
    seen_inside,
    undefined,
    violates,
)
from verify.prover.outcome import WANT_OF_ANY, Outcome
from verify.prover.tactics.ball_enclosure import enclose

MOST_INSIDE = 50  # points of the domain, at each of which a premise has to hold before it is tried to be proved
Search = Callable[[Sequent], Outcome]


def decide(problem: Circular, prove: Search, follows: Search) -> Outcome:
    """Prove or refute a statement by two searches for one without pi, sin and cos.

    ``prove`` looks for a point of the domain too, and raises like this; ``follows`` leaves that to the caller.
    """
    found = prove(problem.general)
    proved = _proved(problem, found)
    if proved is not None:
        return proved
    against = _counterexample(problem, found, follows)
    if against is not None:
        return against
    inside = seen_inside(problem)
    tried = [problem]
    for more, search in _with_more(problem, prove, follows if inside else prove):
        tried.append(more)
        found = search(more.general)
        proved = _proved(more, found)
        if proved is not None:
            return proved
    boxes = enclose(problem.sequent, problem.stand)
    if boxes is not None:
        if not inside:
            return Outcome(Verdict.INCONCLUSIVE, "search", why=(WANT_OF_ANY,), timed=found.timed)
        why = f"rests on the ball arithmetic of python-flint, on {boxes} boxes that cover the domain; no certificate"
        return Outcome(Verdict.ENCLOSED, "ball arithmetic", why=(why,))
    stand, facts = (
        dict.fromkeys(itertools.chain(*parts)) for parts in ((p.stand for p in tried), (p.facts for p in tried))
    )
    why = f"a proof may use only that {known(replace(problem, stand=tuple(stand), facts=tuple(facts)))}"
    more_why = found.why if found.verdict is Verdict.INCONCLUSIVE else ()
    return Outcome(Verdict.INCONCLUSIVE, "search", why=(why, *more_why), timed=found.timed)


def _counterexample(problem: Circular, found: Outcome, follows: Search) -> Outcome | None:
    """A point at which the statement is false, or else one at which it has no value; rational, or a multiple of pi."""
    tried = list(itertools.chain(_of_more(problem, found), points(problem.sequent)))
    for point in tried:
        if violates(problem, point):
            return _refuted("violates", point, _sides(problem, point))
    for point in tried:
        condition = undefined(problem, point)
        if condition is not None:
            return _refuted("undefined", point, _without_value(problem, point, condition))
    failed = failure(problem, follows)
    return None if failed is None else _refuted_at(problem, failed)


def _with_more(problem: Circular, prove: Search, follows: Search) -> Iterator[tuple[Circular, Search]]:
    """The same statement with more that is known, what is cheap first, and how a proof of it is searched."""
    in_angles = expanded(problem)
    if in_angles is not None:
        yield in_angles, follows
    if problem.bounds:
        yield problem.bounded, prove
    problem = with_pi(in_angles or problem)
    laws = list(_of_domain(problem, follows))
    needless = {law.needless for law in laws}
    known_there = tuple(r for law in laws for r in law.conclusion)
    kept = tuple(fact for fact in problem.facts if fact not in needless)
    few = tuple(fact for fact in kept if not _of_one_value(fact))  # with few facts much more is found soon
    for facts in dict.fromkeys((few, kept)) if laws else ():
        yield replace(problem, facts=(*facts, *known_there)), follows


def _of_one_value(fact: logic.Formula) -> bool:
    """Whether a fact bounds a value of sin or cos by a number."""
    return (
        isinstance(fact, logic.Rel) and fact.op == "<=" and bool({fact.lhs, fact.rhs} & {logic.num(1), logic.num(-1)})
    )


def _of_domain(problem: Circular, follows: Search) -> Iterator[Law]:
    """The laws whose premises hold in the whole domain, each with a certificate that the checker accepted."""
    pi = tuple(fact for s in problem.stand if s.argument is None for fact in of_one(s, {}))
    domain = replace(problem.general, hypotheses=(*problem.sequent.hypotheses, *pi))
    wanted = held(problem)
    kept: dict[logic.Formula, bool] = {logic.TRUE: True}
    inside = (p for p in points(problem.sequent) if seen_in_balls(problem, wanted, p))
    first = list(itertools.islice(inside, MOST_INSIDE))
    for laws in ranges(problem):
        for law in laws:
            premise = law.premise
            if premise not in kept:
                fails = logic.negate(premise)
                tried = not any(seen_in_balls(problem, fails, p) for p in first)
                kept[premise] = tried and certified(follows(replace(domain, goal=premise)))
            if kept[premise]:
                yield law
                break


def certified(found: Outcome) -> bool:
    """Whether there is a certificate that the statement follows, with or without a point of its domain."""
    return found.certificate is not None and found.verdict in (Verdict.PROVED, Verdict.INCONCLUSIVE)


def _proved(problem: Circular, found: Outcome) -> Outcome | None:
    """What is said of a proof, where the hypotheses are known to hold somewhere; None where there is no proof.

    Numbers with the facts need not be found for that: the values that are meant are such. ``follows`` is used only
    where a point has been seen.
    """
    if not certified(found):
        return None
    if not (_inhabited(problem) if found.verdict is Verdict.PROVED else seen_inside(problem)):
        if found.verdict is Verdict.INCONCLUSIVE:
            return None  # with more that is known it may be seen that there is no point
        return Outcome(Verdict.INCONCLUSIVE, "search", why=(WANT_OF_ANY,), timed=found.timed)
    why = tuple(reason for reason in found.why if reason != WANT_OF_ANY)
    return replace(found, verdict=Verdict.PROVED, why=(*why, f"it uses that {known(problem)}"))


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
    facts = [str(f) for f in problem.facts if not (isinstance(f, logic.Rel) and logic.Var(PI) in (f.lhs, f.rhs))]
    if any(s.argument is None for s in problem.stand):
        facts = [" < pi < ".join(PI_BETWEEN), *facts]
    return ", ".join(facts) + (f", for {', '.join(meant)}" if meant else "")


def _inhabited(problem: Circular) -> bool:
    """Whether a point is known at which the hypotheses hold.

    Where they do not speak of pi, sin and cos, the point that the proof comes with is one.
    """
    names = {s.name for s in problem.stand}
    return not any(names & logic.variables_of(h) for h in problem.sequent.hypotheses) or seen_inside(problem)


def _without_value(problem: Circular, point: Mapping[str, object], condition: logic.Formula) -> str:
    goal, needed = map(problem.as_written, (problem.sequent.goal, condition))
    return f"{_where(point)}: {goal} is undefined: {needed} does not hold"


def _where(point: Mapping[str, object]) -> str:
    return ", ".join(f"{name} = {v}" for name, v in point.items()) or "everywhere"


def _refuted_at(problem: Circular, failed: Failure) -> Outcome:
    """What is said of a counterexample at a multiple of pi."""
    point = {name: t.value if isinstance(t, logic.Num) else t for name, t in failed.theta.items()}
    uses = f"it uses that {known(failed.here)}"
    if failed.undefined is None:
        said = f"{_where(point)}: the hypotheses hold and the statement does not, by a certificate"
        return _refuted("violates", point, said, uses, certificate=failed.found.certificate)
    said = f"{_without_value(problem, point, failed.undefined)}, by a certificate"
    return _refuted("undefined", point, said, uses, certificate=failed.found.certificate)


def _refuted(kind: Kind, point: Values, *why: str, certificate: dict[str, Any] | None = None) -> Outcome:
    """A point that both kinds of intervals see to be a counterexample, or that a certificate shows to be one."""
    return Outcome(Verdict.REFUTED, KINDS[kind], certificate, dict(point), why)


def _sides(problem: Circular, point: Values) -> str:
    said, goal = "the statement is false", problem.sequent.goal
    if isinstance(goal, logic.Rel):
        with flint.ctx.workprec(PRECISION):
            balls = balls_at(problem, point)
            left, right = (value(raw(side), balls).str(12) for side in (goal.lhs, goal.rhs))
        said = f"left side {left}, right side {right}"
    return f"{_where(point)}: {said}"
