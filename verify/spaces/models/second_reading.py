"""A statement read at one outcome of a model, for the second evaluation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import combinations, count
from typing import Any, NoReturn, TypeVar

from verify.counterexamples.interval_numbers import Arithmetic, Doubt, NoValue, Number, arithmetic
from verify.language.logic import Num, Var
from verify.spaces.models.model import Model
from verify.spaces.problems.problem import Problem

Terms = Any  # terms and formulas of the kernel: names, numbers, tuples
MOST_STEPS = 400_000  # terms read in one reading
T = TypeVar("T")


class Reading:
    """A problem read at one outcome of a model."""

    def __init__(self, problem: Problem, model: Model, outcome: int, bits: int) -> None:
        self.problem, self.model, self.outcome, self.bits = problem, model, outcome, bits
        self.numbers: Arithmetic = arithmetic(bits)
        self.local: dict[str, Any] = {}  # bound names: whole numbers, or vectors
        self.fresh = count()
        self.steps = 0

    def elsewhere(self, outcome: int) -> Reading:
        """The same reading at another outcome."""
        if outcome == self.outcome:
            return self
        other = Reading(self.problem, self.model, outcome, self.bits)
        other.local, other.fresh = self.local, self.fresh
        return other

    def step(self) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Doubt("a statement takes too long to read")

    # -- formulas

    def true(self, f: Terms) -> bool:
        self.step()
        head = f[0]
        if head == "and":
            return all([self.true(part) for part in f[1:]])
        if head == "all":
            first, last = self.whole(f[2]), self.whole(f[3])
            return all([self.bound(f[1], i, lambda: self.true(f[4])) for i in range(first, last + 1)])
        if head == "same":
            gaps = [self.numbers.minus(a, b) for a, b in zip(self.arrow(f[1]), self.arrow(f[2]), strict=True)]
            return all([self.numbers.sign(g) == 0 for g in gaps])
        if head == "every":
            return self.for_every(f[1], f[3])
        if head not in ("==", "!=", "<", "<=", ">", ">="):
            raise Doubt(f"{head} is not read")
        s = self.numbers.sign(self.numbers.minus(self.real(f[1]), self.real(f[2])))
        return {"==": s == 0, "!=": s != 0, "<": s < 0, "<=": s <= 0, ">": s > 0, ">=": s >= 0}[head]

    def for_every(self, u: str, f: Terms) -> bool:
        """``q1(u) <= q2(u)`` for every u, by the principal minors of the difference."""
        if f[0] not in ("==", "<=", ">=") or any(self.degree(side, u) not in (2, None) for side in f[1:]):
            raise Doubt("what holds for every vector is read for quadratic forms only")
        d = self.model.dimension

        def form(v: tuple[int, ...]) -> Fraction:
            vector = [self.exactly(Fraction(x)) for x in v]
            gap = self.bound(u, vector, lambda: self.numbers.minus(self.real(f[2]), self.real(f[1])))
            if gap.exact is None:
                raise Doubt("a quadratic form with irrational values")
            return gap.exact if f[0] != ">=" else -gap.exact

        matrix = [[Fraction(0)] * d for _ in range(d)]
        for i in range(d):
            matrix[i][i] = form(tuple(int(k == i) for k in range(d)))
        for i, j in combinations(range(d), 2):
            plus = form(tuple(int(k in (i, j)) for k in range(d)))
            minus = form(tuple(int(k == i) - int(k == j) for k in range(d)))
            matrix[i][j] = matrix[j][i] = (plus - minus) / 4
        if f[0] == "==":
            return not any(any(row) for row in matrix)
        minors = (c for k in range(1, d + 1) for c in combinations(range(d), k))
        return all(_determinant([[matrix[i][j] for j in c] for i in c]) >= 0 for c in minors)

    def degree(self, t: Terms, u: str) -> int | None:
        """The degree in ``u`` of a term that is homogeneous in it by its shape; None for the number or vector 0."""
        if t == 0 or t == ("zero",):
            return None
        if not isinstance(t, tuple):
            return int(t == u)
        if t[0] in ("+", "-"):
            found = {self.degree(p, u) for p in t[1:]} - {None}
            if len(found) > 1:
                raise Doubt("a sum of different degrees in a vector")
            return found.pop() if found else None
        if t[0] in ("*", "scale", "inner"):
            parts = [self.degree(p, u) for p in t[1:]]
            return None if None in parts else sum(p for p in parts if p is not None)
        if t[0] == "apply":
            return self.degree(t[2], u)
        if t[0] == "^" and isinstance(t[1], tuple) and t[1][0] == "norm" and t[2] == 2:
            inside = self.degree(t[1][1], u)
            return None if inside is None else 2 * inside
        if t[0] == "/" and self.degree(t[2], u) == 0:
            return self.degree(t[1], u)
        if any(_occurs(p, u) for p in t[1:]):
            raise Doubt("a vector that is bound stands in an unusual place")
        return 0

    def bound(self, name: str, value: Any, read: Callable[[], T]) -> T:
        """What is read while a name stands for a value."""
        before = dict(self.local)
        self.local[name] = value
        try:
            return read()
        finally:
            self.local.clear()
            self.local.update(before)

    # -- numbers

    def exactly(self, q: Fraction) -> Number:
        return self.numbers.rational(q)

    def sum(self, parts: list[Number]) -> Number:
        total = self.exactly(Fraction(0))
        for p in parts:
            total = self.numbers.plus(total, p)
        return total

    def root(self, a: Number) -> Number:
        key = Num(a.exact) if a.exact is not None else Var(f"{next(self.fresh)}")
        return self.numbers.root(key, a, 2)

    def whole(self, t: Terms) -> int:
        v = self.real(t).exact
        if v is None or v.denominator != 1:
            raise Doubt("an index is not whole")
        return v.numerator

    def real(self, t: Terms) -> Number:
        """The number that a term is at this outcome."""
        self.step()
        if isinstance(t, (int, Fraction)):
            return self.exactly(Fraction(t))
        if isinstance(t, str):
            v = self.local[t] if t in self.local else self.model.values[t][self.outcome]
            if isinstance(v, int):
                return self.exactly(Fraction(v))
            if not isinstance(v, Fraction):
                _wrong("a number")
            return self.exactly(v)
        head, rest = t[0], t[1:]
        if head == "inner":
            pairs = zip(self.arrow(rest[0]), self.arrow(rest[1]), strict=True)
            return self.sum([self.numbers.times(a, b) for a, b in pairs])
        if head == "norm":
            return self.root(self.sum([self.numbers.whole_power(x, 2) for x in self.arrow(rest[0])]))
        if head == "E":
            return self.sum([self.numbers.times(self.exactly(p), r.real(rest[1])) for p, r in self.others(rest[0])])
        if head == "sum":
            return self.sum([self.bound(rest[0], i, lambda: self.real(rest[3])) for i in self.range(rest)])
        if head == "at":
            v = self.member(rest)
            if isinstance(v, tuple):
                _wrong("a number")
            return self.exactly(v)
        if head == "^":
            return self.power(*rest)
        return self.operation(head, [self.real(a) for a in rest])

    def operation(self, head: str, parts: list[Number]) -> Number:
        first, n = parts[0], self.numbers
        if head == "+":
            return self.sum(parts)
        if head == "*":
            for p in parts[1:]:
                first = n.times(first, p)
            return first
        if head == "/":
            if self.numbers.sign(parts[1]) == 0:
                raise NoValue("division by zero")
            return n.over(first, parts[1])
        if head in ("min", "max"):
            for p in parts[1:]:
                if (self.numbers.sign(self.numbers.minus(p, first)) < 0) == (head == "min"):
                    first = p
            return first
        if head == "-" or (head == "abs" and self.numbers.sign(first) < 0):
            return n.times(self.exactly(Fraction(-1)), first)
        if head == "sqrt":
            return self.root(first)
        if head in ("abs", "log", "exp"):
            return first if head == "abs" else n.log(first) if head == "log" else n.exp(first)
        raise Doubt(f"{head} is not read")

    def power(self, base: Terms, exponent: Terms) -> Number:
        if isinstance(base, tuple) and base[0] == "norm" and exponent == 2:  # without the root, which may be irrational
            return self.sum([self.numbers.times(x, x) for x in self.arrow(base[1])])
        below, above = self.real(base), self.real(exponent).exact
        if above is not None and above.denominator == 1 and self.countable(exponent):
            return self.numbers.whole_power(below, above.numerator)
        if self.numbers.sign(below) <= 0:
            raise Doubt("a real power of a number that is not positive")
        if above is not None and above.denominator == 1:
            return self.numbers.whole_power(below, above.numerator)
        return self.numbers.exp(self.numbers.times(self.real(exponent), self.numbers.log(below)))

    def countable(self, t: Terms) -> bool:
        """Whether a term is whole by its form: whole numbers and integers, added and multiplied."""
        if isinstance(t, str):
            return isinstance(self.local.get(t), int) or (
                t not in self.local and self.problem.names[t].kind == "integer"
            )
        if isinstance(t, tuple):
            return t[0] in ("+", "*", "-", "abs", "min", "max") and all(self.countable(a) for a in t[1:])
        return Fraction(t).denominator == 1

    # -- vectors

    def arrow(self, t: Terms) -> list[Number]:
        """The coordinates of a vector at this outcome."""
        self.step()
        d = range(self.model.dimension)
        zero = [self.exactly(Fraction(0)) for _ in d]
        if isinstance(t, str):
            v: Any = self.local[t] if t in self.local else self.model.values[t][self.outcome]
            if isinstance(v, list):
                return v
            return [self.exactly(x) for x in v] if isinstance(v, tuple) else _wrong("a vector")
        if not isinstance(t, tuple):
            _wrong("a vector")
        head, rest = t[0], t[1:]
        if head == "zero":
            return zero
        if head == "at":
            found = self.member(rest)
            return [self.exactly(x) for x in found] if isinstance(found, tuple) else _wrong("a vector")
        if head == "scale":
            return self.stretched(self.real(rest[0]), self.arrow(rest[1]))
        if head == "-":
            return self.stretched(self.exactly(Fraction(-1)), self.arrow(rest[0]))
        if head == "apply":
            rows, x = self.model.values[rest[0]][self.outcome], self.arrow(rest[1])
            return [self.sum([self.numbers.times(self.exactly(rows[i][j]), x[j]) for j in d]) for i in d]  # type: ignore[index]
        if head == "+":
            parts = [self.arrow(a) for a in rest]
        elif head == "E":
            parts = [r.stretched(self.exactly(p), r.arrow(rest[1])) for p, r in self.others(rest[0])]
        elif head == "sum":
            parts = [self.bound(rest[0], i, lambda: self.arrow(rest[3])) for i in self.range(rest)]
        else:
            raise Doubt(f"{head} is not read")
        return [self.sum([p[i] for p in parts]) for i in d]

    def stretched(self, s: Number, v: list[Number]) -> list[Number]:
        return [self.numbers.times(s, x) for x in v]

    # -- expectations, sums, families

    def others(self, level: int) -> list[tuple[Fraction, Reading]]:
        """The outcomes that a stage cannot tell from this one, with their conditional chances."""
        weights, stages = self.model.chances.weights, self.model.chances.stages
        known = stages[level] if level < len(stages) else stages[-1]
        alike = [v for v in range(len(weights)) if known[v] == known[self.outcome]]
        mass = sum(weights[v] for v in alike)
        return [(weights[v] / mass, self.elsewhere(v)) for v in alike]

    def range(self, rest: Terms) -> range:
        first, last = self.whole(rest[1]), self.whole(rest[2])
        if last + 1 < first:
            raise Doubt("a sum over less than nothing")
        return range(first, last + 1)

    def member(self, rest: Terms) -> Any:
        table = self.model.values[rest[0]][self.outcome]
        place = self.whole(rest[1])
        if not isinstance(table, Mapping) or place not in table:
            raise Doubt("a member of a family that the model does not list")
        return table[place]


def _wrong(wanted: str) -> NoReturn:
    raise Doubt(f"something else stands where {wanted} has to")


def _occurs(t: Terms, name: str) -> bool:
    return t == name if not isinstance(t, tuple) else any(_occurs(a, name) for a in t[1:])


def _determinant(m: list[list[Fraction]]) -> Fraction:
    """By expansion along the first row; the matrices have at most three rows."""
    if len(m) == 1:
        return m[0][0]
    cut = [[[x for j, x in enumerate(row) if j != k] for row in m[1:]] for k in range(len(m))]
    return sum(((-1) ** k * m[0][k] * _determinant(cut[k]) for k in range(len(m))), Fraction(0))
