"""Whether the terms of a claim agree in their sorts, once the kind of every name is known; the first that does not is
reported, with the term beside it and the reason why a name is what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from verify.language.lexemes import quote
from verify.spaces.reading.explanation import Explanation
from verify.spaces.reading.surface import Chain, Claim, Kind, Node
from verify.spaces.reading.uses import SORTS, Sort, Use, chains, is_bounds, is_function, is_zero


class Agreement(Explanation):
    """The kinds of a claim's names, and the chain that is being looked at."""

    def __init__(
        self,
        claim: Claim,
        kinds: Mapping[str, Kind],
        why: Mapping[str, Use],
        declared: Mapping[str, str],
        is_operator: Callable[[str], bool],
    ) -> None:
        super().__init__(claim, kinds, why, declared)
        self._is_operator = is_operator

    def check(self) -> None:
        """Look at every chain: assumptions first, since the goal is read in their light."""
        for chain in chains(self._claim):
            self._chain = chain
            self._bound = []
            for r in chain.ranges:
                self._index(r.lower, "a limit of the range")
                self._index(r.upper, "a limit of the range")
                self._shadows(r.name, r.lower)
                self._bound.append(r.name)
            if is_bounds(chain, self._kinds) and chain is not self._claim.goal:
                self._bounds(chain)
            else:
                self._relations(chain)

    # ------------------------------------------------------------ chains

    def _relations(self, chain: Chain) -> None:
        sorts = [self._sort(t) for t in chain.terms]
        if not chain.relations:
            if sorts[0] != "scalar":
                self._fail(f"a constant is a scalar: {self._is(chain.terms[0], sorts[0])}", "", chain.terms[0])
            return
        pairs = zip(chain.terms, sorts, chain.terms[1:], sorts[1:], chain.relations, strict=False)
        for a, s, b, r, relation in pairs:
            said = f"{self._is(a, s)}, {self._is(b, r)}"
            if "operator" in (s, r):
                hint = "bounds of an operator are assumed, as in mu <= A <= L; show <A*u, u> >= mu*||u||^2 instead"
                undeclared = self._declare(a, b) if s == r else ""
                self._fail(f"an operator is compared: {said}", undeclared or hint, a if s == "operator" else b)
            if s != r and not (is_zero(a) if r == "vector" else is_zero(b)):
                lone = b if s == "vector" else a
                self._fail(
                    f"a vector is compared with a scalar: {said}",
                    self._declare(lone) or "compare a vector with vectors, or with 0",
                    b,
                )
            if "vector" in (s, r) and relation not in ("==", "!="):
                hint = "compare norms, as in ||x|| <= ||y||, or inner products"
                self._fail(f"vectors have no order: {said}", hint, b)

    def _bounds(self, chain: Chain) -> None:
        """``mu <= A <= L``: one operator, and scalars."""
        for t in chain.terms:
            sort = self._sort(t)
            if sort == "vector":
                self._fail(f"an operator is compared with a vector: {self._is(t, sort)}", "write mu <= A <= L", t)
        operators = [t for t in chain.terms if self._sort(t) == "operator"]
        if len(operators) > 1:
            a, b = operators[:2]
            hint = "give each its own numbers, as in mu <= A <= L, or write <A*u, u> <= <B*u, u> at a vector u"
            self._fail(f"two operators are compared: {self._shown(a)} and {self._shown(b)}", hint, b)

    def _shadows(self, name: str, t: Node) -> None:
        kind = self._kinds.get(name, "integer")
        if kind not in ("integer", "real"):
            known = self._declared.get(name) or f"a {SORTS.get(kind, kind)}"
            self._fail(f"'{name}' is an index here, and {known} elsewhere", "give the index another name", t)

    def _index(self, t: Node, what: str) -> None:
        """Only what is an integer for sure can be an index or a limit."""
        if t.op == "name":
            kind = self._kinds.get(str(t.args[0]))
            if t.args[0] in self._bound or kind == "integer":
                return
            said = self._is(t, SORTS.get(kind, "scalar") if kind else "scalar")
            self._fail(f"{what} is an integer: {said}", f"declare '{t.args[0]} integer'", t)
        if t.op == "number" and isinstance(t.args[0], Fraction) and t.args[0].denominator == 1:
            return
        if t.op in ("+", "-", "*"):
            for p in t.parts:
                self._index(p, what)
            return
        self._fail(f"{what} is an integer: {self._shown(t)} is none for sure", "use integers with + - *", t)

    # ------------------------------------------------------------ terms

    def _sort(self, t: Node) -> Sort:
        match t.op:
            case "number":
                return "scalar"
            case "name":
                return self._name(t)
            case "at":
                return self._member(t)
            case "norm":
                u = t.parts[0]
                s = self._vector(u)
                if s != "vector":
                    hint = self._declare(u) or "write abs(x) for a scalar"
                    self._fail(f"the norm in {self._shown(t)} is of no vector: {self._is(u, s)}", hint, u)
                return "scalar"
            case "inner":
                for u in t.parts:
                    s = self._vector(u)
                    if s != "vector":
                        hint = self._declare(u) or "write a product of numbers with *"
                        self._fail(f"the inner product {self._shown(t)} is of two vectors: {self._is(u, s)}", hint, u)
                return "scalar"
            case "grad" | "call":
                return self._applied(t)
            case "E" | "Var":
                return self._expected(t)
            case "sum":
                self._shadows(str(t.args[1]), t)
                for limit in t.parts[1:]:
                    self._index(limit, "a limit of the sum")
                self._bound.append(str(t.args[1]))
                s = self._sort(t.parts[0])
                self._bound.pop()
                return s
            case "-":
                return self._sort(t.parts[0])
            case "+":
                return self._added(t)
            case "*":
                return self._product(t)
            case "/":
                return self._quotient(t)
            case _:
                return self._power(t)

    def _vector(self, t: Node) -> Sort:
        """The sort of a term where a vector has to stand."""
        return "vector" if is_zero(t) else self._sort(t)

    def _name(self, t: Node) -> Sort:
        name = str(t.args[0])
        if name in self._bound:
            return "scalar"
        kind = self._kinds.get(name, "real")
        if kind in ("reals", "vectors"):
            hint = f"write a member, as in {name}[t]; or give the other one another name"
            self._fail(f"'{name}' is a family, and stands here without an index: {self._reason(name)}", hint, t)
        if kind == "function":
            hint = f"write {name}(x) or grad {name}(x)" + (
                "" if name in self._declared else f"; a product is {name}*(...)"
            )
            self._fail(f"'{name}' is a function, and stands here without a point: {self._reason(name)}", hint, t)
        return SORTS[kind]

    def _member(self, t: Node) -> Sort:
        name = str(t.args[0])
        kind = self._kinds.get(name, "real")
        if kind not in ("reals", "vectors") or name in self._bound:
            known = self._declared.get(name) or ("an index" if name in self._bound else f"a {kind}")
            of = "vectors" if kind == "vector" else "reals"
            hint = f"declare '{name} family of {of}', or group with ( )"
            self._fail(f"{self._shown(t)} has an index, and '{name}' is {known}", hint, t)
        self._index(t.parts[0], "an index")
        return SORTS[kind]

    def _applied(self, t: Node) -> Sort:
        if t.op == "call" and not is_function(t):
            for p in t.parts:
                s = self._sort(p)
                if s != "scalar":
                    hint = "write ||x|| for the norm of a vector"
                    self._fail(f"{self._shown(t)} is of numbers: {self._is(p, s)}", hint, p)
            return "scalar"
        name, point = str(t.args[0]), t.parts[0]
        kind = self._kinds.get(name, "function")
        if kind != "function" or name in self._bound:
            known = self._declared.get(name) or f"a {SORTS.get(kind, kind)}"
            use = self._why.get(name)
            seen = f" (as in {quote(use.chain.text[use.node.start : use.node.stop])})" if use else ""
            hint = f"write {name}*(...) for a product"
            self._fail(f"{self._shown(t)} applies '{name}' like a function, and it is {known}{seen}", hint, t)
        s = self._vector(point)
        if s != "vector":
            gradient = t.op == "grad" and not self._is_operator(name)
            what = "a gradient is taken" if gradient else f"'{name}' is taken"
            hint = self._declare(point) or "functions are of vectors; a function of numbers is written out"
            self._fail(f"{what} at no vector in {self._shown(t)}: {self._is(point, s)}", hint, point)
        return "vector" if t.op == "grad" or self._is_operator(name) else "scalar"

    def _expected(self, t: Node) -> Sort:
        body = t.parts[0]
        s = self._sort(body)
        if s == "operator":
            self._fail(
                f"the expectation of an operator: {self._is(body, s)}", "apply it to a vector, as in E[A*u]", body
            )
        for given in t.args[1:]:
            if isinstance(given, Node):
                self._member(given)
        return "scalar" if t.op == "Var" else s

    def _added(self, t: Node) -> Sort:
        sorts = [(p, self._sort(p)) for p in t.parts]
        vectors = [p for p, s in sorts if s == "vector"]
        operators = [p for p, s in sorts if s == "operator"]
        others = [p for p, s in sorts if s == "scalar" and not is_zero(p)]
        if vectors and operators:
            a, b = _bare(vectors[0]), _bare(operators[0])
            said = f"{self._is(a, 'vector')}, {self._is(b, 'operator')}"
            self._fail(
                f"a vector and an operator are added: {said}", "apply it to a vector, as in A*u", max(a, b, key=_at)
            )
        if vectors and others:
            a, b = _bare(vectors[0]), _bare(others[0])
            said = ", ".join(self._is(p, "vector" if p is a else "scalar") for p in sorted((a, b), key=_at))
            hint = self._declare(b) or "add vectors to vectors; ||x|| and <x, y> are scalars"
            self._fail(f"a vector and a scalar are added: {said}", hint, max(a, b, key=_at))
        return "vector" if vectors else "operator" if operators else "scalar"

    def _product(self, t: Node) -> Sort:
        last: Node | None = None
        operator: Node | None = None
        for p in t.parts:
            s = self._sort(p)
            if s != "scalar" and last is not None:
                said = f"{self._shown(last)} and {self._shown(p)}"
                if s == "vector":
                    why = f"{self._is(last, 'vector')}, {self._is(p, 'vector')}"
                    hint = f"write <{self._plain(last)}, {self._plain(p)}> for the inner product"
                    self._fail(f"two vectors are multiplied, {said}: {why}", hint, p)
                self._fail(f"an operator stands behind a vector, {said}", "write A*u", p)
            last = p if s == "vector" else last
            operator = p if s == "operator" else operator
        return "vector" if last is not None else "operator" if operator is not None else "scalar"

    def _quotient(self, t: Node) -> Sort:
        above, below = t.parts
        s = self._sort(below)
        if s != "scalar":
            said = f"{self._shown(above)} is divided by {self._shown(below)}"
            self._fail(f"{said}: {self._is(below, s)}", "divide by its norm, ||x||, or multiply by a scalar", below)
        return self._sort(above)

    def _power(self, t: Node) -> Sort:
        base, exponent = t.parts
        s, r = self._sort(base), self._sort(exponent)
        if r != "scalar":
            self._fail(f"an exponent of {self._shown(base)} is no number: {self._is(exponent, r)}", "", exponent)
        if s == "vector":
            said = f"{self._shown(base)} is raised to {self._shown(exponent)}"
            self._fail(f"{said}: {self._is(base, s)}", "write ||x||^2 for the square of the norm", base)
        whole = exponent.op == "number" and isinstance(exponent.args[0], Fraction) and exponent.args[0].denominator == 1
        if s == "operator" and not whole:
            said = f"{self._shown(base)} is raised to {self._shown(exponent)}"
            self._fail(f"{said}: {self._is(base, s)}", "only whole powers of an operator are read", exponent)
        return s


def _at(t: Node) -> int:
    return t.start


def _bare(t: Node) -> Node:
    """A term without the minus sign of a difference."""
    return t.parts[0] if t.op == "-" else t
