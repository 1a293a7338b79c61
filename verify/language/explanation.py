"""What is refused before a text is parsed, and what is said of the word at which parsing stops."""

from __future__ import annotations

import re

from verify.language import circular_laws
from verify.language.automaton import END, Token, tables
from verify.language.defined import DEFINED, LITERAL
from verify.language.lexemes import (
    CHARACTER_HINT,
    CHARACTER_HINTS,
    NAME,
    NUMBER,
    SEQUENCE_HINTS,
    SUPERSCRIPT,
    WORD_HINTS,
)
from verify.language.names import FUNCTION_NAMES, KEYWORDS, NOT_A_NUMBER, Fault, written
from verify.language.nodes import MAX_DEPTH, nearest

MAX_LENGTH = 20_000  # characters of one text

_SIGNS = "-+*/^()[],|!<>=≤⩽≥⩾≠·⋅×÷−√∞∈⇔⟺↔⇒⟹→∨∧¬"
_LEXEME = re.compile(rf"{NAME}|{NUMBER}|{SUPERSCRIPT}|\*\*|[<>=!]=|[{re.escape(_SIGNS)}]")
_FACTORIAL_OR_UNEQUAL = re.compile(r"(?<![\w.])[0-9]+!=(?!=)")
_IFF = re.compile(r"\bif +and +only +if\b", re.IGNORECASE)


def scan(text: str) -> list[Token]:
    """The words of a text; refuses what is too long, too deep or not made of such words, before any parsing."""
    if len(text) > MAX_LENGTH:
        raise Fault(f"the text is longer than {MAX_LENGTH} characters", "split the statement", MAX_LENGTH)
    found, kind_of = list[Token](), tables().kind
    position, opened = 0, list[int]()
    while position < len(text):
        c = text[position]
        match = _LEXEME.match(text, position)
        if c != " " and match is None:
            shown = repr(c) if c.isprintable() else f"U+{ord(c):04X}"
            raise Fault(
                f"the character {shown} is not part of the language", CHARACTER_HINTS.get(c, CHARACTER_HINT), position
            )
        if c in "([":
            opened.append(position)
        elif c in ")]":
            if not opened:
                kind = "parenthesis" if c == ")" else "bracket"
                raise Fault(f"a {kind} is closed that was never opened", "remove it, or open it before", position)
            opened.pop()
        if len(opened) > MAX_DEPTH:
            raise Fault(f"the nesting is deeper than {MAX_DEPTH}", "split the statement into smaller ones", position)
        if match is not None:
            found.append(Token(match[0], kind_of(match[0]), position))
        position = position + 1 if match is None else match.end()
    if not text.strip():
        raise Fault("there is nothing to read", "write a statement, as in x^2 + y^2 >= 2*x*y", 0)
    if opened:
        kind = "parenthesis" if text[opened[-1]] == "(" else "bracket"
        raise Fault(f"a {kind} is never closed", "close it", opened[-1])
    if unclear := _FACTORIAL_OR_UNEQUAL.search(text):
        number = unclear.group()[:-2]
        hint = f"write '{number} != ...' for a relation, '{number}! == ...' for a factorial"
        raise Fault(f"'{unclear.group()}' can be read in two ways", hint, unclear.start())
    return found


def explain(text: str, token: Token, position: int, start: str) -> tuple[str, str]:
    """What is wrong at an unexpected token, and what to write."""
    words = [_short(w) for w in _LEXEME.findall(text, 0, position)]
    before = words[-1] if words else ""
    if token.kind == END:
        return f"the text stops after '{before}'", "something is missing at its end"
    word = _short(token)
    begins = token.kind in ("NAME", "NUMBER", "LPAR", "LBAR", "ROOT")
    operand = before in (")", "]", "!") or (before not in KEYWORDS and before[:1].isalnum()) or before[:1] == "."
    operand = operand or (before == "|" and begins)
    if token.kind == "INFINITY":
        return f"'{word}' is not a number", NOT_A_NUMBER
    if before in ("in", "∈"):
        return f"'{word}' is no interval", "write x in [0, 1], or x in (0, oo); declare whole numbers by 'n integer'"
    if before in FUNCTION_NAMES or before in DEFINED or before in (*LITERAL, *circular_laws.FUNCTIONS):
        return f"'{before}' is a function without arguments", written(before)
    if word in KEYWORDS or token.kind in ("INTEGER", "REAL", "ADJECTIVE"):
        if token.kind in ("INTEGER", "REAL", "ADJECTIVE") and start == "statement":
            return f"'{word}' declares a variable inside a statement", "declare it in an assumption, as in 'n integer'"
        if word == "iff" and "iff" in words:
            return "'iff' is chained", "add parentheses: iff does not associate"
    elif begins and operand:
        return _no_operator(text, word, before, token.kind == "NAME")
    for sequence, hint in SEQUENCE_HINTS.items():
        if text[: position + len(token)].replace(" ", "").endswith(sequence):
            return f"'{sequence}' is not an operator here", hint
    if word == "," and start == "statement":
        return "a comma stands in a statement", "join statements by 'and'; commas separate assumptions and arguments"
    return _misplaced(word, before, operand)


def _short(word: str) -> str:
    return str(word) if len(word) <= 40 else word[:37] + "..."


def _no_operator(text: str, word: str, before: str, named: bool) -> tuple[str, str]:
    """Two operands in a row."""
    for each in (word, before):
        if each.lower() == "if" and _IFF.search(text):
            return f"'{word}' cannot follow '{before}'", "write the word 'iff'"
        if each.lower() in WORD_HINTS:
            return f"'{word}' cannot follow '{before}'", WORD_HINTS[each.lower()]
    closed = {")": "(...)", "|": "|...|", "]": "..."}
    meant = nearest(word, KEYWORDS) if named else None
    meant = meant or (nearest(before, ("not", "integer", "real")) if before not in closed else None)
    if meant:
        return f"'{word}' cannot follow '{before}'", f"did you mean '{meant}'? a product is written with *"
    left, right = closed.get(before, before), {"(": "(...)", "|": "|...|"}.get(word, word)
    return f"there is no operator between '{before}' and '{word}'", f"write {left}*{right} for a product"


def _misplaced(word: str, before: str, operand: bool) -> tuple[str, str]:
    hints = {
        "!": "factorials are read of a number, as in 5!; 'not equal' is written !=, negation 'not'",
        "[": "group with round parentheses ( ); an interval is written x in [a, b]",
        "]": "group with round parentheses ( ); an interval is written x in [a, b]",
    }
    place = f"after '{before}'" if before else "at the beginning"
    expected = "an operator or the end" if operand else "a number, a variable or a parenthesis"
    return f"'{word}' cannot stand {place}", hints.get(word, f"{expected} is expected")
