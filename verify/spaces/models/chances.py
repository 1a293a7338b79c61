"""Finite probability spaces as trees: what is drawn at each stage, and which of it a random name depends on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from verify.spaces.models.model import Chances, Model
from verify.spaces.problems.problem import Problem

HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)
COIN = (HALF, HALF)
COINS = (COIN, (QUARTER, 3 * QUARTER), (HALF, QUARTER, QUARTER))  # what one draw may be; the first is tried first
MOST_OUTCOMES = 8


@dataclass(frozen=True, slots=True)
class Draw:
    """Something drawn at a stage, independently of everything before; ``owner``: the one name that depends on it."""

    level: int
    weights: tuple[Fraction, ...]
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    """All outcomes of some draws, in order of their stages."""

    draws: tuple[Draw, ...] = ()

    @property
    def outcomes(self) -> list[tuple[int, ...]]:
        return list(product(*(range(len(d.weights)) for d in self.draws)))

    def key(self, name: str, level: int, outcome: int) -> tuple[int, ...]:
        """What a name of a level depends on: its own draw, or all draws up to its stage."""
        drawn = self.outcomes[outcome]
        own = [i for i, d in enumerate(self.draws) if d.owner == name]
        return tuple(x for i, x in enumerate(drawn) if (i in own if own else self.draws[i].level <= level))

    @property
    def chances(self) -> Chances:
        """The same as outcomes and partitions."""
        every = self.outcomes
        weights = tuple(
            prod((d.weights[x] for d, x in zip(self.draws, o, strict=True)), start=Fraction(1)) for o in every
        )
        stages = []
        for level in range(max((d.level for d in self.draws), default=0) + 1):
            known = [tuple(x for d, x in zip(self.draws, o, strict=True) if d.level <= level) for o in every]
            stages.append(tuple(sorted(set(known)).index(k) for k in known))
        return Chances(weights, tuple(stages))


def trees(problem: Problem, independent: Sequence[tuple[str, ...]]) -> Iterator[Tree]:
    """Small trees for a problem, the smallest first; with draws of their own for names that have to be independent."""
    top = max((s.level for s in problem.names.values()), default=0)
    if top == 0:
        yield Tree()
        return
    owners = {n: problem.names[n].level for group in independent for n in group}
    for coin in COINS:
        for levels in _levels(top, owners):
            draws = [Draw(k, coin) for k in levels] + [Draw(k, coin, n) for n, k in owners.items()]
            tree = Tree(tuple(sorted(draws, key=lambda d: d.level)))
            if len(tree.outcomes) <= MOST_OUTCOMES:
                yield tree


def _levels(top: int, owners: Mapping[str, int]) -> Iterator[tuple[int, ...]]:
    """At which stages something is drawn beside what the independent names draw: at the last, at more, at all."""
    free = [k for k in range(1, top + 1) if k not in owners.values()]
    if not free:
        yield ()
        return
    yield (free[-1],)
    for k in reversed(free[:-1]):
        yield (k,)
    if len(free) > 1:
        yield tuple(free)


def dependent(model: Model, independent: Sequence[tuple[str, ...]]) -> str:
    """The first names that are not independent of each other in a model although they have to be, or nothing."""
    weights = model.chances.weights
    for group in independent:
        chance: dict[tuple[str, ...], Fraction] = {}
        single: list[dict[str, Fraction]] = [{} for _ in group]
        for w, p in enumerate(weights):
            found = tuple(repr(model.values[n][w]) for n in group)
            chance[found] = chance.get(found, Fraction(0)) + p
            for table, v in zip(single, found, strict=True):
                table[v] = table.get(v, Fraction(0)) + p
        for values in product(*single):
            wanted = prod((t[v] for t, v in zip(single, values, strict=True)), start=Fraction(1))
            if chance.get(values, Fraction(0)) != wanted:
                return " and ".join(group)
    return ""
