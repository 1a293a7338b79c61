"""What is checked: one package per theory, each with one object ``THEORY``; ``maml_erm`` is the first.

Claims files that were written for version 0.1 import ``theory.claim``, ``theory.statement`` and so on. These names
still work, and warn; what they held is now in ``verify`` (the machine) and in ``theory.maml_erm`` (this theory).
"""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

_FORMULAS = "theory.maml_erm.formulas"
_DERIVATIONS = "verify.derivations"
# Where the contents of each module of version 0.1 are; the first place that has a name counts.
_MOVED: dict[str, tuple[str, ...]] = {
    "theory.claim": ("verify.claims.claim", "theory.maml_erm.claims.sources"),
    "theory.claims": ("theory.maml_erm.claims",),
    "theory.derivation": (f"{_DERIVATIONS}.derivation",),
    "theory.domain": ("verify.claims.domain",),
    "theory.domains": (f"{_FORMULAS}.domains",),
    "theory.errors": ("verify.runtime.errors",),
    "theory.expressions": (f"{_FORMULAS}.expressions", "verify.claims.setting"),
    "theory.losses": (f"{_FORMULAS}.losses",),
    "theory.methods": (f"{_FORMULAS}.methods",),
    "theory.mixture": (f"{_FORMULAS}.mixture",),
    "theory.moments": (f"{_DERIVATIONS}.trace_polynomials", f"{_DERIVATIONS}.wick", f"{_DERIVATIONS}.expectation"),
    "theory.moments.engine": (f"{_DERIVATIONS}.expectation",),
    "theory.moments.explicit": (f"{_DERIVATIONS}.explicit",),
    "theory.moments.wick": (f"{_DERIVATIONS}.wick",),
    "theory.moments.words": (f"{_DERIVATIONS}.trace_polynomials",),
    "theory.proof": ("verify.claims.hints",),
    "theory.risk": (f"{_FORMULAS}.risk",),
    "theory.rules": (f"{_DERIVATIONS}.rules",),
    "theory.solutions": (f"{_FORMULAS}.solutions",),
    "theory.statement": ("verify.claims.statement", f"{_DERIVATIONS}.relations"),
    "theory.symbols": (f"{_FORMULAS}.symbols", "verify.claims.quantities"),
    "theory.tasks": (f"{_FORMULAS}.tasks",),
}


class _Moved(MetaPathFinder, Loader):
    """Finds the modules of version 0.1 by what they held."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name not in _MOVED:
            return None
        return ModuleSpec(name, self, is_package=any(other.startswith(f"{name}.") for other in _MOVED))

    def exec_module(self, module: ModuleType) -> None:
        places = _MOVED[module.__name__]
        warnings.warn(f"{module.__name__} is now {' and '.join(places)}", DeprecationWarning, stacklevel=2)
        for place in reversed(places):
            found = vars(importlib.import_module(place))
            module.__dict__.update({name: value for name, value in found.items() if not name.startswith("_")})


sys.meta_path.insert(0, _Moved())  # before the folders that an older checkout may have left
