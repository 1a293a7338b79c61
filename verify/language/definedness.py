"""Where terms and formulas mean something: the condition under which a term is a real number, a formula true or false.

The checker has its own copy of these rules, in ``verify.kernel``, and a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import lru_cache
from itertools import product
from math import lcm, prod

from verify.language.logic import TRUE, ZERO, App, Bool, Formula, Num, Rel, Term, Var, conj, negate, variables_of
from verify.runtime.errors import Impossible

WHOLE = ("+", "*", "-", "abs", "min", "max", "^")  # of whole terms these are whole
POINTS = 2000  # bounds the integer points at which a polynomial is tried, and so the work of one question


def integer_constant(t: Term) -> int | None:
    """The value of a literal integer exponent, else None."""
    if isinstance(t, Num) and t.value.denominator == 1:
        return t.value.numerator
    return None


# ---------------------------------------------------------------- whole terms


def whole_when(t: Term, integers: Set[str]) -> list[Formula] | None:
    """Conditions under which ``t`` is an integer, read off its form; None if its form does not show one.

    Whole are integers, integer variables, and ``+ * - abs min max`` of whole terms; ``a^b`` of whole terms where b is
    not negative; and a polynomial with rational coefficients in integer variables whose values at all integers are
    integers. So ``n*(n+1)/2`` is whole, ``2^n`` where n >= 0, and ``x`` nowhere if it is a real variable, even at 2.

    >>> m, n = Var("m"), Var("n")
    >>> [str(f) for f in whole_when(App("^", (m, n)), {"m", "n"})]
    ['0 <= n']
    """
    found = _whole_when(t, frozenset(integers & variables_of(t)))
    return None if found is None else list(found)


@lru_cache(maxsize=4096)
def _whole_when(t: Term, integers: frozenset[str]) -> list[Formula] | None:
    if isinstance(t, Var):
        return [] if t.name in integers else None
    if isinstance(t, Num):
        return [] if t.value.denominator == 1 else None
    parts = [_whole_when(a, integers) for a in t.args] if t.op in WHOLE else [None]
    found: dict[Formula, None] = {}
    for part in parts:
        if part is None:
            return [] if _whole_polynomial(t, integers) else None
        found |= dict.fromkeys(part)
    if t.op == "^":
        exponent = integer_constant(t.args[1])
        if exponent is not None and exponent < 0:
            return None
        if exponent is None:
            found[Rel("<=", ZERO, t.args[1])] = None
    return list(found)


def _whole_polynomial(t: Term, integers: frozenset[str]) -> bool:
    """Whether a term is a polynomial with integer values at all integers.

    If D t has integer coefficients, then D t(n) modulo D depends on n modulo D alone, so D^k points decide.
    """
    names = sorted(variables_of(t))
    scale = _coefficient_scale(t) if set(names) <= integers else None
    if scale is None or scale ** len(names) > POINTS:
        return False
    for values in product(range(scale), repeat=len(names)):
        if _scaled_value(t, dict(zip(names, values, strict=True)), scale) != 0:
            return False
    return True


def _coefficient_scale(t: Term) -> int | None:
    """A number D <= POINTS for which D t is a polynomial with integer coefficients; None if there is none."""
    scale: int | None = None
    match t:
        case Var():
            scale = 1
        case Num(value):
            scale = value.denominator
        case App("+" | "-" | "*" as op, args):
            scale = 1
            for part in map(_coefficient_scale, args):
                if part is None:
                    return None
                scale = scale * part if op == "*" else lcm(scale, part)
                if scale > POINTS:
                    return None
        case App("/", (a, Num(value))) if 0 < abs(value.numerator) <= POINTS:
            above = _coefficient_scale(a)
            scale = None if above is None else above * abs(value.numerator)
        case App("^", (a, b)):
            scale = _power_scale(_coefficient_scale(a), integer_constant(b))
    return scale if scale is not None and scale <= POINTS else None


def _power_scale(scale: int | None, exponent: int | None) -> int | None:
    """The scale of a power; None also where it would certainly be too large, before a large number is formed."""
    if scale is None or exponent is None or exponent < 0 or (scale > 1 and exponent >= POINTS.bit_length()):
        return None
    return int(scale**exponent)


def _scaled_value(t: Term, at: Mapping[str, int], modulus: int) -> int:
    """D t modulo ``modulus`` at an integer point, D being ``_coefficient_scale(t)``."""
    match t:
        case Var(name):
            return at[name] % modulus
        case Num(value):
            return value.numerator % modulus
        case App("+", args):
            whole = _coefficient_scale(t) or 0
            scaled = (_scaled_value(a, at, modulus) * (whole // (_coefficient_scale(a) or 1)) for a in args)
            return sum(scaled) % modulus
        case App("*", args):
            return prod(_scaled_value(a, at, modulus) for a in args) % modulus
        case App("-", (a,)):
            return -_scaled_value(a, at, modulus) % modulus
        case App("^", (a, b)):
            return pow(_scaled_value(a, at, modulus), integer_constant(b) or 0, modulus)
        case App("/", (a, Num(value))):
            sign = 1 if value > 0 else -1
            return _scaled_value(a, at, modulus) * value.denominator * sign % modulus
    raise Impossible(f"{t} is not a polynomial")


# ---------------------------------------------------------------- definedness


def term_defined(t: Term, integers: Set[str]) -> list[Formula]:
    """What must hold for ``t`` to denote a real number, innermost conditions first.

    ``x^0`` is 1 for every x. A positive rational exponent needs a base that is not negative. An exponent that is not a
    literal needs a positive base, or, where it is whole by its form (``whole_when``), a base that is not zero or an
    exponent that is not negative.
    """
    if not isinstance(t, App):
        return []
    out = [c for a in t.args for c in term_defined(a, integers)]
    match t:
        case App("/", (_, b)) if not (isinstance(b, Num) and b.value != 0):
            out.append(Rel("!=", b, ZERO))
        case App("log", (a,)) if not (isinstance(a, Num) and a.value > 0):
            out.append(Rel(">", a, ZERO))
        case App("sqrt", (a,)) if not (isinstance(a, Num) and a.value >= 0):
            out.append(Rel(">=", a, ZERO))
        case App("^", (a, b)):
            out += _power_defined(a, b, integers)
    return out


def _power_defined(base: Term, exponent: Term, integers: Set[str]) -> list[Formula]:
    """The condition that a power adds to those of its base and exponent."""
    literal = integer_constant(exponent)
    nonzero = isinstance(base, Num) and base.value != 0
    if literal is not None:
        return [Rel("!=", base, ZERO)] if literal < 0 and not nonzero else []
    positive = isinstance(base, Num) and base.value > 0
    whole = whole_when(exponent, integers)
    if whole is None:
        if isinstance(exponent, Num) and exponent.value > 0:
            return [] if isinstance(base, Num) and base.value >= 0 else [Rel("<=", ZERO, base)]
        return [] if positive else [Rel(">", base, ZERO)]
    inner: list[Formula] = [] if nonzero else [Bool("or", (Rel("!=", base, ZERO), Rel("<=", ZERO, exponent)))]
    if not whole:
        return inner
    return [] if positive else [Bool("or", (Rel("<", ZERO, base), Bool("and", (*whole, *inner))))]


def defined(f: Formula, integers: Set[str] = frozenset()) -> Formula:
    """The condition under which ``f`` has a truth value; connectives are read from left to right.

    ``x != 0 implies x/x == 1`` is defined everywhere, ``x/x == 1`` only where x != 0.

    >>> x = Var("x")
    >>> print(defined(Rel("==", App("/", (x, x)), x)))
    x != 0
    """
    if isinstance(f, Rel):
        conditions = term_defined(f.lhs, integers) + term_defined(f.rhs, integers)
        return conj(*dict.fromkeys(conditions)) if conditions else TRUE
    if f.op in ("not", "iff"):
        return conj(*(defined(a, integers) for a in f.args))
    out: list[Formula] = []
    before: list[Formula] = []
    for a in f.args:
        d = defined(a, integers)
        if d != TRUE:
            out.append(Bool("implies", (conj(*before), d)) if before else d)
        before.append(negate(a) if f.op == "or" else a)
    return conj(*out) if out else TRUE
