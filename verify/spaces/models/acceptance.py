"""Counterexamples in a space: the one door through which they come, with the tests that it passes.

A model counts only if two evaluations that share no code find that it is one (``values`` and ``second_values``; the
decision of ``verify.counterexamples.witness``), if the names that have to be independent are, and if every function
that the statement speaks of exists: given explicitly and checked at every point, or by a theorem on interpolation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import flint

from verify.language.evaluation import Undecided, Undefined
from verify.runtime.budget import spend
from verify.spaces.models.chances import dependent
from verify.spaces.models.functions import Explicit, FunctionUse, Use
from verify.spaces.models.interpolation import Sample, theorem
from verify.spaces.models.model import Model
from verify.spaces.models.second_values import second_opinion
from verify.spaces.models.values import PRECISION, Evaluation, judge
from verify.spaces.models.witness import Witness, shown
from verify.spaces.problems.problem import Problem

COST = 3000  # of both evaluations, in units of work


def accepted(
    problem: Problem,
    model: Model,
    functions: Sequence[FunctionUse] = (),
    explicit: Mapping[str, Explicit] | None = None,
    independent: Sequence[tuple[str, ...]] = (),
    doubts: list[str] | None = None,
) -> Witness | None:
    """The witness that a model is, or None; ``doubts`` collects why models that looked like one do not count."""
    spend(COST)
    first = judge(problem, model)
    if first.kind is None:
        return None
    second = second_opinion(problem, model)
    reason = ""
    if second.goal != {"violates": "false", "undefined": "undefined"}[first.kind]:
        reason = f"its two evaluations differ: by the second, {second.why or second.goal}"
    shared = dependent(model, independent)
    if shared:
        reason = f"{shared} are not independent in it"
    found: dict[str, Explicit | str] = {}
    for f in functions:
        how = existing(problem, model, f, (explicit or {}).get(f.name))
        if how is None:
            reason = reason or f"no {f.name} of its class is known to exist with these values"
        else:
            found[f.name] = how
    if reason:
        if doubts is not None:
            doubts.append(f"a model that looked like a counterexample was put aside: {reason}")
        return None
    lhs, rhs = ("", first.why) if first.kind == "undefined" else sides(problem, model, first.goal, first.outcome)
    operators = frozenset(f.name for f in functions if f.is_operator)
    at = Evaluation(problem, model)
    places = {
        u.gradient: at.vector(u.point, {})
        for f in functions
        for u in f.points.values()
        if u.gradient and problem.names[u.gradient].kind == "vector"
    }
    return Witness(problem, model, first.kind, first.goal, first.outcome, lhs, rhs, found, operators, places)


def existing(problem: Problem, model: Model, f: FunctionUse, explicit: Explicit | None) -> Explicit | str | None:
    """The explicit function if it is of the classes and takes the values; else a theorem by which one exists."""
    at = Evaluation(problem, model)
    known: dict[Any, Fraction] = {}
    samples: list[Sample] = []
    try:
        for c in f.classes:
            row = at.scalar(0 if c.parameter is None else c.parameter, {})
            if len(set(row)) != 1 or not isinstance(row[0], Fraction) or c.what in known:
                return None
            known[c.what] = row[0]
        complete = True
        for use in f.points.values():
            for x, gradient, value in uses(problem, model, at, use):
                if not all(isinstance(c, Fraction) for c in x):
                    return None
                if explicit is not None and (
                    (value is not None and explicit.value(x) != value)
                    or (gradient is not None and explicit.gradient(x) != gradient)
                ):
                    return None
                complete = complete and gradient is not None and (value is not None or f.is_operator)
                if complete:
                    samples.append(Sample(x, gradient, value))
    except (Undefined, Undecided):
        return None
    if explicit is not None:
        return explicit if all(explicit.has(what, p) for what, p in known.items()) else None
    return theorem(known, samples) if complete else None


def uses(problem: Problem, model: Model, at: Evaluation, use: Use) -> Iterator[tuple[Any, Any, Any]]:
    """Point, gradient and value at all outcomes, and at all indices of a family; None for what is not named."""
    if isinstance(use.point, str) and problem.names[use.point].kind == "vectors":
        for w, table in enumerate(model.values[use.point]):
            tables: list[Any] = [table, *(None if n is None else model.values[n][w] for n in (use.gradient, use.value))]
            for i in sorted(set().union(*(t for t in tables if t is not None))):
                if any(t is not None and i not in t for t in tables):
                    raise Undecided("a function at a point that the model does not list")
                x, gradient, value = (None if t is None else t[i] for t in tables)
                yield x, gradient, value
        return
    for w, x in enumerate(at.vector(use.point, {})):
        gradient, value = (None if n is None else model.values[n][w] for n in (use.gradient, use.value))
        yield x, gradient, value


def sides(problem: Problem, model: Model, goal: int, outcome: int) -> tuple[str, str]:
    """Both sides of the relation that is false, as a reader sees them."""
    with flint.ctx.workprec(PRECISION):
        at = Evaluation(problem, model)
        left, right = failing(at, problem.goals[goal], outcome, {})
    return left, right


def failing(at: Evaluation, f: Any, outcome: int, bound: dict[str, Any]) -> tuple[str, str]:
    """The sides of the first relation inside a formula that is false at an outcome."""
    if f[0] == "and":
        for part in f[1:]:
            if not at.holds(part, bound)[outcome]:
                return failing(at, part, outcome, bound)
    if f[0] == "all":
        for i in at.indices(f[2], f[3], bound, empty=True):
            if not at.holds(f[4], {**bound, f[1]: i})[outcome]:
                left, right = failing(at, f[4], outcome, {**bound, f[1]: i})
                return f"{left} at {f[1]} = {i}", right
    if f[0] == "every":
        return "a quadratic form that is negative somewhere", "0"
    return shown(at.value(f[1], bound)[outcome]), shown(at.value(f[2], bound)[outcome])
