r"""Writes scalars, matrices, names and sentences of one setting; what its notation does not say is written by names.

The functions of this room that write statements and their parts take the ``Typesetter`` of the setting that those
stand in. Claims and named expressions carry their setting, so they are all that ``claim_latex`` and the like need.
"""

from __future__ import annotations

import re
from functools import lru_cache

import sympy as sp

from verify.claims.setting import NO_SETTING, Setting
from verify.derivations.trace_polynomials import TracePolynomial
from verify.typesetting.folding import Folding
from verify.typesetting.matrices import PolynomialPrinter
from verify.typesetting.names import Names
from verify.typesetting.order import Order
from verify.typesetting.printer import ScalarPrinter
from verify.typesetting.text import TextPrinter

SETTINGS = 16  # whose printers are kept: more than one process has to do with

# Words in the name of a matrix, with the spaces around them; commands and their arguments are none.
_WORDS = re.compile(r"\\[A-Za-z]+(?:\{[^{}]*\})?|(?P<word> *(?<![A-Za-z_^{])[a-z]{2,}(?:[ -][a-z]{2,})* *)")


class Typesetter:
    """The printers of one setting."""

    def __init__(self, setting: Setting) -> None:
        self.names = Names(setting)
        self.folding = Folding(setting)
        self._scalars = ScalarPrinter(self.names, Order(setting))
        self._polynomials = PolynomialPrinter(self._scalars.scalar)
        self._sentences = TextPrinter(self.names, setting.letters)
        self._ranges = TextPrinter(self.names)
        self._matrices = setting.notation.matrices

    def symbol(self, symbol: sp.Symbol) -> str:
        return self.names.of(symbol)

    def scalar(self, expression: object) -> str:
        """An expression as it is; ``TypeError`` for what is none."""
        return self._scalars.scalar(expression)

    def short(self, expression: object) -> str:
        """An expression with its wide parts by name."""
        return self.scalar(self.folding.fold(expression))

    def polynomial(self, polynomial: TracePolynomial) -> str:
        return self._polynomials.polynomial(polynomial)

    def any(self, expression: TracePolynomial | sp.Expr) -> str:
        """A trace polynomial, or a scalar with its wide parts by name."""
        return self.polynomial(expression) if isinstance(expression, TracePolynomial) else self.short(expression)

    def sentence(self, text: str) -> str:
        return self._sentences.text(text)

    def range(self, text: str) -> str:
        """The range of a quantity, where every letter is a quantity."""
        return self._ranges.text(text)

    def matrix_name(self, name: str) -> str:
        """The name of a computed matrix, as claims write it; a sentence where the notation has no patterns for it."""
        if not self._matrices:
            text = self.sentence(name)
            whole = text.startswith("$") and text.endswith("$") and text.count("$") == 2
            return text[1:-1] if whole else rf"\text{{{text}}}"
        for pattern, replacement in self._matrices:
            name = re.sub(pattern, replacement, name)
        return _WORDS.sub(lambda m: m[0] if m["word"] is None else rf"\text{{{m['word']}}}", name)


@lru_cache(maxsize=SETTINGS)
def typesetter(setting: Setting) -> Typesetter:
    """The printers of a setting, made once."""
    return Typesetter(setting)


def latex(expression: object, setting: Setting = NO_SETTING) -> str:
    r"""The LaTeX of a scalar expression, or of an exact number of Python; ``TypeError`` for text and anything else.

    >>> x, y = sp.symbols("alpha rho", real=True)
    >>> print(latex((1 - x * y) ** 2 / (y + 1)))
    \frac{(1-\alpha\rho)^2}{1+\rho}
    """
    return typesetter(setting).scalar(expression)
