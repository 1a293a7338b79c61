"""Whole powers of a base of any sign: signs taken out, exponents halved, powers taken apart.

When the exponent of a power is whole, the laws of powers hold for negative bases too (and at 0 where no exponent is
negative). Steps, from left to right:

- ``(-1)^p`` depends on p modulo 2 alone, and n^k is even or odd like n: (-1)^(n^2 + 2 n) is (-1)^n;
- ``(-c u)^n`` is ``(-1)^n (c u)^n``; ``sqrt(u)^(2 h)`` is ``u^h``; ``(a^m)^n`` is ``a^(m n)``.

Applies to exponents that are whole by their form; others are left to ``power_laws``, and literal ones to the algebra,
which multiplies them out. Stops at bases that may be 0 under an exponent that may be negative.
Source: the laws of exponents in a ring; n^k = n modulo 2.
"""

from __future__ import annotations

from fractions import Fraction

from verify.kernel.reals.formulas import normal
from verify.kernel.reals.terms import Formula
from verify.kernel.reals.whole import whole_when
from verify.language.rational_functions import fraction
from verify.language.raw_terms import canonical, coefficient, is_number, number, scaled
from verify.prover.derived_equations import conclude, congruent, lemma, rewritten
from verify.prover.proof_builder import ProofBuilder, dump
from verify.prover.tactic import ProofSearch
from verify.prover.term import Term


def odd_part(b: Term) -> Term | None:
    """A sum of products of different integer variables that is even or odd like ``b``."""
    ratio = fraction(b)
    if ratio is None:
        return None
    field, n, d = ratio
    if d != 1:
        return None
    parts: dict[tuple[int, ...], int] = {}
    for m, c in field.monomials(n):
        if c.denominator != 1:
            return None
        key = tuple(min(e, 1) for e in m)
        parts[key] = parts.get(key, 0) + c.numerator
    kept = field.one * 0
    for key, total in parts.items():
        if total % 2:
            kept = kept + field.context.from_dict({key: 1})
    return field.term(kept)


def half(search: ProofSearch, builder: ProofBuilder, b: Term) -> Term | None:
    """A whole ``h`` with ``b == 2 h``, where the form of ``b`` shows one."""
    c, rest = coefficient(b)
    h = None
    if c.denominator == 1 and c.numerator % 2 == 0:
        h = scaled(c / 2, rest)
    elif isinstance(b, tuple) and b[0] == "^" and isinstance(b[1], int) and b[1] % 2 == 0 and b[1] > 0:
        h = scaled(Fraction(b[1] // 2), ("^", b[1], ("+", b[2], -1)))
    elif odd_part(b) == 0:
        h = canonical(("*", Fraction(1, 2), b))
    return h if h is not None and whole(search, builder, h) else None


def whole(search: ProofSearch, builder: ProofBuilder, t: Term) -> bool:
    """Whether a term is an integer, its conditions being made facts."""
    conditions = whole_when(t, builder.state.kinds)
    return conditions is not None and all(search.ensure(builder, normal(c)) for c in conditions)


def doubled(builder: ProofBuilder, b: Term, h: Term) -> Term:
    """``2 h``, as a term that the checker sees to equal ``b``: for c^e the factor c is split off by an axiom."""
    if isinstance(b, tuple) and b[0] == "^" and isinstance(b[1], int):
        c, e = b[1], b[2]
        rest = ("+", e, -1)
        builder.axiom("power integer sum", c, 1, rest)
        long = ("^", c, ("+", 1, rest))
        same = congruent(builder, b, long)
        split = ("==", long, ("*", ("^", c, 1), ("^", c, rest)))
        conclude(builder, lemma(builder), b, ("*", 2, h), [(same, 1), (split, 1)])
    return ("*", 2, h)


def power(search: ProofSearch, builder: ProofBuilder, t: Term) -> Term | None:
    """What a whole power with a base that may be negative is rewritten to."""
    _, a, b = t
    if a == -1:
        return sign(search, builder, t)
    if isinstance(a, tuple) and a[0] == "sqrt":
        return power_of_root(search, builder, t)
    if isinstance(a, tuple) and a[0] == "^":
        return power_of_power(search, builder, t)
    opposite = positive_form(a)
    if opposite is None or search.checker.sign(builder.state, a) <= {0, 1}:
        return None
    product = ("*", -1, opposite)
    value = taken_apart(search, builder, product, b)
    if value is None:
        return None
    builder.apply("congruent", left=dump(t), right=dump(("^", product, b)))
    builder.rewrite(t, ("^", product, b))
    builder.rewrite(("^", product, b), value)
    return None  # it is done already, and leaves nothing about the product


def positive_form(a: Term) -> Term | None:
    """The opposite of a term that is written with a minus sign."""
    if is_number(a):
        return number(-Fraction(a)) if a < 0 else None
    c, rest = coefficient(a)
    return scaled(-c, rest) if c < 0 else None


def sign(search: ProofSearch, builder: ProofBuilder, t: Term) -> Term | None:
    """(-1)^b with what is even in b left out."""
    b = t[2]
    kept = odd_part(b)
    if kept is None or kept == b:
        h = half(search, builder, b)
        if h is None or is_number(b):
            return None
        kept = 0
    else:
        found = canonical(("*", Fraction(1, 2), ("+", b, ("-", kept))))
        if found is None or not builder.state.whole(found):
            return None
        h = found
    if h == 0:
        return rewritten(builder, t, ("^", -1, kept))
    even, aside = ("^", -1, ("*", 2, h)), lemma(builder)
    aside.axiom("power even", h)
    one = ("==", even, 1)
    if kept == 0:
        double = doubled(aside, b, h)
        conclude(builder, aside, t, 1, [(congruent(aside, t, ("^", -1, double)), 1), (one, 1)])
        return 1
    aside.axiom("power integer sum", -1, kept, ("*", 2, h))
    long, first = ("^", -1, ("+", kept, ("*", 2, h))), ("^", -1, kept)
    same = congruent(aside, t, long)
    conclude(builder, aside, t, first, [(same, 1), (("==", long, ("*", first, even)), 1), (one, first)])
    return first


def power_of_root(search: ProofSearch, builder: ProofBuilder, t: Term) -> Term | None:
    """sqrt(u)^(2 h) == u^h."""
    _, a, b = t
    h = half(search, builder, b)
    if h is None or not search.ensure(builder, ("<=", 0, a[1])):
        return None
    positive = search.ensure(builder, ("<", 0, a[1]))
    if not positive and not search.ensure(builder, ("<=", 0, h)):
        return None
    aside = lemma(builder)
    if positive:
        aside.axiom("sqrt positive", a[1])
    aside.axiom("power integer power" if positive else "power natural power", a, 2, h)
    aside.axiom("sqrt square", a[1])
    value = ("^", a[1], h)
    middle = ("==", ("^", ("^", a, 2), h), ("^", a, ("*", 2, h)))
    last = congruent(aside, middle[1], value)
    same = congruent(aside, t, ("^", a, doubled(aside, b, h)))
    conclude(builder, aside, t, value, [(same, 1), (middle, -1), (last, 1)])
    return value


def power_of_power(search: ProofSearch, builder: ProofBuilder, t: Term) -> Term | None:
    """(a^m)^n == a^(m n) for whole m and n."""
    _, (_, a, m), n = t
    if not builder.state.whole(m) or search.checker.sign(builder.state, a) == {1}:
        return None
    if nonzero(search, builder, a):
        builder.axiom("power integer power", a, m, n)
    elif search.ensure(builder, ("<=", 0, m)) and search.ensure(builder, ("<=", 0, n)):
        builder.axiom("power natural power", a, m, n)
    else:
        return None
    return ("^", a, ("*", m, n))


def nonzero(search: ProofSearch, builder: ProofBuilder, a: Term) -> bool:
    """Make ``a != 0`` a fact, if that is seen at once."""
    wanted: Formula = ("!=", a, 0)
    if builder.state.knows(wanted):
        return True
    if is_number(a) or not search.checker.nonzero(builder.state, a):
        return False
    builder.have(("!=", 0, a), {"rule": "sign", "factors": [[dump(a), "1"]]})
    return True


def taken_apart(search: ProofSearch, builder: ProofBuilder, a: Term, b: Term) -> Term | None:
    """(u v)^b or (u/v)^b as a product or quotient of powers, where an axiom allows it."""
    op, u, v = a
    kind = "product" if op == "*" else "quotient"
    value = (op, ("^", u, b), ("^", v, b))
    bottom = op == "*" or nonzero(search, builder, v)
    if bottom and nonzero(search, builder, u) and nonzero(search, builder, v):
        builder.axiom(f"power integer {kind}", u, v, b)
    elif bottom and search.ensure(builder, ("<=", 0, b)):
        builder.axiom(f"power natural {kind}", u, v, b)
    else:
        return None
    return value


NAME = "whole_powers"
