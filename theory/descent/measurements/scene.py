"""What a run leaves for a claim to be evaluated on: numbers, vectors, families, functions, by the claim's names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from theory.descent.definitions.losses import Array, Loss


@dataclass(frozen=True)
class Function:
    """Value and gradient at a point, and how large the numbers are that either is the sum of."""

    value: Callable[[Array], float]
    gradient: Callable[[Array], Array]
    size: Callable[[Array], float]


@dataclass(frozen=True)
class Scene:
    """``values`` by name: a number, a vector (d,), a row of numbers or vectors for a family.

    ``random``: by name one value for each outcome, all outcomes equally likely. ``stage``: the outcomes that cannot be
    told apart when a name is known have one number each; what is given in a conditional expectation is looked up there.
    """

    about: str
    values: Mapping[str, float | Array]
    functions: Mapping[str, Function] = field(default_factory=dict)
    random: Mapping[str, Array] = field(default_factory=dict)
    stage: Mapping[str, npt.NDArray[np.int64]] = field(default_factory=dict)

    @property
    def outcomes(self) -> int:
        return max((len(row) for row in self.random.values()), default=1)

    @property
    def names(self) -> frozenset[str]:
        return frozenset({*self.values, *self.functions, *self.random})


def function_of(f: Loss) -> Function:
    """A loss as a function of a claim; its size bounds what its samples add up from."""

    def size(x: Array) -> float:
        gradients = float(np.abs(f.gradients(x)).sum(axis=1).mean())
        inside = 1 + float(np.linalg.norm(x)) + float(np.abs(f.values(x)).mean())
        return gradients + inside * (1 + f.smoothness)

    return Function(lambda x: float(f.values(x).mean()), lambda x: f.gradients(x).mean(axis=0), size)
