"""The rule about roots of polynomials in one variable."""

from ...reading import Json, need
from ..json_form import read_name, read_number
from ..run import Run
from ..state import Remaining, State
from ..sturm import univariate_signs
from ..terms import Number, minus


def rule_sturm(run: Run, state: State, variable: Json, lower: Json, upper: Json) -> Remaining:
    """The goal ``a REL b``, where b - a is a polynomial in one variable x without a root inside an interval.

    Sound: by continuity it has one sign inside; Sturm's theorem counts its roots. Checked: every divisor in b - a is
    not zero under the facts; the polynomial is one in x alone; x is known to lie between the ends, which are numbers,
    the lower one less; no root inside, and the signs inside and at closed ends give the goal.
    """
    x = state.scoped(read_name(variable))
    low, high = (None if b is None else read_number(b) for b in (lower, upper))
    open_low = low is None or state.knows(("<", low, x))
    open_high = high is None or state.knows(("<", x, high))
    need(open_low or state.knows(("<=", low, x)), "the lower bound is not known")
    need(open_high or state.knows(("<=", x, high)), "the upper bound is not known")
    need(low is None or high is None or low < high, "an interval needs two different ends")
    need(state.goal[0] in ("<", "<=", "!="), "the goal is not an inequality")
    numerator, denominator, nonzero = run.algebra.quotient(minus(state.goal[2], state.goal[1]))
    need(not denominator and bool(numerator), "not a polynomial")
    need(all(run.nonzero(state, d) for d in nonzero), "a divisor in the polynomial may be zero")
    coefficients: dict[int, Number] = {}
    for m, c in numerator.items():
        powers = dict(run.algebra.exponents(m))
        coefficients[powers.pop(x, 0)] = c
        need(not powers, "not a polynomial in that variable alone")
    run.meets(state, univariate_signs(coefficients, low, not open_low, high, not open_high, run.algebra))
    return []
