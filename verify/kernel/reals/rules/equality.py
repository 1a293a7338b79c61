"""Rules about equal terms, and about names for terms."""

from ...reading import Json, Refused, need
from ..json_form import read_name, read_number
from ..run import Run
from ..state import Remaining, State
from ..terms import Term, minus, names_in


def rule_congruent(run: Run, state: State, left: Json, right: Json, then: Json) -> Remaining:
    """f(a1, ..., an) == f(b1, ..., bn) becomes a fact, where ai == bi for all i.

    Sound: each operation is one total function of the values of its arguments, also outside its domain; ``^`` is one
    function of two numbers, whatever its exponent looks like. Checked: the same operation with as many arguments, every
    equation known or an identity whose divisors are not zero.
    """
    a, b = state.term(left), state.term(right)
    if not (isinstance(a, tuple) and isinstance(b, tuple)):
        raise Refused("not a function")
    need(a[0] == b[0] and len(a) == len(b), "not the same function")
    for u, v in zip(a[1:], b[1:], strict=True):
        same = state.knows(("==", u, v)) or run.vanishes(state, minus(u, v))
        need(same, "the arguments are not known to be equal")
    return [(state.assume(("==", a, b)), then)]


def rule_rewrite(run: Run, state: State, left: Json, right: Json, then: Json) -> Remaining:
    """A term is replaced by an equal one everywhere, in facts and goal.

    Sound: where the facts hold both terms have one value, so that terms and formulas that differ in them alone agree,
    as with ``congruent``. Checked: the equation is known, and what is replaced is no number.
    """
    a, b = state.term(left), state.term(right)
    need(isinstance(a, (str, tuple)) and state.knows(("==", a, b)), "the two terms are not known to be equal")
    state.copied()
    facts = {state.exchange(f, a, b): None for f in state.facts}
    return [(State(state.kinds, facts, state.exchange(state.goal, a, b), state.spend), then)]


def rule_define(run: Run, state: State, new: Json, term: Json, then: Json) -> Remaining:
    """A new name for a term: name == t becomes a fact.

    Sound: t has a value, functions being total, and neither facts nor goal mention the name, so that it may have that
    value. Checked: the name is not in use. It is an integer if t is one by its form, under known conditions.
    """
    name, t = state.fresh(new), state.term(term)
    kind = "integer" if state.whole(t) else "real"
    return [(state.assume(("==", name, t), new={name: kind}), then)]


def rule_extreme(run: Run, state: State, term: Json, index: Json, then: Json) -> Remaining:
    """min(a1, ..., an) == ai becomes a fact, where ai <= aj for all j; for max, where aj <= ai.

    Sound: min and max are the least and the largest of their arguments. Checked: there is an argument i, and every one
    of these inequalities is known.
    """
    t, i = state.term(term), read_number(index)
    if not (isinstance(t, tuple) and t[0] in ("min", "max") and isinstance(i, int)):
        raise Refused("not a minimum or maximum")
    need(1 <= i < len(t), "no such argument")
    for a in t[1:]:
        need(state.knows(("<=", t[i], a) if t[0] == "min" else ("<=", a, t[i])), "the order is not known")
    return [(state.assume(("==", t, t[i])), then)]


def rule_bound(run: Run, state: State, variable: Json, lower: Json, upper: Json, new: Json, then: Json) -> Remaining:
    """x is written as lower + s, upper - s, or (lower + upper s)/(1 + s), with s > 0, or s >= 0 at a closed end.

    Sound: s = x - lower, upper - x, or (x - lower)/(upper - x) where x < upper (with the ends exchanged where only
    lower < x) satisfies it and gives x back. Checked: the bounds are known and free of x, an interval is open at one
    end at least, s is a new name; s is an integer only if x and its one bound are.
    """
    x, s = state.scoped(read_name(variable)), state.fresh(new)
    low, high = (None if b is None else state.term(b) for b in (lower, upper))
    ends = [b for b in (low, high) if b is not None]
    need(bool(ends) and all(x not in names_in(b) for b in ends), "a bound is missing or contains the variable")
    open_low = low is not None and state.knows(("<", low, x))
    open_high = high is not None and state.knows(("<", x, high))
    need(low is None or open_low or state.knows(("<=", low, x)), "the lower bound is not known")
    need(high is None or open_high or state.knows(("<=", x, high)), "the upper bound is not known")
    kind = "integer" if len(ends) == 1 and state.whole(("+", x, ends[0])) else "real"
    shape: Term
    if high is None:
        shape, closed = ("+", low, s), not open_low
    elif low is None:
        shape, closed = minus(high, s), not open_high
    else:
        need(open_low or open_high, "an interval closed at both ends must be split first")
        start, end = (low, high) if open_high else (high, low)
        shape = ("/", ("+", start, ("*", end, s)), ("+", 1, s))
        closed = not (open_low and open_high)
    return [(state.replace(x, shape, {s: kind}).assume(("<=" if closed else "<", 0, s)), then)]
