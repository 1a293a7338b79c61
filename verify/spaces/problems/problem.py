"""What a statement means: names with sorts, definitions, hypotheses and goals, as the checker reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from verify.kernel.reals.terms import Formula, Term
from verify.kernel.spaces.sorts import Sort

__all__ = ["Hypothesis", "Problem", "Sort"]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A formula that is assumed, and in words where it comes from.

    What a class says of a function has ``kinds``, the classes, and the ``points``, as they are written; it is the
    inequality of the textbooks times ``scale``.
    """

    formula: Formula
    source: str
    kinds: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    scale: Term = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """For all values of the names: if the definitions and hypotheses hold, then each of the goals does.

    ``shown`` has what a user wrote for a name that was made, such as ``f(x)`` for ``f_x``.
    """

    names: Mapping[str, Sort]
    definitions: tuple[tuple[str, Term], ...]
    hypotheses: tuple[Hypothesis, ...]
    goals: tuple[Formula, ...]
    shown: Mapping[str, str] = field(default_factory=dict)
