"""pi, sin and cos: what is read of them, and what a proof may use.

No rule of certificates knows them. For a proof each stands for a number of which some facts are known, which become
hypotheses: what holds for all such numbers holds for these. Their arguments have a value at every point, so that a
statement is defined where it is without them. What relates their values at arguments that belong together is in
``circular_laws``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count

from verify.language.circular_laws import FUNCTIONS, PI, Stands, bounds, equations, of_one
from verify.language.logic import App, Bool, Formula, Kind, Num, Rel, Sequent, Term, Var, substitute, substitute_term

_TOTAL = ("+", "*", "-", "abs", "min", "max", "exp", *FUNCTIONS)


@dataclass(frozen=True)
class Circular:
    """A statement as it is meant: names ``stand`` for values, innermost first, of which ``facts`` are known.

    ``bounds`` are facts too, which many proofs do not need and which make the search longer.
    """

    sequent: Sequent
    stand: tuple[Stands, ...]
    facts: tuple[Formula, ...]
    bounds: tuple[Formula, ...] = ()

    @property
    def bounded(self) -> Circular:
        """The same with the bounds among the facts."""
        return replace(self, facts=(*self.facts, *self.bounds), bounds=())

    @property
    def general(self) -> Sequent:
        """The statement for all numbers of which the facts hold: where it is proved, the one that is meant is true."""
        more: tuple[tuple[str, Kind], ...] = tuple((s.name, "real") for s in self.stand)
        return Sequent((*self.sequent.variables, *more), (*self.sequent.hypotheses, *self.facts), self.sequent.goal)

    def as_written(self, f: Formula) -> Formula:
        """A formula with values of sin and cos for the names that stand for them."""
        theta: dict[str, Term] = {}
        for s in self.stand:
            if s.argument is not None:
                theta[s.name] = App(s.op, (substitute_term(s.argument, theta),))
        return substitute(f, theta)


def has_value(t: Term) -> bool:
    """Whether a term has a value at every point, by its form."""
    if not isinstance(t, App):
        return True
    if t.op == "/":
        below = t.args[1]
        return has_value(t.args[0]) and (below == Var(PI) or (isinstance(below, Num) and below.value != 0))
    if t.op == "^":
        exponent = t.args[1]
        return has_value(t.args[0]) and isinstance(exponent, Num) and exponent.value.denominator == 1 <= exponent.value
    return t.op in _TOTAL and all(map(has_value, t.args))


def meant(sequent: Sequent) -> Circular | None:
    """A sequent in which ``pi``, ``sin`` and ``cos`` mean what they are called; None where none of them occurs."""
    variables = tuple(pair for pair in sequent.variables if pair[0] != PI)
    formulas = (*sequent.hypotheses, sequent.goal)
    taken = {name for name, _ in sequent.variables}
    stand: dict[tuple[str, Term | None], Stands] = {}
    if PI in taken:
        stand[PI, None] = Stands(PI, PI)

    def number(t: Term) -> Term:
        if not isinstance(t, App):
            return t
        args = tuple(map(number, t.args))
        if t.op not in FUNCTIONS:
            return App(t.op, args)
        key = (t.op, args[0])
        if key not in stand:
            stand[key] = Stands(unused(t.op, taken), *key)
        return Var(stand[key].name)

    def formula(f: Formula) -> Formula:
        if isinstance(f, Rel):
            return Rel(f.op, number(f.lhs), number(f.rhs))
        return Bool(f.op, tuple(map(formula, f.args)))

    *hypotheses, goal = map(formula, formulas)
    if not stand:
        return None
    facts = tuple(fact for s in stand.values() for fact in of_one(s, stand))
    values = tuple(stand.values())
    facts = (*facts, *equations(values))
    return Circular(Sequent(variables, tuple(hypotheses), goal), values, facts, tuple(bounds(values)))


def unused(op: str, taken: set[str]) -> str:
    """A name for a value of ``op`` that is not taken yet, and then is."""
    name = next(n for k in count(1) if (n := f"{op}_{k}") not in taken)
    taken.add(name)
    return name
