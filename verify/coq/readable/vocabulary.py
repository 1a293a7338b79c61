"""The quantities of a theory as Definitions, and what those of a claim are called there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from verify.coq.readable import notation
from verify.coq.readable.source import Quantity, Stated
from verify.coq.reals import names
from verify.coq.reals.tidy import subterms
from verify.kernel.reals.json_form import read_term
from verify.kernel.reals.terms import Expression, Formula, Term, names_in, substitute

WIDE = 9  # parts of a closed form that is written by its name; a + 1 stays a + 1


@dataclass(frozen=True)
class Definition:
    """``name parameters := value``, where ``value`` may call those before it; ``raw`` calls none."""

    name: str
    parameters: tuple[str, ...]
    value: Term
    raw: Term
    words: tuple[str, ...] = ()

    def at(self, theta: Mapping[str, Term]) -> Term:
        """This quantity with terms put for its parameters."""
        return notation.call(self.name, *(theta.get(x, x) for x in self.parameters))

    def text(self, taken: Collection[str]) -> str:
        """The Definition; parameters have no names that other definitions have."""
        own: dict[str, str] = {}
        for x in self.parameters:
            own[x] = names.variable(x, {*taken, *own.values()})
        binder = f" ({' '.join(own.values())} : R)" if own else ""
        return f"Definition {self.name}{binder} : R :=\n{notation.wrapped(notation.term(self.value, own))}."


@dataclass
class Vocabulary:
    """Definitions by name, in order; ``symbols`` and ``closed``: those that claims write by a symbol, or write out."""

    definitions: dict[str, Definition] = field(default_factory=dict)
    symbols: dict[str, Definition] = field(default_factory=dict)
    closed: list[tuple[Term, Definition]] = field(default_factory=list)
    special: list[Definition] = field(default_factory=list)  # values in single claims, such as at alpha = 1/rho_E

    @classmethod
    def of(cls, quantities: Sequence[Quantity]) -> Vocabulary:
        """All quantities of a theory. One letter is short for a name that others see: those have their long one."""
        out = cls()
        for q in quantities:
            wanted = q.symbol if len(q.symbol) > 1 else q.name
            inner = {s: d.at({}) for s, d in out.symbols.items()}
            raw = substitute(q.value, {s: d.raw for s, d in out.symbols.items()})
            name = names.variable(wanted, out.definitions)
            made = Definition(name, q.parameters, substitute(q.value, inner), raw, q.words)
            out.definitions[name] = made
            if q.symbol:
                out.symbols[q.symbol] = made
            elif sum(1 for _ in subterms(q.value)) >= WIDE:
                out.closed.append((q.value, made))
        out.closed.sort(key=lambda pair: -sum(1 for _ in subterms(pair[0])))
        return out

    def calls(self, stated: Stated) -> dict[str, Term]:
        """What stands for the symbols that a claim defines; values that the theory has no name for get one."""
        statement = stated.statement or {"variables": (), "definitions": ()}
        kinds = dict(statement["variables"])
        calls: dict[str, Term] = {}
        raws: dict[str, Term] = {}
        for symbol, data in statement["definitions"]:
            value = read_term(data)
            raw = substitute(value, raws)
            calls[symbol] = self._call(stated, symbol, substitute(value, calls), raw, kinds)
            raws[symbol] = raw
        return calls

    def _call(self, stated: Stated, symbol: str, value: Term, raw: Term, kinds: Mapping[str, str]) -> Term:
        twins = {x.removesuffix("_2"): x for x in kinds if x.endswith("_2")}
        for known in (symbol, symbol.removesuffix("_2")):
            for theta in ({}, twins, stated.fixed, {**stated.fixed, **twins}):
                found = self.symbols.get(known)
                if found is not None and substitute(found.raw, theta) == raw:
                    return found.at(theta)
        general = self.symbols.get(symbol)
        used = names_in(raw)
        order = dict.fromkeys((*(general.parameters if general else ()), *kinds))
        parameters = tuple(x for x in order if x in used)
        made = next((d for d in self.special if d.raw == raw and d.parameters == parameters), None)
        if made is None:
            at = f"_at_{'_'.join(stated.fixed)}" if stated.fixed else f"_in_{stated.id}"
            name = names.variable((general.name if general else symbol) + at, self.definitions)
            values = ", ".join(f"{x} = {notation.term(t, _Itself())}" for x, t in stated.fixed.items())
            words = (f"{symbol} " + (f"where {values}" if values else f"in {stated.id}"),)
            made = self.definitions[name] = Definition(name, parameters, value, raw, words)
            self.special.append(made)
        return made.at({})

    def shorter(self, f: Formula, calls: Mapping[str, Term]) -> Formula:
        """A formula with calls for its symbols, and for those closed forms that have a name."""
        twins = {x.removesuffix("_2"): x for x in names_in(f) if x.endswith("_2")}
        known = []
        for value, d in self.closed:
            own = {x for x in names_in(value) if x in self.symbols}
            for theta in ({}, twins):
                if all(substitute(calls.get(theta.get(s, s)), {}) == self.symbols[s].at(theta) for s in own):
                    known.append((substitute(value, theta), d.at(theta)))
        short: Formula = substitute(_folded(f, known), calls)
        return short


def _folded(x: Expression, known: Sequence[tuple[Term, Term]]) -> Expression:
    """With a call for every part that is one of the closed forms."""
    for value, short in known:
        if x == value:
            return short
    if not isinstance(x, tuple):
        return x
    if x[0] == "limit":
        return ("limit", _folded(x[1], known), x[2], x[3], _folded(x[4], known))
    return (x[0], *(_folded(a, known) for a in x[1:]))


class _Itself(dict[str, str]):
    """Every name stands for itself."""

    def __missing__(self, name: str) -> str:
        return name
