"""The theory as the verifier sees it: one object with everything that the machine needs to know of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from verify.claims.claim import Claim
from verify.claims.setting import Route
from verify.claims.theory import Theory

_HERE = "theory.descent"


def _claims() -> Iterable[Claim]:
    from theory.descent.claims import claims

    return claims()


def _false_statements() -> Iterable[Claim]:
    from theory.descent.claims import false_statements

    return false_statements()


THEORY = Theory(
    name="descent",
    title="first-order methods, one step and many",
    claims=_claims,
    false_statements=_false_statements,
    folder=Path(__file__).parent / "claims",
    routes=(Route("runs", f"{_HERE}.measurements.route", "on_runs"),),
    experiments=f"{_HERE}.experiments",
    main=(
        "GD.step",
        "GD.convex.*",
        "GD.contract.*",
        "GD.PL",
        "SGD.step",
        "SGD.strong",
        "SGD.average",
        "SGD.decreasing",
    ),
    package=_HERE,
    self_contained=True,
    content=(f"{_HERE}.claims",),
)
