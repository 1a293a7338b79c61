"""The order in which a mathematician writes terms and factors: 1 + kappa but d + 1, data last."""

from __future__ import annotations

import sympy as sp

from verify.claims.setting import Setting


class Order:
    """The order that the notation of a setting asks for; names that it says nothing of come last, by the alphabet.

    >>> from verify.claims.notation import Notation
    >>> u, v = sp.symbols("u v", real=True)
    >>> Order(Setting()).factors([v, u]), Order(Setting(notation=Notation(ranks=("v", "u")))).factors([u, v])
    ([u, v], [v, u])
    """

    def __init__(self, setting: Setting) -> None:
        notation = setting.notation
        # A quantity without a rank stands where the vocabulary has it, after those that have one.
        self._ranks = {name: i for i, name in enumerate(dict.fromkeys((*notation.ranks, *setting.vocabulary)))}
        self._probabilities = notation.probabilities
        self._complements = {1 - p: p for p in notation.probabilities}
        self._data = frozenset(notation.data)

    def rank(self, symbol: sp.Symbol) -> tuple[int, str]:
        """Where a symbol stands among all symbols; the copy ``m_2`` comes right after ``m``."""
        name = symbol.name
        base = name if name in self._ranks or not name.endswith("_2") else name[:-2]
        return (self._ranks.get(base, len(self._ranks)), name)

    def factors(self, factors: list[sp.Expr]) -> list[sp.Expr]:
        """The factors of a product, in order."""
        return sorted(factors, key=self._factor_key)

    def terms(self, total: sp.Add) -> list[sp.Expr]:
        """Low degree first, positive terms first where the first would be negative, a constant last among counts."""
        counts = all(s.is_integer for s in total.free_symbols)

        def key(t: sp.Expr) -> tuple[object, ...]:
            parts = self.factors([f for f in sp.Mul.make_args(t) if not f.is_number])
            sums = any(isinstance(f.as_base_exp()[0], sp.Add) and f not in self._complements for f in parts)
            size = len(parts)
            where = [self._symbols(f)[:1] or [(0, "")] for f in parts]
            # Counts: the highest degree first, as in m + d + 1.
            level = -degree(t) if counts else degree(t)
            roots = any(x.exp.is_Rational and not x.exp.is_Integer for x in t.atoms(sp.Pow))
            return (t.is_number is counts, roots, level, not sums, size, where, sp.default_sort_key(t))

        terms = sorted(total.args, key=key)
        if counts:
            terms = sorted(terms, key=lambda t: (t.is_number, [(-r, n) for r, n in self._symbols(t)]))
        if is_negative(terms[0]):
            terms = [t for t in terms if not is_negative(t)] + [t for t in terms if is_negative(t)]
        return terms

    def _symbols(self, e: sp.Expr) -> list[tuple[int, str]]:
        if e in self._complements:
            place, name = self.rank(self._complements[e])
            return [(place, f"{name} after {name}")]
        return sorted(self.rank(s) for s in e.free_symbols)

    def _factor_key(self, f: sp.Expr) -> tuple[object, ...]:
        """Numbers, probabilities, counts, other symbols, sums, data, roots and functions."""
        base, exponent = f.as_base_exp()
        if base.is_number:
            kind = 0
        elif base in self._probabilities or base in self._complements:
            kind = 1
        elif all(s.is_integer for s in base.free_symbols):
            kind = 2
        elif isinstance(base, sp.Symbol):
            kind = 6 if base in self._data else 3
        elif isinstance(base, sp.Add):
            kind = 5 if exponent.is_integer else 7
        else:
            kind = 8
        size = base.count_ops() if kind >= 5 else 0
        return (kind, size, isinstance(base, sp.Add), self._symbols(base), sp.default_sort_key(f))


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


def is_negative(t: sp.Expr) -> bool:
    return bool(t.as_coeff_Mul()[0] < 0)
