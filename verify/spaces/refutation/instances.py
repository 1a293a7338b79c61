"""A problem written out in R^d with finitely many outcomes: a statement about the coordinates, which are real numbers.

What is found for it is only a place to look: a model is made of it and judged in the problem itself. So this may leave
out hypotheses, solve equations and choose functions as it likes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from typing import Any

from verify.kernel.reals.terms import Term
from verify.language import logic
from verify.language.evaluation import Undecided, Undefined, evaluate
from verify.spaces.models.chances import Tree
from verify.spaces.models.functions import FunctionUse, Use
from verify.spaces.models.model import Model, Value
from verify.spaces.problems.problem import Problem
from verify.spaces.refutation.coordinates import Coordinates, folded, inner
from verify.spaces.refutation.given import Given, Unusable
from verify.spaces.refutation.templates import Arrow, Template, add, scale, sub

Told = Mapping[int, frozenset[str]]  # by stage, the names that are given there


class Instance(Coordinates):
    """The terms of a problem, outcome by outcome, with a variable for every coordinate that is free.

    ``integers`` fixes the integers on which ranges depend; ``templates`` has the form of each function that is made
    explicit; ``given`` what hypotheses say about names that are then not free. A name whose gradient is asked for while
    its point is being written out is a variable until the point is known: its equation is linear, and is solved.
    """

    def __init__(
        self, problem: Problem, dimension: int, tree: Tree, given: Given, integers: Mapping[str, int],
        functions: Mapping[str, FunctionUse], templates: Mapping[str, Template],
    ) -> None:  # fmt: skip
        self.problem, self.dimension, self.tree, self.given, self.integers = problem, dimension, tree, given, integers
        self.functions, self.templates = functions, templates
        self.chances = tree.chances
        self.outcomes = range(len(self.chances.weights))
        self.definitions = dict(problem.definitions)
        self.variables: dict[str, logic.Kind] = {}
        self.known: dict[Any, Any] = {}
        self.used: dict[str, set[int]] = {}  # indices of families that were met
        self.side: list[logic.Formula] = []  # what the parameters of templates have to satisfy
        self.steps = 0
        self.where: dict[str, tuple[FunctionUse, Use, bool]] = {}
        for name, f in functions.items():
            if name in templates:
                for use in f.points.values():
                    for n, is_value in ((use.value, True), (use.gradient, False)):
                        if n is not None:
                            self.where[n] = (f, use, is_value)
        self.made = {name: t.make(self, functions[name]) for name, t in templates.items()}

    # -- names

    def variable(self, name: str, kind: logic.Kind = "real") -> logic.Var:
        self.variables.setdefault(name, kind)
        return logic.Var(name)

    def name(self, n: str, w: int) -> Any:
        """A name at an outcome: a term, or a tuple of terms."""
        found: Any
        sort = self.problem.names[n]
        if n in self.integers:
            return logic.num(self.integers[n])
        key = (n, self.tree.key(n, sort.level, w))
        if key in self.known:
            return self.known[key]
        if (n, "busy") in self.known:
            return self.free(n, key)
        if n in self.definitions:
            return self.term(self.definitions[n], w, {})
        if n in self.where:
            return self.of_function(n, w, key)
        rule = self.given.names.get(n)
        if rule is None:
            found = self.free(n, key)
            self.known[key] = found
            return found
        before = set(self.known)
        self.known[n, "busy"] = True
        try:
            found = rule.at(self, n, w)
        finally:
            for k in set(self.known) - before:
                del self.known[k]
        self.known[key] = found
        return found

    def free(self, n: str, key: tuple[str, tuple[int, ...]]) -> Any:
        """Variables for a name."""
        sort = self.problem.names[n]
        label = n + "".join(f"__w{x}" for x in key[1])
        if sort.kind == "vector":
            return tuple(self.variable(f"{label}__{i + 1}") for i in range(self.dimension))
        if sort.kind in ("real", "integer"):
            return self.variable(label, "integer" if sort.kind == "integer" else "real")
        raise Unusable(f"{n} is no number and no vector")

    def anchor(self, point: Term) -> None:
        """Make a vector that is free the origin."""
        sort = self.problem.names.get(point) if isinstance(point, str) else None
        if sort is not None and sort.level == 0 and point not in self.definitions and point not in self.given.names:
            self.known.setdefault((point, ()), self.zero)

    def member(self, n: str, i: int, w: int) -> Any:
        """A member of a family at an outcome."""
        found: Any
        sort = self.problem.names[n]
        self.used.setdefault(n, set()).add(i)
        key = (n, i, self.tree.key(n, sort.level, w))
        if key in self.known:
            return self.known[key]
        if n in self.where:
            return self.of_function(n, w, key, i)
        rule = None if (n, i, "busy") in self.known else self.given.member(self, n, i)
        if rule is not None:
            self.known[n, i, "busy"] = True
            found = self.term(rule[0], w, rule[1])
            del self.known[n, i, "busy"]
        else:
            label = f"{n}__{i}".replace("-", "m") + "".join(f"__w{x}" for x in key[2])
            if sort.kind == "vectors":
                found = tuple(self.variable(f"{label}__{j + 1}") for j in range(self.dimension))
            else:
                found = self.variable(label)
        self.known[key] = found
        return found

    def of_function(self, n: str, w: int, key: Any, index: int | None = None) -> Any:
        """A value or gradient of an explicit function; by a linear equation where the point depends on it."""
        found: Any
        f, use, is_value = self.where[n]
        made = self.made[f.name]
        place: Term = use.point if index is None else ("at", use.point, index)
        if is_value:
            found = made.value(self.vector(place, w, {}))
            self.known[key] = found
            return found
        if made.centre_of is use:
            self.known[key] = self.zero
            return self.zero
        unknown = tuple(logic.Var(f"?{key}_{i}") for i in range(self.dimension))
        before = set(self.known)
        self.known[key] = unknown
        point = self.vector(place, w, {})
        inside = set().union(*(logic.variables_of(c) for c in point))
        if inside.isdisjoint(u.name for u in unknown):
            found = made.gradient(point)
        else:
            for k in set(self.known) - before:
                del self.known[k]
            rest, slope = [], []
            for i, c in enumerate(point):
                at = [
                    logic.substitute_term(
                        c, {u.name: logic.ONE if one and j == i else logic.ZERO for j, u in enumerate(unknown)}
                    )
                    for one in (False, True)
                ]
                rest.append(at[0])
                slope.append(folded(sub(at[1], at[0])))
            found = made.implicit(tuple(rest), tuple(slope))
        self.known[key] = found
        return found

    def on_line(self, gradient: str, start: Term, direction: Term, w: int) -> Arrow:
        """The point on a line where a gradient, affine on it, is orthogonal to the line."""
        known = self.where.get(gradient)
        if known is None:
            raise Unusable("a line search in a function that is not explicit")
        x, d = self.vector(start, w, {}), self.vector(direction, w, {})
        made = self.made[known[0].name]
        first = inner(made.gradient(x), d)
        second = inner(made.gradient(tuple(sub(a, b) for a, b in zip(x, d, strict=True))), d)
        t = logic.div(first, sub(first, second))
        return tuple(sub(a, scale(t, b)) for a, b in zip(x, d, strict=True))

    def operator(self, n: str) -> list[list[logic.Term]]:
        """A symmetric matrix: diagonal, and for the second operator in the basis (3/5, 4/5), (-4/5, 3/5)."""
        d = range(self.dimension)
        diagonal = [self.variable(f"{n}__{i + 1}{i + 1}") for i in d]
        all_of_them = [m for m, s in self.problem.names.items() if s.kind == "operator"]
        if self.dimension != 2 or all_of_them.index(n) % 2 == 0:
            return [[diagonal[i] if i == j else logic.ZERO for j in d] for i in d]
        c, s = Fraction(3, 5), Fraction(4, 5)
        rows = ((c, s), (-s, c))
        return [[add(*(scale(logic.num(rows[k][i] * rows[k][j]), diagonal[k]) for k in d)) for j in d] for i in d]

    def hypotheses(self, left_out: frozenset[int]) -> list[logic.Formula]:
        """All hypotheses at all outcomes, each once, and what templates ask for."""
        found: dict[logic.Formula, None] = dict.fromkeys(self.side)
        for place, h in enumerate(self.problem.hypotheses):
            if place not in left_out:
                for w in self.outcomes:
                    for part in logic.conjuncts(self.formula(h.formula, w, {})):
                        if not trivial(part):
                            found[part] = None
        return list(found)

    def told_apart(self, told: Told) -> Iterator[logic.Formula]:
        """That what is given has different values where a stage tells outcomes apart that the one before did not.

        Else the stage would know more than what is given. Families are left out: a model that lists them is judged.
        """
        seen = set()
        for k, given in told.items():
            names = sorted(n for n in given if self.problem.names[n].kind in ("real", "vector"))
            for w, v in combinations(self.outcomes if names else (), 2):
                if v in self.chances.atom(k, w) or v not in self.chances.atom(k - 1, w):
                    continue
                pairs = [p for n in names for p in zip(flat(self.name(n, w)), flat(self.name(n, v)), strict=True)]
                gaps = [sub(a, b) for a, b in pairs if a != b]
                if not gaps:
                    raise Unusable("a stage tells apart what the given names do not")
                square = add(*(logic.power(g, 2) for g in gaps))
                apart = logic.Rel("!=", *pairs[0]) if len(pairs) == 1 else logic.Rel("<", logic.ZERO, square)
                if apart not in seen:
                    seen.add(apart)
                    yield apart

    def goals(self) -> Iterator[logic.Formula]:
        """The goals, each at each outcome, each once."""
        seen = set()
        for goal in self.problem.goals:
            for w in self.outcomes:
                f = self.formula(goal, w, {})
                if f not in seen and f != logic.TRUE:
                    seen.add(f)
                    yield f

    # -- back

    def number(self, values: Mapping[str, Fraction]) -> Callable[[logic.Term], Fraction]:
        """Terms in the coordinates as numbers; variables without a value are zero."""

        def number(t: logic.Term) -> Fraction:
            table = {n: values.get(n, Fraction(0)) for n in logic.variables_of(t)}
            try:
                v = evaluate(t, table)
            except (KeyError, Undefined, Undecided):
                raise Unusable("a value cannot be told") from None
            if not isinstance(v, Fraction):
                raise Unusable("a value is irrational")
            return v

        return number

    def model(self, values: Mapping[str, Fraction]) -> Model:
        """The model that values of the variables make; raises ``Unusable`` where one is irrational or undefined."""
        number = self.number(values)

        def vector(v: Any) -> Value:
            return tuple(map(number, v)) if isinstance(v, tuple) else number(v)

        for f in self.functions.values():
            for use in f.points.values():
                families = [n for n in (use.value, use.gradient, use.point) if isinstance(n, str) and n in self.used]
                indices = set().union(*(self.used[n] for n in families))
                self.used |= {n: indices for n in (use.value, use.gradient, use.point) if families and n is not None}  # type: ignore[misc]
        rows: dict[str, tuple[Value, ...]] = {}
        for n, sort in self.problem.names.items():
            row: list[Value] = []
            for w in self.outcomes:
                if sort.kind == "operator":
                    row.append(tuple(tuple(map(number, r)) for r in self.operator(n)))
                elif sort.kind in ("reals", "vectors"):
                    row.append({i: vector(self.member(n, i, w)) for i in sorted(self.used.get(n, ()))})  # type: ignore[misc]
                else:
                    row.append(vector(self.name(n, w)))
            rows[n] = tuple(row)
        return Model(self.dimension, rows, self.chances)


def flat(x: Any) -> tuple[logic.Term, ...]:
    """The coordinates of a vector, or a number alone."""
    return x if isinstance(x, tuple) else (x,)


def trivial(f: logic.Formula) -> bool:
    """Whether both sides are the same term, so that it says nothing but that the term has a value."""
    return isinstance(f, logic.Rel) and f.lhs == f.rhs and f.op in ("==", "<=", ">=")
