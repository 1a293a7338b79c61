"""The theory of when MAML outperforms ERM on easy and hard linear-regression tasks, derived with SymPy.

Names are loaded when they are first used, so that importing the package costs nothing. The claims are in
``theory.maml_erm.claims``, the named closed forms in ``theory.maml_erm.formulas.expressions``.

>>> import theory
>>> theory.easy_hard().probabilities
(p, 1 - p)
"""

from __future__ import annotations

import importlib
from typing import Any

_CONTENTS = {
    "E": "verify.derivations",
    "TracePolynomial": "verify.derivations",
    "Task": "theory.maml_erm.formulas.tasks",
    "Environment": "theory.maml_erm.formulas.tasks",
    "easy_hard": "theory.maml_erm.formulas.tasks",
    "solution": "theory.maml_erm.formulas.solutions",
    "excess_risk": "theory.maml_erm.formulas.risk",
    "Claim": "verify.claims.claim",
    "Domain": "verify.claims.domain",
    "Derivation": "verify.derivations.derivation",
    "VOCABULARY": "theory.maml_erm.formulas.symbols",
}

__all__ = list(_CONTENTS)


def __getattr__(name: str) -> Any:
    if name not in _CONTENTS:
        raise AttributeError(f"module 'theory' has no attribute {name!r}")
    return getattr(importlib.import_module(_CONTENTS[name]), name)


def __dir__() -> list[str]:
    return sorted(_CONTENTS)
