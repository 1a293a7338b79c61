"""What a certificate of a matrix identity states, as opposed to how it is shown; needs nothing but the certificate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = Any


def statement(certificate: Mapping[str, Json]) -> dict[str, Json]:
    """Everything that the meaning of a certificate depends on: letters, inverses, starts, rules with their laws, sides.

    What the rules give is left out, because the checker finds that by itself; so are titles, which are for people.
    Raises ``KeyError`` or ``TypeError`` for data that are no certificate.
    """
    derivations = [
        {"start": d["start"], "steps": [{"rule": s["rule"], "params": s["params"]} for s in d["steps"]]}
        for d in certificate["derivations"]
    ]
    return {
        "letters": certificate["letters"],
        "inverses": certificate["inverses"],
        "derivations": derivations,
        "lhs": certificate["lhs"],
        "rhs": certificate["rhs"],
    }
