r"""Letters, words and traces as LaTeX: ``v^{\top}\Sigma v``, ``\operatorname{tr}(\Sigma^2)``, ``\lVert v\rVert^2``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import sympy as sp

from verify.derivations.trace_polynomials import Letter, Term, Word
from verify.typesetting.brackets import delimited, fraction, juxtapose


class WordPrinter:
    """Products of matrices and vectors; ``scalar`` writes coefficients, and letters without a LaTeX of their own."""

    def __init__(self, scalar: Callable[[sp.Expr], str]) -> None:
        self._scalar = scalar

    def letter(self, a: Letter) -> str:
        """The letter, with its transpose in the same superscript as a star."""
        name = a.latex or (a.name if len(a.name) == 1 else self._scalar(sp.Symbol(a.name)))
        if not a.transposed:
            return name
        return name[:-1] + r"\top}" if name.endswith("^{*}") else name + r"^{\top}"

    def word(self, word: Word) -> str:
        """A product of letters, equal neighbours as a power."""
        runs: list[tuple[Letter, int]] = []
        for a in word:
            if runs and runs[-1][0] == a:
                runs[-1] = (a, runs[-1][1] + 1)
            else:
                runs.append((a, 1))
        return juxtapose([_power(self.letter(a), k) for a, k in runs])

    def loop(self, loop: Word) -> str:
        r"""A trace; a loop through vectors is a product of forms a^T M b, and v^T v is a squared norm."""
        pieces = pieces_of(loop)
        if pieces[0][0].rows != 1:
            return rf"\operatorname{{tr}}({self.word(loop)})"
        out = []
        for piece in pieces:
            if len(piece) == 2 and piece[1] == piece[0].T:
                out.append(rf"\lVert {self.letter(piece[1])}\rVert^2")
            else:
                out.append(self.word(piece))
        return juxtapose(out)

    def term(self, coefficient: sp.Expr, term: Term, square: bool) -> str:
        """One monomial; ``square`` tells that an empty word is the identity matrix."""
        loops = [self.loop(loop) for loop in term.traces]
        word = self.word(term.word) if term.word else "I" if square else ""
        parts = [*_powers(loops), *([word] if word else [])]
        if not parts:
            return self._scalar(coefficient)
        if coefficient == 1:
            return juxtapose(parts)
        above, below = sp.fraction(coefficient)
        if below != 1 and not square and not term.word:
            text = juxtapose(([] if above == 1 else [self._scalar(above)]) + parts)
            return (
                fraction(text, self._scalar(below))
                if below.free_symbols or above != 1
                else rf"\frac{{1}}{{{self._scalar(below)}}}{text}"
            )
        text = self._scalar(coefficient)
        return juxtapose([delimited(text) if isinstance(coefficient, sp.Add) else text, *parts])


def _power(text: str, k: int) -> str:
    if k == 1:
        return text
    return f"{text[:-4]}{{-{k}}}" if text.endswith("^{-1}") else f"{text}^{k}"


def pieces_of(loop: Word) -> list[Word]:
    """The loop cut between a column and the row that follows it; a single piece where there is none."""
    start = next((i for i, a in enumerate(loop) if a.rows == 1 and a.cols != 1), None)
    if start is None:
        return [loop]
    turned = loop[start:] + loop[:start]
    pieces: list[Word] = []
    current: list[Letter] = []
    for a in turned:
        if current and a.rows == 1:
            pieces.append(tuple(current))
            current = []
        current.append(a)
    return [*pieces, tuple(current)]


def _powers(texts: Iterable[str]) -> list[str]:
    """Equal factors as powers."""
    out: list[tuple[str, int]] = []
    for text in texts:
        if out and out[-1][0] == text:
            out[-1] = (text, out[-1][1] + 1)
        else:
            out.append((text, 1))
    return [text if k == 1 else f"{text}^{k}" if _simple(text) else rf"\left({text}\right)^{k}" for text, k in out]


def _simple(text: str) -> bool:
    return text.startswith(r"\operatorname{tr}(") or ("^" not in text and "_" not in text and text.count("\\") <= 1)
