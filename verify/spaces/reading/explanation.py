"""What terms are, in words, for the error that says why two of them do not fit together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from verify.language.lexemes import quote
from verify.runtime.errors import BadInput
from verify.spaces.reading.surface import Claim, Kind, Node
from verify.spaces.reading.text import term_text
from verify.spaces.reading.uses import SORTS, Sort, Use, chains, is_function

_A = {"scalar": "a scalar", "vector": "a vector", "operator": "an operator"}


class Explanation:
    """The kinds of a claim's names with their reasons, and the chain that is being looked at."""

    def __init__(
        self, claim: Claim, kinds: Mapping[str, Kind], why: Mapping[str, Use], declared: Mapping[str, str]
    ) -> None:
        self._claim, self._kinds, self._why, self._declared = claim, kinds, why, declared
        self._chain = claim.goal
        self._bound: list[str] = []

    def _shown(self, t: Node) -> str:
        written = self._chain.text[t.start : t.stop]
        return quote(written or term_text(t))

    def _is(self, t: Node, sort: Sort) -> str:
        """What a term is, and for a name why."""
        name = str(t.args[0])
        if t.op not in ("name", "at") or name in self._bound:
            return f"{self._shown(t)} is {_A[sort]}"
        if name in self._declared:
            member = f"{self._shown(t)} is {_A[sort]}, " if t.op == "at" else ""
            return f"{member}'{name}' is declared {self._declared[name]}"
        use = self._why.get(name)
        if use is None or use.node.op == "name" or (use.node.op == "chain" and use.chain is self._chain):
            return f"{self._shown(t)} is {_A[sort]}"
        said = quote(use.chain.text[use.node.start : use.node.stop] or name)
        return f"{self._shown(t)} is {_A[sort]} (as in {said})"

    def _fail(self, what: str, hint: str, t: Node) -> NoReturn:
        raise BadInput(what, hint, self._chain.text, t.start)

    def _declare(self, *terms: Node) -> str:
        """What to declare, where a name is a scalar only because nothing says what it is."""
        parts = [p for t in terms for p in t.walk() if p.op == "name" and p.args[0] not in self._bound]
        names = dict.fromkeys(str(p.args[0]) for p in parts if p.args[0] not in self._declared)
        free = [n for n in names if SORTS.get(self._kinds.get(n, "real")) == "scalar"]
        if len(free) > 1:
            return f"declare which of them is a vector: {', '.join(free[:5])}"
        return f"declare '{free[0]} vector' if it is one" if free else ""

    def _reason(self, name: str) -> str:
        if name in self._declared:
            return f"it is declared {self._declared[name]}"
        for chain in chains(self._claim):
            for root in chain.terms:
                for p in root.walk():
                    if (p.op in ("at", "grad") or is_function(p)) and p.args[0] == name:
                        return f"elsewhere it is {quote(chain.text[p.start : p.stop] or term_text(p))}"
        return "elsewhere it is one"

    def _plain(self, t: Node) -> str:
        return self._chain.text[t.start : t.stop] or term_text(t)
