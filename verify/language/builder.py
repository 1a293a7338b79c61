"""Builds terms and formulas while a text is parsed, and keeps them within bounds, for ``verify.language.parser``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from verify.language.automaton import Token
from verify.language.calls import Calls
from verify.language.circular_laws import FUNCTIONS, PI
from verify.language.lexemes import SPELLINGS, spelled
from verify.language.logic import FALSE, TRUE, Bool, Formula, Rel, Term, Var
from verify.language.names import Fault, check_name, written
from verify.language.nodes import Infinite, Item, Node, connect, join


class Builder(Calls):
    """One method for each rule of ``statement.lark``, called bottom-up, so that nothing here recurses on the text."""

    def __init__(self, *, circular: bool = False) -> None:
        self.circular = circular

    def statement(self, parts: list[Node]) -> Formula:
        return parts[0].formula()

    def name(self, parts: list[Token]) -> Node:
        name = spelled(parts[0])
        if name in FUNCTIONS:
            raise Fault(f"'{name}' is a function without arguments", written(name), parts[0].start)
        if not (self.circular and name == PI):
            check_name(name, parts[0].start)
        return Node(Var(str(name)), parts[0].start)

    def true(self, parts: list[Token]) -> Node:
        return Node(TRUE, parts[0].start)

    def false(self, parts: list[Token]) -> Node:
        return Node(FALSE, parts[0].start)

    def group(self, parts: list[Any]) -> Node:
        return Node(parts[1].value, parts[0].start, parts[1].depth, parts[1].size)

    def arguments(self, parts: list[Node]) -> list[Node]:
        return parts

    def relation(self, parts: list[Any]) -> Node:
        terms = [p.term() for p in parts[::2]]
        operators = [SPELLINGS.get(op, str(op)) for op in parts[1::2]]

        def about(first: Term) -> Formula:
            below = [first, *terms[1:-1]]
            links = [Rel(op, a, b) for op, a, b in zip(operators, below, terms[1:], strict=True)]
            return links[0] if len(links) == 1 else Bool("and", tuple(links))

        joined = join(about(terms[0]), parts[::2], parts[0].start, 1, True)
        return replace(joined, about=about) if isinstance(terms[0], Var) else joined

    def infinite(self, parts: list[Token]) -> Node:
        return Node(Infinite(-1 if parts[0].kind == "MINUS" else 1), parts[0].start)

    def membership(self, parts: list[Any]) -> Node:
        """``x in [a, b)`` as ``a <= x < b``, without what an infinite end would say."""
        inside, opening, low, high, closing = parts
        for bound, bracket, sign in ((low, opening, -1), (high, closing, 1)):
            if isinstance(bound.value, Infinite) and (bound.value.sign != sign or bracket in "[]"):
                hint = "write (-oo, b] or [a, oo): an infinite end is open, -oo on the left and oo on the right"
                raise Fault("an infinite end that no interval has", hint, bound.start)
        ends = [b for b in (low, high) if not isinstance(b.value, Infinite)]
        if not ends:
            hint = "leave it out: every number is; declare a variable by 'x real'"
            raise Fault("an interval without ends says nothing", hint, low.start)

        def about(x: Term) -> Formula:
            below = [Rel("<=" if opening == "[" else "<", low.term(), x)] if low in ends else []
            above = [Rel("<=" if closing == "]" else "<", x, high.term())] if high in ends else []
            links = [*below, *above]
            return links[0] if len(links) == 1 else Bool("and", tuple(links))

        joined = join(about(inside.term()), [inside, *ends], inside.start, 1, True)
        return replace(joined, about=about) if isinstance(inside.value, Var) else joined

    def negation(self, parts: list[Node]) -> Node:
        return join(Bool("not", (parts[0].formula(),)), parts, parts[0].start)

    def conjunction(self, parts: list[Node]) -> Node:
        return connect("and", parts)

    def disjunction(self, parts: list[Node]) -> Node:
        return connect("or", parts)

    def implies(self, parts: list[Node]) -> Node:
        return connect("implies", parts)

    def iff(self, parts: list[Node]) -> Node:
        return connect("iff", parts)

    def item(self, parts: list[Any]) -> Item:
        if len(parts) == 1:
            return Item(parts[0])
        prefix = isinstance(parts[0], Token)
        token, node = parts if prefix else parts[::-1]
        if not isinstance(node.value, Var):
            hint = "a declaration names variables: 'n integer', 'n, m integer' or 'integer n, m'"
            raise Fault(f"'{token}' is declared of something that is not a variable", hint, node.start)
        return Item(node, token, prefix)

    def described(self, parts: list[Any]) -> Item:
        node, *words = parts
        if not isinstance(node.value, Var):
            hint = "write a relation, as in x + y > 0"
            raise Fault(f"'{words[0]}' is said of something that is not a variable", hint, node.start)
        adjectives = tuple(w for w in words if w.kind == "ADJECTIVE")
        return Item(node, words[-1] if words[-1].kind != "ADJECTIVE" else None, False, adjectives)

    def assumptions(self, parts: list[Item]) -> list[Item]:
        return parts
