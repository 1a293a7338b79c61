"""What ``verify latex`` is about: named expressions and claims, of the theory in force or of files of claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import sympy as sp

from verify.claims import theories
from verify.claims.citing import table_of
from verify.claims.claim import Claim
from verify.claims.patterns import matching, split
from verify.claims.quantities import Quantity
from verify.claims.selection import Selection, same_file, select
from verify.claims.setting import NamedExpression, Setting
from verify.claims.statement import MatrixIdentity
from verify.claims.theory import Theory
from verify.typesetting.typesetter import typesetter

Item = NamedExpression | Claim
KIND = "expression or claim"


@dataclass(frozen=True)
class Chosen:
    """Named expressions and claims in reading order, and what the claims were chosen from.

    ``title`` is that of the theory, or the names of the files; ``source`` is what somebody changes who wants to see
    another formula.
    """

    title: str
    source: str
    expressions: tuple[NamedExpression, ...]
    claims: tuple[Claim, ...]
    selection: Selection
    whole: bool = False

    @property
    def settings(self) -> list[Setting]:
        """The settings that these are stated in, each once."""
        return list(dict.fromkeys([e.setting for e in self.expressions] + [c.setting for c in self.claims]))

    def with_definitions(self) -> Chosen:
        """The same with every named expression that is needed to read it, in the order of the settings."""
        needed = {(e.setting, e.name) for c in self.claims for e in used_by(c)}
        needed |= {(e.setting, e.name) for e in self.expressions}
        needed |= {(s, e.name) for s, name in needed for e in s.definitions_of(s.named[name].value.free_symbols)}
        found = [e for s in self.settings for e in s.named.values() if (s, e.name) in needed]
        return replace(self, expressions=tuple(found))

    def quantities(self) -> list[tuple[Setting, list[Quantity]]]:
        """By setting, the quantities that are written in these formulas; all of a whole theory."""
        found = []
        for setting in self.settings:
            symbols = {s for c in self.claims if c.setting is setting for s in _symbols(c)}
            symbols |= {s for e in self.expressions if e.setting is setting for s in e.raw().free_symbols}
            known = [q for q in setting.vocabulary.values() if self.whole or q.symbol in symbols]
            if known:
                found.append((setting, known))
        return found


def everything() -> Chosen:
    """All of the theory in force."""
    theory = theories.current()
    selection = select([], theory)
    title = theory.title or theory.name
    return Chosen(title, "the theory", tuple(theory.named.values()), tuple(selection.claims), selection, whole=True)


def chosen(names: Sequence[str]) -> Chosen:
    """What some names stand for: expressions, claims, patterns and files; all of the theory for no name.

    ``BadInput`` names the nearest for a name that nothing has.
    """
    if not names:
        return everything()
    files = list(dict.fromkeys(path for path, _ in map(split, names) if path))
    read = select(files).strict() if files else Selection([], {}, {}, [])
    theory = None if all(path for path, _ in map(split, names)) else theories.current()
    found = [item for name in names for item in _items(name, read, theory)]
    expressions = {(e.setting, e.name): e for e in found if isinstance(e, NamedExpression)}
    claims = {c.id: c for c in found if isinstance(c, Claim)}
    table = dict(read.table)
    if theory is not None and not claims.keys() <= read.files.keys():
        table = {**table_of(theory), **table}
    selection = Selection(list(claims), table, read.files, [], theory)
    titles = [] if theory is None else [theory.title or theory.name]
    sources = ([] if theory is None else ["the theory"]) + files
    return Chosen(
        "; ".join(titles + files),
        " and ".join(sources),
        tuple(expressions.values()),
        tuple(claims.values()),
        selection,
    )


def _items(name: str, read: Selection, theory: Theory | None) -> Iterable[Item]:
    """What one name stands for: an expression before a claim of the same name, the symbol of one after both."""
    path, pattern = split(name)
    if not path:
        theory = theory or theories.current()
        # No claim is derived for an expression that is named as it is.
        known: dict[str, Item] = {**({} if name in theory.named else table_of(theory)), **theory.named}
        known = _with_symbol(name, known, [theory])
        return [known[found] for found in matching(name, known, what=KIND)]
    own = {c: read.table[c] for c, file in read.files.items() if same_file(file, path)}
    if not pattern:
        return own.values()
    settings = dict.fromkeys(c.setting for c in own.values())
    known = {**own, **{e.name: e for setting in settings for e in setting.named.values()}}
    known = _with_symbol(pattern, known, settings)
    return [known[found] for found in matching(pattern, known, f" in {path}", KIND)]


def _with_symbol(name: str, known: dict[str, Item], settings: Iterable[Setting]) -> dict[str, Item]:
    """The same, and the expression that is written by this symbol, where nothing else has the name."""
    if name in known:
        return known
    written = next((e for setting in settings if (e := setting.expression(name)) is not None), None)
    return known if written is None else {**known, name: written}


def used_by(claim: Claim) -> list[NamedExpression]:
    """The named expressions that the printed claim mentions: closed forms that it has by name, then its atoms."""
    if isinstance(claim.statement, MatrixIdentity):
        return []
    folding, named = typesetter(claim.setting).folding, claim.setting.named
    names = sorted(set().union(*(folding.names(e) for e in _scalars(claim.statement))))
    found = [named[name] for name in names]
    return found + [e for e in claim.used_atoms if e.symbol is not None and e not in found]


def _symbols(claim: Claim) -> set[sp.Symbol]:
    """The symbols of a claim and of its definitions, down to the parameters."""
    if isinstance(claim.statement, MatrixIdentity):
        scalars = [k for side in (claim.statement.lhs, claim.statement.rhs) for k in side.terms.values()]
        return {s for k in scalars for s in k.free_symbols}
    written = {s for e in _scalars(claim.statement) for s in e.free_symbols} | set(claim.relevant_domain.symbols)
    return written | {s for e in claim.used_atoms for s in e.raw().free_symbols}


def _scalars(statement: object) -> list[sp.Expr]:
    """The scalar expressions that a statement is written in."""
    out: list[sp.Expr] = []
    todo: list[object] = [statement]
    while todo:
        x = todo.pop()
        if isinstance(x, sp.Expr):
            out.append(x)
        elif isinstance(x, tuple):
            todo += x
        elif hasattr(x, "__dataclass_fields__"):
            todo += [getattr(x, name) for name in x.__dataclass_fields__]
    return out
