"""How the displays and comments of a paper use its names."""

from __future__ import annotations

from verify.papers.cleaning import clean
from verify.papers.document import Directive, Display, Document
from verify.papers.keys import read_name, starts_name
from verify.papers.macros import expand
from verify.papers.tokens import NotUnderstood, tokenize


def bare_names(document: Document) -> frozenset[str]:
    """The names that the comments and displays of a paper use without a bracket after them."""
    found: set[str] = set()
    for e in document.events:
        try:
            if isinstance(e, Directive) and e.verb in ("assume", "let"):
                tokens = clean(expand(tokenize(document.text, e.start, e.start + len(e.rest)), e.macros))
            elif isinstance(e, Display):
                tokens = clean(document.tokens(e))
            else:
                continue
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
            after = tokens[i].text if i < len(tokens) else ""
            if after not in ("(", "[") and not (key == "e" and after == "^"):  # e^x does not make e a name
                found.add(key)
    return frozenset(found)
