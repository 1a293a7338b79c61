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

from fractions import Fraction

from verify.kernel.reading import Refused
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import names_in
from verify.language.raw_terms import applications, is_number, minus
from verify.prover.one_variable.chains import DEEPEST, Chains
from verify.prover.one_variable.interval import Interval
from verify.prover.one_variable.sign_changes import sign_at
from verify.prover.proof_builder import Node, ProofBuilder, present
from verify.prover.tactic import ProofSearch, Tactic, is_order
from verify.prover.tactics import function_facts, logarithm_laws
from verify.prover.tactics.bounds import add_bound, isolate
from verify.prover.term import Term

INSIDE = ("exp", "log", "sqrt", "^")  # functions that are differentiated; abs, min and max are split before


def prove(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close a goal ``a <= b`` or ``a < b`` about one variable."""
    state = builder.state
    names = names_in(state.goal)
    if len(names) != 1:
        return None
    y = next(iter(names))
    inside = [t for t in applications(state.goal) if y in names_in(t)]
    if state.kinds[y] != "real" or not inside or any(t[0] not in INSIDE for t in inside):
        return None
    key = ("derivative chains", state.goal, tuple(f for f in state.facts if names_in(f) == names))
    if key in search.known_failures:
        return None
    interval = interval_of(search, builder, y)
    if interval is not None and not refuted(builder.state, y, interval):
        proof = on_interval(search, builder, y, interval)
        if proof is not None:
            return proof
        search.note(f"one variable: no chain of derivatives in {y} was found")
    search.known_failures.add(key)
    return None


def on_interval(search: ProofSearch, builder: ProofBuilder, y: str, interval: Interval) -> Node | None:
    """The goal by a chain, after the laws have expanded its values."""
    state = builder.state
    work = ProofBuilder(search.checker, State(state.kinds, interval.facts(y), state.goal))
    function_facts.expand(search, work)
    powers(search, work)
    function_facts.expand(search, work)
    proof = Chains(search).relation(work.state, y, interval, DEEPEST)
    return None if proof is None else builder.close(work.close(proof))


def powers(search: ProofSearch, builder: ProofBuilder) -> None:
    """Write real powers and roots of positive terms as exponentials: a^b = exp(b log a)."""
    for t in present(builder.state):
        work = builder.fork()
        try:
            if t[0] == "sqrt" and search.ensure(work, ("<", 0, t[1])):
                half: Term = ("^", t[1], Fraction(1, 2))
                logarithm_laws.root_as_power(work, t[1], t, half)
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
