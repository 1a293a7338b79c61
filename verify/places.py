"""Where a claim is stated: file and line, for reports that point there."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def places(table: Iterable[str], files: Iterable[Path] = ()) -> dict[str, tuple[str, int]]:
    """Path (relative to the working directory) and line of every claim whose id stands in a source file.

    ``files`` are searched besides the theory's own; an id that is put together at run time is found by its first part.
    """
    import theory

    folder = Path(str(theory.__file__)).parent / "claims"
    lines = [
        (os.path.relpath(path), number, text)
        for path in (*sorted(folder.glob("*.py")), *files)
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    ]
    out = {}
    for name in table:
        bare = name.removeprefix("false.")
        # The id is the first argument of a claim: alone on its line, or right behind the bracket.
        for wanted in (f'"{bare}",', f'f"{bare.split(".")[0]}.'):
            starts = (wanted, f"Claim({wanted}")
            found = next(((path, number) for path, number, text in lines if text.strip().startswith(starts)), None)
            if found is None:
                found = next(((path, number) for path, number, text in lines if f"Claim({wanted}" in text), None)
            if found is not None:
                out[name] = found
                break
    return out
