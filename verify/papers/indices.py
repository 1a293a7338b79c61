"""Subscripts as terms: whether two names have the same one, or may have it."""

from __future__ import annotations

import itertools
from fractions import Fraction

from verify.language import logic
from verify.language.logic import Rel, Sequent, Term, Var
from verify.language.rational_functions import Field, ZeroDenominator, raw
from verify.papers.assumptions import Context
from verify.papers.cleaning import clean
from verify.papers.grammar import Reader
from verify.papers.names import Names
from verify.papers.tokens import NotUnderstood, tokenize


def same_index(sequent: Sequent, context: Context) -> str:
    """Two names whose subscripts are equal, x_{n+1} and x_{1+n}, or may be, because their letters are compared."""
    families: dict[str, list[tuple[str, str]]] = {}
    names = {name for name, _ in sequent.variables}
    for name in sorted(names):
        base, found, index = context.names.key_of_variable(name).partition("_")
        if found and name not in context.names.opaque:
            families.setdefault(base, []).append((name, index))
    for family in families.values():
        for (a, i), (b, j) in itertools.combinations(family, 2):
            one, other = _index(i), _index(j)
            if one is None or other is None:
                continue
            letters = logic.variables_of(Rel("==", one, other))
            difference = _difference(one, other)
            compared = any(context.names.variable_of_key(letter) in names for letter in letters)
            if difference == 0 or (compared and difference is None):
                shown = [context.names.latex.get(n, n) for n in (a, b)]
                return f"a point violates it, but it takes {shown[0]} and {shown[1]} as unrelated numbers"
    return ""


def _index(text: str) -> Term | None:
    """A subscript as a term in its letters, where it is one."""
    try:
        names = Names()
        inner = text[1:-1] if text.startswith("{") and text.endswith("}") else text
        found = Reader(clean(tokenize(inner)), names, declaring=True).whole()
    except NotUnderstood:
        return None
    return logic.substitute_term(found, {n: Var(names.key_of_variable(n)) for n in logic.variables_of(found)})


def _difference(a: Term, b: Term) -> Fraction | None:
    """The difference of two terms where it is a number, else None."""
    difference = ("+", raw(a), ("-", raw(b)))
    try:
        above, below = Field([difference]).quotient(difference)
    except ZeroDenominator:
        return None
    if above == 0:
        return Fraction(0)
    return Fraction(1) if above.is_constant() and below.is_constant() else None
