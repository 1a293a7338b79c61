"""Units: both sides of every relation of a claim must have the same unit."""

from __future__ import annotations

from theory.claim import Claim
from theory.statement import Limit, MatrixIdentity
from theory.units import DimensionError, check_formula, unit_of, unit_of_words
from verify.evidence import Evidence
from verify.verdict import Verdict


def units(claim: Claim) -> Evidence | None:
    """None where the units agree or a symbol has none; evidence against the claim where they differ."""
    try:
        _check(claim)
    except DimensionError as error:
        return Evidence("units", Verdict.INCONCLUSIVE, f"the units do not agree: {error}")
    except LookupError:
        return None
    return None


def _check(claim: Claim) -> None:
    s = claim.statement
    if isinstance(s, MatrixIdentity):
        if unit_of_words(s.lhs) != unit_of_words(s.rhs):
            raise DimensionError(f"{s.name} has the unit {unit_of_words(s.lhs)}, {s.rhs} has {unit_of_words(s.rhs)}")
        return
    problem = claim.problem()
    for formula in problem.hypotheses:
        check_formula(formula)
    if isinstance(s, Limit):
        left, right = unit_of(s.expression.xreplace(claim.fixed)), unit_of(s.value.xreplace(claim.fixed))
        if None not in (left, right) and left != right:
            raise DimensionError(f"an expression of unit {left} can't tend to one of unit {right}")
    elif problem.goal is not None:
        check_formula(problem.goal)
