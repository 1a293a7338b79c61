"""The theory of when MAML outperforms ERM on easy and hard linear-regression tasks, derived with SymPy.

Names are loaded when they are first used, so that importing the package costs nothing. The claims are in
``theory.claims``, the named closed forms in ``theory.expressions``.

>>> import theory
>>> theory.easy_hard().probabilities
(p, 1 - p)
"""

from __future__ import annotations

import importlib
from typing import Any

_CONTENTS = {
    "E": "theory.moments",
    "TracePolynomial": "theory.moments",
    "Task": "theory.tasks",
    "Environment": "theory.tasks",
    "easy_hard": "theory.tasks",
    "solution": "theory.solutions",
    "excess_risk": "theory.risk",
    "Claim": "theory.claim",
    "Domain": "theory.domain",
    "Derivation": "theory.derivation",
    "VOCABULARY": "theory.symbols",
}

__all__ = list(_CONTENTS)


def __getattr__(name: str) -> Any:
    if name not in _CONTENTS:
        raise AttributeError(f"module 'theory' has no attribute {name!r}")
    return getattr(importlib.import_module(_CONTENTS[name]), name)


def __dir__() -> list[str]:
    return sorted(_CONTENTS)
