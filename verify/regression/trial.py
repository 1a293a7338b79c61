"""One trial: a variant of a claim, refuted with a witness, proved, or left open."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from verify.claims.claim import Claim
from verify.claims.hints import citations
from verify.claims.sequents import Goal, goal_of
from verify.claims.setting import Setting
from verify.counterexamples.refute import refute
from verify.counterexamples.witness import Witness, counterexample_at
from verify.language import logic
from verify.language.verdict import Verdict
from verify.prover.api import follows
from verify.regression import weaker
from verify.runtime.budget import SECOND, Budget, Stopped

# Chosen on 1,984 mutants of 116 claims: all that fell took at most 3.7 s, the search for a proof included, and of those
# that were proved nine in ten less than 3 s.
REFUTE_WORK = 5 * SECOND  # bounds the search for a witness against one variant
REFUTE_BRAKE = 20.0  # seconds, for what z3 does not count
PROVE_WORK = 3 * SECOND  # bounds the search for a proof of one variant
LESS_WORK = 3 * SECOND  # bounds each proof that one relation follows from another
LONG = 30  # subterms of a term that is worth a name
Variant = Callable[[], "Trial"]  # of a claim: what it is called with nothing judges it
Outcome = Literal["refuted", "proved", "open"]
Kind = Literal["mutate", "hypotheses"]


@dataclass(frozen=True)
class Trial:
    """One variant of a claim: what was changed, what became of it, and the witness if it was refuted."""

    claim: str
    change: str
    outcome: Outcome
    witness: str = ""

    def to_json(self) -> dict[str, str]:
        return {"change": self.change, "outcome": self.outcome, "witness": self.witness}


def judge_variant(
    claim: Claim,
    change: str,
    sequent: logic.Sequent,
    easier: Sequence[logic.Sequent] = (),
    less: Callable[[], bool] = bool,
) -> Trial:
    """Refute a variant of a claim, or else prove it: then it says no more than the truth.

    Each of ``easier`` implies the variant: atoms stand in place of their definitions. ``less`` is asked whether the
    variant says less than the claim by its form.
    """
    witness = at_special_points(sequent, claim.setting) or _refuted(sequent, effort=1)
    if witness is None and less():
        return Trial(claim.id, change, "proved")
    if witness is None and any(map(_follows, easier)):
        return Trial(claim.id, change, "proved")
    witness = witness or _refuted(sequent, effort=2)
    if witness is not None:
        return Trial(claim.id, change, "refuted", _short(witness))
    return Trial(claim.id, change, "proved" if _follows(sequent) else "open")


def at_special_points(sequent: logic.Sequent, setting: Setting) -> Witness | None:
    """A counterexample where two sides of the theory's relations are equal: at a threshold, for one task, ..."""
    for values in setting.points.special_points():
        if all(name in values for name, _ in sequent.variables):
            point = {name: values[name] for name, _ in sequent.variables}
            found = counterexample_at(sequent, point)
            if found is not None:
                return found
    return None


def _short(witness: Witness) -> str:
    """The witness with both sides; where the statement is undefined, without repeating it."""
    if witness.kind == "violates":
        return str(witness)
    values = ", ".join(f"{k} = {v}" for k, v in witness.shown.items())
    return f"{values}: the statement {witness.rhs}"


def _refuted(sequent: logic.Sequent, effort: int) -> Witness | None:
    with contextlib.suppress(Stopped), Budget(REFUTE_WORK, brake=REFUTE_BRAKE).running():
        return refute(sequent, effort=effort)
    return None


def _follows(sequent: logic.Sequent, work: int = PROVE_WORK) -> bool:
    """Whether a proof is found; nothing else is looked for, as a witness was not found and the domain is a claim's."""
    return follows(sequent, work=work).verdict is Verdict.PROVED


def less_than(goal: Goal, facts: Sequence[logic.Formula], variant: logic.Formula) -> bool:
    """Whether a variant of a claim's goal says less than the goal by its form."""

    def proves(f: logic.Formula) -> bool:
        new = sorted(logic.variables_of(f) - declared(goal))
        variables = (*goal.sequent.variables, *((name, "real") for name in new))
        of_atoms = Goal(logic.Sequent(variables, goal.sequent.hypotheses, f), goal.definitions)
        return any(_follows(s, LESS_WORK) for s in (of_atoms.expanded(), *with_atoms(of_atoms, facts)))

    return weaker.says_less(goal.sequent.goal, variant, goal.sequent.integers, proves, declared(goal))


def facts_about(claim: Claim, goal: Goal, table: Mapping[str, Claim]) -> list[logic.Formula]:
    """What a variant of a claim may use: the claim itself, so that what follows from it is true, and what it cites.

    A cited claim counts only if all its hypotheses are among the claim's own, and if it is about the same atoms.
    """
    facts = [goal.sequent.goal]
    for name in citations(claim.proof):
        cited = goal_of(table[name])
        about_this = logic.variables_of(cited.sequent.goal) <= declared(goal)
        if cited.limit is None and about_this and set(cited.hypotheses) <= set(goal.hypotheses):
            facts.append(cited.sequent.goal)
    return facts


def with_atoms(goal: Goal, facts: Sequence[logic.Formula]) -> list[logic.Sequent]:
    """Statements that imply the goal, in which atoms are free: all of them, or all that others are defined by."""
    used = {x for _, value in goal.definitions for x in logic.variables_of(value)}
    outer = {name: value for name, value in goal.definitions if name not in used}
    opened = logic.substitute(goal.sequent.goal, outer)
    found = [_folded(goal, facts)]
    if opened != goal.sequent.goal and len(outer) < len(goal.definitions):
        sequent = logic.Sequent(goal.sequent.variables, goal.hypotheses, opened)
        rest = tuple((name, value) for name, value in goal.definitions if name not in outer)
        found.append(_folded(Goal(sequent, rest), [f for f in facts if not logic.variables_of(f) & outer.keys()]))
    return found


def _folded(goal: Goal, facts: Sequence[logic.Formula]) -> logic.Sequent:
    """A statement that implies the goal: its atoms are free, and known only by some facts."""
    facts, (stated,), named = _abstracted(facts, [goal.sequent.goal], declared(goal))
    known = {x for f in (*goal.hypotheses, *facts, stated) for x in logic.variables_of(f)}
    variables = (*goal.sequent.variables, *((name, "real") for name in named))
    return logic.Sequent(
        tuple((name, kind) for name, kind in variables if name in known), (*goal.hypotheses, *facts), stated
    )


def _abstracted(
    facts: Sequence[logic.Formula], goals: Sequence[logic.Formula], taken: Set[str]
) -> tuple[list[logic.Formula], list[logic.Formula], list[str]]:
    """Facts and goals with a name for every long quotient that occurs in both: it may be any number then."""
    shared = _quotients(facts) & _quotients(goals)
    facts, goals, named = list(facts), list(goals), list[str]()
    new = weaker.new_names(taken)
    for t in sorted(shared, key=lambda t: (-sum(1 for _ in logic.subterms(t)), str(t))):
        if t in _quotients(facts) & _quotients(goals):  # not inside one that has a name by now
            named.append(next(new))
            facts, goals = ([_with_name(f, t, named[-1]) for f in formulas] for formulas in (facts, goals))
    return facts, goals, named


def _quotients(formulas: Sequence[logic.Formula]) -> set[logic.Term]:
    terms = {t for f in formulas for r in logic.relations(f) for side in (r.lhs, r.rhs) for t in logic.subterms(side)}
    long = (t for t in terms if isinstance(t, logic.App) and t.op == "/")
    return {t for t in long if sum(1 for _ in logic.subterms(t)) >= LONG}


def _with_name(x: logic.Formula, t: logic.Term, name: str) -> logic.Formula:
    def walk(u: logic.Term) -> logic.Term:
        if u == t:
            return logic.Var(name)
        return logic.App(u.op, tuple(map(walk, u.args))) if isinstance(u, logic.App) else u

    if isinstance(x, logic.Rel):
        return logic.Rel(x.op, walk(x.lhs), walk(x.rhs))
    return logic.Bool(x.op, tuple(_with_name(a, t, name) for a in x.args))


def declared(goal: Goal) -> frozenset[str]:
    return frozenset(name for name, _ in goal.sequent.variables)
