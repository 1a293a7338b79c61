"""Moments of the sample covariance Shat = X^T X / n, in and out as SymPy matrix expressions."""

from __future__ import annotations

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixExpr, MatrixSymbol

from verify.derivations.normal_forms import factor
from verify.derivations.trace_polynomials import Letter, Term, TracePolynomial, Word
from verify.derivations.wick import MatrixLaw, UnsupportedWord, expectation

dimension = sp.Symbol("d", integer=True)
samples = sp.Symbol("n", integer=True)
SIGMA = Letter("Sigma", dimension, dimension, symmetric=True, latex=r"\Sigma")


def design(n: sp.Expr = samples) -> Letter:
    """The n x d matrix X whose rows are the inputs x_a ~ N(0, Sigma)."""
    return Letter("X", n, dimension)


def input_law(covariance: Letter = SIGMA) -> MatrixLaw:
    return MatrixLaw(row=(), col=(covariance,))


def sample_covariance(n: sp.Expr = samples) -> TracePolynomial:
    """Shat = X^T X / n as a polynomial in the random letter X."""
    X = TracePolynomial.letter(design(n))
    return (X.T * X).scale(1 / n)


def E(expression: sp.Expr | MatrixExpr, n: sp.Expr = samples) -> sp.Expr | MatrixExpr:
    """The expectation of a polynomial in the MatrixSymbol ``Shat`` and fixed matrices, for x ~ N(0, Sigma).

    Supported: sums and products of numbers, traces, transposes, integer powers, identity matrices and matrix symbols
    of symbolic or integer shape, up to order 6 in Shat. ``Shat`` and ``Sigma`` are d x d; Sigma is symmetric, other
    symbols are not assumed to be. Raises ``UnsupportedWord`` for anything else.

    >>> S, A = sp.MatrixSymbol("Shat", dimension, dimension), sp.MatrixSymbol("A", dimension, dimension)
    >>> E(sp.Trace(A * S) * S)
    Trace(A*Sigma)*Sigma + 1/n*Sigma*A*Sigma + 1/n*Sigma*A.T*Sigma
    """
    poly = from_sympy(expression).substitute({"Shat": sample_covariance(n)})
    return to_sympy(expectation(poly, {"X": input_law()}))


def from_sympy(expression: sp.Expr | MatrixExpr) -> TracePolynomial:
    """Read a SymPy scalar or matrix expression; ``UnsupportedWord`` names the part that is not polynomial."""
    e = expression
    if isinstance(e, MatrixSymbol):
        if e.shape[0] != e.shape[1] and e.name in ("Shat", "Sigma"):
            raise UnsupportedWord(f"{e.name} must be square, not {e.shape[0]} x {e.shape[1]}")
        letter = SIGMA if e.name == "Sigma" else Letter(e.name, e.shape[0], e.shape[1], symmetric=e.name == "Shat")
        return TracePolynomial.letter(letter)
    if isinstance(e, sp.Identity):
        return TracePolynomial.identity(e.shape[0])
    if isinstance(e, sp.ZeroMatrix):
        return TracePolynomial(e.shape[0], e.shape[1], {})
    if isinstance(e, sp.Transpose):
        return from_sympy(e.arg).T
    if isinstance(e, sp.Trace):
        return from_sympy(e.arg).trace()
    if isinstance(e, (sp.MatAdd, sp.Add)):
        out = from_sympy(e.args[0])
        for a in e.args[1:]:
            out = out + from_sympy(a)
        return out
    if isinstance(e, (sp.MatMul, sp.Mul)):
        out = TracePolynomial.scalar(1)
        for a in e.args:
            out = out * from_sympy(a)
        return out
    if isinstance(e, (sp.MatPow, sp.Pow)) and e.exp.is_Integer and e.exp > 0 and e.base.has(MatrixSymbol):
        return _power(from_sympy(e.base), int(e.exp))
    if isinstance(e, sp.Expr) and not e.has(MatrixSymbol):
        return TracePolynomial.scalar(e)
    raise UnsupportedWord(
        f"{e} is not a polynomial in matrices. Likely causes: (a) an inverse or a function of Shat, whose expectation "
        "is not a finite sum of pairings; (b) a symbolic power. Supported: sums, products, traces and integer powers, "
        "up to order 6 in Shat."
    )


def _power(base: TracePolynomial, k: int) -> TracePolynomial:
    if k > 12:
        raise UnsupportedWord(f"the power {k} is above order 6 in Shat, the largest that is supported")
    out = base
    for _ in range(k - 1):
        out = out * base
    return out


def to_sympy(poly: TracePolynomial) -> sp.Expr | MatrixExpr:
    """A SymPy expression with ``Trace`` for the traces; 1 x 1 polynomials become scalars."""
    scalar = poly.rows == 1 and poly.cols == 1
    parts = []
    for term, k in poly.terms.items():
        coefficient = factor(k) * sp.Mul(*(sp.Trace(_matrix(loop)) for loop in term.traces))
        parts.append(coefficient if scalar else coefficient * _open(term, poly.rows))
    if scalar:
        return sp.Add(*parts)
    return sp.MatAdd(*parts).doit() if parts else sp.ZeroMatrix(poly.rows, poly.cols)


def _open(term: Term, size: sp.Expr) -> MatrixExpr:
    return _matrix(term.word) if term.word else sp.Identity(size)


def _matrix(word: Word) -> MatrixExpr:
    factors = []
    for a in word:
        base = a.T if a.transposed else a
        symbol = MatrixSymbol(base.name, base.rows, base.cols)
        factors.append(symbol.T if a.transposed else symbol)
    return sp.MatMul(*factors).doit() if len(factors) > 1 else factors[0]
