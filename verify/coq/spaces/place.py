"""Places of a proof: what is known there under which name, and proofs that are about one outcome.

A fact that is about something random is kept as ``almost P (fun w_ => ...)``, any other as it stands. Rules derive a
formula at one outcome from facts at that outcome, in a ``Place``; which facts were used decides how its proof begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from verify.coq.reals import script as numbers
from verify.coq.reals.script import Script
from verify.coq.spaces.notation import OUTCOME, Notation
from verify.coq.spaces.replay import Step
from verify.kernel.reading import Refused
from verify.kernel.reals.terms import Formula, Term
from verify.kernel.spaces.state import Run, State


def random(text: str) -> bool:
    """Whether what is written mentions the outcome."""
    return re.search(rf"\b{OUTCOME}\b", text) is not None


@dataclass
class Scope:
    """What is known at a place: names of variables, of facts, of what makes a variable an integer, a random one known,
    an operator self-adjoint; and equations that hold almost surely."""

    names: dict[str, str] = field(default_factory=dict)
    facts: dict[Formula, str] = field(default_factory=dict)
    integers: dict[str, str] = field(default_factory=dict)
    stages: dict[str, str] = field(default_factory=dict)
    operators: dict[str, str] = field(default_factory=dict)
    equations: dict[tuple[str, Term], str] = field(default_factory=dict)

    def copy(self) -> Scope:
        return Scope(*(dict(part) for part in vars(self).values()))


class Lines(Script):
    """The lines of a part of a proof, with names that are new in all of it."""

    def __init__(self, whole: Script) -> None:
        super().__init__()
        self.whole: Script = whole.whole if isinstance(whole, Lines) else whole

    def fresh(self, prefix: str = "H") -> str:
        return self.whole.fresh(prefix)


@dataclass
class Place:
    """Where an outcome is given; ``used``: the facts that were used, each with its name here."""

    run: Run
    outer: Script
    script: Script
    scope: Scope
    state: State
    used: dict[str, str] = field(default_factory=dict)
    numbers: numbers.Scope = field(default_factory=numbers.Scope)
    found: dict[Term, str] = field(default_factory=dict)  # equations of terms with their normal forms

    @property
    def notation(self) -> Notation:
        return Notation(self.state.sorts, self.scope.names)

    def use(self, name: str, text: str) -> str:
        """A fact at this outcome, by its name outside and what it says."""
        if not random(text):
            return name
        if name not in self.used:
            self.used[name] = self.script.fresh("P")
        return self.used[name]

    def fact(self, f: Formula) -> str:
        """A fact of the state."""
        if f not in self.scope.facts:
            raise Refused(f"the translation has no {f[0]} that the kernel has")
        return self.use(self.scope.facts[f], self.notation.formula(f))


Build = Callable[[Place], str]  # writes lines, and returns the proof


@dataclass(frozen=True)
class Writer:
    """What it takes to write a proof at an outcome: the kernel's run and the script."""

    run: Run
    script: Script


@dataclass(frozen=True)
class Work(Writer):
    """What every rule is given: a writer, the theorems about numbers, and the printer itself."""

    named: Mapping[str, str]
    prove: Callable[[Work, Scope, Step], None]

    def on(self, script: Script) -> Work:
        """The same, writing elsewhere."""
        return Work(self.run, script, self.named, self.prove)


def stated(text: str) -> str:
    """How a formula that is written so is stated where no outcome is given."""
    return f"almost P (fun {OUTCOME} => {text})" if random(text) else text


def pointwise(writer: Writer, scope: Scope, state: State, text: str, build: Build, outer: Script | None = None) -> None:
    """The proof of a formula that is the goal: ``build`` proves it at an outcome."""
    script, lines = writer.script, Lines(writer.script)
    place = Place(writer.run, outer or script, lines, scope, state)
    proof = build(place)
    if not random(text) and place.used:
        script.line("apply (almost_never V P _).")
    for name in place.used:
        script.line(f"apply (almost_use V P _ _ {name}).")
    if random(text) or place.used:
        given = " ".join(reversed(place.used.values()))
        script.line(f"apply (almost_all V P); intros {OUTCOME} {given}; cbv beta in *.")
    script.lines.extend(lines.lines)
    script.line(f"exact {proof}.")


def shown(writer: Writer, scope: Scope, state: State, text: str, build: Build) -> str:
    """The name of a formula that ``build`` proves at an outcome."""
    inner = Lines(writer.script)
    pointwise(Writer(writer.run, inner), scope, state, text, build, writer.script)
    return put(writer.script, text, inner)


def put(script: Script, text: str, lines: Script) -> str:
    """The name of a formula with the lines that prove it."""
    name = script.fresh()
    script.line(f"assert ({name} : {stated(text)}).")
    script.line("{")
    script.lines.extend(lines.lines)
    script.line("}")
    return name


def assume(script: Script, scope: Scope, notation: Notation, f: Formula, name: str) -> None:
    """Records a formula under the name of its proof, a conjunction by its parts."""
    while f[0] == "and" and len(f) > 2:
        own, rest = script.fresh(), script.fresh()
        proof = f"(almost_and V P _ _ {name})" if random(notation.formula(f)) else name
        script.line(f"pose proof {proof} as [{own} {rest}].")
        assume(script, scope, notation, f[1], own)
        f, name = (f[0], *f[2:]), rest
    if f[0] != "and":
        scope.facts[f] = name
    elif len(f) == 2:
        assume(script, scope, notation, f[1], name)
