"""When random names are known: the stages of a claim's conditional expectations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from verify.kernel.reading import Refused
from verify.kernel.reals.polynomials import Algebra
from verify.kernel.reals.terms import Term, minus
from verify.kernel.spaces.forms import Forms
from verify.kernel.spaces.sorts import Sort
from verify.kernel.spaces.terms import names
from verify.runtime.errors import BadInput
from verify.spaces.models.model import Model
from verify.spaces.reading.prudence import drawn
from verify.spaces.reading.sorts import Sorts
from verify.spaces.reading.surface import Chain, Claim, Node
from verify.spaces.reading.text import term_text
from verify.spaces.reading.uses import chains

COMPARED = 200_000  # units of work for the comparison of two points
HISTORY = "_"  # of the text that stands for what is known up to an index


class Stages:
    """What is given in some conditional expectation is known at a stage; other random names are known at the last.

    The sets of what is given have to be nested: E[. | w] and E[. | w, v] are two stages. Given the history
    (``E_t``), everything is known but what some assumption takes the expectation of on its own (``E_t[g] == ...``).
    """

    def __init__(self, claim: Claim, sorts: Sorts) -> None:
        self.random = sorts.random
        self.integers = {name for name, kind in sorts.kinds.items() if kind == "integer"}
        self.kinds = sorts.kinds
        given = {key: (chain, t) for chain, t in expectations(claim) for key in [key_of(t)] if key}
        ordered = sorted(given, key=lambda key: (len(key), sorted(key)))
        for smaller, larger in pairwise(ordered):
            if not smaller < larger:
                (_, one), (chain, other) = sorted((given[smaller], given[larger]), key=lambda p: p[0] is claim.goal)
                what = f"'{term_text(one)}' and '{term_text(other)}' are given different things"
                hint = "what is given has to contain what is given elsewhere, as in E[.|w] and E[.|w, v]"
                raise BadInput(what, hint, chain.text, other.start)
        self.stage = {key: i + 1 for i, key in enumerate(ordered)}
        self.drawn = drawn(claim) if any(is_history(key) for key in ordered) else frozenset()

    def level(self, name: str) -> int:
        """The stage at which a name is known; 0 for a constant."""
        last = len(self.stage) + 1
        history = next((i for key, i in self.stage.items() if is_history(key)), None)
        if history is not None:
            if name in self.drawn:
                return last
            known = self.kinds.get(name) == "vector" or name in self.random
            return history if known else 0
        if name not in self.random:
            return 0
        return next((i for key, i in self.stage.items() if name in key), last)

    @property
    def told(self) -> dict[int, frozenset[str]]:
        """By stage, the names that are given there; not for the history, which may be anything that is known."""
        return {k: key for key, k in self.stage.items() if not is_history(key)}

    def generated(self, model: Model) -> bool:
        """Whether each stage of a model knows what the values of the given names tell, and nothing more."""
        for k, key in self.told.items():
            seen: dict[str, int] = {}
            for w in range(len(model.chances.weights)):
                told = repr([row[w] for n in sorted(key) for row in [model.values.get(n)] if row is not None])
                atom = min(model.chances.atom(k, w))
                if seen.setdefault(told, atom) != atom:
                    return False
        return True

    @property
    def taken_for_random(self) -> frozenset[str]:
        """Vectors that nothing declares random and that count as random, known with the history, in proofs.

        What is proved so holds for constants too; a counterexample counts only where they are constant.
        """
        names = {n for n, kind in self.kinds.items() if kind in ("vector", "vectors")}
        return frozenset(n for n in names - self.random - self.drawn if self.level(n) > 0)

    def of(self, t: Node) -> int:
        """The stage of an expectation."""
        key = key_of(t)
        return self.stage[key] if key else 0

    def may_define(self, name: str, value: Term) -> bool:
        """Whether a definition of the name leaves its stage as it was said to be: what is given is not defined."""
        given = set().union(*self.stage) if self.stage else set()
        return name not in given or not names(value) & (self.random | self.drawn)


def same(a: Term, b: Term, sorts: Mapping[str, Sort]) -> bool:
    """Whether two vectors are equal by their normal forms; a divisor that cancels leaves it open."""
    try:
        forms = Forms(Algebra(COMPARED), sorts)
        return not forms.vector(minus(a, b))
    except Refused:
        return False


def expectations(claim: Claim) -> Iterator[tuple[Chain, Node]]:
    """Every expectation and variance that is written."""
    for chain in chains(claim):
        for root in chain.terms:
            yield from ((chain, t) for t in root.walk() if t.op in ("E", "Var"))


def key_of(t: Node) -> frozenset[str]:
    """The names that are given, or the text that stands for the history."""
    return frozenset(g if isinstance(g, str) else str(g.args[0]) for g in t.args[1:] if isinstance(g, str | Node))


def is_history(key: frozenset[str]) -> bool:
    return any(name.startswith(HISTORY) for name in key)
