"""What stands where in a certificate of a matrix identity, for the reader of statements alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def tables(data: Any) -> Iterator[Mapping[str, Any]]:
    """Every table in a certificate."""
    todo = [data]
    for x in todo:
        if isinstance(x, Mapping):
            yield x
            todo.extend(x.values())
        elif isinstance(x, list):
            todo.extend(x)


def laws(data: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The laws of random letters."""
    for x in tables(data):
        yield from x.get("laws", {}).items()


def replacing(data: Any, letter: str) -> Iterator[Mapping[str, Any]]:
    """The polynomials by which a letter is replaced."""
    for x in tables(data):
        for values in (x.get("letters", {}), x["substitute"][1] if "substitute" in x else {}):
            if isinstance(values.get(letter), Mapping) and "poly" in values[letter]:
                yield values[letter]["poly"]


def symbols(data: Any) -> set[str]:
    """The symbols of all coefficients: those with powers."""
    found: set[str] = set()
    todo = [data]
    for x in todo:
        if isinstance(x, Mapping):
            todo.extend(x.values())
        elif isinstance(x, list):
            powers = x[1] if len(x) == 2 and isinstance(x[0], str) and isinstance(x[1], Mapping) else {}
            if all(isinstance(k, int) for k in powers.values()):
                found |= set(powers)
            todo.extend(x)
    return found
