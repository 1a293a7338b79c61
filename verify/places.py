"""Where a claim is stated: file and line, for reports that point there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from verify.report.findings import Place, place_of


def places(table: Iterable[str], files: Iterable[Path] = ()) -> dict[str, Place]:
    """File and line of the id of every claim that a source file states with ``Claim(id, ...)``.

    ``files`` are searched before the theory's own. An id that is put together at run time is found by its fixed parts;
    a claim that is made in another way has no place.
    """
    import theory

    folder = Path(str(theory.__file__)).parent / "claims"
    stated = [
        (path, line, pattern, fixed)
        for path in (*files, *sorted(folder.glob("*.py")))
        for line, pattern, fixed in _ids(path)
    ]
    out = {}
    for name in table:
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


def _ids(path: Path) -> Iterator[tuple[int, re.Pattern[str], int]]:
    """Line, pattern and number of fixed characters of every id in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", getattr(node.func, "attr", "")) != "Claim":
            continue
        name = node.args[0] if node.args else next((k.value for k in node.keywords if k.arg == "id"), None)
        parts = name.values if isinstance(name, ast.JoinedStr) else [name]
        fixed = [p.value if isinstance(p, ast.Constant) and isinstance(p.value, str) else None for p in parts]
        if name is not None and any(fixed):
            pattern = "".join(".+" if text is None else re.escape(text) for text in fixed)
            yield name.lineno, re.compile(pattern), sum(len(text or "") for text in fixed)
