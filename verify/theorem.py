"""What a certificate must prove for a claim to count as proved: the claim's statement as a theorem of the checker."""

from __future__ import annotations

from typing import Any

from theory.claim import Claim
from verify import logic
from verify.convert import goal_of

Statement = dict[str, Any]


def statement_of(claim: Claim) -> Statement:
    """The theorem without its proof: ``variables``, ``hypotheses``, ``definitions`` and ``goal``.

    ``ValueError`` for an identity of matrices.
    """
    goal = goal_of(claim)
    variables = [list(pair) for pair in goal.sequent.variables]
    statement = logic.to_json(goal.sequent.goal)
    if goal.limit is not None:
        expression, variable, to, value = goal.limit
        variables.append([variable, "real"])
        statement = ["limit", logic.to_json(expression), variable, to, logic.to_json(value)]
    return {
        "variables": variables,
        "hypotheses": [logic.to_json(h) for h in goal.hypotheses],
        "definitions": [[name, logic.to_json(value)] for name, value in goal.definitions],
        "goal": statement,
    }
