"""The first evaluation: what a statement amounts to in a model, for all outcomes at once.

A term has one value per outcome, a fraction, a ball that encloses an irrational number, or a tuple of these for a
vector; numbers are computed by ``verify.language.evaluation``. What cannot be told for certain raises ``Undecided``,
what has no value ``Undefined``. Where a sum runs over less than nothing (from 5 to 2), readings differ, and it is
undecided; the same holds for powers whose exponent is not whole by its form and whose base is not positive.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import flint

from verify.kernel.reals.terms import Formula, Term
from verify.language.evaluation import SIGNS, Point, Undecided, Undefined, evaluate, sign, whole
from verify.spaces.models.arithmetic import combined, compared, inner, integer, number
from verify.spaces.models.model import Model
from verify.spaces.models.quadratic_forms import is_form, semidefinite
from verify.spaces.models.verdict import Judgement
from verify.spaces.problems.problem import Problem

Row = tuple[Any, ...]  # by outcome: numbers, or tuples of numbers
Bound = Mapping[str, Any]  # values of the bound names: whole numbers, or a vector
PRECISION = 400  # bits of the balls
LONGEST = 1000  # indices that a sum or a formula runs over
ARITHMETIC = ("+", "*", "-", "/", "sqrt", "exp", "log", "abs", "min", "max")


def judge(problem: Problem, model: Model) -> Judgement:
    """Whether the model is a counterexample, by the first evaluation.

    ``refuted`` only where the model is one for the names, all definitions and hypotheses are defined and true at all
    outcomes, and a goal is undefined or false at some outcome.
    """
    flaw = model.flaw(problem.names)
    if flaw:
        return Judgement(None, flaw)
    with flint.ctx.workprec(PRECISION):
        return _judge(problem, Evaluation(problem, model))


def _judge(problem: Problem, at: Evaluation) -> Judgement:
    try:
        for name, term in problem.definitions:
            if not all(at.equal(u, v) for u, v in zip(at.value(name, {}), at.value(term, {}), strict=True)):
                return Judgement(None, f"{name} is not what it is defined to be")
        for h in problem.hypotheses:
            if False in at.holds(h.formula, {}):
                return Judgement(None, f"an assumption is false: {h.source}")
    except (Undefined, Undecided) as reason:
        return Judgement(None, f"an assumption: {reason}")
    doubt = ""
    for place, goal in enumerate(problem.goals):
        try:
            row = at.holds(goal, {})
        except Undefined as reason:
            return Judgement("undefined", str(reason), place)
        except Undecided as reason:
            doubt = doubt or f"a goal: {reason}"
            continue
        if False in row:
            return Judgement("violates", "", place, row.index(False))
    return Judgement(None, doubt or "all goals hold")


def difference(problem: Problem, model: Model) -> float:
    """How far the two sides of the goal are apart, at the outcome where they are furthest; about, for a ranking."""
    at = Evaluation(problem, model)
    with flint.ctx.workprec(PRECISION):
        _, left, right = problem.goals[0]
        pairs = zip(at.scalar(left, {}), at.scalar(right, {}), strict=True)
        return max(abs(float(a) - float(b)) for a, b in pairs)


class Evaluation:
    """Terms and formulas of a problem in one model."""

    def __init__(self, problem: Problem, model: Model) -> None:
        self.model, self.names = model, problem.names
        self.outcomes = range(len(model.chances.weights))
        self.integers = frozenset(n for n, s in problem.names.items() if s.kind == "integer")

    # -- formulas

    def holds(self, f: Formula, bound: Bound) -> list[bool]:
        """By outcome, whether a formula is true there."""
        match f:
            case ("and", *parts):
                rows = [self.holds(p, bound) for p in parts]
                return [all(row[w] for row in rows) for w in self.outcomes]
            case ("all", t, low, high, body):
                found = [self.holds(body, {**bound, t: i}) for i in self.indices(low, high, bound, empty=True)]
                return [all(row[w] for row in found) for w in self.outcomes]
            case ("same", u, v):
                return [self.equal(a, b) for a, b in zip(self.vector(u, bound), self.vector(v, bound), strict=True)]
            case ("every", u, _, (relation, left, right)):
                return self.every(u, relation, left, right, bound)
            case (relation, left, right) if relation in SIGNS:
                pairs = zip(self.scalar(left, bound), self.scalar(right, bound), strict=True)
                return [compared(a, b) in SIGNS[relation] for a, b in pairs]
        raise Undecided(f"{f[0]} is not evaluated")

    def equal(self, a: Any, b: Any) -> bool:
        """Whether two numbers or two vectors are equal."""
        if isinstance(a, tuple) and isinstance(b, tuple):
            return all(compared(x, y) == 0 for x, y in zip(a, b, strict=True))
        if isinstance(a, tuple) or isinstance(b, tuple):
            raise Undecided("a vector is compared with a number")
        return compared(a, b) == 0

    def every(self, u: str, relation: str, left: Term, right: Term, bound: Bound) -> list[bool]:
        """A relation between quadratic forms in ``u``, for every vector: by the matrix of their difference."""
        if relation not in ("<=", ">=", "==") or not (is_form(left, u) and is_form(right, u)):
            raise Undecided("a formula about every vector is decided for quadratic forms only")
        small, large = (left, right) if relation != ">=" else (right, left)
        n = range(self.model.dimension)
        basis = [tuple(Fraction(i == j) for j in n) for i in n]

        def gap(v: tuple[Fraction, ...]) -> Row:
            at = {**bound, u: v}
            sides = [self.scalar(small, at), self.scalar(large, at)]
            if not all(isinstance(x, Fraction) for row in sides for x in row):
                raise Undecided("a quadratic form has irrational coefficients")
            return tuple(b - a for a, b in zip(*sides, strict=True))

        single = [gap(e) for e in basis]
        double = [[gap(tuple(x + y for x, y in zip(basis[i], basis[j], strict=True))) for j in n] for i in n]
        out = []
        for w in self.outcomes:
            m = [[(double[i][j][w] - single[i][w] - single[j][w]) / 2 for j in n] for i in n]
            out.append(not any(x for row in m for x in row) if relation == "==" else semidefinite(m))
        return out

    # -- terms

    def scalar(self, t: Term, bound: Bound) -> Row:
        row = self.value(t, bound)
        if any(isinstance(v, (tuple, Mapping)) for v in row):
            raise Undecided("a vector stands where a number has to")
        return row

    def vector(self, t: Term, bound: Bound) -> Row:
        row = self.value(t, bound)
        if not all(isinstance(v, tuple) and not any(isinstance(x, tuple) for x in v) for v in row):
            raise Undecided("a number stands where a vector has to")
        return row

    def value(self, t: Term, bound: Bound) -> Row:
        """By outcome, the value of a term."""
        if isinstance(t, (int, Fraction)):
            return tuple(Fraction(t) for _ in self.outcomes)
        if isinstance(t, str):
            if t in bound:
                v = bound[t]
                return tuple(Fraction(v) if isinstance(v, int) else v for _ in self.outcomes)
            return self.model.values[t]
        match t:
            case ("zero",):
                return tuple((Fraction(0),) * self.model.dimension for _ in self.outcomes)
            case ("inner", u, v):
                return self.along(inner, self.vector(u, bound), self.vector(v, bound))
            case ("norm", u):
                squares = [inner(v, v) for v in self.vector(u, bound)]
                return tuple(number("sqrt", s) for s in squares)
            case ("scale", s, v):
                return self.along(
                    lambda a, x: tuple(number("*", a, c) for c in x), self.scalar(s, bound), self.vector(v, bound)
                )
            case ("apply", a, v):
                return self.along(
                    lambda m, x: tuple(inner(r, x) for r in m), self.model.values[a], self.vector(v, bound)
                )
            case ("at", family, index):
                return self.along(self.member(family), self.model.values[family], self.scalar(index, bound))
            case ("E", int(level), body):
                return self.expected(level, self.value(body, bound))
            case ("sum", i, low, high, body):
                return self.total(i, low, high, body, bound)
            case ("^", ("norm", u), int(n)) if n > 0 and n % 2 == 0:  # exact, where the norm may be irrational
                return tuple(evaluate(("^", "a", n // 2), {"a": inner(v, v)}) for v in self.vector(u, bound))
            case ("^", base, exponent):
                return self.power(base, exponent, bound)
            case (op, *args) if op in ARITHMETIC:
                rows = [self.value(a, bound) for a in args]
                return tuple(combined(op, [row[w] for row in rows]) for w in self.outcomes)
        raise Undecided(f"{t[0]} is not evaluated")

    def along(self, f: Callable[[Any, Any], Any], one: Row, other: Row) -> Row:
        return tuple(f(a, b) for a, b in zip(one, other, strict=True))

    def member(self, family: str) -> Callable[[Any, Any], Any]:
        def found(table: Any, i: Any) -> Any:
            if integer(i) not in table:
                raise Undecided(f"{family} has no value in the model at {i}")
            return table[integer(i)]

        return found

    def expected(self, level: int, row: Row) -> Row:
        """The average over what the stage cannot tell apart."""
        chances = self.model.chances
        out = []
        for w in self.outcomes:
            atom = chances.atom(level, w)
            mass = sum((chances.weights[v] for v in atom), Fraction(0))
            parts = [(chances.weights[v] / mass, row[v]) for v in atom]
            if isinstance(row[w], tuple):
                n = range(self.model.dimension)
                out.append(tuple(combined("+", [number("*", p, x[i]) for p, x in parts]) for i in n))
            else:
                out.append(combined("+", [number("*", p, x) for p, x in parts]))
        return tuple(out)

    def indices(self, low: Term, high: Term, bound: Bound, *, empty: bool) -> range:
        """The indices from ``low`` to ``high``; ``empty``: it means something that there are none, however few."""
        ends = {
            tuple(integer(v) for v in pair)
            for pair in zip(self.scalar(low, bound), self.scalar(high, bound), strict=True)
        }
        if len(ends) != 1:
            raise Undecided("a range depends on the outcome")
        ((first, last),) = ends
        if last < first - 1 and not empty:
            raise Undecided("a sum runs backwards")
        if last - first > LONGEST:
            raise Undecided("a range is too long")
        return range(first, last + 1)

    def total(self, i: str, low: Term, high: Term, body: Term, bound: Bound) -> Row:
        rows = [self.value(body, {**bound, i: k}) for k in self.indices(low, high, bound, empty=False)]
        if not rows:
            of_vectors = self.is_vector(body, {**bound, i: 0})
            zero: Any = (Fraction(0),) * self.model.dimension if of_vectors else Fraction(0)
            return tuple(zero for _ in self.outcomes)
        return tuple(combined("+", [row[w] for row in rows]) for w in self.outcomes)

    def is_vector(self, t: Term, bound: Bound) -> bool:
        """Whether a term is a vector, by its form."""
        if isinstance(t, str):
            return isinstance(bound[t], tuple) if t in bound else self.names[t].kind == "vector"
        match t:
            case ("zero" | "scale" | "apply", *_):
                return True
            case ("+" | "-", part, *_) | ("E", _, part):
                return self.is_vector(part, bound)
            case ("sum", i, _, _, part):
                return self.is_vector(part, {**bound, i: 0})
            case ("at", family, _):
                return self.names[family].kind == "vectors"
        return False

    def power(self, base: Term, exponent: Term, bound: Bound) -> Row:
        below = self.scalar(base, bound)
        if isinstance(exponent, int) or (isinstance(exponent, Fraction) and exponent.denominator == 1):
            return tuple(evaluate(("^", "a", int(exponent)), {"a": v}) for v in below)
        known = {n for n, v in bound.items() if isinstance(v, int)}
        by_form = plain(exponent)
        out = []
        for w, v in enumerate(below):
            above = self.scalar(exponent, bound)[w]
            if by_form and isinstance(above, Fraction) and above.denominator == 1:
                at = {n: row[w] for n, row in self.model.values.items()} | {n: Fraction(bound[n]) for n in known}
                if whole(exponent, Point(at, self.integers | known)):
                    out.append(evaluate(("^", "a", int(above)), {"a": v}))
                    continue
            if sign(v) != 1:
                raise Undecided(
                    "a power with an exponent that is not whole by its form, of a base that is not positive"
                )
            out.append(evaluate(("^", "a", "b"), {"a": v, "b": above}))
        return tuple(out)


def plain(t: Term) -> bool:
    """Whether a term is made of names and numbers by arithmetic alone."""
    if isinstance(t, tuple):
        return t[0] in ("+", "*", "-", "/", "^", "abs", "min", "max") and all(map(plain, t[1:]))
    return True
