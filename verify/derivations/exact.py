"""Numbers as SymPy has them, and what an expression may be made of before a claim may speak of it."""

from __future__ import annotations

from functools import lru_cache
from numbers import Rational
from typing import Any

import sympy as sp
from sympy.core.numbers import Exp1, NumberSymbol
from sympy.logic.boolalg import Boolean

from verify.runtime.errors import Malformed

MAX_DIGITS = 1_000  # of a numerator or denominator
MAX_EXPONENT = 1_000  # numerator or denominator of a constant exponent
MAX_DEPTH = 100  # of nesting
MAX_NAME = 100  # letters of a name
MAX_SIZE = 100_000  # degree of a term after expanding powers
KEPT = 8_192  # expressions that were found right; a theory repeats its domains in every claim
_OPERATIONS = (sp.Add, sp.Mul, sp.Pow, sp.exp, sp.log, sp.Abs, sp.Min, sp.Max)
# Where relations and statements are defined; their own text is readable, so it is quoted.
_STATEMENTS = ("verify.derivations.relations", "verify.claims.statement")
_LANGUAGE = "terms are made of symbols, exact numbers, + - * / **, sqrt, exp, log, Abs, Min and Max"


def exact(x: Any) -> Any:
    """A whole number or a fraction of Python as a number of SymPy; everything else as it is.

    >>> from fractions import Fraction
    >>> exact(2), exact(Fraction(1, 3)), exact(0.5)
    (2, 1/3, 0.5)
    """
    if isinstance(x, Rational) and not isinstance(x, bool | sp.Basic):
        return sp.Rational(int(x.numerator), int(x.denominator))
    return x


def check_expression(e: Any, field: str) -> None:
    """``Malformed`` unless ``e`` is an expression of the language, of a size that can be worked on."""
    if not isinstance(e, sp.Expr):
        raise Malformed(field, *_no_expression(e))
    try:
        _check(e)
    except Malformed as error:
        raise Malformed(field, error.what, error.hint) from None


@lru_cache(maxsize=KEPT)
def _check(e: sp.Expr) -> None:
    """``Malformed``, for a field that the caller names, unless every part belongs to the language."""
    known: dict[sp.Basic, tuple[int, int]] = {}  # depth and size; shared parts are looked at once
    todo: list[tuple[Any, bool]] = [(e, False)]
    while todo:
        part, ready = todo.pop()
        if part in known:
            continue
        if not ready:
            _check_node(part)
            todo.append((part, True))
            todo += [(a, False) for a in part.args]
            if len(todo) > MAX_SIZE:
                raise Malformed("", "the expression is too large", "split the statement")
            continue
        known[part] = _measure(part, [known[a] for a in part.args])


def _no_expression(e: Any) -> tuple[str, str]:
    """What stands where an expression of SymPy is wanted, and what to write instead."""
    wanted = "write a SymPy expression"
    if isinstance(e, bool):
        return f"{e} is a truth value of Python, not an expression", "compare with eq, ne, lt, le, gt, ge"
    if isinstance(e, float | complex):
        return f"{e!r} is a floating-point number", "write it exactly, as in sp.Rational(1, 2)"
    if isinstance(e, str):
        return f"{_short(e)} is text, not an expression", "write a symbol or an expression of SymPy, not its name"
    if isinstance(e, Boolean):
        return f"{_short(e)} is a relation of SymPy, not an expression", wanted
    if type(e).__module__ in _STATEMENTS:
        return f"the statement {_short(e)} stands where a number is wanted", wanted
    return f"{_short(e)} ({type(e).__name__}) is not an expression", wanted


def _check_node(e: Any) -> None:
    """Whether one part of an expression, its arguments aside, belongs to the language."""
    if isinstance(e, sp.Symbol):
        check_symbol(e, "")
    elif isinstance(e, sp.Rational):
        if max(abs(e.p), e.q).bit_length() > 3.32 * MAX_DIGITS:
            raise Malformed("", f"a number has more than {MAX_DIGITS} digits", "rescale the statement")
    elif isinstance(e, sp.Float):
        hint = "write it exactly: sp.Rational(1, 2) instead of 0.5 or 1/2, sp.sqrt(x) instead of x**0.5"
        raise Malformed("", f"{e} is a floating-point number", hint)
    elif e in (sp.oo, -sp.oo, sp.zoo, sp.nan):
        hint = "SymPy makes it of a division by zero, of log(0) and of oo; a bound that holds always is left out"
        raise Malformed("", f"{e} is not a number", hint)
    elif e is sp.I:
        hint = "SymPy makes it of a square root or a logarithm of a negative number"
        raise Malformed("", "the imaginary unit is not a real number", hint)
    elif isinstance(e, NumberSymbol) and not isinstance(e, Exp1):
        hint = "use a symbol with the bounds that matter, as in 333/106 < q and q < 355/113"
        raise Malformed("", f"the constant {e} is not a term of the language", hint)
    elif not isinstance(e, sp.Expr):
        raise Malformed("", *_no_expression(e))
    elif type(e) not in _OPERATIONS and not isinstance(e, Exp1):
        raise Malformed("", f"{_short(e)} ({type(e).__name__}) is not a term of the language", _LANGUAGE)


def check_symbol(s: Any, field: str) -> None:
    """``Malformed`` unless ``s`` is a symbol that the language can name."""
    if type(s) is not sp.Symbol:
        kind = "text" if isinstance(s, str) else f"a {type(s).__name__}"
        hint = 'write sp.Symbol("x", real=True), or integer=True for a whole number'
        raise Malformed(field, f"{_short(s)} is {kind}, not a symbol", hint)
    if not (s.name.isidentifier() and len(s.name) <= MAX_NAME):
        hint = "names are letters, digits and _, and start with a letter"
        raise Malformed(field, f"{_short(s.name)} is not a name", hint)


def _measure(e: Any, parts: list[tuple[int, int]]) -> tuple[int, int]:
    """Depth, and degree after expanding powers."""
    depth = 1 + max((d for d, _ in parts), default=0)
    size = max(1, sum(n for _, n in parts))
    if isinstance(e, sp.Pow) and isinstance(e.exp, sp.Rational):
        height = max(abs(e.exp.p), e.exp.q)
        if height > MAX_EXPONENT:
            raise Malformed("", f"an exponent is larger than {MAX_EXPONENT}", "use a symbol for the exponent")
        size = parts[0][1] * height
    if depth > MAX_DEPTH:
        raise Malformed("", f"the nesting is deeper than {MAX_DEPTH}", "split the statement into smaller ones")
    if size > MAX_SIZE:
        raise Malformed("", f"the expression has more than {MAX_SIZE} parts or degrees", "split the statement")
    return depth, size


def _short(x: Any) -> str:
    """What something is, printable and on one line; SymPy can fail to print what it can hold."""
    try:
        text = str(x) if isinstance(x, sp.Basic) or type(x).__module__ in _STATEMENTS else repr(x)
    except Exception:
        text = type(x).__name__
    text = "".join(c if c.isprintable() else "?" for c in text)
    return text if len(text) <= 60 else text[:57] + "..."
