"""What an evaluation says about a model: the common language of the two that have to agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Judgement:
    """``kind`` is None where the model is no counterexample, or where that cannot be told: ``why`` says which.

    ``goal`` is the place of the goal that fails, ``outcome`` the outcome at which it is false.
    """

    kind: Literal["violates", "undefined"] | None
    why: str = ""
    goal: int = 0
    outcome: int = 0
