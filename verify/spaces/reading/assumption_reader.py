"""Reads the texts of assumptions: declarations of names, classes of functions and operators, and relations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from verify.language.names import FUNCTION_NAMES, Fault
from verify.language.nodes import nearest
from verify.spaces.reading.surface import Chain, ClassOf, Declaration, Declared, Independent, Kind, Node
from verify.spaces.reading.term_reader import TermReader
from verify.spaces.reading.tokens import CLASSES, FILLERS, PLAIN_CLASSES, RELATIONS, Token

_KINDS: dict[str, Kind] = {
    "vector": "vector",
    "vectors": "vector",
    "scalar": "real",
    "scalars": "real",
    "real": "real",
    "reals": "real",
    "number": "real",
    "numbers": "real",
    "integer": "integer",
    "integers": "integer",
    "function": "function",
    "functions": "function",
}
_OPERATOR = ("operator", "operators")
_FAMILY = ("family", "families")
_STRONGLY = {"convex": "strongly convex", "monotone": "strongly monotone"}
WORDS = (*_KINDS, *_OPERATOR, *_FAMILY, *PLAIN_CLASSES, *CLASSES, "random", "independent", "symmetric", "linear")
_DECLARE = "write 'x, y vectors', 'g random vector', 'T integer', 'f convex', 'f L-smooth', 'A symmetric operator'"


class AssumptionReader(TermReader):
    """The items of one text, separated by commas or ``and``."""

    def items(self) -> Iterator[Declaration | Chain]:
        """What is declared and what is assumed, in order."""
        waiting: list[Token] = []
        last: Node | None = None  # of the relation right before, which the names after it may belong to
        while True:
            end, relation = self._extent()
            if relation and not self._states():
                chain = self.chain()
                chain = replace(chain, ranges=self.ranges())
                if waiting and (chain.terms[0].op != "name" or chain.ranges):
                    break
                if waiting and last is not None and last.op == "name":
                    hint = f"write '{waiting[0].text}' and what holds for it before, or each relation for itself"
                    raise Fault(
                        f"whether '{waiting[0].text}' belongs to what is before it is not certain",
                        hint,
                        waiting[0].start,
                    )
                for name in waiting:  # ``a, b >= 0`` is said of both
                    of_it = Node("name", (name.text,), name.start, name.stop)
                    yield replace(chain, terms=(of_it, *chain.terms[1:]))
                waiting, last = [], chain.terms[-1]
                yield chain
            elif not relation and self._bare(end):
                waiting.append(self.name())
            else:
                names = waiting + self._subjects()
                waiting, last = [], None
                yield from self._declaration(names, end)
                if self.word.kind != "end" and not self.sees(",", "and"):
                    said = self.text[self.word.start : self.word.stop]
                    hint = "separate declarations and relations by commas"
                    raise Fault(f"'{said}' stands behind a declaration", hint, self.word.start)
            if self.word.kind == "end":
                break
            if not self.sees(",", "and"):
                raise self.unexpected()
            self.take()
        if waiting:
            hint = "compare it with something, as in x > 0, or declare it, as in 'x vector'"
            raise Fault(f"nothing is assumed about '{waiting[0].text}'", hint, waiting[0].start)

    def _extent(self) -> tuple[int, bool]:
        """Where the item ends, if it is a declaration; and whether it is a relation."""
        depth = 0
        for j in range(self.i, len(self.words)):
            text = self.words[j].text
            depth += (text in ("(", "[")) - (text in (")", "]"))
            if self.words[j].kind == "end" or (not depth and text in (",", "and")):
                return j, False
            if text in RELATIONS:
                return j, True
        return len(self.words) - 1, False

    def _states(self) -> bool:
        """Whether a name and what it is stand here, although a relation follows before the next comma."""
        after = self.words[self.i + 1]
        words = after.kind == "name" and after.text in (*WORDS, *FILLERS)
        return self.word.kind == "name" and (words or (after.kind == "name" and self._parameter(self.i + 1)))

    def _bare(self, end: int) -> bool:
        return self.word.kind == "name" and self.i + 1 == end

    def _subjects(self) -> list[Token]:
        """The name, or names in parentheses, that a declaration begins with."""
        if self.sees("("):
            opened = self.take()
            names: list[Token] = []
            while not names or self.sees(",", "and"):
                if names:
                    self.take()
                names.append(self.name())
            self.expect(")", opened)
            return names
        after = self.words[self.i + 1]
        if self.word.kind != "name" or (after.kind != "name" and not self._parameter(self.i + 1)):
            self.chain()  # says what is missing
            raise self.unexpected()
        return [self.name()]

    def _parameter(self, i: int) -> bool:
        """Whether the words from here to the end of the item have the form ``(1/eta)-smooth``."""
        depth = 0
        for j in range(i, len(self.words) - 1):
            text = self.words[j].text
            depth += (text in ("(", "[")) - (text in (")", "]"))
            if not depth and text in (",", "and"):
                return False
            if not depth and text == "-" and self.words[j + 1].text in CLASSES:
                return j > i
        return False

    # ------------------------------------------------------------ declarations

    def _declaration(self, names: list[Token], end: int) -> Iterator[Declaration]:
        while self.sees(*FILLERS):
            self.take()
        w = self.word
        if w.text in PLAIN_CLASSES or w.text in CLASSES or self._parameter(self.i):
            yield from self._classes(names)
            return
        if w.kind != "name" or w.text not in WORDS:
            subject = names[-1].text
            guess = nearest(w.text, WORDS) if w.kind == "name" else None
            hint = f"did you mean '{guess}'?" if guess else _DECLARE
            raise Fault(f"'{self.text[w.start : w.stop]}' says nothing about '{subject}' here", hint, w.start)
        start, plain = self.i, {t.text for t in self.words[self.i : end]}
        random = independent = False
        kind: Kind | None = None
        while self.word.kind == "name" and self.i < end:
            word = self.take()
            text = word.text
            if text in ("random", "independent") and kind is None:
                random, independent = True, independent or text == "independent"
            elif text in ("symmetric", "linear") and kind is None and plain & {*_OPERATOR}:
                continue
            elif text in _FAMILY and kind is None:
                kind, more = self._members(end)
                random = random or more
            elif text in _KINDS and kind is None:
                kind = _KINDS[text]
            elif text in _OPERATOR and kind is None and "symmetric" in plain:
                kind = "operator"
            elif text in _OPERATOR and kind is None:
                hint = "a linear one is declared 'A symmetric operator', another by its class, as in 'A monotone'"
                raise Fault(f"'{names[-1].text}' is an operator of no kind that is known", hint, word.start)
            elif text not in FILLERS:
                raise Fault(f"'{text}' cannot follow in a declaration", _DECLARE, word.start)
        if kind in ("operator", "function") and random:
            raise Fault(f"a random {kind} is not supported", "declare it without 'random'", self.words[start].start)
        # 'X, Y independent' says no more than that; what they are is said elsewhere.
        if kind is not None or not independent or plain & {"random"}:
            yield from (Declared((n.text,), kind, random, n.start, self.text) for n in names)
        if independent:
            if len(names) < 2:
                hint = "write 'X, Y independent'"
                raise Fault(f"'{names[0].text}' is declared independent of nothing", hint, names[0].start)
            yield Independent(tuple(n.text for n in names), names[0].start, self.text)

    def _members(self, end: int) -> tuple[Kind, bool]:
        """What follows ``family``: of what kind its members are, and whether they are random."""
        random = False
        if not self.sees("of"):
            return "reals", random
        self.take()
        if self.sees("random"):
            random = bool(self.take())
        kind = _KINDS.get(self.word.text) if self.i < end else None
        if kind not in ("vector", "real"):
            hint = "write 'family of vectors' or 'family of reals'"
            raise Fault("the members of a family are vectors or reals", hint, self.word.start)
        self.take()
        return ("vectors" if kind == "vector" else "reals"), random

    # ------------------------------------------------------------ classes

    def _classes(self, names: list[Token]) -> Iterator[ClassOf]:
        """``L-smooth and mu-strongly convex``, said of each of the names."""
        while True:
            what, parameter = self._class()
            yield from (ClassOf(n.text, what, parameter, n.start, self.text) for n in names)
            if not self.sees("and"):
                return
            after = self.i + 1
            while self.words[after].text in FILLERS:
                after += 1
            if self.words[after].text not in (*PLAIN_CLASSES, *CLASSES) and not self._leads(after):
                return
            self.i = after

    def _leads(self, i: int) -> bool:
        """Whether a parameter and a class stand here, without a name before them."""
        if not self._parameter(i):
            return False
        first, second = self.words[i], self.words[i + 1]
        named = second.kind in ("name", "number") or second.text == "("
        return not (first.kind == "name" and first.text not in FUNCTION_NAMES and named)

    def _class(self) -> tuple[str, Node | None]:
        w = self.word
        if w.text in PLAIN_CLASSES:
            self.take()
            if w.text == "monotone" and self.sees(*_OPERATOR):
                self.take()
            return w.text, None
        if w.text == "PL" and self.sees("(", ahead=1):
            self.take()
            opened = self.take()
            parameter = self.term()
            self.expect(")", opened)
            return "PL", parameter
        if w.text in CLASSES:
            said = "strongly convex" if w.text == "strongly" else w.text
            hint = f"write it with its constant, as in L-{said}"
            raise Fault(f"'{w.text}' stands without its constant", hint, w.start)
        parameter = self.term(2)  # all that binds more tightly than the hyphen
        self.expect("-")
        word = self.take()
        if word.text not in CLASSES:
            hint = "a constant with a minus stands in parentheses, as in f (L - mu)-smooth"
            raise Fault(f"'{word.text}' is no class of functions", hint, word.start)
        what = CLASSES[word.text]
        if word.text == "strongly":
            if self.sees("-"):
                self.take()
            if self.word.text not in _STRONGLY:
                raise Fault("'strongly' stands alone", "write mu-strongly convex or mu-strongly monotone", word.start)
            what = _STRONGLY[self.take().text]
        if self.sees(*_OPERATOR):
            self.take()
            if what == "Lipschitz":
                what = "Lipschitz operator"
        return what, parameter
