"""When a statement is defined: no divisor is zero, no root is of a negative number, no range ends before it starts.

A range ``lower..upper`` may be empty, with upper = lower - 1, and not emptier. What has to hold for the members of a
sum has to hold for each of them. A disjunction is read from left to right: each part need only be defined where those
before it are false.
"""

from collections.abc import Mapping

from ..reals.definedness import term_conditions
from ..reals.json_form import ARITY
from ..reals.terms import Compound, Expression, Formula, Term
from ..reals.work import Spend
from .terms import BINDERS, put


def conditions(x: Expression, kinds: Mapping[str, str], spend: Spend) -> list[Formula]:
    """What must hold for a term to have a value, or for a formula to have a truth value; ``kinds`` of integer names."""
    if not isinstance(x, tuple):
        return []
    spend(len(x))
    op, args = x[0], x[1:]
    found = [conditions(a, kinds, spend) for a in (args[:-1] if op in BINDERS else args)]
    out = [("or", *args[:i], c) if op == "or" and i else c for i, part in enumerate(found) for c in part]
    if op in BINDERS:
        inner = {f"#{int(name[1:]) + 1}" if name[0] == "#" else name: kind for name, kind in kinds.items()}
        if op != "every":
            inner["#0"] = "integer"
        under = conditions(args[-1], inner, spend)
        if op == "sum":
            out.append(("<=", ("+", args[0], -1), args[1]))
        around = ("all", args[0], args[1]) if op in ("sum", "all") else ("every",)
        out += [(*around, c) for c in under]
    elif op in ARITY and op not in ("+", "*", "-"):
        out += own_conditions(x, kinds, spend)
    return list(dict.fromkeys(out))


def own_conditions(t: Compound, kinds: Mapping[str, str], spend: Spend) -> list[Formula]:
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
    return [put(c, named) for c in term_conditions(own, kinds, spend)]
