"""How this theory writes its formulas, beyond the LaTeX of its quantities."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from theory.maml_erm.formulas.symbols import V_E, V_H, VOCABULARY, Delta, p
from verify.claims.notation import Folded, Notation

# Odds and other pure numbers come before the step size, weights after the curvatures; the rest is as in the vocabulary.
_ODDS = ("g", "lambda", "q", "kappa", "sigma", "sigma_inf", "sigma_g", "sigma_K")
_WEIGHTS = ("m_star", "a", "b", "b_n", "s_H", "s_E")
_FOLDED = (
    "gain.with_floor", "gain.limit", "risk.erm", "risk.maml", "risk.maml_m", "risk.segment", "risk.sampled",
    "risk.sampled.erm", "stationary",
    "risk.sampled.maml", "scatter.erm", "scatter.maml", "covariance.erm", "covariance.maml", "noise.erm", "noise.maml",
)  # fmt: skip

# What derivations and sentences have besides the quantities.
_NAMES = {
    "C_K": "C_K", "Sigma": r"\Sigma", "Shat": r"\hat\Sigma", "mu": r"\mu", "xi": r"\xi", "delta": r"\delta",
    "wbar": r"\bar w", "w_star": "w^{*}", "w_MAML": r"w_{\mathrm{MAML}}",
    "sum_i": r"\sum_i", "pi_i": r"\pi_i", "rho_c": r"\rho_c", "grad": r"\nabla ", "fhat": r"\hat f",
    "E_m": r"\mathcal E_m", "E_i": r"\mathbb E_i",
}  # fmt: skip

# What derivations are written in besides the quantities, for the table of notation.
_MEANINGS = {
    "Sigma": "covariance of the inputs of a task", "v": "error w - w* of a task", "w": "parameter",
    "w_star": "optimum of a task", "w_i": "optimum of task i", "W_i": "weight of task i in the objective of a method",
    "w_bar": "solution of a method", "W_bar": "mean weight of a task", "mu_H": "mean optimum of the hard tasks",
    "mu_E": "mean optimum of the easy tasks", "delta": "mu_H - mu_E", "xi": "offset of an optimum from its class mean",
    "xi_H": "offset of a hard optimum from mu_H", "xi_E": "offset of an easy optimum from mu_E",
    "e": "what a parameter differs by from where it is measured", "e_next": "the same one step later",
    "x": "input", "y": "response, or all responses of a batch", "zeta": "label noise of one sample",
    "X": "inputs of a batch, one a row", "z": "label noise of a batch", "X_o": "inputs of the batch of the outer loss",
    "z_o": "label noise of the batch of the outer loss", "A": "any symmetric matrix",
    "R": "inverse of Sigma + lambda I",
    "M": "second moment E[x x^T Sigma x x^T]", "x_other": "another input of the same batch",
    "g_1": "standard normal number", "g_2": "standard normal number", "g_3": "standard normal number",
    "s": "sign, or factor, of an input", "c_1": "third power of a coordinate", "c_2": "third power of a coordinate",
    "B": "representation, its columns span the features", "r": "part of the optimum outside the representation",
    "f": "features of an input", "q": "what the missed part adds to a label", "F": "features of a batch, one a row",
    "c": "what the missed part adds to the labels of a batch", "Sigma_B": "covariance of the features",
    "O": "cosines of the principal angles", "h": "direction of the optimum", "Q": "weight that tasks share",
    "C": "covariance of the optima of a class", "C_H": "covariance of the hard optima",
    "C_E": "covariance of the easy optima", "g_i": "gradient of task i", "G": "gradient in w",
    "J": "Jacobian of an inner step", "u": "what the noise of a batch adds in an inner step",
    "Xi_H": "offsets of the sampled hard optima, one a row", "Xi_E": "offsets of the sampled easy optima, one a row",
    "ones_H": "vector of N_H ones", "ones_E": "vector of N_E ones", "t": "offset of w from a class mean",
    "before": "weight of a task before the inner step", "C_K": "factor that K mean steps leave of an error",
    "E_a": "E_m at the ERM solution", "E_b": "E_m at the solution of MAML", "E_ERM": "E_m at the ERM solution",
    "E_MAML": "E_m at the solution of MAML", "f_H": "risk of the hard tasks", "f_E": "risk of the easy tasks",
    "g_H": "mean square of the stochastic gradient of a hard task",
    "g_E": "mean square of the stochastic gradient of an easy task",
    "h_hard": "residual factor of a hard task", "h_easy": "residual factor of an easy task",
    "odds_ERM": "odds of the easy mean in the ERM solution", "odds_MAML": "odds of the easy mean in MAML's solution",
    "q_1": "residual ratio at a step size alpha", "square": "mean square of a gradient",
}  # fmt: skip


def _ranks() -> tuple[str, ...]:
    names = [name for name in VOCABULARY if name not in (*_ODDS, "p", "Delta")]
    names.insert(names.index("V_E") + 1, "Delta")
    names[names.index("V_H") : names.index("V_H")] = _WEIGHTS
    names[names.index("alpha") : names.index("alpha")] = ("p", *_ODDS)
    return tuple(names)


def _folded() -> Mapping[sp.Expr, Folded]:
    r"""Closed forms that are printed by name, also with another value for sigma: ``G|_{\sigma=x}``."""
    from theory.maml_erm.formulas.expressions import atoms, expressions
    from theory.maml_erm.formulas.mixture import gain, kappa, q, sigma, sigma_g, sigma_K
    from theory.maml_erm.formulas.symbols import K, c, x

    table = expressions()
    out = {table[name].value: Folded(sp.Symbol(table[name].latex, real=True), name, name) for name in _FOLDED}
    others = {
        x: "x", sp.Symbol("x_2", real=True): "x'", sp.Symbol("sigma_2", real=True): r"\sigma'", sigma_g: r"\sigma_g",
        kappa * q**K: r"q^K\kappa", kappa * q ** (K + 1): r"q^{K+1}\kappa", sigma_K: r"\sigma_K",
    }  # fmt: skip
    for value, text in others.items():
        symbol = sp.Symbol(rf"G\big|_{{\sigma={text}}}", real=True)
        form = Folded(symbol, "gain", f"G(sigma = {value})".replace("**", "^"))
        out.setdefault(gain().scalar.xreplace({sigma: value}), form)
    written = (gain().scalar, gain().scalar.xreplace({sigma: atoms()[sigma].raw()}))
    out |= dict.fromkeys(written, Folded(sp.Symbol(table["gain"].latex, real=True), "gain", "G"))
    risk = table["risk.segment"]
    for s, at in atoms().items():
        symbol = sp.Symbol(rf"\mathcal E_m({at.latex})", real=True)
        out.setdefault(risk.value.xreplace({c: s}), Folded(symbol, "risk.segment", f"risk.segment(c = {s})"))
    return out


NOTATION = Notation(
    names=_NAMES,
    ranks=_ranks(),
    probabilities=frozenset({p}),
    data=(Delta, V_H, V_E),
    folded=_folded,
    matrices=(
        (r"W of (.*)", r"W_{\\text{\1}}"),
        (r"gradient of the averaged objective", r"\\nabla_w\\,\\mathbb E_i\\tfrac{1}{2}\\lVert w-w_i^{*}\\rVert_W^2"),
        (
            r"gradient of the sum over the sampled tasks",
            r"\\nabla_w\\sum_{i=1}^{T}\\tfrac{1}{2}\\lVert w-w_i^{*}\\rVert_W^2",
        ),
        (
            r"gradient of the objective averaged over tasks",
            r"\\nabla_w\\,\\mathbb E_i\\tfrac{1}{2}\\lVert w-w_i^{*}\\rVert_{W_i}^2",
        ),
        (r"\bsum_j\b", r"\\sum_j"),
        (r"\|\|(.*?)\|\|", r"\\lVert \1\\rVert "),
        (r"\btr\b", r"\\operatorname{tr}"),
        (r"\^T", r"^{\\top}"),
        (r"\bbeta grad\b", r"\\beta\\nabla "),
        (r"\bwbar\b", r"\\bar w"),
        (r"\bSigma\b", r"\\Sigma"),
        (r"\bShat\b", r"\\hat\\Sigma"),
        (r"\balpha\b", r"\\alpha"),
        (r"\bE\[", r"\\mathbb E["),
        (r"\bE ?(?=f\b|\\|\()", r"\\mathbb E\\,"),
        (r"\bE_m\b", r"\\mathcal E_m"),
        (r"w_MAML", r"w_{\\mathrm{MAML}}"),
        (r"w\*", r"w^{*}"),
        (r" - ", "-"),
    ),
    meanings=_MEANINGS,
    about="X is the unit of an input coordinate, Y the unit of the response.",
)
