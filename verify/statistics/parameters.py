"""Parameters of experiments: what may be set with ``--set key=value``, how it is read, and what is refused."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from verify.language.parser import parse_rational
from verify.runtime.errors import BadInput

Kind = Literal["count", "counts", "number", "numbers"]
LARGEST = 10**9


@dataclass(frozen=True)
class Parameter:
    """A parameter with its default. Numbers lie in (above, below), or [least, below); counts are integers >= least.

    ``counts`` and ``numbers`` are lists, written with commas. ``symbol`` is its LaTeX; without one it is called by its
    name.
    """

    name: str
    default: Any
    kind: Kind
    meaning: str
    above: float | None = None
    least: float | None = None
    below: float = math.inf
    symbol: str = ""

    def at(self, default: Any) -> Parameter:
        """The same parameter with another default."""
        return replace(self, default=default)

    def parse(self, text: str) -> Any:
        """The value that a text stands for: 1000, 1e6, 0.25, 1/3, or a list of these."""
        if self.kind in ("counts", "numbers"):
            parts = tuple(self._one(part) for part in text.split(",") if part.strip())
            if not parts:
                raise BadInput(f"{self.name} needs at least one value", f"for instance {self.name}={self.shown()}")
            return parts
        return self._one(text)

    def _one(self, text: str) -> int | float:
        try:
            value = parse_rational(text.strip())
        except BadInput as error:
            shown = text.strip() if len(text) <= 40 else text.strip()[:37] + "..."
            raise BadInput(
                f"{self.name} = {shown!r} is not a number: {error.what}", f"for instance {self.name}={self.shown()}"
            ) from None
        if abs(value) > LARGEST:
            raise BadInput(f"{self.name} = {text.strip()} is beyond what makes sense here", self.meaning)
        if self.kind in ("count", "counts"):
            least = 1 if self.least is None else int(self.least)
            if value.denominator != 1 or value < least:
                raise BadInput(f"{self.name} = {text.strip()} has to be an integer of at least {least}", self.meaning)
            return int(value)
        number = float(value)
        if (self.above is not None and not number > self.above) or (
            self.least is not None and not number >= self.least
        ):
            low = f"greater than {self.above:g}" if self.above is not None else f"at least {self.least:g}"
            raise BadInput(f"{self.name} = {text.strip()} has to be {low}", self.meaning)
        if not number < self.below:
            raise BadInput(f"{self.name} = {text.strip()} has to be less than {self.below:g}", self.meaning)
        return number

    def shown(self, value: Any = None) -> str:
        """A value, or the default, as it is written behind ``--set key=``."""
        value = self.default if value is None else value
        values = value if isinstance(value, tuple) else (value,)
        return ",".join(f"{v:g}" if isinstance(v, float) else str(v) for v in values)

    def stated(self, value: Any) -> str:
        r"""A value as figures state it.

        >>> Parameter("tasks", 1, "count", "sampled tasks").stated(40000)
        'tasks 40,000'
        >>> Parameter("eps", 0.1, "number", "accuracy", symbol=r"\varepsilon").stated(1e-6)
        '$\\varepsilon=10^{-6}$'
        """
        values = value if isinstance(value, tuple) else (value,)
        if self.symbol:
            return f"${self.symbol}=" + r",\,".join(map(_formula, values)) + "$"
        return f"{self.name.replace('_', ' ')} {', '.join(map(_plain, values))}"


def _plain(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def _formula(value: float) -> str:
    number, _, power = _plain(value).replace(",", "{,}").partition("e")
    if not power:
        return number
    ten = f"10^{{{int(power)}}}"
    return ten if number == "1" else rf"{number}\cdot {ten}"


def stated(parameters: Sequence[Parameter], settings: Mapping[str, Any], axes: Sequence[str] = ()) -> tuple[str, ...]:
    """All settings, for a figure that shows those named in ``axes`` along an axis or one beside the other."""
    return tuple(p.stated(settings[p.name]) for p in parameters if p.name not in axes)


def settings_of(
    parameters: Sequence[Parameter],
    assignments: Sequence[str],
    check: Callable[[Mapping[str, Any]], None] | None = None,
    *,
    instead: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Defaults overridden by ``key=value`` texts; BadInput for unknown keys, repeated keys and bad values.

    instead: values that take the place of the defaults of these parameters, as those of a fast run do. ``check`` raises
    ``BadInput`` where values do not fit together.
    """
    known = {p.name: p for p in parameters}
    found = {p.name: p.default for p in parameters} | dict(instead or {})
    seen = set()
    for text in assignments:
        name, sign, value = text.partition("=")
        name = name.strip()
        if not sign:
            raise BadInput(f"{text!r} is no assignment", "write --set key=value")
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
            hint = f"did you mean {near[0]}?" if near else ""
            raise BadInput(f"there is no parameter {name!r}", f"{hint} It can be {', '.join(known)}.".strip())
        if name in seen:
            raise BadInput(f"{name} is set twice")
        seen.add(name)
        found[name] = known[name].parse(value)
    if check is not None:
        check(found)
    return found
