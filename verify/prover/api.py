"""``prove``: the one way in. A proof counts only after the checker accepted it for exactly the statement asked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from typing import Any, TypeVar

import flint

from verify.counterexamples import irrational
from verify.counterexamples.refute import find_point, refute
from verify.counterexamples.witness import Witness, counterexample_at, proven
from verify.counterexamples.z3_models import unasked
from verify.kernel import Refused, check
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import FALSE
from verify.language import logic
from verify.language.logic import Sequent
from verify.language.verdict import Verdict
from verify.prover.border import Statement
from verify.prover.outcome import WANT_OF_ANY, EmptyDomain, Outcome
from verify.prover.proof_builder import Node
from verify.prover.search import Search
from verify.prover.table import TABLE
from verify.prover.tactic import Table
from verify.prover.tactics.ball_enclosure import enclose
from verify.prover.tactics.existence import solvable
from verify.runtime.budget import SECOND, Braked, Budget, Spent, Stopped
from verify.runtime.defects import Defect, defect

PRECISION = 160  # bits of ball arithmetic
WORK = 30 * SECOND
BRAKE = 10  # times what the work should take
AT_ONCE = 2 * SECOND  # for the proof of a statement without variables
SPENT = "the budget of the search was used up"
KINDS = {"violates": "exact counterexample", "undefined": "undefined at an exact point"}
DEPTH = 1500  # frames
# Shares of the work that is left, in this order: refutation is cheap and comes first, the proof gets most.
SHARE_OF_POINT, SHARE_OF_REFUTATION = 1 / 4, 1 / 3  # a point of the domain; a rational counterexample
SHARE_OF_SURE, SHARE_OF_UNSURE = 1 / 6, 1 / 12  # an irrational one that certainly fails; one that may fail
SHARE_OF_INHABITED = 1 / 8  # whether the domain has a point, where no rational one was found
# How much of the work of a proof is done before the larger searches for counterexamples, and before the largest. Every
# second statement of the corpora, with 5 million units for each, takes 58.4 million with a single glance of 1/15 (297
# decided), and 51.5, 50.0, 49.1, 49.7 with a first one of 1/100, 1/50, 1/25, 1/17 and a second of 3/10 (299 decided).
FIRST_GLANCE, SECOND_GLANCE = 1 / 25, 3 / 10
SHARE_OF_THOROUGH = 1 / 6  # a rational counterexample again, with more points
SHARE_OF_PROOF = 3 / 4
SHARE_OF_SECOND_LOOK = 1 / 2  # an irrational counterexample again, once the proof has failed; the rest is for points
SHARE_OF_EMPTINESS = 0.6  # of the proof: a contradiction between the hypotheses, where no point was found
T = TypeVar("T")
Report = Callable[[str], None]


def prove(sequent: Sequent, *, work: int = WORK, brake: float | None = None, report: Report | None = None) -> Outcome:
    """Prove or refute a sequent; raises ``EmptyDomain`` if its hypotheses contradict each other.

    ``work`` is counted (``verify.runtime.budget``), so that the outcome is the same on every machine. ``brake``:
    seconds of processor time after which it ends all the same, and says so. ``report`` is told at once where a route
    gave up; the outcome says it again in ``why``.

    >>> x = logic.Var("x")
    >>> prove(Sequent((("x", "real"),), (), logic.Rel(">=", logic.power(x, 2), logic.ZERO)))
    <Outcome proved: by search>
    """
    return within(Budget(work, brake=BRAKE * work / SECOND if brake is None else brake), sequent, report)


def within(budget: Budget, sequent: Sequent, report: Report | None = None) -> Outcome:
    """``prove`` with what a budget has left."""
    attempted = Attempt(sequent, budget, report)
    with flint.ctx.workprec(PRECISION), budget.running(), same_depth():
        try:
            outcome = attempted.outcome()
        except Spent:
            outcome = Outcome(Verdict.INCONCLUSIVE, "search", why=(SPENT,))
        except Braked as reason:
            outcome = Outcome(Verdict.INCONCLUSIVE, "search", why=(str(reason),), timed=True)
    if outcome.verdict is Verdict.INCONCLUSIVE:
        return replace(outcome, why=(*outcome.why, *attempted.doubts[:1], *unasked(sequent)))
    return outcome


def follows(sequent: Sequent, *, work: int = WORK) -> Outcome:
    """Only the search for a proof, with all of the ``work``; that the domain has a point is the caller's to know."""
    return following(Budget(work, brake=BRAKE * work / SECOND), sequent)


def following(budget: Budget, sequent: Sequent) -> Outcome:
    """``follows`` with what a budget has left."""
    with flint.ctx.workprec(PRECISION), budget.running(), same_depth():
        try:
            return attempt(sequent, budget, found=True)
        except Spent:
            return Outcome(Verdict.INCONCLUSIVE, "search", why=(SPENT,))
        except Braked as reason:
            return Outcome(Verdict.INCONCLUSIVE, "search", why=(str(reason),), timed=True)


class Attempt:
    """One attempt at one sequent: each part gets a share of the budget, and can cost no more than that."""

    def __init__(self, sequent: Sequent, budget: Budget, report: Report | None) -> None:
        self.sequent, self.budget, self.report = sequent, budget, report
        self.notes: list[str] = []
        self.tried: int | None = None  # the largest effort with which a counterexample was searched to the end
        self.doubts: list[str] = []  # why candidates for a counterexample did not count

    def part(self, fraction: float, work: Callable[[], T | None]) -> T | None:
        """What a part of the attempt finds; None where its share is used up, or where it fails."""
        with self.budget.share(fraction):
            try:
                return work()
            except (Stopped, Defect, EmptyDomain):
                raise
            except Exception as error:  # costs this part, never the run, and never looks like a verdict
                self.notes.append(defect("a part of the attempt failed", error))
        return None

    def outcome(self) -> Outcome:
        """What is found, with what went wrong on the way."""
        found = self.decided()
        return found if not self.notes else replace(found, why=tuple(dict.fromkeys((*found.why, *self.notes))))

    def decided(self) -> Outcome:
        """Refutation first, then a proof, then refutation again where the proof was not found."""
        sequent, part = self.sequent, self.part
        point = part(SHARE_OF_POINT, lambda: find_point(sequent.variables, sequent.hypotheses))
        # Most counterexamples are near, most proofs are short, and what has neither is as often false: a glance at each
        # comes before what takes longer, and with more work once again.
        if point is not None:
            witness = self.counterexample(SHARE_OF_REFUTATION, 0)
            if witness is not None:
                return refuted(witness)
            outcome = self.glance(FIRST_GLANCE)
            if outcome is not None:
                return outcome
            witness = self.counterexample(SHARE_OF_REFUTATION, 1)
            if witness is not None:
                return refuted(witness)
        elsewhere = part(SHARE_OF_SURE, lambda: self.irrational(sequent, sure=True))
        equation = any(isinstance(h, logic.Rel) and h.op == "==" for h in sequent.hypotheses)
        # Where points are rare, one that may fail is worth a short look, and without variables there is only one.
        if elsewhere is None and (equation or not sequent.variables):
            elsewhere = part(SHARE_OF_UNSURE, lambda: self.irrational(sequent, sure=False))
        if elsewhere is not None:
            return elsewhere
        inside = point is not None or bool(part(SHARE_OF_INHABITED, self.inhabited))
        cut = self.budget.cut
        if point is not None:
            outcome = self.glance(SECOND_GLANCE)
            if outcome is not None:
                return outcome
            witness = self.counterexample(SHARE_OF_THOROUGH, 2)
            if witness is not None:
                return refuted(witness)
        searched = point is not None and self.budget.cut == cut  # with more work it would look at the same points again
        outcome = part(SHARE_OF_PROOF, lambda: attempt(sequent, self.budget, found=inside, report=self.report))
        outcome = outcome or Outcome(Verdict.INCONCLUSIVE, "search", why=(SPENT,))
        if outcome.verdict is not Verdict.INCONCLUSIVE or not inside:
            return outcome
        elsewhere = part(SHARE_OF_SECOND_LOOK, lambda: self.irrational(sequent, sure=False))
        if elsewhere is not None:
            return elsewhere
        witness = None if searched else self.counterexample(1, 2)
        return refuted(witness) if witness is not None else enclosed(sequent) or outcome

    def counterexample(self, fraction: float, effort: int) -> Witness | None:
        """A rational one; what a smaller effort has tried is not tried again, unless it did not come to its end."""
        cut, after = self.budget.cut, self.tried
        found = self.part(fraction, lambda: refute(self.sequent, effort=effort, after=after, doubts=self.doubts))
        if self.budget.cut == cut:
            self.tried = effort
        return found

    def glance(self, fraction: float) -> Outcome | None:
        """A proof that is found soon, where the domain has a point; what it gives up on is not yet worth a report."""
        outcome = None
        with self.budget.glance(fraction):
            outcome = self.part(SHARE_OF_PROOF, lambda: attempt(self.sequent, self.budget, found=True))
        return None if outcome is None or outcome.verdict is Verdict.INCONCLUSIVE else outcome

    def irrational(self, sequent: Sequent, *, sure: bool) -> Outcome | None:
        """A counterexample with coordinates such as sqrt(2), and the certificate that it is one.

        ``sure`` leaves out points at which ball arithmetic can't tell whether the statement holds.
        """
        for failure in irrational.failures(sequent):
            for theta in irrational.points(sequent, failure.formula, sure=sure):
                rational = {name: t.value for name, t in theta.items() if isinstance(t, logic.Num)}
                if theta and len(rational) == len(theta):
                    witness = counterexample_at(sequent, rational, self.doubts)
                    if witness is not None:
                        return refuted(witness)
                    continue
                found = attempt(irrational.at(sequent, theta, failure.formula), self.budget, found=True)
                if found.verdict is Verdict.PROVED:
                    witness = proven(sequent, theta, failure.kind, self.doubts)
                    if witness is not None:
                        return refuted(witness, found.certificate)
        return None

    def inhabited(self) -> bool:
        """Whether all hypotheses hold at some point with irrational coordinates: by a certificate, or by balls."""
        domain = Sequent(self.sequent.variables, self.sequent.hypotheses, logic.FALSE)
        with self.budget.share(1 / 2):
            if self.irrational(domain, sure=True) is not None:
                return True
        return solvable(domain)


@contextmanager
def same_depth() -> Iterator[None]:
    """The same room for recursion wherever this is called from, so that the outcome does not depend on that."""
    frame: FrameType | None = sys._getframe()
    depth, before = 0, sys.getrecursionlimit()
    while frame is not None:
        frame, depth = frame.f_back, depth + 1
    sys.setrecursionlimit(depth + DEPTH)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def refuted(witness: Witness, certificate: dict[str, Any] | None = None) -> Outcome:
    """What is said of a counterexample, and the proof that it is one where its coordinates are irrational."""
    why = str(witness)
    if certificate is not None:
        fails = "does not" if witness.kind == "violates" else "is undefined"
        where = ", ".join(f"{name} = {value}" for name, value in witness.shown.items()) or "everywhere"
        why = f"{where}: the hypotheses hold and the statement {fails}, by a certificate"
    return Outcome(Verdict.REFUTED, KINDS[witness.kind], certificate, dict(witness.values), (why,))


def at_point(sequent: Sequent, theta: Mapping[str, logic.Term], doubts: list[str] | None = None) -> Witness | None:
    """The witness that an irrational point is, if a proof for it is found at once."""
    for failure in irrational.failures(sequent):
        stated = irrational.at(sequent, dict(theta), failure.formula)
        if attempt(stated, Budget(AT_ONCE), found=True).verdict is Verdict.PROVED:
            witness = proven(sequent, theta, failure.kind, doubts)
            if witness is not None:
                return witness
    return None


def enclosed(sequent: Sequent) -> Outcome | None:
    """Ball arithmetic on a bounded domain, once certificates have failed."""
    boxes = enclose(sequent)
    if boxes is None:
        return None
    return Outcome(Verdict.ENCLOSED, "ball arithmetic", why=(on_boxes(boxes),))


def on_boxes(boxes: int) -> str:
    """What an enclosure rests on."""
    return f"rests on the ball arithmetic of python-flint, on {boxes} boxes that cover the domain; no certificate"


def attempt(
    sequent: Sequent, budget: Budget, *, found: bool, report: Report | None = None, table: Table = TABLE
) -> Outcome:
    """Search for a proof by the methods of a table, and have it checked."""
    statement = Statement(sequent)
    search = Search(budget, report, table)
    proof, reasons = None, []
    try:
        state = statement.state(search.checker)
        if not found:
            empty = None
            with search.work_share(SHARE_OF_EMPTINESS):
                empty = search.solve(State(state.kinds, state.facts, FALSE))
            if empty is not None and accepted(statement.contradictory(), empty):
                raise EmptyDomain("the hypotheses contradict each other, so every statement would follow from them")
            reasons.append("no point of the domain was found, nor a contradiction between the hypotheses")
        proof = search.solve(state)
    except Spent:
        reasons.append(SPENT)
    except RecursionError:
        reasons.append("the search went too deep")
    except Refused as reason:
        reasons.append(f"the search met a limit of the checker: {reason}")
    if proof is None:
        return Outcome(Verdict.INCONCLUSIVE, "search", why=tuple([*reasons, *search.notes]) or ("no route applied",))
    return certified(statement, proof, found=found)


def accepted(statement: Statement, proof: Node) -> bool:
    """Whether the checker accepts a proof that the hypotheses contradict each other."""
    try:
        check(statement.certificate(proof))
    except Refused as reason:
        defect("the checker refused a proof that the hypotheses contradict each other", reason)
        return False
    return True


def certified(statement: Statement, proof: Node, *, found: bool) -> Outcome:
    """The outcome of a complete proof, after the independent check."""
    certificate = statement.certificate(proof)
    try:
        check(certificate)
    except Refused as reason:
        return Outcome(Verdict.INCONCLUSIVE, "search", why=(defect("the checker refused the proof", reason),))
    if not found:
        return Outcome(Verdict.INCONCLUSIVE, "search", certificate=certificate, why=(WANT_OF_ANY,))
    return Outcome(Verdict.PROVED, "search", certificate=certificate)
