"""The sign and order conventions of a mathematician: 1 - alpha rho rather than alpha rho - 1."""

from __future__ import annotations

import sympy as sp


def tidy(expression: sp.Expr) -> sp.Expr:
    """Flip the sign of factors whose term of lowest degree is negative; the value is unchanged.

    >>> x = sp.Symbol("x")
    >>> tidy(-x * (x - 1)), tidy((x - 1) ** 2)
    (x*(1 - x), (1 - x)**2)
    """
    if isinstance(expression, sp.Add):
        return sp.Add(*(tidy(a) for a in expression.args))
    sign, factors = sp.Integer(1), []
    for factor in sp.Mul.make_args(expression):
        base, exponent = factor.as_base_exp()
        if isinstance(base, sp.Add) and exponent.is_Integer and starts_negative(base):
            base, sign = -base, sign * (-1) ** (exponent % 2)
        factors.append(base**exponent)
    if sign == -1:
        adds = [i for i, f in enumerate(factors) if isinstance(f, sp.Add)]
        numeric = [i for i, f in enumerate(factors) if f.is_Number]
        if not numeric and len(adds) == 1 and len(factors) == 1:
            return -factors[0]
    return sp.Mul(sign, *factors)


def starts_negative(total: sp.Add) -> bool:
    """Whether the terms of lowest total degree are all negative."""

    def degree(term: sp.Expr) -> sp.Expr:
        return sp.Add(*(e for b, e in term.as_powers_dict().items() if not b.is_number))

    degrees = [(degree(t), t) for t in total.args]
    if not all(k.is_number for k, _ in degrees):
        return False
    lowest = min(k for k, _ in degrees)
    return all(t.as_coeff_Mul()[0] < 0 for k, t in degrees if k == lowest)
