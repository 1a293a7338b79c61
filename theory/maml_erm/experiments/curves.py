"""The curves that the points of the experiments are compared with: closed forms of the theory, at numbers."""

from __future__ import annotations

from typing import Any

from theory.maml_erm.theory import THEORY
from verify.statistics.experiment import Array
from verify.statistics.experiment import curve as curve_of


def curve(name: str, **values: Any) -> Array:
    """A named closed form of the theory at numbers and arrays of its parameters."""
    return curve_of(THEORY.named[name], **values)
