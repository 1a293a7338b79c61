"""Where a claim is stated: file and line, for reports that point there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from verify.claims.full_names import own_of
from verify.claims.stated_ids import endings, ids_in, line_of_claims, stated_ids
from verify.claims.theory import Theory
from verify.reports.findings import Place, place_of


def places(
    table: Iterable[str], origin: Mapping[str, Path] | None = None, theory: Theory | None = None
) -> dict[str, Place]:
    """File and line of the id of every claim that a source file states with ``Claim(id, ...)``.

    ``origin`` names the files of claims that are not the theory's. An id that is put together at run time is found by
    its fixed parts; a claim that is made in another way is placed where its file defines ``claims``. Claims of other
    theories, which one cites, have no place here.
    """
    known = origin or {}
    folder = None if theory is None else theory.folder
    stated = [
        (path, line, pattern, fixed)
        for path in ([] if folder is None else sorted(folder.glob("*.py")))
        for line, pattern, fixed in ids_in(path)
    ]
    out = {}
    for name in own_of(table):
        if name in known:
            own = known[name]
            out[name] = place_of(own, stated_ids(own, [name]).get(name) or line_of_claims(own))
            continue
        fits = [
            (len(ending), fixed, path, line)
            for ending in endings(name)
            for path, line, pattern, fixed in stated
            if pattern.fullmatch(ending)
        ]
        if fits:
            # The whole id says most about where it is stated; of several patterns the one with the longest fixed part.
            *_, path, line = max(fits, key=lambda found: found[:2])
            out[name] = place_of(path, line)
    return out
