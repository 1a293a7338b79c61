"""Where a claim is stated: file and line, for reports that point there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from verify.claims.stated_ids import ids_in, line_of_claims, stated_ids
from verify.reports.findings import Place, place_of


def places(
    table: Iterable[str], files: Iterable[Path] = (), origin: Mapping[str, Path] | None = None
) -> dict[str, Place]:
    """File and line of the id of every claim that a source file states with ``Claim(id, ...)``.

    ``files`` are searched before the theory's own. An id that is put together at run time is found by its fixed parts;
    a claim that is made in another way is placed where its file (by ``origin``) defines ``claims``.
    """
    import theory

    folder = Path(str(theory.__file__)).parent / "maml_erm" / "claims"
    stated = [
        (path, line, pattern, fixed)
        for path in (*files, *sorted(folder.glob("*.py")))
        for line, pattern, fixed in ids_in(path)
    ]
    known = origin or {}
    out = {}
    for name in table:
        if name in known:
            own = known[name]
            out[name] = place_of(own, stated_ids(own, [name]).get(name) or line_of_claims(own))
            continue
        false = name.startswith("false.")
        bare = name.removeprefix("false.")
        # Of several patterns the one with the longest fixed part says most about this id.
        fits = [
            (fixed, path, line)
            for path, line, pattern, fixed in stated
            if (
                pattern.fullmatch(bare) and (path.name == "false.py") == false
                if path.parent == folder
                else pattern.fullmatch(name)
            )
        ]
        if fits:
            _, path, line = max(fits, key=lambda found: found[0])
            out[name] = place_of(path, line)
    return out
