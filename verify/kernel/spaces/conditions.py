"""When a statement is defined: no divisor is zero, no root is of a negative number, no range ends before it starts.

A range ``lower..upper`` may be empty, with upper = lower - 1, and not emptier. What has to hold for the members of a
sum has to hold for each of them. A disjunction is read from left to right: each part need only be defined where those
before it are false, and of a conjunction in it where those before it are true. The parts of any other conjunction are
all defined, which they are where it is true.
"""

from ..reading import need
from ..reals.definedness import term_conditions
from ..reals.formulas import negate, normal
from ..reals.json_form import ARITY
from ..reals.terms import RELATIONS, Compound, Expression, Formula, Term
from ..reals.work import Spend
from .sorts import Sorts, kinds_in
from .terms import BINDERS, put


def conditions(
    x: Expression, sorts: Sorts, spend: Spend, inside: tuple[str, ...] = (), either: bool = False
) -> list[Formula]:
    """What must hold for a term to have a value, or for a formula to have a truth value; ``inside``: kinds of what is
    bound around it, the innermost first; ``either``: whether it is part of a disjunction."""
    if not isinstance(x, tuple):
        return []
    op, args = x[0], x[1:]
    found = [conditions(a, sorts, spend, inside, either or op == "or") for a in (args[:-1] if op in BINDERS else args)]
    spend(len(x) + sum(map(len, found)) * (len(x) if op in ("or", "and") else 1))
    out = [c for part in found for c in part]
    if op == "or" or (op == "and" and either):
        out = [("or", *before(op, args[:i]), c) if i else c for i, part in enumerate(found) for c in part]
    if op in BINDERS:
        under = conditions(args[-1], sorts, spend, ("vector" if op == "every" else "integer", *inside), either)
        if op == "sum":
            out.append(("<=", ("+", args[0], -1), args[1]))
        around = ("all", args[0], args[1]) if op in ("sum", "all") else ("every",)
        out += [(*around, c) for c in under]
    elif op in ARITY and op not in ("+", "*", "-"):
        out += own_conditions(x, sorts, spend, inside)
    return list(dict.fromkeys(out))


def before(op: str, parts: tuple[Formula, ...]) -> list[Formula]:
    """What is false where a later part of a disjunction or conjunction is looked at."""
    if op == "or":
        return list(parts)
    need(all(f[0] in RELATIONS for f in parts), "a conjunction in a disjunction begins with what is no relation")
    return [normal(negate(f)) for f in parts]


def own_conditions(t: Compound, sorts: Sorts, spend: Spend, inside: tuple[str, ...]) -> list[Formula]:
    """What the outermost operation of a number wants; an exponent is read as far as it is arithmetic."""
    named: dict[str, Term] = {}

    def shallow(a: Term, arithmetic: bool) -> Term:
        if not isinstance(a, tuple):
            return a
        if arithmetic and a[0] in ARITY:
            return (a[0], *[shallow(b, True) for b in a[1:]])
        name = f"?{len(named)}"
        named[name] = a
        return name

    own = (t[0], *[shallow(a, t[0] == "^" and i == 1) for i, a in enumerate(t[1:])])
    return [put(c, named) for c in term_conditions(own, kinds_in(own, sorts, inside), spend)]
