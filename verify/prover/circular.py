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
from functools import cached_property, partial
from typing import Any, TypeVar

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
from verify.prover.api import BRAKE, KINDS, SPENT, WORK, Report, following, on_boxes, within
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
from verify.runtime.budget import SECOND, Braked, Budget, Spent

MOST_INSIDE = 50  # points of the domain, at each of which a premise has to hold before it is tried to be proved
# Shares of the work that is left, in this order: a proof from few facts, a counterexample, proofs from more facts; the
# rest is for balls. Of what proofs from more facts have left each gets one share, and so does the proof of a premise.
SHARE_OF_FIRST, SHARE_OF_COUNTEREXAMPLE, SHARE_OF_MORE = 1 / 4, 1 / 4, 7 / 8
SHARE_OF_ONE, SHARE_OF_PREMISE = 1 / 2, 1 / 12
Search = Callable[[Sequent], Outcome]
T = TypeVar("T")


def decide(problem: Circular, work: int = WORK, brake: float | None = None, report: Report | None = None) -> Outcome:
    """Prove or refute a statement by searches for statements without pi, sin and cos; arguments as for ``prove``."""
    budget = Budget(work, brake=BRAKE * work / SECOND if brake is None else brake)
    decision = Decision(problem, budget, partial(within, budget, report=report), partial(following, budget))
    with budget.running():
        try:
            return decision.outcome()
        except Spent:
            return decision.inconclusive(SPENT)
        except Braked as reason:
            return decision.inconclusive(str(reason))


class Decision:
    """One decision with one budget.

    ``prove`` looks for a point of the domain too, and raises like ``api.prove``; ``follows`` leaves that to the caller.
    """

    def __init__(self, problem: Circular, budget: Budget, prove: Search, follows: Search) -> None:
        self.problem, self.budget, self.prove, self.follows = problem, budget, prove, follows
        self.tried = [problem]
        self.last: Outcome | None = None  # of the searches

    def part(self, fraction: float, work: Callable[[], T | None]) -> T | None:
        """What a part of the work finds; None where its share is used up."""
        with self.budget.share(fraction):
            return work()
        return None

    def outcome(self) -> Outcome:
        """A proof from few facts; a counterexample; proofs from more facts; balls."""
        problem = self.problem
        found = self.part(SHARE_OF_FIRST, lambda: self.prove(problem.general))
        found = found or Outcome(Verdict.INCONCLUSIVE, "search", why=(SPENT,))
        self.last = found
        decided = self.proved(problem, found)
        if decided is None:
            decided = self.part(SHARE_OF_COUNTEREXAMPLE, lambda: _counterexample(problem, found, self.trial))
        if decided is None:
            decided = self.part(SHARE_OF_MORE, self.with_more)
        if decided is not None:
            return decided
        boxes = enclose(problem.sequent, problem.stand)
        if boxes is not None:
            if not self.inside:
                return Outcome(Verdict.INCONCLUSIVE, "search", why=(WANT_OF_ANY,), timed=self.last.timed)
            return Outcome(Verdict.ENCLOSED, "ball arithmetic", why=(on_boxes(boxes),))
        return self.inconclusive(*(self.last.why if self.last.verdict is Verdict.INCONCLUSIVE else ()))

    def inconclusive(self, *why: str) -> Outcome:
        """What is said where nothing was found: what a proof may use, and why the last search gave up."""
        stand, facts = (
            tuple(dict.fromkeys(itertools.chain(*parts)))
            for parts in ((p.stand for p in self.tried), (p.facts for p in self.tried))
        )
        uses = f"a proof may use only that {known(replace(self.problem, stand=stand, facts=facts))}"
        return Outcome(Verdict.INCONCLUSIVE, "search", why=(uses, *why), timed=self.budget.braked)

    @cached_property
    def inside(self) -> bool:
        """Whether a point of the domain is seen."""
        return seen_inside(self.problem)

    def proved(self, problem: Circular, found: Outcome) -> Outcome | None:
        """What is said of a proof, where the hypotheses are known to hold somewhere; None where there is no proof.

        Numbers with the facts need not be found for that: the values that are meant are such. ``follows`` is used only
        where a point has been seen. Where the hypotheses do not speak of pi, sin and cos, the point that a proof comes
        with is one.
        """
        if not certified(found):
            return None
        names = {s.name for s in problem.stand}
        spoken_of = any(names & logic.variables_of(h) for h in problem.sequent.hypotheses)
        if (spoken_of or found.verdict is not Verdict.PROVED) and not self.inside:
            if found.verdict is Verdict.INCONCLUSIVE:
                return None  # with more that is known it may be seen that there is no point
            return Outcome(Verdict.INCONCLUSIVE, "search", why=(WANT_OF_ANY,), timed=found.timed)
        why = tuple(reason for reason in found.why if reason != WANT_OF_ANY)
        return replace(found, verdict=Verdict.PROVED, why=(*why, f"it uses that {known(problem)}"))

    def trial(self, sequent: Sequent) -> Outcome:
        """Whether one point is a counterexample."""
        found = self.part(SHARE_OF_ONE, lambda: self.follows(sequent))
        return found or Outcome(Verdict.INCONCLUSIVE, "search", why=(SPENT,))

    def with_more(self) -> Outcome | None:
        """A proof from more that is known, what is cheap first."""
        search = self.follows if self.inside else self.prove
        problem = self.problem
        in_angles = self.part(SHARE_OF_ONE, lambda: expanded(problem))
        for more, way in (in_angles, search), (problem.bounded if problem.bounds else None, self.prove):
            decided = None if more is None else self.part(SHARE_OF_ONE, partial(self.from_more, more, way))
            if decided is not None:
                return decided
        problem = with_pi(in_angles or problem)
        laws = list(self.of_domain(problem, search))
        needless = {law.needless for law in laws}
        known_there = tuple(r for law in laws for r in law.conclusion)
        kept = tuple(fact for fact in problem.facts if fact not in needless)
        few = tuple(fact for fact in kept if not _of_one_value(fact))  # with few facts much more is found soon
        for facts in dict.fromkeys((few, kept)) if laws else ():
            more = replace(problem, facts=(*facts, *known_there))
            decided = self.part(SHARE_OF_ONE, partial(self.from_more, more, search))
            if decided is not None:
                return decided
        return None

    def from_more(self, more: Circular, search: Search) -> Outcome | None:
        """A proof from these facts."""
        self.tried.append(more)
        self.last = search(more.general)
        return self.proved(more, self.last)

    def of_domain(self, problem: Circular, search: Search) -> Iterator[Law]:
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
                    goal = replace(domain, goal=premise)
                    found = self.part(SHARE_OF_PREMISE, partial(search, goal)) if tried else None
                    kept[premise] = found is not None and certified(found)
                if kept[premise]:
                    yield law
                    break


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


def _of_one_value(fact: logic.Formula) -> bool:
    """Whether a fact bounds a value of sin or cos by a number."""
    return (
        isinstance(fact, logic.Rel) and fact.op == "<=" and bool({fact.lhs, fact.rhs} & {logic.num(1), logic.num(-1)})
    )


def certified(found: Outcome) -> bool:
    """Whether there is a certificate that the statement follows, with or without a point of its domain."""
    return found.certificate is not None and found.verdict in (Verdict.PROVED, Verdict.INCONCLUSIVE)


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
