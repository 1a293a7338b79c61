"""The one place where a paper's steps meet the prover and the search for counterexamples."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

import flint

from verify.counterexamples.refute import refute
from verify.counterexamples.sampler import Sampler
from verify.counterexamples.witness import Witness, counterexample_at
from verify.language.evaluation import Point
from verify.language.logic import Sequent, Term
from verify.language.rational_functions import ZeroDenominator, raw
from verify.language.verdict import Verdict
from verify.runtime.budget import SECOND, Budget, Spent

Status = Literal["proved", "refuted", "inconclusive"]
PRECISION = 160  # bits, as in the search for counterexamples
QUICK = 1  # effort of the search for a counterexample before stronger forms are tried
SHARE = 0.3  # of the work, for each form of the statement but the last


@dataclass(frozen=True)
class Decision:
    """``witness`` are exact values of the variables; ``lhs`` and ``rhs`` the sides of the violated relation there.

    A value that is not rational is a term such as sqrt(2), and a certificate shows that the point is a witness.
    ``certificate`` is that of a proof. ``timed``: a clock ended the attempt, so that another machine may go further.
    """

    status: Status
    why: str = ""
    witness: dict[str, Fraction | Term] | None = None
    lhs: str = ""
    rhs: str = ""
    certificate: Mapping[str, Any] | None = field(default=None, compare=False, repr=False)
    timed: bool = field(default=False, compare=False, repr=False)


Decider = Callable[[Sequence[Sequent], float], Decision]


def decide(forms: Sequence[Sequent], seconds: float) -> Decision:
    """Prove one of several forms of a statement, the last of which is the statement itself; or refute the last.

    The forms before the last are stronger than it (abbreviations as free variables), so a proof of any of them counts,
    and a counterexample counts only against the last. ``seconds`` of a typical processor; its work is counted.
    """
    goal = forms[-1]
    if len(forms) > 1:  # alone, a statement gets this search from the prover
        witness, budget = None, Budget(int(seconds * SECOND))
        with contextlib.suppress(Spent), budget.running():
            witness = refute(goal, effort=QUICK)
        if witness is not None:
            return refuted(witness)
    for form in forms[:-1]:
        found = _prove(form, max(1.0, seconds * SHARE))
        if found.status == "proved":
            return found
    from verify.prover.api import at_point

    found = _prove(goal, seconds)
    if found.status == "refuted" and found.witness is not None:
        with flint.ctx.workprec(PRECISION):
            known = counterexample_at(goal, found.witness, by_proof=at_point)
        return refuted(known) if known is not None else Decision("inconclusive", "a counterexample was not confirmed")
    return found


def sample(sequent: Sequent, count: int) -> Iterator[Point]:
    """Exact points of the domain, always the same ones."""
    try:
        sampler = Sampler(dict(sequent.variables), [raw(h) for h in sequent.hypotheses])
    except (ZeroDenominator, OverflowError):
        return
    integers = sequent.integers
    for point in sampler.points(count, seed=1):
        yield Point(point, integers)


def refuted(witness: Witness) -> Decision:
    """The decision that a counterexample makes."""
    return Decision("refuted", "", dict(witness.values), witness.lhs, witness.rhs)


def _prove(sequent: Sequent, seconds: float) -> Decision:
    """A proof that the checker accepted, a witness, or neither."""
    from verify.prover.outcome import EmptyDomain
    from verify.prover.process import PATIENCE, prove_with_timeout

    try:
        outcome = prove_with_timeout(sequent, PATIENCE * seconds, int(seconds * SECOND))
    except EmptyDomain:
        return Decision("inconclusive", "the assumptions contradict each other")
    why = "; ".join(outcome.why)
    if outcome.verdict is Verdict.PROVED:
        return Decision("proved", why, certificate=outcome.certificate)
    if outcome.verdict is Verdict.REFUTED:
        return Decision("refuted", why, dict(outcome.witness or {}))
    return Decision("inconclusive", why, timed=outcome.timed)
