"""Errors about the mathematics: a value outside the domain of what it is used for, a claim that has no meaning."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


class DomainError(ValueError):
    """A parameter lies outside the domain on which an object of the theory is defined."""


class Malformed(ValueError):
    """A claim has a field that means nothing, or not what it says; it is neither true nor false.

    ``field`` is where (``statement.direction``, ``domain``), ``what`` is wrong there, ``hint`` what to write instead.
    ``claim`` is the id, once it is known.
    """

    def __init__(self, field: str, what: str, hint: str = "") -> None:
        super().__init__(field, what, hint)
        self.field, self.what, self.hint = field, what, hint
        self.claim = ""

    def __str__(self) -> str:
        return f"{self.claim}: {self.field}: {self.what}" + (f"; {self.hint}" if self.hint else "")


class Impossible(AssertionError):
    """Something that the code relies on is not so: a defect of the code, whatever the input."""


def present(x: T | None) -> T:
    """What is known to be there; raises ``Impossible`` for None, also under ``python -O``, which leaves asserts out."""
    if x is None:
        raise Impossible("something is missing that has to be there")
    return x


def ensured(x: object, kind: type[T]) -> T:
    """What is known to be of a kind; raises ``Impossible`` for anything else."""
    if not isinstance(x, kind):
        raise Impossible(f"{type(x).__name__} stands where {kind.__name__} has to")
    return x
