"""How names are written: the theory's as the theory prints them, a paper's as its displays and comments use them."""

from __future__ import annotations

from theory.maml_erm.formulas.expressions import expressions
from verify.papers.cleaning import clean
from verify.papers.document import Directive, Display, Document
from verify.papers.names import Names, read_name, starts_name
from verify.papers.tokens import NotUnderstood, expand, tokenize


def theory_spelling() -> Names:
    """Names that print as the theory writes them."""
    from verify.typesetting.names import known_names

    names = Names(latex=dict(known_names()))
    names.latex |= {f"expression:{e.name}": e.latex for e in expressions().values()}
    return names


def bare_names(document: Document) -> frozenset[str]:
    """The names that the comments and displays of a paper use without a bracket after them."""
    found: set[str] = set()
    for e in document.events:
        if isinstance(e, Directive) and e.verb in ("assume", "let"):
            span = e.start, e.start + len(e.rest)
        elif isinstance(e, Display):
            span = e.start, e.stop
        else:
            continue
        try:
            tokens = clean(expand(tokenize(document.text, *span), e.macros))
        except NotUnderstood:
            continue
        i = 0
        while i < len(tokens):
            if not starts_name(tokens[i]):
                i += 1
                continue
            try:
                key, i = read_name(tokens, i)
            except NotUnderstood:
                i += 1
                continue
            if i >= len(tokens) or tokens[i].text not in ("(", "["):
                found.add(key)
    return frozenset(found)
