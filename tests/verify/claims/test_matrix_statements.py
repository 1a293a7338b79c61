"""A certificate of a matrix identity is about a claim only if all its parts are the claim's."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

from theory.maml_erm import THEORY
from theory.maml_erm.claims.moments import A, S
from theory.maml_erm.formulas.symbols import alpha, d, n
from verify.cache.rows import stated_by
from verify.claims.claim import Claim
from verify.claims.matrix_certificates import NotWords, word_certificate
from verify.claims.statement import MatrixIdentity
from verify.derivations.derivation import Derivation
from verify.derivations.expectation import SIGMA, input_law, sample_covariance
from verify.derivations.trace_polynomials import Letter, TracePolynomial, cyclic
from verify.derivations.wick import MatrixLaw
from verify.evidence.routes.acceptance import accepted, states
from verify.evidence.routes.proof import proof
from verify.evidence.routes.replay import replay
from verify.kernel import Refused, check
from verify.language.verdict import Verdict

Json = Any
MATRIX = {name: c for name, c in THEORY.stated.items() if isinstance(c.statement, MatrixIdentity)}


def certificate(claim: Claim) -> Json:
    return json.loads(json.dumps(word_certificate(claim)))


def moment(law: MatrixLaw = input_law(), start: TracePolynomial | None = None, name: str = "a moment") -> Claim:  # noqa: B008
    derivation = Derivation(name, sample_covariance(n) * A if start is None else start, "a test").then(
        "expect", "Wick", laws={"X": law}
    )
    return Claim(
        "a.moment", name, MatrixIdentity(name, derivation.matrix, derivation.matrix), derivations=(derivation,)
    )


@pytest.mark.parametrize("name", MATRIX)
def test_each_certificate_states_its_claim_and_no_other(name: str) -> None:
    mine = certificate(MATRIX[name])
    assert states(MATRIX[name], mine)
    others = [other for other in ("M1", "S0.erm", "S1") if other != name]
    assert [other for other in others if states(MATRIX[other], mine)] == []


# Pairs of claims with the same right side that are about different things: each certificate is accepted for one only.
half = sp.Rational(1, 2)
B = TracePolynomial.letter(Letter("B", d, d, symmetric=True))
PAIRS: dict[str, tuple[Claim, Claim]] = {
    "another start": (moment(), moment(start=A * sample_covariance(n))),
    "another law": (moment(), moment(MatrixLaw(col=(SIGMA,), gaussian=False))),
    "another scale": (
        moment(MatrixLaw(col=(SIGMA,), scale=sp.Integer(2))),
        moment(start=(sample_covariance(n) * A).scale(2)),
    ),
    "another letter": (moment(), moment(start=sample_covariance(n) * B)),
}


@pytest.mark.parametrize("case", PAIRS)
def test_a_proof_of_something_else_is_another_statement(case: str) -> None:
    one, other = PAIRS[case]
    for claim, wrong in ((one, other), (other, one)):
        if check(certificate(wrong)) and check(certificate(claim)):
            assert accepted(claim, certificate(claim))
        with pytest.raises(Refused, match="another statement"):
            accepted(claim, certificate(wrong))


def first(data: Json) -> Json:
    return data["derivations"][0]


CHANGES: dict[str, Callable[[Json], object]] = {
    "a letter is not symmetric": lambda c: c["letters"]["A"].__setitem__(2, False),
    "a letter has another shape": lambda c: c["letters"].update(q=["d", "1", False]),
    "the start is twice as much": lambda c: first(c)["start"]["poly"]["terms"][0][0].append(["1", {}]),
    "the law is not Gaussian": lambda c: first(c)["steps"][0]["params"]["laws"]["X"].update(gaussian=False),
    "the law has another scale": lambda c: first(c)["steps"][0]["params"]["laws"]["X"].update(scale=[["2", {}]]),
    "an inverse more": lambda c: c["inverses"].update(R={"poly": c["rhs"]}),
    "a derivation more": lambda c: c["derivations"].append(copy.deepcopy(first(c))),
    "no derivation": lambda c: c.update(derivations=[], lhs={"poly": c["rhs"]}),
    "the left side is the right side": lambda c: c.update(lhs={"poly": c["rhs"]}),
    "the left side twice, the right side too": lambda c: c.update(
        lhs={"times": [[["2", {}]], c["lhs"]]},
    ),
    "another step": lambda c: first(c)["steps"].append({"rule": "gradient", "params": {}, "after": {}}),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_changed_part_is_another_statement(case: str) -> None:
    claim = MATRIX["M1"]
    data = certificate(claim)
    CHANGES[case](data)
    assert not states(claim, data)
    assert stated_by(data) != stated_by(certificate(claim))


def test_what_is_for_people_or_found_again_does_not_count() -> None:
    claim = MATRIX["M1"]
    data = certificate(claim)
    data["claim"] = first(data)["title"] = "another name"
    first(data)["steps"][0]["after"] = {}
    assert states(claim, data) and stated_by(data) == stated_by(certificate(claim))


def test_the_left_side_is_what_a_derivation_gives() -> None:
    """A side that is typed in, or a difference that is 0 whatever it is of, is derived from nothing."""
    claim = MATRIX["M1"]
    assert isinstance(claim.statement, MatrixIdentity)
    other = (S * A * S).scale(1 / n)
    for lhs in (other, TracePolynomial(d, d, {})):
        wrong = replace(claim, statement=MatrixIdentity("E[Shat A Shat]", lhs, lhs))
        with pytest.raises(NotWords, match="not the result"):
            word_certificate(wrong)
        for found in (replay(wrong), proof(wrong)):
            assert found is not None and found.verdict is Verdict.INCONCLUSIVE
    found = replay(claim)
    assert found is not None and "the result is the stated expression" in found.summary


def test_a_derivation_proves_nothing_before_a_checker_accepts_it() -> None:
    """The rules replay what they gave, also where they do not apply: independent entries make no symmetric matrix."""
    for symmetric, verdict in ((True, Verdict.INCONCLUSIVE), (False, Verdict.PROVED)):
        Z = TracePolynomial.letter(Letter("Z", d, d, symmetric=symmetric))
        derivation = Derivation("a second moment", Z * Z, "a test").then("expect", "Wick", laws={"Z": MatrixLaw()})
        statement = MatrixIdentity("the moment", derivation.matrix, derivation.matrix)
        claim = Claim("a.moment", "a second moment", statement, derivations=(derivation,))
        found, proved = replay(claim), proof(claim)
        assert found is not None and "the result is the stated expression" in found.summary
        assert found.verdict is Verdict.INCONCLUSIVE and proved is not None and proved.verdict is verdict, proved


def test_letters_of_one_name_are_not_confused() -> None:
    small, large = (TracePolynomial.letter(Letter("y", size, sp.Integer(1))) for size in (d, n))
    X = TracePolynomial.letter(Letter("X", n, d))
    claim = moment(start=(small.T * X.T * large) * (small.T * X.T * large))
    data = certificate(claim)
    assert data["letters"]["y"] != data["letters"]["y_"]
    assert states(claim, data)


def test_a_rule_that_certificates_lack_is_said() -> None:
    claim = moment(start=sample_covariance(n).trace() * A)
    named = claim.derivations[0].then("name_trace", "a name", word=cyclic((SIGMA,)), value=alpha)
    wrong = replace(claim, statement=MatrixIdentity("x", named.matrix, named.matrix), derivations=(named,))
    with pytest.raises(NotWords, match="no rule name_trace"):
        word_certificate(wrong)
