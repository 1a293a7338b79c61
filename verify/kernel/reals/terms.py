"""Terms and formulas: names, exact numbers and nested tuples, and what is done to them without knowing what they mean.

All functions are total. Their values where a statement would be undefined (``1/0``, ``log(-1)``) are arbitrary but
fixed functions of the values of their arguments, so equal arguments give equal values, and a rule clears a denominator
only where the facts show that it is not zero. One function P stands for ``x^y`` whatever the exponent looks like:
P(x, y) is the whole power where y is an integer and x != 0 or 0 <= y, the real power where 0 < x, 0 where x = 0 < y,
and arbitrary elsewhere; where two of these apply they agree. So replacing y by 2 in ``x^y`` replaces equals by equals,
also for a negative x, while the statement ``x^y`` with a real variable y is defined for positive x alone.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias

Number: TypeAlias = int | Fraction
Compound: TypeAlias = tuple[Any, ...]  # operator, terms; which operator has how many, ``json_form`` sees to
Term: TypeAlias = str | int | Fraction | Compound
Formula: TypeAlias = tuple[Any, ...]  # relation, two terms; or connective, formulas
Expression: TypeAlias = Any  # a term or a formula, for what is done to either

RELATIONS = ("==", "!=", "<", "<=", ">", ">=")
TRUE: Formula = ("and",)
FALSE: Formula = ("or",)


def names_in(x: Expression) -> set[str]:
    """The variables of a term or formula."""
    found, todo = set(), [x]
    for y in todo:
        if isinstance(y, tuple):
            todo.extend(y[1:])
        elif isinstance(y, str):
            found.add(y)
    return found


def substitute(x: Expression, theta: Mapping[str, Term]) -> Expression:
    """Simultaneous substitution of terms for variables, in a term or a formula, neither of which binds a name."""
    if isinstance(x, tuple):  # most parts of a term are names and numbers: they are done here, for speed
        return (x[0], *[substitute(a, theta) if isinstance(a, tuple) else theta.get(a, a) for a in x[1:]])
    return theta.get(x, x)


def rewrite(x: Expression, old: Term, new: Term) -> Expression:
    """Replace every occurrence of a term; no formula is equal to a term."""
    if x == old:
        return new
    if not isinstance(x, tuple):
        return x
    return (x[0], *[rewrite(a, old, new) if isinstance(a, tuple) else new if a == old else a for a in x[1:]])


def minus(a: Term, b: Term) -> Compound:
    """a - b, which is written as a sum."""
    return ("+", a, ("-", b))


def rational(t: Compound) -> bool:
    """Whether the outermost operation of a term is one of a rational function."""
    return t[0] in ("+", "*", "-", "/") or (t[0] == "^" and isinstance(t[2], int))


def is_difference(t: Term) -> bool:
    """Whether a term has the form of ``minus``."""
    return isinstance(t, tuple) and t[0] == "+" and len(t) == 3 and isinstance(t[2], tuple) and t[2][0] == "-"
