"""What certificates of this theory's matrix identities need besides the derivations: which letters are inverses."""

from __future__ import annotations

from theory.maml_erm.formulas.methods import RESOLVENT
from theory.maml_erm.formulas.symbols import d, lam
from verify.claims.matrix_results import MatrixResults
from verify.derivations.expectation import SIGMA
from verify.derivations.trace_polynomials import TracePolynomial


def results() -> MatrixResults:
    """The resolvent of iMAML."""
    return MatrixResults(((RESOLVENT, TracePolynomial.letter(SIGMA) + TracePolynomial.identity(d).scale(lam)),))
