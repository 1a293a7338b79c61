"""Terms and formulas about vectors, expectations and sums: what is done to them without knowing what they mean.

They are the nested tuples of ``reals.terms``, with these operations more::

    scalars   inner (u, v)   norm (v)   E (level, s)   sum (lower, upper, body)   at (family, index)
    vectors   zero ()   + - of vectors   scale (s, v)   E (level, v)   sum (lower, upper, body)   at (family, index)
              apply (operator, v)
    formulas  same (u, v)   all (lower, upper, formula)   every (formula): for every vector

What a sum or a quantifier binds has no name: ``#0`` in its last part is what the innermost one binds, ``#1`` what the
next one binds, and so on (de Bruijn 1972), so that terms that differ in bound names alone are equal, and nothing that
is put into a term is ever bound by accident. Two operations arise in normal forms alone: ``upto (e, body)`` is the sum
from 1 to e, or minus the one from e + 1 to 0 (Karr 1981), and ``inv (b)`` is 1/b where b mentions what is bound.
"""

from collections.abc import Callable, Iterator, Mapping

from ..reals.terms import Expression, Term

BINDERS = ("sum", "upto", "all", "every")  # the last part is what is bound in


def bound(n: int) -> str:
    """The name of what the n-th binder around it binds."""
    return f"#{n}"


def changed(x: Expression, f: Callable[[int, int], Term], depth: int = 0) -> Expression:
    """``x`` with ``f(n, depth)`` for what no binder inside binds: n counts from 0 outside, under ``depth`` binders."""
    if isinstance(x, str):
        if x[:1] == "#" and int(x[1:]) >= depth:
            return f(int(x[1:]) - depth, depth)
        return x
    if not isinstance(x, tuple):
        return x
    if x[0] in BINDERS:
        return (x[0], *[changed(a, f, depth) for a in x[1:-1]], changed(x[-1], f, depth + 1))
    return (x[0], *[changed(a, f, depth) for a in x[1:]])


def lifted(x: Expression, by: int = 1) -> Expression:
    """The same under ``by`` more binders, which bind nothing in it."""
    return changed(x, lambda n, depth: bound(n + by + depth)) if by and loose(x) else x


def opened(body: Expression, t: Term) -> Expression:
    """The part under a binder, with a term for what it binds."""
    return changed(body, lambda n, depth: lifted(t, depth) if n == 0 else bound(n - 1 + depth))


def closed(x: Expression, name: str, depth: int = 0) -> Expression:
    """The part under a new binder that binds ``name``."""
    if x == name:
        return bound(depth)
    if isinstance(x, str):
        return bound(int(x[1:]) + 1) if x[:1] == "#" and int(x[1:]) >= depth else x
    if not isinstance(x, tuple):
        return x
    if x[0] in BINDERS:
        return (x[0], *[closed(a, name, depth) for a in x[1:-1]], closed(x[-1], name, depth + 1))
    return (x[0], *[closed(a, name, depth) for a in x[1:]])


def loosely(x: Expression, depth: int = 0) -> Iterator[int]:
    """What no binder inside binds, by its number from outside."""
    if isinstance(x, str):
        if x[:1] == "#" and int(x[1:]) >= depth:
            yield int(x[1:]) - depth
    elif isinstance(x, tuple):
        for a in x[1:-1]:
            yield from loosely(a, depth)
        if len(x) > 1:
            yield from loosely(x[-1], depth + (x[0] in BINDERS))


def loose(x: Expression) -> bool:
    """Whether ``x`` mentions what a binder outside of it binds."""
    return next(loosely(x), None) is not None


def mentions(x: Expression, n: int = 0) -> bool:
    """Whether ``x`` mentions what the n-th binder outside of it binds."""
    return any(k == n for k in loosely(x))


def names(x: Expression) -> set[str]:
    """The declared names that occur."""
    found, todo = set(), [x]
    for y in todo:
        if isinstance(y, tuple):
            todo.extend(y[1:])
        elif isinstance(y, str) and y[:1] != "#":
            found.add(y)
    return found


def put(x: Expression, theta: Mapping[str, Term]) -> Expression:
    """Simultaneous substitution of closed terms for declared names."""
    if isinstance(x, tuple):
        return (x[0], *[put(a, theta) for a in x[1:]])
    return theta.get(x, x) if isinstance(x, str) else x
