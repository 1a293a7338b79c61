"""Models changed so that assumptions hold: members of families, then numbers and coordinates, one at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from tests.corpus.spaces import choices
from tests.corpus.spaces.drawing import UNFIT, Draw
from tests.corpus.spaces.functions import ZERO, Vector
from tests.corpus.spaces.model import Evaluation, whole
from tests.corpus.spaces.planning import names_in, names_of
from verify.spaces.reading.surface import Chain


class Repair(Draw):
    """A draw with the assumptions that determine no name."""

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
                    follows = any(n in names_in(e.chain) for e in plan.equations)
                    if self._moved(c, k, put, follows):
                        return True
                    put(before)
                    if follows:
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

    def _moved(self, c: Chain, k: int, put: Any, follows: bool) -> bool:
        """Whether the chain holds after one change; ``follows``: something is determined by what is changed."""

        def trial(x: Fraction) -> None:
            put(x)
            if follows:
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
                if self.true(c) and all(
                    self.true(a) for a in self.plan.claim.assumptions if not a.ranges and a not in self.plan.rest
                ):
                    return True
        return False
