"""What the parts of an assumption say: its formulas, and the kinds that it declares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from verify.language.logic import ONE, ZERO, App, Bool, Formula, Kind, Num, Rel, Term, Var, mul, num
from verify.language.names import Fault
from verify.language.neighbours import PARITIES, SIGNS, UNCLEAR
from verify.language.nodes import Item, Node

_INTEGER_SIGNS = {">": (">=", ONE), "<": ("<=", Num(Fraction(-1)))}


class Declarations:
    """Reads the items of one text in order; raises ``Fault``.

    A bare name shares what is said of the one after it in ``n, m integer`` or ``x, y > 0``, and the kind before it in
    ``integer n, m``. ``halves`` has names that are said to be even (0) or odd (1).
    """

    def __init__(self, items: Sequence[Item]) -> None:
        self.formulas: list[Formula] = []
        self.kinds: dict[str, Kind] = {}
        self.halves: dict[str, int] = {}
        self.names: dict[str, None] = {}
        waiting: list[Node] = []
        prefix: Kind | None = None
        named = unclear = False  # whether the relation before ends in a name, to which those after it may belong
        for item in items:
            node, kind = item.node, _kind(item)
            if isinstance(node.value, Var):
                self.names[node.value.name] = None
            bare = kind is None and not item.adjectives and isinstance(node.value, Var)
            if bare and prefix is not None:
                self._declare(node, prefix)
            elif bare:
                unclear = unclear if waiting else named
                waiting.append(node)
            elif item.before:
                self._nothing_waits(waiting)
                prefix = kind
                self._describe(node, item, kind)
            elif isinstance(node.value, Var):
                if prefix is not None:
                    hint = "write the declarations as separate assumptions"
                    raise Fault(f"'{node.value}' stands between two declarations", hint, node.start)
                for name in [*waiting, node]:
                    self._describe(name, item, kind)
                waiting = []
            else:
                if prefix is not None:
                    self._certain(node)
                prefix = None
                if waiting and unclear and node.about is not None:
                    hint = f"write '{waiting[0].value}' and what holds for it before, or each relation for itself"
                    what = f"whether '{waiting[0].value}' belongs to what is before it is not certain"
                    raise Fault(what, hint, waiting[0].start)
                self._assume(node, waiting)
                waiting, parts = [], [*conjuncts(node.formula())]  # none of "true"
                named = bool(parts) and isinstance(parts[-1], Rel) and isinstance(parts[-1].rhs, Var)
                continue
            named = bare and named
        self._nothing_waits(waiting)

    def _describe(self, node: Node, item: Item, kind: Kind | None) -> None:
        """A name with its adjectives and its kind."""
        for word in item.adjectives:
            if word in UNCLEAR:
                raise Fault(f"'{word}' is not certain", UNCLEAR[word], word.start)
            if word in PARITIES:
                if self.halves.setdefault(node.value.name, PARITIES[word]) != PARITIES[word]:
                    raise Fault(f"'{node.value}' is said to be even and odd", "keep one of them", node.start)
                self._declare(node, "integer")
        if kind is not None:
            self._declare(node, kind)
        for word in item.adjectives:
            if word in SIGNS:
                relation, bound = SIGNS[word], ZERO
                if self.kinds.get(node.value.name) == "integer":
                    relation, bound = _INTEGER_SIGNS.get(relation, (relation, bound))
                self.formulas.append(Rel(relation, node.value, bound))

    def _declare(self, node: Node, kind: Kind) -> None:
        if self.kinds.setdefault(node.value.name, kind) != kind:
            raise Fault(f"'{node.value}' is declared both integer and real", "keep one of them", node.start)

    def _assume(self, node: Node, waiting: list[Node]) -> None:
        """A formula, said of the names before it too where it is about a name."""
        formula = node.formula()
        if node.about is None:
            self._nothing_waits(waiting)
        else:
            for name in waiting:
                self._add(node.about(name.term()))
        self._add(formula)

    def _certain(self, node: Node) -> None:
        """Refuses ``integer n, m > 0``: whether m is an integer, and whether n > 0, is not said."""
        first = next(iter(conjuncts(node.formula())))
        if node.about is not None and isinstance(first, Rel) and str(first.lhs) not in self.kinds:
            hint = "write two assumptions, as in 'n, m integer' and 'n, m > 0'"
            raise Fault(f"whether '{first.lhs}' belongs to the list before it is not certain", hint, node.start)

    def _add(self, formula: Formula) -> None:
        self.names |= dict.fromkeys(names_of(formula))
        self.formulas += conjuncts(formula)

    def _nothing_waits(self, waiting: list[Node]) -> None:
        if waiting:
            hint = "compare it with something, as in x > 0, or declare it, as in 'x integer'"
            raise Fault(f"nothing is assumed about '{waiting[0].value}'", hint, waiting[0].start)


def _kind(item: Item) -> Kind | None:
    if item.kind is None:
        return None
    return "integer" if item.kind.kind == "INTEGER" else "real"


def halved(name: str, odd: int, taken: set[str]) -> tuple[str, Formula]:
    """A whole number that no other name stands for, and what makes it half of ``name``, rounded down."""
    half = f"half_{name}"
    while half in taken:
        half += "_"
    twice = mul(num(2), Var(half))
    return half, Rel("==", Var(name), App("+", (twice, ONE)) if odd else twice)


def conjuncts(f: Formula) -> Iterator[Formula]:
    if isinstance(f, Bool) and f.op == "and":
        for a in f.args:
            yield from conjuncts(a)
    else:
        yield f


def names_of(x: Term | Formula) -> Iterator[str]:
    """The names in order of appearance."""
    if isinstance(x, Var):
        yield x.name
    elif not isinstance(x, Num):
        for part in (x.lhs, x.rhs) if isinstance(x, Rel) else x.args:
            yield from names_of(part)
