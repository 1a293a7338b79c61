"""Theorems and proofs about numbers for tests: short ways to write them; a row of a table that is tried."""

from __future__ import annotations

from typing import Any

import pytest

from verify.kernel import Refused, check

# What is tried, and None or a part of the reason for which it is refused; by rule.
Cases = dict[str, list[tuple[dict[str, Any], str | None]]]

KNOWN = {"rule": "known"}
EMPTY = {"rule": "split", "proofs": []}
RING = {"rule": "ring", "cofactors": []}
REALS = (("x", "real"), ("y", "real"), ("n", "integer"), ("k", "integer"))
FALSE = ["or"]


def theorem(goal: Any, proof: Any, *hypotheses: Any, variables: Any = REALS, definitions: Any = ()) -> dict[str, Any]:
    row = {"id": "t", "variables": [list(v) for v in variables], "hypotheses": list(hypotheses),
           "definitions": list(definitions), "goal": goal, "proof": proof}  # fmt: skip
    return {"schema": 1, "theorems": [row]}


def node(rule: str, **fields: Any) -> dict[str, Any]:
    return {"rule": rule, **fields}


def after(lemma: dict[str, Any], main: dict[str, Any]) -> dict[str, Any]:
    return {"schema": 1, "theorems": [{**lemma["theorems"][0], "id": "lemma"}, main["theorems"][0]]}


def axiom(name: Any, *terms: Any, then: Any = KNOWN) -> dict[str, Any]:
    return node("axiom", name=name, terms=list(terms), then=then)


def bound(lower: Any, upper: Any, new: str = "s", then: Any = KNOWN) -> dict[str, Any]:
    return node("bound", variable="x", lower=lower, upper=upper, new=new, then=then)


def sturm(lower: Any, upper: Any) -> dict[str, Any]:
    return node("sturm", variable="x", lower=lower, upper=upper)


def numeric(term: Any, lower: str, upper: str) -> dict[str, Any]:
    return node("numeric", term=term, lower=lower, upper=upper, then=KNOWN)


def psatz(*terms: Any, cofactors: Any = ()) -> dict[str, Any]:
    return node("psatz", terms=list(terms), cofactors=list(cofactors))


def irrational(
    equation: Any, above: str, below: str, value: str, degree: str = "2", multiple: Any = "-1"
) -> dict[str, Any]:
    given = {"above": above, "below": below, "value": value, "degree": degree}
    return node("irrational", equation=equation, multiple=multiple, **given)


def residues(equation: Any, modulus: str) -> dict[str, Any]:
    return node("residues", equation=equation, modulus=modulus)


def induction(start: Any, base: Any = KNOWN, step: Any = KNOWN, variable: str = "n") -> dict[str, Any]:
    return node("induction", variable=variable, start=start, base=base, step=step)


def limit(*proofs: Any) -> dict[str, Any]:
    return node("limit", proof=proofs[0] if len(proofs) == 1 else node("split", proofs=list(proofs)))


def inside(formula: Any, proof: Any, *hypotheses: Any) -> dict[str, Any]:
    """A formula shown on the way; the theorem itself says nothing."""
    return theorem(["and"], node("have", formula=formula, proof=proof, then=EMPTY), *hypotheses)


def compose(outer: Any, inner: Any, at: Any, *, new: str = "s", inside: Any = EMPTY, then: Any = EMPTY) -> Any:
    proof = node("limit", proof=inside)
    return node("compose", new=new, outer=outer, inner=inner, at=at, limit=proof, then=then)


def minus(a: Any, b: Any) -> list[Any]:
    return ["+", a, ["-", b]]


SQUARES = ["==", ["^", "n", "2"], ["+", ["*", "4", "k"], "3"]]
POSITIVE = ["<", "0", "x"]
HALF_ODD = ["==", ["*", "1/2", "n"], ["+", "k", "1/4"]]
SIGN = node("sign", factors=[["x", "1"]])
LEMMA = theorem(["<", "0", ["*", "2", "a"]], node("sign", factors=[["2", "1"], ["a", "1"]]), ["<", "0", "a"],
                variables=[("a", "real"), ("i", "integer")])  # fmt: skip


def cite(*terms: Any, name: str = "lemma") -> dict[str, Any]:
    return node("cite", theorem=name, terms=list(terms), then=KNOWN)


def slope(goal: Any, *parts: Any, new: str = "z", point: Any = "0") -> dict[str, Any]:
    base, right, left = parts or (KNOWN, KNOWN, KNOWN)
    return theorem(goal, node("slope", variable="x", point=point, new=new, base=base, right=right, left=left))


# 0 <= (x^2 - 0)': the slope at z is 2 z.
RISES = ["<=", "0", ["*", "2", ["^", "z", "1"], "1"]]
FALLS = ["<=", ["*", "2", ["^", "z", "1"], "1"], "0"]


def side(relation: Any, factor: Any) -> dict[str, Any]:
    return node("have", formula=relation, proof=node("sign", factors=factor), then=node("split", proofs=[KNOWN]))


def rows(cases: Cases) -> list[tuple[str, dict[str, Any], str | None]]:
    return [(rule, *row) for rule, tried in cases.items() for row in tried]


def tried(rule: str, certificate: dict[str, Any], reason: str | None) -> None:
    """Accepted where there is no reason, and refused for this one otherwise; by a proof that uses the rule."""
    assert rule in str(certificate)
    if reason is None:
        assert "checked" in check(certificate)
        return
    with pytest.raises(Refused) as refusal:
        check(certificate)
    assert reason in str(refusal.value)
