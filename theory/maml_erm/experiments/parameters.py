"""The parameters that experiments on the easy/hard mixture share, and what has to hold between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from theory.maml_erm.formulas.symbols import VOCABULARY
from verify.runtime.errors import BadInput
from verify.statistics.parameters import Kind
from verify.statistics.parameters import Parameter as Parameter


def quantity(name: str, default: Any, kind: Kind, meaning: str, **limits: float) -> Parameter:
    """A parameter that is a quantity of the theory, and has its symbol."""
    return Parameter(name, default, kind, meaning, symbol=VOCABULARY[name].latex, **limits)


RHO_H = quantity("rho_H", 0.25, "number", "curvature of the hard tasks [X^2]", above=0)
RHO_E = quantity("rho_E", 1.0, "number", "curvature of the easy tasks [X^2], above rho_H", above=0)
ALPHA = quantity("alpha", 1.0, "number", "inner step size [X^-2], below 2/(rho_H + rho_E)", above=0)
P = quantity("p", 0.5, "number", "probability of a hard task", above=0, below=1)
DELTA = quantity("Delta", 1.0, "number", "distance of the class means of the optima [Y/X]", above=0)
V_H = quantity("V_H", 0.05, "number", "spread of the hard optima [Y^2/X^2]", least=0)
V_E = quantity("V_E", 0.5, "number", "spread of the easy optima [Y^2/X^2]", least=0)
D = quantity("d", 1000, "count", "input dimension")
NU = quantity("nu", 0.1, "number", "standard deviation of the label noise [Y]", least=0)
MIXTURE = (RHO_H, RHO_E, ALPHA, P, DELTA, V_H, V_E)


def check_together(s: Mapping[str, Any]) -> None:
    """What has to hold between parameters."""
    low, high, alpha = s.get("rho_H"), s.get("rho_E"), s.get("alpha")
    if low is not None and high is not None and not low < high:
        raise BadInput(f"rho_H = {low:g} has to be less than rho_E = {high:g}", "hard tasks have the smaller curvature")
    if low is not None and high is not None and alpha is not None and not alpha * (low + high) < 2:
        raise BadInput(
            f"alpha = {alpha:g} has to be less than 2/(rho_H + rho_E) = {2 / (low + high):g}",
            "from there on no number of samples makes MAML favour the hard tasks",
        )
    d, k = s.get("d"), s.get("k")
    if isinstance(d, tuple) and isinstance(k, tuple):
        if len(d) != len(k):
            raise BadInput(f"d has {len(d)} values and k has {len(k)}", "every d has a k of its own")
        if any(x < 2 * y for x, y in zip(d, k, strict=True)):
            raise BadInput("a k is above d/2", "then two spaces of k dimensions cannot be at right angles")
    if s.get("V_H") == 0 and s.get("V_E") == 0:
        raise BadInput("V_H and V_E are both 0", "then the MAML risk can vanish; give one of them a positive value")
