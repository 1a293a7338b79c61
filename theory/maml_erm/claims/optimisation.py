"""OPT: MAML is harder to optimise than ERM, and by how much."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.claims.sources import ABSTRACT
from theory.maml_erm.formulas import optimisation as opt
from theory.maml_erm.formulas.solutions import MEAN_WEIGHT
from theory.maml_erm.formulas.spectrum import residual_in_direction
from theory.maml_erm.formulas.symbols import (
    D,
    D_max,
    D_min,
    L,
    alpha,
    beta,
    eps,
    h_i,
    h_max,
    h_min,
    l,
    l_max,
    l_min,
    m,
    t,
)
from verify.claims.claim import Claim, second
from verify.claims.domain import Bound, Domain, above, at_least, between, positive
from verify.claims.hints import Axiom, By, Cases, Cite, Fact, Let, Only, Rewrite, Split, Sum, Unfold
from verify.claims.statement import Holds, Inequality, MatrixIdentity
from verify.derivations.derivation import Derivation
from verify.derivations.relations import all_of, any_of, eq, ge, gt, implies, le, lt
from verify.derivations.trace_polynomials import TracePolynomial

l_2 = second(l)
lower, upper, ratio = sp.symbols("lower upper ratio", real=True)  # names used inside proofs


def weight_at(eigenvalue: sp.Expr) -> sp.Expr:
    """The eigenvalue of MAML's Hessian on one task where its covariance has this one; t = tr(Sigma^2)."""
    return residual_in_direction().scalar.xreplace({l: eigenvalue})


def condition_of_thirds() -> Derivation:
    """The ratio of MAML's Hessian at the eigenvalue L/3 of a covariance to that at the largest, L; alpha = 1/L."""
    at_top = {alpha: 1 / L, t: (D - 1) * L**2}
    values = {
        name: residual_in_direction()
        .as_start(f"MAML weight at the eigenvalue {x}", "the weight at the eigenvalue l")
        .then("substitute_scalars", f"l = {x}, alpha = 1/L, tr(Sigma^2) = (D-1) L^2", values={l: x, **at_top})
        for name, x in ((lower, L / 3), (upper, L))
    }
    ratio_of_both = Derivation("condition number at L/3 and L", lower / upper, "MAML's Hessian at L/3 over that at L")
    return ratio_of_both.then("substitute_scalars", "both weights", values=values).then(
        "rewrite", "L cancels", after=(4 * m + 9 * D - 8) / (27 * D)
    )


def claims() -> Iterator[Claim]:
    yield from _condition()
    yield from _descent()


def _condition() -> Iterator[Claim]:
    yield from _sandwich()
    thirds = condition_of_thirds()
    yield Claim(
        "OPT.condition.lower",
        "One covariance with eigenvalues L and L/3: at alpha = 1/L MAML's Hessian has a condition number of order m/D",
        Inequality(thirds.scalar, ">", sp.Rational(4, 27) * m / D),
        Domain((positive(L), at_least(m, 1), at_least(D, sp.Rational(19, 9)))),
        derivations=(thirds,),
        note="ERM's condition number is 3 with eigenvalues in [L/3, L]; D = tr(Sigma^2)/L^2 + 1 >= 2 + 1/9 here",
    )
    x = l / L
    yield Claim(
        "OPT.condition.third",
        "A third of the top curvature is the worst there is: no eigenvalue keeps more than 4/27 of L",
        Inequality(x * (1 - x) ** 2, "<=", sp.Rational(4, 27)),
        Domain((positive(L), Bound(l, sp.Integer(0), True, L, True))),
        note="at alpha = 1/L and m to infinity the Hessian of MAML has the eigenvalue L x (1-x)^2 at l = x L",
    )
    small, large = weight_at(l), weight_at(l_2)
    yield Claim(
        "OPT.condition.better",
        "One covariance and a small step: MAML's Hessian is better conditioned than ERM's",
        Holds(all_of(lt(small, large), lt(large / small, l_2 / l))),
        Domain(
            (
                positive(L),
                positive(l),
                Bound(l_2, l, False, L, True),
                at_least(m, 1),
                Bound(alpha, sp.Integer(0), False, m / (3 * L * (m + 1)), True),
                at_least(t, L**2),
            )
        ),
        derivations=(residual_in_direction(),),
        note="l < l_2 any two eigenvalues: with the smallest and the largest, l_2/l is ERM's condition number",
    )


def _sandwich() -> Iterator[Claim]:
    """The condition numbers of the two Hessians differ at most by the square of what the sandwich leaves open."""
    c_1, c_2 = D / (m + D), (m + D) / m
    of_d = {t: (D - 1) * L**2}
    small, large = (weight_at(x).xreplace(of_d) for x in (l, l_2))
    one = Domain(
        (
            positive(L),
            Bound(l, sp.Integer(0), False, L, True),
            Bound(l_2, sp.Integer(0), False, L, True),
            at_least(m, 1),
            Bound(alpha, sp.Integer(0), False, 1 / L, True),
            at_least(D, 2),
        )
    )
    factors = tuple(w / x for w, x in ((small, l), (large, l_2)))
    # What is left over D/(m+D) is a square and what the other eigenvalues add; what is missing to (m+D)/m are three
    # products of numbers that alpha <= 1/L makes positive.
    rest = alpha**2 * (D - 1) * (L - l) * (L + l) / m
    below = Sum((ge(((m + D) * alpha * l - m) ** 2 / (m * (m + D)), 0), ge(rest, 0)))
    left = 1 - alpha * L
    missing = (
        ge(alpha * l * (2 - alpha * l), 0),
        ge((1 - alpha * l) * (1 + alpha * l) / m, 0),
        ge((D - 1) * left * (1 + alpha * L) / m, 0),
    )
    above_ = By((Fact(ge(left, 0)), Fact(ge(1 - alpha * l, 0)), *(Fact(part) for part in missing)), Sum(missing))
    yield Claim(
        "OPT.condition.factor",
        "One task: each eigenvalue of MAML's Hessian is that of ERM's times a number between D/(m+D) and (m+D)/m",
        Holds(all_of(le(c_1, small / l), le(small / l, c_2))),
        one,
        derivations=(residual_in_direction(),),
        proof=Split((below, above_)),
        note="alpha <= 1/L, L the largest eigenvalue of Sigma and D = tr(Sigma^2)/L^2 + 1",
    )
    bounds = (Cite("OPT.condition.factor"), Cite("OPT.condition.factor", ((l, l_2),)))
    yield Claim(
        "OPT.condition.one",
        "One task: MAML's condition number is at most ERM's times (m+D)^2/(m D)",
        Inequality(large / small, "<=", l_2 / l * (m + D) ** 2 / (m * D)),
        one,
        rests_on=("OPT.condition.factor",),
        derivations=(residual_in_direction(),),
        proof=By(
            (
                *bounds,
                Let(lower, factors[0]),
                Let(upper, factors[1]),
                Fact(ge(lower, c_1), By((Unfold((lower,)),))),
                Fact(le(upper, c_2), By((Unfold((upper,)),))),
                Fact(gt(c_1, 0)),
                Fact(gt(lower, 0)),
                Fact(eq(small, l * lower), By((Unfold((lower,)),))),
                Fact(eq(large, l_2 * upper), By((Unfold((upper,)),))),
                Rewrite(small, l * lower),
                Rewrite(large, l_2 * upper),
                Fact(le(upper * D, (m + D) ** 2 / m * lower)),
            ),
            Only(
                (
                    gt(l, 0), gt(l_2, 0), gt(lower, 0), ge(m, 1), ge(D, 2),
                    le(upper * D, (m + D) ** 2 / m * lower),
                )
            ),
        ),
        note="l and l_2 any two eigenvalues of Sigma: with those where MAML's are extreme, the condition number",
    )  # fmt: skip
    mixture = Domain(
        (
            positive(l_min),
            at_least(l_max, l_min),
            at_least(m, 1),
            at_least(D_min, 2),
            at_least(D_max, D_min),
            at_least(h_min, D_min / (m + D_min) * l_min),
            Bound(h_max, h_min, True, (m + D_max) / m * l_max, True),
        )
    )
    yield Claim(
        "OPT.condition.upper",
        "Any tasks: MAML's condition number is at most ERM's times (m+D_max)(m+D_min)/(m D_min)",
        Inequality(h_max / h_min, "<=", l_max / l_min * (m + D_max) * (m + D_min) / (m * D_min)),
        mixture,
        source=ABSTRACT,
        states_with=("OPT.condition.factor",),
        note="the two bounds on h_min and h_max are A3.mixture's, in the eigenvalues of E Q_i and E Sigma_i; "
        "they need alpha <= 1/max||Sigma_i||",
    )
    yield Claim(
        "OPT.condition.order",
        "With as many samples as dimensions or more, the penalty is at most 4 m/D when all tasks have one D",
        Inequality((m + D) ** 2 / (m * D), "<=", 4 * m / D),
        Domain((at_least(D, 2), at_least(m, D))),
        states_with=("OPT.condition.upper", "OPT.condition.lower"),
        note="with OPT.condition.lower the penalty is of the order m/D: the ratio that buys gain costs conditioning",
    )


def _descent() -> Iterator[Claim]:
    step = opt.descent_step()
    e, A = TracePolynomial.letter(opt.ERROR), TracePolynomial.letter(MEAN_WEIGHT)
    yield Claim(
        "OPT.step",
        "A step of gradient descent on the objective of ERM or MAML multiplies the error by I - beta E W_i",
        MatrixIdentity("w - beta grad - wbar", step.matrix, e - (A * e).scale(beta)),
        derivations=(step,),
        states_with=("G1",),
        note="W_i is Sigma_i for ERM and Q_i for MAML; e = w - wbar",
    )
    factor = opt.descent_factor().scalar
    best = {beta: 2 / (h_min + h_max)}
    condition = h_max / h_min
    rate = (h_max - h_min) / (h_max + h_min)
    hessian = (positive(h_min), at_least(h_max, h_min))
    yield Claim(
        "OPT.rate",
        "Gradient descent with the step 2/(h_min + h_max) contracts by (cond - 1)/(cond + 1)",
        Holds(
            all_of(
                eq(rate, (condition - 1) / (condition + 1)),
                le(factor.xreplace(best) ** 2, rate**2),
                implies(any_of(eq(h_i, h_min), eq(h_i, h_max)), eq(factor.xreplace(best) ** 2, rate**2)),
            )
        ),
        Domain((*hessian, Bound(h_i, h_min, True, h_max, True))),
        states_with=("OPT.step",),
        derivations=(opt.descent_factor(),),
        note="h_i any eigenvalue of the Hessian; cond = h_max/h_min",
    )

    total = h_min + h_max

    def beyond(far: sp.Expr, more: sp.Expr, square: sp.Expr) -> By:
        """``far`` is above the rate by something, so that its square is at least that of the rate."""
        by_name = By((Unfold((ratio,)),), Sum((ge(more / total, 0),)))
        wide = Sum((ge(far - ratio, 0), ge(2 * ratio, 0)))
        product = Sum(((ge(far - ratio, 0), ge(far + ratio, 0)),))
        return By((Fact(ge(far, ratio), by_name), Fact(ge(far + ratio, 0), wide), Fact(ge(square, ratio**2), product)))

    ends = tuple(factor.xreplace({h_i: x}) ** 2 for x in (h_min, h_max))
    yield Claim(
        "OPT.rate.best",
        "No step of gradient descent contracts every error by more",
        Holds(any_of(ge(ends[0], rate**2), ge(ends[1], rate**2))),
        Domain((*hessian, Bound(beta))),
        states_with=("OPT.step", "OPT.rate"),
        derivations=(opt.descent_factor(),),
        proof=By(
            (
                Fact(gt(h_max, 0)),
                Let(ratio, 1 - 2 * h_min / total),
                Fact(ge(ratio, 0), By((Unfold((ratio,)),))),
                Rewrite(rate, ratio, By((Unfold((ratio,)),))),
            ),
            Cases(
                ge(beta * total, 2),
                beyond(beta * h_max - 1, h_max * (beta * total - 2), ends[1]),
                beyond(1 - beta * h_min, h_min * (2 - beta * total), ends[0]),
            ),
        ),
    )
    grows = above(h_max, h_min)
    slower = 1 / rate
    needed = sp.log(1 / eps) / sp.log(slower)
    more, less = (condition - 1) / 2, (condition + 1) / 2
    both, y, z = sp.symbols("x_0 y_0 z_0", real=True)
    yield Claim(
        "OPT.rate.steps",
        "Gradient descent to accuracy eps takes a number of steps proportional to the condition number",
        Holds(all_of(le(more * sp.log(1 / eps), needed), le(needed, less * sp.log(1 / eps)))),
        Domain((positive(h_min), grows, between(eps, 0, 1))),
        states_with=("OPT.rate", "OPT.descent"),
        proof=By(
            (
                Let(both, slower),
                Fact(gt(both, 1), By((Unfold((both,)),))),
                Fact(eq(more, 1 / (both - 1)), By((Unfold((both,)),))),
                Fact(eq(less, both / (both - 1)), By((Unfold((both,)),))),
                Axiom("log less", (sp.Integer(1), both)),
                Axiom("log less", (sp.Integer(1), 1 / eps)),
                Axiom("log one"),
                Axiom("log tangent", (both,)),
                Axiom("log tangent", (1 / both,)),
                Axiom("log quotient", (sp.Integer(1), both)),
                Rewrite(slower, both),
                Let(y, sp.log(both)),
                Let(z, sp.log(1 / eps)),
                *(Rewrite(old, new) for old, new in ((sp.log(both), y), (sp.log(1 / eps), z))),
                Fact(gt(y, 0), By((Unfold((y,)),))),
                Fact(gt(z, 0), By((Unfold((z,)),))),
                Fact(ge(y, (both - 1) / both), By((Unfold((y,)),))),
                Rewrite(more, 1 / (both - 1)),
                Rewrite(less, both / (both - 1)),
            ),
            Only((gt(both, 1), gt(y, 0), gt(z, 0), le(y, both - 1), ge(y, (both - 1) / both))),
        ),
        note="cond = h_max/h_min, rate = (cond - 1)/(cond + 1): log(1/eps)/log(1/rate) steps",
    )
