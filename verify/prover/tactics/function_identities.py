"""Laws of exponentials, logarithms and powers, used from left to right until none applies."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from math import lcm
from typing import TYPE_CHECKING, Any

from verify.kernel.checker import Refused, Term, integer_valued, names_in
from verify.language.evaluation import Undecided, Undefined, evaluate
from verify.language.rational_functions import Field, ZeroDenominator, factors_of, fraction
from verify.prover.proof_builder import Thread, dump, number, present
from verify.prover.tactics import whole_powers

if TYPE_CHECKING:
    from verify.prover.search import Search

MOST = 12  # the largest whole exponent that is introduced


def is_number(t: Any) -> bool:
    return isinstance(t, (int, Fraction))


def simplify(search: Search, thread: Thread, t: Term) -> bool:
    """Rewrite a function value into simpler ones; True if that was possible."""
    plain = tuple(reduced(a) for a in t[1:])
    if plain != t[1:]:
        thread.rewrite(t, rewritten(thread, t, (t[0], *plain)))
        return True
    law = {"exp": exponential, "log": logarithm, "^": power, "sqrt": root}[t[0]]
    value = law(search, thread, t)
    if value is None:
        return False
    thread.rewrite(t, value)
    return True


def rewritten(thread: Thread, t: Term, u: Term) -> Term:
    """``t`` and ``u`` are the same function of arguments that are identically equal."""
    thread.apply("congruent", left=dump(t), right=dump(u))
    return u


def reduced(a: Term) -> Term:
    """The number an argument is, if it is one."""
    if not isinstance(a, tuple):
        return a
    plain = canonical(a)
    return plain if is_number(plain) else a


def exponential(search: Search, thread: Thread, t: Term) -> Term | None:
    a = t[1]
    if a == 0:
        thread.axiom("exp zero")
        return 1
    if isinstance(a, tuple) and a[0] == "log" and search.ensure(thread, ("<", 0, a[1])):
        thread.axiom("exp log", a[1])
        return a[1]
    plain = canonical(a)
    if plain is not None and plain != a:
        return rewritten(thread, t, ("exp", plain))
    if isinstance(a, tuple) and a[0] == "+":
        rest = a[2] if len(a) == 3 else ("+", *a[2:])
        if len(a) > 3:
            return rewritten(thread, t, ("exp", ("+", a[1], rest)))
        thread.axiom("exp sum", a[1], rest)
        return ("*", ("exp", a[1]), ("exp", rest))
    if isinstance(a, tuple) and a[0] == "*" and len(a) == 3 and isinstance(a[1], int) and abs(a[1]) <= MOST:
        inner = a[2]
        if isinstance(inner, tuple) and inner[0] == "log":
            return multiple(thread, t, inner, a[1])
    return None


def canonical(a: Term) -> Term | None:
    """A polynomial with its terms multiplied out; None where that is not possible."""
    if is_number(a) or isinstance(a, str):
        return a
    ratio = fraction(a)
    if ratio is None:
        return None
    field, n, d = ratio
    return field.term(n) if d == 1 else None


def multiple(thread: Thread, t: Term, u: Term, k: int) -> Term:
    """exp(k u) == exp(u)^k for a whole number k, where ``t`` is exp(k u)."""
    base = ("exp", u)
    thread.axiom("exp positive", u)
    thread.axiom("power exp", base, k)
    thread.axiom("log exp", u)
    thread.rewrite(("log", base), u)
    middle = ("exp", ("*", k, u))
    if t != middle:
        thread.apply("congruent", left=dump(t), right=dump(middle))
    value = ("^", base, k)
    cofactors = [[dump(("==", value, middle)), "-1"]]
    if t != middle:
        cofactors.append([dump(("==", t, middle)), "1"])
    thread.have(("==", t, value), {"rule": "ring", "cofactors": cofactors})
    if t != middle:
        thread.rewrite(middle, value)  # or it would be simplified to t again
    return value


def common_exponentials(search: Search, thread: Thread, terms: list[Term]) -> bool:
    """Write exponentials of multiples of one argument as powers of one of them."""
    groups: dict[Term, dict[Fraction, Term]] = {}
    for t in terms:
        if t[0] == "exp":
            c, rest = (Fraction(t[1]), 1) if is_number(t[1]) else coefficient(t[1])
            groups.setdefault(rest, {})[c] = t
    for rest, found in groups.items():
        if len(found) < 2:
            continue
        bottom = lcm(*(c.denominator for c in found))
        u = Fraction(1, bottom) if rest == 1 else ("*", Fraction(1, bottom), rest)
        u = rest if bottom == 1 else u
        changed = False
        for c, t in found.items():
            k = int(c * bottom)
            if abs(k) > MOST or t == ("exp", u):
                continue
            thread.rewrite(t, multiple(thread, t, u, k))
            changed = True
        if changed:
            return True
    return False


def reciprocal(thread: Thread, t: Term) -> Term:
    """exp(-a), with exp(a) exp(-a) == 1."""
    a, b = t[1], ("-", t[1])
    thread.axiom("exp sum", a, b)
    thread.axiom("exp zero")
    total = ("exp", ("+", a, b))
    thread.apply("congruent", left=dump(total), right=dump(("exp", 0)))
    thread.rewrite(total, ("exp", 0))
    thread.rewrite(("exp", 0), 1)
    return ("exp", b)


def inverse_tangent(search: Search, thread: Thread, t: Term) -> None:
    """1 - 1/a <= log(a), from the tangent of the logarithm of 1/a."""
    a = t[1]
    inverse = ("/", 1, a)
    if not search.ensure(thread, ("<", 0, a)) or not search.ensure(thread, ("<", 0, inverse)):
        return
    strict = search.ensure(thread, ("!=", inverse, 1))
    thread.axiom("log strict tangent" if strict else "log tangent", inverse)
    thread.axiom("log quotient", 1, a)
    thread.rewrite(("log", inverse), ("+", ("log", 1), ("-", t)))
    thread.axiom("log one")
    thread.rewrite(("log", 1), 0)


def common_bases(search: Search, thread: Thread, terms: list[Term]) -> bool:
    """Powers of composite numbers as products, where powers of their prime factors occur beside them."""
    groups: dict[Term, dict[int, Term]] = {}
    for t in terms:
        if t[0] == "^" and isinstance(t[1], int) and t[1] > 1 and names_in(t[2]):
            groups.setdefault(t[2], {})[t[1]] = t
    for b, found in groups.items():
        for a, t in found.items():
            p = next((q for q in sorted(found) if q < a and a % q == 0), None)
            if p is not None:
                product = ("^", ("*", p, a // p), b)
                rewritten(thread, t, product)
                whole_exponent = integer_valued(b, thread.state.kinds)
                for base in (p, a // p):
                    if whole_exponent and not thread.state.knows(("!=", base, 0)):
                        return False
                names = (p, a // p, b)
                thread.axiom("power integer product" if whole_exponent else "power product", *names)
                value = ("*", ("^", p, b), ("^", a // p, b))
                thread.rewrite(product, value)
                thread.rewrite(t, value)
                return True
    return False


def coefficient(a: Term) -> tuple[Fraction, Term]:
    """A rational factor in front, and the rest."""
    if isinstance(a, tuple) and a[0] == "-":
        c, rest = coefficient(a[1])
        return -c, rest
    if isinstance(a, tuple) and a[0] == "*" and is_number(a[1]):
        return Fraction(a[1]), a[2] if len(a) == 3 else ("*", *a[2:])
    if isinstance(a, tuple) and a[0] == "/" and is_number(a[2]):
        c, rest = coefficient(a[1])
        return c / a[2], rest
    return Fraction(1), a


def scaled(c: Fraction, rest: Term) -> Term:
    """A term that stands for ``c`` times another."""
    if c == 1:
        return rest
    return ("*", number(c), *rest[1:]) if isinstance(rest, tuple) and rest[0] == "*" else ("*", number(c), rest)


def logarithm(search: Search, thread: Thread, t: Term) -> Term | None:
    a = t[1]
    if a == 1:
        thread.axiom("log one")
        return 0
    if is_number(a):
        return log_of_number(thread, t, Fraction(a))
    if not isinstance(a, tuple):
        return None
    if a[0] == "exp":
        thread.axiom("log exp", a[1])
        return a[1]
    if a[0] in ("+", "-"):
        product = factored(search, thread, a)
        return None if product is None else rewritten(thread, t, ("log", product))
    if a[0] in ("*", "/"):
        if len(a) > 3:
            return rewritten(thread, t, ("log", ("*", a[1], ("*", *a[2:]))))
        if all(search.ensure(thread, ("<", 0, u)) for u in a[1:]):
            thread.axiom("log product" if a[0] == "*" else "log quotient", *a[1:])
            second = ("log", a[2])
            return ("+", ("log", a[1]), second if a[0] == "*" else ("-", second))
    if a[0] == "^" and isinstance(a[2], int) and a[2] % 2 == 0 and search.ensure(thread, ("<", a[1], 0)):
        flipped = ("^", ("-", a[1]), a[2])
        return rewritten(thread, t, ("log", flipped))
    if a[0] == "^" and search.ensure(thread, ("<", 0, a[1])):
        thread.axiom("log power", a[1], a[2])
        return ("*", a[2], ("log", a[1]))
    if a[0] == "sqrt" and search.ensure(thread, ("<", 0, a[1])):
        half = ("^", a[1], Fraction(1, 2))
        roots(thread, a[1], a, half)
        thread.rewrite(a, half)
        thread.axiom("log power", a[1], Fraction(1, 2))
        thread.rewrite(("log", half), ("*", Fraction(1, 2), ("log", a[1])))
    return None


def factored(search: Search, thread: Thread, a: Term) -> Term | None:
    """A sum as a product of positive factors: a number and one more, or the arguments of other logarithms."""
    others = [t[1] for t in present(thread.state) if t[0] == "log" and t[1] != a]
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
    found: list[tuple[Any, int]] = []
    for f, e in [*above, *((g, -e) for g, e in below)]:
        if search.samples.likely(thread.state, field.term(f)) == "<":
            f, constant = -f, constant * (-1) ** int(e)
        found.append((f, int(e)))
    if constant <= 0 or len(found) + (constant != 1) < 2:
        return None
    if len(found) > 1 and not all(f in known for f, _ in found):
        return None
    if not all(search.ensure(thread, ("<", 0, field.term(f))) for f, _ in found):
        return None
    parts = [field.term(f) if e == 1 else ("^", field.term(f), e) for f, e in found]
    if constant != 1:
        parts.insert(0, number(Fraction(int(constant.p), int(constant.q))))
    return reduce(lambda left, right: ("*", left, right), parts)


def roots(thread: Thread, a: Term, first: Term, half: Term) -> None:
    """sqrt(a) == a^(1/2) where a > 0: both are positive and have the same square."""
    thread.axiom("sqrt positive", a)
    if not thread.state.knows(("<=", 0, a)):
        raise Refused("the radicand is not known to be positive")
    thread.axiom("sqrt square", a)
    whole(thread, a, half, Fraction(1, 2), 2)
    thread.axiom("power positive", a, Fraction(1, 2))
    square = [[dump(("==", ("^", first, 2), a)), "1"], [dump(("==", ("^", half, 2), a)), "-1"]]
    gap = ("/", 1, ("+", first, half))
    cofactors = [[f, dump(("*", Fraction(c), gap))] for f, c in square]
    thread.have(("==", first, half), {"rule": "ring", "cofactors": cofactors})


def whole(thread: Thread, a: Term, base: Term, exponent: Fraction, k: int) -> None:
    """State (a^exponent)^k == a^(exponent k) for a whole result, with ``base`` being a^exponent."""
    thread.axiom("power power", a, number(exponent), k)
    long = ("^", a, ("*", number(exponent), k))
    short = ("^", a, int(exponent * k))
    thread.apply("congruent", left=dump(long), right=dump(short))
    cofactors = [[dump(("==", ("^", base, k), long)), "1"], [dump(("==", long, short)), "1"]]
    goal = ("==", ("^", base, k), a if exponent * k == 1 else short)
    thread.have(goal, {"rule": "ring", "cofactors": cofactors})


def log_of_number(thread: Thread, t: Term, q: Fraction) -> Term | None:
    """Logarithms of composite numbers from those of their parts."""
    if q <= 0 or q == 1:
        return None
    if q.denominator != 1:
        parts: Term = ("/", q.numerator, q.denominator)
        thread.axiom("log quotient", q.numerator, q.denominator)
        rewritten(thread, t, ("log", parts))
        thread.rewrite(("log", parts), ("+", ("log", q.numerator), ("-", ("log", q.denominator))))
        return ("+", ("log", q.numerator), ("-", ("log", q.denominator)))
    n = q.numerator
    p = next((p for p in range(2, 100) if n % p == 0), n)
    if p == n:
        return None
    rewritten(thread, t, ("log", ("*", p, n // p)))
    thread.axiom("log product", p, n // p)
    thread.rewrite(("log", ("*", p, n // p)), ("+", ("log", p), ("log", n // p)))
    return ("+", ("log", p), ("log", n // p))


def power(search: Search, thread: Thread, t: Term) -> Term | None:
    _, a, b = t
    if a == 1:
        thread.axiom("power one", b)
        return 1
    if a == 0 and search.ensure(thread, ("<", 0, b)):
        thread.axiom("power zero", b)
        return 0
    if (isinstance(b, (str, tuple)) or b > 0) and isinstance(a, (str, tuple)) and thread.state.knows(("<=", a, 0)):
        if not search.ensure(thread, ("<=", 0, a)):
            return None
        thread.axiom("equal", a, 0)
        return rewritten(thread, t, ("^", 0, b))
    if isinstance(b, tuple):
        plain = canonical(b)
        if is_number(plain):
            return rewritten(thread, t, ("^", a, plain))
        if plain is not None and plain != b and not integer_valued(b, thread.state.kinds):
            return rewritten(thread, t, ("^", a, plain))
    if not is_number(b) and thread.state.whole(b):
        value = whole_powers.power(search, thread, t)
        if value is not None:
            return value
    if isinstance(b, tuple) and b[0] == "+" and len(b) == 3:
        return split_power(search, thread, t)
    if isinstance(a, tuple) and a[0] == "^" and search.ensure(thread, ("<", 0, a[1])):
        thread.axiom("power power", a[1], a[2], b)
        return ("^", a[1], ("*", a[2], b))
    if isinstance(a, tuple) and a[0] == "exp":
        thread.axiom("exp positive", a[1])
        thread.axiom("power exp", a, b)
        thread.axiom("log exp", a[1])
        thread.rewrite(("log", a), a[1])
        return ("exp", ("*", b, a[1]))
    product = isinstance(a, tuple) and a[0] in ("*", "/") and len(a) == 3
    if product and not integer_valued(b, thread.state.kinds):
        if not all(search.ensure(thread, ("<", 0, u)) for u in a[1:]):
            return None
        thread.axiom("power product" if a[0] == "*" else "power quotient", a[1], a[2], b)
        return (a[0], ("^", a[1], b), ("^", a[2], b))
    return None


def root(search: Search, thread: Thread, t: Term) -> Term | None:
    if is_number(t[1]):
        try:
            value = evaluate(t, {})
        except (Undefined, Undecided):
            return None
        if isinstance(value, Fraction):
            thread.axiom("sqrt sign", t[1])
            thread.axiom("sqrt square", t[1])
            facts = [dump(("==", ("^", t, 2), t[1]))]
            if value == 0:
                return None
            cofactors = [[facts[0], dump(("/", 1, ("+", t, number(value))))]]
            thread.have(("==", t, number(value)), {"rule": "ring", "cofactors": cofactors})
            return number(value)
    return None


def split_power(search: Search, thread: Thread, t: Term) -> Term | None:
    """a^(b + c) as a product, where the base allows it."""
    _, a, (_, b, c) = t
    is_whole = thread.state.whole(b) and thread.state.whole(c)
    if search.checker.nonzero(thread.state, a) and is_whole:
        if not thread.state.knows(("!=", a, 0)):
            thread.have(("!=", 0, a), {"rule": "sign", "factors": [[dump(a), "1"]]})
        thread.axiom("power integer sum", a, b, c)
    elif is_whole and search.ensure(thread, ("<=", 0, b)) and search.ensure(thread, ("<=", 0, c)):
        thread.axiom("power natural sum", a, b, c)
    elif search.ensure(thread, ("<", 0, a)):
        thread.axiom("power sum", a, b, c)
    else:
        return None
    return ("*", ("^", a, b), ("^", a, c))


def common_powers(search: Search, thread: Thread, terms: list[Term]) -> bool:
    """Write rational powers of one base as whole powers of one root."""
    groups: dict[Term, list[Term]] = {}
    for t in terms:
        if t[0] == "^" and isinstance(t[2], Fraction):
            groups.setdefault(t[1], []).append(t)
    for a, found in groups.items():
        bottom = lcm(*(t[2].denominator for t in found))
        unit = Fraction(1, bottom)
        base = ("^", a, unit)
        todo = [t for t in found if t != base]
        if not todo or bottom > MOST or not search.ensure(thread, ("<", 0, a)):
            continue
        for t in todo:
            k = int(t[2] * bottom)
            thread.axiom("power power", a, unit, k)
            long = ("^", a, ("*", unit, k))
            thread.apply("congruent", left=dump(long), right=dump(t))
            cofactors = [[dump(("==", ("^", base, k), long)), "-1"], [dump(("==", long, t)), "-1"]]
            thread.axiom("power positive", a, unit)
            thread.have(("==", t, ("^", base, k)), {"rule": "ring", "cofactors": cofactors})
            thread.rewrite(t, ("^", base, k))
        return True
    return False
