"""The kinds of evidence in the order in which they are looked for: the machine's own, and between them the theory's."""

from __future__ import annotations

from functools import cache

from verify.claims.setting import Route, Setting

_ROUTES = "verify.evidence.routes"
FIRST = (Route("units", f"{_ROUTES}.units", "units"), Route("replay", f"{_ROUTES}.replay", "replay"))
PROOF = Route("proof", f"{_ROUTES}.proof", "prove_claim")
# How hard a counterexample is looked for is part of the kind; one of the two is looked for.
REFUTATIONS = tuple(Route(f"refutation.{effort}", f"{_ROUTES}.refutation", "refutation") for effort in (1, 2))


@cache
def routes_of(setting: Setting) -> dict[str, Route]:
    """The routes of claims in a setting, by name, in order."""
    return {route.name: route for route in (*FIRST, *setting.routes, PROOF, *REFUTATIONS)}


@cache
def order_of(setting: Setting) -> tuple[str, ...]:
    """The kinds of evidence for one claim; ``refutation`` stands for one of the two kinds of search."""
    return (*(r.name for r in (*FIRST, *setting.routes, PROOF)), "refutation")
