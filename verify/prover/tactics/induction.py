"""Induction over an integer with a lower bound.

Steps: read a lower bound that is an integer off the facts; show the goal there, and from the goal at k the goal at
k + 1. Applies to goals with an integer variable. Stops where the step needs more than the goal at k: there is no
strengthening, and no step of two. Source: Peano 1889 (the axiom of induction).
"""

from __future__ import annotations

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import names_in
from verify.kernel.reals.whole import integer_valued
from verify.prover.proof_builder import Node, ProofBuilder, dump
from verify.prover.tactic import ProofSearch, Tactic, is_relation
from verify.prover.tactics import integer_bounds
from verify.prover.tactics.bounds import isolate
from verify.prover.term import Term

SHARE_OF_BASE = 0.3  # of the work: the first case gets no more, so that most is left where it fails at once


def induction(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Induction over an integer with a lower bound."""
    state = builder.state
    for x in sorted(names_in(state.goal)):
        if state.kinds.get(x) != "integer" or x.startswith("step_"):
            continue
        for b in [b for b in isolate(search.checker, state, x) if b.variable == x and b.lower]:
            if not integer_valued(b.term, state.kinds):
                continue
            work = builder.fork()
            try:
                if not work.state.knows(("<=", b.term, x)):
                    if b.scale is None and b.strict:
                        work.axiom("gap", b.term, x)
                        start: Term = ("+", b.term, 1)
                    else:
                        integer_bounds.prove_linear(search, work, ("<=", b.term, x))
                        start = b.term
                else:
                    start = b.term
                if isinstance(start, tuple) and all(isinstance(a, int) for a in start[1:]):
                    start = sum(start[1:])
                    integer_bounds.prove_linear(search, work, ("<=", start, x))
                node = {"rule": "induction", "variable": x, "start": dump(start), "base": None, "step": None}
                (base, _), (step, _) = search.checker.step(work.state, node)
            except Refused:
                continue
            with search.work_share(SHARE_OF_BASE):
                first = search.prove(base, max(0, split_depth - 1))
                if first is None:
                    continue
                with search.work_share(1.0):
                    second = search.prove(step, max(0, split_depth - 1))
                    if second is not None:
                        return work.close({**node, "base": first, "step": second})
            search.note(f"induction on {x}: the step was not shown")
    return None


TACTIC = Tactic("induction", induction, is_relation)
