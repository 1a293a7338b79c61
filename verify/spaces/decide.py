"""One way in: a claim about vectors, expectations, sums and functions is proved with a certificate that the checker
accepted, refuted by a witness that was evaluated exactly, or neither."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from verify.kernel import Refused, check
from verify.kernel.reals.terms import RELATIONS, Formula
from verify.language.verdict import Verdict
from verify.prover.api import BRAKE
from verify.prover.outcome import EmptyDomain
from verify.prover.process import in_process
from verify.runtime.budget import SECOND, Braked, Budget, Spent
from verify.runtime.defects import Defect, defect
from verify.spaces.meaning.elaborate import Meaning, elaborate
from verify.spaces.models.acceptance import accepted
from verify.spaces.models.bound_names import functions_with_bound_names, with_bound_names
from verify.spaces.models.functions import Explicit
from verify.spaces.models.model import Model
from verify.spaces.models.witness import Witness, lines
from verify.spaces.problems.script import Script, Statement
from verify.spaces.proving.said import said
from verify.spaces.proving.search import Prover
from verify.spaces.reading.surface import Claim
from verify.spaces.refutation.refute import refute

WORK = 30 * SECOND
# Shares of the work: a glance at small models first, since most false statements fall there; the proof gets most of the
# rest, and what it leaves is for a thorough search for a counterexample.
SHARE_OF_GLANCE, SHARE_OF_PROOF = 1 / 30, 3 / 4
SHARE_OF_MODEL = 1 / 2  # of what a proof has left, for a model of the assumptions
NOTHING = (
    "no counterexample among small models, and no proof from the assumptions, the classes at the points that are "
    "named, and squares: assume an inequality between the two sides, or name a further point that the argument uses"
)
LIMIT = "a certificate cannot say this, so only counterexamples were searched"
UNREAD = {  # what the checker says of a statement, and what it means for whoever wrote it
    "an expectation of what may have none": "the expectation of a quotient, a root, exp or log of something random "
    "need not exist: declare a random name for it and assume what is known of that, as in X*Y == 1, X, Y random",
}
FALSE: Formula = ("<", 0, 0)  # what a contradiction proves


@dataclass(frozen=True, repr=False)
class Outcome:
    """A verdict with its evidence: a certificate that the checker accepted, or a witness, or reasons.

    ``model``, beside a proof: where its assumptions hold. ``timed``: a clock ended the attempt, so that it may go
    further on another machine.
    """

    verdict: Verdict
    certificate: dict[str, Any] | None = None
    witness: Witness | None = None
    why: tuple[str, ...] = ()
    timed: bool = False
    model: Witness | None = None

    @property
    def witness_lines(self) -> tuple[str, ...]:
        """The witness as lines that a reader can check by hand."""
        return tuple(lines(self.witness)) if self.witness is not None else ()

    def __repr__(self) -> str:
        parts = [self.verdict.key]
        if self.witness is not None:
            parts.append("at " + ", ".join(f"{name} = {value}" for name, value in self.witness.shown.items()))
        if self.why:
            parts.append("; ".join(self.why))
        return f"<Outcome {': '.join(parts)}>"


def decide(claim: Claim, work: int = WORK, brake: float | None = None, *, thorough: bool = True) -> Outcome:
    """The outcome for a claim. BadInput where it has no meaning; EmptyDomain where its assumptions contradict.

    Not ``thorough``: a glance at small models and a proof, but no long search for a counterexample where both fail.
    """
    return decided(elaborate(claim), work, brake, thorough=thorough)


def decide_with_timeout(claim: Claim, timeout: float, work: int = WORK) -> Outcome:
    """``decide`` in a process of its own, which is ended after so many seconds on the clock."""
    meaning = elaborate(claim)

    def job(brake: float, report: Callable[[str], None]) -> Outcome:
        return decided(meaning, work, brake)

    return in_process(job, lambda why, timed: Outcome(Verdict.INCONCLUSIVE, why=why, timed=timed), timeout, work)


def decided(meaning: Meaning, work: int, brake: float | None = None, *, thorough: bool = True) -> Outcome:
    """Refutation by a glance, a proof, refutation again."""
    budget = Budget(work, brake=BRAKE * work / SECOND if brake is None else brake)
    why: list[str] = []
    doubts: list[str] = []
    try:
        with budget.running():
            witness = refuted(meaning, budget, SHARE_OF_GLANCE, (0,), doubts)
            if witness is None:
                certificate = proved(meaning, budget, why)
                if certificate is not None:
                    return inhabited(meaning, budget, certificate)
                if thorough:
                    witness = refuted(meaning, budget, 1, (1, 2), doubts)
    except Braked as reason:
        return Outcome(Verdict.INCONCLUSIVE, why=(str(reason),), timed=True)
    if witness is not None:
        return Outcome(Verdict.REFUTED, witness=witness)
    return Outcome(Verdict.INCONCLUSIVE, why=tuple(dict.fromkeys([*(why or [NOTHING]), *doubts])))


def inhabited(meaning: Meaning, budget: Budget, certificate: dict[str, Any]) -> Outcome:
    """What a proof is worth: nothing where no model of the assumptions is found, for they may contradict each other."""
    doubts: list[str] = []
    if (model := refuted(without_goals(meaning), budget, SHARE_OF_MODEL, (0, 1), doubts)) is not None:
        return Outcome(Verdict.PROVED, certificate, model=model)
    if proved(replace(meaning, problem=replace(meaning.problem, goals=(FALSE,))), budget, doubts) is not None:
        raise EmptyDomain("the assumptions contradict each other, so every statement would follow from them")
    why = "the statement follows, but no model of its assumptions was found, so it may hold for want of any"
    return Outcome(Verdict.INCONCLUSIVE, certificate, why=(why,))


def without_goals(meaning: Meaning) -> Meaning:
    """The same assumptions about the same names, with goals that are false: its counterexamples are their models."""
    return replace(meaning, problem=replace(meaning.problem, goals=tuple(map(falsehood, meaning.problem.goals))))


def falsehood(goal: Formula) -> Formula:
    """A false statement about what a goal is about, so that a model has all of it."""
    side = goal[1] if goal[0] in RELATIONS else ("inner", goal[1], goal[1]) if goal[0] == "same" else 0
    return ("<", 0, ("*", 0, side))


def refuted(meaning: Meaning, budget: Budget, share: float, efforts: tuple[int, ...], why: list[str]) -> Witness | None:
    """A witness that was evaluated exactly, twice."""
    doubts: list[str] = []
    try:
        with budget.share(share):
            return refute(
                with_bound_names(meaning.problem),
                functions_with_bound_names(meaning.problem, meaning.functions),
                independent=meaning.independent,
                told=meaning.stages.told if meaning.stages is not None else None,
                admits=meaning.admits,
                work=budget.left,
                efforts=efforts,
                doubts=doubts,
            )
    except Spent:
        return None
    except (Braked, Defect):
        raise
    except Exception as error:  # costs this part, never the run, and never looks like a verdict
        why.append(defect("the search for a counterexample failed", error))
        return None
    finally:
        why += doubts[:1]


def judged(meaning: Meaning, model: Model, explicit: Mapping[str, Explicit]) -> Witness | None:
    """The witness that a kept model is, judged anew as one that was just found; None where it is none."""
    functions = functions_with_bound_names(meaning.problem, meaning.functions)
    witness = accepted(with_bound_names(meaning.problem), model, functions, explicit, meaning.independent)
    return None if witness is None or not meaning.admits(witness) else witness


def proved(meaning: Meaning, budget: Budget, why: list[str]) -> dict[str, Any] | None:
    """A proof that the checker accepted."""
    try:
        # What the checker does for the search is not charged, but it is no more than what is left.
        statement = Statement(meaning.problem, budget.left)
    except Refused as reason:
        why.append(UNREAD.get(str(reason)) or f"{LIMIT}: {reason}")
        return None
    proof = None
    try:
        with budget.share(SHARE_OF_PROOF):
            prover = Prover(meaning.values, budget, said(meaning, statement))
            proof = prover.prove(Script(statement, statement.state))
    except Spent:
        why.append(
            "the search for a proof used up its share of the work: give it more (--work), or split the statement"
        )
    except Refused as reason:
        why.append(f"the search for a proof ended at a limit of certificates ({reason}): split the statement")
    except (Braked, Defect):
        raise
    except Exception as error:
        why.append(defect("the search for a proof failed", error))
    if proof is None:
        return None
    certificate = statement.certificate(proof)
    try:
        check(certificate)
    except Refused as reason:
        why.append(defect("a proof was found that the checker refused, a defect of the search", reason))
        return None
    return certificate
