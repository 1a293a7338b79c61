"""What a proof's hints have to be; a hint can't make a false claim true, but one that means nothing is an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from verify.claims.hints import (
    Assume,
    Auto,
    Axiom,
    By,
    Cases,
    Cite,
    Fact,
    Let,
    Only,
    Rewrite,
    Split,
    Sum,
    Through,
    Unfold,
)
from verify.derivations.exact import check_expression, check_symbol, exact
from verify.runtime.errors import Malformed

PROOFS = "Auto, By, Sum, Cases, Split, Assume, Only, Through"
STEPS = "Cite, Fact, Let, Unfold, Axiom, Rewrite"
_DEEPEST = 50


def check_hint(hint: Any, field: str, formula: Callable[[Any, str], None], depth: int = 0) -> None:
    """``Malformed`` unless a proof is made of ``verify.claims.hints``; ``formula`` judges the formulas in it."""
    if depth > _DEEPEST:
        raise Malformed(field, "the hints are nested too deeply", "")

    def inner(*proofs: Any) -> None:
        for p in proofs:
            check_hint(p, field, formula, depth + 1)

    match hint:
        case Auto():
            return
        case By():
            for step in _tuple(hint.steps, field):
                _check_step(step, field, formula, depth)
            inner(hint.then)
        case Sum():
            for part in _tuple(hint.parts, field):
                for f in part if isinstance(part, tuple) else (part,):
                    formula(f, field)
        case Cases():
            formula(hint.formula, field)
            inner(hint.yes, hint.no)
        case Split():
            inner(*_tuple(hint.parts, field))
        case Assume():
            inner(hint.then)
        case Only():
            for f in _tuple(hint.facts, field):
                formula(f, field)
            inner(hint.then)
        case Through():
            check_symbol(hint.inner, field)
            check_symbol(hint.value, field)
            inner(hint.then)
        case _:
            step = isinstance(hint, Cite | Fact | Let | Unfold | Axiom | Rewrite)
            raise Malformed(
                field, f"{hint!r:.60} is not a proof", "write By((...,))" if step else f"hints are {PROOFS}"
            )


def _check_step(step: Any, field: str, formula: Callable[[Any, str], None], depth: int) -> None:
    match step:
        case Cite():
            if not isinstance(step.claim, str):
                raise Malformed(field, f"Cite needs the id of a claim, not {step.claim!r:.60}", "write it in quotes")
            for pair in _tuple(step.values, field):
                if not (isinstance(pair, tuple) and len(pair) == 2):
                    raise Malformed(field, f"{pair!r:.60} is not a symbol and its value", "write ((x, y + 1),)")
                check_symbol(pair[0], field)
                check_expression(exact(pair[1]), field)
        case Fact():
            formula(step.formula, field)
            check_hint(step.proof, field, formula, depth + 1)
        case Let():
            check_symbol(step.symbol, field)
            check_expression(exact(step.value), field)
        case Unfold():
            for s in _tuple(step.symbols, field):
                check_symbol(s, field)
        case Axiom():
            if not isinstance(step.name, str):
                raise Malformed(field, f"Axiom needs a name, not {step.name!r:.60}", "write it in quotes")
            for e in _tuple(step.terms, field):
                check_expression(exact(e), field)
        case Rewrite():
            check_expression(exact(step.old), field)
            check_expression(exact(step.new), field)
            check_hint(step.proof, field, formula, depth + 1)
        case _:
            raise Malformed(field, f"{step!r:.60} is not a step of a proof", f"the steps are {STEPS}")


def _tuple(value: Any, field: str) -> tuple[Any, ...]:
    if not isinstance(value, tuple):
        raise Malformed(field, f"{value!r:.60} is not a tuple", "write (a, b), or (a,) for one")
    return value
