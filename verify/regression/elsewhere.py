"""What falls in other theories if a claim of this one is false: in those that are installed and use it."""

from __future__ import annotations

from collections.abc import Iterable

from verify.claims import citing, theories
from verify.claims.claim import Claim
from verify.claims.full_names import full, own_of
from verify.claims.theory import Theory
from verify.regression.graph.dependencies import graph_of, impact
from verify.runtime.errors import BadInput, Malformed


def falls_elsewhere(claims: Iterable[str], theory: Theory) -> tuple[dict[str, dict[str, Claim]], list[str]]:
    """For each claim, those of other theories that rest on it, by full name; which can't be loaded, with the reason.

    Claims are made only of theories that use this one, directly or not.
    """
    asked, notes = list(claims), list[str]()
    found: dict[str, dict[str, Claim]] = {claim: {} for claim in asked}
    for name in theories.installed():
        try:
            other = theories.named(name)
            if citing.reach(other).get(theory.name) is not theory:
                continue
            table = citing.table_of(other)
            graph = graph_of(table)
            for claim in asked:
                cited = full(theory.name, claim)
                falls = own_of(impact(graph, cited)) if cited in table else []
                found[claim] |= {full(other.name, one): table[one] for one in falls}
        except (BadInput, Malformed) as error:
            notes.append(f"{name}: {error}")
    return found, notes
