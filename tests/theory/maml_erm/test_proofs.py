"""Every claim of the theory has a certificate that the checkers accept; tampered claims have none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

from theory.maml_erm import THEORY
from theory.maml_erm.formulas.symbols import alpha, d, l, m, rho_E, rho_H
from verify.claims.claim import Claim
from verify.claims.domain import between
from verify.claims.hints import Auto, By, Cite, citations
from verify.claims.sequents import statement_of
from verify.claims.statement import (
    Equivalence,
    Holds,
    Identity,
    Inequality,
    Limit,
    LoewnerOrder,
    MatrixIdentity,
    Monotone,
)
from verify.derivations.relations import Connective, Formula, Relation, all_of, eq, le
from verify.derivations.trace_polynomials import Letter, TracePolynomial
from verify.evidence.routes.acceptance import accepted, missing_citations, serialised
from verify.evidence.routes.proof import certificate_of, proof
from verify.evidence.routes.spectrum import NotSpectral, reduction, spectral_value
from verify.kernel import Refused, check
from verify.kernel.reals.certificate import Checker
from verify.language.verdict import Verdict
from verify.prover.scripts.library import Library, NoProof

CLAIMS = THEORY.stated
SCALAR = [name for name, c in CLAIMS.items() if not isinstance(c.statement, MatrixIdentity)]


@pytest.mark.parametrize("name", CLAIMS)
def test_proved(name: str) -> None:
    evidence = proof(CLAIMS[name])
    assert evidence is not None and evidence.verdict is Verdict.PROVED, evidence
    record = evidence.details["certificate"]
    assert record["bytes"] == len(serialised(certificate_of(CLAIMS[name]))) and len(record["sha256"]) == 64
    assert missing_citations(CLAIMS[name]) == ()


def test_certificates_are_self_contained_and_end_with_the_claim() -> None:
    certificate = json.loads(serialised(certificate_of(CLAIMS["T5.gain"])))
    assert check(certificate)
    assert certificate["theorems"][-1]["id"] == "T5.gain"
    assert {"P.kappa", "T5.ratio", "T3.decreasing"} <= {t["id"] for t in certificate["theorems"]}


def test_the_same_bytes_from_another_library() -> None:
    again = Library(CLAIMS).certificate("T3.root")
    assert serialised(again) == serialised(certificate_of(CLAIMS["T3.root"]))


# ---------------------------------------------------------------- tampering

WEAKER = {"<": "<=", ">": ">="}
STRICTER = {"<=": "<", ">=": ">", "==": "<"}
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "!=", "!=": "=="}


def relations(f: Formula) -> Iterator[Relation]:
    if isinstance(f, Relation):
        yield f
    else:
        for a in f.args:
            yield from relations(a)


def changed(f: Formula, old: Relation, new: Relation) -> Formula:
    if isinstance(f, Relation):
        return new if f is old else f
    return Connective(f.op, tuple(changed(a, old, new) for a in f.args))


def with_formula(claim: Claim, f: Formula) -> Claim:
    return replace(claim, statement=Holds(f))


def tampered(claim: Claim) -> Iterator[Claim]:
    """Every relation of a claim turned round, and its sides swapped for others where that makes it false."""
    assert claim.formula is not None
    for r in relations(claim.formula):
        yield with_formula(claim, changed(claim.formula, r, Relation(r.lhs, TURNED[r.op], r.rhs)))


TURNABLE = """
    P.kappa P.sigma P.gain X1 X2 X2.at_least_one N1 N2.below N3 L2.not_attained T1 T1.equal T1.weak T1.inverse
    T2.domain T3.exists T5.odds T5.ratio S0.maml.isotropic S0.fomaml.positive A2 A2.shape
""".split()  # noqa: SIM905


@pytest.mark.parametrize("name", TURNABLE)
def test_a_relation_turned_round_is_not_proved(name: str) -> None:
    claim = CLAIMS[name]
    found = [c for c in tampered(claim) if c.formula != claim.formula]
    assert found
    for one in found:
        with pytest.raises((NoProof, Refused)):
            accepted(one, Library({**CLAIMS, name: one}).certificate(name))


def strict(claim: Claim) -> Claim:
    s = claim.statement
    if isinstance(s, Inequality):
        return replace(claim, statement=Inequality(s.lhs, STRICTER[s.op], s.rhs))
    assert isinstance(s, Equivalence) and isinstance(s.left, Relation) and isinstance(s.right, Relation)
    op = {**WEAKER, **STRICTER}[s.left.op]
    return replace(claim, statement=Equivalence(Relation(s.left.lhs, op, s.left.rhs), s.right))


@pytest.mark.parametrize("name", ["N1", "T1.weak", "T1.weak_below", "T1", "N3", "T3.exists", "T5.ratio", "A2"])
def test_swapping_strict_and_weak_is_not_proved(name: str) -> None:
    one = strict(CLAIMS[name])
    with pytest.raises((NoProof, Refused)):
        accepted(one, Library({**CLAIMS, name: one}).certificate(name))


STATED = [
    ("S0.maml.isotropic", d + 1, d),
    ("S0.maml_fresh.isotropic", d + 1, d),
    ("T1.inverse", d + 1, d),
    ("T1.inverse", rho_E + rho_H, rho_E - rho_H),
    ("X2", sp.Integer(2), sp.Integer(1)),
]


@pytest.mark.parametrize(("name", "old", "new"), STATED)
def test_a_changed_side_is_not_proved(name: str, old: sp.Expr, new: sp.Expr) -> None:
    claim = CLAIMS[name]
    assert isinstance(claim.statement, Identity)
    side = claim.statement.rhs.subs(old, new)
    assert side != claim.statement.rhs
    one = replace(claim, statement=Identity(claim.statement.lhs, side))
    evidence = proof(one)
    assert evidence is not None and evidence.verdict is Verdict.INCONCLUSIVE


def test_a_wider_domain_is_not_proved() -> None:
    wide = replace(CLAIMS["T1.weak"], domain=replace(CLAIMS["T1.weak"].domain, extra=()))
    with pytest.raises((NoProof, Refused)):
        accepted(wide, Library({**CLAIMS, "T1.weak": wide}).certificate("T1.weak"))


def test_the_certificate_of_another_statement_does_not_count() -> None:
    claim = CLAIMS["T1"]
    other = replace(claim, statement=Equivalence(claim.statement.left, CLAIMS["T1.equal"].statement.right))
    with pytest.raises(Refused, match="another statement"):
        accepted(other, certificate_of(claim))


def test_limits_are_compared_too() -> None:
    claim = CLAIMS["L1"]
    assert isinstance(claim.statement, Limit)
    one = replace(claim, statement=replace(claim.statement, value=claim.statement.value + 1))
    with pytest.raises(Refused, match="another statement"):
        accepted(one, certificate_of(claim))
    with pytest.raises((NoProof, Refused)):
        Library({**CLAIMS, "L1": one}).certificate("L1")
    through = CLAIMS["L0"]
    assert isinstance(through.statement, Limit)
    off = replace(through, statement=replace(through.statement, value=2 * through.statement.value))
    with pytest.raises((NoProof, Refused)):
        Library({**CLAIMS, "L0": off}).certificate("L0")


def test_monotone_in_the_other_direction_is_not_proved() -> None:
    for name in ("H0", "T2.sigma", "T2.above", "T2.below", "T3.decreasing", "X3.noise"):
        claim = CLAIMS[name]
        assert isinstance(claim.statement, Monotone)
        turned = {"increasing": "decreasing", "decreasing": "increasing"}[claim.statement.direction]
        one = replace(claim, statement=replace(claim.statement, direction=turned))
        with pytest.raises((NoProof, Refused)):
            Library({**CLAIMS, name: one}).certificate(name)


def test_false_statements_have_no_certificate() -> None:
    for claim in THEORY.refutable.values():
        if isinstance(claim.statement, MatrixIdentity):
            continue
        with pytest.raises((NoProof, Refused)):
            Library({**CLAIMS, claim.id: claim}).certificate(claim.id)


# ---------------------------------------------------------------- citations


def test_rests_on_names_every_citation() -> None:
    claim = replace(CLAIMS["T1"], rests_on=())
    assert missing_citations(claim) == ("T1.product",)
    evidence = proof(claim)
    assert evidence is not None and evidence.verdict is Verdict.INCONCLUSIVE and "T1.product" in evidence.summary


def test_citing_in_a_circle_is_refused() -> None:
    first = replace(CLAIMS["P.kappa"], id="A", proof=By((Cite("B"),)))
    other = replace(CLAIMS["P.kappa"], id="B", proof=By((Cite("A"),)))
    with pytest.raises(NoProof, match="circle"):
        Library({"A": first, "B": other}).certificate("A")


def test_citations_reach_into_nested_hints() -> None:
    assert citations(CLAIMS["N2.packing"].proof)[-2:] == ("N3", "N2.distance")
    assert citations(Auto()) == ()


# ---------------------------------------------------------------- Loewner order


def loewner() -> tuple[Claim, Any]:
    claim = CLAIMS["A1"]
    assert isinstance(claim.statement, LoewnerOrder)
    return claim, claim.statement


def test_the_reduction_to_eigenvalues_is_checked() -> None:
    claim, s = loewner()
    assert "every PSD Sigma" in reduction(claim)
    fixed = replace(claim, at=((m, sp.Integer(3)),), domain=claim.domain.where(eq(1, 1)))
    assert "every PSD Sigma" in reduction(fixed)
    other = s.lhs.substitute({"Sigma": TracePolynomial.letter(Letter("Other", d, d, symmetric=True))})
    value = spectral_value(s.rhs, s.eigenvalue, s.trace_square)
    wrong = [
        replace(claim, statement=replace(s, lhs=s.rhs, rhs=s.lhs)),
        replace(claim, statement=replace(s, rhs=s.rhs + s.rhs)),
        replace(claim, domain=replace(claim.domain, bounds=claim.domain.bounds[1:])),
        replace(claim, at=((l, sp.Integer(0)),)),
        replace(claim, at=((alpha, l),)),
        replace(claim, domain=claim.domain.where(all_of(eq(1, 1), eq(l, 0)))),
        replace(claim, domain=claim.domain + between(sp.Symbol("z", real=True), 0, l)),
        replace(claim, statement=replace(s, lhs=other, rhs=s.rhs)),
        replace(claim, statement=replace(s, lhs=s.rhs, rhs=s.rhs.scale(l), at_eigenvalue=le(value, value * l))),
    ]
    for one in wrong:
        with pytest.raises(NotSpectral):
            reduction(one)


def test_definedness_is_part_of_every_theorem() -> None:
    data = {"id": "P.sigma", **statement_of(CLAIMS["P.sigma"]), "proof": None}
    state, *_ = Checker().theorem(data)
    assert ("!=", ("*", "p", "s_H"), 0) in state.goal


def test_an_empty_domain_proves_nothing() -> None:
    claim = CLAIMS["P.kappa"]
    empty = replace(claim, domain=claim.domain.where(Relation(rho_E, "<", rho_H)))
    evidence = proof(empty)
    assert evidence is not None and evidence.verdict is Verdict.INCONCLUSIVE


# ---------------------------------------------------------------- limits in the kernel


def limit_theorem(goal: list[Any], proof: dict[str, Any], **fields: Any) -> dict[str, Any]:
    theorem = {
        "id": "limit",
        "variables": [["m", "real"], ["c", "real"], ["s", "real"]],
        "hypotheses": [["<", "0", "c"]],
        "definitions": [["s", ["/", "c", "m"]]],
        "goal": goal,
        "proof": proof,
    }
    return {"schema": 1, "theorems": [{**theorem, **fields}]}


def composed(outer: Any, at: str, value: Any, **fields: Any) -> dict[str, Any]:
    """The limit of ``outer`` in t = s = c/m, which tends to ``at``, as m grows."""
    told = json.loads(json.dumps(outer).replace('"t"', '"s"'))
    proof = {
        "rule": "compose",
        "new": "t",
        "outer": outer,
        "inner": ["/", "c", "m"],
        "at": at,
        "limit": {"rule": "limit", "proof": NOT_ZERO},
        "then": NOT_ZERO,
    }
    return limit_theorem(["limit", told, "m", "oo", value], {**proof, **fields})


NOT_ZERO = {"rule": "sign", "factors": [["-1", "1"]]}  # closes 1 != 0 in any form
INVERSE = ["/", "1", ["+", "1", "t"]]


def test_a_rational_function_of_a_limit_has_a_limit() -> None:
    assert check(composed(INVERSE, "0", ["/", "1", ["+", "1", "0"]]))


@pytest.mark.parametrize(
    "bad",
    [
        composed(INVERSE, "0", ["/", "1", ["+", "1", "1"]]),
        composed(INVERSE, "1", ["/", "1", ["+", "1", "1"]]),
        composed(["/", "1", "t"], "0", ["/", "1", "0"]),
        composed(["abs", "t"], "0", ["abs", "0"]),
        composed(["*", "t", "m"], "0", ["*", "0", "m"]),
        composed(INVERSE, "0", ["/", "1", ["+", "1", "0"]], new="c"),
    ],
)
def test_wrong_limits_are_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        check(bad)


def test_the_limit_variable_has_no_definition() -> None:
    with pytest.raises(Refused, match="limit variable is defined"):
        check(limit_theorem(["limit", "c", "s", "oo", "c"], {"rule": "limit", "proof": NOT_ZERO}))
