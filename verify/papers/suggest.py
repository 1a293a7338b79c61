"""Single small edits that would make a refuted step true: a sign, a factor 2, a square, d for d + 1, x_1 for x_2.

An edit is looked for by exact evaluation at points of the domain, and suggested only once the prover has confirmed it.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from verify.language import logic
from verify.language.evaluation import Undecided, Undefined, holds
from verify.language.logic import App, Num, Rel, Sequent, Term, Var
from verify.papers.decide import sample
from verify.runtime.budget import SECOND, Budget, Spent, spend

MAX_EDITS = 600
MAX_TRIES = 3  # proofs
POINTS = 8
EDIT = 500  # what one edit costs, in units of work
MAX_SWAPS = 3  # of one index for another


@dataclass(frozen=True)
class Edit:
    """A changed relation, and the change in words."""

    relation: Rel
    what: str


def suggestion(
    goal: Rel,
    forms: Callable[[Rel], Sequent],
    proved: Callable[[Rel], bool],
    seconds: float,
    sides: tuple[str, ...] = ("rhs", "lhs"),
    letters: frozenset[str] = frozenset(),
) -> Edit | None:
    """The first edit of the step, on the given sides, that holds at sample points of the domain and is then proved.

    ``letters`` are the variables that an edit may put in the place of one with another index.
    """
    with contextlib.suppress(Spent), Budget(int(seconds * SECOND)).running():
        found = list(sample(forms(goal), POINTS))
        tries = 0
        for edit in itertools.islice(edits(goal, sides, letters), MAX_EDITS if found else 0):
            if tries >= MAX_TRIES:
                return None
            spend(EDIT)
            changed = forms(edit.relation)
            if all(_true(changed, p) for p in found):
                tries += 1
                if proved(edit.relation):
                    return edit
    return None


def _true(sequent: Sequent, point: Mapping[str, Fraction]) -> bool:
    missing = {name for name, _ in sequent.variables} - set(point)
    if missing:
        return False
    try:
        return holds(sequent.goal, point) is True
    except (Undefined, Undecided, OverflowError):
        return False


def edits(goal: Rel, sides: tuple[str, ...] = ("rhs", "lhs"), letters: frozenset[str] = frozenset()) -> Iterator[Edit]:
    """Every relation that one small edit makes of this one, the likeliest slips first.

    No edit turns a whole side of an inequality into a square: it would be true for no reason of the author's.
    """
    if goal.op in ("<", ">"):
        yield Edit(Rel(goal.op + "=", goal.lhs, goal.rhs), "a strict inequality made weak")
    if goal.op in logic.MIRRORED and goal.op not in ("==", "!="):
        yield Edit(Rel(logic.MIRRORED[goal.op], goal.lhs, goal.rhs), "the inequality turned round")
    seen = {goal}
    for side in sides:
        for kind in (lambda t: _near(t, letters), _shapes):
            for changed, what in _everywhere(getattr(goal, side), kind):
                if goal.op != "==" and changed == logic.power(getattr(goal, side), 2):
                    continue
                relation = Rel(goal.op, goal.lhs, changed) if side == "rhs" else Rel(goal.op, changed, goal.rhs)
                if relation not in seen:
                    seen.add(relation)
                    yield Edit(relation, what)


def _everywhere(t: Term, change: Callable[[Term], Iterator[tuple[Term, str]]]) -> Iterator[tuple[Term, str]]:
    """The term with one of its parts changed."""
    yield from change(t)
    if isinstance(t, App):
        for i, a in enumerate(t.args):
            for changed, what in _everywhere(a, change):
                yield App(t.op, (*t.args[:i], changed, *t.args[i + 1 :])), what


def _near(t: Term, letters: frozenset[str]) -> Iterator[tuple[Term, str]]:
    """Slips inside a term: a sign in a sum, a square, d for d + 1, another index."""
    if isinstance(t, App) and t.op == "+":
        for i, a in reversed(list(enumerate(t.args))):
            flipped = a.args[0] if isinstance(a, App) and a.op == "-" else logic.neg(a)
            yield App("+", (*t.args[:i], flipped, *t.args[i + 1 :])), "a sign changed"
        for i, a in enumerate(t.args):
            if isinstance(a, Num) and a.value in (1, -1):
                rest = t.args[:i] + t.args[i + 1 :]
                yield logic.add(*rest), f"{logic.show(logic.add(*rest))} for {logic.show(t)}"
                yield (
                    App("+", (*rest, Num(-a.value))),
                    f"{'-' if a.value == 1 else '+'} 1 for {'+' if a.value == 1 else '-'} 1",
                )
    if isinstance(t, App) and t.op == "^" and isinstance(t.args[1], Num):
        if t.args[1].value == 2:
            yield t.args[0], "a square dropped"
        elif t.args[1].value.denominator == 1:
            for k in (t.args[1].value - 1, t.args[1].value + 1):
                yield logic.power(t.args[0], Num(k)), f"the power {k} for {t.args[1].value}"
    elif isinstance(t, Var) or (isinstance(t, App) and t.op in ("+", "sqrt", "/", "abs")):
        yield logic.power(t, 2), "a square added"
    if isinstance(t, Var):
        yield App("+", (t, logic.ONE)), f"{t.name} + 1 for {t.name}"
        yield App("+", (t, Num(Fraction(-1)))), f"{t.name} - 1 for {t.name}"
        for other in _siblings(t.name, letters):
            yield Var(other), f"{other} for {t.name}"


def _siblings(name: str, letters: frozenset[str]) -> list[str]:
    """Variables that differ from one in the last index only, as rho_E from rho_H."""
    base, _, _ = name.rpartition("_")
    others = sorted(x for x in letters if base and x != name and x.rpartition("_")[0] == base)
    return others[:MAX_SWAPS]


def _shapes(t: Term) -> Iterator[tuple[Term, str]]:
    """Slips in a factor: 2, a sign of the whole, a factor lost."""
    if isinstance(t, Num):
        if t.value.numerator % 2 == 0 or abs(t.value) == 2:
            yield Num(t.value / 2), "a factor 2 dropped"
        yield Num(t.value * 2), "a factor 2 added"
        return
    if (isinstance(t, App) and t.op in ("/", "^", "+", "*", "sqrt")) or isinstance(t, Var):
        yield App("*", (logic.num(2), t)), "a factor 2 added"
        yield App("/", (t, logic.num(2))), "a factor 2 in a denominator"
    if isinstance(t, App) and t.op == "*":
        for i, a in enumerate(t.args):
            rest = logic.mul(*(t.args[:i] + t.args[i + 1 :]))
            yield rest, f"the factor {logic.show(a)} dropped"
    if isinstance(t, App) and t.op == "-":
        yield t.args[0], "a sign changed"
