"""Claims: a statement over a declared domain, with everything needed to state it, prove it and print it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cached_property

import sympy as sp

from verify.claims.domain import Domain
from verify.claims.full_names import beside
from verify.claims.hints import Auto, Proof, renamed
from verify.claims.setting import NO_SETTING, NamedExpression, Setting
from verify.claims.statement import WITHOUT_SYMBOLS, Limit, Minimiser, Monotone, Statement
from verify.claims.validity import check
from verify.derivations.derivation import Derivation
from verify.derivations.display import Displayed
from verify.derivations.exact import exact
from verify.derivations.relations import Formula, Relation, eq, replace_symbols, sides_of, symbols_of
from verify.runtime.errors import Malformed

PROJECT = "this project"


@dataclass(frozen=True)
class Problem:
    """What has to be shown: for all values that satisfy the definitions and the hypotheses, the goal.

    ``definitions`` are (symbol, expression) in an order in which each uses only symbols before it. ``limit`` is set
    instead of ``goal`` for limits.
    """

    symbols: tuple[sp.Symbol, ...]
    hypotheses: tuple[Formula, ...]
    definitions: tuple[tuple[sp.Symbol, sp.Expr], ...]
    goal: Formula | None
    limit: Limit | None = None


@dataclass(frozen=True)
class Claim(Displayed):
    """A theorem of the theory, or a false statement of the corpus (``expected`` False).

    ``at`` fixes some parameters (alpha = 1/rho_E) in the statement and in every definition it uses. ``states_with``
    and ``rests_on`` name the claims that are needed to state it and to prove it, those of another theory in full
    (``descent:GD.step``); those that define what it mentions (``inherits``) are needed to state it too, without being
    named. ``derivations`` are those whose results the
    statement uses. ``setting`` says what symbols mean that the domain does not bound; a theory sets it for its claims.
    Raises ``Malformed`` where a field has no meaning (``verify.claims.validity``).
    """

    id: str
    title: str
    statement: Statement
    domain: Domain = field(default_factory=lambda: Domain(()))
    source: str = PROJECT
    states_with: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    proof: Proof = field(default_factory=Auto)
    derivations: tuple[Derivation, ...] = ()
    at: tuple[tuple[sp.Symbol, sp.Expr], ...] = ()
    expected: bool = True
    note: str = ""
    setting: Setting = field(default=NO_SETTING, repr=False, kw_only=True)

    def __post_init__(self) -> None:
        for name in ("states_with", "rests_on", "derivations", "at"):
            if isinstance(getattr(self, name), list):
                object.__setattr__(self, name, tuple(getattr(self, name)))
        if isinstance(self.at, tuple):
            pairs = (tuple(map(exact, pair)) if isinstance(pair, tuple) else pair for pair in self.at)
            object.__setattr__(self, "at", tuple(pairs))
        check(self)

    def within(self, setting: Setting) -> Claim:
        """The same claim, with symbols that mean what they mean in a setting, on which nothing checked depends."""
        moved = object.__new__(type(self))
        for f in fields(self):
            object.__setattr__(moved, f.name, setting if f.name == "setting" else getattr(self, f.name))
        return moved

    def under(self, name: Callable[[str], str]) -> Claim:
        """The same claim where this and every claim that it needs has another name, as another theory cites it."""
        moved = self.within(self.setting)
        object.__setattr__(moved, "id", name(self.id))
        object.__setattr__(moved, "states_with", tuple(map(name, self.states_with)))
        object.__setattr__(moved, "rests_on", tuple(map(name, self.rests_on)))
        object.__setattr__(moved, "proof", renamed(self.proof, name))
        return moved

    @cached_property
    def fixed(self) -> dict[sp.Symbol, sp.Expr]:
        return dict(self.at)

    @cached_property
    def formula(self) -> Formula | None:
        """The scalar statement, with ``at`` applied; None for limits, and for what is not about numbers."""
        if isinstance(self.statement, (*WITHOUT_SYMBOLS, Limit)):
            return None
        return replace_symbols(self.statement.formula(), self.fixed)

    @cached_property
    def used_atoms(self) -> tuple[NamedExpression, ...]:
        """The named quantities that the statement or its domain mentions, with those their definitions use."""
        bounded = set(self.domain.symbols)
        mentioned = self._mentioned() - bounded
        for f in self._domain_of_statement().hypotheses():
            mentioned |= symbols_of(f) - bounded
        return self.setting.definitions_of(mentioned)

    @cached_property
    def mentions(self) -> tuple[NamedExpression, ...]:
        """The named expressions that the statement, its domain or a definition it uses has, by name or written out."""
        if isinstance(self.statement, WITHOUT_SYMBOLS):
            return self.used_atoms
        problem = self.problem()
        formulas = [problem.goal] if problem.limit is None else [eq(problem.limit.expression, problem.limit.value)]
        sides = {e for f in (*formulas, *problem.hypotheses) if f is not None for e in sides_of(f)}
        sides |= {value for _, value in problem.definitions}
        parts = {part for side in sides for part in sp.preorder_traversal(side)}
        terms = [(part.func, set(part.args)) for part in parts if part.is_Add or part.is_Mul]
        used = {e.name for e in self.used_atoms}
        written = (e for e in self.setting.named.values() if e.name not in used)
        values = ((e, e.value.xreplace(self.fixed) if self.fixed else e.value) for e in written)
        return (*self.used_atoms, *(e for e, value in values if value in parts or _among(terms, value)))

    @cached_property
    def inherits(self) -> tuple[str, ...]:
        """The claims that define what this one mentions: they are needed to state it.

        A statement that is to be refuted inherits none: its counterexample is one whatever its words are meant for.
        """
        if not self.expected:
            return ()
        names = dict.fromkeys(self.definer(e) for e in self.mentions if e.defined_by)
        return tuple(name for name in names if name != self.id)

    def definer(self, e: NamedExpression) -> str:
        """The claim that defines an expression of this claim's setting, by the name that goes with this claim's own."""
        return beside(self.id, e.defined_by) if e.defined_by else ""

    @cached_property
    def needed_to_state(self) -> tuple[str, ...]:
        """The claims that it is stated with: those it names, and those it inherits."""
        return tuple(dict.fromkeys((*self.states_with, *self.inherits)))

    def problem(self) -> Problem:
        """The statement as variables, hypotheses, definitions and a goal; ``ValueError`` if it is not about numbers."""
        if isinstance(self.statement, WITHOUT_SYMBOLS):
            raise ValueError(f"{self.id} is not about numbers, it has no scalar form")
        definitions = [(e.symbol, e.value.xreplace(self.fixed)) for e in self.used_atoms if e.symbol is not None]
        domain = self._domain_of_statement()
        hypotheses = domain.hypotheses()
        symbols = domain.symbols
        if isinstance(self.statement, Minimiser):
            self._fixed_for(self.statement, definitions)
        if isinstance(self.statement, Monotone):
            symbols, hypotheses, definitions, goal = self._two_points(self.statement, domain, definitions)
            return Problem(symbols, hypotheses, tuple(definitions), goal)
        limit = None
        if isinstance(self.statement, Limit):
            limit = Limit(
                self.statement.expression.xreplace(self.fixed),
                self.statement.variable,
                self.statement.to,
                self.statement.value.xreplace(self.fixed),
            )
        return Problem(symbols, hypotheses, tuple(definitions), self.formula, limit)

    @cached_property
    def relevant_domain(self) -> Domain:
        """The part of the domain that the statement depends on, with ``at`` applied."""
        return self._domain_of_statement()

    # ------------------------------------------------------------

    def _mentioned(self) -> set[sp.Symbol]:
        s = self.statement
        if isinstance(s, Limit):
            return set(s.expression.free_symbols | s.value.free_symbols)
        return set() if self.formula is None else symbols_of(self.formula)

    def _domain_of_statement(self) -> Domain:
        """The part of the domain that the statement depends on, through its definitions too."""
        domain = self.domain.at(self.fixed)
        bounded = set(domain.symbols)
        needed: set[sp.Symbol] = set()
        for s in self._mentioned() | {x for f in domain.extra for x in symbols_of(f)}:
            raw = {s} if s in bounded else self.setting.expand(s).xreplace(self.fixed).free_symbols
            needed |= raw
        for b in domain.bounds:
            for r in b.relations():
                if b.symbol in needed:
                    for s in symbols_of(r) - bounded:
                        needed |= self.setting.expand(s).xreplace(self.fixed).free_symbols
        if isinstance(self.statement, Limit):
            needed.discard(self.statement.variable)
            kept = domain.restrict(needed)
            return Domain(tuple(b for b in kept.bounds if b.symbol != self.statement.variable), kept.extra)
        kept = domain.restrict(needed)
        return Domain(kept.bounds, domain.extra)

    def _fixed_for(self, s: Minimiser, definitions: list[tuple[sp.Symbol, sp.Expr]]) -> None:
        """The formula of a minimiser puts the point in where the variable is written, so a name must not hide it."""
        for symbol, value in definitions:
            if s.variable in value.free_symbols:
                what = f"{symbol} depends on the variable {s.variable}, by its definition"
                raise Malformed("statement", what, f"write out {symbol}, or state it with Holds")

    def _two_points(
        self, s: Monotone, domain: Domain, definitions: list[tuple[sp.Symbol, sp.Expr]]
    ) -> tuple[tuple[sp.Symbol, ...], tuple[Formula, ...], list[tuple[sp.Symbol, sp.Expr]], Formula]:
        """A monotone claim compares two points: everything that depends on the variable gets a second copy.

        Raises ``Malformed`` where the name of a copy stands for something else already.
        """
        taken = {x.name for x in (*domain.symbols, *s.expression.free_symbols, s.second)}
        copies: dict[sp.Symbol, sp.Expr] = {s.variable: s.second}
        copied = []
        for symbol, value in definitions:
            if value.free_symbols & set(copies):
                twin = sp.Symbol(symbol.name + "_2", real=True)
                if twin.name in taken:
                    what = f"{twin} is the second value of {symbol} here, and stands for something else already"
                    raise Malformed("statement", what, "choose another name")
                copied.append((twin, value.xreplace(copies)))
                copies[symbol] = twin
        own = domain.hypotheses()
        about = [f for f in own if symbols_of(f) & set(copies)]
        hypotheses = (*own, *(replace_symbols(f, copies) for f in about), Relation(s.variable, "<", s.second))
        expression = s.expression.xreplace(self.fixed)
        goal = Relation(expression, s.formula().op, expression.xreplace(copies))
        symbols = (*domain.symbols, s.second)
        return symbols, hypotheses, [*definitions, *copied], goal


def _among(sums: list[tuple[type[sp.Basic], set[sp.Basic]]], one: sp.Expr) -> bool:
    """Whether an expression is a sum or product of some of the terms of one of these sums and products."""
    own = set(one.args)
    return (one.is_Add or one.is_Mul) and any(kind is one.func and own <= terms for kind, terms in sums)


def second(symbol: sp.Symbol) -> sp.Symbol:
    """The symbol for the larger of two values of a parameter."""
    name = symbol.name + "_2"
    return sp.Symbol(name, integer=True) if symbol.is_integer else sp.Symbol(name, real=True)
