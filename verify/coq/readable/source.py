"""What a library is made of: quantities and claims as a theory states them, with the words that go with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from verify.coq.reals.replay import Node
from verify.kernel.reals.terms import Term


@dataclass(frozen=True)
class Quantity:
    """A closed form with a name. ``symbol`` is how claims write it, empty where they write it out.

    ``value`` may use the symbols of other quantities; ``parameters`` are what is left when those are written out, in
    order. ``words``: lines about it, for people.
    """

    name: str
    symbol: str
    parameters: tuple[str, ...]
    value: Term
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stated:
    """A claim as the theory states it.

    ``statement`` has ``variables``, ``hypotheses``, ``definitions`` and ``goal`` as in a certificate; it is None for
    what is not about numbers. ``fixed``: the values that some parameters are given; ``certificate``: what was accepted.
    """

    id: str
    words: tuple[str, ...]
    statement: Node | None
    certificate: Node
    fixed: Mapping[str, Term]


@dataclass(frozen=True)
class Source:
    """A theory: its name, its title, its quantities, of which each uses those before it, and its claims in order."""

    name: str
    title: str
    quantities: tuple[Quantity, ...]
    claims: tuple[Stated, ...]
