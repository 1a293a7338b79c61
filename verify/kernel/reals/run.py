"""One run over one certificate, and what its algebra shows about terms under facts: zero, not zero, signs."""

from typing import TypeAlias

from ..reading import Json, need
from .json_form import items
from .polynomials import Algebra, Poly
from .state import State
from .terms import Formula, Term, is_difference, minus
from .work import Spend, measure, uncounted

Signs: TypeAlias = frozenset[int]  # some of -1, 0, 1
ANY: Signs = frozenset((-1, 0, 1))


class Run:
    """The polynomial algebra, which counts the work, and the theorems accepted so far, by their id."""

    def __init__(self, limit: int | None = None) -> None:
        self.algebra = Algebra(limit)
        self.theorems: dict[str, tuple[dict[str, str], list[Formula]]] = {}
        self.spend: Spend = uncounted if limit is None else self.algebra.spend

    def vanishes(self, state: State, t: Term) -> bool:
        """Whether ``t`` is identically zero, all its denominators being non-zero under the facts."""
        numerator, _, nonzero = self.algebra.quotient(t)
        return not numerator and all(self.nonzero(state, d) for d in nonzero)

    def nonzero(self, state: State, t: Term) -> bool:
        """Whether the facts show that ``t`` is not zero: by its factors, or by its sign."""
        if isinstance(t, tuple) and t[0] in ("*", "-", "/") and all(self.nonzero(state, a) for a in t[1:]):
            return True
        if isinstance(t, tuple) and t[0] == "^" and isinstance(t[2], int) and self.nonzero(state, t[1]):
            return True
        return 0 not in self.sign(state, t)

    def fact_sign(self, state: State, t: Term, size: int | None = None) -> Signs:
        """The signs of ``t`` that no fact about it excludes."""
        if not isinstance(t, (str, tuple)):
            return frozenset(((t > 0) - (t < 0),))
        if state.spend is not uncounted:
            state.spend(5 * (measure(t)[0] if size is None else size))
        excludes = {-1: ("<=", 0, t), 1: ("<=", t, 0), 0: ("!=", t, 0)}
        a, b = (t[2][1], t[1]) if is_difference(t) else (0, t)
        compared = {-1: ("<=", a, b), 1: ("<=", b, a), 0: ("!=", b, a)}  # of b - a, from a and b
        return frozenset(s for s in ANY if not state.known(excludes[s]) and not state.known(compared[s]))

    def sign(self, state: State, t: Term) -> Signs:
        """The signs ``t`` can have, from a fact about it or from the signs of its monomials."""
        known = self.fact_sign(state, t)
        if len(known) == 1 or not isinstance(t, tuple):
            return known
        numerator, denominator, nonzero = self.algebra.quotient(t)
        if not all(self.nonzero(state, d) for d in nonzero):
            return known
        signs = self.poly_sign(state, numerator)
        for key, e in denominator.items():
            signs = frozenset(u * v**e for u in signs for v in self.poly_sign(state, dict(key)))
        return known & signs

    def poly_sign(self, state: State, p: Poly) -> Signs:
        """The signs of a sum of monomials: positive if none is negative and one is positive, and so on."""
        total = frozenset((0,))
        for m, c in p.items():
            s = {1 if c > 0 else -1}
            for i, e in self.algebra.numbered_exponents(m):
                found = self.fact_sign(state, self.algebra.atoms[i], self.algebra.sizes[i])
                s = {u * v for u in s for v in (w**e for w in found)}
            total = total | s if 0 in total and 0 in s else frozenset((total | s) - {0})
            if {1, -1} <= total:
                return ANY
        return total

    def meets(self, state: State, signs: Signs) -> None:
        """The goal ``a REL b`` follows when ``b - a`` has one of ``signs``."""
        allowed = {"<": {1}, "<=": {0, 1}, "!=": {-1, 1}, "==": {0}}
        need(state.goal[0] in allowed and signs <= allowed[state.goal[0]], "the signs do not give the goal")

    def cofactors(self, state: State, data: Json) -> list[Term]:
        """The terms ``c (a - b)`` of known equations a == b: each is zero."""
        out: list[Term] = []
        for pair in items(data):
            need(len(items(pair)) == 2, "expected an equation and its cofactor")
            f = state.formula(pair[0])
            need(f[0] == "==" and state.knows(f), "a cofactor belongs to no known equation")
            out.append(("*", state.term(pair[1]), minus(f[1], f[2])))
        return out
