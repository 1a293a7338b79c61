"""R1, R2, R5: a learned representation, of which only the head is adapted."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims import gains, limits, necessity, thresholds
from theory.maml_erm.claims.instances import instance
from theory.maml_erm.claims.moments import S, V
from theory.maml_erm.formulas import representation as head
from theory.maml_erm.formulas.symbols import V as spread
from theory.maml_erm.formulas.symbols import alpha, corr, d, k, m, n, nu, nu_r, rho, sin2
from verify.claims.claim import Claim, second
from verify.claims.domain import Bound, Domain, at_least, between, nonnegative, positive
from verify.claims.hints import Assume, By, Cases, Cite, Fact, Proof, Sum
from verify.claims.statement import Equivalence, Holds, Identity, MatrixIdentity, Monotone
from verify.derivations.relations import Relation, all_of, any_of, ge, gt, implies, le, lt
from verify.derivations.trace_polynomials import TracePolynomial

B, e, r, S_B, O = (
    TracePolynomial.letter(a)
    for a in (head.REPRESENTATION, head.HEAD, head.MISSED, head.FEATURE_COVARIANCE, head.COSINES)
)
I_k = TracePolynomial.identity(k)
# The claims whose instance in k dimensions is stated; any other has one too (``instance``).
HEADLINES = ("X2", "N2", "T1", "T1.inverse", "T3.enough", "T4")

ZERO, ONE = sp.Integer(0), sp.Integer(1)
TASK = (positive(rho), positive(alpha))
LEARNER = Domain(
    (*TASK, at_least(k, 1), at_least(d, k), at_least(m, 1), positive(spread), Bound(sin2, ZERO, True, ONE, True))
)
NOISY = LEARNER + nonnegative(nu)


def claims() -> Iterator[Claim]:
    yield from _same_space()
    yield from _instances()
    yield from _missed()
    yield from _angles()
    yield from _rank()


def loss(covariance: TracePolynomial, error: TracePolynomial, noise: sp.Expr) -> TracePolynomial:
    """M3 in k dimensions: the loss after one step, for this covariance, error and variance of the noise."""
    step = I_k - covariance.scale(alpha)
    square = (covariance * covariance).trace()
    weight = step * covariance * step + (square * covariance + covariance**3).scale(alpha**2 / n)
    own = (error.T * weight * error).scale(sp.Rational(1, 2))
    return own + square.scale(alpha**2 * noise / (2 * n)) + TracePolynomial.scalar(noise / 2)


def _same_space() -> Iterator[Claim]:
    yield Claim(
        "R1.features",
        "The features B^T x have the covariance B^T Sigma B",
        MatrixIdentity("E[B^T x x^T B]", head.feature_covariance().matrix, B.T * S * B),
        derivations=(head.feature_covariance(),),
    )
    yield Claim(
        "R1",
        "A head whose space has the optimum in it is adapted as all parameters are, with k for d and B^T Sigma B for "
        "Sigma",
        MatrixIdentity("E f(B v')", head.inside().matrix, loss(B.T * S * B, e, nu**2)),
        states_with=("M3", "R1.features"),
        derivations=(head.inside(),),
        note="w* = B v*, e = v - v*; B^T Sigma B is rho I where Sigma is rho I and B has orthonormal columns",
    )


def _instances() -> Iterator[Claim]:
    """Omega(d) becomes Omega(k): the headlines with k for d."""
    stated = {claim.id: claim for family in (gains, necessity, limits, thresholds) for claim in family.claims()}
    for name in HEADLINES:
        yield instance(stated[name])


def _missed() -> Iterator[Claim]:
    covariance, variance = head.missed_covariance(), head.missed_variance()
    projected = B * B.T
    half = sp.Rational(1, 2)
    kept = TracePolynomial.identity(d) - (S * projected).scale(alpha)
    trace = (S * projected * S * projected).trace()
    general = (V.T * kept * S * kept.T * V).scale(half) + trace.scale(alpha**2 * nu**2 / (2 * n))
    general = general + (trace * (V.T * S * V) + V.T * S * projected * S * projected * S * V).scale(alpha**2 / (2 * n))
    yield Claim(
        "R2.any",
        "Loss after one inner step of the head, for any covariance, representation and error B v - w*",
        MatrixIdentity("E f(B v')", head.adapted_head().matrix, general + TracePolynomial.scalar(nu**2 * half)),
        states_with=("M3",),
        derivations=(head.adapted_head(),),
        note="v stands for the error B v - w* of the parameter",
    )
    yield Claim(
        "R2.covariance",
        "The covariance of the features with what the missed part r of the optimum adds to a label is B^T Sigma r",
        MatrixIdentity("E[B^T x x^T r]", covariance.matrix, B.T * S * r),
        derivations=(covariance,),
        note="it vanishes where Sigma commutes with B B^T, because then Sigma r is orthogonal to col(B) as r is",
    )
    yield Claim(
        "R2.variance",
        "What the missed part r of the optimum adds to a label has the variance r^T Sigma r",
        MatrixIdentity("E (x^T r)^2", variance.matrix, r.T * S * r),
        derivations=(variance,),
        note="rho ||r||^2 for isotropic inputs",
    )
    yield Claim(
        "R2",
        "Where B^T Sigma r = 0, the missed part of the optimum acts as label noise, in the inner step and at the test",
        MatrixIdentity("E f(B v')", head.noisy_head().matrix, loss(S_B, e, nu**2 + nu_r**2)),
        states_with=("R1", "R2.covariance", "R2.variance"),
        derivations=(head.noisy_head(),),
        note="uncorrelated Gaussian features and missed parts are independent: the derivation starts from that",
    )
    s_k = rho * ((1 - alpha * rho) ** 2 + alpha**2 * rho**2 * (k + 1) / n)
    both = (nu**2 + nu_r**2) * (1 + alpha**2 * rho**2 * k / n)
    yield Claim(
        "R2.isotropic",
        "The same for isotropic inputs: the weight of k dimensions, and noise of variance nu^2 + nu_r^2",
        MatrixIdentity(
            "E f(B v')",
            head.isotropic_head().matrix,
            (e.T * e).scale(s_k / 2) + TracePolynomial.scalar(both / 2),
        ),
        states_with=("R2",),
        derivations=(head.isotropic_head(),),
    )
    plane = Domain((*TASK, at_least(n, 1), positive(spread), nonnegative(nu), between(corr, -1, 1)))
    noise = (nu**2 + rho * spread) * (1 + alpha**2 * rho**2 / n) / 2
    yield Claim(
        "R2.correlated",
        "In the plane: a feature with correlation corr to what it misses changes the loss of R2 by this much",
        Identity(
            head.correlated_loss() - noise,
            -alpha * rho**2 * corr**2 * spread * (1 - alpha * rho * (n + 1) / (2 * n)),
        ),
        plane,
        states_with=("R2.any", "R2.isotropic"),
        derivations=(head.adapted_head(),),
        note="Sigma = rho ((1, corr), (corr, 1)), B the first unit vector, w* = sqrt(V) times the second, start 0",
    )


def _angles() -> Iterator[Claim]:
    mean, risk = head.missed_mean(), head.rank_risk()
    yield Claim(
        "R2.angles",
        "The missed part has mean square V times the mean squared sine of the principal angles",
        MatrixIdentity(
            "E ||r||^2",
            mean.matrix,
            TracePolynomial.scalar(spread) - (O.T * O).trace().scale(spread / k),
        ),
        derivations=(mean,),
        note="w* = U v*, E v* v*^T = V/k I; the singular values of B^T U are the cosines of the principal angles, so "
        "1 - tr(U^T B B^T U)/k is the mean of their squared sines, sin2",
    )
    seen = rho * ((1 - alpha * rho) ** 2 + alpha**2 * rho**2 * (k + 1) / m) * spread * (1 - sin2)
    noise = (nu**2 + rho * spread * sin2) * (1 + alpha**2 * rho**2 * k / m)
    yield Claim(
        "R2.risk",
        "Loss with a representation at mean squared sine sin2, averaged over tasks, from the head 0",
        Identity(risk.scalar, (seen + noise) / 2),
        NOISY,
        states_with=("R2.isotropic", "R2.angles"),
        derivations=(risk,),
    )
    yield Claim(
        "R2.grows",
        "The loss grows with every principal angle, unless the step is too large",
        Monotone(risk.scalar, sin2, "increasing", second(sin2)),
        NOISY.where(lt(alpha * rho * (m + 1), 2 * m)),
        states_with=("R2.risk",),
        derivations=(risk,),
        note="one angle that grows, and the largest is one, raises the mean of the squared sines",
    )


def _rank() -> Iterator[Claim]:
    rank, full = head.rank_risk().scalar, head.full_risk().scalar
    derivations = (head.rank_risk(), head.full_risk())
    step = alpha * rho
    yield Claim(
        "R5.noise",
        "With label noise, a wrong representation of k dimensions beats adapting all d parameters exactly then",
        Equivalence(
            lt(rank, full),
            lt(rho * spread * sin2 * (2 * m - step * (m + 1)), step * (d - k) * (rho * spread + nu**2)),
        ),
        NOISY,
        states_with=("R2.risk", "M3"),
        derivations=derivations,
    )
    silent = ((nu, ZERO),)
    yield Claim(
        "R5",
        "Without label noise, a wrong representation of k dimensions beats adapting all d parameters exactly then",
        Equivalence(lt(rank, full), lt(sin2 * (2 * m - step * (m + 1)), step * (d - k))),
        NOISY,
        at=silent,
        states_with=("R5.noise",),
        derivations=derivations,
    )
    yield Claim(
        "R5.inverse",
        "At alpha = 1/rho a wrong representation wins exactly where sin2 (m - 1) < d - k",
        Equivalence(lt(rank, full), lt(sin2 * (m - 1), d - k)),
        NOISY,
        at=((alpha, 1 / rho), *silent),
        states_with=("R5",),
        derivations=derivations,
    )
    few = any_of(lt(m, d - k + 1), all_of(le(m, d - k + 1), lt(k, d), lt(sin2, 1)))
    yield Claim(
        "R5.always",
        "At alpha = 1/rho any representation of fewer dimensions wins for m < d - k + 1, with noise or without; and at "
        "m = d - k + 1 unless it is orthogonal to the right one",
        Holds(implies(few, lt(rank, full))),
        NOISY,
        at=((alpha, 1 / rho),),
        rests_on=("R5.noise",),
        derivations=derivations,
        proof=By((Cite("R5.noise", ((alpha, 1 / rho),)),), Assume(By((Fact(_wins(), _few()),)))),
    )


def _wins() -> Relation:
    """What R5.noise asks for at alpha = 1/rho."""
    return lt(rho * spread * sin2 * (m - 1), (d - k) * (rho * spread + nu**2))


def _few() -> Proof:
    """The difference of the sides is rho V times a sum of products that are not negative, and (d - k) nu^2."""
    less = lt(m, d - k + 1)
    scale, noise = gt(rho * spread, 0), (ge(d - k, 0), ge(nu**2, 0))
    room, angle = ge(d - k - m + 1, 0), ge(1 - sin2, 0)
    return Cases(
        less,
        yes=Sum(((scale, gt(d - k - m + 1, 0)), (scale, ge(m - 1, 0), angle), noise)),
        no=Sum(((scale, gt(d - k, 0), gt(1 - sin2, 0)), (scale, ge(sin2, 0), room), noise)),
    )
