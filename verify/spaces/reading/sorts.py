"""Which names are scalars, vectors, operators, families and functions, which are random; and whether the terms agree.

What is declared comes first, what is used decides the rest (``uses``), and real is what remains. A disagreement is one
error, at its place, that names both terms: nothing is guessed.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NoReturn

from verify.language.lexemes import quote
from verify.runtime.errors import BadInput
from verify.spaces.reading.agreement import Agreement
from verify.spaces.reading.surface import Chain, Claim, ClassOf, Declared, Independent, Kind, Node
from verify.spaces.reading.uses import (
    OPERATOR_CLASSES,
    SORTS,
    Sort,
    Uses,
    chains,
    free_names,
    is_function,
    scoped,
    steps,
    walk,
)

SHOWN: dict[Kind, str] = {
    "real": "a real number",
    "integer": "an integer",
    "vector": "a vector",
    "reals": "a family of reals",
    "vectors": "a family of vectors",
    "operator": "an operator",
    "function": "a function",
}


@dataclass(frozen=True, slots=True)
class Sorts:
    """The kind of every name, which are random, and the classes of each function.

    ``kinds``: free names and functions; an index that only a sum or a range binds is an integer and not listed.
    ``classes``: by function. A name with a class of ``OPERATOR_CLASSES`` is a nonlinear operator: its A(x) and
    grad A(x) are the same vector. ``independent``: groups of names.
    """

    kinds: Mapping[str, Kind]
    random: frozenset[str]
    classes: Mapping[str, tuple[ClassOf, ...]]
    independent: tuple[tuple[str, ...], ...] = ()

    def is_operator(self, name: str) -> bool:
        """Whether a function's values are vectors."""
        return any(c.what in OPERATOR_CLASSES for c in self.classes.get(name, ()))

    def of(self, t: Node) -> Sort:
        """The sort of a term of the claim; a 0 counts as a scalar, also where it stands for the zero vector."""
        match t.op:
            case "name" | "at":
                return SORTS.get(self.kinds.get(str(t.args[0]), "integer"), "scalar")
            case "grad":
                return "vector"
            case "call":
                return "vector" if is_function(t) and self.is_operator(str(t.args[0])) else "scalar"
            case "+" | "*":
                sorts = [self.of(p) for p in t.parts]
                return "vector" if "vector" in sorts else "operator" if "operator" in sorts else "scalar"
            case "-" | "/" | "^" | "E" | "sum":
                return self.of(t.parts[0])
            case _:
                return "scalar"

    def is_random(self, t: Node) -> bool:
        """Whether the value of a term is random; a total expectation is not, a conditional one is what it is given."""
        if t.op in ("name", "at") and t.args[0] in self.random:
            return True
        if t.op in ("E", "Var"):
            if not any(isinstance(g, str) and g.startswith("_") for g in t.args[1:]):
                return any(g in self.random if isinstance(g, str) else self.is_random(g) for g in _given(t))
            return self.is_random(t.parts[0])
        return any(self.is_random(p) for p in t.parts)


def infer(claim: Claim) -> Sorts:
    """The sorts of a claim; raises BadInput at the first disagreement, with both terms and the column.

    >>> from verify.spaces.reading.plain import claim
    >>> s = infer(claim("||x - y||^2 <= c*||x||^2", ["y == 2*x"]))
    >>> dict(s.kinds)
    {'x': 'vector', 'y': 'vector', 'c': 'real'}
    """
    kinds, random, declared = _declarations(claim)
    classes = _classes(claim, declared)
    uses = Uses(claim, kinds)
    listed = free_names(claim) | set(declared) | random
    for name in sorted(listed):
        kinds.setdefault(name, "real")
    sorts = Sorts(
        {n: k for n, k in kinds.items() if n in listed},
        random,
        classes,
        tuple(d.names for d in claim.declarations if isinstance(d, Independent)),
    )
    Agreement(claim, sorts.kinds, uses.why, declared, sorts.is_operator).check()
    sorts = _spread(claim, sorts, declared)
    _indices_and_conditions(claim, sorts.random, declared)
    return sorts


def _given(t: Node) -> tuple[Node | str, ...]:
    return tuple(g for g in t.args[1:] if isinstance(g, Node | str))


def _declarations(claim: Claim) -> tuple[dict[str, Kind], frozenset[str], dict[str, str]]:
    """Kinds and random names as declared; and for each declared name what it is, in words."""
    kinds: dict[str, Kind] = {}
    random: set[str] = set()
    said: dict[str, str] = {}
    for d in claim.declarations:
        names = (d.name,) if isinstance(d, ClassOf) else d.names
        kind: Kind | None = "function" if isinstance(d, ClassOf) else d.kind if isinstance(d, Declared) else None
        for name in names:
            if kind is not None and kinds.setdefault(name, kind) != kind:
                what = f"'{name}' is declared {said[name]} and {SHOWN[kind]}"
                raise BadInput(what, "keep one of them, or use two names", d.text, d.start)
            if isinstance(d, Independent) or (isinstance(d, Declared) and d.random):
                if kinds.get(name) in ("function", "operator"):
                    raise BadInput(f"'{name}' is {said[name]} and cannot be random", "", d.text, d.start)
                random.add(name)
            if kind is not None:
                said[name] = SHOWN[kind]
    return kinds, frozenset(random), said


def _classes(claim: Claim, declared: dict[str, str]) -> dict[str, tuple[ClassOf, ...]]:
    """The classes by name; a Lipschitz constant of a monotone operator is one of the operator."""
    found: dict[str, list[ClassOf]] = defaultdict(list)
    for d in claim.declarations:
        if isinstance(d, ClassOf):
            found[d.name].append(d)
    for name, classes in found.items():
        nonlinear = next((c for c in classes if c.what in OPERATOR_CLASSES), None)
        if nonlinear is None:
            continue
        declared[name] = "an operator"
        classes[:] = [replace(c, what="Lipschitz operator") if c.what == "Lipschitz" else c for c in classes]
        other = next((c for c in classes if c.what not in OPERATOR_CLASSES), None)
        if other is not None:
            what = f"'{name}' is declared {nonlinear.what}, an operator, and {other.what}, a function of numbers"
            later = max(nonlinear, other, key=lambda c: (c.text == other.text, c.start))
            raise BadInput(
                what, "write 'f convex' of a function and 'A monotone' of an operator", later.text, later.start
            )
    return {name: tuple(classes) for name, classes in found.items()}


# ---------------------------------------------------------------- what is random by its definition


def _spread(claim: Claim, sorts: Sorts, declared: Mapping[str, str]) -> Sorts:
    """A name that nothing declares and that equals a random term is random; one declared a constant is refused.

    Not where it equals a name alone, as in ``w0 == w[0]``, or an expectation, as in ``E[g | w] == h``: a random vector
    may have a constant value, or a constant mean whatever is given.
    """
    equations: list[tuple[str, Node, Chain]] = []
    where: dict[str, list[int]] = defaultdict(list)
    for chain in claim.assumptions:
        for left, right in (pair for op, a, b in steps(chain) if op == "==" for pair in ((a, b), (b, a))):
            if left.op in ("name", "at"):
                for t in right.walk():
                    if t.op in ("name", "at"):
                        where[str(t.args[0])].append(len(equations))
                equations.append((str(left.args[0]), right, chain))
    todo = deque(range(len(equations)))
    while todo:
        name, term, chain = equations[todo.popleft()]
        if name in sorts.random or not sorts.is_random(term):
            continue
        if name in declared and term.op in ("name", "at", "E"):
            continue
        if name in declared:
            hint = f"declare '{name}' random too, or take the expectation"
            what = f"'{name}' is declared {declared[name]}, not random, and equals the random {_cut(chain, term)}"
            raise BadInput(what, hint, chain.text, chain.terms[0].start)
        sorts = replace(sorts, random=sorts.random | {name})
        todo.extend(where[name])
    return sorts


def _indices_and_conditions(claim: Claim, random: frozenset[str], declared: Mapping[str, str]) -> None:
    """Refuses an index with the name of something random, and a condition on something of which nothing is said."""
    for chain in chains(claim):
        for r in chain.ranges:
            if r.name in random:
                _clash(chain, r.name, r.lower)
        for root, outside in scoped(chain):
            for t, bound in walk(root, outside):
                if t.op == "sum" and t.args[1] in random:
                    _clash(chain, str(t.args[1]), t)
                if t.op not in ("E", "Var"):
                    continue
                for given in t.args[1:]:
                    name = str(given.args[0]) if isinstance(given, Node) else str(given)
                    if name[0] != "_" and name not in random and name not in declared and name not in bound:
                        hint = f"declare it, as in '{name} random vector'"
                        what = f"{_cut(chain, t)} is given '{name}', which is not random as far as is known"
                        raise BadInput(what, hint, chain.text, t.start)


def _clash(chain: Chain, name: str, t: Node) -> NoReturn:
    hint = "give the index another name"
    raise BadInput(f"'{name}' is an index here, and random elsewhere", hint, chain.text, t.start)


def _cut(chain: Chain, t: Node) -> str:
    return quote(chain.text[t.start : t.stop])
