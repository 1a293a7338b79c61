"""What a claim's text says at given values: the curves that points are compared with."""

from __future__ import annotations

from collections.abc import Mapping

from theory.descent.definitions.losses import Array
from theory.descent.measurements.scene import Scene
from theory.descent.measurements.values import term
from theory.descent.theory import THEORY
from verify.claims.statement import Spatial
from verify.runtime.errors import ensured
from verify.spaces.spatial import tree


def bound(claim: str, values: Mapping[str, float | Array]) -> float:
    """The right-hand side of a claim of this theory."""
    goal = tree(ensured(THEORY.stated[claim].statement, Spatial)).goal
    return float(term(goal.terms[-1], Scene("", values), {}).of[0, 0])
