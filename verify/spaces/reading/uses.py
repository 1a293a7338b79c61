"""What kind a name is of that nothing declares: from its uses, until nothing more follows."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from verify.language.logic import FUNCTIONS
from verify.spaces.reading.surface import Chain, Claim, ClassOf, Kind, Node

Sort = Literal["scalar", "vector", "operator"]
SORTS: dict[Kind, Sort] = {
    "real": "scalar",
    "integer": "scalar",
    "vector": "vector",
    "operator": "operator",
    "reals": "scalar",
    "vectors": "vector",
}
# The functions whose values are vectors; their A(x) is what grad A(x) is.
OPERATOR_CLASSES = ("monotone", "strongly monotone", "cocoercive", "Lipschitz operator")
_ORDERS = ("<", "<=", ">", ">=")


class Use(NamedTuple):
    """Where a name got its kind: the part of a chain that asks for it."""

    node: Node
    chain: Chain


def is_zero(t: Node) -> bool:
    """Whether the number 0 stands here, which may be the zero vector."""
    return (t.op == "number" and t.args[0] == Fraction(0)) or (t.op == "-" and is_zero(t.parts[0]))


def is_function(t: Node) -> bool:
    """Whether a call is of a function of the statement, such as f(x)."""
    return t.op == "call" and t.args[0] not in FUNCTIONS


def is_bounds(chain: Chain, kinds: Mapping[str, Kind]) -> bool:
    """Whether a chain says between what an operator lies, as ``mu <= A <= L``."""
    bare = [t.op == "name" and kinds.get(str(t.args[0])) == "operator" for t in chain.terms]
    return any(bare) and all(r in _ORDERS for r in chain.relations)


def chains(claim: Claim) -> Iterator[Chain]:
    """Everything that has terms: parameters of classes, assumptions, the goal."""
    for d in claim.declarations:
        if isinstance(d, ClassOf) and d.parameter is not None:
            yield Chain((d.parameter,), (), (), d.text)
    yield from claim.assumptions
    yield claim.goal


def steps(chain: Chain) -> Iterator[tuple[str, Node, Node]]:
    """The relations of a chain, one by one."""
    yield from zip(chain.relations, chain.terms, chain.terms[1:], strict=False)


def roots(chain: Chain) -> Iterator[Node]:
    """The terms of a chain, and the limits of its ranges."""
    yield from chain.terms
    for r in chain.ranges:
        yield from (r.lower, r.upper)


def scoped(chain: Chain) -> Iterator[tuple[Node, frozenset[str]]]:
    """The terms of a chain and the limits of its ranges, each with the indices that are bound there."""
    bound: frozenset[str] = frozenset()
    for r in chain.ranges:
        yield from ((r.lower, bound), (r.upper, bound))
        bound |= {r.name}
    yield from ((t, bound) for t in chain.terms)


def walk(t: Node, bound: frozenset[str] = frozenset()) -> Iterator[tuple[Node, frozenset[str]]]:
    """Every part with the indices that are bound where it stands, arguments first."""
    for p in t.parts:
        yield from walk(p, bound | {str(t.args[1])} if t.op == "sum" and p is t.args[0] else bound)
    yield t, bound


def free_names(claim: Claim) -> set[str]:
    """The names of a claim that no sum and no range binds: variables, families, functions, and what is given."""
    found: set[str] = set()
    for chain in chains(claim):
        for root, outside in scoped(chain):
            for t, bound in walk(root, outside):
                names = [str(t.args[0])] if t.op in ("name", "at", "grad") or is_function(t) else []
                names += [g.lstrip("_") for g in t.args[1:] if isinstance(g, str)] if t.op in ("E", "Var") else []
                found |= {n for n in names if n not in bound and n[:1].isalpha()}
    return found


class Uses:
    """The kinds found so far, and for each that is not declared the use that decided it.

    Source: local sort inference, as in the reading of simply typed terms (Hindley 1969), where a name has one kind
    and the first use that forces one decides; disagreeing uses are left for the check of sorts to report.
    """

    def __init__(self, claim: Claim, kinds: dict[str, Kind]) -> None:
        self.kinds = kinds
        self.why: dict[str, Use] = {}
        self._operators = {d.name for d in claim.declarations if isinstance(d, ClassOf) and d.what in OPERATOR_CLASSES}
        self._families: dict[str, None] = {}
        self._changed: list[str] = []
        self._chain = claim.goal
        self._bound: list[str] = []
        every = list(chains(claim))
        for chain in every:
            self._chain = chain
            for root in roots(chain):
                for t in root.walk():
                    self._shape(t)
        for chain in every:
            self._chain = chain
            self._indices(chain)
        where: dict[str, list[Chain]] = defaultdict(list)
        for chain in every:
            for name in {str(t.args[0]) for root in roots(chain) for t in root.walk() if t.op in ("name", "at")}:
                where[name].append(chain)
        todo, waiting = deque(every), {id(chain) for chain in every}
        while todo:
            chain = todo.popleft()
            waiting.discard(id(chain))
            self._changed = []
            self._visit_chain(chain)
            again = [c for name in self._changed for c in where[name] if id(c) not in waiting]
            todo.extend({id(c): c for c in again}.values())
            waiting.update(map(id, again))
        for name in self._families:
            kinds.setdefault(name, "reals")

    # ------------------------------------------------------------ what the form alone says

    def _set(self, name: str, kind: Kind, node: Node) -> None:
        if name not in self.kinds:
            self.kinds[name] = kind
            self.why[name] = Use(node, self._chain)
            self._changed.append(name)

    def _shape(self, t: Node) -> None:
        if t.op == "grad" or is_function(t):
            self._set(str(t.args[0]), "function", t)
        elif t.op == "at" and t.args[0] not in self.kinds:
            self._families[str(t.args[0])] = None

    def _indices(self, chain: Chain) -> None:
        """Names in an index, in the limits of a sum or a range, and after ``E_``, are integers."""
        for root, bound in scoped(chain):
            for t, inside in walk(root, bound):
                for part in t.parts if t.op == "at" else t.parts[1:] if t.op == "sum" else ():
                    self._integers(part, t, inside)
                for given in t.args[1:] if t.op in ("E", "Var") else ():
                    if isinstance(given, str) and given[:1] == "_" and given[1:2].isalpha() and given[1:] not in inside:
                        self._set(given[1:], "integer", t)
        for i, r in enumerate(chain.ranges):
            for part in (r.lower, r.upper):
                self._integers(part, part, frozenset(s.name for s in chain.ranges[:i]))

    def _integers(self, index: Node, use: Node, bound: frozenset[str]) -> None:
        if index.op == "name":
            name = str(index.args[0])
            if name not in self._families and name not in bound:
                self._set(name, "integer", use)
        elif index.op in ("+", "-", "*"):
            for part in index.parts:
                self._integers(part, use, bound)

    # ------------------------------------------------------------ what the neighbours say

    def known(self, t: Node) -> Sort | None:
        """The sort of a term, as far as it follows from what is known."""
        match t.op:
            case "name" if t.args[0] in self._bound:
                return "scalar"
            case "name" | "at":
                kind = self.kinds.get(str(t.args[0]))
                return None if kind is None else SORTS.get(kind)
            case "grad":
                return "vector"
            case "call" if t.args[0] in self._operators:
                return "vector"
            case "+":
                return next((s for p in t.parts if not is_zero(p) and (s := self.known(p)) is not None), None)
            case "*":
                sorts = [self.known(p) for p in t.parts]
                if "vector" in sorts:
                    return "vector"
                return None if None in sorts else "operator" if "operator" in sorts else "scalar"
            case "sum":
                self._bound.append(str(t.args[1]))
                sort = self.known(t.parts[0])
                self._bound.pop()
                return sort
            case "-" | "/" | "E" | "^":
                return self.known(t.parts[0])
            case _:
                return "scalar"

    def _visit_chain(self, chain: Chain) -> None:
        self._chain = chain
        self._bound = [r.name for r in chain.ranges]
        wanted: Sort | None = None
        if any(r in _ORDERS for r in chain.relations) or not chain.relations:
            wanted = "scalar"
        else:
            wanted = next((s for t in chain.terms if not is_zero(t) and (s := self.known(t)) is not None), None)
        for t in chain.terms:
            bounds = t.op == "name" and self.kinds.get(str(t.args[0])) == "operator"
            self._visit(t, None if bounds else wanted, t if len(chain.terms) == 1 else _whole(chain))
        for r in chain.ranges:
            self._visit(r.lower, "scalar", r.lower)
            self._visit(r.upper, "scalar", r.upper)

    def _visit(self, t: Node, wanted: Sort | None, use: Node) -> None:
        """Hand down what sort is wanted of a term; ``use`` is the part that wants it."""
        if wanted is None and (wanted := self.known(t)) is not None:
            use = t
        match t.op:
            case "name":
                if wanted is not None and t.args[0] not in self._families and t.args[0] not in self._bound:
                    self._set(str(t.args[0]), "vector" if wanted == "vector" else "real", use)
            case "at":
                if wanted is not None and t.args[0] in self._families:
                    self._set(str(t.args[0]), "vectors" if wanted == "vector" else "reals", use)
                self._visit(t.parts[0], "scalar", t)
            case "+":
                for p in t.parts:
                    self._visit(p, wanted, use)
            case "sum":
                for p in t.parts[1:]:
                    self._visit(p, "scalar", t)
                self._bound.append(str(t.args[1]))
                self._visit(t.parts[0], wanted, use)
                self._bound.pop()
            case "-" | "E":
                self._visit(t.parts[0], wanted, use)
            case "*":
                self._product(t, wanted, use)
            case "/" | "^":
                self._visit(t.parts[0], wanted, use)
                self._visit(t.parts[1], "scalar", t)
            case "norm" | "inner" | "grad":
                for p in t.parts:
                    self._visit(p, "vector", t)
            case "Var":
                self._visit(t.parts[0], None, t)
            case "call":
                for p in t.parts:
                    self._visit(p, "vector" if is_function(t) else "scalar", t)

    def _product(self, t: Node, wanted: Sort | None, use: Node) -> None:
        sorts = [self.known(p) for p in t.parts]
        for i, (p, sort) in enumerate(zip(t.parts, sorts, strict=True)):
            # What stands before an operator multiplies it: A*u has the vector at its end.
            if sort is None and (wanted == "scalar" or "vector" in sorts or "operator" in sorts[i:]):
                self._visit(p, "scalar", t if "vector" in sorts else use)
            elif sort is None and wanted == "vector" and sorts.count(None) == 1:
                self._visit(p, "vector", use)
            else:
                self._visit(p, None, t)


def _whole(chain: Chain) -> Node:
    """A place for all of a chain."""
    first, last = chain.terms[0], chain.terms[-1]
    return Node("chain", (), first.start, last.stop)
