"""When MAML outperforms ERM: easy and hard linear-regression tasks, from the definitions to the claims.

``theory`` has the object THEORY that the verifier needs; ``formulas`` derives, ``claims`` states, ``definitions`` runs
the definitions and knows no formula, ``measurements`` compares the two, ``experiments`` draws them. THEORY is loaded
when it is asked for: the definitions run without it.
"""

import importlib
from typing import Any


def __getattr__(name: str) -> Any:
    if name != "THEORY":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module("theory.maml_erm.theory").THEORY
