"""A certificate replayed by the kernel: every step with the state before it, and what remains.

Whoever prints a proof in another language prints these steps. Facts and goals are the kernel's own, so what is printed
is what the kernel accepted; nothing here knows a language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.json_form import fields, items, read_name
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula

Node = Mapping[str, Any]  # a node of a proof, as JSON


@dataclass(frozen=True)
class Step:
    """One node of a proof at its state; ``after``: the steps of the states that remain, in the rule's order."""

    run: Checker
    state: State
    node: Node

    @property
    def rule(self) -> str:
        return str(self.node["rule"])

    @cached_property
    def after(self) -> list[Step]:
        """What the kernel leaves to be proved; raises ``Refused`` where it does not accept the node."""
        return [Step(self.run, state, node) for state, node in self.run.step(self.state, self.node)]


@dataclass(frozen=True)
class Theorem:
    """A theorem as the kernel reads it: ``parts`` are its premises, in normal form, and its conclusion."""

    id: str
    kinds: Mapping[str, str]
    parts: list[Formula]
    defined: frozenset[str]  # the names that it defines
    first: Step
    data: Node  # as it stands in the certificate

    @property
    def premises(self) -> list[Formula]:
        return self.parts[:-1]

    @property
    def conclusion(self) -> Formula:
        return self.parts[-1]

    @property
    def of_a_limit(self) -> bool:
        return bool(self.conclusion[0] == "limit")


def theorems(certificate: Node) -> Iterator[Theorem]:
    """The theorems of a certificate about numbers, in order; each may cite those before it.

    A caller works through the steps of one before it takes the next. Work is not counted: the certificate was accepted.
    """
    run = Checker()
    schema, rows = fields(certificate, "schema", "theorems")
    del schema
    for row in items(rows):
        state, proof, kinds, parts = run.theorem(row)
        defined = frozenset(read_name(name) for name, _ in row["definitions"])
        yield Theorem(row["id"], kinds, parts, defined, Step(run, state, proof), row)
        if parts[-1][0] != "limit":
            run.theorems[row["id"]] = (kinds, parts)
