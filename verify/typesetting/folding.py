"""Closed forms that are printed by name: G where a statement has the whole expression of the gain."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import islice

import sympy as sp

from verify.claims.notation import Folded
from verify.claims.setting import Setting
from verify.typesetting.printer import expression_of

_SHORT = 20  # characters of an expression below which nothing in it is looked for


class Folding:
    """The closed forms that the notation of a setting names."""

    def __init__(self, setting: Setting) -> None:
        self._notation = setting.notation

    @cached_property
    def _forms(self) -> dict[sp.Expr, Folded]:
        return dict(self._notation.folded())

    def fold(self, expression: object) -> sp.Expr:
        """The expression with the named closed forms in it written by their symbols."""
        return self._written(expression, {value: form.symbol for value, form in self._forms.items()})

    def as_text(self, expression: object) -> sp.Expr:
        """The same with symbols that are plain text."""
        return self._written(expression, self._texts)

    @cached_property
    def _texts(self) -> dict[sp.Expr, sp.Symbol]:
        return {value: sp.Symbol(form.text, real=True) for value, form in self._forms.items()}

    def _written(self, expression: object, symbols: Mapping[sp.Expr, sp.Symbol]) -> sp.Expr:
        e = expression_of(expression)
        return e if e.is_Atom or _is_short(e) else e.xreplace(symbols)

    def names(self, expression: object) -> set[str]:
        """The named expressions whose closed forms ``fold`` writes by a symbol."""
        found = self.fold(expression).free_symbols
        return {form.name for form in self._forms.values() if form.symbol in found}


def _is_short(e: sp.Expr) -> bool:
    """Whether it is written in fewer than ``_SHORT`` characters; a long one, which is most, is not written out."""
    atoms = sum(x.is_Atom for x in islice(sp.preorder_traversal(e), 4 * _SHORT))
    return atoms < _SHORT and len(str(e)) < _SHORT  # an atom takes a character at least
