"""Symbols that are set to 0, as letters: 1 x 1 matrices, whose trace is the number that the symbol stood for.

A function in a theorem depends on letters, not on symbols; a letter can be replaced, and so by 0. The certificate
that results is checked like every other.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.coq.untranslated import Untranslated
from verify.kernel.matrices.words import listed
from verify.kernel.reading import Json


def with_letters(certificate: Json) -> Json:
    """The same certificate with a letter for each symbol that is set to 0; raises ``Untranslated``."""
    symbols = set(zeroed(certificate))
    if not symbols:
        return certificate
    turn = _Turning(symbols, certificate["derivations"])
    out = turn.anything(certificate)
    out["letters"] = {**certificate["letters"], **{s: ["1", "1", False] for s in sorted(symbols)}, **turn.helpers}
    return out


def zeroed(data: Json) -> Iterator[str]:
    """The symbols that some expression sets to 0."""
    if isinstance(data, dict):
        if set(data) == {"zero"}:
            yield data["zero"][1]
        for x in data.values():
            yield from zeroed(x)
    elif isinstance(data, list):
        for x in data:
            yield from zeroed(x)


class _Turning:
    """Turns some symbols into letters."""

    def __init__(self, symbols: set[str], derivations: Json) -> None:
        self.symbols, self.results = symbols, derivations
        self.helpers: dict[str, Json] = {}  # letters of the shapes of what is multiplied by such a symbol

    def anything(self, data: Json) -> Json:
        """Data with letters for the symbols."""
        if isinstance(data, list):
            return [self.anything(x) for x in data]
        if not isinstance(data, dict):
            return data
        if set(data) == {"rows", "cols", "terms"}:
            return {**data, "terms": [row for term in data["terms"] for row in self.term(*term)]}
        if set(data) == {"zero"}:
            inner, symbol = data["zero"]
            return {"substitute": [self.anything(inner), {symbol: {"poly": {"rows": "1", "cols": "1", "terms": []}}}]}
        if set(data) == {"times"}:
            return self.times(*data["times"])
        if "scale" in data and any(self.symbols & set(powers) for _, powers in data["scale"]):
            raise Untranslated("zero")  # in a law
        return {key: self.anything(x) for key, x in data.items()}

    def term(self, coefficient: Json, traces: Json, word: Json) -> Iterator[Json]:
        """A term as one for each monomial of its coefficient."""
        for number, powers in listed(coefficient):
            loops = [[s] for s in sorted(self.symbols & set(powers)) for _ in range(powers[s])]
            kept = {s: k for s, k in powers.items() if s not in self.symbols}
            yield [[[number, kept]], [*traces, *loops], word]

    def times(self, scale: Json, inner: Json) -> Json:
        """A multiple: of a letter, which is then replaced, where the factor has such a symbol."""
        inside = self.anything(inner)
        if not any(self.symbols & set(powers) for _, powers in scale):
            return {"times": [scale, inside]}
        rows, cols = self.shape(inner)
        helper = f"part_{rows}_{cols}"
        self.helpers[helper] = [rows, cols, False]
        terms = list(self.term(scale, [], [helper]))
        return {"substitute": [{"poly": {"rows": rows, "cols": cols, "terms": terms}}, {helper: inside}]}

    def shape(self, inner: Json) -> tuple[str, str]:
        """The shape of what is multiplied, where it is a result or a polynomial."""
        [(op, x)] = inner.items()
        if op == "poly":
            return x["rows"], x["cols"]
        if op == "result" and self.results[x]["steps"]:
            last = self.results[x]["steps"][-1]["after"]
            return last["rows"], last["cols"]
        raise Untranslated("zero")  # in a multiple of something composed
