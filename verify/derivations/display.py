"""How objects show themselves in notebooks: whoever can typeset a type of object registers how.

What is shown is mathematics typeset by ``verify.typesetting``, which these rooms are below; without it an object shows
its ``repr``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

TYPESETTERS: dict[type, Callable[[Any], str]] = {}


class Displayed:
    """A base for objects that notebooks show as mathematics."""

    def _repr_latex_(self) -> str | None:
        typeset = TYPESETTERS.get(type(self))
        return None if typeset is None else f"$\\displaystyle {typeset(self)}$"
