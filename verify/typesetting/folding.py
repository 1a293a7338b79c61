"""Closed forms that are printed by name: G where a statement has the whole expression of the gain."""

from __future__ import annotations

from functools import cached_property

import sympy as sp

from verify.claims.setting import Setting
from verify.typesetting.printer import expression_of

_SHORT = 20  # characters of an expression below which nothing in it is looked for


class Folding:
    """The closed forms that the notation of a setting names."""

    def __init__(self, setting: Setting) -> None:
        self._notation = setting.notation

    @cached_property
    def _forms(self) -> dict[sp.Expr, tuple[sp.Symbol, str]]:
        return dict(self._notation.folded())

    def fold(self, expression: object) -> sp.Expr:
        """The expression with the named closed forms in it written by their symbols."""
        e = expression_of(expression)
        if e.is_Atom or len(str(e)) < _SHORT:
            return e
        return e.xreplace({value: symbol for value, (symbol, _) in self._forms.items()})

    def names(self, expression: object) -> set[str]:
        """The named expressions whose closed forms ``fold`` writes by a symbol."""
        found = self.fold(expression).free_symbols
        return {name for symbol, name in self._forms.values() if symbol in found}
