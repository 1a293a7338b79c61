"""pi, sin and cos: what is read of them, and what a proof may use.

No rule of certificates knows them. For a proof each stands for a number of which some facts are known, which become
hypotheses: what holds for all such numbers holds for these. Their arguments have a value at every point, so that a
statement is defined where it is without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from verify.language.logic import App, Bool, Formula, Kind, Num, Rel, Sequent, Term, Var, div, neg, num, power, sub

PI = "pi"
FUNCTIONS = ("sin", "cos")
# Archimedes' constant between two decimals that differ in their last place.
PI_BETWEEN = ("3.14159265358979323846", "3.14159265358979323847")
_TOTAL = ("+", "*", "-", "abs", "min", "max", "exp", *FUNCTIONS)


@dataclass(frozen=True)
class Stands:
    """``name`` stands for ``pi``, or for ``op`` of an argument in which others stand for such values already."""

    name: str
    op: str
    argument: Term | None = None

    def __str__(self) -> str:
        return self.name if self.argument is None else f"{self.op}({self.argument})"


@dataclass(frozen=True)
class Circular:
    """A statement as it is meant: names ``stand`` for values, innermost first, of which ``facts`` are known."""

    sequent: Sequent
    stand: tuple[Stands, ...]
    facts: tuple[Rel, ...]

    @property
    def general(self) -> Sequent:
        """The statement for all numbers of which the facts hold: where it is proved, the one that is meant is true."""
        more: tuple[tuple[str, Kind], ...] = tuple((s.name, "real") for s in self.stand)
        return Sequent((*self.sequent.variables, *more), (*self.sequent.hypotheses, *self.facts), self.sequent.goal)


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
            name = next(n for n in _names(t.op) if n not in taken)
            taken.add(name)
            stand[key] = Stands(name, *key)
        return Var(stand[key].name)

    def formula(f: Formula) -> Formula:
        if isinstance(f, Rel):
            return Rel(f.op, number(f.lhs), number(f.rhs))
        return Bool(f.op, tuple(map(formula, f.args)))

    *hypotheses, goal = map(formula, formulas)
    if not stand:
        return None
    facts = tuple(fact for s in stand.values() for fact in _facts(s, stand))
    return Circular(Sequent(variables, tuple(hypotheses), goal), tuple(stand.values()), facts)


def _names(op: str) -> Iterator[str]:
    k = 0
    while True:
        k += 1
        yield f"{op}_{k}"


def _facts(s: Stands, stand: dict[tuple[str, Term | None], Stands]) -> Iterator[Rel]:
    """What is known of every real argument t: |sin t| <= |t|, cos t >= 1 - t^2/2, and the circle."""
    x = Var(s.name)
    if s.argument is None:
        low, high = map(num, PI_BETWEEN)
        yield Rel("<", low, x)
        yield Rel("<", x, high)
        return
    yield Rel("<=", neg(num(1)), x)
    yield Rel("<=", x, num(1))
    squared = power(s.argument, 2)
    if s.op == "sin":
        yield Rel("<=", power(x, 2), squared)
        if (other := stand.get(("cos", s.argument))) is not None:
            yield Rel("==", App("+", (power(x, 2), power(Var(other.name), 2))), num(1))
    else:
        yield Rel(">=", x, sub(num(1), div(squared, num(2))))
