"""What certificates of this theory's matrix identities build on: results that enter other derivations."""

from __future__ import annotations

import sympy as sp

from theory.maml_erm.formulas.losses import adapted_error, adapted_loss, sample_gradient, v
from theory.maml_erm.formulas.methods import RESOLVENT, proximal_solution
from theory.maml_erm.formulas.risk import excess_risk_of_task
from theory.maml_erm.formulas.solutions import CANDIDATE, SOLUTION
from theory.maml_erm.formulas.symbols import alpha, d, lam, m, n
from verify.claims.matrix_results import AtZero, Composed, Given, MatrixResults, Result, Sum, Times, With
from verify.derivations.expectation import SIGMA
from verify.derivations.trace_polynomials import TracePolynomial


def results() -> MatrixResults:
    """The adapted error for n and m samples, the proximal solution, and the excess risk of a task."""
    error, nothing = Given(TracePolynomial.letter(v)), TracePolynomial(d, sp.Integer(1), {})
    whole = Result(adapted_loss(m))
    at_optimum = AtZero(With(whole, v, nothing), alpha)
    return MatrixResults(
        composed=(
            *(Composed(adapted_error(k), Sum((error, Times(-alpha, Result(sample_gradient(k)))))) for k in (n, m)),
            Composed(proximal_solution().matrix, Result(proximal_solution())),
            Composed(excess_risk_of_task().matrix, Sum((whole, Times(sp.Integer(-1), at_optimum)))),
        ),
        inverses=((RESOLVENT, TracePolynomial.letter(SIGMA) + TracePolynomial.identity(d).scale(lam)),),
        candidate=CANDIDATE,
        solution=SOLUTION,
    )
