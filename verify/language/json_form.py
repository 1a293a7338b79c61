"""The form in which statements are written to certificates, the lock file and the cache.

A variable is its name, a number the string "p/q" or "p" (names never start with a digit or a sign), everything else a
list ``[operator, argument, ...]``. Reading raises an error of some kind on data that are none of these; the text of a
statement that a person wrote is read by ``verify.language.parser`` instead.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, overload

from verify.language.logic import RELATIONS, App, Bool, Formula, Num, Rel, Sequent, Term, Var

Json = str | list["Json"]


@overload
def to_json(x: Sequent) -> dict[str, Any]: ...


@overload
def to_json(x: Term | Formula) -> Json: ...


def to_json(x: Term | Formula | Sequent) -> Json | dict[str, Any]:
    """The form of a term or formula, or the fields of a sequent.

    >>> to_json(Rel(">=", App("^", (Var("x"), Num(Fraction(2)))), Num(Fraction(0))))
    ['>=', ['^', 'x', '2'], '0']
    """
    match x:
        case Sequent(variables, hypotheses, goal):
            return {
                "variables": [[name, kind] for name, kind in variables],
                "hypotheses": [to_json(h) for h in hypotheses],
                "goal": to_json(goal),
            }
        case Var(name):
            return name
        case Num(value):
            return str(value)
        case Rel(op, lhs, rhs):
            return [op, to_json(lhs), to_json(rhs)]
        case App(op, args) | Bool(op, args):
            return [op, *map(to_json, args)]


def term_from_json(data: Any) -> Term:
    if isinstance(data, str):
        return Num(Fraction(data)) if data[:1].isdigit() or data[:1] == "-" else Var(data)
    return App(data[0], tuple(map(term_from_json, data[1:])))


def formula_from_json(data: Any) -> Formula:
    if data[0] in RELATIONS:
        return Rel(data[0], term_from_json(data[1]), term_from_json(data[2]))
    return Bool(data[0], tuple(map(formula_from_json, data[1:])))


def sequent_from_json(data: Any) -> Sequent:
    return Sequent(
        tuple((name, kind) for name, kind in data["variables"]),
        tuple(formula_from_json(h) for h in data["hypotheses"]),
        formula_from_json(data["goal"]),
    )
