"""H0 and S0: what hardness means, the weight map of every method, its solution; S1: no discrepancy, no gain."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.moments import A, I, Q, S
from theory.maml_erm.claims.sources import ABSTRACT
from theory.maml_erm.formulas import methods as meth
from theory.maml_erm.formulas.domains import MIXTURE_ANY_STEP, ONE_TASK, STEPS
from theory.maml_erm.formulas.expressions import atoms
from theory.maml_erm.formulas.mixture import a, b_n, hardness, position, s_E, s_H
from theory.maml_erm.formulas.solutions import CANDIDATE, MEAN_WEIGHT, SOLUTION, TASK_OPTIMUM
from theory.maml_erm.formulas.symbols import (
    V_E,
    V_H,
    W_E,
    W_H,
    Delta,
    K,
    W,
    alpha,
    c,
    d,
    eps,
    lam,
    m,
    n,
    p,
    rho,
    rho_E,
    rho_H,
)
from verify.claims.claim import Claim, second
from verify.claims.domain import Bound, Domain, at_least, between, positive
from verify.claims.hints import Auto, Axiom, By, Cases, Cite, Fact, Let, Proof, Rewrite, Step, Sum, Unfold
from verify.claims.statement import Holds, Identity, Inequality, MatrixIdentity, Minimiser, Monotone
from verify.derivations.derivation import Derivation
from verify.derivations.expectation import input_law, sample_covariance
from verify.derivations.relations import all_of, eq, ge, gt, lt
from verify.derivations.trace_polynomials import TracePolynomial

R = TracePolynomial.letter(meth.RESOLVENT)


def claims() -> Iterator[Claim]:
    yield from _hardness()
    yield from _weights()
    yield from _solutions()
    yield from _classes()


def _hardness() -> Iterator[Claim]:
    steps = hardness()
    one, grow, more = sp.Integer(1), 1 / (1 - alpha * rho), 1 / (1 - alpha * second(rho))
    order = (
        *(Axiom("log less", pair) for pair in ((one, 1 / eps), (one, grow), (one, more), (grow, more))),
        Axiom("log one"),
    )
    yield Claim(
        "H0",
        "Harder means smaller curvature: the steps needed decrease in rho",
        Monotone(steps.scalar, rho, "decreasing", second(rho)),
        Domain((positive(alpha), between(rho, 0, 1 / alpha), between(eps, 0, 1))),
        source=ABSTRACT,
        derivations=(steps,),
        proof=By(order),
        note="the abstract defines hardness as the number of gradient steps a task needs",
    )

    left = 1 - alpha * rho
    k = sp.Symbol("k", real=True)
    yield Claim(
        "H0.steps",
        "After that many steps the error has shrunk to eps of its start",
        Identity(left**steps.scalar, eps),
        STEPS,
        derivations=(steps,),
        proof=By(
            (
                Fact(gt(left, 0)),
                Fact(gt(grow, 1)),
                Axiom("log less", (one, grow)),
                Axiom("log one"),
                Axiom("log quotient", (one, left)),
                Axiom("log quotient", (one, eps)),
                Let(k, steps.scalar),
                Fact(eq(k * sp.log(left), sp.log(eps)), By((Unfold((k,)),))),
                Rewrite(steps.scalar, k, By((Unfold((k,)),))),
                Axiom("power exp", (left, k)),
                Rewrite(k * sp.log(left), sp.log(eps)),
                Axiom("exp log", (eps,)),
            )
        ),
    )


def _weights() -> Iterator[Claim]:
    left = 1 - alpha * rho
    factor = meth.maml().isotropic.scalar / rho
    residual = Fact(gt(factor, 0), Sum((ge(left**2, 0), gt(alpha**2 * rho**2 * (d + 1) / n, 0))))
    table = (
        (meth.erm(), S, rho),
        (meth.maml(), Q(n), rho * ((1 - alpha * rho) ** 2 + alpha**2 * rho**2 * (d + 1) / n)),
        (meth.maml_fresh(), None, rho * ((1 - alpha * rho) ** 2 + alpha**2 * rho**2 * (d + 1) / n) ** K),
        (meth.fomaml(), S * (I - S.scale(alpha)), rho * (1 - alpha * rho)),
        (meth.reptile(), None, 1 - (1 - alpha * rho) ** K),
        (meth.imaml(), (R * S * R).scale(lam**2), lam**2 * rho / (rho + lam) ** 2),
    )
    # What a weight is stated with: Q^(n) is M2's, the weight at rho I that of any covariance or of the recursion.
    stated = {"maml": ("M2",), "maml_fresh": ("S0.maml_fresh",)}
    for method, general, isotropic in table:
        if general is not None and method.weight is not None:
            yield Claim(
                f"S0.{method.name}",
                f"Weight map of {method.title}",
                MatrixIdentity(f"W of {method.title}", method.weight.matrix, general),
                states_with=stated.get(method.name, ()),
                derivations=(method.weight,),
            )
        yield Claim(
            f"S0.{method.name}.isotropic",
            f"Weight of {method.title} at Sigma = rho I",
            Identity(method.isotropic.scalar, isotropic),
            ONE_TASK,
            states_with=(f"S0.{method.name}",) if general is not None else stated.get(method.name, ()),
            derivations=(method.isotropic,),
            proof=By((residual,)) if method.name == "maml_fresh" else Auto(),
        )
    short = ONE_TASK + between(alpha, 0, 1 / rho)
    # |1 - alpha rho| < 1, whatever its sign: the power of its square is below 1, and is the square of its power.
    power = sp.Symbol("power", real=True)
    square = sp.Mul(left, left, evaluate=False)
    shrinks = (
        Fact(gt(left**2, 0)),
        Fact(lt(left**2, 1)),
        Axiom("power base less", (square, sp.Integer(1), K)),
        Axiom("power one", (K,)),
        Axiom("power integer product", (left, left, K)),
        Let(power, left**K),
        Rewrite(left**K, power),
        Fact(lt(power, 1), Sum((gt((1 - power**2) / 2, 0), ge((1 - power) ** 2 / 2, 0)))),
    )
    contracts = Cases(eq(left, 0), By((Rewrite(left, sp.Integer(0)), Axiom("power zero", (K,)))), By(shrinks))
    for method, domain, proof in (
        (meth.maml(), ONE_TASK, By((residual,))),
        (meth.maml_fresh(), ONE_TASK, By((residual, Axiom("power positive", (factor, K))))),
        (meth.fomaml(), short, Auto()),
        (meth.reptile(), ONE_TASK + between(alpha, 0, 2 / rho), contracts),
        (meth.imaml(), ONE_TASK, Auto()),
    ):
        yield Claim(
            f"S0.{method.name}.positive",
            f"The weight of {method.title} is positive, so its solution is unique",
            Inequality(method.isotropic.scalar, ">", sp.Integer(0)),
            domain,
            states_with=(f"S0.{method.name}.isotropic",),
            proof=proof,
        )
    Shat = sample_covariance(n)
    step = (I - Shat.scale(alpha)) * A * (I - Shat.scale(alpha))
    derived = Derivation("T(A)", step, "one more inner step in front, A the weight so far").then(
        "expect", "Wick's theorem", laws={"X": input_law()}
    )
    correction = (S * A * S + (A * S).trace() * S).scale(alpha**2 / n)
    yield Claim(
        "S0.maml_fresh",
        "Recursion of the weight over fresh inner steps, A_{j+1} = T(A_j)",
        MatrixIdentity("T(A)", derived.matrix, (I - S.scale(alpha)) * A * (I - S.scale(alpha)) + correction),
        derivations=(derived,),
    )
    two = meth.maml_fresh_weight(2)
    yield Claim(
        "S0.maml_fresh.two_steps",
        "The weight of two fresh inner steps, from the loss, is T(T(Sigma))",
        MatrixIdentity("W of two fresh steps", two.matrix, _T(_T(S))),
        derivations=(two,),
        states_with=("S0.maml_fresh",),
    )


def _T(weight: TracePolynomial) -> TracePolynomial:
    correction = (S * weight * S + (weight * S).trace() * S).scale(alpha**2 / n)
    return (I - S.scale(alpha)) * weight * (I - S.scale(alpha)) + correction


def _classes() -> Iterator[Claim]:
    """What defines s_H, s_E, and the weights a and b_n on mu_H of the solutions of ERM and MAML."""
    hard, easy = (rho_c * ((1 - alpha * rho_c) ** 2 + alpha**2 * rho_c**2 * (d + 1) / m) for rho_c in (rho_H, rho_E))
    yield Claim(
        "S0.maml.classes",
        "Weights of MAML with m samples in the two classes",
        Holds(all_of(eq(s_H, hard), eq(s_E, easy))),
        MIXTURE_ANY_STEP,
        states_with=("S0.maml.isotropic",),
        derivations=tuple(atoms()[s].derivation for s in (s_H, s_E)),
    )
    yield _solution("erm", a, (rho_H, rho_E), By((Cite("S0.solution", ((W_H, rho_H), (W_E, rho_E))), Unfold((a,)))))
    # The two weights are rho times a sum of a square and something positive, which gets a name.
    h_n, e_n = sp.symbols("h_n e_n", real=True)
    named: list[Step] = [Unfold((b_n,))]
    for rho_c, name in ((rho_H, h_n), (rho_E, e_n)):
        parts = ((1 - alpha * rho_c) ** 2, alpha**2 * rho_c**2 * (d + 1) / n)
        positive_sum = Sum((ge(parts[0], 0), gt(parts[1], 0)))
        named += [Let(name, sp.Add(*parts)), Fact(gt(name, 0), By((Unfold((name,)),), positive_sum))]
        named += [Rewrite(sp.Add(*parts), name)]
    named += [Cite("S0.solution", ((W_H, rho_H * h_n), (W_E, rho_E * e_n)))]
    yield _solution("maml", b_n, (hard.xreplace({m: n}), easy.xreplace({m: n})), By(tuple(named)))


def _solution(name: str, weight: sp.Symbol, weights: tuple[sp.Expr, sp.Expr], proof: Proof) -> Claim:
    return Claim(
        f"S0.solution.{name}",
        f"The solution of {name.upper()} puts weight {weight} on mu_H",
        Minimiser(_objective(*weights), c, weight, unique_if=gt(Delta, 0)),
        MIXTURE_ANY_STEP,
        states_with=(f"S0.{name}.isotropic",),
        rests_on=("S0.solution",),
        derivations=(atoms()[weight].derivation,),
        proof=proof,
    )


def _objective(W_hard: sp.Expr, W_easy: sp.Expr) -> sp.Expr:
    """What a method with these weights minimises, at w = c mu_H + (1-c) mu_E."""
    return (p * W_hard * (V_H + (1 - c) ** 2 * Delta**2) + (1 - p) * W_easy * (V_E + c**2 * Delta**2)) / 2


def _solutions() -> Iterator[Claim]:
    where = position()
    objective = _objective(W_H, W_E)
    weights = (positive(W_H), positive(W_E), between(p, 0, 1))
    yield Claim(
        "S0.solution",
        "The solution of a method with positive weights W_H, W_E puts weight p W_H/(p W_H + (1-p) W_E) on mu_H",
        Minimiser(objective, c, where.scalar, unique_if=gt(Delta, 0)),
        Domain((*weights, at_least(V_H, 0), at_least(V_E, 0), at_least(Delta, 0), Bound(c))),
        states_with=("G1",),
        derivations=(where,),
        note="for first-order MAML and Reptile the same point is the stationary or fixed point",
    )
    yield Claim(
        "S1.mixture",
        "Equal weights give the mean of the optima: no hardness discrepancy, no gain",
        Identity(where.scalar.xreplace({W_H: W, W_E: W}), p),
        Domain((positive(W), between(p, 0, 1))),
        states_with=("S0.solution",),
        derivations=(where,),
    )
    w, wi, A_, wbar = (TracePolynomial.letter(x) for x in (CANDIDATE, TASK_OPTIMUM, MEAN_WEIGHT, SOLUTION))
    common = (
        Derivation(
            "gradient when all tasks share one weight",
            ((w - wi).T * A_ * (w - wi)).scale(sp.Rational(1, 2)),
            "objective of one task; the weight is the same matrix for every task",
        )
        .then("gradient", "gradient in w", letter=CANDIDATE)
        .then("substitute_letters", "average over tasks, wbar = E w_i*", w_i=wbar)
    )
    yield Claim(
        "S1",
        "If all covariances are equal, every method solves W (w - E w*) = 0",
        MatrixIdentity("gradient of the averaged objective", common.matrix, A_ * (w - wbar)),
        derivations=(common,),
    )
