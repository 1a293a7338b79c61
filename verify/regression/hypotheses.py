"""Is every hypothesis of a claim needed? Each is dropped in turn, and what is left is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from verify.claims.claim import Claim
from verify.claims.domain import Domain
from verify.claims.sequents import Goal, formula, goal_of
from verify.claims.statement import Limit, MatrixIdentity, Spatial
from verify.kernel.reading import Refused
from verify.language import logic
from verify.prover.scripts.hint_interpreter import NoProof
from verify.prover.scripts.library import Library
from verify.regression.trial import Trial, Variant, judge_variant


def hypotheses(claim: Claim, table: Mapping[str, Claim]) -> list[Variant]:
    """Each hypothesis dropped in turn: refuted means that it is needed, proved that it is not."""
    if isinstance(claim.statement, (MatrixIdentity, Limit)):
        return []
    if isinstance(claim.statement, Spatial):
        from verify.regression.spatial_trials import without_each

        return without_each(claim, claim.statement)
    goal = goal_of(claim)
    definitions = goal.sequent.hypotheses[: len(goal.definitions)]
    own = goal.sequent.hypotheses[len(goal.definitions) :]
    return [
        partial(_judge, claim, goal, (*definitions, *own[:i], *own[i + 1 :]), str(own[i]), table)
        for i in range(len(own))
    ]


def _judge(
    claim: Claim, goal: Goal, kept: Sequence[logic.Formula], hypothesis: str, table: Mapping[str, Claim]
) -> Trial:
    variant = Goal(logic.Sequent(goal.sequent.variables, tuple(kept), goal.sequent.goal), goal.definitions)
    trial = judge_variant(claim, hypothesis, variant.expanded())
    if trial.outcome == "open" and _proved_without(claim, hypothesis, table):
        return Trial(claim.id, hypothesis, "proved")
    return trial


def _proved_without(claim: Claim, hypothesis: str, table: Mapping[str, Claim]) -> bool:
    """Whether the claim's own proof goes through when one hypothesis is dropped from its domain."""
    bounds = []
    for b in claim.domain.bounds:
        lower = replace(b, upper=None).relations()
        upper = replace(b, lower=None).relations()
        bounds.append(
            replace(
                b,
                lower=None if hypothesis in map(str, map(formula, lower)) else b.lower,
                upper=None if hypothesis in map(str, map(formula, upper)) else b.upper,
            )
        )
    extra = tuple(f for f in claim.domain.extra if str(formula(f)) != hypothesis)
    wider = replace(claim, domain=Domain(tuple(bounds), extra))
    if wider.domain == claim.domain:
        return False
    try:
        Library(table).prove(wider)
    except (NoProof, Refused):
        return False
    return True
