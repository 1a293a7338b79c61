"""Wrong versions of a statement about vectors: the slips that people make when they write one.

A lost factor or term, another constant, a flipped sign, an exponent too low, L for mu, a relation the wrong way round
or strict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from verify.spaces.reading.surface import Chain, Claim, ClassOf, Node
from verify.spaces.reading.text import term_text

REVERSED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "<=", "!=": "=="}
STRICT = {"<=": "<", ">=": ">"}
MOST_PAIRS = 4  # of parameters that are taken for each other


@dataclass(frozen=True)
class SpatialMutant:
    """A wrong version of a claim, and what is wrong with it."""

    slip: str
    claim: Claim


def spatial_mutants(claim: Claim) -> list[SpatialMutant]:
    """All slips in the goal, in a fixed order, each version once."""
    seen, out = {claim.goal}, list[SpatialMutant]()
    for slip, goal in (*_relations(claim.goal), *_terms(claim)):
        if goal not in seen:
            seen.add(goal)
            out.append(SpatialMutant(slip, replace(claim, goal=goal)))
    return out


def _relations(goal: Chain) -> Iterator[tuple[str, Chain]]:
    for i, op in enumerate(goal.relations):
        for slip, table in (("reversed", REVERSED), ("made strict", STRICT)):
            if op in table:
                other = (*goal.relations[:i], table[op], *goal.relations[i + 1 :])
                yield f"{op} {slip}", replace(goal, relations=other)


def _terms(claim: Claim) -> Iterator[tuple[str, Chain]]:
    """Slips in a term of the goal; what stands on the left of the first relation is what the claim is about."""
    goal, pairs = claim.goal, _pairs(claim)
    for i, t in enumerate(goal.terms):
        for slip, wrong in _inside(t, pairs, whole=True) if i else ():
            yield slip, replace(goal, terms=(*goal.terms[:i], wrong, *goal.terms[i + 1 :]))


def _pairs(claim: Claim) -> list[tuple[str, str]]:
    """Parameters of classes that can be taken for each other: L for mu, and mu for L."""
    names = [
        str(d.parameter.args[0])
        for d in claim.declarations
        if isinstance(d, ClassOf) and d.parameter is not None and d.parameter.op == "name"
    ]
    distinct = list(dict.fromkeys(names))
    return [(a, b) for a in distinct for b in distinct if a != b][:MOST_PAIRS]


def _inside(t: Node, pairs: list[tuple[str, str]], *, whole: bool = False) -> Iterator[tuple[str, Node]]:
    text = term_text(t)
    if t.op == "number" and isinstance(t.args[0], Fraction):
        value = t.args[0]
        if value:
            yield f"{2 * value} for {text}", _number(2 * value)
        yield f"{value + 1} for {text}", _number(value + 1)
        return
    if t.op == "name":
        yield from ((f"{b} for {text}", replace(t, args=(b,))) for a, b in pairs if t.args[0] == a)
        return
    if t.op == "+":
        for i, part in enumerate(t.parts):
            rest = (*t.parts[:i], *t.parts[i + 1 :])
            yield f"{term_text(part)} lost", rest[0] if len(rest) == 1 else Node("+", rest)
            flipped = part.parts[0] if part.op == "-" else Node("-", (part,))
            yield f"sign of {term_text(part)} flipped", Node("+", (*t.parts[:i], flipped, *t.parts[i + 1 :]))
    elif t.op == "-":
        yield f"sign of {text} lost", t.parts[0]
    elif t.op == "*":
        for i, part in enumerate(t.parts):
            if part.op in ("number", "name", "^", "/", "+"):
                rest = (*t.parts[:i], *t.parts[i + 1 :])
                yield f"factor {term_text(part)} lost from {text}", rest[0] if len(rest) == 1 else Node("*", rest)
    elif t.op == "/":
        above, below = t.parts
        yield f"divisor {term_text(below)} lost from {text}", above
    elif t.op == "^":
        base, exponent = t.parts
        if exponent.op == "number" and exponent.args[0] == 2:
            yield f"{term_text(base)} for {text}", base
    if whole and t.op not in ("+", "number"):
        yield f"{text} doubled", Node("*", (_number(Fraction(2)), t))
    for i, a in enumerate(t.args):
        # The argument of a norm, a function or an expectation is what the claim is about, not what it says of it.
        if isinstance(a, Node) and t.op in ("+", "-", "*", "/", "^", "sum") and not (t.op == "sum" and i > 1):
            for slip, wrong in _inside(a, pairs):
                yield slip, replace(t, args=(*t.args[:i], wrong, *t.args[i + 1 :]))


def _number(value: Fraction) -> Node:
    return Node("number", (value,))
