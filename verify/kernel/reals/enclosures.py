"""Values of exp, log, sqrt and powers at rational numbers, between rational bounds: exact arithmetic throughout."""

from fractions import Fraction

from ..reading import need
from .terms import Compound
from .work import Spend, bits, uncounted


def exp_bounds(q: Fraction, spend: Spend = uncounted) -> tuple[Fraction, Fraction]:
    """Rationals below and above e^q: Taylor's formula at r = q/2^k, |r| <= 1/2, squared k times, rounded outwards."""
    need(abs(q) <= 10_000 and q.denominator.bit_length() <= 400, "the argument of exp is too large")
    spend(50 + 50 * ((50 * bits(q)) ** 2 >> 16))
    k = max(0, abs(q.numerator).bit_length() - q.denominator.bit_length() + 2)
    r, grid = q / 2**k, 1 << 320
    term, total = Fraction(1), Fraction(1)
    for i in range(1, 50):
        term = term * r / i
        total += term
    low, high = total - abs(term), total + abs(term)  # the rest is at most the last term kept
    for i in range(k + 1):
        low, high = Fraction(low * grid // 1, grid), Fraction(-(-high * grid // 1), grid)
        if i < k:
            low, high = low * low, high * high
    return low, high


def within(t: Compound, low: Fraction, high: Fraction, spend: Spend = uncounted) -> bool:
    """Whether ``low <= t <= high`` for a function of rational numbers, by series and powers."""
    op, q = t[0], Fraction(t[1])
    if op == "exp":
        below, above = exp_bounds(q, spend)
        return low <= below and above <= high
    if op == "log":
        return q > 0 and exp_bounds(low, spend)[1] <= q <= exp_bounds(high, spend)[0]
    # Without low <= high an even power would hide the sign of a negative upper bound.
    need(op in ("sqrt", "^") and q > 0 and 0 <= low <= high, "not a function with numeric bounds")
    power = Fraction(1, 2) if op == "sqrt" else Fraction(t[2])
    n, d = power.numerator, power.denominator
    need(abs(n) <= 200 and d <= 64, "the exponent is too large")
    spend(1 + ((abs(n) * bits(q)) ** 2 + (d * (bits(low) + bits(high))) ** 2 >> 20))
    return low**d <= q**n <= high**d
