"""Displays bound to a claim or an expression: each side must be the theory's side, proved equal on its domain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from verify.claims.claim import Claim
from verify.claims.sequents import formula
from verify.claims.statement import Equivalence, Holds, Identity, Inequality
from verify.claims.to_sympy import to_sympy
from verify.language import logic
from verify.language.evaluation import Undecided, Undefined, evaluate
from verify.language.logic import Bool, Formula, Rel, Sequent, Term
from verify.papers import opaque
from verify.papers.decide import sample
from verify.papers.ground import Ground
from verify.runtime.errors import ensured

BINDABLE = (Identity, Inequality, Equivalence, Holds)
SHIFTS = (0, 1, -1, 2, -2)


@dataclass(frozen=True)
class Pair:
    """A side of the paper and the side of the theory that it must equal."""

    paper: Term
    theory: Term

    @property
    def goal(self) -> Rel:
        return Rel("==", self.paper, self.theory)

    def forms(self, ground: Ground, goal: Rel | None = None) -> list[Sequent]:
        """The equation, or an edited form of it, asked where the theory's side is defined; first in unknowns."""
        whole = self._forms(ground, goal)
        first = whole[0]
        goal = ensured(first.goal, Rel)
        found = opaque.unknowns(goal.lhs, goal.rhs)
        if found is None:
            return whole
        equation, known, besides, replaced = found
        hypotheses = list(first.hypotheses)
        for old, new in replaced.items():
            hypotheses = [opaque.replace_in(h, old, new) for h in hypotheses]
        hypotheses = [h for h in (*hypotheses, *known) if not any(opaque.opaque(t) for t in _terms(h))]
        variables: dict[str, logic.Kind] = dict(first.variables)
        variables |= {v.name: "real" for v in replaced.values() if isinstance(v, logic.Var)}
        goal_in_unknowns = logic.conj(*besides, equation)
        return [Sequent(tuple(variables.items()), tuple(hypotheses), goal_in_unknowns), *whole]

    def _forms(self, ground: Ground, goal: Rel | None) -> list[Sequent]:
        return ground.forms(goal or self.goal, self.theory)


def _terms(f: Formula) -> list[Term]:
    return [t for r in logic.relations(f) for side in (r.lhs, r.rhs) for t in logic.subterms(side)]


def sides(paper: Formula, theory: Formula) -> list[Pair] | None:
    """The pairs that must be equal for the two formulas to be the same statement; None where their forms differ."""
    if isinstance(paper, Rel) and isinstance(theory, Rel):
        if paper.op == theory.op:
            return [Pair(paper.lhs, theory.lhs), Pair(paper.rhs, theory.rhs)]
        if paper.op == logic.MIRRORED[theory.op]:
            return [Pair(paper.lhs, theory.rhs), Pair(paper.rhs, theory.lhs)]
        return None
    if isinstance(paper, Bool) and isinstance(theory, Bool) and paper.op == theory.op:
        if len(paper.args) != len(theory.args):
            return None
        parts = [sides(a, b) for a, b in zip(paper.args, theory.args, strict=True)]
        return None if None in parts else [pair for part in parts if part is not None for pair in part]
    return None


def statement_of(claim: Claim) -> Formula | None:
    """The claim as a formula in names, where it has one that a display can state."""
    if not isinstance(claim.statement, BINDABLE) or claim.formula is None:
        return None
    return formula(claim.formula)


def shift(first: Term, left: Term, ground: Ground) -> Fraction | None:
    """The whole number by which the first member differs from the theory's left side (G = ... for G - 1 = ...)."""
    sequent = ground.forms(Rel("==", first, left))[-1]
    if not isinstance(sequent.goal, Rel):
        return None
    found: set[Fraction] = set()
    count = 0
    for point in sample(sequent, 12):
        try:
            a, b = (evaluate(t, point) for t in (sequent.goal.lhs, sequent.goal.rhs))
        except (Undefined, Undecided, OverflowError, ZeroDivisionError):
            continue
        if not isinstance(a, Fraction) or not isinstance(b, Fraction):
            return Fraction(0)
        found.add(a - b)
        count += 1
        if len(found) > 1 or count >= 4:
            break
    value = found.pop() if len(found) == 1 and count > 1 else None
    return value if value is not None and value in SHIFTS else None


def members(relations: Sequence[Rel]) -> list[Term]:
    """The members of a chain of equations."""
    return [relations[0].lhs, *(r.rhs for r in relations)]


def side_latex(t: Term, ground: Ground) -> str:
    """A side of the theory, printed as ``verify latex`` prints it."""
    from verify.typesetting.typesetter import latex

    return latex(to_sympy(t, ground.table), ground.setting)
