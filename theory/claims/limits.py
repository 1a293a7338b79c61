"""L1, L2 and B1: the gain with many samples, and how many samples come close to it."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.claim import Claim
from theory.domain import between, positive
from theory.domains import AT_INVERSE, GAIN_STEP
from theory.expressions import atoms, expand_atoms
from theory.mixture import gain, gain_limit, kappa, sigma
from theory.proof import ByAtoms, Fact
from theory.statement import Holds, Inequality, Limit, all_of, ge, gt, implies, le
from theory.symbols import V_E, V_H, Delta, alpha, d, eps, m, p, r, rho_E, rho_H, x

G = gain().scalar
AT = ((alpha, 1 / rho_E),)


def many_samples() -> sp.Expr:
    """The limiting gain minus 1 at alpha = 1/rho_E."""
    return (kappa / (1 + kappa)) ** 2 * Delta**2 / V_H


def claims() -> Iterator[Claim]:
    spread = AT_INVERSE + positive(V_H)
    raw = G.xreplace({sigma: expand_atoms(sigma)})
    yield Claim(
        "L0",
        "The gain with many samples, for any step size",
        Limit(raw, m, sp.oo, gain_limit().scalar),
        GAIN_STEP + positive(V_H),
        states_with=("X2.definition",),
        derivations=(gain_limit(),),
    )
    yield Claim(
        "L1",
        "The gain with many samples at alpha = 1/rho_E",
        Limit(raw, m, sp.oo, 1 + many_samples()),
        spread,
        at=AT,
        states_with=("X2.definition",),
        derivations=(gain(),),
    )
    hard = 1 + many_samples().xreplace({kappa: atoms()[kappa].value}).xreplace({rho_H: r * rho_E})
    yield Claim(
        "L2",
        "That gain as the hard tasks get infinitely hard",
        Limit(sp.cancel(hard), r, sp.Integer(0), 1 + Delta**2 / V_H),
        spread + between(r, 0, 1),
        states_with=("L1",),
    )
    yield Claim(
        "L2.not_attained",
        "The limit is not attained",
        Inequality(1 + many_samples(), "<", 1 + Delta**2 / V_H),
        spread + positive(Delta),
        states_with=("L1", "L2"),
        rests_on=("P.kappa",),
        proof=ByAtoms((Fact(gt(kappa, 0)),)),
    )
    ratio = rho_H / rho_E
    bound = (1 - p) / p * ((d + 1) / m) / (ratio * (1 - ratio) ** 2)
    yield Claim(
        "B1.sigma",
        "How fast sigma falls with m/(d+1), at alpha = 1/rho_E",
        Inequality(sigma, "<=", bound),
        AT_INVERSE,
        at=AT,
    )
    size = 1 + 2 / kappa + (2 * V_E + Delta**2) / V_H
    near = ge(G - 1, (1 - eps) * many_samples())
    far = spread + positive(Delta) + between(eps, 0, 1)
    small = implies(le(sigma, eps / size), near)
    yield Claim(
        "B1.atoms",
        "A small sigma comes within a factor 1 - eps of the limiting gain",
        Holds(small),
        far,
        at=AT,
        states_with=("X2.definition", "L1"),
        rests_on=("P.kappa", "P.sigma"),
        proof=ByAtoms((Fact(gt(kappa, 0)), Fact(gt(sigma, 0)))),
    )
    constant = (1 - p) / p / (ratio * (1 - ratio) ** 2) * size / eps
    yield Claim(
        "B1.samples",
        "m >= C (d+1) samples come within a factor 1 - eps of the limiting gain",
        Holds(implies(ge(m, constant * (d + 1)), near)),
        far,
        at=AT,
        states_with=("X2.definition", "L1"),
        rests_on=("B1.sigma", "B1.atoms"),
        note="C = ((1-p)/p) (1 + 2/kappa + (2 V_E + Delta^2)/V_H) / (eps r (1-r)^2), r = rho_H/rho_E",
    )
    yield Claim(
        "B1.lower",
        "Explicit lower bound on the gain where sigma stays below an explicit bound x <= kappa",
        Holds(implies(all_of(le(sigma, x), le(x, kappa)), ge(G, G.xreplace({sigma: x})))),
        far + positive(x),
        at=AT,
        states_with=("X2.definition",),
        rests_on=("B1.sigma", "P.kappa", "P.sigma"),
        proof=ByAtoms((Fact(gt(kappa, 0)), Fact(gt(sigma, 0)))),
        note="with x = the right-hand side of B1.sigma",
    )
