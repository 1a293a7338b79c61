"""The second evaluation of a statement in a model, which shares no code with the first.

It goes by outcomes: everything is read at one outcome, and an expectation asks for its body at the others. Numbers are
fractions, or intervals with a separation bound (``verify.counterexamples.interval_numbers``) where the first evaluation
has balls. It answers only what is certain.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Literal

from verify.counterexamples.interval_numbers import Doubt, NoValue
from verify.spaces.models.model import Model
from verify.spaces.models.second_reading import Reading
from verify.spaces.problems.problem import Problem

BITS = (260, 1200)


@dataclass(frozen=True, slots=True)
class Opinion:
    """``false`` or ``undefined`` for a counterexample, else None; and what stands against it."""

    goal: Literal["false", "undefined"] | None
    why: str = ""


def second_opinion(problem: Problem, model: Model) -> Opinion:
    """Whether the model is a counterexample, by the second evaluation."""
    objection = _objection(problem, model)
    if objection:
        return Opinion(None, objection)
    last = Opinion(None, "nothing was read")
    for bits in BITS:
        last = _opinion(problem, model, bits)
        if last.goal is not None or not last.why.startswith("in doubt"):
            break
    return last


def _objection(problem: Problem, model: Model) -> str:
    """What is wrong with the chances or with who knows what, found by comparing outcomes pair by pair."""
    weights, stages = model.chances.weights, model.chances.stages
    if sum(weights) != 1 or any(p <= 0 for p in weights):
        return "the weights do not sum to 1"
    for a, b in combinations(range(len(weights)), 2):
        together = [s[a] == s[b] for s in stages]
        if not together[0] or any(not x and y for x, y in pairwise(together)):
            return "the stages are not nested"
        for name, sort in problem.names.items():
            same = sort.level == 0 or together[min(sort.level, len(together) - 1)] or sort.kind == "operator"
            if same and model.values[name][a] != model.values[name][b]:
                return f"{name} is not known at its stage"
    for name, sort in problem.names.items():
        for v in model.values[name]:
            if sort.kind == "integer" and not (isinstance(v, Fraction) and v.denominator == 1):
                return f"{name} is not whole"
            if sort.kind == "operator" and not (isinstance(v, tuple) and tuple(zip(*v, strict=True)) == v):
                return f"{name} is not symmetric"
    return ""


def _opinion(problem: Problem, model: Model, bits: int) -> Opinion:
    places = range(len(model.chances.weights))
    doubt = ""
    try:
        for w in places:
            at = Reading(problem, model, w, bits)
            for name, term in problem.definitions:
                kind = problem.names[name].kind
                if kind not in ("real", "integer", "vector"):
                    return Opinion(None, f"{name} is a defined {kind}")
                if not at.true(("same", name, term) if kind == "vector" else ("==", name, term)):
                    return Opinion(None, f"{name} is not what it is defined to be")
            for h in problem.hypotheses:
                if not at.true(h.formula):
                    return Opinion(None, f"an assumption is false: {h.source}")
    except (NoValue, Doubt, ArithmeticError) as reason:
        return Opinion(None, f"in doubt: {reason}")
    for goal in problem.goals:
        for w in places:
            try:
                if not Reading(problem, model, w, bits).true(goal):
                    return Opinion("false")
            except NoValue:
                return Opinion("undefined")
            except (Doubt, ArithmeticError) as reason:
                doubt = doubt or f"in doubt: {reason}"
    return Opinion(None, doubt or "all goals are true")
