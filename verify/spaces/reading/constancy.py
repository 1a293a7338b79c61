"""Equations that would make something random constant, by names that nothing declares: whoever writes them meant
either, so they have to say which. ``x1 == x0 - eta*g`` is none of them: it says what x1 is."""

from __future__ import annotations

from collections.abc import Iterator

from verify.runtime.errors import BadInput
from verify.spaces.reading.sorts import Sorts
from verify.spaces.reading.surface import Chain, Claim, Node
from verify.spaces.reading.text import term_text
from verify.spaces.reading.uses import is_zero, steps

_NAMED = ("real", "vector", "reals", "vectors")


def refuse_forced(claim: Claim, sorts: Sorts, declared: set[str]) -> None:
    """BadInput at an assumed equation in which a name that nothing declares would have to be random, or the rest not.

    Of all that is added up on both sides: one part alone is random (``2*y == g``, ``x1 - x0 == -eta*g``), or one that
    is not stands by itself (``x1 + eta*g == x0 - h``). A side that is a name alone is said by the equation. Where the
    one random part is a multiple of a random name, which is no more random then, declarations do not help.
    """
    for chain in claim.assumptions:
        for op, a, b in steps(chain):
            if op == "==":
                _equation(chain, a, b, sorts, declared)


def _equation(chain: Chain, a: Node, b: Node, sorts: Sorts, declared: set[str]) -> None:
    parts = [p for side in (a, b) for p in summands(side) if not is_zero(p)]
    drawn = [p for p in parts if sorts.is_random(p)]
    single = len(drawn) == 1 and not (a.op in ("name", "at") and b.op in ("name", "at"))
    if single and multiple(drawn[0], sorts) is not None:
        declared = set()
    open_names = [n for p in parts for n in outside(p) if _is_open(n, sorts, declared)]
    if not drawn or not open_names:
        return
    if len(drawn) > 1:
        if any(t.op in ("name", "at") for t in (a, b)):
            return
        open_names = [n for p in parts if (n := factor(p)) is not None and _is_open(n, sorts, declared)]
        if not open_names:
            return
    name = open_names[0]
    shown = str(name.args[0])
    said = chain.text[a.start : b.stop] or f"{term_text(a)} == {term_text(b)}"
    what = f"'{shown}' in '{said}' may be random or constant, and then '{term_text(drawn[0])}' is constant too"
    hint = f"declare '{shown} random', or write the equation as {shown} == ..."
    if declared:
        hint += f"; if it is constant, declare '{shown} {'vector' if sorts.of(name) == 'vector' else 'real'}'"
    raise BadInput(what, hint, chain.text, name.start)


def _is_open(t: Node, sorts: Sorts, declared: set[str]) -> bool:
    """Whether a name is a number or a vector that is constant only because nothing is said."""
    name = str(t.args[0])
    return name not in declared and name not in sorts.random and sorts.kinds.get(name) in _NAMED


def summands(t: Node) -> Iterator[Node]:
    """What is added up, without signs."""
    if t.op == "-":
        yield from summands(t.parts[0])
    elif t.op == "+":
        for p in t.parts:
            yield from summands(p)
    else:
        yield t


def multiple(t: Node, sorts: Sorts) -> Node | None:
    """The random name that a part is a multiple of, with a factor that is not random."""
    while t.op in ("*", "/"):
        drawn = [p for p in t.parts if sorts.is_random(p)]
        if len(drawn) != 1 or (t.op == "/" and drawn[0] is t.parts[1]):
            return None
        t = drawn[0]
    return t if t.op in ("name", "at") else None


def factor(t: Node) -> Node | None:
    """The name that a part is a numerical multiple of, if it is."""
    while t.op in ("*", "/"):
        others = [p for p in t.parts if p.op != "number"]
        if len(others) != 1:
            return None
        t = others[0]
    return t if t.op in ("name", "at") else None


def outside(t: Node) -> Iterator[Node]:
    """The names outside of expectations, as they stand."""
    if t.op in ("E", "Var"):
        return
    if t.op in ("name", "at"):
        yield t
    for p in t.parts:
        yield from outside(p)
