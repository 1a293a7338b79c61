"""From trees to terms in the language of ``verify.kernel.spaces``: numbers, vectors, and relations between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from verify.kernel.reals.terms import Formula, Term, minus
from verify.kernel.spaces.terms import closed
from verify.runtime.errors import BadInput, ensured
from verify.spaces.meaning.classes import Point
from verify.spaces.meaning.function_points import Bound, FunctionPoints
from verify.spaces.meaning.operator_terms import applied, bounded
from verify.spaces.meaning.stages import Stages
from verify.spaces.reading.sorts import Sorts
from verify.spaces.reading.surface import Node
from verify.spaces.reading.text import term_text


@dataclass
class Terms:
    """Writes terms; the functions in them are noted in ``points``. ``around``: what binds names where a term stands."""

    sorts: Sorts
    stages: Stages
    points: FunctionPoints
    around: list[Bound] = field(default_factory=list)

    def relation(self, op: str, a: Node, b: Node) -> Formula:
        """A relation between numbers, an equation between vectors, or that their distance is not zero."""
        if "vector" in (self.sorts.of(a), self.sorts.of(b)):
            left, right = self.vector(a), self.vector(b)
            if op == "==":
                return ("same", left, right)
            # The sorts let no other relation through; the checker has no inequality of vectors.
            off = minus(left, right)
            return (op, ("inner", off, off), 0)
        return (op, self.scalar(a), self.scalar(b))

    def scalar(self, t: Node) -> Term:
        """A number."""
        match t.op:
            case "number":
                value = ensured(t.args[0], Fraction)
                return value.numerator if value.denominator == 1 else value
            case "name":
                return str(t.args[0])
            case "+" | "*" | "/":
                return (t.op, *[self.scalar(p) for p in t.parts])
            case "-":
                return ("-", self.scalar(t.parts[0]))
            case "^":
                base, exponent = map(self.scalar, t.parts)
                return ("^", base, exponent)
            case "norm":
                return ("norm", self.vector(t.parts[0]))
            case "inner":
                return ("inner", self.vector(t.parts[0]), self.vector(t.parts[1]))
            case "at":
                return ("at", str(t.args[0]), self.scalar(t.parts[0]))
            case "sum":
                return ("sum", *self.ranged(t), closed(self.inside(t, self.scalar), str(t.args[1])))
            case "E":
                return ("E", self.stages.of(t), self.scalar(t.parts[0]))
            case "Var":
                return self.variance(t)
            case "call":
                name = str(t.args[0])
                if name in self.sorts.kinds:
                    return self.value(name, t.parts[0])
                return (name, *[self.scalar(p) for p in t.parts])
        raise BadInput(f"'{term_text(t)}' is not a number", "")

    def vector(self, t: Node) -> Term:
        """A vector."""
        match t.op:
            case "number":
                return ("zero",)
            case "name":
                return str(t.args[0])
            case "+":
                return ("+", *[self.vector(p) for p in t.parts])
            case "-":
                return ("-", self.vector(t.parts[0]))
            case "*":
                return self.product(t.parts)
            case "/":
                return ("scale", ("/", 1, self.scalar(t.parts[1])), self.vector(t.parts[0]))
            case "at":
                return ("at", str(t.args[0]), self.scalar(t.parts[0]))
            case "sum":
                return ("sum", *self.ranged(t), closed(self.inside(t, self.vector), str(t.args[1])))
            case "E":
                return ("E", self.stages.of(t), self.vector(t.parts[0]))
            case "grad":
                return self.gradient(str(t.args[0]), t.parts[0])
            case "call":
                return self.gradient(str(t.args[0]), t.parts[0])
        raise BadInput(f"'{term_text(t)}' is not a vector", "")

    def product(self, parts: Sequence[Node]) -> Term:
        """Numbers, operators and one vector, from the right."""
        vector: Term | None = None
        scalars: list[Term] = []
        bounded([p for p in parts if self.sorts.of(p) == "operator"])
        for p in reversed(parts):
            sort = self.sorts.of(p)
            if sort == "vector":
                vector = self.vector(p)
            elif sort == "operator":
                vector = applied(p, vector if vector is not None else ("zero",), self.sorts, self.scalar)
            else:
                scalars.insert(0, self.scalar(p))
        factor: Term = scalars[0] if len(scalars) == 1 else ("*", *scalars) if scalars else 1
        return ("scale", factor, vector if vector is not None else ("zero",)) if scalars else vector or ("zero",)

    def ranged(self, t: Node) -> tuple[Term, Term]:
        """The bounds of a sum."""
        return self.scalar(t.parts[1]), self.scalar(t.parts[2])

    def inside(self, t: Node, convert: Callable[[Node], Term]) -> Term:
        """The members of a sum, with the name of its index."""
        self.around.append((str(t.args[1]), *self.ranged(t)))
        body = convert(t.parts[0])
        self.around.pop()
        return body

    def variance(self, t: Node) -> Term:
        """E||X - E X||^2, or E (X - E X)^2 of a number."""
        k = self.stages.of(t)
        if self.sorts.of(t.parts[0]) == "vector":
            v = self.vector(t.parts[0])
            off = minus(v, ("E", k, v))
            return ("E", k, ("inner", off, off))
        x = self.scalar(t.parts[0])
        return ("E", k, ("^", minus(x, ("E", k, x)), 2))

    # ------------------------------------------------------------ functions

    def value(self, function: str, point: Node) -> Term:
        if self.sorts.is_operator(function):
            return self.gradient(function, point)
        return self.point(function, point).value

    def gradient(self, function: str, point: Node) -> Term:
        return self.point(function, point).gradient

    def point(self, function: str, point: Node) -> Point:
        """The point where a function is used."""
        return self.points.at(function, self.vector(point), term_text(point), self.around)
