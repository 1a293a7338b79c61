"""LaTeX names: of every symbol, and the stable macro name of every expression and claim."""

from __future__ import annotations

import re
from functools import cache

import sympy as sp

from theory.maml_erm.formulas.symbols import VOCABULARY

_GREEK = frozenset(
    re.findall(
        r"\w+",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi "
        "psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega",
    )
)
_DIGITS = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
# Letters of derivations that stand for no scalar of the vocabulary.
_LOCAL = {"C_K": "C_K"}


@cache
def known_names() -> dict[str, str]:
    """LaTeX of the vocabulary and of the atoms, by name."""
    from theory.maml_erm.formulas.expressions import atoms

    return {q.name: q.latex for q in VOCABULARY.values()} | {s.name: e.latex for s, e in atoms().items()}


def symbol_latex(symbol: sp.Symbol) -> str:
    r"""The LaTeX of a symbol; the second of two values of a parameter (``m_2``) gets a prime.

    >>> symbol_latex(sp.Symbol("rho_H")), symbol_latex(sp.Symbol("m_2")), symbol_latex(sp.Symbol("eps"))
    ('\\rho_H', "m'", '\\varepsilon')
    """
    name: str = symbol.name
    known = known_names()
    if name in known:
        latex: str = known[name]
        return latex
    if "\\" in name:  # a closed form printed by name, see verify.typesetting.statements.fold
        return name
    if name.endswith("_2") and name[:-2] in known:
        return known[name[:-2]] + "'"
    if name in _LOCAL:
        return _LOCAL[name]
    base, _, index = name.partition("_")
    head = f"\\{base}" if base in _GREEK else base if len(base) == 1 else rf"\mathrm{{{base}}}"
    if not index:
        return head
    return f"{head}_{index}" if len(index) == 1 else rf"{head}_{{\mathrm{{{index.replace('_', ',')}}}}}"


def macro_name(prefix: str, name: str) -> str:
    r"""A control word made of letters only: ``X2.definition`` becomes ``\claimXTwoDefinition``.

    >>> print(macro_name("expr", "weight.maml_m"), macro_name("claim", "X2"))
    \exprWeightMamlM \claimXTwo
    """
    words = [w for w in re.split(r"[^A-Za-z0-9]+", name) if w]
    spelled = ["".join(_DIGITS[int(ch)] if ch.isdigit() else ch for ch in w) for w in words]
    return f"\\{prefix}" + "".join(w[:1].upper() + w[1:] for w in spelled)
