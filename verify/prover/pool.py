"""Sample points of a search: the points of one state serve the next, which has a few more facts."""

from __future__ import annotations

from collections.abc import Mapping

from verify.checker import Formula
from verify.evaluate import Point, TooHard, Undefined, holds
from verify.fractions import Undefined as NoQuotient
from verify.prover.functions import applications
from verify.sampling import Sampler

WANTED = 12
ENOUGH = 6  # points found before, so that no new ones are looked for
MORE = 72  # attempts where points of other states are known, none or too few of them in this one


class Pool:
    """Exact points with values for some variables, and which facts hold at each."""

    def __init__(self) -> None:
        self.known: list[Point] = []
        self.seen: set[tuple[tuple[str, str], ...]] = set()
        self.truth: dict[tuple[Formula, int], bool] = {}
        self.barren: list[frozenset[Formula]] = []  # facts for which no point was found

    def points(self, kinds: Mapping[str, str], facts: list[Formula]) -> list[Point]:
        """Points at which all ``facts`` hold, with values for at least the variables in ``kinds``."""
        given = frozenset(facts)
        if any(few <= given for few in reversed(self.barren)):
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
        except (NoQuotient, TooHard, OverflowError):
            return out
        for p in fresh:
            name = tuple(sorted((x, str(v)) for x, v in p.items()))
            if name not in self.seen:
                self.seen.add(name)
                self.known.append(p)
                if len(plain) == len(facts) or all(self.holds(f, len(self.known) - 1) for f in facts):
                    out.append(p)
        if not out:
            self.barren.append(given)
        return out[:WANTED]

    def holds(self, f: Formula, i: int) -> bool:
        key = (f, i)
        if key not in self.truth:
            try:
                value = holds(f, self.known[i])
                self.truth[key] = value is True or (value is None and undecidable(f))
            except (Undefined, TooHard):
                self.truth[key] = False
        return self.truth[key]


def undecidable(f: Formula) -> bool:
    """Whether ball arithmetic can refute the fact at a point but never confirm it: an equation of function values."""
    return f[0] == "==" and f[1] != f[2] and any(True for t in f[1:] for _ in applications(t))
