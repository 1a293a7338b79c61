"""Is every hypothesis of a claim needed? Each is dropped in turn, and what is left is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from verify.claims.claim import Claim
from verify.claims.domain import Domain
from verify.claims.sequents import Goal, formula, goal_of
from verify.claims.statement import Limit, MatrixIdentity, Spatial
from verify.kernel.reading import Refused
from verify.language import logic
from verify.prover.scripts.hint_interpreter import NoProof
from verify.prover.scripts.library import Library
from verify.regression.trial import Trial, judge_variant


def hypotheses(claim: Claim, table: Mapping[str, Claim]) -> list[Trial]:
    """Each hypothesis dropped in turn: refuted means that it is needed, proved that it is not."""
    if isinstance(claim.statement, (MatrixIdentity, Limit)):
        return []
    if isinstance(claim.statement, Spatial):
        from verify.regression.spatial_trials import without_each

        return without_each(claim, claim.statement)
    goal = goal_of(claim)
    definitions = goal.sequent.hypotheses[: len(goal.definitions)]
    own = goal.sequent.hypotheses[len(goal.definitions) :]
    out = []
    for i, hypothesis in enumerate(own):
        kept = (*definitions, *own[:i], *own[i + 1 :])
        variant = Goal(logic.Sequent(goal.sequent.variables, kept, goal.sequent.goal), goal.definitions)
        trial = judge_variant(claim, str(hypothesis), variant.expanded())
        if trial.outcome == "open" and _proved_without(claim, str(hypothesis), table):
            trial = Trial(claim.id, str(hypothesis), "proved")
        out.append(trial)
    return out


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
