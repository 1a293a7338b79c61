r"""Reads relations: chains a = b <= c, formulas with "and" and "or", and arrows between them.

chain    term (relation term)*
formula  chain (\land chain)*  (\lor ...)*
step     formula (\iff | \implies) formula
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from verify import logic
from verify.logic import Bool, Formula, Rel
from verify.paper.grammar import Reader
from verify.paper.rows import ARROWS, RELATIONS, UNREAD, split_top
from verify.paper.tokens import NotUnderstood, Token

_OR = frozenset({r"\lor", r"\vee", r"\or"})
_AND = frozenset({r"\land", r"\wedge", r"\and", ","})


def chain(tokens: Sequence[Token], read: Callable[[Sequence[Token]], Reader]) -> list[tuple[Rel, Token]]:
    """The relations of a chain a = b <= c, each with the token of its sign."""
    for t in tokens:
        if t.text in UNREAD:
            raise NotUnderstood(f"the relation {t.text}", t.position)
    parts = split_top(tokens, frozenset(RELATIONS))
    if len(parts) < 2:
        position = tokens[0].position if tokens else 0
        raise NotUnderstood("no relation in this line", position, "a line of a derivation compares two terms")
    if not parts[0][1]:
        raise NotUnderstood("nothing stands before the relation", parts[1][0].position if parts[1][0] else 0)
    terms = []
    for sign, part in parts:
        if not part:
            raise NotUnderstood("nothing stands after the relation", sign.position if sign else 0)
        terms.append(read(part).whole())
    signs = [sign for sign, _ in parts[1:] if sign is not None]
    return [(Rel(RELATIONS[sign.text], a, b), sign) for sign, a, b in zip(signs, terms[:-1], terms[1:], strict=True)]


def formula(tokens: Sequence[Token], read: Callable[[Sequence[Token]], Reader]) -> Formula:
    r"""A formula: chains joined by \land, \lor, "and", "or", and arrows inside brackets."""
    tokens = _stripped(tokens)
    alternatives = [part for _, part in split_top(tokens, _OR)]
    if len(alternatives) > 1:
        return Bool("or", tuple(formula(part, read) for part in alternatives))
    parts = [part for _, part in split_top(tokens, _AND)]
    if len(parts) > 1:
        return logic.conj(*(formula(part, read) for part in parts))
    if any(t.text in ARROWS for t in tokens):
        return logic.conj(*(step for step, _ in steps_of_arrows(tokens, read)))
    return logic.conj(*(rel for rel, _ in chain(tokens, read)))


def _stripped(tokens: Sequence[Token]) -> list[Token]:
    """Without brackets around the whole, where a relation stands inside them."""
    tokens = list(tokens)
    if len(tokens) > 2 and tokens[0].text in ("(", "["):
        depth = 0
        for j, t in enumerate(tokens):
            depth += (t.text in ("(", "[")) - (t.text in (")", "]"))
            if depth == 0:
                if j == len(tokens) - 1 and any(t.text in RELATIONS for t in tokens):
                    return tokens[1:-1]
                break
    return tokens


def steps_of_arrows(tokens: Sequence[Token], read: Callable[[Sequence[Token]], Reader]) -> list[tuple[Formula, Token]]:
    """The steps of A iff B iff C: each arrow with what stands on its two sides."""
    parts = split_top(tokens, frozenset(ARROWS))
    formulas = []
    for sign, part in parts:
        if not part:
            raise NotUnderstood("nothing stands beside the arrow", sign.position if sign else tokens[0].position)
        formulas.append(formula(part, read))
    signs = [sign for sign, _ in parts[1:] if sign is not None]
    return [
        (Bool(ARROWS[sign.text], (a, b)), sign) for sign, a, b in zip(signs, formulas[:-1], formulas[1:], strict=True)
    ]
