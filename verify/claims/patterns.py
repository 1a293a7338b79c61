"""How claims are named on the command line: by id, as a family of ids, and through the files that state them.

``T2.at`` names a claim, ``T2.*`` all that fit, ``mine.py`` all claims of a file, ``mine.py::my.*`` some of them;
``descent:GD.step`` a claim of another theory that one of these cites.
"""

from __future__ import annotations

import difflib
import fnmatch
import re
from collections.abc import Mapping

from verify.claims.full_names import is_full, parts
from verify.runtime.errors import BadInput

_PATTERN = re.compile(r"[*?\[]")


def split(name: str) -> tuple[str, str]:
    """The file of a name, and the id or pattern in it; both empty where there is none."""
    path, separator, pattern = name.partition("::")
    if separator and path.endswith(".py"):
        return path, pattern
    return (name, "") if name.endswith(".py") else ("", "")


def matching(name: str, table: Mapping[str, object], where: str = "", what: str = "claim") -> list[str]:
    """The ids that a name stands for; ``BadInput`` names the nearest for one that nothing has."""
    alike = [known for known in table if is_full(known) == is_full(name)]  # T* is about the theory itself
    fits = [name] if name in table else fnmatch.filter(alike, name) if _PATTERN.search(name) else []
    if not fits:
        raise BadInput(f"there is no {what} {name!r}{where}", _near(name, table))
    return fits


def _near(name: str, table: Mapping[str, object]) -> str:
    """What may be meant by a name that no claim has."""
    if _PATTERN.search(name):
        return "no claim fits it; verify list shows every claim"
    whose, claim = parts(name)
    if whose:
        cited = [known for known in table if parts(known)[0] == whose]
        if not cited:
            others = sorted({parts(known)[0] for known in table} - {""})
            return f"no claim of another theory {whose!r} is cited" + (
                f"; of {', '.join(others)} some are" * bool(others)
            )
        near = difflib.get_close_matches(name, cited, n=1, cutoff=0.8)
        means = f"did you mean {near[0]}? " if near else ""
        return f"{means}{len(cited)} claims of {whose} are cited; verify show {claim} --theory {whose} looks among all"
    near = [known for known in table if known.casefold() == name.casefold()]
    family = [known for known in table if known.startswith(f"{name}.")]
    if not near and len(family) > 1:
        return f'"{name}.*" stands for {len(family)} claims'
    near = near or difflib.get_close_matches(name, table, n=3, cutoff=0.4)
    return f"did you mean {' or '.join(near)}?" if near else "verify list shows every claim"
