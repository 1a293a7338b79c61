"""Claims as text that says everything about them, so that equal texts mean equal claims; derivations by digest."""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

import sympy as sp

from verify.derivations.derivation import Derivation
from verify.derivations.trace_polynomials import TracePolynomial


class Unserialisable(TypeError):
    """There is no canonical text for this object, so nothing that depends on it can be kept."""


def digest(x: Any) -> str:
    """The SHA-256 of the canonical text; raises ``Unserialisable``."""
    return hashlib.sha256(canonical(x).encode()).hexdigest()


def canonical(x: Any) -> str:
    """A text with all of an object's contents, in their order; raises ``Unserialisable`` for types not known here.

    >>> canonical((sp.Integer(2), "a", None))
    '(sympy.core.numbers.Integer(2);"a";None;)'
    """
    if x is None or isinstance(x, bool):
        return str(x)
    if type(x) in (int, Fraction):
        return f"{type(x).__name__}({x})"
    if type(x) is str:
        # Quotes inside are doubled, so that no text can be mistaken for two.
        return '"' + x.replace('"', '""') + '"'
    if type(x) in (tuple, list):
        return "(" + "".join(f"{canonical(a)};" for a in x) + ")"
    if type(x) is dict:
        return "{" + "".join(f"{canonical(k)}:{canonical(v)};" for k, v in x.items()) + "}"
    if type(x) in (set, frozenset):
        return "set(" + "".join(f"{a};" for a in sorted(map(canonical, x))) + ")"
    if isinstance(x, sp.Basic):
        return _expression(x)
    if type(x) is TracePolynomial:
        return f"TracePolynomial({canonical(x.rows)};{canonical(x.cols)};{canonical(x.terms)})"
    # A class from elsewhere may compute anything: its fields do not say everything about it.
    if is_dataclass(x) and not isinstance(x, type) and type(x).__module__.split(".")[0] == "verify":
        if not type(x).__dataclass_params__.frozen:  # type: ignore[attr-defined]  # every dataclass has it; stubs do not
            raise Unserialisable(f"{_name(x)} can change")
        return _derivation(x) if isinstance(x, Derivation) else _fields(x)
    raise Unserialisable(f"{_name(x)} has no canonical text")


def _fields(x: Any) -> str:
    inside = "".join(f"{f.name}={canonical(getattr(x, f.name))};" for f in fields(x))
    return f"{_name(x)}({inside})"


def _derivation(x: Derivation) -> str:
    """The digest of a derivation: many are made of the same ones, whose whole text would be written again each time."""
    # By object, which is kept: comparing two derivations would take longer than hashing one.
    if id(x) not in _DERIVATIONS:
        _DERIVATIONS[id(x)] = (x, hashlib.sha256(_fields(x).encode()).hexdigest())
    return f"{_name(x)}({_DERIVATIONS[id(x)][1]})"


_DERIVATIONS: dict[int, tuple[Derivation, str]] = {}


def _expression(e: sp.Basic) -> str:
    """Like ``srepr``, with the arguments in the order in which they are stored and the module of every class."""
    if not (type(e).__module__ or "").startswith("sympy."):
        raise Unserialisable(f"{_name(e)} is not a class of SymPy")
    if e.args:
        return f"{_name(e)}({''.join(f'{canonical(a)};' for a in e.args)})"
    text = sp.srepr(e)
    return f"{type(e).__module__}.{text}" if text.startswith(type(e).__name__) else f"{_name(e)}({text})"


def _name(x: Any) -> str:
    return f"{type(x).__module__}.{type(x).__qualname__}"
