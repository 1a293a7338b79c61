"""Multipliers: a goal as a sum of hypotheses times functions of the parameters, plus squares. Said, or searched."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from verify.runtime.budget import Budget
from verify.spaces.combine import combination
from verify.spaces.gram import Combination, GramProblem
from verify.spaces.obligations import Signs
from verify.spaces.ratios import NotRational
from verify.spaces.system import System


def search(problem: GramProblem, budget: Budget, said: Mapping[int, sp.Expr] | None = None) -> Combination | None:
    """A proof of the goal for all parameter values; None where none was found.

    ``said``: multipliers that an author gave, by the place of the hypothesis. Charges ``budget`` and lets ``Spent``
    through. What is returned is an identity of rational functions, and each sign in it a theorem that the reals checker
    accepted.
    """
    symbols = {s for f in (problem.goal, *(h.form for h in problem.hypotheses)) for c in f.values()
               for s in sp.sympify(c).free_symbols}  # fmt: skip
    with budget.running():
        signs = Signs(
            problem.parameters, problem.conditions, budget, integers=problem.integers,
            symbols=sorted(symbols, key=str),
        )  # fmt: skip
        try:
            system = System(problem, signs)
            given = {k: signs.reduced(signs.home.read(sp.sympify(m))) for k, m in (said or {}).items()}
        except (NotRational, ZeroDivisionError):
            return None
        return combination(system, given) or (combination(system, {}) if given else None)
