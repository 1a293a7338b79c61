"""LaTeX names: of every symbol in a setting, and the stable macro name of every expression and claim."""

from __future__ import annotations

import re

import sympy as sp

from verify.claims.setting import Setting

GREEK = frozenset(
    re.findall(
        r"\w+",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi "
        "psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega",
    )
)
_DIGITS = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def known_names(setting: Setting) -> dict[str, str]:
    """LaTeX of the quantities and of the atoms of a setting, by name."""
    quantities = {q.name: q.latex for q in setting.vocabulary.values()}
    return quantities | {s.name: e.latex for s, e in setting.atoms.items()}


class Names:
    r"""How the symbols of one setting are written; any other symbol is written by its name.

    The second of two values of a quantity (``m_2``) gets a prime.

    >>> from verify.claims.quantities import NONE, Quantity
    >>> names = Names(Setting(vocabulary={"eps": Quantity("eps", r"\varepsilon", NONE, "> 0", "accuracy")}))
    >>> [names.of(sp.Symbol(name)) for name in ("eps", "eps_2", "rho_H", "rate")]
    ['\\varepsilon', "\\varepsilon'", '\\rho_H', '\\mathrm{rate}']
    """

    def __init__(self, setting: Setting) -> None:
        self.known = known_names(setting)
        self.others = dict(setting.notation.names)

    def of(self, symbol: sp.Symbol) -> str:
        """The LaTeX of a symbol."""
        name: str = symbol.name
        if name in self.known:
            return self.known[name]
        if "\\" in name:  # a closed form that is printed by a symbol, whose name is LaTeX
            return name
        if name.endswith("_2") and name[:-2] in self.known:
            return self.known[name[:-2]] + "'"
        return self.others[name] if name in self.others else spelled(name)


def spelled(name: str) -> str:
    r"""A name without a LaTeX of its own: Greek as Greek, a word upright, what follows the first ``_`` as an index.

    >>> print(spelled("alpha"), spelled("w_rho"), spelled("x_mean_1"))
    \alpha w_\rho x_{\mathrm{mean,1}}
    """
    base, _, index = name.partition("_")
    head = f"\\{base}" if base in GREEK else base if len(base) == 1 else rf"\mathrm{{{base}}}"
    if not index:
        return head
    if index in GREEK:
        return rf"{head}_\{index}"
    return f"{head}_{index}" if len(index) == 1 else rf"{head}_{{\mathrm{{{index.replace('_', ',')}}}}}"


def macro_name(prefix: str, name: str) -> str:
    r"""A control word made of letters only: ``X2.definition`` becomes ``\claimXTwoDefinition``.

    >>> print(macro_name("expr", "weight.best_m"), macro_name("claim", "X2"))
    \exprWeightBestM \claimXTwo
    """
    words = [w for w in re.split(r"[^A-Za-z0-9]+", name) if w]
    with_digits = ["".join(_DIGITS[int(ch)] if ch.isdigit() else ch for ch in w) for w in words]
    return f"\\{prefix}" + "".join(w[:1].upper() + w[1:] for w in with_digits)
