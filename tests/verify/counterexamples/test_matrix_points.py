"""Wrong identities of matrices are refuted by exact moments; true ones never are."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

from theory.maml_erm import THEORY
from theory.maml_erm.claims.moments import A, I, S
from theory.maml_erm.formulas.methods import RESOLVENT
from theory.maml_erm.formulas.symbols import alpha, d, lam, m, n
from verify.cache.recheck import recheck
from verify.cache.rows import Row
from verify.claims.claim import Claim
from verify.claims.domain import Bound, Domain
from verify.claims.matrix_certificates import written
from verify.claims.statement import MatrixIdentity
from verify.counterexamples import matrix_points
from verify.counterexamples.matrix_points import Disagreement, at_point, refute_matrices
from verify.counterexamples.matrix_values import (
    NoValue,
    TooHard,
    Values,
    differ,
    factored,
    inverted,
    multiplied,
    turned,
)
from verify.derivations.derivation import Derivation
from verify.derivations.expectation import SIGMA, input_law, sample_covariance
from verify.derivations.trace_polynomials import Letter, TracePolynomial
from verify.derivations.wick import MatrixLaw
from verify.evidence.collect import gather
from verify.evidence.routes.refutation import refutation, stated_in
from verify.language.verdict import Verdict

NUMBERS = re.compile(r"KURT\.(row|pair)")
TOO_MUCH = {"S0.maml_fresh.two_steps", "SB.two_steps"}  # the moments of two steps at other points, in this test
MATRIX = {name: c for name, c in THEORY.stated.items() if isinstance(c.statement, MatrixIdentity)}
ONE = sp.Integer(1)
v, u = (TracePolynomial.letter(Letter(name, d, ONE)) for name in "vu")
B = TracePolynomial.letter(Letter("B", d, d))
X = TracePolynomial.letter(Letter("X", n, d))
R = TracePolynomial.letter(RESOLVENT)


def moment(start: TracePolynomial, rhs: TracePolynomial, law: MatrixLaw = input_law(), **more: Any) -> Claim:  # noqa: B008
    derivation = Derivation("a moment", start, "a test").then("expect", "Wick", laws={"X": law})
    return Claim("a.moment", "", MatrixIdentity("E", derivation.matrix, rhs), derivations=(derivation,), **more)


Shat = sample_covariance(n)
# name: start, the right value, wrong values
MOMENTS = {
    "the mean": (Shat, S, (S.scale(n), S.scale(n / (n + 1)), S + I)),
    "a square": (
        Shat * Shat,
        (S * S).scale((n + 1) / n) + (S.trace() * S).scale(1 / n),
        (
            S * S + (S.trace() * S).scale(1 / n),
            (S * S).scale(1 + 1 / n) + S.scale(d / n),
            (S * S).scale((n + d + 1) / n),
        ),
    ),
    "a trace": (
        Shat.trace() * Shat,
        S.trace() * S + (S * S).scale(2 / n),
        (S.trace() * S + (S * S).scale(1 / n), S.trace() * S + (S * S).scale(2 / (n + 1)), S.trace() * S),
    ),
    "a matrix that is not symmetric": (
        Shat * B * Shat,
        S * B * S + (S * B.T * S + (B * S).trace() * S).scale(1 / n),
        (S * B * S + (S * B * S + (B * S).trace() * S).scale(1 / n),),
    ),
    "a third power": (
        (Shat * Shat).trace() * Shat,
        (S * S).trace().scale((n + 1) / n) * S
        + (S.trace() * S.trace() * S).scale(1 / n)
        + (S.trace() * S * S).scale(4 / n**2)
        + (S * S * S).scale(4 * (n + 1) / n**2),
        (
            (S * S).trace().scale((n + 1) / n) * S
            + (S.trace() * S.trace() * S).scale(1 / n)
            + (S.trace() * S * S).scale(4 / n**2)
            + (S * S * S).scale(4 / n),
        ),
    ),
    "a form": ((v.T * Shat * u), v.T * S * u, (v.T * S * v, (v.T * u) * S.trace(), (v.T * S * u).scale(n))),
}  # fmt: skip


@pytest.mark.parametrize("name", MOMENTS)
def test_wrong_moments_are_refuted_and_right_ones_are_not(name: str) -> None:
    start, right, wrong = MOMENTS[name]
    for effort in (1, 2):
        tried = refute_matrices(moment(start, right), effort)
        assert tried.witness is None and tried.points >= 3 and not tried.doubt
    for rhs in wrong:
        found = refutation(moment(start, rhs))
        assert found is not None and found.verdict is Verdict.REFUTED


@pytest.mark.parametrize("name", MATRIX)
def test_true_identities_are_never_refuted(name: str) -> None:
    for effort in (1, 2):
        tried = refute_matrices(MATRIX[name], effort)
        # Where all letters are numbers there is one case of dimensions.
        least = 1 if NUMBERS.fullmatch(name) else 3
        assert tried.witness is None and tried.points >= least and not tried.doubt, tried


@pytest.mark.parametrize("name", [x for x in MATRIX if x not in TOO_MUCH])
def test_true_identities_hold_at_other_points(name: str) -> None:
    stated = written(MATRIX[name])
    dims = sorted({side for row in stated.statement["letters"].values() for side in row[:2]} - {"1"})
    for seed in range(10, 13):
        rng = random.Random(seed)
        assert at_point(MATRIX[name], stated, {k: rng.randint(1, 2) for k in dims}, rng) is None


def test_wrong_identities_of_the_theory_are_refuted() -> None:
    found = [c for c in THEORY.refutable.values() if isinstance(c.statement, MatrixIdentity)]
    assert found and all(refute_matrices(c).witness is not None for c in found)


# ---------------------------------------------------------------- what a witness says


def test_a_witness_names_what_the_sides_depend_on() -> None:
    start, _, (wrong, *_) = MOMENTS["a square"]
    found = refutation(moment(start, wrong))
    assert found is not None
    assert set(found.details["witness"]) == {"d", "n", "Sigma"} and found.details["kind"] == "violates"
    assert found.details["lhs"] != found.details["rhs"] and "left side" in found.summary
    form = refutation(moment(v.T * Shat * u, v.T * S * v))
    assert form is not None and set(form.details["witness"]) == {"d", "n", "Sigma", "u", "v"}
    matrix = refutation(moment(Shat, S + (B * B.T - B.T * B)))
    assert matrix is not None and matrix.details["entry"] == [1, 2] and "row 1, column 2" in matrix.summary
    assert matrix.details["witness"]["d"] == "2"


def test_a_witness_is_checked_again() -> None:
    start, _, (wrong, *_) = MOMENTS["a trace"]
    claim = moment(start, wrong)
    [finding] = [f for f in gather(replace(claim, expected=False)) if f.slot.startswith("refutation")]
    assert finding.evidence is not None and finding.evidence.verdict is Verdict.REFUTED
    row = Row("key", claim.id, finding.slot, {}, finding.evidence, (), json.loads(json.dumps(finding.stated)))
    assert recheck([row], {}).held == {"key"}
    true = stated_in(moment(start, MOMENTS["a trace"][1]))
    assert recheck([replace(row, stated=true)], {}).refused == {"key"}
    point = finding.evidence.details["witness"]
    for forged in ({**point, "d": "2"}, {**point, "d": "0"}, {**point, "Sigma": "[[-4]]"}, {"d": "1", "n": "1"}, {}):
        details = {**finding.evidence.details, "witness": forged, "point": forged}
        other = replace(finding.evidence, details=details)
        assert recheck([replace(row, evidence=other)], {}).refused == {"key"}, forged


def test_a_kept_matrix_has_the_form_of_its_letter() -> None:
    stated = written(moment(Shat * A, S)).statement
    good = {"d": "2", "n": "1", "Sigma": "[[2, 1], [1, 1]]", "A": "[[1, 0], [0, 1/2]]", "X": "[[1, 2]]"}
    assert differ(stated, {"witness": good, "entry": [2, 2]})
    assert not differ(stated, {"witness": {**good, "A": "[[1, 1], [0, 1]]"}})
    assert not differ(stated, {"witness": {**good, "A": "[[1]]"}})
    with pytest.raises(NoValue):
        differ(stated, {"witness": {**good, "Sigma": "[[1, 2], [2, 1]]"}})


# ---------------------------------------------------------------- when nothing is said


def test_without_a_derivation_both_sides_are_read_as_they_stand() -> None:
    plain = THEORY.adopt(Claim("a.trace", "", MatrixIdentity("tr(AB)", (A * B).trace(), (B * A).trace())))
    assert refute_matrices(plain).witness is None
    assert isinstance(plain.statement, MatrixIdentity)
    wrong = replace(plain, statement=replace(plain.statement, rhs=A.trace() * B.trace()))
    assert refute_matrices(wrong).witness is not None
    resolvent = MatrixIdentity("R S + lambda R", R * S + R.scale(lam), I)
    assert refute_matrices(replace(plain, statement=resolvent)).witness is None
    assert refute_matrices(replace(plain, statement=replace(resolvent, rhs=I + I))).witness is not None


def test_an_assumption_is_kept() -> None:
    """Right where alpha is 1 only; the refuter has no such point, and says nothing."""
    wrong = moment(Shat, S.scale(alpha))
    assert refute_matrices(wrong).witness is not None
    inside = replace(wrong, domain=Domain((Bound(alpha, lower=ONE, upper=ONE, lower_closed=True, upper_closed=True),)))
    assert refute_matrices(inside).witness is None
    assert refute_matrices(replace(wrong, at=((alpha, ONE),))).witness is None


def test_two_evaluations_have_to_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    start, right, (wrong, *_) = MOMENTS["a square"]
    claim = moment(start, wrong)
    assert isinstance(claim.statement, MatrixIdentity)
    real = matrix_points.evaluate
    monkeypatch.setattr(matrix_points, "evaluate", lambda p, *rest: real(p, *rest) * 2)
    tried = refute_matrices(claim)
    assert tried.witness is None and "do not agree" in tried.doubt
    found = refutation(moment(start, right))
    assert found is not None and found.verdict is Verdict.INCONCLUSIVE and "do not agree" in found.summary
    with pytest.raises(Disagreement):
        at_point(claim, written(claim), {"d": 1, "n": 1}, random.Random(0))


def test_too_much_work_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.counterexamples.matrix_values.MOST_WORK", 5)
    start, _, (wrong, *_) = MOMENTS["a third power"]
    tried = refute_matrices(moment(start, wrong))
    assert tried.witness is None and tried.points == 0


# ---------------------------------------------------------------- arithmetic


def test_factors_and_inverses() -> None:
    from fractions import Fraction as F

    m = [[F(4), F(2), F(0)], [F(2), F(1), F(0)], [F(0), F(0), F(3)]]
    left, diagonal = factored(m)
    scaled = [[x * k for x, k in zip(row, diagonal, strict=True)] for row in left]
    assert multiplied(scaled, turned(left)) == m and diagonal == [4, 0, 3]
    for bad in ([[F(-1)]], [[F(0), F(1)], [F(1), F(1)]], [[F(1), F(2)], [F(2), F(1)]], [[F(1), F(1)], [F(0), F(1)]]):
        with pytest.raises(NoValue):
            factored(bad)
    n3 = [[F(0), F(2), F(1)], [F(1), F(1, 3), F(0)], [F(0), F(1), F(1)]]
    assert multiplied(n3, inverted(n3)) == [[F(int(i == j)) for j in range(3)] for i in range(3)]
    with pytest.raises(NoValue):
        inverted([[F(1), F(2)], [F(2), F(4)]])


def test_a_dimension_is_never_0() -> None:
    stated = written(moment(Shat, S)).statement
    zero = {**stated, "lhs": {"zero": [stated["lhs"], "n"]}}
    with pytest.raises(NoValue):
        Values(zero, {"d": 1, "n": 1}, {}, {"X": [[1]], "Sigma": [[1]]}).sides()
    with pytest.raises(TooHard):
        Values(stated, {"d": 30, "n": 30}, {}, {"X": [[1]], "Sigma": [[1]]})


def test_samples_of_both_names() -> None:
    """Two batches of different sizes, each with its own dimension."""
    Y = Letter("Y", m, d)
    other = TracePolynomial.letter(Y).T * TracePolynomial.letter(Y)
    derivation = Derivation("two batches", Shat * other, "a test").then(
        "expect", "Wick", laws={"X": input_law(), "Y": MatrixLaw(col=(SIGMA,))}
    )
    right = MatrixIdentity("E", derivation.matrix, (S * S).scale(m))
    claim = Claim("two.batches", "", right, derivations=(derivation,))
    assert refute_matrices(claim).witness is None
    assert refute_matrices(replace(claim, statement=replace(right, rhs=(S * S).scale(n)))).witness is not None


def test_dimensions_are_symbols_or_numbers() -> None:
    two, q = sp.Integer(2), sp.Symbol("q", real=True)
    fixed = TracePolynomial.letter(Letter("X", n, two))
    law = MatrixLaw(scale=q**2)
    right = TracePolynomial.identity(two).scale(n * q**2)
    assert refute_matrices(moment(fixed.T * fixed, right, law)).points == 3
    assert refute_matrices(moment(fixed.T * fixed, right.scale(q), law)).witness is not None
    other = TracePolynomial.letter(Letter("X", n + 1, d))
    tried = refute_matrices(moment(other.T * other, TracePolynomial.identity(d).scale(n * q**2), law))
    assert tried.witness is None and tried.points == 0 and "neither a symbol" in tried.doubt
