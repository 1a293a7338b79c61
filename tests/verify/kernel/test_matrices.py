"""The checker of matrix identities accepts the theory's derivations and refuses each tampered one."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.verify.kernel.tampering import MATRIX_CLAIMS, judged_matrices
from tests.verify.kernel.tampering import matrix_certificate as certificate
from theory.maml_erm import THEORY
from theory.maml_erm.claims.moments import A, I, S
from theory.maml_erm.formulas.symbols import alpha, d, n
from verify.claims.claim import Claim
from verify.claims.matrix_certificates import word_certificate
from verify.claims.statement import MatrixIdentity
from verify.derivations.trace_polynomials import TracePolynomial
from verify.evidence.routes.acceptance import accepted
from verify.evidence.routes.proof import proof
from verify.kernel import Refused, check
from verify.kernel.matrices.expressions import MatrixChecker
from verify.language.verdict import Verdict

MATRIX = {name: c for name, c in THEORY.stated.items() if isinstance(c.statement, MatrixIdentity)}


@pytest.mark.parametrize("name", MATRIX)
def test_accepts(name: str) -> None:
    assert "redone" in check(certificate(name))


# ---------------------------------------------------------------- tampering with the statement


def stated(name: str, rhs: TracePolynomial) -> Claim:
    claim = MATRIX[name]
    assert isinstance(claim.statement, MatrixIdentity)
    return replace(claim, statement=replace(claim.statement, rhs=rhs))


step = I - S.scale(alpha)
WRONG = {
    "M1 without the transposed pairing": ("M1", S * A * S + ((A * S).trace() * S).scale(1 / n)),
    "M1 with a lost 1/n": ("M1", S * A * S + S * A * S + ((A * S).trace() * S).scale(1 / n)),
    "M1 with A transposed traces": ("M1", S * A * S + (S * A * S).scale(1 / n) + ((A * A).trace() * S).scale(1 / n)),
    "M2 with tr(Sigma) Sigma^2": ("M2", step * S * step + (S.trace() * S * S + S * S * S).scale(alpha**2 / n)),
    "M2 with d tr(Sigma^2)": ("M2", step * S * step + ((S * S).trace() * S * d + S * S * S).scale(alpha**2 / n)),
    "M2 without Sigma^3": ("M2", step * S * step + ((S * S).trace() * S).scale(alpha**2 / n)),
    "S0.fomaml with a square": ("S0.fomaml", S * step * step),
    "S0.erm twice": ("S0.erm", S + S),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_right_side_is_not_proved(case: str) -> None:
    name, rhs = WRONG[case]
    evidence = proof(stated(name, rhs))
    assert evidence is not None and evidence.verdict is Verdict.INCONCLUSIVE
    with pytest.raises(Refused):
        check(word_certificate(stated(name, rhs)))
    with pytest.raises(Refused, match="another statement"):
        accepted(stated(name, rhs), certificate(name))


def test_false_matrix_statements_are_refused() -> None:
    found = [c for c in THEORY.refutable.values() if isinstance(c.statement, MatrixIdentity)]
    assert found
    for claim in found:
        with pytest.raises(Refused):
            check(word_certificate(claim))


# ---------------------------------------------------------------- tampering with the certificate


@pytest.mark.parametrize("name", MATRIX_CLAIMS)
def test_every_tampered_certificate_is_refused(name: str) -> None:
    found = judged_matrices(name)
    assert len(found) > 50
    for path, (text, verdict, _) in found:
        assert verdict == "refused" or harmless(json.loads(text), certificate(name), path), (path, text)


def harmless(mutant: dict[str, Any], honest: dict[str, Any], path: tuple[Any, ...]) -> bool:
    """The same polynomials written in another way: a factor repeated as a power, a loop read from another place."""
    run = MatrixChecker(honest["letters"])
    run.inverses = {k: run.expression(e) for k, e in honest["inverses"].items()}
    for k in range(len(path), 0, -1):
        old: Any = honest
        new: Any = mutant
        for key in path[:k]:
            old, new = old[key], new[key]
        if isinstance(old, dict) and set(old) == {"rows", "cols", "terms"}:
            try:
                return run.poly(old) == run.poly(new)
            except Exception:
                return False
    return False


def test_dependent_letters_of_an_inverse_are_fixed() -> None:
    changed = certificate("S0.imaml")
    changed["inverses"]["R"] = {"poly": {"rows": "d", "cols": "d", "terms": [[[["1", {}]], [], ["Sigma"]]]}}
    with pytest.raises(Refused, match="inverse"):
        check(changed)


def test_moments_beyond_the_covariance_need_a_gaussian_law() -> None:
    changed = certificate("M1")
    changed["derivations"][0]["steps"][0]["params"]["laws"]["X"]["gaussian"] = False
    with pytest.raises(Refused, match="not known"):
        check(changed)


PARAMETERS = [
    ("M1", ("params", "laws", "X", "col"), []),
    ("M1", ("params", "laws", "X", "col"), ["Sigma", "Sigma"]),
    ("M1", ("params", "laws", "X", "scale"), [["2", {}]]),
    ("M2", ("params", "laws", "X", "row"), ["Sigma"]),
    ("M2", ("params", "laws"), {}),
]


@pytest.mark.parametrize(("name", "path", "value"), PARAMETERS)
def test_another_law_gives_something_else(name: str, path: tuple[str, ...], value: Any) -> None:
    changed = certificate(name)
    spot = changed["derivations"][0]["steps"][0]
    for key in path[:-1]:
        spot = spot[key]
    spot[path[-1]] = value
    with pytest.raises(Refused):
        check(changed)
