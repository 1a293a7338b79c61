"""A position in the words of one text, and what is wrong with the word that stands there."""

from __future__ import annotations

from verify.language.lexemes import SEQUENCE_HINTS
from verify.language.names import Fault, check_name
from verify.spaces.reading.tokens import RELATIONS, Token, ends_operand, tokens

RESERVED = {
    "E": "write E[X] for the expectation, or give the variable another name",
    "Var": "write Var[X] for the variance, or give the variable another name",
    "sum": "write sum(a[t] for t in 1..T), or give the variable another name",
    "grad": "write grad f(x) for the gradient of f at x",
    "for": "an index runs as in: for t in 0..T-1",
    "in": "an index runs as in: for t in 0..T-1",
}
_CONNECTIVES = ("and", "or", "not", "implies", "iff")
_ONE_CHAIN = "one chain of relations is read here: put premises into assumptions, and show each part by itself"


class WordReader:
    """The words of a text; what is read moves the position on. Raises ``Fault`` with the place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = tokens(text)
        self.i = 0

    @property
    def word(self) -> Token:
        return self.words[self.i]

    def sees(self, *texts: str, ahead: int = 0) -> bool:
        """Whether one of these signs or words stands here, or some words further on."""
        i = self.i + ahead
        return i < len(self.words) and self.words[i].text in texts and self.words[i].kind != "number"

    def take(self) -> Token:
        self.i += 1
        return self.words[self.i - 1]

    def expect(self, text: str, opened: Token | None = None) -> Token:
        """The next word, which has to be this one; ``opened`` is what it closes."""
        if self.sees(text):
            return self.take()
        if text == ">" and self.sees(">="):
            w, after = self.word, self.words[self.i + 1]
            if after.text != "==" or after.start != w.stop or after.stop != w.stop + 1:
                hint = "write <u, v> >= c or <u, v> == c"
                raise Fault("'>=' after an inner product can be read in two ways", hint, w.start)
            self.words[self.i : self.i + 2] = [Token("op", "==", w.start + 1, after.stop)]  # <u, v>==c
            return Token("op", ">", w.start, w.start + 1)
        if opened is not None and (self.word.kind == "end" or self.sees(*RELATIONS, ")", "]", ",")):
            if opened.text == "<" and self.text[: opened.start].endswith("="):
                raise Fault("'=<' is not an operator here", SEQUENCE_HINTS["=<"], opened.start)
            if opened.text == "<":
                raise Fault("'<' stands where a term begins", "an inner product is written <u, v>", opened.start)
            raise Fault(f"the '{opened.text}' is never closed", f"close it by {text}", opened.start)
        raise self.unexpected(f"'{text}' is expected")

    def unexpected(self, wanted: str = "") -> Fault:
        """What is wrong with the word that stands here."""
        w, before = self.word, self.words[self.i - 1] if self.i else None
        shown = "" if before is None else self.text[before.start : before.stop]
        if w.kind == "end":
            return Fault(f"the text stops after '{shown}'", "something is missing at its end", w.start)
        said = self.text[w.start : w.stop]
        if w.text in _CONNECTIVES:
            return Fault(f"'{said}' joins statements", _ONE_CHAIN, w.start)
        if before is not None and before.text == "^" and w.text in ("*", ")", "]", "||", ",", "+", *RELATIONS):
            return Fault("an exponent is missing", "name a point by letters, as in xs for x*", w.start)
        for sequence, hint in SEQUENCE_HINTS.items():
            if self.text[: w.stop].replace(" ", "").endswith(sequence):
                return Fault(f"'{sequence}' is not an operator here", hint, w.start)
        operand = ends_operand(before) or (before is not None and before.text == "||")
        if operand and (w.kind in ("name", "number") or w.text in ("(", "||")):
            hint = "a product is written with *, an inner product <u, v> or u . v"
            return Fault(f"there is no operator between '{shown}' and '{said}'", hint, w.start)
        if w.text == "|":
            hint = "write abs(x) for an absolute value, ||x|| for a norm, E[g | w] for a condition"
            return Fault("a single '|' stands here", hint, w.start)
        if w.text == "[":
            return Fault("'[' stands here", "[ ] is an index of a family, as in x[t+1]; group with ( )", w.start)
        place = f"after '{shown}'" if before else "at the beginning"
        expected = "an operator or the end" if operand else "a number, a name or a bracket"
        return Fault(f"'{said}' cannot stand {place}", f"{wanted or expected + ' is expected'}", w.start)

    def name(self) -> Token:
        """A name that a variable, an index or a function can have."""
        if self.word.kind != "name":
            raise self.unexpected("a name is expected")
        w = self.take()
        if w.text in RESERVED or w.text.startswith("E_"):
            raise Fault(f"'{w.text}' cannot be a variable here", RESERVED[w.text.partition("_")[0]], w.start)
        check_name(w.text, w.start)
        return w
