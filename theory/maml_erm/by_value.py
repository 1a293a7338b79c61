"""Which formulas each measuring module takes by name, and the keys of the cache contain the values of."""

from __future__ import annotations

_FORMULAS = "theory.maml_erm.formulas"
_CLAIMS = "theory.maml_erm.claims"
_HERE = "theory.maml_erm.measurements"

BY_VALUE: dict[str, dict[str, frozenset[str]]] = {
    f"{_HERE}.route_definition": {f"{_FORMULAS}.expressions": frozenset({"expand_atoms"})},
    f"{_HERE}.matrices": {f"{_FORMULAS}.methods": frozenset({"RESOLVENT"})},
    f"{_HERE}.checks": {
        f"{_FORMULAS}.choice": frozenset({"alpha_star"}),
        _CLAIMS: frozenset({"by_id"}),
        f"{_FORMULAS}.mixture": frozenset(
            {"G", "hardness", "m_star", "samples_for_gain", "sigma", "sigma_g", "sigma_inf"}
        ),
    },
    f"{_HERE}.point_choice": {
        f"{_CLAIMS}.limits": frozenset({"many_samples"}),
        f"{_FORMULAS}.mixture": frozenset({"sigma_g"}),
    },
    f"{_HERE}.tightest_points": {f"{_FORMULAS}.mixture": frozenset({"sigma_g"})},
    f"{_HERE}.dependencies": {
        f"{_FORMULAS}.choice": frozenset({"alpha_star"}),
        f"{_FORMULAS}.mixture": frozenset({"m_star", "sigma_g"}),
    },
    f"{_HERE}.measured_expressions": {
        f"{_FORMULAS}.choice": frozenset({"alpha_star"}),
        f"{_FORMULAS}.spectrum": frozenset({"d_eff", "residual_in_direction"}),
        f"{_FORMULAS}.methods": frozenset({"*"}),
        f"{_CLAIMS}.limits": frozenset({"many_samples"}),
        f"{_FORMULAS}.expressions": frozenset({"atoms", "expand_atoms", "expressions"}),
        f"{_FORMULAS}.mixture": frozenset(
            {
                "G", "a", "at_position", "b", "b_n", "floor", "gain", "h_E", "h_H", "isotropic_weight", "kappa",
                "m_star", "position", "q", "risk_on_segment", "s_E", "s_H", "sigma", "sigma_g", "sigma_inf", "sigma_K",
            }
        ),
    },
}  # fmt: skip
