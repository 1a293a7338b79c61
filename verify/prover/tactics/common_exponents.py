"""Powers of one base whose exponents are multiples of each other, as literal powers of one of them.

Steps: a^(c b) for rational c and one b become powers of a^(g b), g being the greatest common divisor of all c; an even
exponent of a base without a visible sign is halved, so that the power is seen to be a square.
Stops at multiples above ``LARGEST_EXPONENT``. Source: the laws of exponents.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from verify.language.raw_terms import canonical, coefficient, scaled, symbolic_power
from verify.prover.derived_equations import LARGEST_EXPONENT, conclude, congruent, lemma
from verify.prover.proof_builder import ProofBuilder
from verify.prover.tactic import JointLaw, ProofSearch
from verify.prover.tactics import whole_powers
from verify.prover.term import Term


def common_exponents(search: ProofSearch, builder: ProofBuilder, terms: list[Term]) -> bool:
    """Write powers of one base whose exponents are multiples of each other as literal powers of one of them.

    An even exponent of a base without a visible sign is halved, so that the power is seen to be a square.
    """
    groups: dict[tuple[Term, Term], dict[Fraction, Term]] = {}
    for t in terms:
        if symbolic_power(t) and t[1] not in (1, -1, 0):
            c, rest = coefficient(t[2])
            groups.setdefault((t[1], rest), {})[c] = t
    for (a, rest), found in groups.items():
        signs = search.checker.sign(builder.state, a)
        if len(found) == 1 and signs <= {0, 1}:
            continue
        unit = common_unit(search, builder, rest, list(found), signs <= {0, 1})
        if unit is None:
            continue
        changed = False
        for t in found.values():
            changed = as_power(search, builder, t, unit) or changed
        if changed:
            return True
    return False


def common_unit(
    search: ProofSearch, builder: ProofBuilder, rest: Term, coefficients: list[Fraction], signed: bool
) -> Term | None:
    """The largest exponent of which all of them are whole multiples, even ones for a base without a sign."""
    bottom = lcm(*(c.denominator for c in coefficients))
    common = Fraction(gcd(*(int(c * bottom) for c in coefficients)), bottom)
    multiples = [c / common for c in coefficients]
    if not signed and all(m % 2 for m in multiples) and multiples != [-1]:
        h = whole_powers.half(search, builder, scaled(common, rest))
        if h is not None:
            return h
        if len(coefficients) == 1:
            return None
    return scaled(common, rest)


def as_power(search: ProofSearch, builder: ProofBuilder, t: Term, unit: Term) -> bool:
    """Replace a^b by (a^unit)^k, where b == k unit for a small whole number k."""
    _, a, b = t
    base = ("^", a, unit)
    if t == base:
        return False
    k = canonical(("/", b, unit))
    if not isinstance(k, int) or not (1 < abs(k) <= LARGEST_EXPONENT or k == -1):
        if not isinstance(b, tuple) or b[0] != "^":
            return False
        k = 2
    if search.ensure(builder, ("<", 0, a)):
        law = "power power"
    elif not builder.state.whole(unit):
        return False
    elif whole_powers.nonzero(search, builder, a):
        law = "power integer power"
    elif k > 0 and search.ensure(builder, ("<=", 0, unit)):
        law = "power natural power"
    else:
        return False
    aside = lemma(builder)
    aside.axiom(law, a, unit, k)
    if law != "power natural power":
        aside.axiom("power positive" if law == "power power" else "power nonzero", a, unit)
    stated, value = ("^", a, ("*", unit, k)), ("^", base, k)
    long = ("^", a, whole_powers.doubled(aside, b, unit)) if isinstance(b, tuple) and b[0] == "^" else stated
    steps = [congruent(aside, t, long), congruent(aside, long, stated)]
    conclude(builder, aside, t, value, [*((f, 1) for f in steps), (("==", value, stated), -1)])
    builder.rewrite(t, value)
    return True


LAW = JointLaw("common_exponents", common_exponents)
