"""Counterexamples at multiples of pi, where values of sin and cos are exact; each with a certificate.

Where a statement fails, or a term has no value, at zeros or greatest values of sin and cos only, no rational point
shows it. At a multiple of pi/6 or pi/4 these values are known exactly (``verify.language.circular_angles``). That the
hypotheses hold there and the statement fails is a statement without variables, which is proved like any other of all
numbers with what is known of pi and of these values. Neither kind of interval arithmetic may see the contrary.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from verify.counterexamples.irrational import at
from verify.counterexamples.refute import SMALL
from verify.language import logic
from verify.language.circular import Circular
from verify.language.circular_angles import expanded
from verify.language.circular_laws import PI, Stands, equations, of_one
from verify.language.circular_ranges import with_pi
from verify.language.definedness import defined
from verify.language.logic import Sequent
from verify.language.rational_functions import fraction, raw
from verify.language.verdict import Verdict
from verify.prover.circular_points import held, seen_in_balls, seen_in_intervals, without_value
from verify.prover.outcome import Outcome

TIMES = tuple(
    Fraction(sign * n, d)
    for n, d in ((0, 1), (1, 1), (1, 2), (2, 1), (3, 2), (1, 3), (1, 6), (1, 4), (2, 3), (5, 6), (3, 4))
    for sign in ((1, -1) if n else (1,))
)
MOST = 500  # points
MOST_TRIALS = 4  # proofs
Theta = dict[str, logic.Term]


@dataclass(frozen=True)
class Failure:
    """A point at which a statement fails, what of it fails, and the certificate."""

    theta: Theta
    undefined: logic.Formula | None  # the condition of having a value that does not hold; None where the goal is false
    here: Circular
    found: Outcome


def failure(problem: Circular, follows: Callable[[Sequent], Outcome]) -> Failure | None:
    """The first multiple of pi at which the statement is proved to fail."""
    problem = with_pi(problem)
    trials = 0
    for theta in multiples(problem.sequent):
        for condition, wanted in ways(problem):
            here = _at(problem, theta, wanted)
            if here is None or not _exactly(here):
                continue
            trials += 1
            if trials > MOST_TRIALS:
                return None
            here = replace(here, facts=tuple(dict.fromkeys((*here.facts, *equations(here.stand)))))
            found = follows(here.general)
            if found.verdict is Verdict.PROVED and not contradicted(problem, theta):
                return Failure(theta, condition, here, found)
    return None


def ways(problem: Circular) -> Iterator[tuple[logic.Formula | None, logic.Formula]]:
    """How the statement fails: a condition of having a value does not hold, where those before do; or it is false."""
    yield from without_value(problem.sequent)
    yield None, logic.negate(problem.sequent.goal)


def multiples(sequent: Sequent) -> Iterator[Theta]:
    """Points whose real coordinates are multiples of pi, some of them with none but 0."""
    choices = [
        [logic.num(v) for v in SMALL if v.denominator == 1] if kind == "integer" else list(map(times_pi, TIMES))
        for _, kind in sequent.variables
    ]
    for values in itertools.islice(itertools.product(*choices), MOST):
        yield {name: t for (name, _), t in zip(sequent.variables, values, strict=True)}


def times_pi(q: Fraction) -> logic.Term:
    """q pi, as people write it."""
    if q == 0:
        return logic.ZERO
    pi = logic.Var(PI)
    above = pi if abs(q.numerator) == 1 else logic.mul(logic.num(abs(q.numerator)), pi)
    of = above if q.denominator == 1 else logic.div(above, logic.num(q.denominator))
    return of if q > 0 else logic.neg(of)


def _at(problem: Circular, theta: Theta, wanted: logic.Formula) -> Circular | None:
    """The statement that at a point the hypotheses hold and what is wanted does; None where it surely is false."""
    whole = logic.conj(held(problem), wanted)
    if seen_in_balls(problem, logic.negate(whole), theta):
        return None
    said = at(replace(problem.sequent, hypotheses=(held(problem),)), theta, wanted)
    stand = tuple(
        s if s.argument is None else Stands(s.name, s.op, logic.substitute_term(s.argument, theta))
        for s in problem.stand
    )
    table = {(s.op, s.argument): s for s in stand}
    here = Circular(said, stand, tuple(fact for s in stand for fact in of_one(s, table)))
    return expanded(here) or here


def _exactly(here: Circular) -> bool:
    """Whether a statement without variables is seen to hold once rational values of sin and cos are put in."""
    exact = {
        f.lhs.name: f.rhs
        for f in here.facts
        if isinstance(f, logic.Rel) and f.op == "==" and isinstance(f.lhs, logic.Var) and isinstance(f.rhs, logic.Num)
    }
    goal = _settled(logic.substitute(here.sequent.goal, exact))
    return seen_in_balls(here, goal, {})


def _settled(f: logic.Formula) -> logic.Formula:
    """A formula in which relations between sides that are the same are true or false."""
    if isinstance(f, logic.Bool):
        return logic.Bool(f.op, tuple(map(_settled, f.args)))
    ratio = fraction(raw(logic.sub(f.lhs, f.rhs)))
    if ratio is None or ratio[1] != 0:
        return f
    return logic.TRUE if f.op in ("==", "<=", ">=") else logic.FALSE


def contradicted(problem: Circular, theta: Theta) -> bool:
    """Whether one kind of intervals sees that a hypothesis does not hold, or that the statement does."""
    sequent = problem.sequent
    fine = logic.conj(defined(sequent.goal, sequent.integers), sequent.goal)
    contrary = logic.Bool("or", (logic.negate(held(problem)), fine))
    return seen_in_balls(problem, contrary, theta) or seen_in_intervals(problem, contrary, theta)
