"""When a term denotes a real number and a formula has a truth value: read off the form of a statement, once."""

from collections.abc import Mapping

from .formulas import negate
from .terms import RELATIONS, Formula, Term
from .whole import whole_when
from .work import Spend, measure, uncounted


def term_conditions(t: Term, kinds: Mapping[str, str], spend: Spend = uncounted) -> list[Formula]:
    """What must hold for ``t`` to denote a real number, innermost conditions first.

    ``x^0`` is 1 for every x, a positive rational literal exponent wants 0 <= x, another real exponent 0 < x. One that
    is whole, by its form and under the conditions of ``whole_when``, wants x != 0 or 0 <= exponent.
    """
    if not isinstance(t, tuple):
        return []
    spend(2 * len(t))
    out = [c for a in t[1:] if isinstance(a, tuple) for c in term_conditions(a, kinds, spend)]
    before = len(out)
    op, first, last = t[0], t[1], t[-1]  # of most operations the one argument, or both
    number = None if isinstance(first, (str, tuple)) else first
    if op == "/" and (isinstance(last, (str, tuple)) or last == 0):
        out.append(("!=", last, 0))
    elif op == "log" and not (number is not None and number > 0):
        out.append(("<", 0, first))
    elif op == "sqrt" and not (number is not None and number >= 0):
        out.append(("<=", 0, first))
    elif op == "^" and not isinstance(last, int):
        whole = whole_when(last, kinds, spend)
        if whole is None and not isinstance(last, (str, tuple)) and last > 0:  # x^(1/3) is 0 at 0
            if number is None or number < 0:
                out.append(("<=", 0, first))
        elif whole is None:
            if number is None or number <= 0:
                out.append(("<", 0, first))
        else:
            inner = () if number is not None and number != 0 else (("or", ("!=", first, 0), ("<=", 0, last)),)
            if whole and (number is None or number <= 0):
                out.append(("or", ("<", 0, first), ("and", *whole, *inner)))
            elif not whole:
                out.extend(inner)
    elif op == "^" and last < 0 and (number is None or number == 0):
        out.append(("!=", first, 0))
    spend(len(out) + sum(measure(c)[0] for c in out[before:]))
    return out


def defined(f: Formula, kinds: Mapping[str, str], spend: Spend = uncounted) -> Formula:
    """When ``f`` has a truth value; connectives are read from left to right."""
    op, *args = f
    if op in RELATIONS:
        conditions = [c for a in args for c in term_conditions(a, kinds, spend)]
        return ("and", *dict.fromkeys(conditions))
    if op in ("not", "iff"):
        return ("and", *[defined(a, kinds, spend) for a in args])
    out: list[Formula] = []
    before: list[Formula] = []
    for a in args:
        spend(len(before) + 1)
        out.append(("implies", ("and", *before), defined(a, kinds, spend)))
        before.append(negate(a, spend) if op == "or" else a)
    return ("and", *out)
