"""The units of the letters that the matrices and vectors of the derivations are written in."""

from __future__ import annotations

from collections.abc import Mapping

from theory.maml_erm.formulas.symbols import CURVATURE, INPUT, RESPONSE, WEIGHT
from verify.claims.quantities import NONE, Unit

LETTERS: Mapping[str, Unit] = {
    "Sigma": CURVATURE,
    "A": CURVATURE,
    "Q": CURVATURE,
    "W_i": CURVATURE,
    "W_bar": CURVATURE,
    "R": NONE / CURVATURE,
    "C": WEIGHT**2,
    "J": NONE,
    "u": WEIGHT,
    "e_next": WEIGHT,
    "g_i": CURVATURE * WEIGHT,
    "X": INPUT,
    "x": INPUT,
    "y": RESPONSE,
    "z": RESPONSE,
    "Sigma_B": CURVATURE,
    "M": CURVATURE**3,
    **{name: INPUT for name in ("x_other", "h", "F")},
    **{name: NONE for name in ("s", "g_1", "g_2", "g_3", "c_1", "c_2", "B", "O")},
    "c": RESPONSE,
    "zeta": RESPONSE,
    "ones_H": NONE,
    "ones_E": NONE,
    "C_H": WEIGHT**2,
    "C_E": WEIGHT**2,
    "X_o": INPUT,
    "z_o": RESPONSE,
    "Xi_H": WEIGHT,
    "Xi_E": WEIGHT,
    "xi_H": WEIGHT,
    "xi_E": WEIGHT,
    **{name: WEIGHT for name in ("w", "w_star", "w_i", "w_bar", "v", "e", "r", "t", "xi", "delta", "mu_H", "mu_E")},
}
