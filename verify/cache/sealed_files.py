"""The results of files of claims under the seal of this machine, for files that nothing has changed for since.

A file of claims is a program, so an unchanged text need not state the same claims. Results are sealed only for files
that are self-contained (``verify.claims.self_contained``), and only once a second run, another process, has found
every one of their claims in the cache as it states them: what differs from one process to the next has no part in
them. What they depend on besides is in the state that is sealed with them: the texts, all sources of the verifier and
the versions of libraries, the machine, the theory in force, whose ids a file must not take, where Python finds what
the files import, and its flags. A file for which any of this is not known is run.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from verify.cache import libraries
from verify.cache.sealed import Sealed, closed, data_of, opened
from verify.cache.sources import Sources, sources
from verify.cache.store import Store
from verify.cache.texts import dump, sha
from verify.claims import theories
from verify.claims.patterns import split
from verify.claims.self_contained import PURE
from verify.runtime.errors import BadInput

if TYPE_CHECKING:  # to read what is sealed takes no claims
    from verify.cache.session import Session
    from verify.claims.selection import Selection
    from verify.evidence.results import ClaimResult

KIND = "sealed files"
FORM = 1  # of a state
LARGEST = 2**20  # bytes of a file; one that is larger is run
SETTINGS = ("MPMATH_", "SYMPY_")  # variables of the environment that these libraries look at
# What a self-contained file may import, and what SymPy computes with: one in another place is another module.
IMPORTED = sorted({name.partition(".")[0] for name in PURE} | {"mpmath", "sympy"})


class Read(NamedTuple):
    """The text of a file, and what the system says of the file as it is now."""

    text: bytes
    stamp: tuple[int, ...]


class InForce(NamedTuple):
    """The theory whose ids files must not take, and its package; both empty where none is in force."""

    name: str
    package: str


class Files:
    """Whole files that a run is about, as they are when this is made: before anything of them is loaded."""

    def __init__(self, store: Store, names: Sequence[str]) -> None:
        self.store, self.names = store, list(names)
        self.read_as = _read(self.names)
        self.theory = _in_force() if self.read_as else None
        self.sources: Sources | None = None
        self.state = ""
        if self.theory is not None:
            self.sources = sources(self.theory.package)
            self.state = _state(self.names, self.read_as, self.theory, self.sources)

    def read(self) -> Sealed | None:
        """What this machine found about the files as they are; None where that is not known."""
        return None if self.sources is None else opened(self.store, KIND, self.state, self.sources)

    def keep(self, session: Session, results: Sequence[ClaimResult], chosen: Selection) -> None:
        """Seal the results of all claims of the files, where an unchanged state means unchanged claims."""
        if session.store.off or not self._says_it_all(session, results, chosen):
            return
        data = data_of(session, results, session.total, files=chosen.origin)
        entry = closed(KIND, self.state, dump(sorted(self.read_as)), data)
        if entry is not None:
            session.store.write([entry])

    def _says_it_all(self, session: Session, results: Sequence[ClaimResult], chosen: Selection) -> bool:
        """Whether the state has all that the results depend on, and two processes have stated the same claims."""
        from verify.claims.self_contained import is_self_contained
        from verify.claims.setting import NO_SETTING

        return (
            0 < session.unchanged == session.total == len(results) == len(chosen.table)
            and chosen.files.keys() == chosen.table.keys()
            and not chosen.errors
            and all(claim.setting is NO_SETTING for claim in chosen.table.values())
            and not any(e.timed for r in results for e in r.evidence)
            and all(is_self_contained(one.text) for one in self.read_as.values())
            and self._is_unchanged()
        )

    def _is_unchanged(self) -> bool:
        """Whether what ran is what the state stands for; of a theory in force, whether its sources say what it has."""
        if self.theory is None or self.sources is None or _in_force() != self.theory:
            return False
        try:
            theory = theories.current() if self.theory.name else None
        except BadInput:  # it could not be loaded, and may be some day without any change of its own
            return False
        if theory is not None and not (theory.self_contained and theory.package == self.theory.package):
            return False
        return self.sources.unchanged() and _read(self.names) == self.read_as


def _read(names: Sequence[str]) -> dict[str, Read]:
    """The files of these names by their real paths; none of them where one is not a whole file that can be read."""
    found: dict[str, Read] = {}
    for name in names:
        path, inside = split(name)
        real = os.path.realpath(path)
        if not path or inside or not os.path.isfile(real):
            return {}
        try:
            with open(real, "rb") as file:
                at = os.fstat(file.fileno())
                text = file.read(LARGEST + 1)
        except (OSError, ValueError):
            return {}
        if not 0 < len(text) <= LARGEST:
            return {}
        found[real] = Read(text, (at.st_mtime_ns, at.st_ctime_ns, at.st_size, at.st_ino))
    return found if len(found) == len(names) else {}


def _in_force() -> InForce | None:
    """The theory in force; None for one that is not installed, of which nobody says what it depends on."""
    try:
        name = theories.name()
    except BadInput:
        return InForce("", "")  # a file is checked without one then
    return InForce(name, theories.package_of(name)) if name in theories.installed() else None


def _state(names: Sequence[str], files: Mapping[str, Read], theory: InForce, code: Sources) -> str:
    """A hash of all that the results depend on."""
    settings = sorted([name, value] for name, value in os.environ.items() if name.startswith(SETTINGS))
    return sha(
        dump(
            {
                "form": FORM,
                "files": [[path, hashlib.sha256(one.text).hexdigest()] for path, one in files.items()],
                "named": [*names, os.getcwd()],  # as they are shown
                "theory": list(theory),
                "sources": code.fingerprint,
                "flags": list(sys.flags),
                "settings": settings,
                "places": [_place(name) for name in IMPORTED],
                "libraries": libraries.stamp(),
            }
        )
    )


def _place(module: str) -> str:
    """Where Python finds a module; empty where it does not."""
    try:
        found = find_spec(module)
    except (ImportError, ValueError):
        return ""
    return "" if found is None else str(found.origin)
