"""Descent: gradient descent and its stochastic, proximal and heavy-ball kin, one step and many, in vector language.

``claims`` states; ``definitions`` runs the methods on random quadratics and on logistic regression, and knows no claim;
``measurements`` evaluates the text of a claim on what was run, so that the two share one formula; ``experiments`` draws
them. THEORY is loaded when it is asked for: the definitions run without it.
"""

import importlib
from typing import Any


def __getattr__(name: str) -> Any:
    if name != "THEORY":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module("theory.descent.theory").THEORY
