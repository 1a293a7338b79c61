"""What the printers of ``numeric``, ``sturm``, ``residues`` and ``slope`` ask for: one theorem as it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verify.coq.reals import knowledge, notation, replay
from verify.coq.reals.arithmetic import Arithmetic
from verify.coq.reals.integers import integer
from verify.coq.reals.script import Scope, Work
from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.state import Remaining, State
from verify.kernel.reals.terms import Formula, Term

__all__ = ["Exporter", "Scope", "Step", "step_of"]


@dataclass(frozen=True)
class Step:
    """A step with the states that it leaves beside their proofs."""

    state: State
    node: dict[str, Any]
    after: Remaining


@dataclass(frozen=True)
class Exporter:
    """One theorem as it is printed, for printers of rules."""

    work: Work

    @property
    def checker(self) -> Checker:
        return self.work.run

    def line(self, text: str) -> None:
        self.work.script.line(text)

    def fresh(self, prefix: str = "H") -> str:
        return self.work.script.fresh(prefix)

    def asserted(self, scope: Scope, what: Formula | str, tactic: str) -> str:
        if isinstance(what, str):
            return self.work.script.stated(what, tactic)
        return self.work.script.asserted(scope, what, tactic)

    def must(self, scope: Scope, formula: Formula) -> str:
        return knowledge.must(self.work.script, scope, formula)

    def assume(self, scope: Scope, formula: Formula, name: str) -> None:
        knowledge.assume(self.work.script, scope, formula, name)

    def term(self, t: Term, names: Mapping[str, str]) -> str:
        return notation.term(t, names)

    def formula(self, f: Formula, names: Mapping[str, str]) -> str:
        return notation.formula(f, names)

    def algebra(self, scope: Scope, state: State, left: Term, right: Term) -> str:
        return Arithmetic(self.work.run, self.work.script, scope, state).identity(left, right)

    def integer(self, scope: Scope, state: State, t: Term) -> str:
        return integer(self.work.script, scope, state, t)

    def prove(self, scope: Scope, state: State, proof: Any) -> None:
        self.work.prove(scope, replay.Step(self.work.run, state, proof))


def step_of(step: replay.Step) -> Step:
    return Step(step.state, dict(step.node), [(after.state, after.node) for after in step.after])
