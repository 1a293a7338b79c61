"""Which terms are integers, by their form: where a rule asks for an integer, and where ``x^y`` is a whole power."""

import itertools
from collections.abc import Mapping
from fractions import Fraction
from math import gcd

from .terms import Formula, Term, names_in
from .work import POINTS, Spend, measure, uncounted


def whole_when(t: Term, kinds: Mapping[str, str], spend: Spend = uncounted) -> list[Formula] | None:
    """Conditions under which ``t`` is an integer, read off its form; None if its form does not show one.

    Integers, and ``+ * - abs min max`` of whole terms; ``a^b`` of whole terms where 0 <= b; a polynomial with rational
    coefficients in integer variables, such as n(n + 1)/2, whose values at all integers are integers.
    """
    spend(1)
    if not isinstance(t, tuple):
        return [] if (kinds.get(t) == "integer" if isinstance(t, str) else isinstance(t, int)) else None
    if t[0] in ("+", "*", "-", "abs", "min", "max", "^"):
        parts = [whole_when(a, kinds, spend) for a in t[1:]]
        if None not in parts:
            found = dict.fromkeys(c for part in parts if part is not None for c in part)
            spend(sum(measure(c)[0] for c in found))
            if t[0] == "^" and not isinstance(t[2], int):
                found[("<=", 0, t[2])] = None
            return None if t[0] == "^" and isinstance(t[2], int) and t[2] < 0 else list(found)
    return [] if whole_polynomial(t, kinds, spend) else None


def whole_polynomial(t: Term, kinds: Mapping[str, str], spend: Spend) -> bool:
    """Whether ``t`` is a polynomial in integer variables, with rational coefficients and integer values.

    If D t has integer coefficients, then D t(n) modulo D depends on n modulo D alone, so D^k points decide. At most
    ``POINTS`` are looked at.
    """
    nodes = measure(t)[0]
    spend(3 * nodes)
    names = sorted(names_in(t))
    scale = residue(t, dict.fromkeys(names, 0), 1)[0] if all(kinds.get(x) == "integer" for x in names) else 0
    if scale == 0 or scale ** len(names) > POINTS:
        return False
    for values in itertools.product(range(scale), repeat=len(names)):
        spend(5 * nodes)
        if residue(t, dict(zip(names, values, strict=True)), scale)[1] != 0:
            return False
    return True


def residue(t: Term, at: dict[str, int], modulus: int) -> tuple[int, int]:
    """A number D such that D t has integer coefficients, and D t at a point modulo ``modulus``.

    D is 0 where ``t`` is no polynomial, or where D would be above ``POINTS``.
    """
    if isinstance(t, str):
        return 1, at[t] % modulus
    if not isinstance(t, tuple):
        number = Fraction(t)
        return (number.denominator, number.numerator % modulus) if number.denominator <= POINTS else (0, 0)
    scale, value = residue(t[1], at, modulus)
    if scale == 0 or t[0] == "-":
        return scale, -value % modulus
    if t[0] == "^" and isinstance(t[2], int) and 0 <= t[2] < (2**64 if scale == 1 else POINTS.bit_length()):
        scale, value = scale ** t[2], pow(value, t[2], modulus)
    elif t[0] == "/" and not isinstance(t[2], (str, tuple)) and 0 < abs(Fraction(t[2]).numerator) <= POINTS:
        by = Fraction(t[2])
        scale, value = scale * abs(by.numerator), value * by.denominator * (1 if by > 0 else -1) % modulus
    elif t[0] in ("+", "*"):
        for a in t[2:]:
            other, more = residue(a, at, modulus)
            if t[0] == "*":
                scale, value = scale * other, value * more % modulus
            else:
                common = scale * other // (gcd(scale, other) or 1)
                value = (value * (common // scale) + more * (common // other)) % modulus if common else 0
                scale = common
            if not 0 < scale <= POINTS:
                return 0, 0
    else:
        return 0, 0
    return (scale, value) if scale <= POINTS else (0, 0)


def integer_valued(t: Term, kinds: Mapping[str, str]) -> bool:
    """Whether ``t`` is an integer by its form, for all values of its variables."""
    return whole_when(t, kinds) == []
