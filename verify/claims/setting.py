"""Settings: everything a claim of a theory may take for granted, from the meaning of its symbols to its own evidence.

A claim carries its setting, so that what it states depends on nothing but itself. ``verify.claims.theory`` adds the
claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import sympy as sp

from verify.claims.domain import Domain
from verify.claims.matrix_results import MatrixResults, no_results
from verify.claims.notation import PLAIN, Notation
from verify.claims.points import NO_POINTS, Points
from verify.claims.quantities import Quantity, Unit
from verify.derivations.derivation import Derivation
from verify.derivations.display import Displayed
from verify.runtime.errors import Malformed


@dataclass(frozen=True)
class NamedExpression(Displayed):
    """A closed form: ``derivation`` leads from a definition to ``value``, which may use atoms.

    ``symbol`` is set for atoms only, which are written by their symbol. ``domain`` says for which parameter values the
    expression is meant, ``setting`` what its symbols mean. ``defined_by`` is the id of the claim that says that the
    value is what the definitions give, empty where none does: whatever mentions the expression is stated with it.
    """

    name: str
    latex: str
    meaning: str
    unit: Unit
    derivation: Derivation
    domain: Domain
    symbol: sp.Symbol | None = None
    defined_by: str = ""
    setting: Setting = field(default_factory=lambda: NO_SETTING, repr=False, kw_only=True)

    @property
    def value(self) -> sp.Expr:
        return self.derivation.scalar

    def raw(self) -> sp.Expr:
        """The value with every atom replaced by its definition."""
        return self._raw

    @cached_property
    def _raw(self) -> sp.Expr:
        return self.setting.expand(self.value)

    @cached_property
    def symbols(self) -> dict[str, sp.Symbol]:
        """The parameters that the raw value depends on, by name: in the order of the vocabulary, others after them."""
        found = {s.name: s for s in self.raw().free_symbols}
        bounded = [s.name for s in self.domain.symbols]
        order = [*self.setting.vocabulary, *bounded, *sorted(found)]
        return {name: found[name] for name in dict.fromkeys(order) if name in found}

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters that the raw value depends on, in order."""
        return tuple(self.symbols)


@dataclass(frozen=True)
class Route:
    """A kind of evidence: ``function`` of ``module`` finds it, for a claim.

    A function ``reads(claim, name)`` of the module, or of the module ``reads``, lists what the route takes from the
    theory besides the claim, so that the cache knows what the evidence depends on. The functions of a theory's own
    routes take a claim and give evidence, or None where they have nothing to say.
    """

    name: str
    module: str
    function: str
    reads: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Setting:
    """What a theory says besides its claims; two settings are equal only if they are the same object.

    ``vocabulary``: its quantities by name. ``expressions`` makes its named expressions, in an order in which each uses
    only atoms before it. ``letters``: units of the letters of matrices and vectors. ``points``: where the lock and the
    search for counterexamples look first. ``alike``: pairs of symbols that a slip may exchange. ``results``: what
    certificates of matrix identities build on. ``routes``: its own kinds of evidence, in order; ``package`` has their
    code. ``self_contained``: the claims depend on nothing but the Python files of the package and on the machine, so
    that while those are unchanged, the claims are. ``content``: modules whose formulas count in the cache by value,
    where ``by_value`` lists, by importing module and imported one, the names whose values the keys contain.
    """

    name: str = ""
    vocabulary: Mapping[str, Quantity] = field(default_factory=dict)
    expressions: Callable[[], Iterable[NamedExpression]] = tuple
    letters: Mapping[str, Unit] = field(default_factory=dict)
    notation: Notation = PLAIN
    points: Points = NO_POINTS
    alike: tuple[tuple[str, str], ...] = ()
    routes: tuple[Route, ...] = ()
    results: Callable[[], MatrixResults] = no_results
    package: str = ""
    self_contained: bool = False
    content: tuple[str, ...] = ()
    by_value: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)

    @cached_property
    def named(self) -> dict[str, NamedExpression]:
        """The named expressions, by name, in reading order.

        ``Malformed`` where two have one name or one symbol, where one uses itself or a later one, and where a symbol
        tells SymPy more than that it is real or an integer: what SymPy made of that would be taken for proved.
        """
        found: dict[str, NamedExpression] = {}
        symbols: dict[str, sp.Symbol] = {q.name: q.symbol for q in self.vocabulary.values()}
        made = list(self.expressions())
        later = {e.symbol for e in made if e.symbol is not None}
        for e in made:
            where = f"the named expression {e.name}"
            own = set() if e.symbol is None else {e.symbol}
            if e.name in found:
                raise Malformed(where, "there are two of this name", "choose another name")
            if not own <= later:
                raise Malformed(where, f"{e.symbol} is the symbol of another one", "choose another symbol")
            if wrong := e.value.free_symbols & later:
                what = f"its definition uses {min(s.name for s in wrong)}, which is itself or comes later"
                raise Malformed(where, what, "change the order, so that each uses only those before it")
            if e.symbol is not None and e.symbol.is_integer:
                raise Malformed(where, f"{e.symbol} is an integer by assumption", "a definition says what it is")
            for s in sorted(e.value.free_symbols | own, key=str):
                if not _plain(s) or symbols.setdefault(s.name, s) != s:
                    what = f"the symbol {s} has assumptions beyond real and integer, or two kinds"
                    raise Malformed(where, what, 'write sp.Symbol("x", real=True), the same everywhere')
            later -= own
            found[e.name] = replace(e, setting=self)
        return found

    @cached_property
    def atoms(self) -> dict[sp.Symbol, NamedExpression]:
        """The named expressions that have a symbol of their own; each uses only those before it."""
        return {e.symbol: e for e in self.named.values() if e.symbol is not None}

    def expression(self, name: str) -> NamedExpression | None:
        """The named expression of this name, or else the one that is written by this symbol; None for neither."""
        return self.named.get(name) or next((e for s, e in self.atoms.items() if s.name == name), None)

    def expand(self, expression: sp.Expr) -> sp.Expr:
        """Replace every atom by its definition, down to the parameters."""
        table = self.atoms
        while found := [s for s in expression.free_symbols if s in table]:
            expression = expression.xreplace({s: table[s].value for s in found})
        return expression

    def definitions_of(self, symbols: Iterable[sp.Symbol]) -> tuple[NamedExpression, ...]:
        """The atoms among ``symbols`` and the atoms that their definitions use, each after those it uses."""
        table, needed, todo = self.atoms, set[sp.Symbol](), set(symbols)
        while todo:
            s = todo.pop()
            if s in table and s not in needed:
                needed.add(s)
                todo |= table[s].value.free_symbols
        return tuple(e for s, e in table.items() if s in needed)


def _plain(s: sp.Symbol) -> bool:
    """Whether a symbol tells SymPy nothing but that it is real, or an integer."""
    return s in (sp.Symbol(s.name), sp.Symbol(s.name, real=True), sp.Symbol(s.name, integer=True))


NO_SETTING: Setting = Setting()
