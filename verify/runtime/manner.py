"""How much is said, and in which colours: what ``-q``, ``-v`` and ``--color`` ask for, of any command."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, Literal

Colour = Literal["auto", "always", "never"]


@dataclass(frozen=True)
class Manner:
    """``quiet``: no progress, no notes; ``verbose``: every finished item, more reasons; answers and errors always."""

    quiet: bool = False
    verbose: bool = False
    colour: Colour = "auto"


_manner: ContextVar[Manner] = ContextVar("manner", default=Manner())  # noqa: B039


def current() -> Manner:
    return _manner.get()


def choose(**asked: Any) -> None:
    """Change fields of the manner in force, from here on."""
    _manner.set(replace(_manner.get(), **asked))


@contextmanager
def using(manner: Manner) -> Iterator[None]:
    """A block in which a manner is in force, with what is chosen inside it."""
    token = _manner.set(manner)
    try:
        yield
    finally:
        _manner.reset(token)


def coloured(stream: Any) -> bool:
    """Whether to write colours to a stream: as asked for, else as the environment says, else on a terminal.

    Sources: https://no-color.org and https://force-color.org; a variable that is empty says nothing.
    """
    asked = current().colour
    if asked != "auto":
        return asked == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_terminal(stream)


def is_terminal(stream: Any) -> bool:
    """Whether somebody looks at a stream who sees lines move; a dumb terminal shows text as a file does."""
    return bool(stream is not None and stream.isatty()) and os.environ.get("TERM") != "dumb"
