"""Derivations: a definition, followed by steps each of which applies one named rule.

A step records the rule, its parameters, the expression before and after, and the conditions under which it is valid.
Replaying a derivation applies every rule again to the recorded expression, so a recorded result can't drift away
from the rule that is said to give it. What a derivation takes from others it holds as these derivations, not as their
results: they are its ``sources``, and are replayed and shown with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import sympy as sp

from verify.derivations.combination import Derived, Expression, Given, derivations_in, value_of
from verify.derivations.display import Displayed
from verify.derivations.normal_forms import vanishes
from verify.derivations.relations import Formula
from verify.derivations.rules import RULES
from verify.derivations.trace_polynomials import TracePolynomial


class ReplayError(AssertionError):
    """A recorded step is not what its rule gives."""


@dataclass(frozen=True)
class Step:
    """One application of a rule; a parameter may be a derivation, or be made of some: then its result is used."""

    rule: str
    params: tuple[tuple[str, Any], ...]
    before: Expression
    after: Expression
    reason: str
    conditions: tuple[Formula, ...] = ()


@dataclass(frozen=True)
class Derivation(Derived, Displayed):
    """``given`` is a definition, or made of results of other derivations; ``reason`` says which. Steps lead on."""

    title: str
    given: Given
    reason: str
    steps: tuple[Step, ...] = ()

    @cached_property
    def start(self) -> Expression:
        """What the steps start from: the value of ``given``."""
        found: Expression = value_of(self.given)
        return found

    @property
    def result(self) -> Expression:
        return self.steps[-1].after if self.steps else self.start

    @cached_property
    def digest(self) -> str:
        """What tells it from others, of the same title too: ten hexadecimal digits of where it leads and how far."""
        text = f"{self.title}: {self.start} = {self.result} in {len(self.steps)}"
        return hashlib.sha256(text.encode()).hexdigest()[:10]

    @cached_property
    def sources(self) -> tuple[Derivation, ...]:
        """The derivations whose results enter the start or a step's parameters, each once, in the order of use."""
        return sources_of((self.given, tuple(step.params for step in self.steps)))

    @cached_property
    def history(self) -> tuple[Derivation, ...]:
        """Every derivation that this one is made of, each once, after all that it is made of itself."""
        return _once(d for source in self.sources for d in (*source.history, source))

    @property
    def matrix(self) -> TracePolynomial:
        if not isinstance(self.result, TracePolynomial):
            raise TypeError(f"{self.title} is a scalar")
        return self.result

    @property
    def scalar(self) -> sp.Expr:
        if isinstance(self.result, TracePolynomial):
            raise TypeError(f"{self.title} is a matrix expression")
        return self.result

    def then(self, rule: str, reason: str, conditions: tuple[Formula, ...] = (), **params: Any) -> Derivation:
        """Apply a rule to the result; ``KeyError`` for an unknown rule."""
        before = self.result
        after = RULES[rule](before, **value_of(params))
        step = Step(rule, tuple(sorted(params.items())), before, after, reason, conditions)
        return replace(self, steps=(*self.steps, step))

    def as_start(self, title: str, reason: str) -> Derivation:
        """A derivation that starts from the result of this one, which is its source."""
        return Derivation(title, self, reason)

    def retitled(self, title: str) -> Derivation:
        return replace(self, title=title)

    def replay(self, rules: Mapping[str, Callable[..., Expression]] = RULES) -> int:
        """Apply every rule again and compare, in the whole history; the number of steps.

        Raises ``ReplayError`` at the first step that differs.
        """
        return sum(d._replayed if rules is RULES else d._replay(rules) for d in (*self.history, self))

    @cached_property
    def _replayed(self) -> int:
        """The number of its own steps, replayed once: many claims are made of the same derivations."""
        return self._replay(RULES)

    def _replay(self, rules: Mapping[str, Callable[..., Expression]]) -> int:
        previous = value_of(self.given)
        for i, step in enumerate(self.steps, start=1):
            if not _same(step.before, previous):
                raise ReplayError(f"{self.title}, step {i}: starts from {step.before}, not from {previous}")
            again = rules[step.rule](step.before, **value_of(dict(step.params)))
            if not _same(again, step.after):
                raise ReplayError(f"{self.title}, step {i} ({step.rule}): gives {again}, but {step.after} is recorded")
            previous = step.after
        return len(self.steps)


def sources_of(given: object) -> tuple[Derivation, ...]:
    """The derivations whose results a start or a parameter of a step is made of, each once, in the order of use."""
    return _once(derivations_in(given))


def made_of(derivations: Iterable[Derivation]) -> tuple[Derivation, ...]:
    """What some derivations are made of besides themselves: each once, after all that it is made of itself."""
    shown = tuple(derivations)
    return tuple(d for d in _once(x for top in shown for x in top.history) if d not in shown)


def _once(found: Iterable[Derived]) -> tuple[Derivation, ...]:
    """Each derivation once: by its identity first, which is quick, and then by what it says."""
    out: list[Derivation] = []
    for d in {id(d): d for d in found}.values():
        if isinstance(d, Derivation) and d not in out:
            out.append(d)
    return tuple(out)


def _same(a: Expression, b: Expression) -> bool:
    if isinstance(a, TracePolynomial) or isinstance(b, TracePolynomial):
        return bool(a == b)
    return bool(a == b) or vanishes(a - b)
