"""Numbers and names as they are written, and what is said at a character or a sequence that has no meaning."""

from __future__ import annotations

NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
NAME = r"[A-Za-z][A-Za-z0-9_]*"

_ON_ONE_LINE = "write it on one line"
CHARACTER_HINTS = {
    "[": "group with round parentheses ( )",
    "{": "group with round parentheses ( )",
    "|": "write abs(x) for an absolute value, the word 'or' between statements",
    "&": "write the word 'and'",
    "~": "write the word 'not'",
    "!": "'not equal' is written !=, negation 'not'; factorials are not supported",
    "%": "remainders are not supported",
    ".": "a decimal point stands between digits, as in 0.5; attributes are not part of the language",
    "_": "a name starts with a letter, as in rho_E",
    "\n": _ON_ONE_LINE,
    "\r": _ON_ONE_LINE,
    "\t": "separate words by spaces",
} | dict.fromkeys("'\"`", "leave quotation marks out; strings are not part of the language")
SEQUENCE_HINTS = {  # longest first
    "<=>": "write the word 'iff'",
    "<->": "write the word 'iff'",
    "===": "write ==",
    "!==": "write !=",
    "=<": "write <=",
    "=>": "write >= for a relation, the word 'implies' between statements",
    "->": "write the word 'implies'",
    "<>": "write !=",
}


def quote(text: str) -> str:
    """The text in quotation marks, cut where it is long."""
    return repr(text if len(text) <= 40 else text[:37] + "...")
