"""Named expressions: closed forms that have a name, and those among them (atoms) that have a symbol."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from theory.maml_erm.formulas.symbols import VOCABULARY
from verify.claims.domain import Domain
from verify.claims.vocabulary import Unit
from verify.derivations.derivation import Derivation


@dataclass(frozen=True)
class NamedExpression:
    """A closed form: ``derivation`` leads from a definition to ``value``, which may use atoms.

    ``symbol`` is set for atoms only. ``domain`` says for which parameter values the expression is meant.
    """

    name: str
    latex: str
    meaning: str
    unit: Unit
    derivation: Derivation
    domain: Domain
    symbol: sp.Symbol | None = None

    @property
    def value(self) -> sp.Expr:
        return self.derivation.scalar

    def raw(self) -> sp.Expr:
        """The value with every atom replaced by its definition."""
        from theory.maml_erm.formulas.expressions import expand_atoms

        return expand_atoms(self.value)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters that the raw value depends on, in the order of the vocabulary."""
        names = {s.name for s in self.raw().free_symbols}
        return tuple(name for name in VOCABULARY if name in names)

    def _repr_latex_(self) -> str:
        from verify.typesetting.statements import expression_latex

        return f"$\\displaystyle {expression_latex(self)}$"
