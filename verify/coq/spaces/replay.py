"""A certificate about vectors replayed by the kernel: every step with the state before it, and what remains."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from verify.coq.reals.replay import Node
from verify.kernel.reals.certificate import Checker
from verify.kernel.spaces.certificate import step
from verify.kernel.spaces.state import Run, State
from verify.kernel.spaces.statement import read_theorem

UNLIMITED = 1 << 60  # work is not counted: the certificate was accepted


@dataclass(frozen=True)
class Step:
    """One node of a proof at its state; ``after``: the steps of the states that remain, in the rule's order."""

    run: Run
    state: State
    node: Node

    @property
    def rule(self) -> str:
        return str(self.node["rule"])

    @cached_property
    def after(self) -> list[Step]:
        """What the kernel leaves to be proved; raises ``Refused`` where it does not accept the node."""
        return [Step(self.run, state, node) for state, node in step(self.run, self.state, self.node)]


def first_step(theorem: Node, numbers: Checker) -> Step:
    """The state in which the proof of a theorem begins; ``numbers``: has accepted what it cites."""
    run = Run(UNLIMITED, numbers.theorems)
    return Step(run, *read_theorem(run, theorem))
