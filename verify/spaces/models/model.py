"""One inner product space, one finite probability space, and values for the names: what a statement is tried in.

The space is R^1, R^2 or R^3 with the usual inner product. All numbers are rational, so that whatever is said about a
model can be checked by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from verify.spaces.problems.problem import Sort

Vector = tuple[Fraction, ...]
Matrix = tuple[Vector, ...]
Table = Mapping[int, Fraction | Vector]  # a family at the indices that matter; what depends on others cannot be told
Value = Fraction | Vector | Matrix | Table
LARGEST_DIMENSION = 3


@dataclass(frozen=True, slots=True)
class Chances:
    """Outcomes with positive weights that sum to 1, and by stage which of them cannot be told apart yet.

    ``stages[k][w]`` is the atom of stage k in which outcome w lies. Stage 0 knows nothing: one atom. Every later stage
    refines the one before it; stages beyond the last know what the last one knows.
    """

    weights: tuple[Fraction, ...] = (Fraction(1),)
    stages: tuple[tuple[int, ...], ...] = ((0,),)

    def atom(self, level: int, outcome: int) -> tuple[int, ...]:
        """The outcomes that stage ``level`` cannot tell from this one."""
        known = self.stages[min(level, len(self.stages) - 1)]
        return tuple(w for w, a in enumerate(known) if a == known[outcome])

    @property
    def flaw(self) -> str:
        """What is wrong with them, or nothing."""
        n = len(self.weights)
        if n == 0 or any(p <= 0 for p in self.weights) or sum(self.weights) != 1:
            return "the weights are not positive numbers that sum to 1"
        if not self.stages or any(len(s) != n for s in self.stages) or len(set(self.stages[0])) != 1:
            return "the stages do not partition the outcomes, or the first one knows something"
        for coarse, fine in zip(self.stages, self.stages[1:], strict=False):
            if len(set(zip(coarse, fine, strict=True))) != len(set(fine)):
                return "a stage forgets what an earlier one knew"
        return ""


@dataclass(frozen=True, slots=True)
class Model:
    """A value for each name at each outcome.

    Reals and integers are fractions, vectors tuples of ``dimension`` fractions, families tables by index, operators
    symmetric matrices.
    """

    dimension: int
    values: Mapping[str, tuple[Value, ...]]
    chances: Chances = Chances()

    def flaw(self, names: Mapping[str, Sort]) -> str:
        """Why this is no model for names of these sorts, or nothing."""
        if not 1 <= self.dimension <= LARGEST_DIMENSION:
            return "the dimension is not 1, 2 or 3"
        if self.chances.flaw:
            return self.chances.flaw
        for name, sort in names.items():
            row = self.values.get(name)
            if row is None or len(row) != len(self.chances.weights):
                return f"{name} has no value at some outcome"
            if not all(self._fits(v, sort) for v in row):
                return f"{name} has a value of another sort"
            for w, v in enumerate(row):
                level = 0 if sort.kind == "operator" else sort.level
                if any(row[u] != v for u in self.chances.atom(level, w)):
                    return f"{name} has different values where it has to be known"
        return ""

    def _fits(self, v: Value, sort: Sort) -> bool:
        """Whether a value is of the sort."""
        match sort.kind:
            case "real":
                return isinstance(v, Fraction)
            case "integer":
                return isinstance(v, Fraction) and v.denominator == 1
            case "vector":
                return self._vector(v)
            case "reals":
                return isinstance(v, Mapping) and all(isinstance(x, Fraction) for x in v.values())
            case "vectors":
                return isinstance(v, Mapping) and all(self._vector(x) for x in v.values())
            case "operator":
                if not (isinstance(v, tuple) and len(v) == self.dimension and all(self._vector(r) for r in v)):
                    return False
                n = range(self.dimension)
                return all(v[i][j] == v[j][i] for i in n for j in n)  # type: ignore[index]
        return False

    def _vector(self, v: object) -> bool:
        return isinstance(v, tuple) and len(v) == self.dimension and all(isinstance(x, Fraction) for x in v)
