"""The kinds of evidence in the order in which they are looked for: the machine's own, and between them the theory's."""

from __future__ import annotations

from functools import cache

from verify.claims.setting import Route, Setting
from verify.runtime.errors import Malformed

_ROUTES = "verify.evidence.routes"
_READS = f"{_ROUTES}.matrix_reads"
FIRST = (Route("units", f"{_ROUTES}.units", "units"), Route("replay", f"{_ROUTES}.replay", "replay", _READS))
PROOF = Route("proof", f"{_ROUTES}.proof", "prove_claim", _READS)
# How hard a counterexample is looked for is part of the kind; one of the two is looked for.
REFUTATIONS = tuple(Route(f"refutation.{effort}", f"{_ROUTES}.refutation", "refutation", _READS) for effort in (0, 2))


OWN = frozenset({*(r.name for r in (*FIRST, PROOF, *REFUTATIONS)), "refutation"})  # the machine's


@cache
def routes_of(setting: Setting) -> dict[str, Route]:
    """The routes of claims in a setting, by name, in order; ``Malformed`` for names that a theory can't give."""
    names = [route.name for route in setting.routes]
    if wrong := [name for name in names if name in OWN or names.count(name) > 1]:
        what = f"the theory {setting.name} calls a route {wrong[0]}, which is another's name"
        raise Malformed("routes", what, "give each route of a theory a name of its own")
    return {route.name: route for route in (*FIRST, *setting.routes, PROOF, *REFUTATIONS)}


@cache
def order_of(setting: Setting) -> tuple[str, ...]:
    """The kinds of evidence for one claim; ``refutation`` stands for one of the two kinds of search."""
    return (*(r.name for r in (*FIRST, *setting.routes, PROOF)), "refutation")
