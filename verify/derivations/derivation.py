"""Derivations: a definition, followed by steps each of which applies one named rule.

A step records the rule, its parameters, the expression before and after, and the conditions under which it is valid.
Replaying a derivation applies every rule again to the recorded expression, so a recorded result can't drift away
from the rule that is said to give it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import sympy as sp

from verify.derivations.display import Displayed
from verify.derivations.relations import Formula
from verify.derivations.rules import RULES
from verify.derivations.trace_polynomials import TracePolynomial

Expression: TypeAlias = TracePolynomial | sp.Expr


class ReplayError(AssertionError):
    """A recorded step is not what its rule gives."""


@dataclass(frozen=True)
class Step:
    rule: str
    params: tuple[tuple[str, Any], ...]
    before: Expression
    after: Expression
    reason: str
    conditions: tuple[Formula, ...] = ()


@dataclass(frozen=True)
class Derivation(Displayed):
    """``start`` is a definition (``reason`` says which), ``steps`` lead from it to ``result``."""

    title: str
    start: Expression
    reason: str
    steps: tuple[Step, ...] = ()

    @property
    def result(self) -> Expression:
        return self.steps[-1].after if self.steps else self.start

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
        after = RULES[rule](before, **params)
        step = Step(rule, tuple(sorted(params.items())), before, after, reason, conditions)
        return replace(self, steps=(*self.steps, step))

    def retitled(self, title: str) -> Derivation:
        return replace(self, title=title)

    def replay(self, rules: Mapping[str, Callable[..., Expression]] = RULES) -> int:
        """Apply every rule again and compare; the number of steps, or ``ReplayError`` at the first that differs."""
        previous = self.start
        for i, step in enumerate(self.steps, start=1):
            if not _same(step.before, previous):
                raise ReplayError(f"{self.title}, step {i}: starts from {step.before}, not from {previous}")
            again = rules[step.rule](step.before, **dict(step.params))
            if not _same(again, step.after):
                raise ReplayError(f"{self.title}, step {i} ({step.rule}): gives {again}, but {step.after} is recorded")
            previous = step.after
        return len(self.steps)


def _same(a: Expression, b: Expression) -> bool:
    if isinstance(a, TracePolynomial) or isinstance(b, TracePolynomial):
        return bool(a == b)
    return bool(sp.cancel(a - b) == 0)
