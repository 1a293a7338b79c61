"""A function of one variable, written by another variable: roots become polynomials, infinity becomes 0.

Steps: a new name u for sqrt(1 + x), 1/x, log(x) or exp(-x); x written by u, in the goal; what bounds x bounds u; then
``derivative_chains`` for u, and for a variable in its place. Where a function tends to its bound at infinity it has it
at u = 0; where it is least at exp(-2) it is at u = -2.
Applies to ``<`` and ``<=`` with function values of the one variable in the goal. Stops after ``DEEPEST`` changes, and
where the bounds of u are not shown by a short search. Source: ours; see ``one_variable/new_variables.py``.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import reduce

from verify.kernel.reading import Refused
from verify.kernel.reals.formulas import negate
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, names_in
from verify.language.rational_functions import Field, Polynomial, factors_of, fraction
from verify.prover.derived_equations import rewritten, root_as_power
from verify.prover.one_variable.interval import Interval
from verify.prover.one_variable.new_variables import NewVariable, bounds, even, new_variables
from verify.prover.proof_builder import Node, ProofBuilder, dump, present
from verify.prover.tactic import ProofSearch, Tactic, is_order
from verify.prover.tactics import derivative_chains, function_facts

DEEPEST = 2  # changes one after the other
SHARE = 1 / 2  # of the work that is left, for one change


def prove(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close a goal ``a <= b`` or ``a < b`` about one variable by a change of variables."""
    y = derivative_chains.only_variable(builder.state)
    if y is None:
        return None
    key = ("changed variables", builder.state.goal, tuple(f for f in builder.state.facts if names_in(f) == {y}))
    if key in search.known_failures:
        return None
    proof = attempt(search, builder, y)
    if proof is None:
        search.known_failures.add(key)
    return proof


def attempt(search: ProofSearch, builder: ProofBuilder, y: str) -> Node | None:
    """A proof where the facts give an interval and the goal does not fail at a point of it."""
    interval = derivative_chains.interval_of(search, builder, y)
    if interval is None or derivative_chains.refuted(builder.state, y, interval):
        return None
    if straddles(interval) and even(builder.state.goal, y):
        return both_sides(search, builder, y, interval)
    if interval.low == 0 and interval.low_in:
        return without_zero(search, builder, y, interval)
    proof = opened(search, builder.state, y, interval)
    return None if proof is None else builder.close(proof)


def without_zero(search: ProofSearch, builder: ProofBuilder, y: str, interval: Interval) -> Node | None:
    """The same, and where no change helps at 0 too, the goal at 0 and away from it."""
    proof = opened(search, builder.state, y, interval)
    if proof is not None:
        return builder.close(proof)
    positive: Formula = ("<", 0, y)
    at_zero = ProofBuilder(search.checker, builder.state.assume(negate(positive)))
    no = derivative_chains.at_end(search, at_zero, y, Fraction(0), low=True)
    yes = None if no is None else opened(search, builder.state.assume(positive), y, replace(interval, low_in=False))
    return None if yes is None else builder.close({"rule": "cases", "formula": dump(positive), "yes": yes, "no": no})


def straddles(interval: Interval) -> bool:
    """Whether there are positive and negative numbers in it."""
    return (interval.low is None or interval.low < 0) and (interval.high is None or interval.high > 0)


def both_sides(search: ProofSearch, builder: ProofBuilder, y: str, interval: Interval) -> Node | None:
    """The goal for what is not negative by a change of variables, and for the rest by a chain."""
    right: Formula = ("<=", 0, y)
    sides = [builder.state.assume(right), builder.state.assume(negate(right))]
    yes = without_zero(
        search, ProofBuilder(search.checker, sides[0]), y, replace(interval, low=Fraction(0), low_in=True)
    )
    if yes is None:
        return None
    left = replace(interval, high=Fraction(0), high_in=False)
    no = derivative_chains.on_interval(search, ProofBuilder(search.checker, sides[1]), y, left)
    return None if no is None else builder.close({"rule": "cases", "formula": dump(right), "yes": yes, "no": no})


def opened(search: ProofSearch, state: State, y: str, interval: Interval) -> Node | None:
    """A proof from what the interval says of ``y`` alone, with the logarithms in the goal taken apart."""
    work = ProofBuilder(search.checker, State(state.kinds, interval.facts(y), state.goal))
    expand(search, work, "log")
    return changed(search, work, y, interval, DEEPEST)


def changed(search: ProofSearch, builder: ProofBuilder, y: str, interval: Interval, depth: int) -> Node | None:
    """A proof with another variable for ``y``."""
    for new in new_variables(builder.state.goal, y, interval):
        with search.work_share(SHARE):
            proof = written_by(search, builder.fork(), y, interval, new, depth)
            if proof is not None:
                return proof
    return None


def written_by(
    search: ProofSearch, builder: ProofBuilder, y: str, interval: Interval, new: NewVariable, depth: int
) -> Node | None:
    """A proof of the goal in a new variable."""
    u = search.fresh(builder.state, "u")
    try:
        if not new.prepare(search, builder):
            return None
        for f in bounds(new.value, y, interval):
            bounded(search, builder, y, interval, f)
        builder.apply("define", new=u, term=dump(new.value))
        new.named(builder, u)
    except Refused:
        return None
    if names_in(builder.state.goal) != {u}:
        return None
    where = derivative_chains.interval_of(search, builder, u)
    if where is None or derivative_chains.refuted(builder.state, u, where):
        return None
    work = ProofBuilder(search.checker, State(builder.state.kinds, where.facts(u), builder.state.goal))
    expand(search, work, "log", "sqrt", "^")
    proof = derivative_chains.on_interval(search, work.fork(), u, where)
    if proof is None and depth > 1:
        proof = changed(search, work, u, where, depth - 1)
    return None if proof is None else builder.close(proof)


def bounded(search: ProofSearch, builder: ProofBuilder, y: str, interval: Interval, f: Formula) -> None:
    """Make a bound of a monotone function a fact, if it is seen; without it the new variable has more room."""
    if builder.state.knows(f):
        return
    wanted = State(builder.state.kinds, interval.facts(y), f)
    proof = derivative_chains.on_interval(search, ProofBuilder(search.checker, wanted), y, interval)
    if proof is not None:
        builder.have(f, proof)


def expand(search: ProofSearch, builder: ProofBuilder, *functions: str) -> None:
    """Apply the laws to the function values, and of these functions to quotients too."""
    function_facts.expand(search, builder)
    separate(search, builder, functions)
    function_facts.expand(search, builder)


def separate(search: ProofSearch, builder: ProofBuilder, functions: tuple[str, ...]) -> None:
    """Write logarithms and roots of quotients and products by those of their factors, where they are positive."""
    for t in [t for t in present(builder.state) if t[0] in functions and names_in(t)]:
        ratio = fraction(t[1]) if t[0] != "^" or isinstance(t[2], Fraction) else None
        if ratio is None or ratio[1] == 0:
            continue
        field, n, d = ratio
        parts = [(field.term(f), e) for f, e in positive_factors(search, builder.state, field, n, d)]
        if not parts or (len(parts) == 1 and parts[0][1] == 1):
            continue
        work = builder.fork()
        try:
            if not all(search.ensure(work, ("<", 0, p)) for p, _ in parts):
                continue
            if t[0] == "sqrt" and not search.ensure(work, ("<", 0, t[1])):
                continue
            product = reduce(lambda a, b: ("*", a, b), [p if e == 1 else ("^", p, e) for p, e in parts])
            if t[0] == "sqrt":
                half = ("^", t[1], Fraction(1, 2))
                root_as_power(work, t[1], t, half)
                work.rewrite(t, half)
                t = half
            work.rewrite(t, rewritten(work, t, (t[0], product, *t[2:])))
        except Refused:
            continue
        builder.nodes, builder.state = work.nodes, work.state


def positive_factors(
    search: ProofSearch, state: State, field: Field, n: Polynomial, d: Polynomial
) -> list[tuple[Polynomial, int]]:
    """The factors of a quotient, each with the sign that makes it look positive; empty where the number is negative."""
    (top, above), (bottom, below) = factors_of(n), factors_of(d)
    constant = top / bottom
    factors = []
    for f, e in [*above, *((g, -e) for g, e in below)]:
        if search.samples.likely(state, field.term(f)) in ("<", "<="):
            f, constant = -f, constant * (-1) ** int(e)
        factors.append((f, int(e)))
    if constant < 0:
        return []
    return factors if constant == 1 else [(field.context.constant(constant), 1), *factors]


TACTIC = Tactic("changed_variables", prove, is_order)
