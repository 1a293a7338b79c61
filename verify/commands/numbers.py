"""Numbers on the command line: what every option takes, and results that are longer than Python prints by itself."""

from __future__ import annotations

import contextlib
import math
import sys
from collections.abc import Iterator
from typing import Any

import click

LONGEST = 20  # characters of a number that is an option


class Real(click.FloatRange):
    """A finite number between two others: ``nan`` compares with nothing, so no range refuses it by itself."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = super().convert(_short(self, value, param, ctx), param, ctx)
        if not math.isfinite(found):
            self.fail(f"{value} is not a number", param, ctx)
        return found


class Whole(click.IntRange):
    """A whole number between two others."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(_short(self, value, param, ctx), param, ctx)


def _short(kind: click.ParamType[Any], value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
    if isinstance(value, str) and len(value) > LONGEST:
        kind.fail(f"a number of {len(value)} characters is too long", param, ctx)
    return value


@contextlib.contextmanager
def long_numbers() -> Iterator[None]:
    """Lets numbers of any length be printed: what is printed here was bounded before it was computed."""
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(before)
