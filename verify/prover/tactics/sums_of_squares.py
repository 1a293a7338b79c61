"""Sums of squares times products of facts, with multipliers for the goal.

Steps, each of them a semidefinite program (``gram_sdp``) that is tried only where the one before failed: the goal as a
sum of squares over half its Newton polytope, variables that are at least 0 read as squares; the goal minus something
strict; squares times products of up to two facts, plus multiples of equations; the goal times 1 plus the sum of its
variables (or of their squares). A contradiction between the facts in the same way, with the goal -1.
Applies to ``p < q``, ``p <= q`` and false, where the difference is a polynomial in atoms.
Stops beyond the limits here and in ``squares_problem``, which grow with the round of the search, and at forms that are
no sum of squares after one multiplication (Motzkin's form needs one; some need more).
Source: Artin 1927 and Stengle 1974 (existence); Pólya 1928 (multiplier); Schmüdgen 1991 (products of facts); Putinar
1993 (single facts); Parrilo 2000 (semidefinite programs).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.kernel.reading import Refused
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import FALSE
from verify.language.rational_functions import Field, ZeroDenominator
from verify.language.raw_terms import minus
from verify.prover.proof_builder import Node, ProofBuilder, dump
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.term import Term

if TYPE_CHECKING:
    from verify.prover.tactics.squares_problem import Problem

MOST_DEGREE = 16  # of the goal
MOST_MONOMIALS = (5_000, 5_000, 20_000, 100_000, 100_000)  # in the products with facts, by round
MOST_STRICT = 3  # strict facts by which the goal is multiplied, one at a time
MOST_MULTIPLIERS = 6  # summands of the multiplier of Pólya


def prove(search: ProofSearch, state: State, effort: int = 2) -> Node | None:
    """A ``psatz`` proof of ``0 <= p`` or ``0 < p``, or of a contradiction between the facts."""
    effort = min(effort, search.round)
    key = (tuple(state.facts), state.goal, effort)
    if key in search.known_failures:
        return None
    proof = _prove(search, state, effort)
    if proof is None:
        search.known_failures.add(key)
        search.note("sums of squares: none of moderate degree was found, even after multiplication by the variables")
    return proof


def _prove(search: ProofSearch, state: State, effort: int) -> Node | None:
    """The programs in their order, from the cheapest on."""
    goal = state.goal
    if goal != FALSE and goal[0] not in ("<", "<="):
        return None
    from verify.prover.tactics import squares_problem  # it loads NumPy, which takes as long as many a proof

    try:
        problem = squares_problem.Problem(search, state)
    except ZeroDenominator:
        return None
    if goal != FALSE and (problem.goal is None or problem.goal.total_degree() > MOST_DEGREE):
        return None
    if goal != FALSE and problem.goal.is_constant():
        return None
    if goal != FALSE and search.samples.falsify(state):
        return None
    one = problem.one()
    simple = not problem.general and not problem.equations
    if goal != FALSE:
        blocks = problem.pure(problem.goal)
        if blocks:
            proof = problem.attempt(blocks, one) or problem.strict()
            if proof is not None:
                return proof
    if not simple and effort >= 1:
        proof = with_constraints(problem, effort)
        if proof is not None:
            return proof
    if goal == FALSE or effort < 1:
        return None
    return with_multipliers(problem)


def with_constraints(problem: Problem, effort: int) -> Node | None:
    """Squares times products of facts, by growing degree."""
    from verify.prover.tactics.squares_problem import Multiplier

    degrees = [p.total_degree() for p in [*(f.gap for f in problem.general), *(h for _, h in problem.equations)]]
    own = 2 if problem.goal is None else problem.goal.total_degree()
    start = max(2, own + own % 2)
    strict = [Multiplier((f,), problem.field.one) for f in [*problem.positive.values(), *problem.general] if f.strict]
    for extra in (0, 2):
        degree = start + extra
        if extra == 0 and min(degrees) > degree:
            continue
        if (degree + 1) ** len(problem.used) > MOST_MONOMIALS[problem.search.round]:
            return None
        for multipliers in [
            problem.one(),
            *([m] for m in strict[:MOST_STRICT] if effort > 1 and problem.goal is not None),
        ]:
            blocks, ideal, owners = problem.constrained(degree)
            proof = problem.attempt(blocks, multipliers, ideal, owners)
            if proof is not None:
                return proof
        if effort < 2:
            return None
    return None


def with_multipliers(problem: Problem) -> Node | None:
    """The goal times 1 plus its variables; a form also on the plane where one variable is 0."""
    multipliers = problem.polya()
    if len(multipliers) > MOST_MULTIPLIERS:
        return None
    blocks = problem.pure(problem.goal * problem.sum(multipliers))
    if not blocks:
        return None
    proof = problem.attempt(blocks, multipliers)
    if proof is not None or problem.state.goal[0] != "<=" or any(not m.facts and m.root == 1 for m in multipliers):
        return proof
    # a form: one of its variables is not zero, or the form is simpler
    x: Term = next((problem.field.atoms[i] for i in sorted(problem.support(problem.goal))), None)
    if not isinstance(x, str) or problem.state.knows(("!=", x, 0)):
        return None
    no = prove(problem.search, problem.state.assume(("!=", x, 0)))
    if no is None:
        return None
    builder = ProofBuilder(problem.search.checker, problem.state.assume(("==", x, 0)))
    try:
        builder.rewrite(x, 0)
        gap = minus(builder.state.goal[2], builder.state.goal[1])
        if Field([gap]).quotient(gap)[0] == 0:
            yes: Node | None = {"rule": "sign", "factors": [["0", "1"]]}
            problem.search.checker.step(builder.state, yes)
        else:
            yes = problem.search.relation(builder.state, 0)
    except (Refused, ZeroDenominator):
        return None
    if yes is None:
        return None
    return {"rule": "cases", "formula": dump(("==", x, 0)), "yes": builder.close(yes), "no": no}


def run(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    proof = prove(search, builder.state)
    return None if proof is None else builder.close(proof)


TACTIC = Tactic("sums_of_squares", run)
