"""Proofs by cases: a weak condition holds strictly, or with equality; there a vector may have to vanish.

At the edge of a class its inequality can become ``-c ||v||^2 >= 0``, as that of L-smooth mu-strongly convex functions
where mu = L; then v is zero, and what was to be divided by L - mu is not needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import sympy as sp

from verify.language.logic import Rel, variables_of
from verify.runtime.budget import Budget
from verify.spaces.multipliers.combine import combination
from verify.spaces.multipliers.gram import Combination, Form, GramProblem, Null, Proof, Split
from verify.spaces.multipliers.multipliers import searched, system_of
from verify.spaces.multipliers.ratios import NotRational
from verify.spaces.multipliers.system import System, Zero

STRICT = {">=": ">", "<=": "<"}
MOST_SPLITS = 2  # nested


def prove(problem: GramProblem, budget: Budget, said: Mapping[int, sp.Expr] | None = None) -> Proof | None:
    """A proof of the goal for all parameter values, by cases where there is none without; None where none was found.

    Charges ``budget`` and lets ``Spent`` through; ``said`` as in ``multipliers.search``.
    """
    with budget.running():
        return _prove(problem, budget, said or {}, MOST_SPLITS)


def cases(problem: GramProblem) -> Iterator[tuple[int, GramProblem, GramProblem]]:
    """Each weak condition, by its place, with the strict case and the boundary: the conditions keep their places."""
    for i, condition in enumerate(problem.conditions):
        if condition.op in STRICT and variables_of(condition):
            yield i, _with(problem, i, STRICT[condition.op]), _with(problem, i, "==")


def _with(problem: GramProblem, place: int, op: str) -> GramProblem:
    conditions = list(problem.conditions)
    conditions[place] = Rel(op, conditions[place].lhs, conditions[place].rhs)
    return replace(problem, conditions=tuple(conditions))


def _prove(problem: GramProblem, budget: Budget, said: Mapping[int, sp.Expr], splits: int) -> Proof | None:
    system = system_of(problem, budget)
    if system is None:
        return None
    proof = searched(system, said) or _with_zeros(system, said)
    if proof is not None or not splits:
        return proof
    for i, strict, boundary in cases(problem):
        if never_equal(system, i):
            continue
        inside = system_of(strict, budget)
        first = None if inside is None else searched(inside, said)
        if first is None:
            continue
        second = _prove(boundary, budget, {}, splits - 1)
        if second is not None:
            return Split(i, first, second)
    return None


def never_equal(system: System, place: int) -> bool:
    """Whether a weak condition is shown to hold strictly: then there is no other case."""
    try:
        return system.signs.holds("!=", system.home.gap(system.problem.conditions[place]))
    except NotRational:
        return False


def _with_zeros(system: System, said: Mapping[int, sp.Expr]) -> Proof | None:
    """The proof with vectors that vanish by one hypothesis each."""
    found = list(zeros(system))
    if not found:
        return None
    proof: Proof | None = searched(System(system.problem, system.signs, [z for z, _ in found]), said)
    for zero, vanishes in reversed(found):
        if proof is not None:
            vector = {zero.name: sp.Integer(1)} | {v: w.expression() for v, w in zero.others.items()}
            proof = Null(vector, vanishes, proof)
    return proof


def zeros(system: System) -> Iterator[tuple[Zero, Combination]]:
    """Vectors v with ``-||v||^2 = c * hypothesis`` and c > 0, each without those before it; and the proof of that."""
    before: list[Zero] = []
    for k, weak in enumerate(system.weak):
        column = system.hypotheses[k]
        for zero in before:
            column, _ = zero.put(column)
        if not column or any(a[0] != "inner" for a in column):
            continue
        matrix = system.matrix(column)
        pivot = next((i for i, row in enumerate(matrix) if row[i]), None)
        if pivot is None:
            continue
        size = matrix[pivot][pivot]
        weights = [c / size for c in matrix[pivot]]
        places = range(len(matrix))
        if any(matrix[i][j] != size * weights[i] * weights[j] for i in places for j in places):
            continue
        if not system.signs.holds("<" if weak else "!=", size):
            continue
        others = {v: w for v, w in zip(system.vectors, weights, strict=True) if w and v != system.vectors[pivot]}
        zero = Zero(system.vectors[pivot], others)
        goal = _minus_square({zero.name: sp.Integer(1)} | {v: w.expression() for v, w in others.items()})
        stated = System(replace(system.problem, goal=goal), system.signs, before)
        vanishes = combination(stated, {k: -(system.home.one / size)})
        if vanishes is not None:
            before.append(zero)
            yield zero, vanishes


def _minus_square(vector: Mapping[str, sp.Expr]) -> Form:
    """``-||vector||^2`` as a form."""
    names = sorted(vector)
    form: dict[tuple[str, ...], sp.Expr] = {}
    for i, u in enumerate(names):
        for v in names[i:]:
            form["inner", u, v] = -vector[u] * vector[v] * (1 if u == v else 2)
    return form
