"""Named, reproducible runs of the definitions, each with a table and a figure: ``verify simulate NAME``.

An experiment is a module of this package: its docstring says what it shows, ``PARAMETERS`` what can be set, ``run``
computes a table from the definitions and ``draw`` puts it beside the curves of the theory.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NAMES = (
    "collapse",
    "threshold",
    "packing",
    "discrepancy",
    "steps",
    "mismatch",
    "anisotropic",
    "convergence",
    "sandwich",
    "optimisation",
    "representation",
    "kurtosis",
    "same_batch",
    "glyphs",
    "images",
    "networks",
)


def check_together(settings: Mapping[str, Any]) -> None:
    """``BadInput`` where the parameters of an experiment do not fit together."""
    from theory.maml_erm.experiments import parameters

    parameters.check_together(settings)
