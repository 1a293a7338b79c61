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

from .certified import laws, replacing, symbols
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
        head = " ".join(re.split(r"\(\*", statement, maxsplit=1)[0].split())
        given = re.split(r" ->(?: |$)", head[head.index(", ") + 2 :] if "forall " in head else "")
        if len(pieces) != len(starts) or not all(model.given(h) for h in given if h):
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
        self.data = certificate
        letters: Mapping[str, Any] = certificate["letters"]
        sides = sorted({side for row in letters.values() for side in row[:2]} - {"1"})
        self.sizes = {"1": 1} | {side: k for k, side in enumerate(sides, start=2)}
        self.names: dict[str, str] = {}
        flat = " ".join(statement.split())
        groups = re.findall(r"(?:\(|fun |forall )([\w' ]+) : (?:nat|R|mat)\b", flat)
        bound = {name for group in groups for name in group.split()}
        for name in (*sides, *sorted(symbols(certificate) - set(sides)), *letters):
            spelled = re.sub(r"[^A-Za-z0-9_]", "_", name)
            while spelled not in bound and len(spelled) < len(name) + 3:  # some names are Coq's own
                spelled += "_"
            if spelled in self.names.values():
                raise Unread(f"{spelled} stands for two")
            self.names[name] = spelled
        self.symbols = {name: Fraction(self.sizes[name]) for name in sides}
        for name in sorted(symbols(certificate) - set(sides)):
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

    def given(self, hypothesis: str) -> bool:
        """Whether a hypothesis is one that the certificate has: a dimension, a symmetry, an inverse, a law."""
        if found := re.fullmatch(r"\(1 <= (\w+)\)%nat", hypothesis):
            return any(self.names.get(side) == found[1] for side in self.sizes)
        if found := re.fullmatch(r"(\w+) <> 0", hypothesis):
            return any(self.names[name] == found[1] for name in self.symbols)
        kind, *arguments = Term(hypothesis, {}).atoms()
        rows = {self.names[name]: name for name in self.matrices}
        if kind == "symmetric":
            side, letter = arguments
            first, _, symmetric = self.data["letters"][rows[letter]]
            return bool(symmetric and self.text(side) == self.sizes[first])
        if kind == "inverse":
            _, matrix, letter = arguments
            return equal(self.text(matrix), self.certified(self.data["inverses"][rows[letter]]["poly"]))
        if kind == "moments":
            return any(self._law(arguments, *law) for law in laws(self.data))
        if kind == "meq":
            letter, value = rows[arguments[2]], self.text(arguments[3])
            first, second, _ = self.data["letters"][letter]
            shape = self.sizes[first], self.sizes[second]
            return any(shaped(value, shape) == self.certified(p) for p in replacing(self.data, letter))
        return kind in ("tasks", "square")  # averages over tasks, of which Matrices.v says what is taken for granted

    def _law(self, arguments: Sequence[str], letter: str, law: Mapping[str, Any]) -> bool:
        """Whether moments are those of a law: up to order 2 those of any, else Gaussian ones."""
        order, *sides, row, col, scale, mean = arguments
        shape = [self.sizes[side] for side in self.data["letters"][letter][:2]]
        factors = [Diagonal(Fraction(1)) if not law[side] else self._word(law[side]) for side in ("row", "col")]
        return (
            mean.rstrip("_'") == f"E_{self.names[letter]}".rstrip("_'")
            and [self.text(side) for side in sides] == shape
            and (law["gaussian"] or int(order) <= 2)
            and [self.text(row), self.text(col)] == factors
            and self.text(scale) == sum((self._monomial(m) for m in law["scale"]), Fraction(0))
        )

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
        rows, cols, _, right = Term(flat.removeprefix("meq "), {}).atoms()
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

    def atoms(self) -> list[str]:
        """The texts of the arguments that follow one another here, up to the end."""
        out: list[str] = []
        while self.at < len(self.tokens):
            start, depth = self.at, 0
            while True:
                depth += {"(": 1, ")": -1}.get(self._next(), 0)
                if depth == 0:
                    break
            out.append(" ".join(self.tokens[start : self.at]))
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
