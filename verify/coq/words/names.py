"""The names and numbers that letters, dimensions and symbols of one certificate have in Coq."""

from __future__ import annotations

import re
from collections.abc import Sequence

from verify.kernel.matrices.expressions import MatrixChecker
from verify.kernel.matrices.words import WordPolynomial

# What a printed statement refers to, and words of Coq's language: no letter may be called like one of these.
VOCABULARY = (
    "mat mzero mid madd mscale mtrans mmul mtrace scalar symmetric meq gradient expectation mean product picks moments"
    " tasks square inverse R nat INR IZR pow sum lsum delta fst snd"
)
KEYWORDS = (
    "as at cofix else end exists exists2 fix for forall fun if IF in let match mod Prop return Set then Type using"
    " where with"
)
TAKEN = frozenset(f"{VOCABULARY} {KEYWORDS}".split())


class Names:
    """Numbers of letters and dimensions for the computation, names of everything for the reader.

    Behind the certificate's letters stand two for each shape: a probe, for the entries of a matrix of that shape, and a
    direction, for derivatives in a letter of that shape.
    """

    def __init__(self, run: MatrixChecker, values: Sequence[WordPolynomial]) -> None:
        symbols = {s for p in values for s in p.symbols()}
        divided = {s for p in values for c in p.terms.values() for m in c for s, k in m if k < 0}
        shapes = [p.shape for p in values]
        self.run = run
        self.letters = list(run.letters)
        self.dimensions = ["1", *sorted(run.dimensions - {"1"})]
        self.symbols = [*self.dimensions, *sorted(set(symbols) - set(self.dimensions))]
        self.units = [s for s in self.symbols if s in self.dimensions or s in divided]  # are not 0
        self.shapes = sorted({*shapes, *(run.letters[x][:2] for x in run.letters)})
        self._names: dict[str, str] = {}
        self._used = set(TAKEN)
        for kind, known in (("dimension", self.dimensions[1:]), ("symbol", self.symbols), ("letter", self.letters)):
            for name in known:
                if kind != "symbol" or name not in self.dimensions:
                    self._names[name] = self.new(name)

    def new(self, wanted: str) -> str:
        """A name that is not taken yet, as close as possible to what is wanted."""
        name = re.sub(r"[^A-Za-z0-9_]", "_", wanted)
        if not re.match(r"[A-Za-z]", name):
            name = "x" + name
        while name in self._used or re.fullmatch(r"[fgs][0-9]+", name):
            name += "_"
        self._used.add(name)
        return name

    def of(self, name: str) -> str:
        """The name in Coq of a letter, of a dimension, or of a symbol that is no dimension."""
        return "1" if name == "1" else self._names[name]

    def number(self, letter: str) -> int:
        """The number of a letter."""
        return self.letters.index(letter)

    def dimension(self, name: str) -> int:
        """The number of a dimension, which is its number as a symbol as well."""
        return self.dimensions.index(name)

    def symbol(self, name: str) -> int:
        """The number of a symbol."""
        return self.symbols.index(name)

    def value(self, symbol: str) -> str:
        """A symbol as a real number."""
        return f"INR {self.of(symbol)}" if symbol in self.dimensions else self.of(symbol)

    def probe(self, shape: tuple[str, str]) -> int:
        """The number of the probe of a shape."""
        return len(self.letters) + 2 * self.shapes.index(shape)

    def direction(self, shape: tuple[str, str]) -> int:
        """The number of the direction of a shape."""
        return self.probe(shape) + 1

    def signature(self) -> str:
        """Of every letter the dimensions of its rows and columns, and whether it is symmetric."""
        rows = [(*self.run.letters[x][:2], self.run.letters[x][2]) for x in self.letters]
        rows += [(*shape, False) for shape in self.shapes for _ in range(2)]
        return "; ".join(f"({self.dimension(a)}, {self.dimension(b)}, {str(s).lower()})" for a, b, s in rows)
