"""Rules about the values and the slopes of functions."""

from fractions import Fraction

from ...reading import Json, Refused, need
from ..definedness import term_conditions
from ..derivatives import derivative
from ..enclosures import within
from ..json_form import read_name, read_number
from ..run import Run
from ..state import Remaining, State
from ..terms import minus


def rule_numeric(run: Run, state: State, term: Json, lower: Json, upper: Json, then: Json) -> Remaining:
    """low <= f(q) <= high becomes two facts, for exp, log, sqrt or a rational power at a rational number.

    Sound: e^q lies between the bounds of ``exp_bounds``; low <= log(q) <= high says e^low <= q <= e^high; and for the
    root of degree d of q^n, low^d <= q^n <= high^d with 0 <= low. Checked: all of that, in exact arithmetic
    (``within``); log, sqrt and powers of positive numbers only.
    """
    t, low, high = state.term(term), read_number(lower), read_number(upper)
    if not isinstance(t, tuple) or any(isinstance(a, (str, tuple)) for a in t[1:]):
        raise Refused("not a value at a number")
    need(within(t, Fraction(low), Fraction(high), run.spend), "the value is not seen to lie between the bounds")
    return [(state.assume(("<=", low, t), ("<=", t, high)), then)]


def rule_slope(
    run: Run, state: State, variable: Json, point: Json, new: Json, base: Json, right: Json, left: Json
) -> Remaining:
    """The goal 0 REL f(x), f = b - a, by the mean value theorem: f falls before a point and rises after it.

    What remains: the goal at the point; and for all real y from the point to x, on either side of it, that f is defined
    there, and that inside f' is defined and has the right sign. If x is not the point and the goal is strict, f' has it
    strictly and f(point) >= 0 is enough.

    Sound: f is continuous where it is defined, and differentiable inside with the derivative computed (see
    ``derivative``), so f(x) - f(point) is (x - point) times a value of f' between them. An integer x is one of the real
    y. Checked: the goal is an inequality, x is declared, the variable y is new; the rest is left to be shown.
    """
    x, start, y = state.scoped(read_name(variable)), state.term(point), state.fresh(new)
    need(state.goal[0] in ("<", "<="), "the goal is not an inequality")
    f = minus(state.goal[2], state.goal[1])
    moved = state.goal[0] == "<" and state.knows(("!=", x, start))
    value = state.put(f, {x: y})
    kinds = {**state.kinds, y: "real"}
    slope, whole = derivative(value, y, run.spend), ("and", *term_conditions(value, kinds, run.spend))
    rises, falls = ("<" if moved else "<=", 0, slope), ("<" if moved else "<=", slope, 0)
    smooth = ("and", *term_conditions(slope, kinds, run.spend))
    after = ("and", whole, ("or", ("<=", y, start), ("<=", x, y), ("and", smooth, rises)))
    before = ("and", whole, ("or", ("<=", y, x), ("<=", start, y), ("and", smooth, falls)))
    at_start = ("<=" if moved else state.goal[0], 0, state.put(f, {x: start}))
    real = {y: "real"}
    return [
        (state.assume(goal=at_start), base),
        (state.assume(("<", start, x), ("<=", start, y), ("<=", y, x), goal=after, new=real), right),
        (state.assume(("<", x, start), ("<=", x, y), ("<=", y, start), goal=before, new=real), left),
    ]
