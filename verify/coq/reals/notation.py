"""Terms and formulas of the kernel as Coq writes them.

Every operation is in parentheses, so that no precedence is relied on. ``x^n`` with a literal n is Coq's power with a
natural exponent, which ``ring`` knows; with any other exponent it is ``pw`` of ``library/Powers.v``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from verify.coq.untranslated import Untranslated
from verify.kernel.reals.terms import Compound, Formula, Number, Term

FUNCTIONS = {"exp": "exp", "log": "ln", "sqrt": "sqrt", "abs": "Rabs"}
RELATIONS = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
Names = Mapping[str, str]  # of the kernel's variables in Coq


def number(x: Number) -> str:
    """A rational number: a literal, or a quotient of two.

    >>> from fractions import Fraction
    >>> number(-3), number(Fraction(-1, 2))
    ('(-3)', '((-1) / 2)')
    """
    if x.denominator != 1:
        return f"({number(x.numerator)} / {x.denominator})"
    return f"({int(x)})" if x < 0 else str(int(x))


def term(t: Term, names: Names) -> str:
    """A term, with Coq's names for its variables.

    >>> term(("+", "x", ("-", ("^", "y", 2))), {"x": "x", "y": "y'"})
    "(x - (y' ^ 2))"
    """
    return names[t] if isinstance(t, str) else operation(t, lambda a: term(a, names))


def operation(t: Number | Compound, write: Callable[[Term], str]) -> str:
    """A term that is no name, with its parts as ``write`` writes them."""
    if not isinstance(t, tuple):
        return number(t)
    op, args = t[0], t[1:]
    if op == "^":
        return power(write(args[0]), args[1], write)
    if op == "+":
        text = write(args[0])
        for a in args[1:]:
            negative = isinstance(a, tuple) and a[0] == "-"
            text += f" - {write(a[1])}" if negative else f" + {write(a)}"
        return f"({text})"
    texts = [write(a) for a in args]
    if op in ("*", "/"):
        return f"({f' {op} '.join(texts)})"
    if op == "-":
        return f"(Ropp {texts[0]})"
    if op in FUNCTIONS:
        return f"({FUNCTIONS[op]} {texts[0]})"
    if op not in ("min", "max"):
        raise Untranslated(f"the operation {op}")
    found = texts[-1]
    for text in reversed(texts[:-1]):
        found = f"(R{op} {text} {found})"
    return found


def power(base: str, exponent: Term, write: Callable[[Term], str]) -> str:
    """A power of a base that is written already."""
    if not isinstance(exponent, int):
        return f"(pw {base} {write(exponent)})"
    return f"({base} ^ {exponent})" if exponent >= 0 else f"(/ ({base} ^ {-exponent}))"


def formula(f: Formula, names: Names) -> str:
    """A formula of any form.

    >>> formula(("implies", ("<", 0, "x"), ("!=", "x", 0)), {"x": "x"})
    '((0 < x) -> (x <> 0))'
    """
    op, *args = f
    if op in RELATIONS:
        return f"({term(args[0], names)} {RELATIONS[op]} {term(args[1], names)})"
    if op == "limit":
        t, x, point, value = args
        bound = f"{names.get(x, x)}_"
        tends = "limit_oo" if point == "oo" else "limit_0"
        return f"({tends} (fun {bound} => {term(t, {**names, x: bound})}) {term(value, names)})"
    texts = [formula(a, names) for a in args]
    if op in ("and", "or"):
        empty, joint = ("True", " /\\ ") if op == "and" else ("False", " \\/ ")
        return f"({joint.join(texts)})" if texts else empty
    if op == "not":
        return f"(~ {texts[0]})"
    return f"({' -> '.join(texts)})" if op == "implies" else f"({' <-> '.join(texts)})"


def computed(check: str) -> str:
    """A proof of ``check = true``, which Coq's virtual machine computes."""
    return f"(@eq_refl bool true <: {check} = true)"
