"""Letters, words, and polynomials in them; tables and lists of a certificate.

A polynomial is ``{"rows", "cols", "terms": [[coefficient, traces, word], ...]}``: a matrix, for every value of its
symbolic dimensions. A word is a list of letters, ``X'`` for a transposed one, and stands for their product (the empty
word for the identity, or for 1); traces are words too. A coefficient is a list of ``[rational, {symbol: exponent}]``
with integer exponents of either sign: a Laurent polynomial.
"""

import json
import re
from fractions import Fraction
from typing import TypeAlias

from ..reading import Json, need

Token: TypeAlias = tuple[str, bool]  # a letter and whether it is transposed
Word: TypeAlias = tuple[Token, ...]
Monomial: TypeAlias = tuple[tuple[str, int], ...]
Coefficient: TypeAlias = dict[Monomial, Fraction]
Key: TypeAlias = tuple[tuple[Word, ...], Word]  # traces, open word
UNIT: Coefficient = {(): Fraction(1)}
NAME, NUMBER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*"), re.compile(r"-?[0-9]{1,200}(/[0-9]{1,200})?")
MOST_WORK = 1_000_000  # units of about a microsecond
MOST_LETTERS, MOST_TERMS, MOST_WORD, MOST_DEPTH = 12, 20_000, 400, 40
MOST_SYMBOLS = 50  # in one product
MOST_BITS, MOST_EXPONENT, MOST_BYTES = 4096, 400, 2_000_000


def escaped(text: object) -> str:
    """Text from outside on one line of ASCII, so that it cannot pass for something that this program says."""
    return json.dumps(str(text)[:300])[1:-1]


def of(data: Json, *keys: str) -> list[Json]:
    """The values of a table that has exactly these keys."""
    need(type(data) is dict and set(data) == set(keys), f"a table with {', '.join(keys)} is expected")
    return [data[key] for key in keys]


def listed(data: Json, length: int | None = None) -> list[Json]:
    """A copy of a list, of this length if one is given."""
    need(type(data) is list and length in (None, len(data)), "a list is expected")
    return list(data)


def table(data: Json) -> dict[str, Json]:
    """A copy of a table."""
    need(type(data) is dict and all(type(key) is str for key in data), "a table is expected")
    return dict(data)


def size(dimension: str) -> Coefficient:
    """A dimension as a number: the trace of the identity."""
    return UNIT if dimension == "1" else {((dimension, 1),): Fraction(1)}


class WordPolynomial:
    """A linear combination of terms ``tr(word) ... tr(word) word`` of one shape."""

    def __init__(self, rows: str, cols: str) -> None:
        self.shape = (rows, cols)
        self.terms: dict[Key, Coefficient] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WordPolynomial) and self.shape == other.shape and self.terms == other.terms

    def names(self) -> set[str]:
        """The letters that are written in it."""
        return {t[0] for traces, word in self.terms for w in (*traces, word) for t in w}

    def symbols(self) -> set[str]:
        """The symbols in its coefficients."""
        return {s for c in self.terms.values() for m in c for s, _ in m}
