"""Models drawn for a claim so that its assumptions are likely to hold: what defines a name is solved, the rest repaired.

Whether the assumptions do hold is not decided here but by ``model.admissible``, for every model that is used.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from tests.corpus.spaces import choices
from tests.corpus.spaces.functions import ZERO, Linear, Vector, plus, scale
from tests.corpus.spaces.model import Evaluation, Model, Undecided, Undefined, added, admissible, sign, times, whole
from verify.spaces.surface import Chain, Claim, ClassOf, Declared, Independent, Node

LAST = 16  # members of a family are drawn from -2 to here
STYLES = ("free", "free", "free", "related", "axes", "unit")
UNFIT = (Undefined, Undecided, TypeError, ValueError, KeyError, ZeroDivisionError, IndexError)


def names_of(node: Node) -> set[str]:
    return {
        a for n in node.walk() for a in n.args if isinstance(a, str) and n.op in ("name", "at", "E", "Var", "grad", "call")
    }


def names_in(chain: Chain) -> set[str]:
    inside = set().union(*map(names_of, chain.terms), *(names_of(b) for r in chain.ranges for b in (r.lower, r.upper)))
    return inside - {r.name for r in chain.ranges}


def bound_names(claim: Claim) -> set[str]:
    chains = (claim.goal, *claim.assumptions)
    sums = {str(n.args[1]) for c in chains for t in c.terms for n in t.walk() if n.op == "sum"}
    return sums | {r.name for c in chains for r in c.ranges}


@dataclass
class Equation:
    """An assumption that determines ``target``: by value, by a shift of its (conditional) mean, or implicitly."""

    chain: Chain
    target: str
    how: str
    other: Node


class Plan:
    """What is known about the names of a claim before anything is drawn."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.kinds: dict[str, tuple[str, bool]] = {}
        self.classes: dict[str, dict[str, Node | None]] = {}
        self.independent: list[tuple[str, ...]] = []
        for d in claim.declarations:
            if isinstance(d, Declared):
                self.kinds |= {n: (d.kind, d.random) for n in d.names}
            elif isinstance(d, ClassOf):
                self.classes.setdefault(d.name, {})[d.what] = d.parameter
            elif isinstance(d, Independent):
                self.independent.append(d.names)
        chains = (claim.goal, *claim.assumptions)
        bound = bound_names(claim)
        for c in chains:
            for t in (*c.terms, *(b for r in c.ranges for b in (r.lower, r.upper))):
                for n in t.walk():
                    self._undeclared(n, bound)
        self.critical = {f: p for c in claim.assumptions for f, p in [critical(c)] if f}
        self.givens = sorted({g for c in chains for t in c.terms for g in given_sets(t)}, key=len)
        self.equations: list[Equation] = []
        self.targets: set[str] = set()
        self.rest: list[Chain] = []
        for c in claim.assumptions:
            self._place(c)
        self._sort()

    def _undeclared(self, n: Node, bound: set[str]) -> None:
        if n.op in ("grad", "call") and isinstance(n.args[0], str):
            name = n.args[0]
            if n.op == "grad" or name not in ("sqrt", "exp", "log", "abs", "min", "max"):
                self.classes.setdefault(name, {})
        elif n.op in ("name", "at"):
            name = str(n.args[0])
            if name not in bound and name not in self.kinds:
                self.kinds[name] = ("reals" if n.op == "at" else "real", False)

    def level(self, name: str) -> int:
        """The stage at which a random name is known: by the conditional expectations in which it is given."""
        return next((k for k, g in enumerate(self.givens) if name in g), len(self.givens))

    def vectorial(self, t: Node) -> bool:
        match t.op, t.args:
            case ("name" | "at"), (name, *_):
                return self.kinds.get(str(name), ("", False))[0] in ("vector", "vectors")
            case "grad", _:
                return True
            case "call", (name, *_):
                return bool(self.classes.get(str(name), {}).keys() & OPERATORS)
            case ("+" | "-" | "*" | "/" | "E" | "sum"), _:
                return any(self.vectorial(p) for p in t.parts)
        return False

    def _place(self, c: Chain) -> None:
        if critical(c)[0] in self.classes:
            return
        equation = None if c.ranges or c.relations != ("==",) else self._equation(c)
        if equation is None:
            self.rest.append(c)
        else:
            self.equations.append(equation)
            self.targets.add(equation.target)

    def _equation(self, c: Chain) -> Equation | None:
        left, right = c.terms
        for a, b in ((left, right), (right, left)):
            if a.op == "name" and self._free(str(a.args[0])) and str(a.args[0]) not in names_of(b):
                return Equation(c, str(a.args[0]), "value", b)
        for a, b in ((left, right), (right, left)):
            if a.op == "E" and isinstance(a.args[0], Node) and a.args[0].op == "name":
                name = str(a.args[0].args[0])
                if self.kinds[name][1] and name not in self.targets:
                    return Equation(c, name, "mean", b)
        if not (self.vectorial(left) or self.vectorial(right)):
            return None
        for a in (left, right):
            for n in a.walk():
                if n.op == "name" and self.kinds[str(n.args[0])][0] == "vector" and self._free(str(n.args[0])):
                    return Equation(c, str(n.args[0]), "implicit", left)
        return None

    def _free(self, name: str) -> bool:
        points = {p for p in self.critical.values()}
        return self.kinds[name][0] in ("vector", "real") and name not in self.targets and name not in points

    def _sort(self) -> None:
        """What an equation needs is determined before it, where that is possible."""
        waiting, self.equations, known = self.equations, [], set()
        while waiting:
            ready = [
                e for e in waiting if not ((names_in(e.chain) & self.targets) - known - {e.target})
            ] or waiting[:1]
            self.equations.append(ready[0])
            known.add(ready[0].target)
            waiting.remove(ready[0])


OPERATORS = {"monotone", "strongly monotone", "cocoercive", "Lipschitz operator"}


def critical(c: Chain) -> tuple[str, str]:
    """grad f(xs) == 0: the function and the point."""
    if not c.ranges and c.relations == ("==",) and c.terms[1].args == (Fraction(0),):
        match c.terms[0]:
            case Node("grad", (f, Node("name", (p,)))):
                return str(f), str(p)
    return "", ""


def given_sets(t: Node) -> Iterator[tuple[str, ...]]:
    for n in t.walk():
        if n.op in ("E", "Var") and len(n.args) > 1:
            yield tuple(str(a) for a in n.args[1:])


class Draw:
    """One attempt at a model."""

    def __init__(self, plan: Plan, rng: Random) -> None:
        self.plan, self.rng = plan, rng
        self.style = rng.choice(STYLES)
        self.model = Model(rng.choice((1, 1, 2, 2, 3)), *self._outcomes())
        self.base: dict[str, Any] = {}

    def _outcomes(self) -> tuple[list[Fraction]]:
        """A tree of outcomes, one branching for each stage; or the product over what is independent."""
        plan, rng = self.plan, self.rng
        self.path: list[tuple[int, ...]] = [()]
        if not any(random for _, random in plan.kinds.values()):
            return ([Fraction(1)],)
        weights = [Fraction(1)]
        if plan.independent:
            self.factors = [n for group in plan.independent for n in group]
            stages = [choices.weights(rng, 2) for _ in self.factors]
        else:
            self.factors = []
            stages = []
        for k in range(len(stages) or len(plan.givens) + 1):
            branches = stages[k] if stages else None
            paths, new = [], []
            for path, w in zip(self.path, weights, strict=True):
                split = branches or choices.weights(rng, 2 if plan.givens else rng.choice((2, 2, 3, 4)))
                paths += [(*path, j) for j in range(len(split))]
                new += [w * s for s in split]
            self.path, weights = paths, new
        return (weights,)

    # ------------------------------------------------------------ what is free

    def numbers(self) -> bool:
        """Draws the constant numbers until the assumptions about numbers alone hold; then those with equations."""
        plan, rng, m = self.plan, self.rng, self.model
        free = [n for n, (kind, random) in plan.kinds.items() if kind in ("real", "integer") and not random]
        about = [c for c in plan.claim.assumptions if not c.ranges and names_in(c) <= set(free)]
        for _ in range(60):
            for n in free:
                m.values[n] = choices.number(rng, plan.kinds[n][0] == "integer")
            for _ in range(2):
                for c in about:
                    if self._equal(c) or rng.random() < 0.3:
                        self._on_the_edge(c, free)
            if all(self.true(c) for c in about):
                return True
        return False

    def _equal(self, c: Chain) -> bool:
        return c.relations == ("==",) and not self.true(c)

    def true(self, c: Chain) -> bool:
        with contextlib.suppress(*UNFIT):
            return Evaluation(self.model).holds(c)
        return False

    def _on_the_edge(self, c: Chain, free: list[str]) -> None:
        """Solves one relation as an equation for one of the numbers, where it is linear in it."""
        k = self.rng.randrange(len(c.relations))
        names = [n for n in free if n in names_of(c.terms[k]) | names_of(c.terms[k + 1])]
        defined = [str(t.args[0]) for t in c.terms[k : k + 2] if t.op == "name" and t.args[0] in names]
        self.rng.shuffle(names)
        for n in defined[:1] + names:
            if self.plan.kinds[n][0] == "real" and self.solve(c, k, lambda v, n=n: self.model.values.update({n: v}), n):
                return

    def solve(self, c: Chain, k: int, put: Any, name: str) -> bool:
        before = self.model.values.get(name, ZERO)
        root = self.root(c, k, put)
        put(before if root is None else root)
        return root is not None

    def root(self, c: Chain, k: int, put: Any) -> Fraction | None:
        """The value for which both sides are equal at all outcomes, if what is between them is affine in it."""
        gaps = []
        for trial in (ZERO, Fraction(1), Fraction(2)):
            put(trial)
            try:
                gaps.append(self.gap(c, k))
            except UNFIT:
                return None
        slope = gaps[1] - gaps[0] if all(isinstance(g, Fraction) for g in gaps) else ZERO
        return -gaps[0] / slope if slope and gaps[2] - gaps[1] == slope else None

    def gap(self, c: Chain, k: int, outcome: int = 0, index: Any = None) -> Any:
        e = Evaluation(self.model)
        left, right = (e.term(t, outcome, index) for t in c.terms[k : k + 2])
        if isinstance(left, Linear) or isinstance(right, Linear):
            raise Undefined("an order of operators")
        return added(left, times(Fraction(-1), right))

    def names(self) -> None:
        """Vectors, random names, families, operators, functions."""
        plan, rng, m, d = self.plan, self.rng, self.model, self.model.dimension
        for n, (kind, random) in plan.kinds.items():
            if random:
                m.random.add(n)
            if kind in ("vector", "real") and (random or kind == "vector"):
                m.values[n] = self.spread(n, kind == "vector") if random else choices.vector(rng, d, self.style)
            elif kind in ("reals", "vectors"):
                whole_style = rng.choice((0, 0, 0, 5))
                m.families[n] = {
                    k: self.spread("", kind == "vectors") if random else self.member(kind, whole_style)
                    for k in range(-2, LAST)
                }
            elif kind == "operator":
                m.values[n] = Linear(self.bounded(n), (ZERO,) * d)
        for name, classes in plan.classes.items():
            parameters = {w: None if p is None else Evaluation(m).term(p) for w, p in classes.items()}
            point = plan.critical.get(name)
            centre = m.values[point] if point else choices.vector(rng, d, self.style)
            make = choices.operator if classes.keys() & OPERATORS else choices.function
            extra = () if make is choices.operator else (point is not None,)
            m.functions[name] = make(rng, d, parameters, centre, *extra)

    def member(self, kind: str, add: int) -> Any:
        if kind == "vectors":
            return choices.vector(self.rng, self.model.dimension, self.style)
        return choices.number(self.rng, False) + add

    def spread(self, name: str, vectorial: bool) -> list[Any]:
        """A value for each outcome, the same wherever the outcomes agree in what the name may depend on."""
        seen: dict[Any, Any] = {}
        for path in self.path:
            key: Any = path[: self.plan.level(name) + 1] if self.plan.givens and not self.factors else path
            if name in self.factors:
                key = path[self.factors.index(name)]
            if key not in seen:
                seen[key] = (
                    choices.vector(self.rng, self.model.dimension, self.style)
                    if vectorial
                    else self.rng.choice(choices.COORDINATES)
                )
        return [
            seen[
                path[self.factors.index(name)]
                if name in self.factors
                else (path[: self.plan.level(name) + 1] if self.plan.givens and not self.factors else path)
            ]
            for path in self.path
        ]

    def bounded(self, name: str) -> Any:
        """A symmetric matrix with its eigenvalues between the numbers that bound the operator."""
        low, high = None, None
        for c in self.plan.claim.assumptions:
            places = [k for k, t in enumerate(c.terms) if t == Node("name", (name,), t.start, t.stop)]
            for k in places:
                for j, t in enumerate(c.terms):
                    with contextlib.suppress(*UNFIT):
                        v = Evaluation(self.model).term(t)
                        if isinstance(v, Fraction):
                            below = (j < k) == (c.relations[0] in ("<", "<="))
                            low, high = (v if below else low), (high if below else v)
        low = low if low is not None else Fraction(-2) if high is None else high - 3
        return choices.symmetric(self.rng, self.model.dimension, low, low + 3 if high is None else high)

    # ------------------------------------------------------------ what is determined

    def determine(self) -> None:
        for e in self.plan.equations:
            random = e.target in self.model.random
            if e.how == "value":
                values = [Evaluation(self.model).term(e.other, o) for o in range(len(self.path))]
                if self.plan.kinds[e.target][0] == "vector":
                    values = [v if isinstance(v, tuple) else (ZERO,) * self.model.dimension for v in values]
                self.model.values[e.target] = values if random else values[0]
            elif e.how == "mean":
                shifts = [self.gap(e.chain, 0, o) for o in range(len(self.path))]
                left = e.chain.terms[0].op == "E" and e.chain.terms[1] == e.other
                by = Fraction(-1 if left else 1)
                old = self.model.values[e.target]
                self.model.values[e.target] = [added(v, times(by, s)) for v, s in zip(old, shifts, strict=True)]
            else:
                for o in range(len(self.path) if random else 1):
                    self.implicit(e, o)

    def implicit(self, e: Equation, outcome: int) -> None:
        """Newton's method with exact slopes: done in one step where all is affine, in a few where it is so by pieces."""
        random, values, d = e.target in self.model.random, self.model.values, self.model.dimension
        x: Vector = values[e.target][outcome] if random else values[e.target]

        def gap(at: Vector) -> Vector:
            if random:
                values[e.target][outcome] = at
            else:
                values[e.target] = at
            g = self.gap(e.chain, 0, outcome)
            return g if isinstance(g, tuple) else (ZERO,) * d

        tiny = Fraction(1, 10**9)
        for _ in range(8):
            here = gap(x)
            if not any(here):
                return
            columns = []
            for i in range(d):
                moved = gap(tuple(c + tiny * (i == j) for j, c in enumerate(x)))
                columns.append(scale(1 / tiny, plus(moved, scale(Fraction(-1), here))))
            x = plus(x, linear(columns, scale(Fraction(-1), here)))
        raise Undefined("an equation that was not solved")

    # ------------------------------------------------------------ what has to be repaired

    def families(self) -> None:
        for c in self.plan.rest:
            if c.ranges:
                for index in Evaluation(self.model).indices(c):
                    for k in range(len(c.relations)):
                        self._member(c, k, index)

    def _member(self, c: Chain, k: int, index: dict[str, Fraction]) -> None:
        """Moves one member of a family so that the relation holds for this index."""
        rng, m, r = self.rng, self.model, c.relations[k]
        members = [n for t in c.terms[k : k + 2] for n in t.walk() if n.op == "at"]
        bare = [t for t in c.terms[k : k + 2] if t.op == "at"]
        if not members:
            return
        n = bare[0] if bare and (r == "==" or rng.random() < 0.8) else rng.choice(members)
        name = str(n.args[0])
        where = whole(Evaluation(m).term(n.parts[0], 0, index))
        vectorial = self.plan.kinds[name][0] == "vectors"
        if r != "==" and Evaluation(m).relation(r, c.terms[k], c.terms[k + 1], 0, index):
            alone = {n.args[0] for t in c.terms for n in t.walk() if n.op == "at"} == {name} and len(members) == 1
            if alone or rng.random() < 0.4:
                return
        if bare and r == "==":
            other = c.terms[k + 1] if c.terms[k] is n else c.terms[k]
            values = [Evaluation(m).term(other, o, index) for o in range(len(self.path))]
            m.families[name][where] = values if name in m.random else values[0]
            return
        if vectorial or name in m.random:
            return
        gaps = []
        for trial in (ZERO, Fraction(1)):
            m.families[name][where] = trial
            gaps.append(self.gap(c, k, 0, index))
        if not all(isinstance(g, Fraction) for g in gaps) or gaps[0] == gaps[1]:
            return
        slope = gaps[1] - gaps[0]
        slack = rng.choice((ZERO, ZERO, ZERO, Fraction(1, 2), Fraction(2))) if r != "==" else ZERO
        down = (r in ("<=", "<")) == (slope > 0)
        slack = slack or Fraction(r in ("<", ">", "!="))
        m.families[name][where] = -gaps[0] / slope + (-slack if down else slack)

    def repair(self) -> bool:
        """A few rounds: each assumption that fails is made an equation of one number or coordinate."""
        for _ in range(5):
            failing = [c for c in self.plan.rest if not c.ranges and not self.true(c)]
            if not failing:
                return True
            for c in failing:
                if not self._move(c):
                    return False
        return all(self.true(c) for c in self.plan.rest if not c.ranges)

    def _move(self, c: Chain) -> bool:
        plan, rng = self.plan, self.rng
        fixed = set().union(*(names_of(p) for w in plan.classes.values() for p in w.values() if p is not None), set())
        kinds = plan.kinds
        numbers = [n for n, (kind, r) in kinds.items() if kind == "real" and not r and n not in plan.targets | fixed]
        vectors = [n for n, (kind, r) in kinds.items() if kind == "vector" and n not in plan.targets]
        vectors = [n for n in vectors if n not in plan.critical.values()]
        scalars = [n for n, (kind, r) in kinds.items() if kind == "real" and r and n not in plan.targets]
        rng.shuffle(vectors)
        inside = [n for n in numbers if n in names_in(c)]
        rng.shuffle(inside)
        for k in range(len(c.relations)):
            for n in inside + vectors + scalars:
                for put, get in self._handles(n):
                    before = get()
                    if self._moved(c, k, put, before):
                        return True
                    put(before)
                    self._again()
        return False

    def _handles(self, n: str) -> Iterator[tuple[Any, Any]]:
        """Ways of changing one number of a name, with the value that it has."""
        values, o = self.model.values, self.rng.randrange(len(self.path))
        i = self.rng.randrange(self.model.dimension)
        kind, random = self.plan.kinds[n]

        def vector_with(v: Vector, x: Fraction) -> Vector:
            return tuple(x if j == i else c for j, c in enumerate(v))

        if random:
            same = [p for p in range(len(self.path)) if values[n][p] == values[n][o]]

            def put(x: Fraction) -> None:
                for p in same:
                    values[n][p] = vector_with(values[n][p], x) if kind == "vector" else x

            yield put, (lambda: values[n][o][i] if kind == "vector" else values[n][o])
        elif kind == "vector":
            yield (lambda x: values.update({n: vector_with(values[n], x)})), (lambda: values[n][i])
        else:
            yield (lambda x: values.update({n: x})), (lambda: values[n])

    def _again(self) -> None:
        with contextlib.suppress(*UNFIT):
            self.determine()

    def _moved(self, c: Chain, k: int, put: Any, before: Fraction) -> bool:
        def trial(x: Fraction) -> None:
            put(x)
            self.determine()

        try:
            root = self.root(c, k, trial)
        except UNFIT:
            return False
        grid = [] if c.relations[k] == "==" else [*choices.POSITIVE, Fraction(8), Fraction(20)]
        if root is not None:
            step = self.rng.choice((Fraction(1, 2), Fraction(1)))
            grid = [root] if c.relations[k] in ("==", "<=", ">=") and self.rng.random() < 0.6 else []
            grid += [root - step, root + step] if c.relations[k] != "==" else [root]
        for x in grid:
            with contextlib.suppress(*UNFIT):
                trial(x)
                if self.true(c) and all(self.true(a) for a in self.plan.claim.assumptions if not a.ranges and a not in self.plan.rest):
                    return True
        return False


def linear(columns: list[Vector], right: Vector) -> Vector:
    """A solution of the square system, free unknowns zero; raises Undefined where there is none."""
    d = len(right)
    rows = [[columns[j][i] for j in range(d)] + [right[i]] for i in range(d)]
    pivots: list[int] = []
    for j in range(d):
        i = next((i for i in range(len(pivots), d) if rows[i][j]), None)
        if i is None:
            continue
        k = len(pivots)
        rows[k], rows[i] = rows[i], rows[k]
        rows[k] = [v / rows[k][j] for v in rows[k]]
        for m in range(d):
            if m != k and rows[m][j]:
                rows[m] = [a - rows[m][j] * b for a, b in zip(rows[m], rows[k], strict=True)]
        pivots.append(j)
    if any(row[d] for row in rows[len(pivots) :]):
        raise Undefined("an equation without a solution")
    x = [ZERO] * d
    for k, j in enumerate(pivots):
        x[j] = rows[k][d]
    return tuple(x)


def draw(plan: Plan, rng: Random) -> Model | None:
    """A model in which all assumptions hold, or nothing."""
    attempt = Draw(plan, rng)
    try:
        if not attempt.numbers():
            return None
        attempt.names()
        attempt.determine()
        attempt.families()
        if not attempt.repair():
            return None
        return attempt.model if admissible(plan.claim, attempt.model) else None
    except UNFIT:
        return None


def models(claim: Claim, seed: int, tries: int) -> Iterator[Model]:
    """The models that so many tries give, reproducibly."""
    plan, rng = Plan(claim), Random(seed)
    for _ in range(tries):
        model = draw(plan, rng)
        if model is not None:
            yield model


__all__ = ["Plan", "draw", "models", "sign"]
