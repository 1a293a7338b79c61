"""Named, reproducible runs of the definitions, each with a table and a figure: ``verify simulate NAME``.

An experiment is a module of this package: its docstring says what it shows, ``CLAIMS`` which claims that is about,
``PARAMETERS`` what can be set, and ``FAST`` some small settings where the usual ones take minutes. ``run`` computes a
table from the definitions and ``draw`` puts it beside the curves of the theory. The figure states every parameter but
those of ``AXES``, whose values are seen along an axis or in a legend.
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
