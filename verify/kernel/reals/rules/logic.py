"""Rules of logic: each returns the states that remain, with their proofs."""

from ...reading import Json, need
from ..formulas import negate
from ..json_form import items
from ..run import Run
from ..state import Remaining, State


def rule_known(run: Run, state: State) -> Remaining:
    """The goal is a fact, or weaker than one: nothing remains.

    Sound: a < b gives a <= b and a != b, a == b gives a <= b, equations and != may be turned round; between two
    numbers arithmetic decides; of a conjunction all parts have to be known, of a disjunction one; a false fact gives
    everything. Checked: ``State.knows``.
    """
    need(state.knows(state.goal), "the goal is not among the facts")
    return []


def rule_split(run: Run, state: State, proofs: Json) -> Remaining:
    """P1 and ... and Pn: show each Pi, with P1 ... P(i-1) as facts. P1 or ... or Pn: show Pn if no other holds.

    Sound: by induction on i all Pi hold; if none of the first n - 1 holds, the last does. The empty conjunction is
    true and leaves nothing. Checked: as many proofs as parts; the empty disjunction, which is false, is refused.
    """
    op, *parts = state.goal
    need(op in ("and", "or"), "only a conjunction or a disjunction is split")
    if op == "or":
        need(bool(parts) and len(items(proofs)) == 1, "a disjunction leaves one proof")
        return [(state.assume(*[negate(p, run.spend) for p in parts[:-1]], goal=parts[-1]), proofs[0])]
    need(len(items(proofs)) == len(parts), "one proof for each part")
    return [(state.assume(*parts[:i], goal=p), q) for i, (p, q) in enumerate(zip(parts, proofs, strict=True))]


def rule_have(run: Run, state: State, formula: Json, proof: Json, then: Json) -> Remaining:
    """From a proof of F, and one of the goal that may use F, the goal.

    Sound: where the facts hold F does, by the first proof, and so the goal, by the second. Checked: F is about
    variables that are declared here, so that F speaks of the same values in both.
    """
    f = state.formula(formula)
    return [(state.assume(goal=f), proof), (state.assume(f), then)]


def rule_cases(run: Run, state: State, formula: Json, yes: Json, no: Json) -> Remaining:
    """The goal, if it follows from F and it follows from not F.

    Sound: all functions are total, so F is true or false at any values of the variables, and one of the two proofs is
    about them. Checked: F is about variables that are declared here.
    """
    f = state.formula(formula)
    return [(state.assume(f), yes), (state.assume(negate(f, run.spend)), no)]


def rule_either(run: Run, state: State, formula: Json, proofs: Json) -> Remaining:
    """From the fact P1 or ... or Pn the goal, if each Pi gives it.

    Sound: where the facts hold one of the Pi does, and its proof gives the goal. Checked: the disjunction is a fact as
    it stands, and there is a proof for each of its parts.
    """
    f = state.formula(formula)
    need(f[0] == "or" and f in state.facts and len(items(proofs)) == len(f) - 1, "not a known disjunction")
    return [(state.assume(p), q) for p, q in zip(f[1:], proofs, strict=True)]
