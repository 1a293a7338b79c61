"""Sample points of a search: the points of one state serve the next, which has a few more facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.counterexamples.sampler import Sampler
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, names_in
from verify.language.evaluation import Point, Undecided, Undefined, evaluate, holds, sign
from verify.language.rational_functions import ZeroDenominator
from verify.language.raw_terms import applied
from verify.prover.term import Term

WANTED = 12
ENOUGH = 6  # points found before, so that no new ones are looked for
MORE = 72  # attempts where points of other states are known, none or too few of them in this one


class SamplePoints:
    """Exact points with values for some variables, and what holds at each."""

    def __init__(self) -> None:
        self.known: list[Point] = []
        self.seen: set[tuple[tuple[str, str], ...]] = set()
        self.truth: dict[tuple[Formula, int], bool] = {}
        self.infeasible: list[frozenset[Formula]] = []  # facts for which no point was found
        self.found: dict[Any, list[Point]] = {}  # the points of a state

    def points(self, state: State) -> list[Point]:
        """Some exact points where all facts hold."""
        atoms = {a for f in (*state.facts, state.goal) for a in names_in(f)}
        kinds = {x: k for x, k in state.kinds.items() if x in atoms}
        key = (tuple(state.facts), tuple(sorted(kinds.items())))
        if key not in self.found:
            self.found[key] = self.drawn(kinds, [f for f in state.facts if not trivial(f)])
        return self.found[key]

    def falsify(self, state: State) -> bool:
        """Whether some point satisfies the facts but not the goal."""
        for p in self.points(state):
            try:
                if holds(state.goal, p) is False:
                    return True
            except (Undefined, Undecided):
                continue
        return False

    def signs(self, state: State, t: Term) -> set[int]:
        """The signs that ``t`` has at the points."""
        out: set[int] = set()
        points = self.points(state)
        if not points:  # contradictory facts, as in a proof by contradiction: look where the plain ones hold
            plain = {f: None for f in state.facts if simple(f)}
            points = self.points(State(state.kinds, plain, ("==", t, t)))
        for p in points:
            try:
                s = sign(evaluate(t, p))
            except (Undefined, Undecided, KeyError):
                continue
            if s is not None:
                out.add(s)
        return out

    def likely(self, state: State, t: Term) -> str | None:
        """How ``t`` compares with 0 at the points: <, <=, >, >=, or None if it changes sign or is unknown."""
        seen = self.signs(state, t)
        if not seen or {1, -1} <= seen or seen == {0}:
            return None
        return (">" if 1 in seen else "<") + ("=" if 0 in seen else "")

    def drawn(self, kinds: Mapping[str, str], facts: list[Formula]) -> list[Point]:
        """Points at which all ``facts`` hold, with values for at least the variables in ``kinds``."""
        given = frozenset(facts)
        if any(few <= given for few in reversed(self.infeasible)):
            return []
        out = []
        related = False
        for i, p in enumerate(self.known):
            if kinds.keys() <= p.keys():
                related = True
                if all(self.holds(f, i) for f in facts):
                    out.append(p)
                    if len(out) == WANTED:
                        return out
        if len(out) >= ENOUGH:
            return out
        plain = [f for f in facts if not undecidable(f)]
        try:
            fresh = list(Sampler(kinds, plain).points(WANTED, seed=7, attempts=MORE if related else 0))
        except (ZeroDenominator, Undecided, OverflowError):
            return out
        for p in fresh:
            name = tuple(sorted((x, str(v)) for x, v in p.items()))
            if name not in self.seen:
                self.seen.add(name)
                self.known.append(p)
                if len(plain) == len(facts) or all(self.holds(f, len(self.known) - 1) for f in facts):
                    out.append(p)
        if not out:
            self.infeasible.append(given)
        return out[:WANTED]

    def holds(self, f: Formula, i: int) -> bool:
        """Whether a formula holds at a known point, remembered."""
        key = (f, i)
        if key not in self.truth:
            try:
                value = holds(f, self.known[i])
                self.truth[key] = value is True or (value is None and undecidable(f))
            except (Undefined, Undecided):
                self.truth[key] = False
        return self.truth[key]


def undecidable(f: Formula) -> bool:
    """Whether ball arithmetic can refute the fact at a point but never confirm it: an equation of function values."""
    return f[0] == "==" and f[1] != f[2] and applied(f)


def trivial(f: Formula) -> bool:
    """An equation of a term with itself, as rewriting leaves it; ball arithmetic could not confirm it."""
    return bool(f[0] == "==" and f[1] == f[2])


def simple(f: Formula) -> bool:
    """A relation between variables or numbers."""
    return len(f) == 3 and not any(isinstance(t, tuple) for t in f[1:])
