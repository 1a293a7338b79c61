"""Rules of logic: each returns the states that remain, with their proofs."""

from ...reading import Json, need
from ..sorts import items
from ..state import Remaining, Run, State

OPPOSITE = {"==": "!=", "!=": "==", "<": "<=", "<=": "<"}


def rule_known(run: Run, state: State) -> Remaining:
    """The goal is a fact, or weaker than one about a multiple of the same difference: nothing remains.

    Sound: a < b gives a <= b and a != b, a == b gives a <= b, b - a == t (d - c) with a number t > 0 carries any of
    these from c, d to a, b; between two numbers arithmetic decides. Checked: ``Run.knows``.
    """
    run.need_known(state, state.goal, "the goal")
    return []


def rule_split(run: Run, state: State, proofs: Json) -> Remaining:
    """P1 and ... and Pn: show each Pi, with P1 ... P(i-1) as facts.

    Sound: by induction on i all Pi hold. Checked: as many proofs as parts.
    """
    op, *parts = state.goal
    need(op == "and", "only a conjunction is split")
    need(len(items(proofs)) == len(parts), "one proof for each part")
    run.algebra.spend(4 * len(parts) * (1 + len(parts) + len(state.facts)))
    return [(state.assume(*parts[:i], goal=p), q) for i, (p, q) in enumerate(zip(parts, proofs, strict=True))]


def rule_have(run: Run, state: State, formula: Json, proof: Json, then: Json) -> Remaining:
    """From a proof of F, and one of the goal that may use F, the goal.

    Sound: where the facts hold F does, by the first proof, and so the goal, by the second. Checked: F is about names
    that are declared here.
    """
    f = run.formula(state, formula)
    return [(state.assume(goal=f), proof), (state.assume(f), then)]


def rule_cases(run: Run, state: State, formula: Json, yes: Json, no: Json) -> Remaining:
    """The goal, if it follows from F and it follows from not F, for a relation F between numbers.

    Sound: at each outcome F is true or false, and one of the two proofs is about it. Checked: F is a relation.
    """
    f = run.formula(state, formula)
    need(f[0] in OPPOSITE, "cases are those of a relation between numbers")
    op, a, b = f
    other = (OPPOSITE[op], a, b) if op in ("==", "!=") else (OPPOSITE[op], b, a)
    return [(state.assume(f), yes), (state.assume(other), no)]
