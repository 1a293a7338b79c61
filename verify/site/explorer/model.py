"""What a page computes: every formula of an explorer once, with its conditions and with what ``verify eval`` takes."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from verify.claims import theories
from verify.claims.explorer import Curves, Explorer, Shown
from verify.claims.sequents import formula as formula_in_words
from verify.claims.setting import NamedExpression
from verify.claims.theory import Theory
from verify.claims.values import find_expression
from verify.derivations.relations import Formula, replace_symbols, symbols_of
from verify.runtime.errors import BadInput
from verify.site.explorer.printer import Exactly, Floating, Printer, checked


@dataclass(frozen=True)
class Item:
    """One formula: ``steps`` define atoms, in order, and ``value`` is in them and in the quantities.

    ``expression`` is the named one it comes from, ``parameters`` what that is evaluated at: for each parameter the key
    of a formula, or nothing where it is the quantity of the slider itself. ``conditions`` count those of the model.
    """

    key: str
    steps: tuple[tuple[sp.Symbol, sp.Expr], ...]
    value: sp.Expr
    expression: NamedExpression | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    conditions: tuple[int, ...] = ()


@dataclass
class Model:
    """The formulas and conditions that the page of one theory needs; they are collected by asking for them."""

    theory: Theory
    explorer: Explorer
    items: dict[str, Item] = field(default_factory=dict)
    conditions: list[Formula] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.moved: dict[str, sp.Symbol] = {}
        for slider in self.explorer.sliders:
            if slider.name not in self.theory.vocabulary:
                raise BadInput(f"the explorer moves {slider.name!r}, which is no quantity of {self.theory.name}")
            if slider.name == "exact":
                raise BadInput("a slider can't be called 'exact'", "the address of the page needs that name itself")
            self.moved[checked(slider.name)] = self.theory.vocabulary[slider.name].symbol

    # ------------------------------------------------------------ what is asked for

    def shown(self, one: Shown) -> Item:
        """A named expression at the quantities of the sliders."""
        key = one.name + "".join(f" {name}={value}" for name, value in one.at.items())
        if key in self.items:
            return self.items[key]
        expression = find_expression(one.name, self.theory)
        symbols = expression.symbols
        if unknown := set(one.at) - set(symbols):
            raise BadInput(f"{one.name} has no parameter {min(unknown)!r}", f"parameters: {', '.join(symbols)}")
        given = {symbols[name]: value for name, value in one.at.items()}
        parameters = {name: self.plain(f"{one.at[name]}", one.at[name]) if name in one.at else "" for name in symbols}
        needed = []
        for hypothesis in expression.domain.hypotheses():
            # As verify eval judges them: those about the parameters that are given.
            raw = self._raw(hypothesis)
            if {s.name for s in symbols_of(raw)} <= set(symbols):
                needed.append(self._condition(replace_symbols(hypothesis, given), raw_given=given))
        steps = tuple(
            (e.symbol, e.value.xreplace(given))
            for e in self.theory.definitions_of(expression.value.free_symbols)
            if e.symbol is not None
        )
        item = Item(key, steps, expression.value.xreplace(given), expression, parameters, tuple(needed))
        return self._add(item)

    def plain(self, key: str, value: sp.Expr) -> str:
        """The key of a formula that is written out in an explorer: a place, or what a parameter is."""
        if key not in self.items:
            self._add(Item(key, self._steps(value.free_symbols), value))
        return key

    def conditions_of(self, formulas: Iterable[Formula]) -> tuple[int, ...]:
        """The numbers of further conditions; ``BadInput`` for one that the sliders do not decide."""
        for f in formulas:
            if not self._decided(self._raw(f)):
                raise BadInput(f"the condition {f} is about more than the sliders move")
        return tuple(self._condition(f, raw_given={}) for f in formulas)

    def usual(self) -> tuple[int, ...]:
        """The conditions of the theory's usual domain that the sliders decide."""
        if self.theory.usual_domain is None:
            return ()
        found = self.theory.usual_domain().hypotheses()
        return tuple(self._condition(h, raw_given={}) for h in found if self._decided(self._raw(h)))

    def along(self, plot: Curves) -> tuple[str, str]:
        """The formulas that lead from a quantity to the axis of a plot, quantity/per, and back."""
        quantity = self.moved.get(plot.quantity)
        if quantity is None or quantity in plot.per.free_symbols:
            raise BadInput(
                f"the plot {plot.id} is along {plot.quantity}", "it has to be a quantity that a slider moves"
            )
        forth, back = quantity / plot.per, quantity * plot.per
        return self.plain(f"along {forth}", forth), self.plain(f"along {back}", back)

    # ------------------------------------------------------------ how

    def _add(self, item: Item) -> Item:
        left = item.value.free_symbols | {s for _, value in item.steps for s in value.free_symbols}
        left -= {symbol for symbol, _ in item.steps} | set(self.moved.values())
        if left:
            raise BadInput(f"{item.key} depends on {min(s.name for s in left)}, which no slider of the explorer moves")
        self.items[item.key] = item
        return item

    def _steps(self, symbols: set[sp.Symbol]) -> tuple[tuple[sp.Symbol, sp.Expr], ...]:
        found = self.theory.definitions_of(symbols)
        return tuple((e.symbol, e.value) for e in found if e.symbol is not None)

    def _raw(self, f: Formula) -> Formula:
        return replace_symbols(f, {s: self.theory.expand(s) for s in symbols_of(f)})

    def _decided(self, raw: Formula) -> bool:
        return {s.name for s in symbols_of(raw)} <= set(self.moved)

    def _condition(self, f: Formula, raw_given: Mapping[sp.Symbol, sp.Expr]) -> int:
        """The number of a condition; atoms in it are at the given parameters, so none may be where those are not."""
        atoms = symbols_of(f) & set(self.theory.atoms)
        if atoms and raw_given:
            f = replace_symbols(self._raw(f), raw_given)
        if f not in self.conditions:
            self.conditions.append(f)
        return self.conditions.index(f)

    # ------------------------------------------------------------ as JavaScript

    def script(self) -> str:
        """Every formula and condition in both forms."""
        lines = [
            f"// Generated from the named expressions of {self.theory.name}: a formula exists once, and not here.",
            '"use strict";',
            "var verifyExplorer = verifyExplorer || {};",
            "verifyExplorer.formulas = {",
        ]
        for key, item in self.items.items():
            lines += [f"  {_quoted(key)}: {{", *self._functions(item.steps, item.value), "  },"]
        lines += ["};", "verifyExplorer.conditions = ["]
        for f in self.conditions:
            lines += ["  {", *self._functions(self._steps(symbols_of(f)), f), "  },"]
        return "\n".join([*lines, "];", ""])

    def _functions(self, steps: tuple[tuple[sp.Symbol, sp.Expr], ...], value: sp.Expr | Formula) -> list[str]:
        names = {symbol: f"v.{name}" for name, symbol in self.moved.items()}
        names |= {symbol: f"${checked(symbol.name)}" for symbol, _ in steps}
        lines = []
        for form, arguments, kind in (("float", "(v)", Floating), ("exact", "(v, q)", Exactly)):
            printer: Printer = kind(names)
            said = printer(value) if isinstance(value, sp.Expr) else printer.formula(value)
            body = [f"      const ${symbol.name} = {printer(defined)};" for symbol, defined in steps]
            lines += [f"    {form}{arguments} {{", *body, f"      return {said};", "    },"]
        return lines

    def condition_data(self) -> list[dict[str, Any]]:
        """Of every condition what it says, and the quantities and their meaning that it is about."""
        order = list(self.theory.vocabulary)
        out = []
        for f in self.conditions:
            names = sorted({s.name for s in symbols_of(self._raw(f))}, key=order.index)
            out.append({"says": str(formula_in_words(f)), "about": names})
        return out

    def command(self) -> str:
        """The beginning of a command that evaluates an expression of this theory."""
        return f"verify eval --theory {shlex.quote(theories.spelled(self.theory))}"


def _quoted(text: str) -> str:
    return json.dumps(text)
