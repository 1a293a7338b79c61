"""A state of a proof: what is to be shown, under which facts, about which names; and what counts as known.

A state holds at an outcome: where all facts hold there, the goal does, almost surely. Facts that were hypotheses are
``sure``: they hold at almost every outcome.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from ..reading import Json, Refused, need, shown
from ..reals.polynomials import Algebra, Quotient
from ..reals.terms import RELATIONS, Expression, Formula, Term, minus
from ..reals.work import bits, measure
from .forms import Forms
from .sorts import Reader, Sort, level_of, read_name
from .terms import opened, put


@dataclass(frozen=True)
class State:
    """What is to be shown: ``goal`` under ``facts`` (with their sizes); ``sure`` ones hold at almost every outcome."""

    sorts: Mapping[str, Sort]
    facts: Mapping[Formula, int]
    sure: frozenset[Formula]
    goal: Formula

    def assume(self, *formulas: Formula, goal: Formula | None = None, new: Mapping[str, Sort] | None = None) -> "State":
        """The state with more facts, perhaps another goal, and ``new`` names."""
        facts = {**self.facts, **{part: measure(part)[0] for f in formulas for part in parts_of(f)}}
        return State(
            {**self.sorts, **new} if new else self.sorts, facts, self.sure, self.goal if goal is None else goal
        )

    def fresh(self, x: Json) -> str:
        """A name that is not in use."""
        name = read_name(x)
        need(name not in self.sorts, f"the name {shown(name)} is already used")
        return name

    def level(self, f: Formula) -> int:
        """The stage at which it is known whether a formula holds."""
        return level_of(f, self.sorts)


def parts_of(f: Formula) -> tuple[Formula, ...]:
    """The parts of a conjunction, or the formula itself."""
    return tuple(p for a in f[1:] for p in parts_of(a)) if f[0] == "and" else (f,)


class Run:
    """One run over one certificate: its work, its normal forms, the theorems about numbers that it may cite."""

    def __init__(self, limit: int, numbers: Mapping[str, tuple[dict[str, str], list[Formula]]]) -> None:
        self.algebra = Algebra(limit)
        self.numbers = numbers
        self.forms = Forms(self.algebra, {})
        self.definitions: dict[str, Term] = {}
        self.differences: dict[Formula, Quotient] = {}

    # ------------------------------------------------------------ reading

    def scalar(self, state: State, x: Json) -> Term:
        """A number of a certificate, definitions put in."""
        term: Term = self.given(Reader(state.sorts, self.algebra.spend).scalar(x))
        return term

    def vector(self, state: State, x: Json) -> Term:
        """A vector of a certificate, definitions put in."""
        term: Term = self.given(Reader(state.sorts, self.algebra.spend).vector(x))
        return term

    def index(self, state: State, x: Json) -> Term:
        """An integer of a certificate."""
        term: Term = self.given(Reader(state.sorts, self.algebra.spend).index(x))
        return term

    def formula(self, state: State, x: Json) -> Formula:
        """A formula of a certificate, definitions put in."""
        formula: Formula = self.given(Reader(state.sorts, self.algebra.spend).formula(x))
        return formula

    def given(self, x: Expression) -> Expression:
        """A term or formula with the definitions put in, counted."""
        out = put(x, self.definitions)
        self.algebra.spend(measure(out)[0])
        return out

    def opened(self, body: Expression, t: Term) -> Expression:
        """The part under a binder with a term for what it binds, counted."""
        out = opened(body, t)
        self.algebra.spend(measure(body)[0] + measure(out)[0])
        return out

    # ------------------------------------------------------------ what is known

    def reduced(self, t: Term) -> Quotient:
        """A number multiplied out."""
        return self.algebra.quotient(self.forms.squared_norms(self.forms.scalar(t)))

    def vanishes(self, state: State, t: Term) -> bool:
        """Whether a number is zero by its form, its divisors not being zero under the facts."""
        numerator, _, divisors = self.reduced(t)
        return not numerator and all(self.nonzero(state, b) for b in divisors)

    def vector_vanishes(self, state: State, v: Term) -> bool:
        """Whether a vector is zero by its form, the divisors not being zero under the facts."""
        found = [self.reduced(c) for c in self.forms.vector(v).values()]
        return all(not n and all(self.nonzero(state, b) for b in r) for n, _, r in found)

    def nonzero(self, state: State, t: Term) -> bool:
        """Whether the facts show that a number is not zero: by its factors, or as it stands."""
        if not isinstance(t, (str, tuple)):
            return t != 0
        if isinstance(t, tuple) and t[0] in ("*", "-", "/") and all(self.nonzero(state, a) for a in t[1:]):
            return True
        if isinstance(t, tuple) and t[0] == "^" and isinstance(t[2], int) and self.nonzero(state, t[1]):
            return True
        return self.knows(state, ("!=", t, 0))

    def difference(self, f: Formula) -> Quotient:
        """The right side of a relation minus the left one, multiplied out."""
        if f not in self.differences:
            self.differences[f] = self.reduced(minus(f[2], f[1]))
        return self.differences[f]

    def knows(self, state: State, f: Formula) -> bool:
        """Whether ``f`` is a fact, or one that has the same difference of its sides, or true of numbers."""
        self.algebra.spend(measure(f)[0])
        if f in state.facts:
            return True
        op = f[0]
        if op in ("and", "or"):
            return (all if op == "and" else any)(self.knows(state, a) for a in f[1:])
        if op == "same":
            return self.vector_vanishes(state, minus(f[1], f[2]))
        if op not in RELATIONS:
            return False
        n, d, r = self.difference(f)
        if not n or (not d and set(n) == {0}):
            value = n.get(0, 0)
            true = {"==": value == 0, "!=": value != 0, "<": value > 0, "<=": value >= 0}[op]
            if true and all(self.nonzero(state, b) for b in r):
                return True  # and what is false of numbers may still be a fact
        return any(self.follows(state, f, g, size) for g, size in state.facts.items() if g[0] in RELATIONS)

    def follows(self, state: State, f: Formula, g: Formula, size: int) -> bool:
        """Whether a relation is weaker than a fact about a multiple of the same difference of its sides."""
        self.algebra.spend(2 + size // 16)
        weaker = {"<=": ("<=", "<", "=="), "<": ("<",), "==": ("==",), "!=": ("!=", "<")}[f[0]]
        if g[0] not in weaker:
            return False
        n, d, r = self.difference(f)
        n2, d2, r2 = self.difference(g)
        if d != d2 or n.keys() != n2.keys():
            return False
        turned = f[0] in ("==", "!=") or g[0] == "=="
        first = next(iter(n), None)
        times = Fraction(1) if first is None else Fraction(n[first]) / n2[first]
        self.algebra.spend(sum(bits(c) for c in n.values()) + 1)
        if not (times > 0 or turned) or any(c != times * n2[m] for m, c in n.items()):
            return False
        return all(self.nonzero(state, b) for b in (*r, *r2))

    def need_known(self, state: State, f: Formula, what: str) -> None:
        """Refuses where a formula is not known."""
        if not self.knows(state, f):
            raise Refused(f"{what} is not known")


Remaining: TypeAlias = list[tuple[State, Json]]  # the states that a rule leaves, each with its proof as it was read
