"""A statement of Coq read back: whether what is printed is what the kernel accepted.

That Coq accepts a proof says nothing about whether its statement is the one that was meant. So the text of every
statement is parsed, by a reader that shares nothing with the printer, and what it says is compared with the theorem.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from verify.coq.reals.replay import Theorem
from verify.kernel.reals.terms import TRUE, Formula, Term

TOKEN = re.compile(r"\s*(<->|->|/\\|\\/|=>|<>|<=|>=|[()+\-*/^<>=~,:.]|[A-Za-z_][A-Za-z0-9_']*|[0-9]+)")
FUNCTIONS = {"exp": "exp", "ln": "log", "sqrt": "sqrt", "Rabs": "abs"}
RELATIONS = {"=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class Unread(Exception):
    """A text that is no statement of ours."""


class Reader:
    """A statement, token by token; every operation stands in parentheses."""

    pattern = TOKEN

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        at = 0
        text = text.rstrip()
        while at < len(text):
            found = self.pattern.match(text, at)
            if found is None:
                raise Unread(text[at : at + 20])
            self.tokens.append(found[1])
            at = found.end()
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def next(self, wanted: str | None = None) -> str:
        token = self.peek()
        if not token or (wanted is not None and token != wanted):
            raise Unread(f"{wanted or 'something'} is expected, not {token or 'the end'}")
        self.at += 1
        return token

    def value(self) -> Any:
        """A term, a formula, or a function ``fun x => term``, in parentheses or atomic."""
        token = self.next()
        if token.isdigit():
            return int(token)
        if token != "(":
            if token in ("True", "False"):
                return ("and",) if token == "True" else ("or",)
            if not re.match(r"[A-Za-z_]", token):
                raise Unread(f"{token} is no beginning")
            return token
        found = self.inside()
        self.next(")")
        return found

    def inside(self) -> Any:
        """What stands in one pair of parentheses."""
        if self.peek() == "-":  # a negative literal
            self.next()
            return -int(self.next())
        if self.peek() == "/":
            self.next()
            return ("/", 1, self.value()) if self.peek() != "(" else self._reciprocal()
        if self.peek() == "~":
            self.next()
            return ("not", self.value())
        if self.peek() == "fun":
            self.next()
            name = self.next()
            self.next("=>")
            return ("fun", name, self.value())
        if self.peek() in (*FUNCTIONS, "Ropp"):
            name = self.next()
            return ("-" if name == "Ropp" else FUNCTIONS[name], self.value())
        if self.peek() in ("Rmin", "Rmax", "pw", "limit_oo", "limit_0"):
            name = self.next()
            return self._applied(name, self.value(), self.value())
        return self._chain(self.value())

    def _reciprocal(self) -> Term:
        inner = self.value()
        if not (isinstance(inner, tuple) and inner[0] == "^" and isinstance(inner[2], int) and inner[2] > 0):
            raise Unread("an inverse of something that is no power")
        return ("^", inner[1], -inner[2])

    def _applied(self, name: str, first: Any, second: Any) -> Any:
        if name == "pw":
            return ("^", first, second)
        if name in ("Rmin", "Rmax"):
            op = name[1:]
            return (op, first, *(second[1:] if isinstance(second, tuple) and second[0] == op else (second,)))
        if not (isinstance(first, tuple) and first[0] == "fun"):
            raise Unread("a limit of something that is no function")
        return ("limit", first[2], first[1], "oo" if name == "limit_oo" else "0+", second)

    def _chain(self, first: Any) -> Any:
        """Operands with one operation between them; sums have + and - between theirs."""
        op = self.peek()
        if op in RELATIONS:
            self.next()
            return (RELATIONS[op], first, self.value())
        if op in ("->", "<->"):
            self.next()
            return ("implies" if op == "->" else "iff", first, self.value())
        if op == "^":
            self.next()
            return ("^", first, int(self.next()))
        parts = [first]
        among = {"/\\": ("/\\",), "\\/": ("\\/",), "+": ("+", "-"), "-": ("+", "-"), "*": ("*",), "/": ("/",)}.get(
            op, ()
        )
        while self.peek() in among:
            sign = self.next()
            part = self.value()
            parts.append(("-", part) if sign == "-" else part)
        if len(parts) == 1:
            return first
        name = {"/\\": "and", "\\/": "or", "-": "+"}.get(op, op)
        if name == "/":
            return _quotient(parts)
        return (name, *parts)


def _quotient(parts: list[Any]) -> Any:
    """A quotient of two; of literals it is a number."""
    if len(parts) != 2:
        raise Unread("a quotient of more than two")
    a, b = parts
    if isinstance(a, int) and isinstance(b, int) and b > 1 and Fraction(a, b).denominator == b:
        return Fraction(a, b)
    return ("/", a, b)


def statement(text: str) -> tuple[list[str], list[str], list[Formula], Formula]:
    """Variables, those that are whole, premises and conclusion of ``Theorem name : forall ..., premises -> goal.``"""
    reader = Reader(text.partition("\nProof.")[0])
    reader.next("Theorem")
    reader.next()
    reader.next(":")
    variables, whole, formulas = list[str](), list[str](), list[Formula]()
    if reader.peek() == "forall":
        reader.next()
        while reader.peek() != ":":
            variables.append(reader.next())
        reader.next(":")
        reader.next("R")
        reader.next(",")
    while True:
        if reader.peek() == "is_int":
            reader.next()
            whole.append(reader.next())
            reader.next("->")
            continue
        formulas.append(reader.value())
        if reader.peek() != "->":
            break
        reader.next()
    reader.next(".")
    if reader.peek():
        raise Unread("something after the statement")
    return variables, whole, formulas[:-1], formulas[-1]


def same_statement(text: str, theorem: Theorem) -> bool:
    """Whether a text in Coq states a theorem as the kernel read it, up to the spelling of names.

    The names are compared by their order: variables are quantified in the order in which they are declared.
    """
    try:
        variables, whole, premises, conclusion = statement(text)
    except (Unread, ValueError):
        return False
    bound = [x for x in theorem.kinds if not (theorem.of_a_limit and x in {*theorem.defined, theorem.conclusion[2]})]
    if len(bound) != len(variables) or len(set(variables)) != len(variables):
        return False
    back = dict(zip(variables, bound, strict=True))
    if [back.get(x) for x in whole] != [x for x in bound if theorem.kinds[x] == "integer"]:
        return False
    wanted = [f for f in theorem.premises if f != TRUE]
    return [_named(f, back) for f in premises] == [_plain(f) for f in wanted] and _named(conclusion, back) == _plain(
        theorem.conclusion
    )


def _named(x: Any, back: dict[str, str]) -> Any:
    """With the kernel's names; a name that is not quantified is none of them, but for the one that a limit binds."""
    if isinstance(x, tuple) and x[0] == "limit":
        bound = {**back, x[2]: "the limit variable"}
        return ("limit", _named(x[1], bound), "the limit variable", x[3], _named(x[4], back))
    if isinstance(x, tuple):
        return (x[0], *(_named(a, back) for a in x[1:]))
    return back.get(x, f"{x}, which is not quantified") if isinstance(x, str) else x


def _plain(x: Any) -> Any:
    """The kernel's own, in the form in which it is read back: one way for limits, numbers and one-argument min."""
    if isinstance(x, tuple) and x[0] == "limit":
        _, t, name, point, value = x
        return ("limit", _plain(_renamed(t, name)), "the limit variable", point, _plain(value))
    if not isinstance(x, tuple):
        return x
    if x[0] in ("min", "max"):  # R is associative to the right, and min of one number is that number
        *first, last = (_plain(a) for a in x[1:])
        rest = last[1:] if isinstance(last, tuple) and last[0] == x[0] else (last,)
        return (x[0], *first, *rest) if first else last
    return (x[0], *(_plain(a) for a in x[1:]))


def _renamed(x: Any, name: str) -> Any:
    if isinstance(x, tuple):
        return (x[0], *(_renamed(a, name) for a in x[1:]))
    return "the limit variable" if x == name else x
