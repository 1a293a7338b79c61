"""Whole powers of bases of any sign: signs taken out, exponents halved, one unit for the exponents of one base.

When the exponent of a power is whole, the laws of powers hold for negative bases too (and at 0 where no exponent is
negative). Used left to right:

- ``(-1)^p`` depends on p modulo 2 alone, and n^k is even or odd like n: (-1)^(n^2 + 2 n) is (-1)^n;
- ``(-c u)^n`` is ``(-1)^n (c u)^n``; ``(u v)^n`` and ``(u/v)^n`` are taken apart where a part stands elsewhere;
- ``a^(2 h)`` is ``(a^h)^2``, a square; powers of one base are powers of one of them.

Exponents that are not whole by their form are left to ``verify.prover.tactics.function_identities``. Nothing is done
about literal exponents, which the algebra multiplies out. Source: the laws of exponents in a ring, and n^k = n modulo 2
(Fermat).
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING

from verify.kernel.checker import Formula, Term, normal, whole_when
from verify.language.rational_functions import factors_of, fraction
from verify.prover.proof_builder import Node, Thread, dump, number
from verify.prover.tactics import function_identities

if TYPE_CHECKING:
    from verify.prover.search import Search

MOST_PRIME = 100  # the largest prime factor of a base that is looked at
Exponent = tuple[Fraction, Term]  # a coefficient and the rest


def symbolic(t: Term) -> bool:
    """Whether a term is a power that the algebra does not multiply out."""
    return isinstance(t, tuple) and t[0] == "^" and not function_identities.is_number(t[2])


def lemma(thread: Thread) -> Thread:
    """Where an equation is derived: what it needs on the way does not stay among the facts."""
    return Thread(thread.checker, thread.state)


def conclude(thread: Thread, aside: Thread, left: Term, right: Term, cofactors: list[tuple[Formula, Term]]) -> None:
    """Add an equation that follows from those stated aside with these cofactors; raises ``Refused``."""
    goal: Formula = ("==", left, right)
    node: Node = {"rule": "ring", "cofactors": [[dump(f), dump(c)] for f, c in cofactors]}
    thread.checker.step(aside.state.assume(goal=goal), node)
    thread.have(goal, aside.close(node))


def congruent(thread: Thread, left: Term, right: Term) -> Formula:
    """The equation between two powers with equal arguments; raises ``Refused``."""
    if left != right:
        thread.apply("congruent", left=dump(left), right=dump(right))
    return ("==", left, right)


# ---------------------------------------------------------------- exponents


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
    for key, c in parts.items():
        if c % 2:
            kept = kept + field.context.from_dict({key: 1})
    return field.term(kept)


def half(search: Search, thread: Thread, b: Term) -> Term | None:
    """A whole ``h`` with ``b == 2 h``, where the form of ``b`` shows one."""
    c, rest = function_identities.coefficient(b)
    h = None
    if c.denominator == 1 and c.numerator % 2 == 0:
        h = function_identities.scaled(c / 2, rest)
    elif isinstance(b, tuple) and b[0] == "^" and isinstance(b[1], int) and b[1] % 2 == 0 and b[1] > 0:
        h = function_identities.scaled(Fraction(b[1] // 2), ("^", b[1], ("+", b[2], -1)))
    elif odd_part(b) == 0:
        h = function_identities.canonical(("*", Fraction(1, 2), b))
    return h if h is not None and whole(search, thread, h) else None


def whole(search: Search, thread: Thread, t: Term) -> bool:
    """Whether a term is an integer, its conditions being made facts."""
    conditions = whole_when(t, thread.state.kinds)
    return conditions is not None and all(search.ensure(thread, normal(c)) for c in conditions)


def doubled(thread: Thread, b: Term, h: Term) -> Term:
    """``2 h``, as a term that the checker sees to equal ``b``: for c^e the factor c is split off by an axiom."""
    if isinstance(b, tuple) and b[0] == "^" and isinstance(b[1], int):
        c, e = b[1], b[2]
        rest = ("+", e, -1)
        thread.axiom("power integer sum", c, 1, rest)
        long = ("^", c, ("+", 1, rest))
        same = congruent(thread, b, long)
        split = ("==", long, ("*", ("^", c, 1), ("^", c, rest)))
        conclude(thread, lemma(thread), b, ("*", 2, h), [(same, 1), (split, 1)])
    return ("*", 2, h)


# ---------------------------------------------------------------- one power


def power(search: Search, thread: Thread, t: Term) -> Term | None:
    """What a whole power with a base that may be negative is rewritten to."""
    _, a, b = t
    if a == -1:
        return sign(search, thread, t)
    if isinstance(a, tuple) and a[0] == "sqrt":
        return power_of_root(search, thread, t)
    if isinstance(a, tuple) and a[0] == "^":
        return power_of_power(search, thread, t)
    opposite = positive_form(a)
    if opposite is None or search.checker.sign(thread.state, a) <= {0, 1}:
        return None
    product = ("*", -1, opposite)
    value = taken_apart(search, thread, product, b)
    if value is None:
        return None
    thread.apply("congruent", left=dump(t), right=dump(("^", product, b)))
    thread.rewrite(t, ("^", product, b))
    thread.rewrite(("^", product, b), value)
    return None  # it is done already, and leaves nothing about the product


def positive_form(a: Term) -> Term | None:
    """The opposite of a term that is written with a minus sign."""
    if function_identities.is_number(a):
        return number(-Fraction(a)) if a < 0 else None
    c, rest = function_identities.coefficient(a)
    return function_identities.scaled(-c, rest) if c < 0 else None


def sign(search: Search, thread: Thread, t: Term) -> Term | None:
    """(-1)^b with what is even in b left out."""
    b = t[2]
    kept = odd_part(b)
    if kept is None or kept == b:
        h = half(search, thread, b)
        if h is None or function_identities.is_number(b):
            return None
        kept = 0
    else:
        found = function_identities.canonical(("*", Fraction(1, 2), ("+", b, ("-", kept))))
        if found is None or not thread.state.whole(found):
            return None
        h = found
    if h == 0:
        return function_identities.rewritten(thread, t, ("^", -1, kept))
    even, aside = ("^", -1, ("*", 2, h)), lemma(thread)
    aside.axiom("power even", h)
    one = ("==", even, 1)
    if kept == 0:
        double = doubled(aside, b, h)
        conclude(thread, aside, t, 1, [(congruent(aside, t, ("^", -1, double)), 1), (one, 1)])
        return 1
    aside.axiom("power integer sum", -1, kept, ("*", 2, h))
    long, first = ("^", -1, ("+", kept, ("*", 2, h))), ("^", -1, kept)
    same = congruent(aside, t, long)
    conclude(thread, aside, t, first, [(same, 1), (("==", long, ("*", first, even)), 1), (one, first)])
    return first


def power_of_root(search: Search, thread: Thread, t: Term) -> Term | None:
    """sqrt(u)^(2 h) == u^h."""
    _, a, b = t
    h = half(search, thread, b)
    if h is None or not search.ensure(thread, ("<=", 0, a[1])):
        return None
    positive = search.ensure(thread, ("<", 0, a[1]))
    if not positive and not search.ensure(thread, ("<=", 0, h)):
        return None
    aside = lemma(thread)
    if positive:
        aside.axiom("sqrt positive", a[1])
    aside.axiom("power integer power" if positive else "power natural power", a, 2, h)
    aside.axiom("sqrt square", a[1])
    value = ("^", a[1], h)
    middle = ("==", ("^", ("^", a, 2), h), ("^", a, ("*", 2, h)))
    last = congruent(aside, middle[1], value)
    same = congruent(aside, t, ("^", a, doubled(aside, b, h)))
    conclude(thread, aside, t, value, [(same, 1), (middle, -1), (last, 1)])
    return value


def power_of_power(search: Search, thread: Thread, t: Term) -> Term | None:
    """(a^m)^n == a^(m n) for whole m and n."""
    _, (_, a, m), n = t
    if not thread.state.whole(m) or search.checker.sign(thread.state, a) == {1}:
        return None
    if nonzero(search, thread, a):
        thread.axiom("power integer power", a, m, n)
    elif search.ensure(thread, ("<=", 0, m)) and search.ensure(thread, ("<=", 0, n)):
        thread.axiom("power natural power", a, m, n)
    else:
        return None
    return ("^", a, ("*", m, n))


def nonzero(search: Search, thread: Thread, a: Term) -> bool:
    """Make ``a != 0`` a fact, if that is seen at once."""
    wanted: Formula = ("!=", a, 0)
    if thread.state.knows(wanted):
        return True
    if function_identities.is_number(a) or not search.checker.nonzero(thread.state, a):
        return False
    thread.have(("!=", 0, a), {"rule": "sign", "factors": [[dump(a), "1"]]})
    return True


def taken_apart(search: Search, thread: Thread, a: Term, b: Term) -> Term | None:
    """(u v)^b or (u/v)^b as a product or quotient of powers, where an axiom allows it."""
    op, u, v = a
    kind = "product" if op == "*" else "quotient"
    value = (op, ("^", u, b), ("^", v, b))
    bottom = op == "*" or nonzero(search, thread, v)
    if bottom and nonzero(search, thread, u) and nonzero(search, thread, v):
        thread.axiom(f"power integer {kind}", u, v, b)
    elif bottom and search.ensure(thread, ("<=", 0, b)):
        thread.axiom(f"power natural {kind}", u, v, b)
    else:
        return None
    return value


# ---------------------------------------------------------------- several powers


def common_factors(search: Search, thread: Thread, terms: list[Term]) -> bool:
    """Take a power of a product or quotient apart where a factor of its base has a power of the like exponent."""
    powers = [(t, function_identities.coefficient(t[2])[1], parts_of(t[1])) for t in terms if symbolic(t)]
    for t, rest, factors in powers:
        others = [f for u, r, f in powers if u != t and r == rest]
        if len(factors) < 2 and t[1] == next(iter(factors), None):
            continue
        if not any(factors & f for f in others):
            continue
        a, b = as_product(t[1]), t[2]
        if a is None:
            continue
        if thread.state.whole(b):
            value = taken_apart(search, thread, a, b)
        elif all(search.ensure(thread, ("<", 0, u)) for u in a[1:]):
            thread.axiom("power product" if a[0] == "*" else "power quotient", a[1], a[2], b)
            value = (a[0], ("^", a[1], b), ("^", a[2], b))
        else:
            value = None
        if value is None:
            continue
        long = ("^", a, b)
        if long != t:
            congruent(thread, t, long)
            thread.rewrite(t, long)
        thread.rewrite(long, value)
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
    if function_identities.is_number(a):
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


def common_exponents(search: Search, thread: Thread, terms: list[Term]) -> bool:
    """Write powers of one base whose exponents are multiples of each other as literal powers of one of them.

    An even exponent of a base without a visible sign is halved, so that the power is seen to be a square.
    """
    groups: dict[tuple[Term, Term], dict[Fraction, Term]] = {}
    for t in terms:
        if symbolic(t) and t[1] not in (1, -1, 0):
            c, rest = function_identities.coefficient(t[2])
            groups.setdefault((t[1], rest), {})[c] = t
    for (a, rest), found in groups.items():
        signs = search.checker.sign(thread.state, a)
        if len(found) == 1 and signs <= {0, 1}:
            continue
        unit = common_unit(search, thread, rest, list(found), signs <= {0, 1})
        if unit is None:
            continue
        changed = False
        for t in found.values():
            changed = as_power(search, thread, t, unit) or changed
        if changed:
            return True
    return False


def common_unit(search: Search, thread: Thread, rest: Term, coefficients: list[Fraction], signed: bool) -> Term | None:
    """The largest exponent of which all of them are whole multiples, even ones for a base without a sign."""
    bottom = lcm(*(c.denominator for c in coefficients))
    common = Fraction(gcd(*(int(c * bottom) for c in coefficients)), bottom)
    multiples = [c / common for c in coefficients]
    if not signed and all(m % 2 for m in multiples) and multiples != [-1]:
        h = half(search, thread, function_identities.scaled(common, rest))
        if h is not None:
            return h
        if len(coefficients) == 1:
            return None
    return function_identities.scaled(common, rest)


def as_power(search: Search, thread: Thread, t: Term, unit: Term) -> bool:
    """Replace a^b by (a^unit)^k, where b == k unit for a small whole number k."""
    _, a, b = t
    base = ("^", a, unit)
    if t == base:
        return False
    k = function_identities.canonical(("/", b, unit))
    if not isinstance(k, int) or not (1 < abs(k) <= function_identities.MOST or k == -1):
        if not isinstance(b, tuple) or b[0] != "^":
            return False
        k = 2
    if search.ensure(thread, ("<", 0, a)):
        law = "power power"
    elif not thread.state.whole(unit):
        return False
    elif nonzero(search, thread, a):
        law = "power integer power"
    elif k > 0 and search.ensure(thread, ("<=", 0, unit)):
        law = "power natural power"
    else:
        return False
    aside = lemma(thread)
    aside.axiom(law, a, unit, k)
    if law != "power natural power":
        aside.axiom("power positive" if law == "power power" else "power nonzero", a, unit)
    stated, value = ("^", a, ("*", unit, k)), ("^", base, k)
    long = ("^", a, doubled(aside, b, unit)) if isinstance(b, tuple) and b[0] == "^" else stated
    steps = [congruent(aside, t, long), congruent(aside, long, stated)]
    conclude(thread, aside, t, value, [*((f, 1) for f in steps), (("==", value, stated), -1)])
    thread.rewrite(t, value)
    return True
