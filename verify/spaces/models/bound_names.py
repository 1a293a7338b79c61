"""A problem with names for what sums and quantifiers bind: the form in which models are looked for.

sum (name, lower, upper, body)   all (name, lower, upper, formula)   every (name, level, formula)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from verify.kernel.reals.terms import Expression
from verify.kernel.spaces.terms import opened
from verify.spaces.models.functions import FunctionUse
from verify.spaces.problems.dump import Writer
from verify.spaces.problems.problem import Problem


def with_bound_names(problem: Problem) -> Problem:
    """The same problem, in which every bound name is a name."""
    writer = Writer(problem.names)
    return replace(
        problem,
        definitions=tuple((name, named(t, writer)) for name, t in problem.definitions),
        hypotheses=tuple(replace(h, formula=named(h.formula, writer)) for h in problem.hypotheses),
        goals=tuple(named(g, writer) for g in problem.goals),
    )


def functions_with_bound_names(problem: Problem, functions: Iterable[FunctionUse]) -> tuple[FunctionUse, ...]:
    """The same functions at points in which every bound name is a name."""
    writer = Writer(problem.names)
    return tuple(
        replace(f, points={k: replace(u, point=named(u.point, writer)) for k, u in f.points.items()}) for f in functions
    )


def named(x: Expression, writer: Writer, depth: int = 0) -> Expression:
    """A term or formula, under ``depth`` binders whose names have been put in."""
    if not isinstance(x, tuple):
        return x
    if x[0] in ("sum", "all", "every"):
        name = writer.letter(depth)
        bounds = [named(a, writer, depth) for a in x[1:-1]] if x[0] != "every" else [0]
        return (x[0], name, *bounds, named(opened(x[-1], name), writer, depth + 1))
    return (x[0], *[named(a, writer, depth) for a in x[1:]])
