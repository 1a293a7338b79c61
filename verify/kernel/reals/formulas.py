"""Negation and normal form. From here on formulas have the relations ``==  !=  <  <=`` alone, under ``and``, ``or``."""

from .terms import RELATIONS, Formula
from .work import Spend, uncounted


def negate(f: Formula, spend: Spend = uncounted) -> Formula:
    """The negation, pushed down to relations: not a < b is b <= a, and so on (De Morgan)."""
    spend(4 * len(f))
    op, *args = f
    if op in RELATIONS:
        return ({"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}[op], *args)
    if op == "not":
        inner: Formula = args[0]
        return inner
    if op == "implies":
        return ("and", args[0], negate(args[1], spend))
    if op == "iff":
        return ("or", ("and", args[0], negate(args[1], spend)), ("and", args[1], negate(args[0], spend)))
    return ("or" if op == "and" else "and", *[negate(a, spend) for a in args])


def normal(f: Formula, spend: Spend = uncounted) -> Formula:
    """Negation normal form: relations == != < <= under flattened ``and`` and ``or``."""
    spend(6 * len(f))
    op, *args = f
    if op in RELATIONS:
        return ({">": "<", ">=": "<="}[op], args[1], args[0]) if op in (">", ">=") else f
    if op == "not":
        return normal(negate(args[0], spend), spend)
    if op == "implies":
        return normal(("or", negate(args[0], spend), args[1]), spend)
    if op == "iff":
        return normal(("and", ("implies", *args), ("implies", args[1], args[0])), spend)
    flat = [p for a in [normal(a, spend) for a in args] for p in (a[1:] if a[0] == op else (a,))]
    spend(len(flat))
    return flat[0] if len(flat) == 1 else (op, *flat)
