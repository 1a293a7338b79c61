"""The rule ``numeric``: exp, log, sqrt and powers at a rational number, between rational bounds (``Enclosures.v``).

Coq computes what is compared: integers, and for exp the number below e^q that k squarings of multiples of 2^-p give.
Here k and p are chosen, as small as do.
"""

from fractions import Fraction
from math import log2

from verify.coq.reals.knowledge import assume
from verify.coq.reals.notation import computed
from verify.coq.reals.replay import Step
from verify.coq.reals.rules.rest import Rest
from verify.coq.reals.script import Scope, Work
from verify.kernel.reading import Refused, need
from verify.kernel.reals.json_form import read_number
from verify.kernel.reals.terms import Compound, Number

MOST_SQUARINGS = 1000  # the checker's own bounds of exp are 2^-320 apart, where 330 do


def bounds(t: Compound, low: Number, high: Number) -> tuple[str, str]:
    """Coq terms that prove ``low <= t`` and ``t <= high``; refused where the bounds are not seen to hold.

    >>> bounds(("sqrt", 2), 1, Fraction(3, 2))[1].split()[:3]
    ['(eq_ind', '_', '(fun']
    """
    op, q = t[0], Fraction(t[1])
    if op == "exp":
        return at_least(low, t[1]), at_most(t[1], high)
    if op == "log":
        need(q > 0, "the argument of a logarithm is not positive")
        return f"(log_low _ _ {at_most(low, t[1])})", f"(log_high _ _ {positive(t[1])} {at_least(t[1], high)})"
    need(op in ("sqrt", "^") and q > 0 and 0 <= low <= high, "not a function with numeric bounds")
    exponent = Fraction(1, 2) if op == "sqrt" else Fraction(t[2])
    below, above = root("low", low, t[1], exponent), root("high", high, t[1], exponent)
    if op == "^" and exponent.denominator > 1:
        return below, above
    same = f"(sqrt_pw _ {positive(t[1])})" if op == "sqrt" else whole_power(t[1], int(exponent))
    return (
        f"(eq_ind _ (fun v => Rle {literal(low)} v) {below} _ {same})",
        f"(eq_ind _ (fun v => Rle v {literal(high)}) {above} _ {same})",
    )


def literal(q: Number) -> str:
    """A rational number as it is written in statements."""
    q = Fraction(q)
    top = f"({q.numerator})" if q < 0 else str(q.numerator)
    return top if q.denominator == 1 else f"({top} / {q.denominator})"


def parts(q: Number) -> str:
    """The numerator and the denominator of a number, as arguments of a lemma."""
    q = Fraction(q)
    return f"{q.numerator} {q.denominator}" if q >= 0 else f"({q.numerator}) {q.denominator}"


def ratio(q: Number) -> str:
    """A proof that the literal is the quotient of its parts."""
    q = Fraction(q)
    return "eq_refl" if q.denominator > 1 else f"(ratio_literal ({q.numerator}))"


def positive(q: Number) -> str:
    """A proof that a positive literal is positive."""
    return f"(ratio_pos {literal(q)} {parts(q)} {ratio(q)})"


def whole_power(q: Number, n: int) -> str:
    """A proof that ``pw q n`` is the power with a literal exponent."""
    return (
        f"(pw_lit {literal(q)} {n})"
        if n > 0
        else f"(pw_lit0 {literal(q)})"
        if n == 0
        else f"(pw_neg {literal(q)} {-n})"
    )


def root(side: str, bound: Number, q: Number, exponent: Fraction) -> str:
    """A proof that the bound lies on that side of the power."""
    numbers = " ".join(f"{literal(x)} {parts(x)}" for x in (bound, q, exponent))
    check = computed(f"{side}_check {parts(bound)} {parts(q)} {parts(exponent)}")
    return f"(root_{side} {numbers} {ratio(bound)} {ratio(q)} {ratio(exponent)} {check})"


def at_least(low: Number, q: Number) -> str:
    """A proof of ``low <= exp q``."""
    k, p = precision(Fraction(low), Fraction(q))
    numbers = f"{literal(low)} {parts(low)} {literal(q)} {parts(q)}"
    check = computed(f"exp_check {k} {p} {parts(low)} {parts(q)}")
    return f"(exp_low {numbers} {k} {p} {ratio(low)} {ratio(q)} {check})"


def at_most(q: Number, high: Number) -> str:
    """A proof of ``exp q <= high``."""
    need(high > 0, "an upper bound of exp is not positive")
    k, p = precision(1 / Fraction(high), -Fraction(q))
    numbers = f"{literal(high)} {parts(high)} {literal(q)} {parts(q)}"
    check = computed(f"exp_check {k} {p} {parts(1 / Fraction(high))} {parts(-q)}")
    return f"(exp_high {numbers} {k} {p} {ratio(high)} {ratio(q)} {check})"


def precision(low: Fraction, q: Fraction) -> tuple[int, int]:
    """Numbers of squarings and of binary places at which ``low <= exp q`` is seen.

    Where (1 + q / 2^k)^(2^k) is used, the logarithm is too small by q^2 / 2^(k + 1); each of 2^k roundings costs 2^-p
    of 1, and the value itself may be as small as e^q.
    """
    small = max(0, -int(float(q) / 0.69)) + 1
    k = max(4, int(2 * log2(abs(float(q)) + 1)) + 2)
    while k <= MOST_SQUARINGS:
        for p in (k + small + 8, 2 * k + 2 * small + 16):
            if seen(low, q, k, p):
                return k, p
        k = k * 5 // 4 + 1
    raise Refused("the value is not seen to lie between the bounds")


def seen(low: Fraction, q: Fraction, k: int, p: int) -> bool:
    """What ``exp_check`` of the library computes."""
    e = q.denominator << k
    if e + q.numerator < 0:
        return False
    a = ((e + q.numerator) << p) // e
    for _ in range(k):
        a = a * a >> p
    return low.numerator << p <= low.denominator * a


def rule_numeric(work: Work, scope: Scope, step: Step) -> Rest:
    """low <= f(q) and f(q) <= high become facts."""
    t = step.state.term(step.node["term"])
    if not isinstance(t, tuple):
        raise Refused("not a value of a function")
    low, high = read_number(step.node["lower"]), read_number(step.node["upper"])
    relations = (("<=", low, t), ("<=", t, high))
    for relation, proof in zip(relations, bounds(t, low, high), strict=True):
        assume(work.script, scope, relation, work.script.asserted(scope, relation, f"exact {proof}"))
    return scope, step.after[0]
