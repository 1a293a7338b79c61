"""The sorts of names, and terms and formulas of a certificate, read as being of the sort that is wanted.

Every mistake of sort is a refusal: a vector where a number is wanted, an index that is no integer, an expectation at a
level that is no level. A term that was read is meaningful at all values of its names.
"""

from collections.abc import Mapping
from typing import NamedTuple

from ..reading import Json, Refused, need, shown
from ..reals.json_form import ARITY, fields, items, read_atom, read_name
from ..reals.terms import RELATIONS, Expression, Formula, Term
from ..reals.whole import whole_when
from ..reals.work import DEPTH, Spend
from .terms import bound, names

KINDS = ("real", "integer", "vector", "reals", "vectors", "operator")
WILD = ("^", "sqrt", "exp", "log", "inv")  # what may be without an expectation where its arguments have one
__all__ = ["KINDS", "Reader", "Sort", "fields", "is_whole", "items", "kinds_in", "level_of", "read_level", "read_name"]


class Sort(NamedTuple):
    """A kind, and the stage at which the value is known: 0 for a constant."""

    kind: str
    level: int


Sorts = Mapping[str, Sort]


def read_level(x: Json) -> int:
    """A stage: a digit."""
    need(isinstance(x, str) and len(x) == 1 and x.isascii() and x.isdigit(), "a level is a digit")
    return int(x)


class Reader:
    """Reads terms and formulas about declared names; ``inside``: what is bound, with kinds, the innermost first."""

    def __init__(self, sorts: Sorts, spend: Spend, inside: tuple[tuple[str, str], ...] = ()) -> None:
        self.sorts = sorts
        self.spend = spend
        self.inside = inside

    def under(self, name: Json, kind: str) -> "Reader":
        """The reader of what stands under a binder; what it binds has a name that is not declared or bound yet."""
        need(read_name(name) not in self.sorts, f"the name {shown(name)} is bound and declared")
        need(all(name != other for other, _ in self.inside), f"the name {shown(name)} is bound twice")
        need(len(self.inside) < DEPTH, "too many binders")
        return Reader(self.sorts, self.spend, ((name, kind), *self.inside))

    def named(self, x: Json, *kinds: str) -> str:
        """A name of one of some kinds, or what stands for a bound one."""
        name = read_name(x)
        for i, (other, kind) in enumerate(self.inside):
            if other == name:
                need(kind in kinds, f"the name {shown(name)} is of another sort")
                return bound(i)
        need(name in self.sorts, f"the name {shown(name)} is not declared")
        need(self.sorts[name].kind in kinds, f"the name {shown(name)} is of another sort")
        return name

    def scalar(self, x: Json, depth: int = 0) -> Term:
        """A number."""
        need(depth < DEPTH, "a term is nested too deeply")
        if isinstance(x, str):
            is_name = not (x[:1].isdigit() or x[:1] == "-")
            return self.named(x, "real", "integer") if is_name else read_atom(x)
        op, args = self.operation(x)
        deeper = depth + 1
        if op in ARITY:
            low, high = ARITY[op]
            need(low <= len(args) <= high, f"wrong number of arguments of {op}")
            return (op, *[self.scalar(a, deeper) for a in args])
        if op == "inner":
            need(len(args) == 2, "an inner product is one of two vectors")
            return (op, self.vector(args[0], deeper), self.vector(args[1], deeper))
        if op == "norm":
            need(len(args) == 1, "a norm is one of a vector")
            return (op, self.vector(args[0], deeper))
        if op == "at":
            need(len(args) == 2, "a member of a family has an index")
            return (op, self.named(args[0], "reals"), self.index(args[1], deeper))
        if op == "E":
            need(len(args) == 2, "an expectation has a level")
            return (op, read_level(args[0]), self.scalar(args[1], deeper))
        need(op == "sum", f"{shown(op)} is no operation whose value is a number")
        lower, upper, inner = self.ranged(args, deeper)
        return (op, lower, upper, inner.scalar(args[3], deeper))

    def vector(self, x: Json, depth: int = 0) -> Term:
        """A vector."""
        need(depth < DEPTH, "a term is nested too deeply")
        if isinstance(x, str):
            return self.named(x, "vector")
        op, args = self.operation(x)
        deeper = depth + 1
        if op == "zero":
            need(not args, "zero has no arguments")
            return (op,)
        if op in ("+", "-"):
            need(2 <= len(args) <= 999 if op == "+" else len(args) == 1, f"wrong number of arguments of {op}")
            return (op, *[self.vector(a, deeper) for a in args])
        if op == "scale":
            need(len(args) == 2, "a multiple has a factor and a vector")
            return (op, self.scalar(args[0], deeper), self.vector(args[1], deeper))
        if op == "at":
            need(len(args) == 2, "a member of a family has an index")
            return (op, self.named(args[0], "vectors"), self.index(args[1], deeper))
        if op == "apply":
            need(len(args) == 2, "an operator is applied to a vector")
            return (op, self.named(args[0], "operator"), self.vector(args[1], deeper))
        if op == "E":
            need(len(args) == 2, "an expectation has a level")
            return (op, read_level(args[0]), self.vector(args[1], deeper))
        need(op == "sum", f"{shown(op)} is no operation whose value is a vector")
        lower, upper, inner = self.ranged(args, deeper)
        return (op, lower, upper, inner.vector(args[3], deeper))

    def operation(self, x: Json) -> tuple[str, list[Json]]:
        """The operation of a term, and its arguments."""
        if not (isinstance(x, list) and x and isinstance(x[0], str)):
            raise Refused("not a term")
        return x[0], x[1:]

    def index(self, x: Json, depth: int = 0) -> Term:
        """An integer by its form, and a constant."""
        t = self.scalar(x, depth)
        kinds = kinds_in(t, self.sorts, tuple(kind for _, kind in self.inside))
        need(is_whole(t, kinds, self.spend), "an index is not seen to be an integer")
        need(level_of(t, self.sorts) == 0, "an index is random")
        return t

    def ranged(self, args: list[Json], depth: int) -> tuple[Term, Term, "Reader"]:
        """The bounds of a range of integers, and the reader of what it binds in."""
        need(len(args) == 4, "a range has a name, two bounds and a body")
        return self.index(args[1], depth), self.index(args[2], depth), self.under(args[0], "integer")

    def formula(self, x: Json, depth: int = 0) -> Formula:
        """A relation between numbers, an equation of vectors, a conjunction, a disjunction or a quantified formula."""
        need(depth < DEPTH and isinstance(x, list) and bool(x) and isinstance(x[0], str), "not a formula")
        op, args = self.operation(x)
        if op in RELATIONS:
            need(len(args) == 2, "a relation has two sides")
            a, b = self.scalar(args[0]), self.scalar(args[1])
            return ({">": "<", ">=": "<="}[op], b, a) if op in (">", ">=") else (op, a, b)
        if op == "same":
            need(len(args) == 2, "an equation has two sides")
            return (op, self.vector(args[0]), self.vector(args[1]))
        if op == "all":
            lower, upper, inner = self.ranged(args, 0)
            return (op, lower, upper, inner.formula(args[3], depth + 1))
        if op == "every":
            need(len(args) == 2, "a formula for every vector has a name and a body")
            body = self.under(args[0], "vector").formula(args[1], depth + 1)
            need(constant(body, self.sorts), "what holds for every vector mentions something random")
            return (op, body)
        need(op in ("and", "or") and len(args) < 9999, "not a formula")
        return (op, *[self.formula(a, depth + 1) for a in args])


def kinds_in(t: Term, sorts: Sorts, inside: tuple[str, ...] = ()) -> dict[str, str]:
    """The kinds of the names in a term, and of what is bound around it, the innermost first."""
    kinds = {name: sorts[name].kind for name in names(t) if name in sorts}
    return kinds | {bound(i): kind for i, kind in enumerate(inside)}


def is_whole(t: Term, kinds: Mapping[str, str], spend: Spend) -> bool:
    """Whether a term is an integer by its form."""
    return whole_when(t, kinds, spend) == []


def level_of(x: Expression, sorts: Sorts) -> int:
    """The stage at which the value of a term or the truth of a formula is known."""
    if isinstance(x, str):
        return sorts[x].level if x in sorts else 0
    if not isinstance(x, tuple):
        return 0
    if x[0] == "E":
        return min(int(x[1]), level_of(x[2], sorts))
    return max((level_of(a, sorts) for a in x[1:]), default=0)


def has_moments(x: Term, k: int, sorts: Sorts) -> bool:
    """Whether a value has all moments given what is known at stage k, because the names in it have.

    It has where it is made of names by sums, products, inner products, norms, expectations, abs, min and max, besides
    what is known at stage k: divisors, other powers, roots, values of exp and log may be anything that is.
    """
    todo: list[Term] = [x]
    for y in todo:
        if isinstance(y, tuple):
            natural = y[0] == "^" and isinstance(y[2], int) and y[2] >= 0
            wild = y[2:] if y[0] == "/" else y[1:] if y[0] in WILD and not natural else ()
            if any(level_of(z, sorts) > k for z in wild):
                return False
            todo.extend(y[1:])
    return True


def expectations_exist(x: Expression, sorts: Sorts) -> bool:
    """Whether what stands in each expectation of a term or formula has moments."""
    todo: list[Expression] = [x]
    for y in todo:
        if isinstance(y, tuple):
            if y[0] == "E" and not has_moments(y[2], y[1], sorts):
                return False
            todo.extend(y[1:])
    return True


def constant(f: Formula, sorts: Sorts) -> bool:
    """Whether a formula is about constants alone, without expectations: so it holds whatever random is put in."""
    todo: list[Expression] = [f]
    for x in todo:
        if isinstance(x, tuple):
            if x[0] == "E":
                return False
            todo.extend(x[1:])
        elif isinstance(x, str) and x in sorts and sorts[x].level > 0:
            return False
    return True
