"""Terms and formulas as one writes them in Coq: with the parentheses that its precedences need, and no others.

A quantity of the library at some arguments is the term ``("app:" + its name, *arguments)``. The same text stands for
the same term of Coq as ``verify/coq/reals/notation.py`` writes with all parentheses.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from verify.coq.reals.notation import FUNCTIONS, RELATIONS
from verify.coq.untranslated import Untranslated
from verify.kernel.reals.terms import Formula, Number, Term

CALL = "app:"
# How tightly Coq's operations bind; an argument of a function binds tightest.
ARGUMENT, APPLIED, POWER, INVERSE, PRODUCT, SUM, RELATION, NOT, AND, OR, IFF, ARROW = range(12)
WIDTH = 110
Names = Mapping[str, str]


def wrapped(text: str) -> str:
    """A long line in several, each indented."""
    return textwrap.fill(
        text, WIDTH, initial_indent="  ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )


def call(name: str, *arguments: Term) -> Term:
    """A quantity at some arguments; without any it is a constant."""
    return (CALL + name, *arguments)


def term(t: Term, names: Names, level: int = SUM) -> str:
    """A term where something that binds as ``level`` may stand.

    >>> print(term(("/", ("+", "x", ("-", 1)), call("f", "x", ("^", "x", 2))), {"x": "x"}))
    (x - 1) / f x (x ^ 2)
    """
    text, own = _term(t, names)
    return text if own <= level else f"({text})"


def _term(t: Term, names: Names) -> tuple[str, int]:
    """The text of a term, and how tightly its outermost operation binds."""
    if isinstance(t, str):
        return names[t], ARGUMENT
    if not isinstance(t, tuple):
        return _number(t)
    op, args = t[0], t[1:]
    if op.startswith(CALL):
        return _applied(op[len(CALL) :], args, names)
    if op == "+":
        text = term(args[0], names)
        for a in args[1:]:
            negative = isinstance(a, tuple) and a[0] == "-"
            text += f" - {term(a[1], names, PRODUCT)}" if negative else f" + {term(a, names, PRODUCT)}"
        return text, SUM
    if op in ("*", "/"):
        rest = [term(a, names, INVERSE) for a in args[1:]]
        return f" {op} ".join([term(args[0], names, PRODUCT), *rest]), PRODUCT
    if op == "-":
        return _applied("Ropp", args, names) if not isinstance(args[0], tuple) else _opposite(args[0], names)
    if op == "^":
        return _power(args[0], args[1], names)
    if op in FUNCTIONS:
        return _applied(FUNCTIONS[op], args, names)
    if op not in ("min", "max"):
        raise Untranslated(f"the operation {op}")
    if len(args) == 1:
        return _term(args[0], names)
    second = args[1] if len(args) == 2 else (op, *args[1:])
    return _applied(f"R{op}", (args[0], second), names)


def _number(x: Number) -> tuple[str, int]:
    if x.denominator != 1:
        return f"{_number(x.numerator)[0]} / {x.denominator}", PRODUCT
    return (f"({x})" if x < 0 else str(x)), ARGUMENT


def _opposite(t: Term, names: Names) -> tuple[str, int]:
    return f"- {term(t, names, POWER)}", INVERSE


def _power(base: Term, exponent: Term, names: Names) -> tuple[str, int]:
    if not isinstance(exponent, int):
        return _applied("pw", (base, exponent), names)
    text = f"{term(base, names, APPLIED)} ^ {abs(exponent)}"
    return (text, POWER) if exponent >= 0 else (f"/ {text}", INVERSE)


def _applied(name: str, args: tuple[Term, ...], names: Names) -> tuple[str, int]:
    """A function at its arguments."""
    if not args:
        return name, ARGUMENT
    return " ".join([name, *(_argument(a, names) for a in args)]), APPLIED


def _argument(t: Term, names: Names) -> str:
    return term(t, names, ARGUMENT)


def formula(f: Formula, names: Names, level: int = ARROW) -> str:
    """A formula of any form where something that binds as ``level`` may stand.

    >>> print(formula(("implies", ("<", 0, "x"), ("or", ("!=", "x", 0), (">", "x", 1))), {"x": "x"}))
    0 < x -> x <> 0 \\/ x > 1
    """
    text, own = _formula(f, names)
    return text if own <= level else f"({text})"


def _formula(f: Formula, names: Names) -> tuple[str, int]:
    op, *args = f
    if op in RELATIONS:
        return f"{term(args[0], names)} {RELATIONS[op]} {term(args[1], names)}", RELATION
    if op == "limit":
        t, x, point, value = args
        bound = f"{names.get(x, x)}_"
        function = f"(fun {bound} => {term(t, {**names, x: bound})})"
        return f"limit_{'oo' if point == 'oo' else '0'} {function} {_argument(value, names)}", APPLIED
    if op == "not":
        return f"~ {formula(args[0], names, NOT)}", NOT
    if op == "implies":
        return f"{formula(args[0], names, IFF)} -> {formula(args[1], names, ARROW)}", ARROW
    if op == "iff":
        return f"{formula(args[0], names, OR)} <-> {formula(args[1], names, OR)}", IFF
    if not args:
        return ("True" if op == "and" else "False"), ARGUMENT
    sign, inner = (" /\\ ", NOT) if op == "and" else (" \\/ ", AND)
    if len(args) == 1:
        return _formula(args[0], names)
    return sign.join(formula(a, names, inner) for a in args), AND if op == "and" else OR
