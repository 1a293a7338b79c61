"""Terms and formulas of a problem written out in the coordinates of R^d, outcome by outcome."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.kernel.reals.terms import Formula, Term, names_in
from verify.language import logic
from verify.language.evaluation import Undecided, Undefined, evaluate
from verify.runtime.budget import spend
from verify.spaces.models.model import Chances
from verify.spaces.problems.problem import Problem
from verify.spaces.refutation.given import Unusable
from verify.spaces.refutation.templates import Arrow, add, scale, sub

MOST_STEPS = 30_000  # terms written out for one instance
LONGEST = 12  # of a sum or a range


class Coordinates(ABC):
    """How terms are written out; what stands for a name says the class that knows the names."""

    problem: Problem
    dimension: int
    chances: Chances
    steps: int

    @abstractmethod
    def name(self, n: str, w: int) -> Any:
        """A name at an outcome: a term, or a tuple of terms."""

    @abstractmethod
    def member(self, n: str, i: int, w: int) -> Any:
        """A member of a family at an outcome."""

    @abstractmethod
    def operator(self, n: str) -> list[list[logic.Term]]:
        """The matrix of an operator."""

    # -- terms

    @property
    def zero(self) -> Arrow:
        return (logic.ZERO,) * self.dimension

    def scalar(self, t: Term, w: int, bound: Mapping[str, Any]) -> logic.Term:
        found: logic.Term | Arrow = self.term(t, w, bound)
        if isinstance(found, tuple):
            raise Unusable("a vector stands where a number has to")
        return found

    def vector(self, t: Term, w: int, bound: Mapping[str, Any]) -> Arrow:
        found: logic.Term | Arrow = self.term(t, w, bound)
        if not isinstance(found, tuple):
            raise Unusable("a number stands where a vector has to")
        return found

    def term(self, t: Term, w: int, bound: Mapping[str, Any]) -> Any:
        """A term at an outcome: a term in the coordinates, or a tuple of them."""
        self.steps += 1
        spend(5)
        if self.steps > MOST_STEPS:
            raise Unusable("the statement is too long when it is written out")
        if isinstance(t, (int, Fraction)):
            return logic.num(Fraction(t))
        if isinstance(t, str):
            if t in bound:
                return logic.num(bound[t]) if isinstance(bound[t], int) else bound[t]
            return self.name(t, w)
        match t:
            case ("zero",):
                return self.zero
            case ("inner", u, v):
                return inner(self.vector(u, w, bound), self.vector(v, w, bound))
            case ("^", ("norm", u), 2):
                v = self.vector(u, w, bound)
                return inner(v, v)
            case ("norm", u):
                v = self.vector(u, w, bound)
                return logic.App("abs", v) if len(v) == 1 else logic.App("sqrt", (inner(v, v),))
            case ("scale", s, v):
                c = self.scalar(s, w, bound)
                return tuple(scale(c, x) for x in self.vector(v, w, bound))
            case ("apply", a, v):
                x = self.vector(v, w, bound)
                return tuple(add(*(scale(m, c) for m, c in zip(row, x, strict=True))) for row in self.operator(a))
            case ("at", family, index):
                return self.member(family, self.whole(index, w, bound), w)
            case ("E", int(level), body):
                atom = self.chances.atom(level, w)
                mass = sum((self.chances.weights[v] for v in atom), Fraction(0))
                return total([weighted(self.chances.weights[v] / mass, self.term(body, v, bound)) for v in atom])
            case ("sum", i, low, high, body):
                parts = [self.term(body, w, {**bound, i: k}) for k in self.range(low, high, w, bound)]
                return total(parts) if parts else self.nothing(body)
            case (op, *args):
                parts = [self.term(a, w, bound) for a in args]
                return combined(op, parts)
        raise Unusable("not a term")

    def nothing(self, body: Term) -> Any:
        """The sum of no terms."""
        kinds = {self.problem.names[n].kind for n in names_in(body) if n in self.problem.names}
        if kinds & {"vector", "vectors"}:
            raise Unusable("an empty sum, perhaps of vectors")
        return logic.ZERO

    def whole(self, t: Term, w: int, bound: Mapping[str, Any]) -> int:
        try:
            v = evaluate(self.scalar(t, w, bound), {})
        except (KeyError, Undefined, Undecided):
            raise Unusable("an index is not a number here") from None
        if not isinstance(v, Fraction) or v.denominator != 1:
            raise Unusable("an index is not whole")
        return int(v)

    def range(self, low: Term, high: Term, w: int, bound: Mapping[str, Any]) -> range:
        first, last = self.whole(low, w, bound), self.whole(high, w, bound)
        if last - first > LONGEST or last < first - 1:
            raise Unusable("a range is too long, or runs backwards")
        return range(first, last + 1)

    # -- formulas

    def formula(self, f: Formula, w: int, bound: Mapping[str, Any]) -> logic.Formula:
        """A formula at an outcome."""
        match f:
            case ("and", *parts):
                return logic.conj(*(self.formula(p, w, bound) for p in parts))
            case ("all", t, low, high, body):
                return logic.conj(*(self.formula(body, w, {**bound, t: i}) for i in self.range(low, high, w, bound)))
            case ("same", u, v):
                pairs = zip(self.vector(u, w, bound), self.vector(v, w, bound), strict=True)
                return logic.conj(*(logic.Rel("==", a, b) for a, b in pairs))
            case ("every", u, _, (relation, left, right)):
                return self.every(u, relation, left, right, w, bound)
            case (relation, left, right) if relation in logic.RELATIONS:
                return logic.Rel(relation, self.scalar(left, w, bound), self.scalar(right, w, bound))
        raise Unusable(f"{f[0]} is not written out")

    def every(self, u: str, op: str, left: Term, right: Term, w: int, bound: Mapping[str, Any]) -> logic.Formula:
        """A relation of quadratic forms: on the axes, and the determinant in the plane."""
        n = range(self.dimension)

        def gap(*axes: int) -> logic.Term:
            at = {**bound, u: tuple(logic.ONE if i in axes else logic.ZERO for i in n)}
            a, b = self.scalar(left, w, at), self.scalar(right, w, at)
            return folded(sub(a, b) if op == ">=" else sub(b, a))

        single = [gap(i) for i in n]
        relation = "==" if op == "==" else ">="
        parts: list[logic.Formula] = [logic.Rel(relation, g, logic.ZERO) for g in single]
        if self.dimension == 2:
            cross = sub(gap(0, 1), add(*single))
            rest = sub(scale(logic.num(4), scale(single[0], single[1])), scale(cross, cross))
            parts.append(logic.Rel(">=", rest, logic.ZERO))
        return logic.conj(*parts)


def inner(u: Arrow, v: Arrow) -> logic.Term:
    if u == v:
        return add(*(logic.power(a, 2) for a in u))
    return add(*(scale(a, b) for a, b in zip(u, v, strict=True)))


def weighted(p: Fraction, x: Any) -> Any:
    return tuple(scale(logic.num(p), c) for c in x) if isinstance(x, tuple) else scale(logic.num(p), x)


def total(parts: list[Any]) -> Any:
    if any(isinstance(p, tuple) for p in parts):
        return tuple(add(*cs) for cs in zip(*parts, strict=True))
    return add(*parts)


def combined(op: str, parts: list[Any]) -> Any:
    """An operation on terms, or a sum or the negative of vectors."""
    if any(isinstance(p, tuple) for p in parts):
        if op == "+":
            return total(parts)
        if op == "-":
            return tuple(scale(logic.num(-1), c) for c in parts[0])
        raise Unusable(f"{op} of a vector")
    if op == "+":
        return add(*parts)
    if op == "*":
        out = parts[0]
        for p in parts[1:]:
            out = scale(out, p)
        return out
    return logic.neg(parts[0]) if op == "-" else logic.App(op, tuple(parts))


def folded(t: logic.Term) -> logic.Term:
    """A term without variables as its value."""
    if logic.variables_of(t):
        return t
    try:
        v = evaluate(t, {})
    except (Undefined, Undecided):
        return t
    return logic.num(v) if isinstance(v, Fraction) else t
