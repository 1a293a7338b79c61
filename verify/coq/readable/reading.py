"""The library read back: whether its statements say what the theory says, by a reader that shares nothing with the
printer.

It parses Coq's text by Coq's precedences, writes every quantity out by its Definition as it stands in the file, and
compares what comes out with the claim as it is stated, with its own definitions written out. A changed constant in a
Definition, a hypothesis that is missing or one too many, another relation: none reads back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from verify.coq.reals.replay import Node
from verify.kernel.reals.definedness import defined, term_conditions
from verify.kernel.reals.formulas import normal
from verify.kernel.reals.json_form import read_formula, read_term
from verify.kernel.reals.terms import TRUE, substitute

TOKEN = re.compile(r"\s*(<->|->|/\\|\\/|=>|:=|<>|<=|>=|[()+\-*/^<>=~,:.]|[A-Za-z_][A-Za-z0-9_']*|[0-9]+)")
# How tightly Coq binds each operation, and what its operands may be at most: left, right.
BINARY = {
    "^": (30, 29, 30), "*": (40, 40, 39), "/": (40, 40, 39), "+": (50, 50, 49), "-": (50, 50, 49),
    **{sign: (70, 69, 69) for sign in ("=", "<>", "<", "<=", ">", ">=")},
    "/\\": (80, 79, 80), "\\/": (85, 84, 85), "<->": (95, 94, 94), "->": (99, 98, 99),
}  # fmt: skip
PREFIX = {"-": (35, 35, "neg"), "/": (35, 35, "inv"), "~": (75, 75, "~")}
ARITY = {"exp": 1, "ln": 1, "sqrt": 1, "Rabs": 1, "Ropp": 1, "Rmin": 2, "Rmax": 2, "pw": 2, "limit_oo": 2,
         "limit_0": 2, "is_int": 1}  # fmt: skip
CONSTANTS = ("True", "False")
SPELLED = {"exp": "exp", "log": "ln", "sqrt": "sqrt", "abs": "Rabs", "min": "Rmin", "max": "Rmax"}
RELATIONS = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
THE_VARIABLE = "the variable of the limit"


class Unread(Exception):
    """A text that is no statement of a library."""


@dataclass
class Reader:
    """Sentences of Coq as trees; ``meanings``: parameters and tree of every Definition that was read."""

    meanings: dict[str, tuple[list[str], Any]] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)
    at: int = 0

    def definition(self, text: str) -> None:
        """``Definition name (x y : R) : R := term.``"""
        self._begin(text, "Definition")
        name = self._name()
        parameters = self._binder(")") if self._peek() == "(" and self._next() else []
        for token in (":", "R", ":="):
            self._next(token)
        tree = self._tree(99, set(parameters))
        self._end()
        if name in self.meanings or name in ARITY or name in CONSTANTS:
            raise Unread(f"{name} is defined twice")
        self.meanings[name] = (parameters, tree)

    def theorem(self, text: str) -> tuple[str, list[str], Any]:
        """The name, the variables and the rest of ``Theorem name : forall x y : R, ...`` up to its proof."""
        self._begin(text.partition("\nProof.")[0], "Theorem")
        name = self._name()
        self._next(":")
        variables = self._binder(",") if self._peek() == "forall" and self._next() else []
        tree = self._tree(99, set(variables))
        self._end()
        return name, variables, tree

    # ---------------------------------------------------------------- tokens

    def _begin(self, text: str, word: str) -> None:
        self.tokens, self.at, at = [], 0, 0
        text = text.strip()
        while at < len(text):
            found = TOKEN.match(text, at)
            if found is None:
                raise Unread(text[at : at + 20])
            self.tokens.append(found[1])
            at = found.end()
        self._next(word)

    def _end(self) -> None:
        self._next(".")
        if self.at != len(self.tokens):
            raise Unread("something after the end")

    def _peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _next(self, wanted: str = "") -> str:
        token = self._peek()
        if not token or (wanted and token != wanted):
            raise Unread(f"{wanted or 'something'} is expected, not {token or 'the end'}")
        self.at += 1
        return token

    def _name(self) -> str:
        token = self._next()
        if not re.match(r"[A-Za-z_]", token):
            raise Unread(f"{token} is no name")
        return token

    def _binder(self, end: str) -> list[str]:
        names = [self._name()]
        while self._peek() != ":":
            names.append(self._name())
        for token in (":", "R", end):
            self._next(token)
        if len(set(names)) != len(names):
            raise Unread("a variable is bound twice")
        return names

    # ---------------------------------------------------------------- trees

    def _tree(self, level: int, bound: set[str]) -> Any:
        """What stands here, of operations that bind at least as tightly as ``level``."""
        left, own = self._first(level, bound)
        while self._peek() in BINARY:
            sign = self._peek()
            binds, before, after = BINARY[sign]
            if binds > level or own > before:
                break
            self._next()
            left, own = _joined(sign, left, self._tree(after, bound)), binds
        return left

    def _first(self, level: int, bound: set[str]) -> tuple[Any, int]:
        token = self._next()
        if token in PREFIX:
            binds, inner, name = PREFIX[token]
            if binds > level:
                raise Unread(f"{token} needs parentheses")
            return (name, self._tree(inner, bound)), binds
        self.at -= 1
        if not re.match(r"[A-Za-z_]", token) or token in bound:
            return self._atom(bound), 0
        name = self._name()
        count = ARITY.get(name, 0 if name in CONSTANTS else -1)
        parameters, tree = self.meanings.get(name, ([], None))
        if tree is not None:
            count = len(parameters)
        if count < 0:
            raise Unread(f"{name} is neither bound nor defined")
        arguments = [self._atom(bound) for _ in range(count)]
        if tree is not None:
            return _put(tree, dict(zip(parameters, arguments, strict=True))), 10 if count else 0
        if name == "Ropp":
            return ("neg", arguments[0]), 10
        return (name, *arguments), 10 if count else 0

    def _atom(self, bound: set[str]) -> Any:
        """A number, a variable, a constant, or something in parentheses."""
        token = self._next()
        if token == "(":
            if self._peek() == "fun":
                self._next()
                name = self._name()
                self._next("=>")
                found: Any = ("fun", _put(self._tree(99, bound | {name}), {name: THE_VARIABLE}))
            else:
                found = self._tree(99, bound)
            self._next(")")
            return found
        if token.isdigit():
            return int(token)
        if token in bound:
            return token
        if token in self.meanings and not self.meanings[token][0]:
            return self.meanings[token][1]
        raise Unread(f"{token} is no argument")


def _joined(sign: str, left: Any, right: Any) -> Any:
    if sign == "^" and not isinstance(right, int):
        raise Unread("an exponent that is no number")
    if sign == "+" and isinstance(right, tuple) and right[0] == "neg" and isinstance(right[1], int):
        return ("-", left, right[1])
    return (sign, left, right)


def _put(x: Any, theta: Mapping[str, Any]) -> Any:
    if isinstance(x, tuple):
        return (x[0], *(_put(a, theta) for a in x[1:]))
    return theta.get(x, x) if isinstance(x, str) else x


# -------------------------------------------------------------------- what a claim says, as Coq has it


def as_coq(x: Any, names: Mapping[str, str]) -> Any:
    """A term or formula of the kernel as the tree that Coq has for it."""
    if isinstance(x, str):
        return names[x]
    if not isinstance(x, tuple):
        if x.denominator != 1:
            return ("/", as_coq(x.numerator, names), int(x.denominator))
        return ("neg", int(-x)) if x < 0 else int(x)
    op, args = x[0], list(x[1:])
    if op == "limit":
        body = as_coq(args[0], {**names, args[1]: THE_VARIABLE})
        return ("limit_oo" if args[2] == "oo" else "limit_0", ("fun", body), as_coq(args[3], names))
    if op == "^" and isinstance(args[1], int):
        power = ("^", as_coq(args[0], names), abs(args[1]))
        return power if args[1] >= 0 else ("inv", power)
    found = [as_coq(a, names) for a in args]
    if op in RELATIONS:
        return (RELATIONS[op], *found)
    if op in ("-", "not"):
        return ("neg" if op == "-" else "~", *found)
    if op == "^":
        return ("pw", *found)
    if op in ("implies", "iff"):
        return ("->" if op == "implies" else "<->", *found)
    if op in ("and", "or", "min", "max"):  # to the right; of nothing it is a constant
        sign = {"and": "/\\", "or": "\\/"}.get(op, SPELLED.get(op, ""))
        if not found:
            return ("True",) if op == "and" else ("False",)
        last = found[-1]
        for a in reversed(found[:-1]):
            last = (sign, a, last)
        return last
    if op in SPELLED:
        return (SPELLED[op], *found)
    first = found[0]
    for a, tree in zip(args[1:], found[1:], strict=True):
        minus = isinstance(a, tuple) and a[0] == "-"
        first = ("-", first, tree[1]) if op == "+" and minus else _joined(op, first, tree)
    return first


def says(reader: Reader, text: str, where: str, name: str, statement: Node) -> bool:
    """Whether a theorem, and the one ``where`` that says that its terms are defined, say what a claim says."""
    try:
        found, variables, tree = reader.theorem(text)
        beside = reader.theorem(where) if where else None
    except Unread:
        return False
    kinds = dict(statement["variables"])
    theta: dict[str, Any] = {}
    conditions = []
    for symbol, value in statement["definitions"]:
        theta[symbol] = substitute(read_term(value), theta)
        conditions += term_conditions(read_term(value), kinds)
    goal = statement["goal"]
    limit = goal[0] == "limit"
    free = [x for x in kinds if x not in theta and not (limit and x == goal[2])]
    if found != name or len(free) != len(variables):
        return False
    names = dict(zip(free, variables, strict=True))
    items = [(("is_int", names[x]), True) for x in free if kinds[x] == "integer"]
    for h in map(read_formula, statement["hypotheses"]):
        if (needed := normal(defined(h, kinds))) != TRUE:
            items.append((as_coq(substitute(needed, theta), names), False))
        items.append((as_coq(substitute(h, theta), names), True))
    if limit:
        terms = [substitute(read_term(goal[k]), theta) for k in (1, 4)]
        wanted = as_coq(("limit", terms[0], goal[2], goal[3], terms[1]), names)
        return beside is None and _follows(tree, items) == wanted
    raw = read_formula(goal)
    if _follows(tree, items) != as_coq(substitute(raw, theta), names):
        return False
    needed = normal(("and", *conditions, defined(raw, kinds)))
    each = list(dict.fromkeys(needed[1:] if needed[0] == "and" else (needed,)))
    if not each or beside is None:
        return not each and beside is None
    wanted = as_coq(("and", *(substitute(f, theta) for f in each)), names)
    return beside[:2] == (f"{name}_defined", variables) and _follows(beside[2], items) == wanted


def _follows(tree: Any, items: list[tuple[Any, bool]]) -> Any:
    """What is left of a chain of implications behind the hypotheses; ``False`` of one says that it may be missing."""
    for wanted, needed in items:
        if tree[0] == "->" and tree[1] == wanted:
            tree = tree[2]
        elif needed:
            return None
    return tree
