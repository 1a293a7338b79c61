"""Laws for one logarithm: of 1, of a number, an exponential, a product, a quotient, a power, a root.

Steps: a sum is first factored where its factors are positive and, if there are several, arguments of other logarithms.
Numbers are taken apart into primes below ``MOST_PRIME``. Stops where a factor is not shown to be positive.
Source: log(a b) = log(a) + log(b).
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from verify.language.rational_functions import Field, Polynomial, ZeroDenominator, as_fraction, factors_of
from verify.language.raw_terms import is_number, number
from verify.prover.derived_equations import rewritten, root_as_power
from verify.prover.proof_builder import ProofBuilder, present
from verify.prover.tactic import ProofSearch, ValueLaw
from verify.prover.term import Term

MOST_PRIME = 100  # prime factors of a number below this are split off


def logarithm(search: ProofSearch, builder: ProofBuilder, t: Term) -> Term | None:
    """What log(a) is rewritten to; None where no law applies."""
    a = t[1]
    if a == 1:
        builder.axiom("log one")
        return 0
    if is_number(a):
        return log_of_number(builder, t, Fraction(a))
    if not isinstance(a, tuple):
        return None
    if a[0] == "exp":
        builder.axiom("log exp", a[1])
        return a[1]
    if a[0] in ("+", "-"):
        product = factored(search, builder, a)
        return None if product is None else rewritten(builder, t, ("log", product))
    if a[0] in ("*", "/"):
        if len(a) > 3:
            return rewritten(builder, t, ("log", ("*", a[1], ("*", *a[2:]))))
        if all(search.ensure(builder, ("<", 0, u)) for u in a[1:]):
            builder.axiom("log product" if a[0] == "*" else "log quotient", *a[1:])
            second = ("log", a[2])
            return ("+", ("log", a[1]), second if a[0] == "*" else ("-", second))
    if a[0] == "^" and isinstance(a[2], int) and a[2] % 2 == 0 and search.ensure(builder, ("<", a[1], 0)):
        flipped = ("^", ("-", a[1]), a[2])
        return rewritten(builder, t, ("log", flipped))
    if a[0] == "^" and search.ensure(builder, ("<", 0, a[1])):
        builder.axiom("log power", a[1], a[2])
        return ("*", a[2], ("log", a[1]))
    if a[0] == "sqrt" and search.ensure(builder, ("<", 0, a[1])):
        half = ("^", a[1], Fraction(1, 2))
        root_as_power(builder, a[1], a, half)
        builder.rewrite(a, half)
        builder.axiom("log power", a[1], Fraction(1, 2))
        builder.rewrite(("log", half), ("*", Fraction(1, 2), ("log", a[1])))
    return None


def factored(search: ProofSearch, builder: ProofBuilder, a: Term) -> Term | None:
    """A sum as a product of positive factors: a number and one more, or the arguments of other logarithms."""
    others = [t[1] for t in present(builder.state) if t[0] == "log" and t[1] != a]
    field = Field([a, *others])
    try:
        n, d = field.quotient(a)
        known = [p for p, one in map(field.quotient, others) if one == 1]
    except ZeroDenominator:
        return None
    if n == 0 or n.is_constant():
        return None
    (top, above), (bottom, below) = factors_of(n), factors_of(d)
    constant = top / bottom
    found: list[tuple[Polynomial, int]] = []
    for f, e in [*above, *((g, -e) for g, e in below)]:
        if search.samples.likely(builder.state, field.term(f)) == "<":
            f, constant = -f, constant * (-1) ** int(e)
        found.append((f, int(e)))
    if constant <= 0 or len(found) + (constant != 1) < 2:
        return None
    if len(found) > 1 and not all(f in known for f, _ in found):
        return None
    if not all(search.ensure(builder, ("<", 0, field.term(f))) for f, _ in found):
        return None
    parts = [field.term(f) if e == 1 else ("^", field.term(f), e) for f, e in found]
    if constant != 1:
        parts.insert(0, number(as_fraction(constant)))
    return reduce(lambda left, right: ("*", left, right), parts)


def log_of_number(builder: ProofBuilder, t: Term, q: Fraction) -> Term | None:
    """Logarithms of composite numbers from those of their parts."""
    if q <= 0 or q == 1:
        return None
    if q.denominator != 1:
        parts: Term = ("/", q.numerator, q.denominator)
        builder.axiom("log quotient", q.numerator, q.denominator)
        rewritten(builder, t, ("log", parts))
        builder.rewrite(("log", parts), ("+", ("log", q.numerator), ("-", ("log", q.denominator))))
        return ("+", ("log", q.numerator), ("-", ("log", q.denominator)))
    n = q.numerator
    p = next((p for p in range(2, MOST_PRIME) if n % p == 0), n)
    if p == n:
        return None
    rewritten(builder, t, ("log", ("*", p, n // p)))
    builder.axiom("log product", p, n // p)
    builder.rewrite(("log", ("*", p, n // p)), ("+", ("log", p), ("log", n // p)))
    return ("+", ("log", p), ("log", n // p))


LAW = ValueLaw("logarithm_laws", "log", logarithm)
