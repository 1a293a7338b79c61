"""The words of a statement about vectors, with their places; a character that has no meaning is refused with a hint."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from verify.language.explanation import MAX_LENGTH
from verify.language.lexemes import CHARACTER_HINT, CHARACTER_HINTS, NAME, NUMBER, SPELLINGS, spelled
from verify.language.names import Fault

SYNONYMS = SPELLINGS | {"‖": "||", "⟨": "<", "⟩": ">"}
RELATIONS = ("==", "!=", "<=", ">=", "<", ">")
FILLERS = ("is", "are", "a", "an")
PLAIN_CLASSES = ("convex", "quadratic", "monotone")
CLASSES = {"smooth": "smooth", "Lipschitz": "Lipschitz", "lipschitz": "Lipschitz", "PL": "PL"}
CLASSES |= {"cocoercive": "cocoercive", "strongly": "strongly"}
# Two dots before a number: in 1..5 the second dot does not begin .5.
LEXEME = re.compile(rf"{NAME}|\.\.|{NUMBER}|\|\||\*\*|[<>=!]=|[-+*/^(),<>=≤⩽≥⩾≠·⋅×÷−\[\]|._‖⟨⟩∇]")
_HINTS = CHARACTER_HINTS | {
    "'": "f'(x) is no gradient: write grad f(x); and <u, v> for a product u'v",
    "{": "write ( ) around a group, [ ] around an index",
}


class Token(NamedTuple):
    """A word; of an ``op`` the text is the one spelling that the reader knows."""

    kind: Literal["name", "number", "op", "end"]
    text: str
    start: int
    stop: int


def tokens(text: str) -> list[Token]:
    """All words of the text, and two ends.

    >>> [t.text for t in tokens("||u||^2 ≤ x[t+1]")]
    ['||', 'u', '||', '^', '2', '<=', 'x', '[', 't', '+', '1', ']', '', '']
    """
    if len(text) > MAX_LENGTH:
        raise Fault(f"the text is longer than {MAX_LENGTH} characters", "split the statement", MAX_LENGTH)
    out, position = [], 0
    while position < len(text):
        match = LEXEME.match(text, position)
        if match is None:
            c = text[position]
            if c != " ":
                shown = repr(c) if c.isprintable() else f"U+{ord(c):04X}"
                raise Fault(
                    f"the character {shown} is not part of the language", _HINTS.get(c, CHARACTER_HINT), position
                )
            position += 1
        else:
            out.append(word(match))
            position = match.end()
    if not out:
        raise Fault("there is nothing to read", "write a statement, as in ||u + v|| <= ||u|| + ||v||", 0)
    return [*out, *[Token("end", "", len(text), len(text))] * 2]  # two, for who looks one word ahead


def word(match: re.Match[str]) -> Token:
    """A match of ``LEXEME`` as a token."""
    text = match.group()
    if text == "∇":
        return Token("name", "grad", match.start(), match.end())
    first = text[0]
    number = "0" <= first <= "9" or (first == "." and len(text) > 1 and text != "..")
    kind: Literal["name", "number", "op"] = "number" if number else "name" if first.isalpha() else "op"
    shown = spelled(text) if kind == "name" else SYNONYMS.get(text, text)
    return Token(kind, shown, match.start(), match.end())


def ends_operand(token: Token | None) -> bool:
    """Whether an operator can follow: the token ends a number, a name or a bracket."""
    return token is not None and (token.kind in ("name", "number") or token.text in (")", "]"))


def is_inner(words: list[Token], i: int) -> bool:
    """Whether the ``<`` at ``i``, where a term has to begin, opens ``<u, v>``: one comma, a ``>``, no term after it.

    So ``x =< 1, y > 0`` is no inner product. Brackets inside are skipped; the work is bounded by the length.
    """
    depth, commas, norm = 0, 0, False
    for j in range(i + 1, len(words)):
        text, before = words[j].text, words[j - 1]
        if words[j].kind == "end" or depth < 0:
            return False
        if text in ("(", "[") or (text == "<" and not ends_operand(before)):
            depth += 1
        elif text in (")", "]") or (text == ">" and depth):
            depth -= 1
        elif text == "," and not depth:
            commas += 1
        elif text == "||":
            norm = not norm
        elif text in (">", ">=") and not depth:
            after = words[j + 1]
            apart = after.kind in ("name", "number") or after.text == "("
            closes = words[i - 1].text != "==" if text == ">=" else not apart
            return commas == 1 and not norm and closes
        elif text in RELATIONS and not depth:
            return False
    return False
