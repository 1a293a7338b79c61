"""What ``verify export coq`` makes a library of: the claims and quantities of a theory, with words for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from verify.claims.full_names import is_full
from verify.claims.sequents import statement_of, term
from verify.claims.setting import NO_SETTING
from verify.claims.statement import WITHOUT_SYMBOLS
from verify.coq.readable.source import Quantity, Source, Stated
from verify.kernel.reading import Refused
from verify.kernel.reals.json_form import read_term
from verify.language.json_form import to_json
from verify.typesetting import plain_text

if TYPE_CHECKING:
    import sympy as sp

    from verify.claims.claim import Claim
    from verify.claims.setting import NamedExpression, Setting
    from verify.commands.kernel_run import Chosen
    from verify.kernel.reals.terms import Term


def source_of(chosen: Chosen, certificates: Mapping[str, Mapping[str, Any]]) -> Source:
    """The library of those claims that have certificates, in the order of the table, with all quantities of the theory.

    The theory is that of the first claim that is not named in full, which would be one of another theory.
    """
    claims = [chosen.table[name] for name in chosen.table if name in certificates]
    own = next((c.setting for c in claims if not is_full(c.id)), NO_SETTING)
    quantities = tuple(quantities_of(own))
    stated = tuple(_stated(c, certificates[c.id]) for c in claims)
    return Source(own.name, str(getattr(own, "title", "")), quantities, stated)


def quantities_of(setting: Setting) -> Iterator[Quantity]:
    """The named expressions, but for those that the language of the provers can't say, or that use such a one."""
    unsaid: set[sp.Symbol] = set()
    for e in setting.named.values():
        try:
            if unsaid & e.value.free_symbols:
                raise TypeError(f"{e.name} uses what can't be said")
            yield _quantity(e)
        except (TypeError, Refused):
            unsaid |= set() if e.symbol is None else {e.symbol}


def _quantity(e: NamedExpression) -> Quantity:
    symbol = "" if e.symbol is None else e.symbol.name
    words = [f"{e.meaning} (unit: {e.unit})", f"LaTeX: {e.latex}"]
    shown = f"{symbol or e.name} = {plain_text.expression_line(e)}"
    origin = f"derived: {e.derivation.title}" + (f"; stated by the claim {e.defined_by}" if e.defined_by else "")
    return Quantity(e.name, symbol, e.parameters, _term(e.value), (*words, shown, origin))


def _stated(c: Claim, certificate: Mapping[str, Any]) -> Stated:
    numbers = not isinstance(c.statement, WITHOUT_SYMBOLS)
    words = [f"{c.id}. {c.title}", *([f"Source: {c.source}"] if c.source else []), plain_text.statement_text(c)]
    words += [f"  {'for' if i == 0 else '   '} {line}" for i, line in enumerate(plain_text.domain_lines(c))]
    words += [f"  with {symbol} = {value}" for symbol, value in c.at]
    words += [f"Note: {c.note}"] if c.note else []
    fixed = {symbol.name: _term(value) for symbol, value in c.at}
    return Stated(c.id, tuple(words), statement_of(c) if numbers else None, certificate, fixed)


def _term(e: sp.Expr) -> Term:
    return read_term(to_json(term(e)))
