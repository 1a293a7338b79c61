"""A statement about vectors in Coq read back: whether what is printed is what the kernel accepted.

The reader shares nothing with the printer. What is a vector follows from the form and from the types of the variables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.coq.reals import reading
from verify.coq.reals.reading import RELATIONS, Unread
from verify.kernel.reals.terms import Formula
from verify.kernel.spaces.sorts import Sort

TOKEN = re.compile(r"\s*(\[[+*-]\]|<->|->|/\\|\\/|=>|<>|<=|>=|[()+\-*/^<>=~,:.]|[A-Za-z_][A-Za-z0-9_']*|[0-9]+)")
TYPES = {
    ("R",): "real", ("V",): "vector", ("R", "R"): "reals", ("R", "V"): "vectors", ("V", "V"): "operator",
    ("P", "R"): "real", ("P", "V"): "vector", ("R", "P", "R"): "reals", ("R", "P", "V"): "vectors",
}  # fmt: skip
VECTORS = ("v+", "v-", "scale", "zero", "apply", "Ev", "vat", "vsum", "vector")
PLAIN = {"v+": "+", "v-": "-", "Ev": "E", "vat": "at", "vsum": "sum"}


class Reader(reading.Reader):
    """A statement, token by token; ``types``: of the variables; ``bound``: what is bound, the innermost last."""

    pattern = TOKEN

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.types: dict[str, tuple[str, ...]] = {}
        self.bound: list[tuple[str, str]] = []
        self.outcomes: list[str] = []

    def named(self, x: Any) -> Any:
        """A name as what it stands for: a vector is marked, what is bound is counted from inside."""
        if not isinstance(x, str):
            return x
        for n, (name, kind) in enumerate(reversed(self.bound)):
            if name == x:
                return ("vector", f"#{n}") if kind == "V" else f"#{n}"
        found = self.types.get(x)
        if found == ("V",):
            return ("vector", x)
        if found != ("R",):
            raise Unread(f"{x} stands for no number or vector")
        return x

    def value(self) -> Any:
        if self.peek() == "vzero":
            self.next()
            return ("zero",)
        return self.named(super().value())

    def inside(self) -> Any:
        token = self.peek()
        if token in ("inner", "norm", "vopp"):
            self.next()
            args = [self.vector() for _ in range(2 if token == "inner" else 1)]
            return ("v-" if token == "vopp" else token, *args)
        if token in ("E", "Ev"):
            self.next()
            self.next("P")
            level = int(self.next())
            body = self.function()
            self.outcome()
            return (token, level, body)
        if token in ("sums", "vsums"):
            self.next()
            low, high = self.value(), self.value()
            body = self.under("R", ("(", "fun"), "=>", ")")
            if is_vector(body) != (token == "vsums"):
                raise Unread("a sum of another sort")
            return (token[:-1], low, high, body)
        if token == "forall":
            return self.quantified()
        if token in self.types and len(self.types[token]) > 1:
            return self.member()
        return super().inside()

    def function(self) -> Any:
        """What is said of every outcome."""
        self.next("(")
        self.next("fun")
        self.outcomes.append(self.next())
        self.next("=>")
        body = self.value()
        self.next(")")
        self.outcomes.pop()
        return body

    def outcome(self) -> None:
        """The innermost outcome."""
        if not self.outcomes or self.next() != self.outcomes[-1]:
            raise Unread("an outcome is expected")

    def under(self, kind: str, before: tuple[str, ...], after: str, end: str = "") -> Any:
        """What stands under a binder of a name."""
        for token in before:
            self.next(token)
        self.bound.append((self.next(), kind))
        self.next(after)
        body = self.value()
        self.bound.pop()
        if end:
            self.next(end)
        return body

    def quantified(self) -> Any:
        """For all integers of a range, or for every vector."""
        self.next("forall")
        name = self.next()
        self.next(":")
        kind = self.next()
        self.next(",")
        if kind == "V":
            self.bound.append((name, "V"))
            body = self.value()
            self.bound.pop()
            return ("every", body)
        if kind != "R":
            raise Unread("not quantified over numbers or vectors")
        for token in ("is_int", name, "->", "("):
            self.next(token)
        low = self.value()
        for token in ("<=", name, ")", "->", "(", name, "<="):
            self.next(token)
        high = self.value()
        for token in (")", "->"):
            self.next(token)
        self.bound.append((name, "R"))
        body = self.value()
        self.bound.pop()
        return ("all", low, high, body)

    def member(self) -> Any:
        """A variable that is a function, applied to its arguments."""
        name = self.next()
        *arguments, value = self.types[name]
        if arguments == ["V"]:
            return ("apply", name, self.vector())
        index = self.value() if arguments[0] == "R" else None
        if arguments[-1] == "P":
            self.outcome()
        if index is not None:
            return ("vat" if value == "V" else "at", name, index)
        return ("vector", name) if value == "V" else ("number", name)

    def vector(self) -> Any:
        found = self.value()
        if not is_vector(found):
            raise Unread("a vector is expected")
        return found

    def _chain(self, first: Any) -> Any:
        op = self.peek()
        if op in ("[+]", "[-]"):
            parts = [first]
            while self.peek() in ("[+]", "[-]"):
                sign = self.next()
                parts.append(("v-", self.vector()) if sign == "[-]" else self.vector())
            return ("v+", *parts)
        if op == "[*]":
            self.next()
            return ("scale", first, self.vector())
        if op in RELATIONS and is_vector(first):
            self.next("=")
            return ("same", first, self.vector())
        return super()._chain(first)


def is_vector(x: Any) -> bool:
    """Whether what was read is a vector."""
    return isinstance(x, tuple) and bool(x) and x[0] in VECTORS


def same_statement(text: str, sorts: Mapping[str, Sort], facts: list[Formula], goal: Formula) -> bool:
    """Whether a text in Coq states this, up to the spelling of names, which are compared by their order."""
    try:
        reader = Reader(text.partition("\nProof.")[0])
        random = any(sort.level for sort in sorts.values())
        variables = binders(reader, random)
        back = dict(zip(variables, sorts, strict=True))
        for x in variables:
            condition(reader, x, sorts[back[x]])
        found = [premise(reader, back) for _ in facts]
        conclusion, _ = sentence(reader, back)
        reader.next(".")
    except (Unread, ValueError, KeyError, IndexError, TypeError):
        return False
    kinds = [TYPES[reader.types[x]] for x in variables]
    wanted = ["real" if sort.kind == "integer" else sort.kind for sort in sorts.values()]
    levels = [("P" in reader.types[x]) == (sort.level > 0) for x, sort in zip(variables, sorts.values(), strict=True)]
    return (
        not reader.peek()
        and kinds == wanted
        and all(levels)
        and found == [plain(f) for f in facts]
        and conclusion == plain(goal)
    )


def binders(reader: Reader, random: bool) -> list[str]:
    """``Theorem name : forall (V : space) (P : chance V) (x : type) ...,``, with ``P`` where something is random."""
    for token in ("Theorem", None, ":", "forall", "(", "V", ":", "space", ")"):
        reader.next(token)
    if random:
        for token in ("(", "P", ":", "chance", "V", ")"):
            reader.next(token)
    variables: list[str] = []
    while reader.peek() == "(":
        reader.next()
        name = reader.next()
        reader.next(":")
        type_ = [reader.next()]
        while reader.peek() == "->":
            reader.next()
            type_.append(reader.next())
        reader.next(")")
        if name in ("V", "P", "R") or name in reader.types:
            raise Unread(f"{name} is bound twice")
        reader.types[name] = tuple(type_)
        variables.append(name)
    reader.next(",")
    return variables


def condition(reader: Reader, x: str, sort: Sort) -> None:
    """What is said of a variable beside its type: that it is an integer, an operator, or known at a stage."""
    wanted: tuple[str, ...] = ()
    if sort.kind == "integer":
        wanted = ("is_int", x, "->")
    elif sort.kind == "operator":
        wanted = ("self_adjoint", x, "->")
    elif sort.level > 0:
        of = "knownv" if sort.kind in ("vector", "vectors") else "known"
        wanted = (of, "P", str(sort.level), x, "->")
        if sort.kind in ("reals", "vectors"):
            t = "t_"
            quantified = ("(", "forall", t, ":", "R", ",", "is_int", t, "->")
            wanted = (*quantified, of, "P", str(sort.level), "(", x, t, ")", ")", "->")
    for token in wanted:
        reader.next(token)


def premise(reader: Reader, back: Mapping[str, str]) -> Formula:
    """A formula and an arrow."""
    found, _ = sentence(reader, back)
    reader.next("->")
    return found


def sentence(reader: Reader, back: Mapping[str, str]) -> tuple[Formula, bool]:
    """A formula, or one that holds almost surely, in the kernel's form."""
    if reader.peek() == "almost":
        reader.next()
        reader.next("P")
        return kernel(reader.function(), back), True
    return kernel(reader.value(), back), False


def kernel(x: Any, back: Mapping[str, str]) -> Any:
    """What was read, with the kernel's operations and names."""
    if isinstance(x, tuple) and x[0] in ("vector", "number"):
        return kernel(x[1], back)
    if isinstance(x, tuple):
        return (PLAIN.get(x[0], x[0]), *(kernel(a, back) for a in x[1:]))
    if isinstance(x, str):
        return x if x[:1] == "#" else back[x]
    return x


def plain(x: Any) -> Any:
    """The kernel's own, in the form in which it is read back: min of one number is that number, a conjunction of one
    formula that formula, a quotient of two literals in lowest terms a number."""
    if not isinstance(x, tuple):
        return x
    if x[0] == "/" and all(isinstance(a, int) for a in x[1:]) and x[2] > 1 and Fraction(*x[1:]).denominator == x[2]:
        return Fraction(*x[1:])
    if x[0] in ("and", "or") and len(x) == 2:
        return plain(x[1])
    if x[0] in ("min", "max"):
        *first, last = (plain(a) for a in x[1:])
        rest = last[1:] if isinstance(last, tuple) and last[0] == x[0] else (last,)
        return (x[0], *first, *rest) if first else last
    return (x[0], *(plain(a) for a in x[1:]))
