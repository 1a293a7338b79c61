"""Rules about limits, at infinity and at 0 from above. A goal ``("limit", t, x, point, value)`` says that t is defined
for all large (small positive) x and tends to the value, which is defined."""

from ...reading import Json, need
from ..definedness import term_conditions
from ..polynomials import Algebra, Poly
from ..run import Run
from ..state import Remaining, State
from ..terms import TRUE, Formula, Term, minus, names_in, rational


def rule_limit(run: Run, state: State, proof: Json) -> Remaining:
    """A rational function tends to the value: degrees are compared at infinity, orders at 0.

    What remains: the parts free of x and the value are defined, and for every divisor with x, the coefficient of its
    extreme power is not zero.

    Sound: a polynomial in x whose coefficient at the extreme degree is not zero is eventually not zero, so t and all
    its parts are defined eventually, and t - value is a quotient whose numerator is of smaller order. Checked: facts
    and value are free of x; every part of t that mentions x is built by ``+ * - /`` and whole powers, also where it
    cancels; the degrees.
    """
    need(state.goal[0] == "limit", "the goal is not a limit")
    _, t, x, point, value = state.goal
    state.count(*state.facts, t)
    need(not any(x in names_in(f) for f in (*state.facts, ("==", value, 0))), "the limit variable is not free")
    duties: list[Formula] = term_conditions(value, state.kinds, run.spend)
    divisors: list[Term] = []
    parts = [t]
    for part in parts:
        state.count(part)
        if x not in names_in(part):
            duties += term_conditions(part, state.kinds, run.spend)
        elif isinstance(part, tuple):
            need(rational(part), "not a rational function of the limit variable")
            parts.extend(part[1:])
            if part[0] == "/" or (part[0] == "^" and part[2] < 0):
                divisors.append(part[2] if part[0] == "/" else part[1])
    for b in dict.fromkeys(divisors):
        p, _, _ = run.algebra.quotient(b)
        need(bool(p), "division by a term that is identically zero")
        duties.append(("!=", coefficient(run.algebra, p, x, order(run.algebra, p, x, point)), 0))
    numerator, denominator, _ = run.algebra.quotient(minus(t, value))
    sign = 1 if point == "oo" else -1
    bottom = sum(sign * e * order(run.algebra, dict(k), x, point) for k, e in denominator.items())
    need(not numerator or sign * order(run.algebra, numerator, x, point) < bottom, "the difference does not tend to 0")
    return [(state.assume(goal=("and", *dict.fromkeys(duties))), proof)]


def rule_compose(
    run: Run, state: State, new: Json, outer: Json, inner: Json, at: Json, limit: Json, then: Json
) -> Remaining:
    """f(u) tends to f(w) where u tends to w, f is a rational function of s and f(w) is defined.

    What remains: the limit of u, and that f(w) is defined.

    Sound: the divisors in f(w) are not zero, so those in f(u) are not near w, where f is continuous. Checked: s is new,
    f and w and the facts are free of x, f(u) and f(w) are the two sides of the goal, and every part of f that mentions
    s is built by ``+ * - /`` and whole powers.
    """
    need(state.goal[0] == "limit", "the goal is not a limit")
    _, t, x, point, value = state.goal
    s, u, w = state.fresh(new), state.term(inner), state.term(at)
    f = State({**state.kinds, s: "real"}, {}, TRUE, state.spend).term(outer)
    state.count(*state.facts)
    need(x not in names_in(f) | names_in(w) | names_in(("and", *state.facts)), "the limit variable is not free")
    need(state.put(f, {s: u}) == t and state.put(f, {s: w}) == value, "not that function at those terms")
    parts = [f]
    for part in parts:
        state.count(part)
        if isinstance(part, tuple) and s in names_in(part):
            need(rational(part), "not a rational function")
            parts.extend(part[1:])
    duties = ("and", *term_conditions(value, state.kinds, run.spend))
    inside = State(state.kinds, state.facts, ("limit", u, x, point, w), state.spend)
    return [(inside, limit), (state.assume(goal=duties), then)]


def order(algebra: Algebra, p: Poly, x: str, point: str) -> int:
    """The degree in x at infinity, the lowest power of x at 0."""
    number = algebra.index.get(x, -1)  # -1: no atom
    degrees = [dict(algebra.numbered_exponents(m)).get(number, 0) for m in p]
    return max(degrees) if point == "oo" else min(degrees)


def coefficient(algebra: Algebra, p: Poly, x: str, degree: int) -> Term:
    """The coefficient of ``x^degree`` as a term, monomials in the algebra's order."""
    out: list[Term] = []
    atoms, number = algebra.atoms, algebra.index.get(x, -1)
    for m in sorted(p):
        powers = dict(algebra.numbered_exponents(m))
        if powers.get(number, 0) == degree:
            out.append(("*", p[m], 1, *[("^", atoms[i], e) for i, e in powers.items() if i != number]))
    return ("+", 0, *out)
