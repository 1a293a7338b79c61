"""The lexicons of a theory, and of a display that is compared with it: its quantities, and the symbols of the claim."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import sympy as sp

from verify.claims.claim import Claim
from verify.claims.setting import NamedExpression, Setting
from verify.claims.to_sympy import symbols_in
from verify.derivations.relations import symbols_of
from verify.papers.keys import key_of, loose
from verify.papers.lexicon import CLOSED_FORM, Lexicon
from verify.papers.names import Names
from verify.papers.tokens import NotUnderstood


@cache
def lexicon_of(setting: Setting) -> Lexicon:
    """The names of the parameters, atoms and closed forms of a setting."""
    latex = {q.name: q.latex for q in setting.vocabulary.values()}
    latex |= {s.name: e.latex for s, e in setting.atoms.items()}
    meaning = _unambiguous(latex)
    closed = {f"{CLOSED_FORM}{e.name}": e.latex for e in setting.named.values() if e.symbol is None}
    for name, text in closed.items():
        if key := _key(text):
            meaning.setdefault(key, name)
    whole = {q.name for q in setting.vocabulary.values() if q.integer}
    return Lexicon(meaning, frozenset(key for key, name in meaning.items() if name in whole), latex | closed)


def lexicon_for(bound: Claim | NamedExpression) -> Lexicon:
    """What names mean in a display that is bound to a claim or an expression: its own symbols hide the setting's.

    A letter that would stand for two quantities which the statement speaks of means nothing.
    """
    from verify.typesetting import names as spelled

    around, own, names = lexicon_of(bound.setting), own_symbols(bound), spelled.Names(bound.setting)
    latex = {s.name: names.of(s) for s in own}
    hiding = {key for text in latex.values() if (key := _key(text))}
    used = {s.name for s in _spoken_of(bound)}
    meaning = {key: name for key, name in around.meaning.items() if key not in hiding}
    for key, name in _unambiguous(latex).items():
        if around.meaning.get(key, name) == name or around.meaning[key] not in used:
            meaning[key] = name
    whole = {s.name for s in own if s.is_integer}
    counts = {key for key, name in meaning.items() if name in whole} | (around.whole - hiding)
    return Lexicon(meaning, frozenset(counts), {**around.latex, **latex})


def names_for(bound: Claim | NamedExpression) -> Names:
    """The names of a display that is bound: they mean the theory's quantities, and print as the theory writes them."""
    lexicon = lexicon_for(bound)
    return Names(lexicon=lexicon, latex=dict(lexicon.latex))


def own_symbols(bound: Claim | NamedExpression) -> list[sp.Symbol]:
    """The symbols that a claim or an expression bounds, or speaks of, and that are no quantities of its setting."""
    known = symbols_in(bound.setting)
    found = {*bound.domain.symbols, *_spoken_of(bound)}
    return sorted((s for s in found if known.get(s.name) != s), key=lambda s: (s.name, bool(s.is_integer)))


def _spoken_of(bound: Claim | NamedExpression) -> set[sp.Symbol]:
    if isinstance(bound, NamedExpression):
        return set(bound.value.free_symbols)
    return set() if bound.formula is None else symbols_of(bound.formula)


def _unambiguous(latex: Mapping[str, str]) -> dict[str, str]:
    """The names by loose key, without those that are written like another one."""
    names: dict[str, list[str]] = {}
    for name, text in latex.items():
        if key := _key(text):
            names.setdefault(key, []).append(name)
    return {key: found[0] for key, found in names.items() if len(found) == 1}


def _key(latex: str) -> str:
    """The loose key of a name as a theory writes it; empty for what is no name in a paper."""
    try:
        return loose(key_of(latex)) if latex.strip() else ""
    except NotUnderstood:
        return ""
