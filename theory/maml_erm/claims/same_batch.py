"""SB: several inner steps on the same batch leave more of the loss than steps on fresh batches."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.moments import S
from theory.maml_erm.claims.steps import residual
from theory.maml_erm.formulas import same_batch
from theory.maml_erm.formulas.domains import CURVATURES, ONE_TASK, STEP
from theory.maml_erm.formulas.mixture import m_star
from theory.maml_erm.formulas.symbols import K, alpha, d, l, m, n, rho, rho_E, rho_H
from verify.claims.claim import Claim
from verify.claims.domain import Domain, at_least, nonnegative
from verify.claims.hints import Axiom, By, Fact, Let, Only, Proof, Rewrite, Sum, Unfold
from verify.claims.statement import Equivalence, Holds, Identity, Inequality, MatrixIdentity
from verify.derivations.relations import eq, ge, gt, implies, le, lt
from verify.derivations.trace_polynomials import TracePolynomial

T1, T2, T3, T4 = ((S**j).trace() for j in (1, 2, 3, 4))
CLASSES = Domain((*CURVATURES, STEP, at_least(d, 1), at_least(m, 1)))
# Names used inside proofs: s + 1/s and so on for s = alpha (rho_E + rho_H), and 1/m = (2 - s)/(s (d + 1)) + more.
s, gap, more, D = sp.symbols("s gap more D", real=True)
h, t, u, power, bernoulli = sp.symbols("h t u power bernoulli", real=True)
one = sp.Integer(1)


def fresh(curvature: sp.Symbol, samples: sp.Symbol) -> sp.Expr:
    """The factor that one step on a fresh batch leaves."""
    return residual(curvature).xreplace({m: samples})


def same(curvature: sp.Symbol, samples: sp.Symbol) -> sp.Expr:
    """The factor that two steps on the same batch leave, as derived."""
    return same_batch.isotropic_weight(samples).scalar.xreplace({rho: curvature}) / curvature


def claims() -> Iterator[Claim]:
    yield from _two_steps()
    yield from _jensen()
    yield from _threshold()


def general() -> TracePolynomial:
    """E[(I - alpha Shat)^2 Sigma (I - alpha Shat)^2] by powers of alpha, as the theory states it."""
    second = (S**3).scale(6) + (T2 * S).scale(4 / n) + (T1 * S**2).scale(2 / n) + (S**3).scale(6 / n)
    third = (
        (S**4).scale(n**2 + 3 * n + 4)
        + (T1 * S**3 + T2 * S**2 + T3 * S).scale(n + 1)
        + T1 * T2 * S
    ).scale(4 / n**2)  # fmt: skip
    fourth = (
        (S**5).scale(n**3 + 6 * n**2 + 21 * n + 20)
        + (T1 * S**4).scale(2 * (n**2 + 3 * n + 4))
        + (T2 * S**3).scale(n**2 + 4 * n + 7)
        + (T3 * S**2).scale(2 * (n + 1) ** 2)
        + (T4 * S).scale(n**2 + 3 * n + 4)
        + (T1 * T1 * S**3 + (T1 * T2 * S**2).scale(2) + (T1 * T3 * S).scale(2) + T2 * T2 * S).scale(n + 1)
        + T1 * T1 * T2 * S
    ).scale(1 / n**3)
    return S - (S**2).scale(4 * alpha) + second.scale(alpha**2) - third.scale(alpha**3) + fourth.scale(alpha**4)


def _two_steps() -> Iterator[Claim]:
    weight, isotropic = same_batch.two_step_weight(), same_batch.isotropic_weight()
    yield Claim(
        "SB.two_steps",
        "Weight of MAML with two inner steps on the same batch",
        MatrixIdentity("E[(I - alpha Shat)^2 Sigma (I - alpha Shat)^2]", weight.matrix, general()),
        derivations=(weight,),
    )
    x = alpha * rho
    third = (d**2 + 3 * d * n + n**2 + 3 * d + 3 * n + 4) / n**2
    fourth = (
        d**3 + 6 * d**2 * n + 6 * d * n**2 + n**3 + 6 * d**2 + 17 * d * n + 6 * n**2 + 21 * d + 21 * n + 20
    ) / n**3
    yield Claim(
        "SB.two_steps.isotropic",
        "Weight of two inner steps on the same batch at Sigma = rho I",
        Identity(isotropic.scalar, rho * (1 - 4 * x + 6 * x**2 * (n + d + 1) / n - 4 * x**3 * third + x**4 * fourth)),
        ONE_TASK,
        states_with=("SB.two_steps",),
        derivations=(isotropic,),
    )


def _jensen() -> Iterator[Claim]:
    mean = same_batch.mean_of_squares()
    left = fresh(rho, n)
    yield Claim(
        "SB.mean",
        "The mean of (1 - alpha l)^2 over the spectrum of the sample covariance is the factor of one fresh step",
        MatrixIdentity("E tr (I - alpha Shat)^2 / d", mean.matrix, TracePolynomial.scalar(sp.expand(left))),
        derivations=(mean,),
        note="isotropic inputs, Sigma = rho I",
    )
    square = (1 - alpha * l) ** 2
    positive = Fact(gt(left, 0), Sum((ge((1 - alpha * rho) ** 2, 0), gt(alpha**2 * rho**2 * (d + 1) / n, 0))))
    yield Claim(
        "SB.jensen",
        "At every eigenvalue, (1 - alpha l)^(2K) lies above its tangent at the fresh factor: Jensen's inequality for "
        "K steps on the same batch",
        Inequality(square**K, ">=", left**K + K * left ** (K - 1) * (square - left)),
        ONE_TASK + nonnegative(l),
        states_with=("SB.mean",),
        proof=_tangent(square, left, positive),
        note="averaged over the spectrum of Shat, where the last term has mean 0 by SB.mean, it says that K steps on "
        "the same batch leave at least the fresh factor to the power K; that an average keeps an inequality is not "
        "part of the certificate",
    )
    yield Claim(
        "SB.more",
        "Two steps on the same batch leave strictly more than two fresh steps",
        Inequality(same(rho, n), ">", left**2),
        ONE_TASK,
        states_with=("SB.two_steps.isotropic", "S0.maml_fresh.isotropic"),
        derivations=(same_batch.isotropic_weight(),),
        proof=_variance(same(rho, n) - left**2),
    )


def _variance(difference: sp.Expr) -> Proof:
    """The difference is a positive multiple of a quadratic in t = alpha rho whose discriminant is negative."""
    x = sp.Symbol("x", real=True)
    poly = sp.Poly(sp.cancel(difference.xreplace({rho: x / alpha}) * n**3 / x**2), x)
    top, middle, bottom = (sp.factor(c) for c in poly.all_coeffs())
    value = top * t**2 + middle * t + bottom
    rest = sp.factor(top * bottom - middle**2 / 4)
    return By(
        (
            Let(t, alpha * rho),
            Fact(gt(t, 0), By((Unfold((t,)),))),
            Fact(gt(top, 0)),
            Fact(gt(rest, 0)),
            Fact(gt(top * value, 0), Sum((ge((top * t + middle / 2) ** 2, 0), gt(rest, 0)))),
            Fact(gt(value, 0), Only((gt(top, 0), gt(top * value, 0)))),
            Fact(gt(value * alpha**2 * rho**2 / n**3, 0)),
            Rewrite(t, alpha * rho),
        ),
        Sum((gt(value.xreplace({t: alpha * rho}) * alpha**2 * rho**2 / n**3, 0),)),
    )


def _tangent(square: sp.Expr, left: sp.Expr, positive: Fact) -> Proof:
    """Bernoulli's inequality for the ratio u of the two, times the K-th power of the second."""
    return By(
        (
            positive,
            Let(t, square),
            Let(h, left),
            Fact(ge(t, 0), By((Unfold((t,)),))),
            Fact(gt(h, 0), By((Unfold((h,)),))),
            Rewrite(square - left, t - h, By((Unfold((t, h)),))),
            Axiom("power natural power", (1 - alpha * l, sp.Integer(2), K)),
            Rewrite(square, t, By((Unfold((t,)),))),
            Rewrite((1 - alpha * l) ** (2 * K), t**K),
            Rewrite(left, h, By((Unfold((h,)),))),
            Let(u, t / h),
            Fact(ge(u, 0), By((Unfold((u,)),))),
            Axiom("power natural tangent", (u, K)),
            Fact(eq(t, u * h), By((Unfold((u,)),))),
            Axiom("power natural product", (h, u, K)),
            Axiom("power sum", (h, K, -one)),
            Axiom("power positive", (h, K)),
            Let(power, h**K),
            Let(bernoulli, u**K),
            Rewrite(t, u * h),
            Rewrite((u * h) ** K, bernoulli * power),
            Rewrite(h ** (K - 1), power / h),
            Rewrite(h**K, power),
            Rewrite(u**K, bernoulli),
            Fact(gt(power, 0)),
            Fact(ge(bernoulli, 1 + K * (u - 1))),
        ),
        Sum(((gt(power, 0), ge(bernoulli - 1 - K * (u - 1), 0)),)),
    )


def _threshold() -> Iterator[Claim]:
    easy, hard = same(rho_E, m), same(rho_H, m)
    yield Claim(
        "SB.threshold",
        "Two steps on the same batch favour hard tasks above the fresh threshold only: they need strictly more than m*",
        Holds(implies(le(easy, hard), gt(m, m_star))),
        CLASSES,
        states_with=("T1", "T5.threshold", "SB.two_steps.isotropic"),
        derivations=(same_batch.isotropic_weight(m),),
        note="sigma < kappa means that the easy residual factor is below the hard one",
    )
    yield Claim(
        "SB.example",
        "At rho_H = 1/2, rho_E = 1, alpha = 1, d = 10 the same batch needs 45 samples, where fresh batches need 34",
        Equivalence(lt(easy, hard), ge(m, 45)),
        CLASSES,
        at=((rho_H, sp.Rational(1, 2)), (rho_E, sp.Integer(1)), (alpha, sp.Integer(1)), (d, sp.Integer(10))),
        states_with=("SB.threshold",),
        derivations=(same_batch.isotropic_weight(m),),
        note="m* = 33 there",
    )
