"""What a theory says of the letters of its matrix identities that their derivations do not say."""

from __future__ import annotations

from dataclasses import dataclass

from verify.derivations.trace_polynomials import Letter, TracePolynomial


@dataclass(frozen=True)
class MatrixResults:
    """``inverses``: letters that stand for an inverse, each with the matrix it inverts.

    A derivation that solves an equation with such a letter says so itself; one that is only written out does not.
    """

    inverses: tuple[tuple[Letter, TracePolynomial], ...] = ()


def no_results() -> MatrixResults:
    return MatrixResults()
