"""A proof in Coq as it is written: its lines, and what is proved at a place of it under which name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from verify.coq.reals.notation import formula
from verify.coq.reals.replay import Step
from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.terms import Formula, Term

Proof: TypeAlias = "str | Carried"  # a term of Coq, or a fact that is proved when it is used


@dataclass(frozen=True, eq=False)
class Carried:
    """A fact that an equation carries over from another one, proved only where it is used.

    Most facts are never used again once a term in them is replaced. ``motive`` is the fact as a function of that term.
    """

    formula: Formula
    names: Mapping[str, str]
    motive: str
    source: Proof
    equation: str
    literal: tuple[tuple[Term, int], ...] = ()  # powers that become literal ones, see ``literals``


@dataclass
class Scope:
    """What is known at a place of a proof: names of variables, proofs of facts, of integers, of what is not zero."""

    names: dict[str, str] = field(default_factory=dict)
    facts: dict[Formula, Proof] = field(default_factory=dict)
    integers: dict[str, str] = field(default_factory=dict)
    nonzero: dict[Term, str] = field(default_factory=dict)
    parts: dict[object, str] = field(default_factory=dict)  # proofs about parts of divisors, see ``divisors``
    proved: dict[Carried, str] = field(default_factory=dict)

    def copy(self) -> Scope:
        return Scope(
            dict(self.names),
            dict(self.facts),
            dict(self.integers),
            dict(self.nonzero),
            dict(self.parts),
            dict(self.proved),
        )


class Contradiction(Exception):
    """The facts contradict each other: ``proof`` proves False. Whoever closes the goal catches it."""

    def __init__(self, proof: str) -> None:
        super().__init__(proof)
        self.proof = proof


class Script:
    """The lines of one proof; names that it makes up are never used twice."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.made = 0

    def fresh(self, prefix: str = "H") -> str:
        self.made += 1
        return f"{prefix}{self.made}"

    def line(self, text: str) -> None:
        self.lines.append(text)

    def carried(self, carried: Carried, source: str, rewritings: str) -> str:
        """The name of a fact that is carried along, from a proof of what it was."""
        proof = f"(eq_ind _ ({carried.motive}) {source} _ {carried.equation})"
        if carried.literal:
            return self.stated(
                formula(carried.formula, carried.names),
                f"let P := fresh in pose proof {proof} as P; {rewritings}exact P",
            )
        return self.stated(formula(carried.formula, carried.names), f"exact {proof}")

    def stated(self, statement: str, tactic: str, prefix: str = "H") -> str:
        """The name of something that a tactic proves."""
        name = self.fresh(prefix)
        self.line(f"assert ({name} : {statement}) by ({tactic}).")
        return name

    def asserted(self, scope: Scope, f: Formula, tactic: str) -> str:
        """The name of a formula that a tactic proves."""
        return self.stated(formula(f, scope.names), tactic)


@dataclass(frozen=True)
class Work:
    """What every rule is given: the kernel's run, the script, the names of earlier theorems, and the printer itself."""

    run: Checker
    script: Script
    named: Mapping[str, str]
    prove: Callable[[Scope, Step], None]

    def block(self, scope: Scope, step: Step) -> None:
        """A part of a proof in braces, at a scope of its own."""
        self.script.line("{")
        self.prove(scope.copy(), step)
        self.script.line("}")
