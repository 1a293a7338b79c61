"""What is known of sin and cos where the argument t lies in some range: laws with a premise, the narrowest range first.

- The Taylor polynomials of sin at 0 bound it alternately for t > 0, and those of cos for t != 0: each is the integral
  of the one before, from cos t <= 1 on. So sin t < t, sin t > t - t^3/6, cos t > 1 - t^2/2; and |sin t| < t. For t < 0
  sin is odd. Where no sign is known this holds of t sin t and of cos t, with equality allowed.
- sin t > 0 for 0 < t < pi, and cos t > 0 for -pi/2 < t < pi/2, with equality allowed at the ends.
- pi sin t > 2 t for 0 < t < pi/2 (Jordan), with equality allowed at the ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import factorial

from verify.language.circular import Circular
from verify.language.circular_laws import PI, Stands, degree, of_one
from verify.language.logic import (
    MIRRORED,
    TRUE,
    ZERO,
    Formula,
    Rel,
    Term,
    Var,
    add,
    conj,
    div,
    mul,
    neg,
    num,
    power,
    relations,
    sub,
)

MOST_DEGREE = 11  # of a Taylor polynomial


@dataclass(frozen=True)
class Law:
    """The relations of ``conclusion`` hold of every argument of which ``premise`` does.

    ``needless``: a fact that they say more than.
    """

    premise: Formula
    conclusion: tuple[Rel, ...]
    needless: Formula | None = None


def with_pi(problem: Circular) -> Circular:
    """The same with pi among what is known, which the ranges are about."""
    pi = Stands(PI, PI)
    if pi in problem.stand:
        return problem
    return replace(problem, stand=(pi, *problem.stand), facts=(*of_one(pi, {}), *problem.facts))


def taylor_degree(problem: Circular, t: Term) -> int:
    """Up to which degree in t Taylor polynomials are used: two more than the statement has, for a quotient by t^2."""
    sides = [
        degree(side)
        for f in (*problem.sequent.hypotheses, problem.sequent.goal)
        for r in relations(f)
        for side in (r.lhs, r.rhs)
    ]
    inside = degree(t)
    return min(max(sides, default=0) // inside + 2, MOST_DEGREE) if inside else MOST_DEGREE


def ranges(problem: Circular) -> Iterator[list[Law]]:
    """Laws about the values: of each list the first whose premise holds in the domain says most."""
    for s in problem.stand:
        if s.argument is None:
            continue
        x, t = Var(s.name), s.argument
        yield list(_taylor(s.op, x, t, taylor_degree(problem, t)))
        half = div(Var(PI), num(2))
        low, high = (ZERO, Var(PI)) if s.op == "sin" else (neg(half), half)
        yield [Law(_between(op, low, t, high), (Rel(op, ZERO, x),)) for op in ("<", "<=")]
        if s.op == "sin":
            yield [Law(_between(op, ZERO, t, half), (Rel(op, mul(num(2), t), mul(Var(PI), x)),)) for op in ("<", "<=")]


def _between(op: str, low: Term, t: Term, high: Term) -> Formula:
    return conj(Rel(op, low, t), Rel(op, t, high))


def _taylor(op: str, x: Var, t: Term, most: int) -> Iterator[Law]:
    """That Taylor polynomials bound a value, by the sign of its argument."""
    sums = list(taylor_sums(op, t, most))
    if op == "cos":
        least = Rel(">=", x, sub(num(1), div(power(t, 2), num(2))))  # as ``of_one`` writes it
        yield Law(Rel("!=", t, ZERO), tuple(Rel(side, x, p) for side, p in sums), least)
        yield Law(TRUE, tuple(Rel(side + "=", x, p) for side, p in sums), least)
        return
    for premise in (">", "<", ">=", "<="):
        equal = premise[1:]
        sides = [(">", neg(t)), *sums]
        turned = [((MIRRORED[side] if premise[0] == "<" else side) + equal, p) for side, p in sides]
        most_square = Rel("<=", power(x, 2), power(t, 2))
        yield Law(Rel(premise, t, ZERO), tuple(Rel(side, x, p) for side, p in turned), most_square)
    yield Law(TRUE, tuple(Rel(side + "=", mul(t, x), mul(t, p)) for side, p in sums))


def taylor_sums(op: str, t: Term, most: int) -> Iterator[tuple[str, Term]]:
    """Taylor polynomials at 0 up to a degree, and on which side of them the value is for t > 0."""
    summands: list[Term] = []
    first = 1 if op == "sin" else 0
    for k, n in enumerate(range(first, most + 1, 2)):
        size = t if n == 1 else div(power(t, n), num(factorial(n))) if n else num(1)
        summands.append(size if k % 2 == 0 else neg(size))
        if n > 0:
            yield ("<" if k % 2 == 0 else ">"), add(*summands)
