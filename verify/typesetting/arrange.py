"""Brings a formula into the form in which it is printed; the value never changes."""

from __future__ import annotations

from functools import cache

import sympy as sp

from verify.derivations.signs import starts_negative, tidy


@cache
def present(e: sp.Expr) -> sp.Expr:
    """Terms that share a factor are taken together, numbers come out of sums, even powers start with a plus.

    >>> k, V, W = sp.symbols("kappa V_H V_E", real=True)
    >>> present((1 + k) ** 2 * V + (1 + k) ** 2 * W + 3)
    (V_E + V_H)*(kappa + 1)**2 + 3
    """
    if e.is_Atom:
        return e
    e = e.func(*(present(a) for a in e.args))
    if isinstance(e, sp.Pow) and isinstance(e.base, sp.Add) and e.exp.is_even and starts_negative(e.base):
        return (-e.base) ** e.exp
    if isinstance(e, sp.Mul):
        return _without_contents(e)
    return _gathered(_shorter(e)) if isinstance(e, sp.Add) else e


def _without_contents(e: sp.Mul) -> sp.Expr:
    """The numbers that divide whole sums, multiplied into one number in front; no sum of fractions below a bar."""
    number, factors = sp.Integer(1), []
    if any(_sum_of_fractions(f) for f in sp.Mul.make_args(e)):
        e = sp.factor_terms(sp.together(e))
    for f in sp.Mul.make_args(e):
        base, exponent = f.as_base_exp()
        if isinstance(base, sp.Add) and exponent.is_Integer:
            content, base = base.primitive()
            number *= content**exponent
            f = base**exponent
        factors.append(f)
    sums = [f for f in factors if isinstance(f, sp.Add)]
    if number != 1 and len(factors) == 1 and sums:
        return e  # SymPy would multiply the number back into the only sum
    return sp.Mul(number, *factors)


def _sum_of_fractions(f: sp.Expr) -> bool:
    base, exponent = f.as_base_exp()
    if not isinstance(base, sp.Add) or exponent != -1:
        return False
    parts = [x.as_base_exp() for t in base.args for x in sp.Mul.make_args(t)]
    return any(isinstance(b, sp.Add) and k.is_Integer and k < 0 for b, k in parts)


def _shorter(e: sp.Add) -> sp.Expr:
    """The polynomial collected in one of its symbols, where that is shorter: 2 kappa + g (1 + kappa)^2."""
    if len(e.args) < 3 or len(e.args) > 12 or not e.is_polynomial(*e.free_symbols) or _sums(e):
        return e
    best = e
    for s in sorted(e.free_symbols, key=sp.default_sort_key):
        parts = sp.collect(e, s, evaluate=False)
        candidate = sp.Add(*(power * _factored(k) for power, k in parts.items()))
        if _length(candidate) < _length(best):
            best = candidate
    return best


def _length(e: sp.Expr) -> tuple[int, int]:
    return (e.count_ops(), len(e.atoms(sp.Add)))


def _factored(k: sp.Expr) -> sp.Expr:
    return tidy(sp.factor(k))


def _sums(e: sp.Add) -> bool:
    return any(isinstance(f.as_base_exp()[0], sp.Add) for t in e.args for f in sp.Mul.make_args(t))


def _gathered(e: sp.Expr) -> sp.Expr:
    """Terms with the same sums among their factors, and the same denominator, taken together."""
    if not isinstance(e, sp.Add):
        return e
    groups: dict[sp.Expr, list[sp.Expr]] = {}
    for t in e.args:
        factors = sp.Mul.make_args(t)
        shared = sp.Mul(
            *(f for f in factors if isinstance(f.as_base_exp()[0], sp.Add) and f.as_base_exp()[1].is_integer)
        )
        groups.setdefault(shared, []).append(t)
    if all(len(g) == 1 or shared == 1 for shared, g in groups.items()):
        return e
    out = []
    for shared, terms in groups.items():
        if shared == 1 or len(terms) == 1:
            out += terms
        else:
            out.append(shared * sp.Add(*(t / shared for t in terms)))
    return sp.Add(*out)
