"""Finite models of a claim about vectors, expectations and sums, and what the claim says in one: exactly.

A model is R^d, a finite probability space with rational weights, values of the names, and explicit functions. This
shares nothing with the package but the tree that readers make. A root that is not rational is an interval of sixty
digits; what that cannot decide is ``Undecided``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.corpus.spaces.amounts import CALLS, Undefined, Value, added, both, inner, power, root, sign, times, whole
from tests.corpus.spaces.functions import Function, Linear, Matrix, combined, identity, positive
from verify.spaces.reading.surface import Chain, Claim, ClassOf, Independent, Node

LONGEST = 60  # terms of a sum


@dataclass
class Model:
    """``values`` has a value for each name, for a random one (in ``random``) a list by outcome; families by index."""

    dimension: int
    weights: list[Fraction]
    values: dict[str, Value] = field(default_factory=dict)
    families: dict[str, dict[int, Value]] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    random: set[str] = field(default_factory=set)

    def value(self, name: str, outcome: int) -> Value:
        if name not in self.values:
            raise Undefined(name)
        return self.values[name][outcome] if name in self.random else self.values[name]

    def member(self, name: str, index: int, outcome: int) -> Value:
        if index not in self.families.get(name, {}):
            raise Undefined(f"{name}[{index}]")
        value = self.families[name][index]
        return value[outcome] if name in self.random else value


# ---------------------------------------------------------------- terms


class Evaluation:
    """Values of terms in one model; what an expectation is worth is remembered."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.known: dict[Any, Value] = {}

    def term(self, t: Node, outcome: int = 0, index: Mapping[str, Fraction] | None = None) -> Value:
        index, m = index or {}, self.model
        match t.op, t.args:
            case "number", (value,):
                return value
            case "name", (name,):
                return index[name] if name in index else m.value(name, outcome)
            case "at", (name, where):
                return m.member(name, whole(self.term(where, outcome, index)), outcome)
            case "grad", (name, point):
                return m.functions[name].gradient(self.vector(point, outcome, index))
            case "call", (name, point) if name in m.functions:
                x = self.vector(point, outcome, index)
                f = m.functions[name]
                return f.gradient(x) if isinstance(f, Linear) else f.value(x)
            case "sum", (body, name, lower, upper):
                first, last = (whole(self.term(b, outcome, index)) for b in (lower, upper))
                return self.total(body, name, first, last, outcome, index)
            case "^", (Node("norm", (v,)), Node("number", (Fraction(numerator=n, denominator=1),))) if n % 2 == 0:
                x = self.term(v, outcome, index)
                return power(inner(x, x), Fraction(n, 2))
            case (("E" | "Var"), (body, *given)):
                return self.expectation(t.op, body, given, outcome, index)
        args = [self.term(a, outcome, index) for a in t.parts]
        return self.combine(t, args)

    def combine(self, t: Node, args: list[Value]) -> Value:
        first = args[0]
        match t.op:
            case "+":
                for a in args[1:]:
                    first = added(first, a)
                return first
            case "-":
                return times(Fraction(-1), first)
            case "*":
                for a in args[1:]:
                    first = times(first, a)
                return first
            case "/":
                if sign(args[1]) == 0:
                    raise Undefined("a division by zero")
                return times(first, Fraction(1) / args[1] if isinstance(args[1], Fraction) else 1 / args[1])
            case "^":
                return power(first, args[1])
            case "norm":
                return root(inner(first, first))
            case "inner":
                return inner(first, args[1])
            case "call" if t.args[0] in CALLS:
                return CALLS[t.args[0]](first)
            case "call" if t.args[0] in ("min", "max"):
                for a in args[1:]:
                    larger = sign(both(first, times(Fraction(-1), a), times=False)) >= 0
                    first = first if larger == (t.args[0] == "max") else a
                return first
        raise ValueError(t.op)

    def vector(self, t: Node, outcome: int, index: Mapping[str, Fraction]) -> Any:
        x = self.term(t, outcome, index)
        return x if isinstance(x, tuple) else (Fraction(0),) * self.model.dimension

    def total(self, body: Node, name: Any, first: int, last: int, outcome: int, index: Mapping[str, Fraction]) -> Value:
        if last < first - 1 or last - first > LONGEST:
            raise Undefined("a sum over no proper range")
        result: Value = Fraction(0)
        for k in range(first, last + 1):
            result = added(result, self.term(body, outcome, {**index, name: Fraction(k)}))
        return result

    def expectation(self, op: str, body: Node, given: Any, outcome: int, index: Mapping[str, Fraction]) -> Value:
        """The average over the outcomes at which what is given has the same values as here."""

        def seen(o: int) -> tuple[Value, ...]:
            return tuple(self.model.value(g, o) if isinstance(g, str) else self.term(g, o, index) for g in given)

        here = seen(outcome)
        key = (id(body), op, here, tuple(sorted(index.items())))
        if key not in self.known:
            weights = {o: w for o, w in enumerate(self.model.weights) if seen(o) == here}
            whole_weight = sum(weights.values(), Fraction(0))
            values = {o: self.term(body, o, index) for o in weights}
            mean: Value = Fraction(0)
            for o, w in weights.items():
                mean = added(mean, times(w / whole_weight, values[o]))
            if op == "Var":
                spread: Value = Fraction(0)
                for o, w in weights.items():
                    gap = added(values[o], times(Fraction(-1), mean))
                    square = inner(gap, gap) if isinstance(gap, tuple) else power(gap, Fraction(2))
                    spread = added(spread, times(w / whole_weight, square))
                mean = spread
            self.known[key] = mean
        return self.known[key]

    # ------------------------------------------------------------ relations

    def holds(self, chain: Chain) -> bool:
        """For all indices, and at every outcome; once where nothing random stands outside total expectations."""
        outcomes = range(len(self.model.weights) if any(self.varies(t) for t in chain.terms) else 1)
        return all(
            self.relation(r, chain.terms[k], chain.terms[k + 1], outcome, index)
            for index in self.indices(chain)
            for outcome in outcomes
            for k, r in enumerate(chain.relations)
        )

    def varies(self, t: Node) -> bool:
        if t.op in ("E", "Var") and len(t.args) == 1:
            return False
        return any(isinstance(a, str) and a in self.model.random for a in t.args) or any(map(self.varies, t.parts))

    def indices(self, chain: Chain) -> list[dict[str, Fraction]]:
        found: list[dict[str, Fraction]] = [{}]
        for r in chain.ranges:
            found = [
                {**index, r.name: Fraction(k)}
                for index in found
                for k in range(whole(self.term(r.lower, 0, index)), whole(self.term(r.upper, 0, index)) + 1)
            ]
        return found

    def relation(self, r: str, left: Node, right: Node, outcome: int, index: Mapping[str, Fraction]) -> bool:
        a, b = self.term(left, outcome, index), self.term(right, outcome, index)
        if isinstance(a, Linear) or isinstance(b, Linear):
            return self.between(r, a, b)
        gap = added(a, times(Fraction(-1), b))
        if isinstance(gap, tuple):
            if r not in ("==", "!="):
                raise TypeError("an order between vectors")
            return any(gap) == (r == "!=")
        s = sign(gap)
        return {"==": s == 0, "!=": s != 0, "<": s < 0, "<=": s <= 0, ">": s > 0, ">=": s >= 0}[r]

    def between(self, r: str, a: Value, b: Value) -> bool:
        one = identity(self.model.dimension)
        low, high = (x.matrix if isinstance(x, Linear) else combined((x, one)) for x in (a, b))
        if r in (">", ">="):
            low, high = high, low
        gap: Matrix = combined((Fraction(1), high), (Fraction(-1), low))
        return not any(map(any, gap)) if r == "==" else positive(gap, strictly=r in ("<", ">"))


# ---------------------------------------------------------------- claims


def independent(model: Model, names: tuple[str, ...]) -> bool:
    """Whether the joint weights of all values are the products of the weights of each."""
    every = range(len(model.weights))

    def weight(**wanted: Value) -> Fraction:
        return sum(
            (model.weights[o] for o in every if all(model.value(n, o) == v for n, v in wanted.items())), Fraction(0)
        )

    def sure(names: tuple[str, ...], chosen: dict[str, Value], expected: Fraction) -> bool:
        if not names:
            return weight(**chosen) == expected
        values = {model.value(names[0], o) for o in every}
        return all(sure(names[1:], {**chosen, names[0]: v}, expected * weight(**{names[0]: v})) for v in values)

    return sure(names, {}, Fraction(1))


def declared(claim: Claim, model: Model) -> bool:
    """Whether the functions are of their classes, the integers integral, the independent names independent."""
    evaluation = Evaluation(model)
    for d in claim.declarations:
        if isinstance(d, ClassOf):
            parameter = None if d.parameter is None else evaluation.term(d.parameter)
            if not model.functions[d.name].belongs(d.what, parameter):
                return False
        elif isinstance(d, Independent):
            if not independent(model, d.names):
                return False
        elif any(not _of_kind(model.value(n, 0), d.kind) for n in d.names if n in model.values):
            return False
    return True


def _of_kind(value: Value, kind: str) -> bool:
    if kind == "operator":
        return bool(value.matrix == tuple(zip(*value.matrix, strict=True)))
    return kind != "integer" or value.denominator == 1


def admissible(claim: Claim, model: Model) -> bool:
    """Whether every assumption is defined and true; raises Undecided."""
    evaluation = Evaluation(model)
    try:
        return declared(claim, model) and all(evaluation.holds(c) for c in claim.assumptions)
    except Undefined:
        return False


def refutes(claim: Claim, model: Model) -> bool:
    """Whether the goal is undefined or false; raises Undecided."""
    try:
        return not Evaluation(model).holds(claim.goal)
    except Undefined:
        return True
