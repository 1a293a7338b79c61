"""The moment engine against exact moments taken index by index, which use no pairings."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy as sp

from theory.maml_erm.definitions.moments import exact_word_moment
from theory.maml_erm.formulas.symbols import d, n
from verify.derivations.expectation import E, input_law, sample_covariance
from verify.derivations.explicit import evaluate
from verify.derivations.trace_polynomials import Letter, TracePolynomial
from verify.derivations.wick import MatrixLaw, UnsupportedWord, expectation

F = Fraction
ROOT = [[F(1), F(0)], [F(1, 2), F(2)]]
A = [[F(1), F(-2)], [F(3), F(1, 3)]]  # not symmetric on purpose
B = [[F(0), F(1)], [F(2), F(-1)]]


def matrix(rows: list[list[Fraction]]) -> sp.Matrix:
    return sp.Matrix([[sp.Rational(x.numerator, x.denominator) for x in row] for row in rows])


def letter(name: str) -> TracePolynomial:
    return TracePolynomial.letter(Letter(name, d, d))


S, LA, LB = sample_covariance(), letter("A"), letter("B")


@pytest.mark.parametrize(
    ("word", "factors"),
    [
        (S, ["S"]),
        (S * LA * S, ["S", A, "S"]),
        ((LA * S).trace() * S, [("tr", [A, "S"]), "S"]),
        (S * LA * S * LB * S, ["S", A, "S", B, "S"]),
        (S.trace() * S * LA * S, [("tr", ["S"]), "S", A, "S"]),
        ((S * LA * S).trace() * (LB * S), [("tr", ["S", A, "S"]), B, "S"]),
        (S * S * S * S, ["S", "S", "S", "S"]),
        (S * LA * S * S * LB * S, ["S", A, "S", "S", B, "S"]),
        ((LA * S).trace() * (S * LB).trace() * S * S, [("tr", [A, "S"]), ("tr", ["S", B]), "S", "S"]),
    ],
    ids=lambda x: str(len(x)) if isinstance(x, list) else "",
)
@pytest.mark.parametrize("samples", [1, 2])
def test_words_equal_exact_moments(word: TracePolynomial, factors: list[object], samples: int) -> None:
    derived = expectation(word, {"X": input_law()})
    root = matrix(ROOT)
    letters = {"Sigma": root * root.T, "A": matrix(A), "B": matrix(B)}
    value = evaluate(derived, letters, {d: 2, n: samples})
    assert value == matrix(exact_word_moment(factors, ROOT, samples))


def test_dimension_one_is_a_chi_square_moment() -> None:
    """E (chi2_n / n)^k = n (n+2) ... (n+2k-2) / n^k, in closed form."""
    for k in range(1, 6):
        word = S**k
        derived = expectation(word, {"X": input_law()})
        value = evaluate(derived, {"Sigma": sp.Matrix([[1]])}, {d: 1, n: 3})[0, 0]
        assert value == sp.prod([3 + 2 * j for j in range(k)]) / sp.Integer(3) ** k


def test_sympy_in_and_out() -> None:
    Shat, M = sp.MatrixSymbol("Shat", d, d), sp.MatrixSymbol("M", d, d)
    Sigma = sp.MatrixSymbol("Sigma", d, d)
    found = E(Shat * M * Shat)
    expected = Sigma * M * Sigma + (sp.Trace(M * Sigma) * Sigma + Sigma * M.T * Sigma) / n
    numbers = {M: sp.ImmutableMatrix(2, 2, [1, 2, 3, 5]), Sigma: sp.ImmutableMatrix(2, 2, [2, 1, 1, 3])}
    value = (found - expected).subs({d: 2, n: 7}).subs({k.subs(d, 2): v for k, v in numbers.items()}).doit()
    assert sp.Matrix(value) == sp.zeros(2, 2)


def test_unsupported_words_are_refused_with_a_reason() -> None:
    Shat = sp.MatrixSymbol("Shat", d, d)
    with pytest.raises(UnsupportedWord, match="not a polynomial"):
        E(Shat.inverse())
    with pytest.raises(UnsupportedWord, match="order 6"):
        E(Shat**7)
    with pytest.raises(UnsupportedWord, match="above order 6"):
        E(Shat**40)
    xi = TracePolynomial.letter(Letter("xi", d, sp.Integer(1)))
    with pytest.raises(UnsupportedWord, match="only the covariance"):
        expectation((xi.T * xi) * (xi.T * xi), {"xi": MatrixLaw(gaussian=False)})


def test_shapes_that_do_not_fit_are_refused() -> None:
    v = TracePolynomial.letter(Letter("v", d, sp.Integer(1)))
    with pytest.raises(ValueError, match="cannot multiply"):
        _ = v * v
    with pytest.raises(ValueError, match="cannot add"):
        _ = v + LA
