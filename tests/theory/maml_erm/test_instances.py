"""Every claim has an instance in k dimensions, proved from the claim itself; what has none says so."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sympy as sp

from theory.maml_erm import THEORY
from theory.maml_erm.claims.instances import instance, resized, speaks_of_dimension
from theory.maml_erm.claims.representation import HEADLINES
from theory.maml_erm.formulas.mixture import m_star
from theory.maml_erm.formulas.symbols import d, k, n
from verify.claims.claim import Claim
from verify.claims.statement import Identity, Limit, MatrixIdentity
from verify.evidence.routes.acceptance import accepted
from verify.evidence.routes.proof import proof
from verify.kernel import Refused
from verify.language.verdict import Verdict
from verify.prover.scripts.library import Library, NoProof
from verify.runtime.errors import BadInput, ensured

CLAIMS = THEORY.stated


def has_instance(claim: Claim) -> bool:
    """Not the instances themselves, nor what speaks of a head already, nor a limit in d; nor what has no d at all."""
    if claim.id.startswith("R1.") or k in claim.domain.symbols or not speaks_of_dimension(claim):
        return False
    if isinstance(claim.statement, MatrixIdentity):
        sides = (claim.statement.lhs, claim.statement.rhs)
        return not any(k in (a.rows, a.cols) for side in sides for a in side.letters.values())
    return not (isinstance(claim.statement, Limit) and claim.statement.variable == d)


INSTANCES = [name for name, claim in CLAIMS.items() if has_instance(claim)]


def test_there_are_many() -> None:
    assert len(INSTANCES) > 80 and {"T1", "X2", "N2", "M2", "T5.gain", "L0"} <= set(INSTANCES)


@pytest.mark.parametrize("name", INSTANCES)
def test_the_instance_is_proved(name: str) -> None:
    own = instance(CLAIMS[name])
    assert own.id == f"R1.{name}" and own.rests_on == (name,)
    if isinstance(own.statement, MatrixIdentity):
        for derivation in own.derivations:
            derivation.replay()
        evidence = proof(own)
        assert evidence is not None and evidence.verdict is Verdict.PROVED, evidence
    else:
        accepted(own, Library({**CLAIMS, own.id: own}).certificate(own.id))


@pytest.mark.parametrize("name", INSTANCES)
def test_no_d_is_left(name: str) -> None:
    own = instance(CLAIMS[name])
    assert not speaks_of_dimension(own)


def test_the_headlines_are_claims_of_the_theory() -> None:
    for name in HEADLINES:
        stated = CLAIMS[f"R1.{name}"]
        assert stated.statement == CLAIMS[name].statement and stated.fixed[d] == k
    threshold = CLAIMS["R1.T1"].problem()
    value = dict(threshold.definitions)[m_star]
    assert k in value.free_symbols and d not in value.free_symbols


def test_a_claim_without_d_is_its_own_instance() -> None:
    assert instance(CLAIMS["T2.domain"]) is CLAIMS["T2.domain"]


@pytest.mark.parametrize("name", ["R5", "KURT.fades"])
def test_what_has_none_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="has no instance"):
        instance(CLAIMS[name])


def test_the_instance_of_something_false_is_not_proved() -> None:
    """The instance is no weaker than the claim: where the claim does not hold, neither does it."""
    claim = CLAIMS["S0.maml.isotropic"]
    side = ensured(claim.statement, Identity)
    wrong = replace(claim, statement=Identity(side.lhs, side.rhs.xreplace({d + 1: d})))
    own = instance(wrong)
    with pytest.raises((NoProof, Refused)):
        accepted(own, Library({**CLAIMS, claim.id: wrong, own.id: own}).certificate(own.id))


def test_letters_are_resized_where_they_stand() -> None:
    claim = CLAIMS["M2"]
    statement = ensured(instance(claim).statement, MatrixIdentity)
    assert {a.rows for a in statement.rhs.letters.values()} == {k} and statement.rhs.rows == k
    assert resized((d + n, {"size": d})) == (k + n, {"size": k}) and resized(sp.Integer(2)) == 2
