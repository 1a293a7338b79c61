"""Products, sums, fractions and brackets made of texts that are LaTeX already."""

from __future__ import annotations

import re

_WORD = r"\mathrm{"
_CONTROL_WORD = re.compile(r"\\[A-Za-z]+$")


def juxtapose(parts: list[str]) -> str:
    """The parts of a product side by side, with a space where TeX or a word needs one and a dot between numbers."""
    out, word = "", False
    for part in parts:
        after_word, word = word, part.startswith(_WORD)
        if out and part[:1].isdigit():
            out += r" \cdot "
        elif out and (word or after_word):
            out += r"\,"
        elif _CONTROL_WORD.search(out) and part[:1].isalpha():
            out += " "
        out += part
    return out


def delimited(text: str) -> str:
    """The text in brackets of a fitting size."""
    if r"\frac" in text or r"\sqrt" in text:
        return rf"\left({text}\right)"
    if "[" in text:
        return rf"\Bigl({text}\Bigr)"
    return rf"\bigl[{text}\bigr]" if "(" in text else f"({text})"


def fraction(above: str, below: str) -> str:
    return rf"\frac{{{above}}}{{{below}}}"


def joined(terms: list[tuple[bool, str]]) -> str:
    """A sum, from (negative, text without its sign) pairs."""
    return "".join(("-" if minus else "+" if i else "") + text for i, (minus, text) in enumerate(terms))
