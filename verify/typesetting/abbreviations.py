r"""Formulas that are too wide for a line, with letters for their widest parts: "where $A = \dots$".

The coefficients of a quadratic root get the letters that a reader expects, ``\frac{-B+\sqrt{B^2-4AC}}{2A}``; other
long sums inside brackets and fractions get the next free ones. The value never changes: the letters stand for parts of
the expression as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations, islice

import sympy as sp

from verify.typesetting.arrange import present
from verify.typesetting.line_breaks import lines, width
from verify.typesetting.typesetter import Typesetter

LETTERS = "ABCDFHJNPQRSUZ"
MOST = 8  # letters in one formula: more than a reader holds
SHORTEST = 24  # characters of a sum that is worth a letter
_SURD = sp.Rational(1, 2)


@dataclass(frozen=True)
class Abbreviated:
    """``formula`` with the letters in it, and what they stand for in the order of their use, all LaTeX."""

    formula: str
    where: tuple[tuple[str, str], ...] = ()


def abbreviated(e: sp.Expr, t: Typesetter, limit: int, known: dict[sp.Symbol, sp.Expr] | None = None) -> Abbreviated:
    r"""The LaTeX of a scalar, with letters for its parts where a line of ``limit`` characters can't hold it.

    ``known``: letters of the formulas before, which are used again and added to.

    >>> from verify.claims.setting import NO_SETTING
    >>> a, b, c = sp.symbols("alpha beta gamma", real=True)
    >>> root = 2 * (a + c) / (a + b + sp.sqrt((a + b) ** 2 - 4 * c * (a + c)))
    >>> found = abbreviated(root, Typesetter(NO_SETTING), 12)
    >>> print(found.formula, found.where)
    \frac{2C}{B+\sqrt{B^2-4AC}} (('A', '\\gamma'), ('B', '\\alpha+\\beta'), ('C', '\\alpha+\\gamma'))
    """
    text = t.scalar(e)
    surds = any(x.exp == _SURD for x in e.atoms(sp.Pow))
    if _fits(text, limit // 2 if surds else limit):
        return Abbreviated(text)
    before = {} if known is None else known
    free = _free_letters(e, t, before)
    e = e.xreplace({value: letter for letter, value in before.items()})
    named: dict[sp.Symbol, sp.Expr] = {}
    e = _with_roots(e, free, named)
    e = present(e)
    while not _fits(t.scalar(e), limit) and len(named) < MOST:
        part = next(_wide_sums(e, t, limit), None)
        if part is None:
            break
        symbol = next(free, None)
        if symbol is None:
            break
        named[symbol] = part
        e = e.xreplace({part: symbol})
    before |= named
    return Abbreviated(t.scalar(e), tuple((s.name, t.scalar(value)) for s, value in named.items()))


def _fits(text: str, limit: int) -> bool:
    return all(width(line) <= limit for line in lines(text, limit))


def _free_letters(e: sp.Expr, t: Typesetter, known: Iterable[sp.Symbol]) -> Iterator[sp.Symbol]:
    """Capital letters that nothing in the setting is written by."""
    taken = {*t.names.known.values(), *t.names.others.values(), *(s.name for s in (*e.free_symbols, *known))}
    return iter([sp.Symbol(letter, real=True) for letter in LETTERS if letter not in taken])


def _with_roots(e: sp.Expr, free: Iterator[sp.Symbol], named: dict[sp.Symbol, sp.Expr]) -> sp.Expr:
    """A, B and C for the coefficients of a quadratic root, where they can be read off its discriminant."""
    for surd in sorted((x for x in e.atoms(sp.Pow) if x.exp == _SURD), key=sp.default_sort_key):
        found = _coefficients(surd.base, e)
        letters = [] if found is None else list(islice(free, 3))
        if found is None or len(letters) < 3:
            continue
        A, B, C = letters
        named |= dict(zip((A, B, C), found, strict=True))
        return 2 * C / (B + sp.sqrt(B**2 - 4 * A * C))
    return e


def _coefficients(discriminant: sp.Expr, e: sp.Expr) -> tuple[sp.Expr, sp.Expr, sp.Expr] | None:
    """A, B, C of B^2 - 4 A C as it is written in 2 C / (B + sqrt(B^2 - 4 A C)); None for any other expression."""
    if not isinstance(discriminant, sp.Add) or len(discriminant.args) != 2:
        return None
    above, below = sp.fraction(e)
    for square, product in (discriminant.args, discriminant.args[::-1]):
        B = _root(square)
        if B is None or sp.expand(below - sp.sqrt(discriminant) - B) != 0:
            continue
        # SymPy moves numbers in and out of sums, so that they are taken out of all of them first.
        contents, parts = zip(*(f.as_content_primitive() for f in sp.Mul.make_args(product)), strict=True)
        parts = tuple(f for f in parts if f != 1)
        front = sp.expand(above).as_content_primitive()[0] / 2
        for chosen in chain.from_iterable(combinations(parts, k) for k in range(1, len(parts))):
            C = front * sp.Mul(*chosen)
            if sp.expand(above - 2 * C) == 0:
                number = sp.Mul(*contents) / (-4 * front)
                return number * sp.Mul(*(x for x in parts if x not in chosen)), B, C
    return None


def _root(square: sp.Expr) -> sp.Expr | None:
    """What it is the square of, as it is written."""
    factors = [f.as_base_exp() for f in sp.Mul.make_args(square)]
    whole = all(exponent.is_Integer and exponent % 2 == 0 for _, exponent in factors)
    return sp.Mul(*(base ** (exponent / 2) for base, exponent in factors)) if whole else None


def _wide_sums(e: sp.Expr, t: Typesetter, limit: int) -> Iterator[sp.Expr]:
    """Sums inside the expression that are worth a letter, the widest first: what is left is then soon narrow."""
    sums = {x for x in sp.preorder_traversal(e) if isinstance(x, sp.Add) and x != e}
    sized = [(width(t.scalar(x)), sp.default_sort_key(x), x) for x in sums]
    # A sum that is wider than a line itself can be broken once it stands alone, but not what is inside its brackets.
    good = [(w, key, x) for w, key, x in sized if w >= SHORTEST and _fits(t.scalar(x), limit)]
    for _, _, x in sorted(good, key=lambda found: (-found[0], found[1])):
        yield x


class Abbreviating(Typesetter):
    """Writes the formulas of one statement, with letters for what is too wide, which ``where`` collects."""

    def __init__(self, t: Typesetter, limit: int) -> None:
        self.__dict__.update(t.__dict__)
        self._limit, self._known = limit, dict[sp.Symbol, sp.Expr]()
        self.where: list[tuple[str, str]] = []

    def short(self, expression: object) -> str:
        found = abbreviated(self.folding.fold(expression), self, self._limit, self._known)
        self.where += found.where
        return found.formula
