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
        (r"\bbeta grad\b", r"\\beta\\nabla "),
        (r"\bwbar\b", r"\\bar w"),
        (r"g\^T", r"g^{\\top}"),
        (r"\bSigma\b", r"\\Sigma"),
        (r"\bShat\b", r"\\hat\\Sigma"),
        (r"\balpha\b", r"\\alpha"),
        (r"\bE\[", r"\\mathbb E["),
        (r"\bE f", r"\\mathbb E\\,f"),
        (r"\bE_m\b", r"\\mathcal E_m"),
        (r"w_MAML", r"w_{\\mathrm{MAML}}"),
        (r"w\*", r"w^{*}"),
        (r" - ", "-"),
    ),
    about="X is the unit of an input coordinate, Y the unit of the response.",
)
