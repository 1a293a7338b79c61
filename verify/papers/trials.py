"""Edited steps about numbers, read anew: what is found of them, by evaluation at points first."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

from verify.language import logic
from verify.language.evaluation import Point, Undecided, Undefined, evaluate, holds
from verify.language.logic import Rel, Sequent
from verify.papers.decide import Decision, sample
from verify.papers.formulas import Read, links
from verify.papers.show import formula_latex, term_latex
from verify.papers.step import Record
from verify.papers.suggest import Attempt, Tried
from verify.papers.tokens import Token
from verify.papers.trivial import trivial

POINTS = 8


class Trials:
    """Reads edited forms of a refuted relation. ``forms`` states a relation as the prover is asked, last in full.

    ``decision`` is the refutation.
    """

    def __init__(
        self, record: Record, read: Read, forms: Callable[[Rel], list[Sequent]], goal: Rel, decision: Decision
    ) -> None:
        self.record, self.read, self.forms, self.goal = record, read, forms, goal
        values = {n: v for n, v in (decision.witness or {}).items() if isinstance(v, Fraction)}
        self.refuted = [values] if values and len(values) == len(decision.witness or {}) else []

    def relation(self, tokens: Sequence[Token]) -> Tried | None:
        """A link of a chain; None where it is not read as one relation."""
        found = links(tokens, self.read)
        formula = found[0].formula
        if len(found) > 1 or not isinstance(formula, Rel):
            return None
        names = self.read(tokens).names.latex
        return self._tried(formula, lambda: formula_latex(formula, names))

    def term(self, tokens: Sequence[Token]) -> Tried | None:
        """The left side of the relation, which is all that the paper has of it."""
        found = self.read(tokens).whole()
        names = self.read(tokens).names.latex
        tried = self._tried(Rel(self.goal.op, found, self.goal.rhs), lambda: term_latex(found, names))
        return replace(tried, trivial=lambda: False)  # that it is what the theory has is all that is wanted

    def _tried(self, relation: Rel, latex: Callable[[], str]) -> Tried:
        return Tried(
            latex,
            trivial=lambda: trivial(relation.op, relation.lhs, relation.rhs),
            slack=lambda: self._slack(relation),
            attempt=lambda: self._attempt(relation),
        )

    def _attempt(self, relation: Rel) -> Attempt:
        found = self.record.attempt(self.forms(relation))
        if found.witness and all(isinstance(v, Fraction) for v in found.witness.values()):
            self.points.append({n: v for n, v in found.witness.items() if isinstance(v, Fraction)})
        return Attempt(found.status, found.timed)

    @cached_property
    def points(self) -> list[Mapping[str, Fraction]]:
        """Points of the domain of the refuted relation, its counterexample first."""
        return [*self.refuted, *sample(self.forms(self.goal)[-1], POINTS)]

    def _slack(self, relation: Rel) -> float | None:
        """By how much the sides differ at the first point; None where it is false at a point, or true at none."""
        changed = self.forms(relation)[-1]
        if not isinstance(changed.goal, Rel):
            return None
        told = [_true(changed, p) for p in self.points]
        if False in told or True not in told:
            return None
        return _distance(changed.goal, self.points[0])


def _true(sequent: Sequent, point: Mapping[str, Fraction]) -> bool | None:
    """Whether an edited relation holds at a point; None where that is not told."""
    if logic.variables_of(sequent.goal) - set(point) or {name for name, _ in sequent.variables} - set(point):
        return None
    try:
        return holds(sequent.goal, Point(point, sequent.integers))
    except Undefined:
        return False
    except (Undecided, OverflowError):
        return None


def _distance(relation: Rel, point: Mapping[str, Fraction]) -> float:
    try:
        above, below = (evaluate(t, point) for t in (relation.lhs, relation.rhs))
        return abs(float(above) - float(below))
    except (Undefined, Undecided, OverflowError, KeyError, ValueError):
        return math.inf
