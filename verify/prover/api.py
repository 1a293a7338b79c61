"""``prove``: the one way in. A proof counts only after the checker accepted it for exactly the statement asked."""

from __future__ import annotations

import time
from typing import Any

import flint

from verify import checker as kernel
from verify import logic
from verify.logic import Sequent
from verify.prover.outcome import EmptyDomain, Outcome
from verify.prover.search import OutOfTime, Search
from verify.prover.thread import Node
from verify.refute import find_point, refute
from verify.verdict import Verdict

FIELDS = ("id", "variables", "hypotheses", "definitions", "goal", "proof")


def theorem_json(name: str, sequent: Sequent, proof: Node | None) -> dict[str, Any]:
    return {"id": name, **logic.to_json(sequent), "definitions": [], "proof": proof}


def prove(sequent: Sequent, *, seconds: float = 30) -> Outcome:
    """Prove or refute a sequent; raises ``EmptyDomain`` if its hypotheses contradict each other.

    >>> x = logic.Var("x")
    >>> prove(Sequent((("x", "real"),), (), logic.Rel(">=", logic.power(x, 2), logic.ZERO)))
    <Outcome proved: by search>
    """
    deadline = time.monotonic() + seconds
    with flint.ctx.workprec(160):
        point = find_point(sequent.variables, sequent.hypotheses, seconds=min(1.0, seconds / 4))
        witness = refute(sequent, seconds=min(0.5, seconds / 8))
        if witness is None:
            outcome = attempt(sequent, deadline, found=point is not None)
            if outcome.verdict is Verdict.PROVED or time.monotonic() > deadline:
                return outcome
            witness = refute(sequent, seconds=max(0.5, deadline - time.monotonic()))
            if witness is None:
                return outcome
    kind = "exact counterexample" if witness.kind == "violates" else "undefined at an exact point"
    return Outcome(Verdict.REFUTED, kind, witness=dict(witness.values), why=(str(witness),))


def attempt(sequent: Sequent, deadline: float, *, found: bool) -> Outcome:
    """Search for a proof and have it checked."""
    search = Search(max(0.1, deadline - time.monotonic()))
    data = theorem_json("main", sequent, None)
    state, *_ = search.checker.theorem(data, *FIELDS)
    try:
        if not found:
            empty = search.prove(kernel.State(state.kinds, state.facts, kernel.FALSE))
            if empty is not None:
                raise EmptyDomain("the hypotheses contradict each other, so every statement would follow from them")
        proof = search.prove(state)
    except OutOfTime:
        return Outcome(Verdict.INCONCLUSIVE, "search", why=("the search ran out of time", *search.notes))
    except RecursionError:
        return Outcome(Verdict.INCONCLUSIVE, "search", why=("the search went too deep", *search.notes))
    if proof is None:
        return Outcome(Verdict.INCONCLUSIVE, "search", why=tuple(search.notes) or ("no route applied",))
    return certified(sequent, proof, found=found)


def certified(sequent: Sequent, proof: Node, *, found: bool) -> Outcome:
    """The outcome of a complete proof, after the independent check."""
    certificate = {"schema": 1, "theorems": [theorem_json("main", sequent, proof)]}
    try:
        kernel.check(certificate)
    except kernel.Refused as reason:
        return Outcome(Verdict.INCONCLUSIVE, "search", why=(f"the checker refused the proof: {reason}",))
    if not found:
        why = "the statement follows, but no point of its domain was found, so it may hold for want of any"
        return Outcome(Verdict.INCONCLUSIVE, "search", certificate=certificate, why=(why,))
    return Outcome(Verdict.PROVED, "search", certificate=certificate)
