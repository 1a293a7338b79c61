"""What is known about the names of a claim before anything is drawn: kinds, stages, what determines them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from verify.spaces.reading.surface import Chain, Claim, ClassOf, Declared, Independent, Node


def names_of(node: Node) -> set[str]:
    return {
        a
        for n in node.walk()
        for a in n.args
        if isinstance(a, str) and n.op in ("name", "at", "E", "Var", "grad", "call")
    }


def names_in(chain: Chain) -> set[str]:
    inside = set().union(*map(names_of, chain.terms), *(names_of(b) for r in chain.ranges for b in (r.lower, r.upper)))
    return inside - {r.name for r in chain.ranges}


def summands(t: Node) -> set[str]:
    """The names that are vectors because this term is one."""
    if t.op == "name":
        return {str(t.args[0])}
    inside = {"+": t.parts, "-": t.parts, "*": t.parts[-1:], "/": t.parts[:1]}.get(t.op, ())
    return set().union(*map(summands, inside), set())


def bound_names(claim: Claim) -> set[str]:
    chains = (claim.goal, *claim.assumptions)
    sums = {str(n.args[1]) for c in chains for t in c.terms for n in t.walk() if n.op == "sum"}
    return sums | {r.name for c in chains for r in c.ranges}


@dataclass
class Equation:
    """An assumption that determines ``target``: by value, by a shift of its (conditional) mean, or implicitly."""

    chain: Chain
    target: str
    how: str
    other: Node


class Plan:
    """What is known about the names of a claim before anything is drawn."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.kinds: dict[str, tuple[str, bool]] = {}
        self.classes: dict[str, dict[str, Node | None]] = {}
        self.independent: list[tuple[str, ...]] = []
        for d in claim.declarations:
            if isinstance(d, Declared):
                self.kinds |= {n: (d.kind or "", d.random) for n in d.names}
            elif isinstance(d, ClassOf):
                self.classes.setdefault(d.name, {})[d.what] = d.parameter
            elif isinstance(d, Independent):
                self.independent.append(d.names)
        chains = (claim.goal, *claim.assumptions)
        bound = bound_names(claim)
        places = (n for c in chains for t in c.terms for n in t.walk() if n.op in ("norm", "inner"))
        for name in {name for n in places for p in n.parts for name in summands(p)}:
            kind, random = self.kinds.get(name, ("", False))
            self.kinds[name] = (kind or "vector", random)
        for c in chains:
            for t in (*c.terms, *(b for r in c.ranges for b in (r.lower, r.upper))):
                for n in t.walk():
                    self._undeclared(n, bound)
        self.kinds = {n: (kind or "real", random) for n, (kind, random) in self.kinds.items()}
        self.critical = {f: p for c in claim.assumptions for f, p in [critical(c)] if f}
        self.givens = sorted({g for c in chains for t in c.terms for g in given_sets(t)}, key=len)
        self.equations: list[Equation] = []
        self.targets: set[str] = set()
        self.rest: list[Chain] = []
        for c in claim.assumptions:
            self._place(c)
        self._sort()

    def _undeclared(self, n: Node, bound: set[str]) -> None:
        if n.op in ("grad", "call") and isinstance(n.args[0], str):
            name = n.args[0]
            if n.op == "grad" or name not in ("sqrt", "exp", "log", "abs", "min", "max"):
                self.classes.setdefault(name, {})
        elif n.op in ("name", "at"):
            name = str(n.args[0])
            if name not in bound and name not in self.kinds:
                self.kinds[name] = ("reals" if n.op == "at" else "real", False)

    def level(self, name: str) -> int:
        """The stage at which a random name is known: by the conditional expectations in which it is given."""
        return next((k for k, g in enumerate(self.givens) if name in g), len(self.givens))

    def vectorial(self, t: Node) -> bool:
        match t.op, t.args:
            case (("name" | "at"), (name, *_)):
                return self.kinds.get(str(name), ("", False))[0] in ("vector", "vectors")
            case "grad", _:
                return True
            case "call", (name, *_):
                return bool(self.classes.get(str(name), {}).keys() & OPERATORS)
            case (("+" | "-" | "*" | "/" | "E" | "sum"), _):
                return any(self.vectorial(p) for p in t.parts)
        return False

    def _place(self, c: Chain) -> None:
        if critical(c)[0] in self.classes:
            return
        equation = None if c.ranges or c.relations != ("==",) else self._equation(c)
        if equation is None:
            self.rest.append(c)
        else:
            self.equations.append(equation)
            self.targets.add(equation.target)

    def _equation(self, c: Chain) -> Equation | None:
        left, right = c.terms
        for a, b in ((left, right), (right, left)):
            if a.op == "name" and self._free(str(a.args[0])) and str(a.args[0]) not in names_of(b):
                return Equation(c, str(a.args[0]), "value", b)
        for a, b in ((left, right), (right, left)):
            if a.op == "E" and isinstance(a.args[0], Node) and a.args[0].op == "name":
                name = str(a.args[0].args[0])
                if self.kinds[name][1] and name not in self.targets:
                    return Equation(c, name, "mean", b)
        if not (self.vectorial(left) or self.vectorial(right)):
            return None
        for a in (left, right):
            for n in a.walk():
                if n.op == "name" and self.kinds[str(n.args[0])][0] == "vector" and self._free(str(n.args[0])):
                    return Equation(c, str(n.args[0]), "implicit", left)
        return None

    def _free(self, name: str) -> bool:
        points = {p for p in self.critical.values()}
        return self.kinds[name][0] in ("vector", "real") and name not in self.targets and name not in points

    def _sort(self) -> None:
        """What an equation needs is determined before it, where that is possible."""
        waiting, self.equations, known = self.equations, [], set()
        while waiting:
            ready = [e for e in waiting if not ((names_in(e.chain) & self.targets) - known - {e.target})] or waiting[:1]
            self.equations.append(ready[0])
            known.add(ready[0].target)
            waiting.remove(ready[0])


OPERATORS = {"monotone", "strongly monotone", "cocoercive", "Lipschitz operator"}


def critical(c: Chain) -> tuple[str, str]:
    """grad f(xs) == 0: the function and the point."""
    if not c.ranges and c.relations == ("==",) and c.terms[1].args == (Fraction(0),):
        match c.terms[0]:
            case Node("grad", (f, Node("name", (p,)))):
                return str(f), str(p)
    return "", ""


def given_sets(t: Node) -> Iterator[tuple[str, ...]]:
    for n in t.walk():
        if n.op in ("E", "Var") and len(n.args) > 1:
            yield tuple(str(a) for a in n.args[1:])
