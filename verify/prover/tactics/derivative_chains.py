"""A function of one variable on an interval, by repeated differentiation and bounds on short pieces.

Steps: read the interval of the one variable off the facts; write real powers as exponentials, expand by the laws of
exponentials and logarithms; then ``verify.prover.one_variable.chains``: the slope of the function, divided by one of
its terms, the pieces on which it has one sign, and the same for each slope. Where the place of the least value has no
closed form a short piece around it is shown by rational bounds of the values there.
Applies to ``<`` and ``<=`` with exp, log, sqrt or a real power of the one variable in the goal.
Stops where a function tends to its bound at an end that is infinite or at which it has no value, and after
``MOST_TRIES`` functions. Source: Pólya, Szegő 1925, V 75; Moore 1966.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from verify.kernel.reading import Refused
from verify.kernel.reals.formulas import negate
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, names_in
from verify.language.raw_terms import applications, is_number, minus, number
from verify.prover.derived_equations import root_as_power
from verify.prover.one_variable.chains import DEEPEST, Chains
from verify.prover.one_variable.interval import Interval
from verify.prover.one_variable.sign_changes import sign_at
from verify.prover.proof_builder import Node, ProofBuilder, dump, present
from verify.prover.tactic import ProofSearch, Tactic, is_order
from verify.prover.tactics import function_facts
from verify.prover.tactics.bounds import add_bound, isolate
from verify.prover.term import Term

INSIDE = ("exp", "log", "sqrt", "^")  # functions that are differentiated; abs, min and max are split before


def prove(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close a goal ``a <= b`` or ``a < b`` about one variable."""
    state = builder.state
    y = only_variable(state)
    if y is None:
        return None
    key = ("derivative chains", state.goal, tuple(f for f in state.facts if names_in(f) == {y}))
    if key in search.known_failures:
        return None
    interval = interval_of(search, builder, y)
    if interval is not None and not refuted(builder.state, y, interval):
        proof = without_ends(search, builder, y, interval) or on_interval(search, builder, y, interval)
        if proof is not None:
            return proof
        search.note(f"one variable: no chain of derivatives in {y} was found")
    search.known_failures.add(key)
    return None


def only_variable(state: State) -> str | None:
    """The one variable of a goal, where it stands in functions that are differentiated; an integer is a real number."""
    names = names_in(state.goal)
    y = next(iter(names), "")
    if len(names) != 1:
        return None
    inside = [t for t in applications(state.goal) if y in names_in(t)]
    return y if inside and all(t[0] in INSIDE for t in inside) else None


def on_interval(search: ProofSearch, builder: ProofBuilder, y: str, interval: Interval) -> Node | None:
    """The goal by a chain, after the laws have expanded its values."""
    state = builder.state
    work = ProofBuilder(search.checker, State(state.kinds, interval.facts(y), state.goal))
    function_facts.expand(search, work)
    powers(search, work)
    function_facts.expand(search, work)
    proof = Chains(search).relation(work.state, y, interval, DEEPEST)
    return None if proof is None else builder.close(work.close(proof))


def without_ends(search: ProofSearch, builder: ProofBuilder, y: str, interval: Interval) -> Node | None:
    """The goal at an end of the interval where a root is 0, so that it has no slope there, and without that end."""
    roots = [t for t in applications(builder.state.goal) if t[0] == "sqrt" or (t[0] == "^" and not is_number(t[1]))]
    for end, low in ((interval.low, True), (interval.high, False)):
        if end is None or end not in interval.ends() or not any(sign_at(t[1], y, end) == 0 for t in roots):
            continue
        inside: Formula = ("<", number(end), y) if low else ("<", y, number(end))
        rest = replace(interval, low_in=False) if low else replace(interval, high_in=False)
        no = at_end(search, ProofBuilder(search.checker, builder.state.assume(negate(inside))), y, end, low=low)
        if no is None:
            return None
        here = ProofBuilder(search.checker, builder.state.assume(inside))
        yes = on_interval(search, here, y, rest) or without_ends(search, here, y, rest)
        return None if yes is None else builder.close({"rule": "cases", "formula": dump(inside), "yes": yes, "no": no})
    return None


def at_end(search: ProofSearch, builder: ProofBuilder, y: str, end: Fraction, *, low: bool) -> Node | None:
    """The goal at one number, which is all that the facts leave."""
    try:
        builder.axiom("equal", *((y, number(end)) if low else (number(end), y)))
        builder.rewrite(y, number(end))
    except Refused:
        return None
    bare = ProofBuilder(search.checker, State(builder.state.kinds, {}, builder.state.goal))
    proof = on_interval(search, bare, y, Interval(None, False, None, False)) or search.prove(bare.state, 0)
    return None if proof is None else builder.close(proof)


def powers(search: ProofSearch, builder: ProofBuilder) -> None:
    """Write real powers and roots of positive terms as exponentials: a^b = exp(b log a)."""
    for t in present(builder.state):
        work = builder.fork()
        try:
            if t[0] == "sqrt" and search.ensure(work, ("<", 0, t[1])):
                half: Term = ("^", t[1], Fraction(1, 2))
                root_as_power(work, t[1], t, half)
                work.rewrite(t, half)
                t = half
            if t[0] != "^" or not search.ensure(work, ("<", 0, t[1])):
                continue
            work.axiom("power exp", t[1], t[2])
            work.rewrite(t, ("exp", ("*", t[2], ("log", t[1]))))
        except Refused:
            continue
        builder.nodes, builder.state = work.nodes, work.state


def interval_of(search: ProofSearch, builder: ProofBuilder, y: str) -> Interval | None:
    """The interval with rational ends that the facts give; its ends become facts. None where it has no inside."""
    bounds = [b for b in isolate(search.checker, builder.state, y) if b.variable == y and is_number(b.term)]
    ends: list[tuple[Fraction | None, bool]] = []
    for lower in (True, False):
        side = [b for b in bounds if b.lower == lower]
        side.sort(key=lambda b: (-b.term if lower else b.term, not b.strict))
        if side:
            add_bound(builder, side[0])
        ends.append((Fraction(side[0].term), not side[0].strict) if side else (None, False))
    (low, low_in), (high, high_in) = ends
    if low is not None and high is not None and low >= high:
        return None
    return Interval(low, low_in, high, high_in)


def refuted(state: State, y: str, interval: Interval) -> bool:
    """Whether the goal fails at some point of the interval, so that a proof would need other facts."""
    gap = minus(state.goal[2], state.goal[1])
    return any(sign_at(gap, y, v) == -1 for v in interval.points())


TACTIC = Tactic("derivative_chains", prove, is_order)
