"""Notation: what a theory says about how its formulas are written, besides the LaTeX of its quantities."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import sympy as sp


class Folded(NamedTuple):
    """How a closed form is printed: by a symbol that is LaTeX, and as ``text``; ``name`` is the named expression."""

    symbol: sp.Symbol
    name: str
    text: str


def _nothing() -> Mapping[sp.Expr, Folded]:
    return {}


@dataclass(frozen=True, eq=False, kw_only=True)
class Notation:
    r"""How a theory writes its formulas; without one they are written by the names of their symbols.

    ``names``: LaTeX of what is neither a quantity nor a named expression, in formulas and in sentences. ``ranks``:
    names of symbols in the order in which a product writes them; the other quantities follow, as in the vocabulary.
    ``probabilities``: symbols that, like their complements to 1, come first in a product. ``data``: symbols that come
    last. ``folded``: closed forms that are printed by a name.
    ``matrices``: pairs of a pattern and a replacement, which turn the name of a computed matrix into LaTeX. ``about``:
    a sentence that stands above the table of notation. ``meanings``: what letters of matrices and vectors are, and
    names that only derivations have, for that table.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    ranks: tuple[str, ...] = ()
    probabilities: frozenset[sp.Symbol] = frozenset()
    data: tuple[sp.Symbol, ...] = ()
    folded: Callable[[], Mapping[sp.Expr, Folded]] = _nothing
    matrices: tuple[tuple[str, str], ...] = ()
    about: str = ""
    meanings: Mapping[str, str] = field(default_factory=dict)


PLAIN = Notation()
