"""When a statement is defined: no divisor is zero, no root is of a negative number, no range ends before it starts.

A range ``lower..upper`` may be empty, with upper = lower - 1, and not emptier. What has to hold for the members of a
sum has to hold for each of them. A disjunction is read from left to right: each part need only be defined where those
before it are false.
"""

from ..reals.definedness import term_conditions
from ..reals.json_form import ARITY
from ..reals.terms import Compound, Expression, Formula, Term
from ..reals.work import Spend
from .sorts import Sorts, kinds_in
from .terms import BINDERS, put


def conditions(x: Expression, sorts: Sorts, spend: Spend, inside: tuple[str, ...] = ()) -> list[Formula]:
    """What must hold for a term to have a value, or for a formula to have a truth value; ``inside``: kinds of what is
    bound around it, the innermost first."""
    if not isinstance(x, tuple):
        return []
    op, args = x[0], x[1:]
    found = [conditions(a, sorts, spend, inside) for a in (args[:-1] if op in BINDERS else args)]
    spend(len(x) + sum(map(len, found)) * (len(x) if op == "or" else 1))
    out = [("or", *args[:i], c) if op == "or" and i else c for i, part in enumerate(found) for c in part]
    if op in BINDERS:
        under = conditions(args[-1], sorts, spend, ("vector" if op == "every" else "integer", *inside))
        if op == "sum":
            out.append(("<=", ("+", args[0], -1), args[1]))
        around = ("all", args[0], args[1]) if op in ("sum", "all") else ("every",)
        out += [(*around, c) for c in under]
    elif op in ARITY and op not in ("+", "*", "-"):
        out += own_conditions(x, sorts, spend, inside)
    return list(dict.fromkeys(out))


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
