"""Models drawn for a claim so that its assumptions are likely to hold: what defines a name is solved for it.

Whether the assumptions do hold is not decided here but by ``model.admissible``, for every model that is used.
"""

from __future__ import annotations

import contextlib
from fractions import Fraction
from random import Random
from typing import Any

from tests.corpus.spaces import choices
from tests.corpus.spaces.amounts import Undecided, Undefined, added, times
from tests.corpus.spaces.functions import ZERO, Linear, Vector, plus, scale
from tests.corpus.spaces.model import Evaluation, Model
from tests.corpus.spaces.planning import OPERATORS, Equation, Plan, names_in, names_of
from verify.spaces.reading.surface import Chain, Node

LAST = 16  # members of a family are drawn from -2 to here
STYLES = ("free", "free", "free", "related", "axes", "unit")
UNFIT = (Undefined, Undecided, TypeError, ValueError, KeyError, ZeroDivisionError, IndexError)


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
        for n in (n for n in defined[:1] + names if self.plan.kinds[n][0] == "real"):
            before = self.model.values[n]
            root = self.root(c, k, lambda v, n=n: self.model.values.update({n: v}))
            self.model.values[n] = before if root is None else root
            if root is not None:
                return

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

    def gap(self, c: Chain, k: int, outcome: int = 0, index: Any = None, e: Evaluation | None = None) -> Any:
        e = e or Evaluation(self.model)
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
        values = []
        for path in self.path:
            key: Any = path[: self.plan.level(name) + 1] if self.plan.givens and not self.factors else path
            if name in self.factors:
                key = path[self.factors.index(name)]
            if key not in seen and vectorial:
                seen[key] = choices.vector(self.rng, self.model.dimension, self.style)
            elif key not in seen:
                seen[key] = self.rng.choice(choices.COORDINATES)
            values.append(seen[key])
        return values

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
                now = Evaluation(self.model)
                values = [now.term(e.other, o) for o in range(len(self.path))]
                if self.plan.kinds[e.target][0] == "vector":
                    values = [v if isinstance(v, tuple) else (ZERO,) * self.model.dimension for v in values]
                self.model.values[e.target] = values if random else values[0]
            elif e.how == "mean":
                before = Evaluation(self.model)
                shifts = [self.gap(e.chain, 0, o, e=before) for o in range(len(self.path))]
                left = e.chain.terms[0].op == "E" and e.chain.terms[1] == e.other
                by = Fraction(-1 if left else 1)
                old = self.model.values[e.target]
                self.model.values[e.target] = [added(v, times(by, s)) for v, s in zip(old, shifts, strict=True)]
            else:
                for o in range(len(self.path) if random else 1):
                    self.implicit(e, o)

    def implicit(self, e: Equation, outcome: int) -> None:
        """Newton's method with exact slopes: one step where all is affine, a few where it is so by pieces."""
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
