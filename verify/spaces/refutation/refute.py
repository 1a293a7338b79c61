"""The search for counterexamples: a problem written out in R^1, R^2 and R^3, handed to the search over the rationals.

Never in Gram atoms: inner products that satisfy the inequalities one thinks of need not be those of vectors. Every
place that is found is made a model and judged in the problem as it stands (``verify.spaces.models.acceptance``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, product

from verify.counterexamples import refute as rationals
from verify.kernel.reals.terms import Formula, Term, names_in
from verify.language import logic
from verify.language.evaluation import SIGNS, Undecided, Undefined, evaluate
from verify.language.logic import Sequent
from verify.runtime.budget import SECOND, Braked, Budget, Spent, left, spend
from verify.spaces.models.acceptance import accepted
from verify.spaces.models.chances import Tree, trees
from verify.spaces.models.functions import Explicit, FunctionUse
from verify.spaces.models.interpolation import covered
from verify.spaces.models.witness import Witness
from verify.spaces.problems.problem import Hypothesis, Problem
from verify.spaces.refutation.given import Given, Unusable, given
from verify.spaces.refutation.instances import Instance, Told
from verify.spaces.refutation.templates import Template, choices

WORK = 20 * SECOND  # units; false statements of the tests fall within 3 s
BRAKE = 120.0  # seconds of processor time
INTEGERS = (1, 2, 3, 0, 4)  # what an integer on which a range depends may be
MOST_INTEGERS = 12  # choices of all of them
MOST_VARIABLES = {0: 14, 1: 24, 2: 14}  # by effort, of an instance that is tried
SHARE = {0: 0.15, 1: 0.3, 2: 0.5}  # of the work that is left, for one instance at an effort


@dataclass(frozen=True, slots=True)
class Setting:
    """How a problem is written out."""

    dimension: int
    tree: Tree
    integers: Mapping[str, int]
    templates: Mapping[str, Template]
    tight: bool
    told: Told


def refute(
    problem: Problem,
    functions: Sequence[FunctionUse] = (),
    *,
    independent: Sequence[tuple[str, ...]] = (),
    told: Told | None = None,
    admits: Callable[[Witness], bool] | None = None,
    work: float = WORK,
    efforts: Sequence[int] = (0, 1, 2),
    doubts: list[str] | None = None,
) -> Witness | None:
    """A counterexample, or None if none was found within so many units of work.

    >>> from verify.spaces.problems.problem import Sort
    >>> goal = ("<=", ("norm", "u"), ("^", ("norm", "u"), 2))
    >>> print(refute(Problem({"u": Sort("vector", 0)}, (), (), (goal,))))
    in R^1:
      u = 1/2
    left side 1/2 = 0.5, right side 1/4 = 0.25

    ``functions`` are those that the problem's names are values and gradients of; ``independent`` groups of random names
    that are independent of each other; ``told`` the names by whose values a stage tells outcomes apart. A witness that
    ``admits`` refuses does not end the search. ``efforts`` are those of ``verify.counterexamples.refute``: glances (0)
    at all instances come first, thorough searches (2) last.
    """
    budget = Budget(min(work, left()), brake=BRAKE)
    problem = with_given_gradients(problem, functions)
    try:
        with budget.running():
            for effort in efforts:
                for setting in settings(problem, functions, independent, told or {}):
                    with budget.share(SHARE[effort]):
                        found = tried(problem, functions, independent, setting, effort, doubts)
                        if found is not None and (admits is None or admits(found)):
                            return found
    except Spent:
        return None
    except Braked as reason:
        if doubts is not None:
            doubts.append(str(reason))
        return None
    finally:
        spend(budget.used)
    return None


def with_given_gradients(problem: Problem, functions: Sequence[FunctionUse]) -> Problem:
    """The same problem with ``E[g | w] == grad f(w)`` as a hypothesis where it is the definition of the gradient.

    A function that is written out gives the gradient; then it is g that makes up for it (``given.py``).
    """
    gradients = {u.gradient for f in functions for u in f.points.values()}
    means = [(n, t) for n, t in problem.definitions if n in gradients and isinstance(t, tuple) and t[0] == "E"]
    stated = tuple(Hypothesis(("same", t, n), "the mean of a direction") for n, t in means)
    kept = tuple(d for d in problem.definitions if d not in means)
    return replace(problem, definitions=kept, hypotheses=(*problem.hypotheses, *stated))


def settings(
    problem: Problem, functions: Sequence[FunctionUse], independent: Sequence[tuple[str, ...]], told: Told
) -> Iterator[Setting]:
    """All ways to write a problem out, the simplest first."""
    spaces = [n for n, s in problem.names.items() if s.kind in ("vector", "vectors", "operator")]
    tights = (True, False) if given(problem, tight=True) != given(problem, tight=False) else (False,)
    for dimension in (1, 2, 3) if spaces else (1,):
        for templates in template_choices(functions, dimension):
            for tree in trees(problem, independent):
                for integers in integer_choices(problem):
                    for tight in tights:
                        yield Setting(dimension, tree, integers, templates, tight, told)


def template_choices(functions: Sequence[FunctionUse], dimension: int) -> Iterator[dict[str, Template]]:
    """A form for each function: the same place in each list, then all other combinations; last, no form at all."""
    lists = [list(choices(f, dimension, tilted=i % 2 == 1)) for i, f in enumerate(functions)]
    seen: list[dict[str, Template]] = []
    if all(lists) and lists:
        diagonal = [[ts[min(i, len(ts) - 1)] for ts in lists] for i in range(max(map(len, lists)))]
        for chosen in (*diagonal, *(list(c) for c in islice(product(*lists), 12))):
            table = {f.name: t for f, t in zip(functions, chosen, strict=True)}
            if table not in seen:
                seen.append(table)
                yield table
    if all(covered({c.what for c in f.classes}) for f in functions):
        yield {}


def integer_choices(problem: Problem) -> Iterator[dict[str, int]]:
    """Values for the integers on which ranges or indices depend."""
    fixed: set[str] = set()
    formulas = [*(h.formula for h in problem.hypotheses), *problem.goals, *(t for _, t in problem.definitions)]
    for f in formulas:
        collect(f, fixed)
    names = [n for n, s in problem.names.items() if s.kind == "integer" and n in fixed]
    alone = []
    for h in problem.hypotheses:
        used = names_in(h.formula) if h.formula[0] in logic.RELATIONS else set()
        if used and used <= set(names):
            alone.append(h.formula)
    count = 0
    for values in product(INTEGERS, repeat=len(names)):
        table = dict(zip(names, values, strict=True))
        if all(possible(f, table) for f in alone):
            count += 1
            yield table
            if count >= MOST_INTEGERS:
                return


def collect(x: Term, fixed: set[str]) -> None:
    """The names on which ranges and indices depend."""
    if not isinstance(x, tuple):
        return
    if x[0] in ("sum", "all"):
        fixed |= names_in(x[2]) | names_in(x[3])
    if x[0] == "at":
        fixed |= names_in(x[2])
    for part in x[1:]:
        collect(part, fixed)


def possible(f: Formula, table: Mapping[str, int]) -> bool:
    """Whether a relation between integers holds, as far as it can be told."""
    values = {n: Fraction(v) for n, v in table.items()}
    try:
        left, right = evaluate(f[1], values), evaluate(f[2], values)
    except (Undefined, Undecided, KeyError, ArithmeticError):
        return True
    order = (left > right) - (left < right)
    return order in SIGNS[f[0]]


def tried(
    problem: Problem,
    functions: Sequence[FunctionUse],
    independent: Sequence[tuple[str, ...]],
    setting: Setting,
    effort: int,
    doubts: list[str] | None,
) -> Witness | None:
    """The witness that a search in one instance gives."""
    if setting.dimension == 3 and effort < 2:  # many coordinates, and hardly anything that a plane does not show
        return None
    known = given(problem, tight=setting.tight)
    table = {f.name: f for f in functions}
    left_out = known.used
    for name in setting.templates:
        left_out |= table[name].stated
    try:
        at = written(problem, setting, known, table)
        hypotheses = [*at.hypotheses(left_out), *at.told_apart(setting.told)]
        goals = list(at.goals())
    except Unusable:
        return None
    if len(at.variables) > MOST_VARIABLES[effort]:
        return None
    for goal in goals:
        used = set().union(*(logic.variables_of(f) for f in (*hypotheses, goal)))
        variables = tuple((n, k) for n, k in at.variables.items() if n in used)
        found = rationals.refute(Sequent(variables, tuple(hypotheses), goal), effort=effort)
        if found is None:
            continue
        values = {n: v for n, v in found.values.items() if isinstance(v, Fraction)}
        witness = returned(problem, functions, independent, at, values, doubts)
        if witness is not None:
            return witness
    return None


def written(problem: Problem, setting: Setting, known: Given, functions: Mapping[str, FunctionUse]) -> Instance:
    return Instance(problem, setting.dimension, setting.tree, known, setting.integers, functions, setting.templates)


def returned(
    problem: Problem,
    functions: Sequence[FunctionUse],
    independent: Sequence[tuple[str, ...]],
    at: Instance,
    values: Mapping[str, Fraction],
    doubts: list[str] | None,
) -> Witness | None:
    """A place in the coordinates as a model with explicit functions, judged."""
    try:
        if at.used:  # every member of a family that the evaluations will meet
            at.hypotheses(frozenset())
        model = at.model(values)
        explicit: dict[str, Explicit] = {n: made.explicit(at.number(values)) for n, made in at.made.items()}
    except Unusable:
        return None
    return accepted(problem, model, functions, explicit, independent, doubts)
