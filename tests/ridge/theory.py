"""The object that plugs ridge regression into the verifier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import sympy as sp

from tests.ridge.formulas import DOMAIN, RESPONSE, VOCABULARY
from verify import Claim, Domain, Folded, NamedExpression, Notation, Points, Route, Theory
from verify.claims.explorer import Explorer
from verify.claims.points import exactly


def _expressions() -> Iterable[NamedExpression]:
    from tests.ridge.formulas import expressions

    return expressions()


def _claims() -> Iterable[Claim]:
    from tests.ridge.claims import claims

    return claims()


def _false_statements() -> Iterable[Claim]:
    from tests.ridge.claims import false_statements

    return false_statements()


def _usual_domain() -> Domain:
    return DOMAIN


def _folded() -> Mapping[sp.Expr, Folded]:
    from tests.ridge.formulas import expressions

    return {
        e.value: Folded(sp.Symbol(e.latex, real=True), e.name, e.name)
        for e in expressions()
        if e.name in ("risk", "variance")
    }


def _explorer() -> Explorer:
    from tests.ridge.explorer import EXPLORER

    return EXPLORER


THEORY = Theory(
    name="ridge",
    title="ridge regression on an orthonormal design",
    main=("R.split", "R.gain", "R.least"),
    vocabulary=VOCABULARY,
    expressions=_expressions,
    letters={"w": RESPONSE, "z": RESPONSE},
    notation=Notation(ranks=("lam", "d", "n", "B", "nu"), folded=_folded, about="Y is the unit of the response."),
    points=Points(
        grid=(
            exactly(d="3", n="5", lam="1/2", B="2", nu="1", lam_2="3/4"),
            exactly(d="1", n="1", lam="0", B="1/3", nu="2", lam_2="1"),
        ),
        ordinary=exactly(d="1", n="1", lam="1", B="1", nu="1", lam_2="2"),
    ),
    claims=_claims,
    false_statements=_false_statements,
    folder=Path(__file__).parent,
    usual_domain=_usual_domain,
    lemmas=("R.noise", "R.best.positive"),
    routes=(Route("measured", "tests.ridge.definitions", "measured"),),
    experiments="tests.ridge.experiments",
    package="tests.ridge",
    self_contained=True,
    explorer=_explorer,
)
