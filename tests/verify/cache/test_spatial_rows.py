"""What the cache keeps of claims about vectors is checked again: proofs, models of assumptions, counterexamples."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

from verify import Claim, Domain, Inequality, Spatial, free
from verify.cache.believing import believed
from verify.cache.keys import keys_of
from verify.cache.recheck import recheck
from verify.cache.rows import Row, entries_of, split, stated_by
from verify.cache.texts import sha
from verify.evidence.collect import Finding, run_route
from verify.evidence.routes.acceptance import accepted, states
from verify.kernel import Refused

NEAR = Claim("near", "Nearer", Spatial("||p - y||^2 <= ||x - y||^2 - ||x - p||^2", ("<x - p, y - p> <= 0",)))
HALF = ("x1 == x0 - (1/L)*grad f(x0)", "f L-smooth", "L > 0")
SLIP = Claim("slip", "A half", Spatial("f(x1) <= f(x0) - (1/L)*||grad f(x0)||^2", HALF), expected=False)
OTHERS = [
    Spatial("||p - y||^2 <= ||x - y||^2", ("<x - p, y - p> <= 0",)),
    Spatial("||p - y||^2 <= ||x - y||^2 - ||x - p||^2"),
    Spatial("||p - y||^2 <= ||x - y||^2 - ||x - p||^2", ("<x - p, y - p> <= 0", "p random vector")),
]


@pytest.fixture(scope="module")
def proof() -> Finding:
    return run_route(NEAR, "proof", {})


@pytest.fixture(scope="module")
def refutation() -> Finding:
    return run_route(SLIP, "refutation.2", {})


def row_of(found: Finding, claim: Claim) -> tuple[Row, dict[str, str]]:
    texts: dict[str, str] = {}
    stated = found.stated
    if found.certificate is not None:
        texts = {e.name: e.body for e in entries_of(found.certificate, 0.0)}
        stated = stated_by(found.certificate)
    point = None if found.point is None else dict(found.point)
    kept = json.loads(json.dumps(stated))
    return Row("k", claim.id, found.slot, {}, found.evidence, tuple(texts), kept, 0.0, point), texts


def holds(row: Row, texts: dict[str, str], claim: Claim) -> bool:
    """Whether a row passes both: what checks it, and what compares it with the claim."""
    return row.key in recheck([row], texts).held and believed(claim, row, texts, {}) is not None


def test_a_proof_holds_for_its_own_statement_only(proof: Finding) -> None:
    row, texts = row_of(proof, NEAR)
    assert holds(row, texts, NEAR) and proof.certificate is not None
    assert accepted(NEAR, proof.certificate)
    for other in OTHERS:
        assert not holds(row, texts, replace(NEAR, statement=other))
        assert not states(replace(NEAR, statement=other), proof.certificate)
        with pytest.raises(Refused):
            accepted(replace(NEAR, statement=other), proof.certificate)


def test_a_certificate_that_was_tampered_with_is_refused(proof: Finding) -> None:
    assert proof.certificate is not None
    wrong = json.loads(json.dumps(proof.certificate))
    wrong["theorem"]["goal"] = ["<", "1", "0"]
    (text,) = split(wrong)
    row, _ = row_of(proof, NEAR)
    forged = replace(row, theorems=(sha(text),), stated=stated_by(wrong))
    assert not holds(forged, {sha(text): text}, NEAR)


def test_a_proof_needs_a_model_of_what_is_assumed(proof: Finding) -> None:
    row, texts = row_of(proof, NEAR)
    assert row.point is not None
    model = json.loads(row.point["model"])
    for name in ("x", "p", "y"):
        for forged in ({**model, "values": {k: v for k, v in model["values"].items() if k != name}}, {}):
            assert not holds(replace(row, point={"model": json.dumps(forged)}), texts, NEAR)
    bad = {**model, "values": {**model["values"], "x": [["2"]], "p": [["0"]], "y": [["1"]]}}
    assert not holds(replace(row, point={"model": json.dumps(bad)}), texts, NEAR)
    assert not holds(replace(row, point=None), texts, NEAR)


def changed(data: dict[str, Any], *path: Any, to: Any) -> dict[str, Any]:
    out = json.loads(json.dumps(data))
    at = out
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = to
    return out


def test_a_counterexample_is_evaluated_again(refutation: Finding) -> None:
    row, _ = row_of(refutation, SLIP)
    assert row.evidence is not None and holds(row, {}, SLIP)
    details = json.loads(json.dumps(dict(row.evidence.details)))
    piece = details["model"]["functions"]["f"]["pieces"][0]
    for wrong in (
        changed(details, "model", "values", "x0", to=[["7"]]),
        changed(details, "model", "values", "L", to=["1/3"]),
        changed(details, "model", "values", "L", to=["0.5"]),
        changed(details, "model", "functions", "f", "pieces", to=[[piece[0], "5", *piece[2:]]]),
        changed(details, "model", "functions", "f", "constant", to="1"),
        changed(details, "model", "dimension", to=4),
        changed(details, "model", to=None),
        changed(details, "kind", to="undefined"),
    ):
        assert row.key in recheck([replace(row, evidence=replace(row.evidence, details=wrong))], {}).refused
    true = replace(SLIP, statement=Spatial(SLIP.statement.statement.replace("(1/L)", "(1/(2*L))"), HALF))
    assert not holds(row, {}, true)


def test_what_is_printed_of_a_counterexample_is_what_was_evaluated(refutation: Finding) -> None:
    row, _ = row_of(refutation, SLIP)
    assert row.evidence is not None
    forged = replace(row.evidence, summary="left side 0, right side 0", details={**row.evidence.details, "lhs": "7"})
    held = believed(SLIP, replace(row, evidence=forged), {}, {})
    assert held is not None and held.evidence is not None
    assert held.evidence.summary == row.evidence.summary and held.evidence.details["lhs"] != "7"


def test_keys_have_the_code_about_vectors_for_claims_about_vectors_alone() -> None:
    x = sp.Symbol("x", real=True)
    number = Claim("square", "Squares", Inequality(x**2, ">=", 0), Domain((free(x),)))
    about = {c.id: keys_of(c, {c.id: c}) for c in (NEAR, number)}
    for slot in ("proof", "refutation.0", "refutation.2"):
        code = {name: set(keys[slot].parts["code"]) for name, keys in about.items()}
        for module in ("verify.spaces.decide", "verify.spaces.models.second_values"):
            assert module in code["near"] and module not in code["square"], (slot, module)
