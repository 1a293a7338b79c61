"""The graph of claims with what the last check found: for ``verify graph`` and for the site alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from verify.claims.claim import Claim
from verify.claims.full_names import own_of
from verify.claims.selection import Selection
from verify.regression.elsewhere import falls_elsewhere
from verify.regression.graph.network import Known, Network, network
from verify.reports.findings import compared
from verify.reports.latex_evidence import Found
from verify.reports.sheet.roles import main_results


def network_of(
    about: Selection,
    found: Mapping[str, Found],
    *,
    shown: Iterable[str] | None = None,
    page: Callable[[str], str] = lambda claim: "",
) -> tuple[Network, list[str]]:
    """The graph of the claims of a selection's table that are shown, by default all; and what was not looked at.

    What falls in other theories is asked for the claims of a theory, not for those of files.
    """
    theory, elsewhere, notes = about.theory, dict[str, dict[str, Claim]](), list[str]()
    if theory is not None:
        elsewhere, notes = falls_elsewhere([c for c in own_of(about.table) if c in theory.catalogue], theory)
    known = {name: known_of(one) for name, one in found.items()}
    name = "" if theory is None else theory.name
    main = main_results(theory)
    made = network(about.table, known, theory=name, shown=shown, main=main, page=page, elsewhere=elsewhere)
    return made, notes


def known_of(found: Found) -> Known:
    """What the graph has of what is known.

    >>> known_of(Found("refuted", ("refutation",), (("x", "1"),), "2", "3")).witness
    'x = 1: left side 2, right side 3'
    """
    witness = "; ".join(found.model)
    if found.witness:
        witness = ", ".join(f"{k} = {v}" for k, v in found.witness) + f": {compared(found.lhs, found.rhs)}"
    evidence = tuple(route for route in found.routes if route != found.kernel)
    return Known(found.verdict, evidence, found.kernel, witness, found.origin)
