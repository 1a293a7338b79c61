"""Numbers and names as they are written, signs with several spellings, and what is said of those without a meaning."""

from __future__ import annotations

import re

_LATIN = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon"
_LETTERS = f"{_LATIN} phi chi psi omega".split()
# Without the final sigma, which is no letter of mathematics. A letter and its name are the same variable.
GREEK = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _LETTERS, strict=True))
GREEK |= {letter.upper(): name.capitalize() for letter, name in GREEK.items()}
GREEK["\N{MICRO SIGN}"] = "mu"
_GREEK = f"[{''.join(GREEK)}]"

NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
# A Greek letter is a word by itself, so that a product of two of them, or of one and x, lacks its sign.
NAME = rf"(?:[A-Za-z][A-Za-z0-9]*|{_GREEK}[0-9]*)(?:_+(?:[A-Za-z0-9]+|{_GREEK}[0-9]*))*_*"
SUPERSCRIPT = "⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+"
INFINITE = ("oo", "inf", "infinity")

SPELLINGS = {
    **{"=": "==", "≤": "<=", "⩽": "<=", "≥": ">=", "⩾": ">=", "≠": "!="},
    **{"**": "^", "·": "*", "⋅": "*", "×": "*", "÷": "/", "−": "-"},
}
_GREEK_LETTER = re.compile(_GREEK)
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")

_ON_ONE_LINE = "write it on one line"
_VARIANT = "this variant of a Greek letter can be confused with another: write its name, as in varphi"
CHARACTER_HINTS = {
    "[": "group with round parentheses ( )",
    "{": "group with round parentheses ( ); for a set write x == 0 or x == 1",
    "&": "write the word 'and'",
    "~": "write the word 'not'",
    "%": "remainders are not supported; a whole number is even or odd by an assumption, as in 'n even'",
    ".": "a decimal point stands between digits, as in 0.5; attributes are not part of the language",
    "_": "a name starts with a letter, as in rho_E",
    "\n": _ON_ONE_LINE,
    "\r": _ON_ONE_LINE,
    "\t": "separate words by spaces",
    "–": "write - for a minus",
    "±": "write one statement with + and one with -",
    "≈": "say how near: abs(x - y) <= 1/100",
    "∉": "write not (x in [a, b])",
    "ℕ": "declare it: 'n positive integer' or 'n nonnegative integer'",
    "ℤ": "declare it: 'n integer'",
    "ℝ": "declare it: 'x real'",
    "∑": "sums over a range belong to statements about vectors: sum(a[t] for t in 1..T)",
    "∀": "leave it out: a statement is about all values of its variables",
    "∃": "statements that something exists are not supported",
    "∛": "write x^(1/3), which is defined for x >= 0",
    **dict.fromkeys("'\"`", "leave quotation marks out; strings are not part of the language"),
    **dict.fromkeys("ϕϵϑϱϖς", _VARIANT),
    **dict.fromkeys("⌊⌋⌈⌉", "rounding is not supported: use a whole variable with its bounds, n <= x < n + 1"),
}
CHARACTER_HINT = "names are made of Latin or Greek letters, digits and _ in ASCII; operators are + - * / ^"
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


_QUANTIFIED = "a statement is about all values of its variables: leave it out, and assume what they satisfy"
_ASSUMED = "write 'A implies B' for 'if A then B', or make it an assumption"
WORD_HINTS = {  # words of mathematical English beside an operand; what looks like them has another meaning
    **dict.fromkeys(("for", "all", "forall", "every", "any", "each", "given", "let", "suppose"), _QUANTIFIED),
    **dict.fromkeys(("if", "then", "when", "whenever", "where", "so", "hence", "with"), _ASSUMED),
    "only": "write 'A implies B' for 'A only if B'",
    "that": "leave it out",
    "xor": "write not (A iff B)",
    **dict.fromkeys(("exists", "exist", "some"), "that something exists is not a statement here; say which"),
    "mod": CHARACTER_HINTS["%"],
    "is": "write == for equality; what a variable is is declared without it, as in 'n integer' and 'x positive'",
    "equals": "write ==",
}


def quote(text: str) -> str:
    """The text in quotation marks, cut where it is long."""
    return repr(text if len(text) <= 40 else text[:37] + "...")


def spelled(name: str) -> str:
    """A name in ASCII, its Greek letters by their names.

    >>> spelled("σ_1"), spelled("x_α"), spelled("Σ")
    ('sigma_1', 'x_alpha', 'Sigma')
    """
    return name if name.isascii() else _GREEK_LETTER.sub(lambda letter: GREEK[letter.group()], name)


def raised(superscript: str) -> int:
    """The exponent that is written above the line.

    >>> raised("⁻¹²")
    -12
    """
    return int(superscript.translate(_RAISED))
