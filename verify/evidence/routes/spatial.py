"""Evidence about a claim in a space: a certificate, a model of what is assumed, a counterexample; all checked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from verify.claims.statement import Spatial
from verify.evidence.results import Evidence
from verify.kernel.certificate import of_spaces
from verify.language.verdict import Verdict
from verify.prover.api import BRAKE
from verify.runtime.budget import SECOND, Braked, Budget
from verify.spaces.decide import SHARE_OF_GLANCE, WORK, falsehood, judged, proved, refuted
from verify.spaces.meaning.elaborate import Meaning
from verify.spaces.models import kept_models
from verify.spaces.models.witness import Witness, lines
from verify.spaces.spatial import meaning, theorem

WORK_ON_MODELS = 10 * SECOND  # for a model of the hypotheses; those of the tests take less than 2


def certificate_for(stated: Meaning, work: int = WORK) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    """A certificate that the checker accepted, or why there is none; raises ``Braked``.

    None is searched where a glance finds a counterexample: a search in vain uses up all of its work.
    """
    why: list[str] = []
    budget = _budget(work)
    with budget.running():
        if refuted(stated, budget, SHARE_OF_GLANCE, (0,), why) is not None:
            return None, ("no proof is searched, as a glance finds a counterexample",)
        certificate = proved(stated, budget, why)
    return certificate, tuple(dict.fromkeys(why)) or ("no proof found",)


def certificate_of(statement: Spatial) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    """The same for a statement."""
    return certificate_for(meaning(statement))


def refutation(statement: Spatial, effort: int) -> Evidence:
    """A counterexample as evidence, or that none was found."""
    try:
        witness, doubts = counterexample(meaning(statement), effort)
    except Braked as reason:
        return Evidence("refutation", Verdict.INCONCLUSIVE, f"no counterexample found: {reason}", timed=True)
    if witness is None:
        said = ("no counterexample found in small exact models", *doubts[:1])
        return Evidence("refutation", Verdict.INCONCLUSIVE, "; ".join(said))
    return violated(witness)


def violated(witness: Witness) -> Evidence:
    """The evidence that a counterexample is."""
    return Evidence("refutation", Verdict.REFUTED, on_one_line(witness), details=details_of(witness))


def counterexample(stated: Meaning, effort: int, work: int = WORK) -> tuple[Witness | None, tuple[str, ...]]:
    """A witness that two evaluations agree on, or doubts; raises ``Braked``. ``effort``: 0 a glance, 2 thorough."""
    why: list[str] = []
    budget = _budget(work)
    share, efforts = (1.0, (0, 1, 2)) if effort else (SHARE_OF_GLANCE, (0,))
    with budget.running():
        found = refuted(stated, budget, share, efforts, why)
    return found, tuple(why)


def model_of(statement: Spatial) -> dict[str, Any] | None:
    """A model in which everything holds that is assumed, as data; None where none was found. Raises ``Braked``.

    Without one a statement may be true for want of any: then its proof says nothing.
    """
    budget = _budget(WORK_ON_MODELS)
    with budget.running():
        found = refuted(_without_goal(meaning(statement)), budget, 1.0, (0, 1), [])
    return None if found is None else data_of(found)


def _budget(work: int) -> Budget:
    return Budget(work, brake=BRAKE * work / SECOND)


def is_model(statement: Spatial, data: Mapping[str, Any]) -> bool:
    """Whether data are a model of what is assumed, by both evaluations."""
    return _evaluated(_without_goal(meaning(statement)), data) is not None


def evaluated(statement: Spatial, data: Mapping[str, Any]) -> Witness | None:
    """The counterexample that a kept model is, by both evaluations; None for one that is none."""
    return _evaluated(meaning(statement), data)


def data_of(witness: Witness) -> dict[str, Any]:
    """What has to be kept of a witness."""
    return kept_models.written(witness.model, witness.functions)


def details_of(witness: Witness) -> dict[str, Any]:
    """A witness as the details of evidence: lines for people, both sides, and the model."""
    said = [line.strip() for line in lines(witness)]
    return {
        "witness": said, "kind": witness.kind, "lhs": witness.lhs, "rhs": witness.rhs, "model": data_of(witness),
    }  # fmt: skip


def on_one_line(witness: Witness) -> str:
    """The witness as a reader sees it, on one line."""
    first, *rest = [line.strip() for line in lines(witness)]
    out = first
    for line in rest:
        out += f" {line}" if out.endswith(":") else f"; {line}"
    return out


def states(statement: Spatial, certificate: Mapping[str, Any]) -> bool:
    """Whether a certificate proves what the text means: its names, definitions, hypotheses and goal, all of them."""
    said = {k: certificate["theorem"][k] for k in ("names", "definitions", "hypotheses", "goal")}
    return of_spaces(certificate) and said == theorem(statement)


def _evaluated(stated: Meaning, data: Mapping[str, Any]) -> Witness | None:
    return judged(stated, *kept_models.read(data))


def _without_goal(stated: Meaning) -> Meaning:
    """The same assumptions with a goal that holds nowhere, so that every model of them violates it."""
    goals = tuple(map(falsehood, stated.problem.goals))
    return replace(stated, problem=replace(stated.problem, goals=goals))
