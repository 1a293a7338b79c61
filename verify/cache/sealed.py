"""The results of a whole theory under the seal of this machine, for a tree in which nothing has changed since.

To read them takes neither the theory nor SymPy nor the checkers: the sources are hashed, and the seal says that this
machine found this with these sources, its certificates accepted. Nothing without a seal that holds is used. What Coq
says of the certificates is asked anew, since it may have been asked in between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.cache import libraries, seal
from verify.cache.confirmations import Confirmations
from verify.cache.sources import Sources, sources
from verify.cache.store import Entry, Store
from verify.cache.texts import Json, dump, loads, now, sha
from verify.claims import theories
from verify.claims.full_names import own_of
from verify.claims.patterns import matching
from verify.evidence.results import ClaimResult, Evidence
from verify.language.verdict import Verdict

if TYPE_CHECKING:  # to read what is sealed takes none of the theory
    from verify.cache.session import Session
    from verify.claims.claim import Claim

KIND = "sealed"
PACKAGES = "packages"  # entries that say by the name of a theory which packages its results depend on
FORM = 2  # of what is sealed


@dataclass(frozen=True)
class Listed:
    """What a list says of a claim besides its result."""

    kind: str
    source: str


@dataclass(frozen=True)
class Sealed:
    """The results of a theory by id, with those that it cites of others not among them, or of files.

    ``total``: with those that are cited. ``listed`` is of a theory; ``files`` names the files of claims.
    """

    results: Mapping[str, ClaimResult]
    listed: Mapping[str, Listed]
    total: int
    files: Mapping[str, str]

    def chosen(self, names: Sequence[str]) -> list[ClaimResult]:
        """The results for some names or patterns (all for none); ``BadInput`` for a name that nothing has."""
        ids = {found for name in names for found in matching(name, self.results)}
        return [r for name, r in self.results.items() if not names or name in ids]

    @property
    def line(self) -> str:
        return f"cache: {self.total} of {self.total} claims unchanged since this machine checked them"


# ---------------------------------------------------------------- read


def read(store: Store) -> Sealed | None:
    """What this machine found about the theory in force with the sources as they are; None where that is not known."""
    name = theories.name()
    if name not in theories.installed():
        return None
    packages = _packages(store, name)
    if packages is None or packages[0] != theories.package_of(name):
        return None
    every = [sources(package) for package in packages]
    state = _state(name, packages, every)
    return opened(store, KIND, state, every[0])


def opened(store: Store, kind: str, state: str, sources: Sources) -> Sealed | None:
    """What is sealed for a state; None where nothing is, or the seal does not hold."""
    entry = store.read(kind, [state]).get(state)
    text = seal.opened(kind, state, entry.body) if entry is not None else None
    return None if text is None else _read(loads(text), Confirmations(store, sources))


def _packages(store: Store, name: str) -> list[str] | None:
    """The package of a theory and those of the theories that it uses, as they were kept; the state says whether."""
    entry = store.read(PACKAGES, [name]).get(name)
    found = loads(entry.body) if entry is not None else None
    if not isinstance(found, list) or not found or not all(isinstance(p, str) and _is_package(p) for p in found):
        return None
    return found


def _is_package(name: str) -> bool:
    return all(part.isidentifier() for part in name.split("."))


def _read(data: Json, confirmations: Confirmations) -> Sealed:
    """The results again; the seal says that they have this form."""
    confirmations.proofs = {claim: tuple(names) for claim, names in data["proofs"].items()}
    results = [
        ClaimResult(
            r["id"], r["title"], r["expected"],
            tuple(Evidence(route, Verdict[v], said, 0.0, details) for route, v, said, details in r["evidence"]),
            {name: Verdict[v] for name, v in r["rests_on"]},
        )
        for r in data["results"]
    ]  # fmt: skip
    listed = {name: Listed(*said) for name, said in data["listed"].items()}
    return Sealed({r.id: r for r in confirmations.added(results)}, listed, data["total"], data["files"])


# ---------------------------------------------------------------- keep


def keep(session: Session, results: Sequence[ClaimResult], table: Mapping[str, Claim]) -> None:
    """Seal the results of the theory in force: those of all claims of its table, which this run has found or checked.

    Nothing is sealed where an unchanged tree does not mean unchanged claims, what a clock has decided, or what was
    found while the sources changed.
    """
    name = theories.name()
    if name not in theories.installed() or session.store.off or not session.may_recall():
        return
    if [r.id for r in results] != own_of(table) or any(e.timed for r in results for e in r.evidence):
        return
    from verify.claims.citing import reach
    from verify.typesetting.plain_text import kind_of

    theory = theories.current()
    packages = [theory.package, *sorted({t.package for t in reach(theory).values()})]
    every = [sources(package) for package in packages]
    if not all(s.unchanged() for s in every):
        return
    state = _state(name, packages, every)
    listed = {r.id: [kind_of(table[r.id]), table[r.id].source] for r in results}
    entry = closed(KIND, state, session.mark, data_of(session, results, len(table), listed=listed))
    if entry is not None:
        session.store.write([Entry(PACKAGES, name, "", dump(packages), now()), entry])


def data_of(
    session: Session,
    results: Sequence[ClaimResult],
    total: int,
    listed: Mapping[str, Sequence[str]] | None = None,
    files: Mapping[str, str] | None = None,
) -> Json:
    """Results as they are kept; ``_read`` has them again."""
    return {
        "total": total,
        "proofs": session.confirmations.proofs,
        "results": [
            {
                "id": r.id, "title": r.title, "expected": r.expected,
                "evidence": [[e.route, e.verdict.name, e.summary, e.details] for e in r.evidence],
                "rests_on": [[name, v.name] for name, v in r.rests_on.items()],
            }
            for r in results
        ],
        "listed": listed or {},
        "files": files or {},
    }  # fmt: skip


def closed(kind: str, state: str, about: str, data: Json) -> Entry | None:
    """Data under the seal of this machine, for a state; None where it has no key. ``about``: with what it goes."""
    body = seal.closed(kind, state, dump(data))
    return Entry(kind, state, about, body, now()) if body else None


def _state(name: str, packages: Sequence[str], every: Sequence[Sources]) -> str:
    """All that the results of a theory depend on: which theory a name means, the sources, libraries, the machine."""
    meant = [[entry.name, entry.value] for entry in theories.installed().values()]
    return sha(dump([FORM, name, meant, list(packages), [s.fingerprint for s in every], libraries.stamp()]))
