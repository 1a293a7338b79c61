"""ORD: the odds of the easy mean for other methods, against kappa of ERM and sigma_inf of MAML with many samples."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.maml_erm.formulas.choice import odds_of
from theory.maml_erm.formulas.domains import FIRST_ORDER, MIXTURE_ANY_STEP
from theory.maml_erm.formulas.expressions import expand_atoms
from theory.maml_erm.formulas.mixture import kappa, sigma_inf
from theory.maml_erm.formulas.symbols import K, alpha, lam, p, rho_E, rho_H
from verify.claims.claim import Claim, second
from verify.claims.hints import Axiom, By, Cases, Fact, Let, Only, Rewrite, Step, Sum, Unfold
from verify.claims.statement import Holds, Identity, Inequality, Limit, Monotone
from verify.derivations.relations import all_of, ge, gt, implies, le, lt, ne


def claims() -> Iterator[Claim]:
    first, steps, proximal = (odds_of(name).scalar for name in ("fomaml", "reptile", "imaml"))
    yield Claim(
        "ORD.fomaml",
        "First-order MAML is the geometric mean of ERM and MAML with many samples",
        Identity(first**2, kappa * sigma_inf),
        MIXTURE_ANY_STEP.where(ne(alpha * rho_H, 1)),
        states_with=("S0.fomaml.isotropic",),
        derivations=(odds_of("fomaml"),),
        proof=By((Unfold((kappa, sigma_inf)),)),
    )
    yield Claim(
        "ORD.fomaml.between",
        "First-order MAML favours hard tasks more than ERM does, and less than MAML with many samples",
        Holds(all_of(lt(first, kappa), le(sigma_inf, first), implies(lt(alpha, 1 / rho_E), lt(sigma_inf, first)))),
        FIRST_ORDER,
        states_with=("S0.fomaml.isotropic",),
        derivations=(odds_of("fomaml"),),
        proof=By((Unfold((kappa, sigma_inf)),)),
        note="at alpha = 1/rho_E both odds are 0",
    )
    yield Claim(
        "ORD.reptile.one",
        "Reptile with one step is ERM",
        Identity(steps.xreplace({K: sp.Integer(1)}), kappa),
        FIRST_ORDER,
        states_with=("S0.reptile.isotropic",),
        derivations=(odds_of("reptile"),),
        proof=By((Unfold((kappa,)),)),
    )
    yield _reptile(steps)
    yield _reptile_many(steps)
    yield Claim(
        "ORD.imaml",
        "iMAML's odds rise with its strength lambda",
        Monotone(proximal, lam, "increasing", second(lam)),
        MIXTURE_ANY_STEP,
        states_with=("S0.imaml.isotropic",),
        derivations=(odds_of("imaml"),),
    )
    yield Claim(
        "ORD.imaml.between",
        "iMAML lies between ERM and kappa (rho_H/rho_E)^2",
        Holds(all_of(lt(kappa * (rho_H / rho_E) ** 2, proximal), lt(proximal, kappa))),
        MIXTURE_ANY_STEP,
        states_with=("S0.imaml.isotropic",),
        derivations=(odds_of("imaml"),),
        proof=By((Unfold((kappa,)),)),
    )
    raw = expand_atoms(kappa)
    for name, to, value in (("weak", sp.oo, raw), ("strong", sp.Integer(0), raw * (rho_H / rho_E) ** 2)):
        yield Claim(
            f"ORD.imaml.{name}",
            f"iMAML as lambda tends to {'infinity is ERM' if to == sp.oo else '0'}",
            Limit(proximal, lam, to, value),
            MIXTURE_ANY_STEP,
            states_with=("ORD.imaml",),
            derivations=(odds_of("imaml"),),
        )


# Reptile's powers: what one mean step leaves of the error of an easy and of a hard task is x and y, K leave X and Y.
EASY, HARD = 1 - alpha * rho_E, 1 - alpha * rho_H
x_, y_, X, Y = sp.symbols("x_E x_H X_E X_H", real=True)
POWERS: tuple[Step, ...] = (
    Let(x_, EASY),
    Let(y_, HARD),
    Fact(ge(x_, 0), By((Unfold((x_,)),))),
    Fact(lt(x_, y_), By((Unfold((x_, y_)),))),
    Fact(lt(y_, 1), By((Unfold((y_,)),))),
    Fact(gt(y_, 0)),
    Rewrite(EASY, x_),
    Rewrite(HARD, y_),
    Axiom("power base less", (y_, sp.Integer(1), K)),
    Axiom("power one", (K,)),
    Axiom("power positive", (y_, K)),
    Fact(lt(y_**K, 1)),
)
NAMED: tuple[Step, ...] = (Let(X, x_**K), Let(Y, y_**K), *(Fact(f, By((Unfold((Y,)),))) for f in (gt(Y, 0), lt(Y, 1))))
FOLDED = (Rewrite(x_**K, X), Rewrite(y_**K, Y))


def _reptile(steps: sp.Expr) -> Claim:
    one_more: tuple[Step, ...] = (
        *(Axiom("power natural sum", (z, K, sp.Integer(1))) for z in (x_, y_)),
        *(Rewrite(z ** (K + 1), z**K * z) for z in (x_, y_)),
        Fact(lt(y_ * y_**K, 1), Sum((lt(y_**K, 1), gt((1 - y_) * y_**K, 0)))),
    )
    bernoulli = (
        Axiom("power natural tangent", (y_ / x_, K)),
        Axiom("power quotient", (y_, x_, K)),
        Axiom("power natural tangent", (y_, K)),
        *NAMED,
        Fact(gt(X, 0), By((Unfold((X,)),))),
        *FOLDED,
        Fact(le(K * X * (y_ - x_), x_ * (Y - X))),
        Fact(le(1 - Y, K * (1 - y_))),
    )
    # What is left of (1 - X)(1 - y Y) - (1 - x X)(1 - Y), by Bernoulli's inequality at y/x and at y.
    margin = (1 - y_) * (Y - X) - (y_ - x_) * X * (1 - Y)
    shown = (
        Fact(
            gt(x_ * margin, 0),
            Sum(
                (
                    (ge(1 - y_, 0), le(K * X * (y_ - x_), x_ * (Y - X))),
                    (ge(x_ * (y_ - x_) * X, 0), le(1 - Y, K * (1 - y_))),
                    gt(K * X * (1 - y_) * (y_ - x_) * (1 - x_), 0),
                )
            ),
        ),
        Fact(gt(margin, 0), Sum(((gt(x_ * margin, 0), gt(1 / x_, 0)),))),
        Fact(lt((1 - X * x_) / (1 - Y * y_), (1 - X) / (1 - Y))),
    )
    first = (
        Axiom("equal", (x_, sp.Integer(0))),
        Rewrite(x_, sp.Integer(0)),
        Axiom("power zero", (K,)),
        *NAMED[1:],
        FOLDED[1],
    )
    return Claim(
        "ORD.reptile",
        "Reptile favours hard tasks the more, the more steps it takes",
        Inequality(steps.xreplace({K: K + 1}), "<", steps),
        FIRST_ORDER,
        states_with=("S0.reptile.isotropic",),
        derivations=(odds_of("reptile"),),
        proof=By(
            (*POWERS, *one_more),
            Cases(gt(x_, 0), By((Axiom("power positive", (x_, K)), *bernoulli, *shown)), By(first)),
        ),
    )


def _reptile_many(steps: sp.Expr) -> Claim:
    return Claim(
        "ORD.reptile.many",
        "Reptile with many steps weighs all tasks alike: its odds tend to (1-p)/p",
        Holds(all_of(lt((1 - p) / p, steps), le(steps * (1 - HARD**K), (1 - p) / p))),
        FIRST_ORDER,
        states_with=("S0.reptile.isotropic",),
        derivations=(odds_of("reptile"),),
        proof=By(
            (
                *POWERS,
                Axiom("power natural base less", (x_, y_, K)),
                Axiom("power natural sign", (x_, K)),
                *NAMED,
                Fact(ge(X, 0), By((Unfold((X,)),))),
                Fact(lt(X, Y), By((Unfold((X, Y)),))),
                *FOLDED,
            ),
            Only((gt(p, 0), lt(p, 1), ge(X, 0), lt(X, Y), lt(Y, 1))),
        ),
        note="what the odds are multiplied with tends to 1, as (1 - alpha rho_H)^K tends to 0",
    )
