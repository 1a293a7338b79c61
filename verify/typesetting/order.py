"""The order in which a mathematician writes terms and factors: 1 + kappa but d + 1, coefficients before Delta^2."""

from __future__ import annotations

from functools import cache

import sympy as sp

from theory.maml_erm.formulas.symbols import V_E, V_H, VOCABULARY, Delta, p

# Odds and other pure numbers come before the step size, weights after the curvatures; the rest is as in the vocabulary.
_ODDS = ("g", "lambda", "q", "kappa", "sigma", "sigma_inf", "sigma_g", "sigma_K")
_WEIGHTS = ("m_star", "a", "b", "b_n", "s_H", "s_E")
_DATA = frozenset({Delta, V_H, V_E})


@cache
def _ranks() -> dict[str, int]:
    names = [name for name in VOCABULARY if name not in (*_ODDS, "p", "Delta")]
    names.insert(names.index("V_E") + 1, "Delta")
    names[names.index("V_H") : names.index("V_H")] = _WEIGHTS
    names[names.index("alpha") : names.index("alpha")] = ("p", *_ODDS)
    return {name: i for i, name in enumerate(names)}


def rank(symbol: sp.Symbol) -> tuple[int, str]:
    """Where a symbol stands among all symbols; the copy ``m_2`` comes right after ``m``."""
    ranks = _ranks()
    name = symbol.name
    base = name if name in ranks or not name.endswith("_2") else name[:-2]
    return (ranks.get(base, len(ranks)), name)


def _symbols(e: sp.Expr) -> list[tuple[int, str]]:
    if e == 1 - p:
        return [(rank(p)[0], "p after p")]
    return sorted(rank(s) for s in e.free_symbols)


def factor_key(f: sp.Expr) -> tuple[object, ...]:
    """Numbers, probabilities, counts, other symbols, sums, spreads and Delta, roots and functions."""
    base, exponent = f.as_base_exp()
    if base.is_number:
        kind = 0
    elif base in (p, 1 - p):
        kind = 1
    elif all(s.is_integer for s in base.free_symbols):
        kind = 2
    elif isinstance(base, sp.Symbol):
        kind = 6 if base in _DATA else 3
    elif isinstance(base, sp.Add):
        kind = 5 if exponent.is_integer else 7
    else:
        kind = 8
    size = base.count_ops() if kind >= 5 else 0
    return (kind, size, isinstance(base, sp.Add), _symbols(base), sp.default_sort_key(f))


def degree(e: sp.Expr) -> sp.Expr:
    """The total degree, denominators counted negative and a sum by its largest term."""
    if e.is_number:
        return sp.Integer(0)
    if isinstance(e, sp.Mul):
        return sp.Add(*(degree(f) for f in e.args))
    if isinstance(e, sp.Add):
        return max(degree(t) for t in e.args)
    if isinstance(e, sp.Pow):
        return degree(e.base) * (e.exp if e.exp.is_number else 1)
    return sp.Integer(1)


def ordered_factors(factors: list[sp.Expr]) -> list[sp.Expr]:
    return sorted(factors, key=factor_key)


def ordered_terms(total: sp.Add) -> list[sp.Expr]:
    """Low degree first, positive terms first where the first would be negative, a constant last among counts."""
    counts = all(s.is_integer for s in total.free_symbols)

    def key(t: sp.Expr) -> tuple[object, ...]:
        parts = ordered_factors([f for f in sp.Mul.make_args(t) if not f.is_number])
        sums = any(isinstance(f.as_base_exp()[0], sp.Add) and f != 1 - p for f in parts)
        size = len(parts)
        where = [_symbols(f)[:1] or [(0, "")] for f in parts]
        # Counts: the highest degree first, as in m + d + 1.
        level = -degree(t) if counts else degree(t)
        roots = any(x.exp.is_Rational and not x.exp.is_Integer for x in t.atoms(sp.Pow))
        return (t.is_number is counts, roots, level, not sums, size, where, sp.default_sort_key(t))

    terms = sorted(total.args, key=key)
    if counts:
        terms = sorted(terms, key=lambda t: (t.is_number, [(-r, n) for r, n in _symbols(t)]))
    if is_negative(terms[0]):
        terms = [t for t in terms if not is_negative(t)] + [t for t in terms if is_negative(t)]
    return terms


def is_negative(t: sp.Expr) -> bool:
    return bool(t.as_coeff_Mul()[0] < 0)
