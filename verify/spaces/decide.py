"""One way in: a claim about vectors, expectations, sums and functions is proved with a certificate that the checker
accepted, refuted by a witness that was evaluated exactly, or neither."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verify.kernel import Refused, check
from verify.language.verdict import Verdict
from verify.runtime.budget import SECOND, Braked, Budget, Spent
from verify.runtime.defects import Defect, defect
from verify.spaces.bound_names import with_bound_names
from verify.spaces.elaborate import Meaning, elaborate
from verify.spaces.proving import Prover
from verify.spaces.refute import refute
from verify.spaces.script import Script, Statement
from verify.spaces.surface import Claim
from verify.spaces.witness import Witness, lines

WORK = 30 * SECOND
# Shares of the work: a glance at small models first, since most false statements fall there; the proof gets most of the
# rest, and what it leaves is for a thorough search for a counterexample.
SHARE_OF_GLANCE, SHARE_OF_PROOF = 1 / 30, 3 / 4


@dataclass(frozen=True)
class Outcome:
    """A verdict with its evidence: a certificate that the checker accepted, or a witness, or reasons."""

    verdict: Verdict
    certificate: dict[str, Any] | None = None
    witness: Witness | None = None
    why: tuple[str, ...] = ()

    @property
    def witness_lines(self) -> tuple[str, ...]:
        """The witness as lines that a reader can check by hand."""
        return tuple(lines(self.witness)) if self.witness is not None else ()


def decide(claim: Claim, work: int = WORK) -> Outcome:
    """The outcome for a claim; BadInput where it has no meaning."""
    return decided(elaborate(claim), work)


def decided(meaning: Meaning, work: int) -> Outcome:
    """Refutation by a glance, a proof, refutation again."""
    budget = Budget(work)
    why: list[str] = []
    with budget.running():
        witness = refuted(meaning, budget, SHARE_OF_GLANCE, (0,), why)
        if witness is None:
            proof = proved(meaning, budget, why)
            if proof is not None:
                return proof
            witness = refuted(meaning, budget, 1, (1, 2), why)
    if witness is not None:
        return Outcome(Verdict.REFUTED, witness=witness)
    return Outcome(Verdict.INCONCLUSIVE, why=tuple(dict.fromkeys(why)) or ("no route applied",))


def refuted(meaning: Meaning, budget: Budget, share: float, efforts: tuple[int, ...], why: list[str]) -> Witness | None:
    """A witness that was evaluated exactly, twice."""
    doubts: list[str] = []
    try:
        with budget.share(share):
            return refute(
                with_bound_names(meaning.problem),
                meaning.functions,
                independent=meaning.independent,
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


def proved(meaning: Meaning, budget: Budget, why: list[str]) -> Outcome | None:
    """A proof that the checker accepted."""
    try:
        statement = Statement(meaning.problem)
    except Refused as reason:
        why.append(f"the checker does not read the statement: {reason}")
        return None
    proof = None
    try:
        with budget.share(SHARE_OF_PROOF):
            proof = Prover(meaning.values, budget).prove(Script(statement, statement.state))
    except Spent:
        why.append("the budget of the search was used up")
    except Refused as reason:
        why.append(f"the search met a limit of the checker: {reason}")
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
        why.append(defect("the checker refused the proof", reason))
        return None
    return Outcome(Verdict.PROVED, certificate)
