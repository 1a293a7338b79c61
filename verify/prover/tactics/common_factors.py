"""A power of a product or quotient taken apart where a factor of its base has a power of the like exponent.

Steps: compare the irreducible factors of the bases, and the primes below ``MOST_PRIME`` of their numbers. Stops where
the exponent is not whole and a factor not shown to be positive. Source: (u v)^n = u^n v^n.
"""

from __future__ import annotations

from fractions import Fraction

from verify.language.rational_functions import factors_of, fraction
from verify.language.raw_terms import coefficient, is_number, symbolic_power
from verify.prover.derived_equations import congruent
from verify.prover.proof_builder import ProofBuilder
from verify.prover.tactic import JointLaw, ProofSearch
from verify.prover.tactics import whole_powers
from verify.prover.term import Term

MOST_PRIME = 100  # the largest prime factor of a base that is looked at


def common_factors(search: ProofSearch, builder: ProofBuilder, terms: list[Term]) -> bool:
    """Take a power of a product or quotient apart where a factor of its base has a power of the like exponent."""
    powers = [(t, coefficient(t[2])[1], parts_of(t[1])) for t in terms if symbolic_power(t)]
    for t, rest, factors in powers:
        others = [f for u, r, f in powers if u != t and r == rest]
        if len(factors) < 2 and t[1] == next(iter(factors), None):
            continue
        if not any(factors & f for f in others):
            continue
        a, b = as_product(t[1]), t[2]
        if a is None:
            continue
        if builder.state.whole(b):
            value = whole_powers.taken_apart(search, builder, a, b)
        elif all(search.ensure(builder, ("<", 0, u)) for u in a[1:]):
            builder.axiom("power product" if a[0] == "*" else "power quotient", a[1], a[2], b)
            value = (a[0], ("^", a[1], b), ("^", a[2], b))
        else:
            value = None
        if value is None:
            continue
        long = ("^", a, b)
        if long != t:
            congruent(builder, t, long)
            builder.rewrite(t, long)
        builder.rewrite(long, value)
        return True
    return False


def parts_of(a: Term) -> set[Term]:
    """The irreducible factors of a base above and below, with the primes of its number."""
    ratio = fraction(a)
    if ratio is None or ratio[1] == 0:
        return set()
    field, n, d = ratio
    (above, top), (below, bottom) = factors_of(n), factors_of(d)
    out: set[Term] = {field.term(f) for f, _ in (*top, *bottom)}
    value = above / below
    for part in (abs(int(value.p)), int(value.q)):
        out |= {p for p in range(2, MOST_PRIME) if part % p == 0 and all(p % q for q in range(2, p))}
    return out


def as_product(a: Term) -> Term | None:
    """A base as a product or quotient of two terms."""
    if is_number(a):
        a = Fraction(a)
        if a.denominator != 1:
            return ("/", a.numerator, a.denominator)
        p = next((p for p in range(2, MOST_PRIME) if a % p == 0), None)
        return ("*", p, int(a) // p) if p is not None and p != a else None
    if isinstance(a, tuple) and a[0] == "-":
        return ("*", -1, a[1])
    if not isinstance(a, tuple) or a[0] not in ("*", "/"):
        return None
    return a if len(a) == 3 else ("*", a[1], ("*", *a[2:]))


LAW = JointLaw("common_factors", common_factors)
