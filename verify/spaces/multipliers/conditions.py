"""The conditions on the parameters, simplified for search: without equations, denominators, and factors of known sign.

Every step is a fact with a proof from the conditions as they were written, so that a theorem about signs can be stated
under those.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import flint
import sympy as sp

from verify.kernel import Refused
from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.formulas import normal
from verify.kernel.reals.state import State
from verify.language import logic
from verify.language.logic import Kind, Rel, Sequent
from verify.language.rational_functions import Raw, raw
from verify.prover.api import PRECISION, same_depth
from verify.prover.border import Statement
from verify.prover.proof_builder import KNOWN, Node
from verify.prover.search import Search
from verify.runtime.budget import SECOND, Budget, Spent
from verify.spaces.multipliers.points import Gap, Op, boundary, inner
from verify.spaces.multipliers.ratios import NotRational, Ratio, Ratios
from verify.spaces.multipliers.roots import Elimination, Root, Rule, root_of

POINTS = 48  # inner points: a fit of multipliers wants more than there are factors, some 30
STEP_WORK = SECOND  # for a condition in a simpler form; nearly all take a hundredth of that
GUESS_WORK = SECOND // 4  # for what would be good to know
MOST_EQUATIONS = 6  # that are used to eliminate parameters
MOST_ROOTS = 3  # parameters that are roots of quadratic equations: points are drawn for every choice of signs


class Conditions:
    """Conditions as written, and what follows from them in simpler form."""

    def __init__(
        self,
        parameters: Sequence[str],
        written: Sequence[Rel],
        budget: Budget,
        integers: Sequence[str] = (),
        symbols: Sequence[sp.Symbol] = (),
    ) -> None:
        self.home = Ratios(parameters, symbols)
        self.written, self.budget = tuple(written), budget
        kind: dict[bool, Kind] = {True: "integer", False: "real"}
        self.integers = frozenset(integers)
        self.variables = tuple((x, kind[x in self.integers]) for x in parameters)
        self.kinds: dict[str, str] = dict(self.variables)
        state = Statement(Sequent(self.variables, self.written, logic.TRUE)).state(Checker())
        self.known: dict[Raw, None] = dict(state.facts)  # the conditions, then what was shown
        self.steps: list[tuple[Raw, Node]] = []  # facts made of the conditions, with their proofs
        self.facts: dict[Raw, None] = {}  # the simplified conditions, from which signs are proved
        self.eliminated: list[Elimination] = []
        self.roots: list[Root] = []
        gaps, equations = self._read()
        if equations:  # what is to be divided by may need the inequalities in simpler form
            opaque = dict(self.facts)
            self._simplify(gaps, self.home.names)
            while equations and len(self.eliminated) < MOST_EQUATIONS and self._eliminate(equations):
                pass
            while equations and len(self.roots) < MOST_ROOTS and self._take_root(equations):
                pass
            gaps = [Gap(g.op, self.without_eliminated(g.form)) for g in gaps]
            self.facts = opaque
            for root in self.roots:  # the other equations were used up
                self.facts[normal(raw(self.written[root.index]))] = None
        gone = {e.name for e in self.eliminated}
        self.names = [x for x in self.home.names if x not in gone]
        self.free = [x for x in self.names if x not in {r.name for r in self.roots}]
        self.gaps = self._simplify([g for g in gaps if not g.form.constant], self.free)
        self.edges = boundary(self.free, self.gaps, self.points, self.roots)
        self.facts = self.facts or self.known

    @property
    def rules(self) -> list[Rule]:
        """What the equations are used for, in the order in which it is to be put in."""
        return [*self.eliminated, *self.roots]

    def without_eliminated(self, form: Ratio) -> Ratio:
        """The same where the equations hold, without the parameters that they eliminate."""
        for e in self.eliminated:
            form = e.put(form)
        return form

    def reduced(self, form: Ratio) -> Ratio:
        """The same, roots to the first power and in no denominator: zero as a form if it is zero where they hold."""
        for rule in self.rules:
            form = rule.put(form)
        return form

    def side(self, p: Ratio) -> set[int]:
        """The signs that a polynomial has at the points."""
        return {_sign(p.at(q)) for q in self.points}

    # ------------------------------------------------------------ reading

    def _read(self) -> tuple[list[Gap], dict[int, Ratio]]:
        """The inequalities as ``form > 0``, ``>= 0`` or ``!= 0``, and the equations ``form == 0`` by their places."""
        gaps: list[Gap] = []
        equations: dict[int, Ratio] = {}
        for i, condition in enumerate(self.written):
            try:
                form = self.home.gap(condition)
            except NotRational:  # it stays as it is: a fact, but no help in choosing points
                self.facts[normal(raw(condition))] = None
                continue
            if condition.op == "==":
                equations[i] = form
            else:
                flipped = condition.op in ("<", "<=")
                gaps.append(Gap(_AS_GAP[condition.op], -form if flipped else form))
        return gaps, equations

    def _eliminate(self, equations: dict[int, Ratio]) -> bool:
        """Use an equation for a parameter in which it is linear, where the factor before it is not zero.

        First where that factor is a number, then for a parameter in few conditions, such as one that was defined. An
        equation such as ``b^2 == (1 - a)(1 - L)`` is left for b.
        """
        options = []
        for i, written in equations.items():
            form = self.without_eliminated(written)
            for name in set(self.home.names) - {e.name for e in self.eliminated} - self.integers:
                place = self.home.names.index(name)
                if form.top.degrees()[place] == 1 and form.bottom.degrees()[place] == 0:
                    slope = self.home.coefficient(form.top, name, 1) / form.over()
                    elsewhere = any(other.has(name) for j, other in equations.items() if j != i)
                    if (elsewhere or not slope.constant) and any(
                        r.name != name for _, r, _ in root_of(self.home, {i: form})
                    ):
                        continue  # it is simpler as an equation for the root
                    occurs = sum(name in logic.variables_of(c) for c in self.written)
                    options.append(((not slope.constant, occurs, slope.size, name, i), form, slope))
        for (_, _, _, name, i), form, slope in sorted(options, key=lambda o: o[0]):
            if all(self._nonzero(p) for p, _ in slope.factors()[1]):
                value = -(self.home.coefficient(form.top, name, 0) / form.over()) / slope
                self.eliminated.append(Elimination(i, name, value))
                del equations[i]
                return True
        return False

    def _take_root(self, equations: dict[int, Ratio]) -> bool:
        """Use an equation for a parameter that is a root of it; the other equations are then about the others."""
        stated = {i: self.without_eliminated(form) for i, form in equations.items()}
        stated = {i: form for i, form in stated.items() if not any(form.has(r.name) for r in self.roots)}
        for _, root, lead in root_of(self.home, stated):
            if root.name not in self.integers and all(self._nonzero(p) for p, _ in lead.factors()[1]):
                self.roots.append(root)
                del equations[root.index]
                return True
        return False

    def _nonzero(self, p: Ratio) -> bool:
        """Whether a polynomial is shown to be positive, or negative, as it is at the points."""
        seen, t = self.side(p), self.home.field.term(p.top)
        if len(seen) != 1 or 0 in seen:
            return False
        return self.shown(("<", *((0, t) if 1 in seen else (t, 0))), GUESS_WORK) is not None

    # ------------------------------------------------------------ simpler forms

    def _simplify(self, gaps: Sequence[Gap], names: Sequence[str]) -> list[Gap]:
        """The conditions in simpler form, those with few factors first; draws the points at which signs are seen."""
        self.points = inner(self.home, names, gaps, self.integers, POINTS, self.roots)
        gaps = sorted(gaps, key=lambda g: (len(g.form.factors()[1]), g.form.size))
        return list(dict.fromkeys(simple for gap in gaps for simple in self._simplified(gap)))

    def _simplified(self, gap: Gap) -> list[Gap]:
        """The condition as one on each of its factors, as far as their signs are shown; the others stay together."""
        number, parts = gap.form.factors()
        if gap.op == "!=":
            for p, _ in parts:
                self._fact(("!=", self.home.field.term(p.top), 0), STEP_WORK)
            return [Gap("!=", p) for p, _ in parts]
        out: list[Gap] = []
        rest, some = self.home.number(1 if number > 0 else -1), False
        for p, k in parts:
            seen, t = self.side(p), self.home.field.term(p.top)
            if len(parts) > 1 and len(seen) == 1 and 0 not in seen:
                positive = 1 in seen
                if self._fact(("<", 0, t) if positive else ("<", t, 0), GUESS_WORK):
                    rest = rest if positive or k % 2 == 0 else -rest
                    out.append(Gap(">", p if positive else -p))
                    continue
            # p/q has the sign of p*q; a square that can't be zero has none to tell
            if k % 2:
                rest, some = rest * p, True
            elif k > 0 and gap.op == ">=":
                rest, some = rest * p * p, True
        if some:
            self._fact(("<" if gap.op == ">" else "<=", 0, self.home.field.term(rest.top)), STEP_WORK)
            out.append(Gap(gap.op, rest))
        return out

    def _fact(self, formula: Raw, work: int) -> bool:
        """Make a formula one of the facts from which signs are proved, if it is known or proved."""
        fact = normal(formula)
        node = KNOWN if State(self.kinds, self.known, fact).knows(fact) else self.shown(fact, work)
        if node is None:
            return False
        if node is not KNOWN:
            self.steps.append((fact, node))
        self.known[fact] = self.facts[fact] = None
        return True

    def shown(self, formula: Raw, work: int) -> Node | None:
        """A proof from what is known: first without equations, which lead the search far afield."""
        plain = {f: None for f in self.known if f[0] != "=="}
        if len(plain) == len(self.known):
            return self.search(formula, work, plain)
        first = self.search(formula, work if not self.eliminated else work // 5, plain)
        return first or (self.search(formula, work, self.known) if self.eliminated else None)

    def search(self, formula: Raw, work: int, facts: Mapping[Raw, None] | None = None) -> Node | None:
        """A proof of a formula from the simplified conditions, or other facts; its work is counted."""
        limit = min(work, self.budget.left)
        budget = Budget(limit)
        state = State(self.kinds, dict(self.facts if facts is None else facts), normal(formula))
        node = None
        with flint.ctx.workprec(PRECISION), budget.running(), same_depth():
            try:
                node = Search(budget).solve(state)
            except (Spent, RecursionError, Refused):
                node = None
        self.budget.spend(int(min(budget.used, limit)))
        return node


_AS_GAP: dict[str, Op] = {">": ">", ">=": ">=", "<": ">", "<=": ">=", "!=": "!="}


def _sign(value: Any) -> int:
    return 1 if value > 0 else -1 if value < 0 else 0
