"""U1: MAML trained with n samples and tested with m."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from theory.claim import Claim
from theory.claims.gains import POSITIVE
from theory.domain import positive
from theory.domains import MIXTURE, MIXTURE_ANY_STEP
from theory.expressions import expressions
from theory.mixture import a, b, b_n, m_star, s_E, s_H
from theory.proof import ByAtoms, Cite, Fact
from theory.statement import Equivalence, Holds, Inequality, all_of, eq, le, lt
from theory.symbols import Delta, m, n, p


def claims() -> Iterator[Claim]:
    erm, maml = expressions()["risk.erm"].value, expressions()["risk.maml"].value
    solved = Fact(eq(b, p * s_H / (p * s_H + (1 - p) * s_E)))
    yield Claim(
        "U1",
        "MAML trained with n samples beats ERM at m exactly when its weight is nearer to the best one",
        Equivalence(le(maml, erm), le(sp.Abs(b_n - b), sp.Abs(a - b))),
        MIXTURE_ANY_STEP + positive(Delta),
        states_with=("X1",),
        rests_on=("P.s_H", "P.s_E"),
        proof=ByAtoms((*POSITIVE, solved)),
    )
    between_stars = (MIXTURE + positive(Delta)).where(lt(n, m_star), lt(m_star, m))
    yield Claim(
        "U1.order",
        "Trained below the threshold and tested above it, ERM lies between MAML and the best weight",
        Holds(all_of(lt(b_n, a), lt(a, b))),
        between_stars,
        states_with=("T1",),
    )
    yield Claim(
        "U1.loses",
        "Trained below the threshold and tested above it, MAML always loses to ERM",
        Inequality(maml, ">", erm),
        between_stars,
        states_with=("X1", "T1"),
        rests_on=("U1.order", "P.s_H", "P.s_E"),
        proof=ByAtoms((*POSITIVE, solved, Fact(all_of(lt(b_n, a), lt(a, b)), Cite("U1.order")))),
    )
