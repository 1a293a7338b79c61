"""Domains as LaTeX: the ranges of symbols, and the other hypotheses."""

from __future__ import annotations

import sympy as sp

from verify.claims.domain import Bound, Domain
from verify.typesetting.formulas import formula_latex, relation_text
from verify.typesetting.typesetter import Typesetter


def bound_latex(b: Bound, t: Typesetter) -> str:
    """The range of one symbol; an integer of at least 1 is written by its set."""
    name = t.symbol(b.symbol)
    if b.symbol.is_integer and b.lower == 1 and b.upper is None:
        return rf"{name}\in\{{1,2,\ldots\}}"
    left = "" if b.lower is None else t.scalar(b.lower) + (r"\le " if b.lower_closed else "<")
    right = "" if b.upper is None else (r"\le " if b.upper_closed else "<") + t.scalar(b.upper)
    return f"{left}{name}{right}" if left or right else rf"{name}\in\mathbb R"


def domain_latex(domain: Domain, t: Typesetter) -> tuple[str, ...]:
    """The hypotheses in order; bounds that say the same of several symbols are taken together."""
    chains, rest = _chains(domain.bounds, t)
    alike: dict[tuple[object, ...], list[Bound]] = {}
    for b in rest:
        simple = all(end is None or end.is_number for end in (b.lower, b.upper))
        key = (b.lower, b.lower_closed, b.upper, b.upper_closed, b.symbol.is_integer) if simple else (b.symbol,)
        alike.setdefault(key, []).append(b)
    return (*chains, *(_alike(group, t) for group in alike.values()), *(formula_latex(f, t) for f in domain.extra))


def _alike(group: list[Bound], t: Typesetter) -> str:
    """The common range of several symbols."""
    b = group[0]
    names = ", ".join(t.symbol(x.symbol) for x in group)
    if b.lower is not None and b.upper is None and not (b.symbol.is_integer and b.lower == 1):
        sign = r"\ge" if b.lower_closed else ">"
        return relation_text(names, sign, t.scalar(b.lower))
    return bound_latex(b, t).replace(t.symbol(b.symbol), names, 1)


def _chains(bounds: tuple[Bound, ...], t: Typesetter) -> tuple[list[str], list[Bound]]:
    """Pairs such as 0 < rho_H and rho_H < rho_E as one chain, and the bounds that are left."""
    texts: list[str] = []
    used: set[sp.Symbol] = set()
    lows = [b for b in bounds if b.lower == 0 and not b.lower_closed and b.upper is None]
    highs = [b for b in bounds if b.upper is None and not b.lower_closed]
    for low in lows:
        for high in highs:
            if high.lower == low.symbol and not {low.symbol, high.symbol} & used:
                texts.append(f"0<{t.symbol(low.symbol)}<{t.symbol(high.symbol)}")
                used |= {low.symbol, high.symbol}
    return texts, [b for b in bounds if b.symbol not in used]
