"""What was written: trees with positions, before anything is known about sorts. Both readers make them.

The operations of a node, with their arguments::

    number (a fraction)   name (a text)   + (two or more)   - (one)   * (two or more)   / (two)   ^ (two)
    call (a name, then terms): sqrt, exp, log, abs, min, max, or a function such as f(x)
    norm (v)   inner (u, v)   at (a name, an index)   grad (a function's name, a point)
    E (body, given...)   Var (body, given...): none is given for the total expectation
    sum (body, a name, lower, upper)

What is given is a name, a member of a family (an ``at``), or the history up to an index: ``E_t[...]`` is
``E (body, "_t")``, a text that is no name. Two trees are equal where the same was written, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Kind = Literal["real", "integer", "vector", "reals", "vectors", "operator", "function"]


@dataclass(frozen=True, slots=True)
class Node:
    """A term as it was written; ``start`` and ``stop`` are offsets into the text that was read.

    ``parts`` are the arguments that are terms: they are asked for more often than anything else is done with a term.
    """

    op: str
    args: tuple[Node | str | Fraction, ...]
    start: int = field(default=0, compare=False)
    stop: int = field(default=0, compare=False)
    parts: tuple[Node, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", tuple([a for a in self.args if isinstance(a, Node)]))

    def walk(self) -> Iterator[Node]:
        """Every part, arguments first."""
        return iter(_gathered(self, []))


def _gathered(node: Node, found: list[Node]) -> list[Node]:
    """The parts of a term, arguments first; a generator in each of its parts would pass every one on to all above."""
    for part in node.parts:
        _gathered(part, found)
    found.append(node)
    return found


@dataclass(frozen=True, slots=True)
class Range:
    """``name in lower..upper``, both ends included."""

    name: str
    lower: Node
    upper: Node


@dataclass(frozen=True, slots=True)
class Chain:
    """``a <= b == c``: terms with the relations between them; for all indices of ``ranges``.

    ``text``: what was read, into which the nodes point.
    """

    terms: tuple[Node, ...]
    relations: tuple[str, ...]
    ranges: tuple[Range, ...] = ()
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Declared:
    """Names of a kind; ``random``: not constant. A family is one name; a vector family is of kind ``vectors``.

    No kind: what its use says, as for ``X random``.
    """

    names: tuple[str, ...]
    kind: Kind | None
    random: bool = False
    start: int = field(default=0, compare=False)
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ClassOf:
    """``f L-smooth``: what a function or an operator is, with the parameter where there is one.

    ``what``: convex, smooth, strongly convex, Lipschitz, PL, quadratic, monotone, strongly monotone, cocoercive,
    Lipschitz operator.
    """

    name: str
    what: str
    parameter: Node | None = None
    start: int = field(default=0, compare=False)
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Independent:
    """Random names that are independent of each other."""

    names: tuple[str, ...]
    start: int = field(default=0, compare=False)
    text: str = field(default="", compare=False)


Declaration = Declared | ClassOf | Independent


@dataclass(frozen=True, slots=True)
class Reason:
    """``smoothness at (x, y) times 2*c``: a fact of which an author says that it is used, and times what.

    ``what``: as it is written; ``verify.spaces.meaning.reasons`` knows the words. It helps the search and no more.
    """

    what: str
    points: tuple[Node, ...]
    factor: Node | None = None
    start: int = field(default=0, compare=False)
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Claim:
    """A whole input: what is to be shown, what is declared, what is assumed, what is said to be used."""

    goal: Chain
    declarations: tuple[Declaration, ...] = ()
    assumptions: tuple[Chain, ...] = ()
    reasons: tuple[Reason, ...] = ()
