"""A statement about matrices read back: whether the polynomials in it are those of the certificate.

Coq compares what is printed with what was computed; but both come from one reading of the certificate. So the text is
parsed here, by a reader that shares nothing with the printer, and the values of its right side, and of what each
derivation starts from, are compared with those of the certificate as it stands. The letters get matrices of whole
numbers drawn from many, so that two polynomials that differ have the same value at none but a few draws (Schwartz 1980;
Zippel 1979); where they agree nothing is refused. Between the starts and the right side stand the steps, which
Coq proves one after the other.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from .rational_matrices import (
    OPERATIONS,
    Diagonal,
    Rows,
    Unread,
    Value,
    added,
    drawn,
    equal,
    plus,
    scaled,
    shaped,
    times,
    transposed,
)

LARGEST = 10**6  # of the numbers that are drawn: a degree of 50 makes one miss in 20,000
TOKEN = re.compile(r"\s*(:=|=>|/\\|->|<>|<=|[()+\-*/^=~,:.%]|[A-Za-z_][A-Za-z0-9_']*|[0-9]+)")


def says(text: str, certificate: Mapping[str, Any]) -> bool:
    """Whether a theorem's right side and the starts of its derivations are the certificate's."""
    statement = text[text.index("\nTheorem ") : text.index("\nProof.")]
    try:
        model = Model(certificate, statement)
        starts = [d["start"] for d in certificate["derivations"]]
        pieces = re.split(r"\(\*.*?\*\)", statement, flags=re.S)[1:]
        if len(pieces) != len(starts):
            return False
        for start, piece in zip(starts, pieces, strict=True):
            if set(start) == {"poly"} and not equal(model.text(_start(piece)), model.certified(start["poly"])):
                return False
        return model.right_side(_last(pieces[-1] if pieces else statement), certificate["rhs"])
    except (Unread, KeyError, IndexError, ZeroDivisionError, TypeError, ValueError):  # of a text of another form
        return False


def _start(piece: str) -> str:
    """The value of the first name that is defined behind a title."""
    found = re.match(r"\s*let f[0-9]+ := (?:fun [^>]*=> )?(.*?) in\s", piece + " ", re.S)
    if found is None:
        raise Unread("a derivation starts with a definition")
    return found[1]


def _last(piece: str) -> str:
    """The equation at the end, behind all definitions and all that exists."""
    flat = " ".join(piece.split()).removesuffix(".")
    return re.split(r" in | /\\ | -> ", flat)[-1]


class Model:
    """Matrices and numbers for the names of a certificate, and for those that stand for them in Coq's text."""

    def __init__(self, certificate: Mapping[str, Any], statement: str) -> None:
        draw = random.Random(0)
        letters: Mapping[str, Any] = certificate["letters"]
        sides = sorted({side for row in letters.values() for side in row[:2]} - {"1"})
        self.sizes = {"1": 1} | {side: k for k, side in enumerate(sides, start=2)}
        self.names: dict[str, str] = {}
        flat = " ".join(statement.split())
        groups = re.findall(r"(?:\(|fun |forall )([\w' ]+) : (?:nat|R|mat)\b", flat)
        bound = {name for group in groups for name in group.split()}
        for name in (*sides, *sorted(_symbols(certificate) - set(sides)), *letters):
            spelled = re.sub(r"[^A-Za-z0-9_]", "_", name)
            while spelled not in bound and len(spelled) < len(name) + 3:  # some names are Coq's own
                spelled += "_"
            if spelled in self.names.values():
                raise Unread(f"{spelled} stands for two")
            self.names[name] = spelled
        self.symbols = {name: Fraction(self.sizes[name]) for name in sides}
        for name in sorted(_symbols(certificate) - set(sides)):
            self.symbols[name] = Fraction(draw.randint(2, LARGEST))
        self.matrices: dict[str, Rows] = {}
        for name, (rows, cols, symmetric) in letters.items():
            found = drawn(draw, self.sizes[rows], self.sizes[cols], LARGEST)
            self.matrices[name] = plus(found, transposed(found)) if symmetric else found

    def certified(self, poly: Mapping[str, Any]) -> Value:
        """The value of a polynomial of the certificate."""
        shape = self.sizes[poly["rows"]], self.sizes[poly["cols"]]
        total: Value = Diagonal(Fraction(0))
        for coefficient, traces, word in poly["terms"]:
            factor = sum((self._monomial(m) for m in coefficient), Fraction(0))
            for loop in traces:
                value = self._word(loop)
                factor *= sum((value[i][i] for i in range(len(value))), Fraction(0))
            one: Value = Diagonal(Fraction(1)) if not word else self._word(word)
            total = added(total, scaled(factor, one))
        return shaped(total, shape)

    def _monomial(self, m: Sequence[Any]) -> Fraction:
        number, powers = Fraction(m[0]), m[1]
        for name, k in powers.items():
            number *= self.symbols[name] ** k
        return number

    def _word(self, word: Sequence[str]) -> Rows:
        parts = [transposed(self.matrices[t[:-1]]) if t.endswith("'") else self.matrices[t] for t in word]
        out = parts[0]
        for part in parts[1:]:
            out = times(out, part)
        return out

    def text(self, text: str) -> Value:
        """The value of a term in Coq."""
        scope: dict[str, Value] = {"mid": Diagonal(Fraction(1)), "mzero": Diagonal(Fraction(0))}
        for name, coq in self.names.items():
            scope[coq] = self.matrices.get(name, self.symbols.get(name))
        return Term(text, scope).whole()

    def right_side(self, equation: str, poly: Mapping[str, Any]) -> bool:
        """Whether the right side of the equation is a polynomial, or that times one of the columns."""
        flat = re.sub(r"^forall [^:]*: mat, ", "", equation)
        value = self.certified(poly)
        columns = [m for m in self.matrices.values() if len(m[0]) == 1 and len(m) == len(value[0])]
        sides = [value, *(times(value, v) for v in columns)]
        if not flat.startswith("meq "):
            _, sign, right = flat.partition(" = ")
            if not sign:
                raise Unread("no equation")
            return any(equal(self.text(right), one) for one in sides if (len(one), len(one[0])) == (1, 1))
        rows, cols, _, right = Term(flat.removeprefix("meq "), {}).atoms(4)
        shape = self.text(rows), self.text(cols)
        return any(equal(self.text(right), one) for one in sides if (len(one), len(one[0])) == shape)


class Term:
    """A term of Coq in the operations of ``library/Matrices.v``, valued while it is read."""

    def __init__(self, text: str, scope: Mapping[str, Value]) -> None:
        self.tokens: list[str] = []
        at = 0
        while at < len(text.rstrip()):
            found = TOKEN.match(text, at)
            if found is None:
                raise Unread(text[at : at + 20])
            self.tokens.append(found[1])
            at = found.end()
        self.scope, self.at = scope, 0

    def whole(self) -> Value:
        value = self._sum()
        if self.at != len(self.tokens):
            raise Unread("something after the end")
        return value

    def atoms(self, count: int) -> list[str]:
        """The texts of so many arguments, which follow one another here up to the end."""
        out: list[str] = []
        while self.at < len(self.tokens):
            start, depth = self.at, 0
            while True:
                depth += {"(": 1, ")": -1}.get(self._next(), 0)
                if depth == 0:
                    break
            out.append(" ".join(self.tokens[start : self.at]))
        if len(out) != count:
            raise Unread(f"{count} arguments are expected")
        return out

    def _peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _next(self) -> str:
        if self.at >= len(self.tokens):
            raise Unread("the text ends too early")
        self.at += 1
        return self.tokens[self.at - 1]

    def _sum(self) -> Value:
        value = self._product()
        while self._peek() in ("+", "-"):
            sign = 1 if self._next() == "+" else -1
            value = value + sign * self._product()
        return value

    def _product(self) -> Value:
        value = self._unary()
        while self._peek() in ("*", "/"):
            value = value * self._unary() if self._next() == "*" else value / self._unary()
        return value

    def _unary(self) -> Value:
        if self._peek() in ("-", "/"):
            return -self._unary() if self._next() == "-" else 1 / self._unary()
        value = self._applied()
        if self._peek() == "^":
            self._next()
            value = value ** int(self._next())
        return value

    def _applied(self) -> Value:
        name = self._peek()
        if name not in OPERATIONS:
            return self._atom()
        self._next()
        count, operation = OPERATIONS[name]
        return operation(*(self._atom() for _ in range(count)))

    def _atom(self) -> Value:
        token = self._next()
        if token == "(":
            value = self._sum()
            if self._next() != ")":
                raise Unread("a parenthesis is not closed")
            return value
        return Fraction(token) if token.isdigit() else self.scope[token]


def _symbols(data: Any) -> set[str]:
    """The symbols of all coefficients: those with powers."""
    found: set[str] = set()
    todo = [data]
    for x in todo:
        if isinstance(x, Mapping):
            todo.extend(x.values())
        elif isinstance(x, list):
            powers = x[1] if len(x) == 2 and isinstance(x[0], str) and isinstance(x[1], Mapping) else {}
            if all(isinstance(k, int) for k in powers.values()):
                found |= set(powers)
            todo.extend(x)
    return found
