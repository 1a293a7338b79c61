"""What falls in other theories if a claim of this one is false: in those that are installed and use it."""

from __future__ import annotations

from verify.claims import citing, theories
from verify.claims.claim import Claim
from verify.claims.full_names import full, own_of
from verify.claims.theory import Theory
from verify.regression.graph import graph_of, impact
from verify.runtime.errors import BadInput, Malformed


def falls_elsewhere(claim: str, theory: Theory) -> tuple[dict[str, Claim], list[str]]:
    """The claims of other theories that rest on this one, by full name; and which can't be loaded, with the reason.

    Claims are made only of theories that use this one, directly or not.
    """
    found, notes = dict[str, Claim](), list[str]()
    for name in theories.installed():
        try:
            other = theories.named(name)
            if citing.reach(other).get(theory.name) is not theory:
                continue
            table = citing.table_of(other)
            falls = own_of(impact(graph_of(table), cited)) if (cited := full(theory.name, claim)) in table else []
            found |= {full(other.name, one): table[one] for one in falls}
        except (BadInput, Malformed) as error:
            notes.append(f"{name}: {error}")
    return found, notes
