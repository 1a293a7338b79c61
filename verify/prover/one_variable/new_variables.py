"""Another variable for the one of a statement: u = sqrt(1 + y), log(y), 1/y, exp(-y), and what is known of it.

Each is a ``NewVariable``: when it helps is read off the goal, and how ``y`` is written by u follows from the axioms
(``define``, ``rewrite``). In u a function may have no more roots, its least value at a simple number, or a value where
it had none: at infinity, at 0. Source: integration by substitution, as in every calculus since Euler 1768.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

import flint

from verify.kernel.reals.terms import Formula, names_in
from verify.language.rational_functions import as_fraction, fraction, value_of_ball
from verify.language.raw_terms import applications, is_number, minus, number
from verify.prover.derived_equations import root_as_power, whole_multiple
from verify.prover.one_variable.interval import Interval
from verify.prover.one_variable.sign_changes import SIMPLE, TINY, at
from verify.prover.proof_builder import ProofBuilder, by_contradiction, dump
from verify.prover.tactic import ProofSearch
from verify.prover.term import Term

LARGEST_ROOT = 6  # the largest degree of a root that becomes a variable
FAR = (Fraction(2) ** 30, Fraction(2) ** 7)  # where a function is looked at that may tend to 0 at infinity
NEAR_ZERO = 2.0**-12  # what it is below there: slow ones at the first place, where exponentials have no value any more
BITS = 12  # of a bound of the new variable that is no rational number, beyond its first one

Named = Callable[[ProofBuilder, str], None]


@dataclass(frozen=True)
class NewVariable:
    """What the new variable stands for, and how the goal is written by it.

    ``value`` is the term that gets the name; ``prepare`` makes facts of what ``named`` needs, and says whether it
    could; ``named`` makes of a builder in which it has one, one whose goal does not mention ``y``.
    """

    value: Term
    prepare: Callable[[ProofSearch, ProofBuilder], bool]
    named: Named


def new_variables(goal: Formula, y: str, interval: Interval) -> Iterator[NewVariable]:
    """The variables that are worth a try, the likeliest first."""
    gap = minus(goal[2], goal[1])
    inside = list(dict.fromkeys(t for t in applications(gap) if y in names_in(t)))
    vanishes = interval.high is None and small(gap, y)
    if interval.low is None and interval.high is not None and small(gap, y, -1):
        yield opposite(y)
    if vanishes and interval.low is not None and interval.low >= 0:
        yield reciprocal(y)
    yield from roots(inside, y)
    if interval.low is not None and interval.low >= 0 and any(t == ("log", y) for t in inside) and by_log(gap, y):
        yield logarithm(y)
    if interval.low is not None and interval.low >= 0:
        degree = common_degree(inside, y)
        if degree > 1:
            yield power(y, degree)
    rate = common_rate(inside, y)
    if rate is not None and vanishes:
        yield exponential(y, -rate)


def small(gap: Term, y: str, side: int = 1) -> bool:
    """Whether a function is nearly 0 far out on one side, as one that tends to 0 there is."""
    balls = [at(gap, y, side * v) for v in FAR]
    return any(ball.is_finite() and bool(abs(ball) < NEAR_ZERO) for ball in balls)


# ------------------------------------------------------------ -y


def opposite(y: str) -> NewVariable:
    """u = -y, so that what is far to the left is far to the right."""
    value: Term = ("-", y)

    def named(builder: ProofBuilder, u: str) -> None:
        back: Formula = ("==", y, ("-", u))
        builder.have(back, {"rule": "ring", "cofactors": [[dump(("==", u, value)), "1"]]})
        builder.rewrite(y, back[2])

    return NewVariable(value, lambda search, builder: True, named)


# ------------------------------------------------------------ 1/y


def reciprocal(y: str) -> NewVariable:
    """u = 1/y for positive y."""
    value: Term = ("/", 1, y)

    def named(builder: ProofBuilder, u: str) -> None:
        builder.have(("<", 0, value), {"rule": "sign", "factors": [[y, "-1"]]})
        above: Formula = ("<", 0, u)
        no = {"rule": "psatz", "terms": [["1", [dump(f)], "1"] for f in (("<=", u, 0), ("<", 0, value))]}
        builder.have(above, by_contradiction(above, {**no, "cofactors": [[dump(("==", u, value)), "1"]]}))
        back: Formula = ("==", y, ("/", 1, u))
        builder.have(back, {"rule": "ring", "cofactors": [[dump(("==", u, value)), dump(("/", y, u))]]})
        builder.rewrite(value, u)
        builder.rewrite(y, back[2])

    return NewVariable(value, lambda search, builder: search.ensure(builder, ("<", 0, y)), named)


# ------------------------------------------------------------ roots


def roots(inside: list[Term], y: str) -> Iterator[NewVariable]:
    """The roots of terms that are linear in ``y``."""
    found: dict[Term, list[Fraction]] = {}
    for t in inside:
        if t[0] == "sqrt":
            found.setdefault(t[1], []).append(Fraction(1, 2))
        elif t[0] == "^" and isinstance(t[2], Fraction):
            found.setdefault(t[1], []).append(t[2])
    for base, exponents in found.items():
        degree = lcm(*(e.denominator for e in exponents))
        line = linear(base, y)
        if line is not None and degree <= LARGEST_ROOT:
            yield root(base, line, degree, [t for t in inside if t[0] in ("sqrt", "^") and t[1] == base], y)


def linear(t: Term, y: str) -> tuple[Fraction, Fraction] | None:
    """a and b where ``t`` is a y + b with numbers a != 0 and b."""
    ratio = None if names_in(t) != {y} else fraction(t)
    if ratio is None:
        return None
    field, n, d = ratio
    if field.atoms != [y] or d != 1 or n.total_degree() != 1:
        return None
    coefficients = {int(m[0]): as_fraction(c) for m, c in n.terms()}
    return coefficients[1], coefficients.get(0, Fraction(0))


def root(base: Term, line: tuple[Fraction, Fraction], degree: int, values: list[Term], y: str) -> NewVariable:
    """u = base^(1/degree); ``values`` are the powers of the base that the goal has."""
    square = degree == 2 and all(t[0] == "sqrt" for t in values)
    value: Term = ("sqrt", base) if square else ("^", base, Fraction(1, degree))

    def prepare(search: ProofSearch, builder: ProofBuilder) -> bool:
        return search.ensure(builder, ("<", 0, base)) or (square and search.ensure(builder, ("<=", 0, base)))

    def named(builder: ProofBuilder, u: str) -> None:
        positive = builder.state.knows(("<", 0, base))
        if square:
            builder.axiom("sqrt positive" if positive else "sqrt sign", base)
            builder.axiom("sqrt square", base)
        else:
            builder.axiom("power positive", base, Fraction(1, degree))
            whole_multiple(builder, base, value, Fraction(1, degree), degree)
            for t in values:
                by_root(builder, t, base, value, degree)
        builder.rewrite(value, u)
        a, b = line
        powered: Term = ("^", u, degree)
        back: Formula = ("==", y, ("/", minus(powered, number(b)), number(a)))
        builder.have(back, {"rule": "ring", "cofactors": [[dump(("==", powered, base)), str(-1 / a)]]})
        builder.rewrite(y, back[2])

    return NewVariable(value, prepare, named)


def by_root(builder: ProofBuilder, t: Term, base: Term, value: Term, degree: int) -> None:
    """Write a root or a power as a whole power of the root of that degree."""
    if t[0] == "sqrt":
        half: Term = ("^", base, Fraction(1, 2))
        root_as_power(builder, base, t, half)
        builder.rewrite(t, half)
        t = half
    if t == value:
        return
    k = int(t[2] * degree)
    long: Term = ("^", base, ("*", Fraction(1, degree), k))
    builder.axiom("power power", base, Fraction(1, degree), k)
    builder.apply("congruent", left=dump(long), right=dump(t))
    cofactors = [[dump(("==", ("^", value, k), long)), "-1"], [dump(("==", long, t)), "-1"]]
    builder.have(("==", t, ("^", value, k)), {"rule": "ring", "cofactors": cofactors})
    builder.rewrite(t, ("^", value, k))


# ------------------------------------------------------------ y^k


def common_degree(inside: list[Term], y: str) -> int:
    """The largest k such that function values other than log(y) are those of terms in y^k."""
    degrees = []
    for t in inside:
        ratio = None if t == ("log", y) else fraction(t[1])
        if ratio is None or ratio[0].atoms != [y]:
            continue
        degrees += [int(m[0]) for p in ratio[1:] for m in p.monoms()]
    return gcd(*degrees) if degrees else 1


def even(goal: Formula, y: str) -> bool:
    """Whether function values are those of terms in y^2, so that y^2 may be a variable on either side of 0."""
    return common_degree([t for t in applications(goal) if y in names_in(t)], y) % 2 == 0


def power(y: str, degree: int) -> NewVariable:
    """u = y^k for positive y, which is u^(1/k)."""
    value: Term = ("^", y, degree)

    def named(builder: ProofBuilder, u: str) -> None:
        builder.have(("<", 0, value), {"rule": "sign", "factors": [[y, str(degree)]]})
        builder.axiom("power power", y, degree, Fraction(1, degree))
        long: Term = ("^", y, ("*", degree, Fraction(1, degree)))
        builder.apply("congruent", left=dump(long), right=["^", y, "1"])
        builder.rewrite(value, u)
        back: Formula = ("==", y, ("^", u, Fraction(1, degree)))
        cofactors = [[dump(("==", back[2], long)), "-1"], [dump(("==", long, ("^", y, 1))), "-1"]]
        builder.have(back, {"rule": "ring", "cofactors": cofactors})
        builder.rewrite(y, back[2])

    return NewVariable(value, lambda search, builder: search.ensure(builder, ("<", 0, y)), named)


# ------------------------------------------------------------ log(y)


def by_log(t: Term, y: str) -> bool:
    """Whether ``y`` occurs in function values only as log(y) and as powers of it, so that exp(u) makes them simple."""
    if not isinstance(t, tuple):
        return True
    if t == ("log", y) or (t[0] in ("sqrt", "^") and t[1] == y and (t[0] == "sqrt" or is_number(t[2]))):
        return True
    if t[0] in ("exp", "log", "sqrt") or (t[0] == "^" and not isinstance(t[2], int)):
        return not bare(t, y)
    return all(by_log(a, y) for a in t[1:])


def bare(t: Term, y: str) -> bool:
    """Whether ``y`` occurs outside of log(y)."""
    return t == y or (isinstance(t, tuple) and t != ("log", y) and any(bare(a, y) for a in t[1:]))


def logarithm(y: str) -> NewVariable:
    """u = log(y) for positive y, which is exp(u)."""
    value: Term = ("log", y)

    def named(builder: ProofBuilder, u: str) -> None:
        builder.axiom("exp log", y)
        builder.rewrite(value, u)
        builder.rewrite(y, ("exp", u))

    return NewVariable(value, lambda search, builder: search.ensure(builder, ("<", 0, y)), named)


# ------------------------------------------------------------ exp(r y)


def common_rate(inside: list[Term], y: str) -> Fraction | None:
    """The largest r > 0 such that all exponentials are whole powers of exp(r y); None where they are not all."""
    rates = []
    for t in inside:
        if t[0] != "exp":
            continue
        line = linear(t[1], y)
        if line is None:
            return None
        rates.append(abs(line[0]))
    if not rates:
        return None
    below = lcm(*(r.denominator for r in rates))
    return Fraction(gcd(*(int(r * below) for r in rates)), below)


def exponential(y: str, rate: Fraction) -> NewVariable:
    """u = exp(r y), with y = log(u)/r."""
    exponent: Term = ("-", y) if rate == -1 else ("*", number(rate), y)
    value: Term = ("exp", exponent)

    def named(builder: ProofBuilder, u: str) -> None:
        builder.axiom("exp positive", exponent)
        builder.axiom("log exp", exponent)
        builder.rewrite(value, u)
        back: Formula = ("==", y, ("/", ("log", u), number(rate)))
        cofactors = [[dump(("==", ("log", u), exponent)), str(-1 / rate)]]
        builder.have(back, {"rule": "ring", "cofactors": cofactors})
        builder.rewrite(y, back[2])

    return NewVariable(value, lambda search, builder: True, named)


# ------------------------------------------------------------ where it lies


def bounds(value: Term, y: str, interval: Interval) -> Iterator[Formula]:
    """What the ends of the interval of ``y`` should say of a monotone ``value``, by numbers that may be weaker."""
    middle = at(value, y, next(iter(interval.middle())))
    for end, belongs in ((interval.low, interval.low_in), (interval.high, interval.high_in)):
        ball = flint.arb("nan") if end is None else at(value, y, end)
        if not ball.is_finite() or not middle.is_finite():
            continue
        below = bool(ball < middle)
        try:
            bound, exact = rounded(ball, below=below)
        except OverflowError:
            continue
        relation = "<=" if belongs or not exact else "<"
        yield (relation, number(bound), value) if below else (relation, value, number(bound))


def rounded(ball: flint.arb, *, below: bool) -> tuple[Fraction, bool]:
    """A rational number not above (not below) the ball, and whether it is a simple one that the ball looks like."""
    middle = value_of_ball(ball.mid())
    simple = middle.limit_denominator(SIMPLE)
    if abs(simple - middle) < TINY:
        return simple, True
    scale = Fraction(2) ** (BITS - (abs(middle.numerator).bit_length() - middle.denominator.bit_length()))
    return Fraction((middle * scale).__floor__() if below else (middle * scale).__ceil__()) / scale, False
