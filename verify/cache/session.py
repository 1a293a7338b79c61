"""The cache in one run: what is known already, checked again; what is new, kept as soon as it is found.

Two ways in. ``recall`` is for a tree that has not changed at all: it maps a fingerprint of all sources to findings, and
loads the theory while the checkers work. ``known`` is for any other: it computes the key of every finding, so that a
change only reaches what depends on it. Both believe a row only as far as ``believing`` says.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from verify.cache import closures
from verify.cache.cited import cited
from verify.cache.confirmations import KIND as CONFIRMED
from verify.cache.confirmations import Confirmations
from verify.cache.recheck import recheck
from verify.cache.rows import Row, entries_of, join, row_of, stated_by
from verify.cache.sources import Sources, sources
from verify.cache.store import Entry as Kept
from verify.cache.store import Store
from verify.cache.texts import dump, loads, now, sha
from verify.claims import theories
from verify.claims.citing import reach
from verify.claims.full_names import own_of
from verify.evidence.collect import Finding, Known, complete, evidence_of
from verify.evidence.results import ClaimResult, Entry, assemble
from verify.evidence.route_table import order_of

if TYPE_CHECKING:  # an unchanged tree is recalled without loading the theory
    from verify.cache.keys import Key
    from verify.claims.claim import Claim

KEEP = 8  # states of the tree, and findings of one route about one claim, that are kept


class Session:
    """One run's view of the cache. ``notes`` are for standard error; ``line`` says how much came from the cache."""

    def __init__(self, store: Store | None = None, tree: Sources | None = None, package: str = "") -> None:
        """``package`` is that of the theory in force, whose claims can be recalled; empty where none is meant."""
        self.store = Store() if store is None else store
        self.sources = sources(package) if tree is None else tree
        self.package = package
        self.own_notes: list[str] = []
        self.certificates = 0
        self.unchanged = 0
        self.total = 0
        self.accepted: dict[str, Row] = {}
        self.keys: dict[str, dict[str, Key]] = {}
        self.claims: dict[str, Claim] = {}
        self.written: set[str] = set()
        self.confirmations = Confirmations(self.store, self.sources)

    @cached_property
    def mark(self) -> str:
        """What results of this state are kept under: all sources, and the theory that they are about."""
        theory = theories.current().name if self.package else ""
        return sha(" ".join([theory, self.sources.fingerprint, *(s.fingerprint for s in self.cited)]))

    @cached_property
    def cited(self) -> list[Sources]:
        """The sources of the theories that the one in force uses."""
        return cited(theories.current()) if self.package else []

    @property
    def notes(self) -> list[str]:
        return [*self.own_notes, *self.store.notes]

    @property
    def line(self) -> str:
        return (
            f"cache: {self.unchanged} of {self.total} claims unchanged, "
            f"{self.certificates} certificate{'s' * (self.certificates != 1)} re-checked"
        )

    # ------------------------------------------------------------ an unchanged tree

    def recall(
        self, ids: Sequence[str], workers: int = 1, meanwhile: Callable[[], object] | None = None
    ) -> list[ClaimResult] | None:
        """The results for these claims (all for no id), if nothing at all has changed since they were found.

        ``meanwhile`` may be done while other processes check the certificates again.
        """
        entries = self._catalogue() if self.may_recall() else None
        if entries is None or not set(ids) <= set(entries):
            return None
        wanted = [name for name in entries if name in ids] if ids else own_of(entries)
        order = self._with_ancestors(wanted, entries)
        slots = self._slots(order)
        rows = self.rows(key for found in slots.values() for key in found.values())
        if len(slots) < len(order):
            return None
        rows = self._rechecked(rows, _theory, workers, meanwhile)
        theory = _theory()
        if list(entries.values()) != _entries_of(theory):
            return None
        evidence = {}
        for name in order:
            found = complete(entries[name].expected, order_of(theory[name].setting), _known(name, slots[name], rows))
            if found is None:
                return None
            evidence[name] = evidence_of(found)
        self.total = self.unchanged = len(order)
        return self.confirmed(assemble([entries[name] for name in order], evidence, wanted))

    def remembered(self, ids: Sequence[str] = ()) -> list[ClaimResult]:
        """The last results of some claims (all for no id) in the present state of the tree, checked again."""
        kept = self._catalogue() if self.may_recall() else None
        theory = _theory() if kept else {}
        entries = {e.id: e for e in _entries_of(theory)}
        chosen = [name for name in entries if name in ids] if ids else own_of(entries)
        wanted = self._with_ancestors(chosen, entries)
        entries = {name: entries[name] for name in wanted}
        slots = self._slots(entries)
        rows = self.rows(key for found in slots.values() for key in found.values())
        rows = self._rechecked(rows, _theory)
        evidence = {}
        for name, found in slots.items():
            order = order_of(theory[name].setting)
            findings = complete(entries[name].expected, order, _known(name, found, rows))
            if findings is not None:
                evidence[name] = evidence_of(findings)
        whole = [e for e in entries.values() if all(name in evidence for name in (e.id, *e.ancestors))]
        known = {name for e in whole for name in (e.id, *e.ancestors)}
        return self.confirmed(assemble([e for e in entries.values() if e.id in known], evidence, [e.id for e in whole]))

    def recollected(self, ids: Sequence[str], table: Mapping[str, Claim]) -> dict[str, ClaimResult]:
        """The results that are kept about some claims of a table and all that they rest on, checked again."""
        from verify.evidence.run import ancestors, entry

        needed = {name for one in ids for name in (one, *ancestors(table[one], table))}
        order = [name for name in table if name in needed]
        known = self.known([table[name] for name in order], table)
        found = {name: complete(table[name].expected, order_of(table[name].setting), known[name]) for name in order}
        evidence = {name: evidence_of(findings) for name, findings in found.items() if findings is not None}
        entries = [entry(table[name], table) for name in order if name in evidence]
        whole = [e for e in entries if all(name in evidence for name in e.ancestors)]
        kept = {name for e in whole for name in (e.id, *e.ancestors)}
        results = assemble([e for e in entries if e.id in kept], evidence, [e.id for e in whole if e.id in ids])
        return {result.id: result for result in self.confirmed(results)}

    def verdicts(self, ids: Sequence[str] = ()) -> dict[str, str]:
        """The verdict of every claim, or of some, that was checked in the present state of the tree."""
        return {r.id: r.verdict.key for r in self.remembered(ids)}

    def may_recall(self) -> bool:
        """Whether an unchanged tree means unchanged claims: the theory says so, and its package was hashed."""
        if not self.package:
            return False
        theory = theories.current()
        packages = {package for s in self.cited for package in s.packages}
        whole = all(t.self_contained and t.package in packages for t in reach(theory).values())
        return whole and theory.self_contained and theory.package == self.package

    def _catalogue(self) -> dict[str, Entry] | None:
        found = self.store.read("catalogue", [self.mark])
        if not found:
            return None
        try:
            rows = loads(found[self.mark].body)
            entries = [Entry(name, title, expected, tuple(ancestors)) for name, title, expected, ancestors in rows]
        except (TypeError, ValueError):
            return None
        names = {e.id for e in entries}
        return {e.id: e for e in entries} if all({*e.ancestors} <= names for e in entries) else None

    def _with_ancestors(self, wanted: Iterable[str], entries: Mapping[str, Entry]) -> list[str]:
        needed = {name for one in wanted for name in (one, *entries[one].ancestors)}
        return [name for name in entries if name in needed]

    def _slots(self, names: Iterable[str]) -> dict[str, dict[str, str]]:
        """The keys of the findings about each claim in the present state of the tree, by kind."""
        found = self.store.read("result", [f"{self.mark} {name}" for name in names])
        slots = {name.partition(" ")[2]: loads(entry.body) for name, entry in found.items()}
        return {name: keys for name, keys in slots.items() if _is_table(keys)}

    # ------------------------------------------------------------ a changed tree

    def known(self, claims: Sequence[Claim], table: Mapping[str, Claim], workers: int = 1) -> dict[str, Known]:
        """What is known about each claim, by id, from keys that are computed from the claims themselves."""
        from verify.cache.keys import keys_of

        self.claims = {claim.id: claim for claim in claims}
        code = closures.recall(self.store, {id(s): s for s in (sources(c.setting.package) for c in claims)}.values())
        self.keys = {claim.id: keys_of(claim, table) for claim in claims}
        code.keep()
        rows = self.rows(key.hash for keys in self.keys.values() for key in keys.values())
        rows = self._rechecked(rows, lambda: table, workers)
        found: dict[str, Known] = {}
        for name, keys in self.keys.items():
            found[name] = _known(name, {slot: key.hash for slot, key in keys.items()}, rows)
        self.total = len(claims)
        self.unchanged = sum(complete(c.expected, order_of(c.setting), found[c.id]) is not None for c in claims)
        return found

    def keep(self, findings: Mapping[str, Sequence[Finding]], known: Mapping[str, Known]) -> None:
        """Keep what was found about some claims."""
        new = any(f.slot not in known.get(name, {}) for name, found in findings.items() for f in found)
        # Where all was known, only a list of claims may be new; to look at every source for nothing would be felt.
        if self.store.off or not findings or not (new or self.may_recall()) or not self._still_the_same():
            return
        made, mark, entries = now(), self.mark, list[Kept]()
        listed = self._listed()
        for name, found in findings.items():
            keys, before = self.keys.get(name, {}), known.get(name, {})
            for finding in found if keys else ():
                if finding.slot not in before and not _timed(finding):
                    entries += self._entries(keys[finding.slot], finding, made)
            if keys and name in listed and not any(map(_timed, found)):
                body = dump({f.slot: keys[f.slot].hash for f in found})
                entries.append(Kept("result", f"{mark} {name}", mark, body, made))
        if self.store.write(entries):
            self.written |= {e.name for e in entries if e.kind == "part"}

    def _listed(self) -> Collection[str]:
        """The claims of the theory in force that this run is about, which can be recalled; they are listed then."""
        if not self.may_recall() or not self.claims:
            return ()
        theory = _theory()
        listed = {name for name, claim in self.claims.items() if theory.get(name) is claim}
        if listed:
            self._keep_catalogue(theory)
        return listed

    def _keep_catalogue(self, theory: Mapping[str, Claim]) -> None:
        """Keep the list of claims for the present state of the tree, and forget states that are long past."""
        mark = self.mark
        if self.store.read("catalogue", [mark]) or not self._still_the_same():
            return
        body = dump([[e.id, e.title, e.expected, list(e.ancestors)] for e in _entries_of(theory)])
        if self.store.write([Kept("catalogue", mark, "", body, now())]):
            self.store.prune(_unwanted)

    def _entries(self, key: Key, finding: Finding, made: float) -> list[Kept]:
        parts = {name: dump(part) for name, part in key.parts.items()}
        kept = [Kept("part", sha(text), "", text, made) for text in parts.values() if sha(text) not in self.written]
        certificate = finding.certificate
        theorems: list[Kept] = [] if certificate is None else entries_of(certificate, made)
        stated = finding.stated if certificate is None else stated_by(certificate)
        digests = {name: sha(text) for name, text in parts.items()}
        names = tuple(t.name for t in theorems)
        self._note(key.claim, key.slot, names)
        row = Row(key.hash, key.claim, key.slot, digests, finding.evidence, names, stated, made, finding.point)
        return [*kept, *theorems, row.entry()]

    def _still_the_same(self) -> bool:
        """Whether the sources are those that were hashed; else what runs may not be what the keys say."""
        of_claims = (sources(c.setting.package) for c in self.claims.values())
        if all(s.unchanged() for s in {id(s): s for s in (self.sources, *self.cited, *of_claims)}.values()):
            return True
        self.store.off = True
        self.own_notes.append("the sources changed during the run; nothing more of it is kept")
        return False

    def confirmed(self, results: Iterable[ClaimResult]) -> list[ClaimResult]:
        """The results with what Coq said of these certificates, where it was asked."""
        return self.confirmations.added(results)

    def confirm(self, by: str, claims: Iterable[str]) -> None:
        """Keep that another prover has re-proved the certificates of some claims, as they are now."""
        if not self.store.off and self._still_the_same():
            self.confirmations.keep(by, claims)

    # ------------------------------------------------------------ rows

    def rows(self, keys: Iterable[str]) -> dict[str, Row]:
        """The rows with these keys, not checked again."""
        found = {name: row_of(entry) for name, entry in self.store.read("evidence", keys).items()}
        return {name: row for name, row in found.items() if row is not None}

    def _texts(self, rows: Iterable[Row]) -> dict[str, str]:
        names = dict.fromkeys(name for row in rows for name in row.theorems)
        found = self.store.read("theorem", names)
        return {name: entry.body for name, entry in found.items() if sha(entry.body) == name}

    def checked(self, keys: Iterable[str], table: Mapping[str, Claim]) -> dict[str, Row]:
        """The rows with these keys that hold."""
        return self._rechecked(self.rows(keys), lambda: table)

    def _rechecked(
        self,
        rows: Mapping[str, Row],
        table: Callable[[], Mapping[str, Claim]],
        workers: int = 1,
        meanwhile: Callable[[], object] | None = None,
    ) -> dict[str, Row]:
        """The rows that hold, with what their claims bear out; those that do not are forgotten, and said.

        ``table`` is asked for the claims once other processes are at work.
        """
        todo = [row for key, row in rows.items() if key not in self.accepted]
        if not todo and meanwhile is None:
            return {key: self.accepted[key] for key in rows}  # without loading what judges rows
        texts = self._texts(todo)

        def load() -> None:
            table()
            if meanwhile is not None:
                meanwhile()

        found = recheck(todo, texts, workers, load)
        from verify.cache.believing import believed

        claims, refused = table() if todo else {}, set(found.refused)
        for row in todo:
            claim = claims.get(row.claim)
            held = believed(claim, row, texts, claims) if claim is not None and row.key in found.held else None
            if held is None:
                refused.add(row.key)
            else:
                self.accepted[row.key] = held
                self.certificates += bool(row.theorems)
                self._note(row.claim, row.slot, row.theorems)
        if refused:
            names = sorted({rows[key].claim for key in refused})
            self.own_notes.append(f"what was kept about {', '.join(map(_shown, names))} was refused; it is found anew")
            self.store.drop("evidence", sorted(refused))
        return {key: self.accepted[key] for key in rows if key not in refused}

    def _note(self, claim: str, slot: str, theorems: tuple[str, ...]) -> None:
        if slot == "proof" and theorems:
            self.confirmations.proofs[claim] = theorems

    def kept_certificates(self) -> dict[str, Mapping[str, Any]]:
        """By claim, the certificate of what was accepted here: each was checked again before."""
        rows = [row for row in self.accepted.values() if row.theorems]
        texts = self._texts(rows)
        return {row.claim: join(texts[name] for name in row.theorems) for row in rows if {*row.theorems} <= set(texts)}

    # ------------------------------------------------------------ trials

    def keep_trials(self, kind: str, claim: str, trials: Sequence[dict[str, str]]) -> None:
        """Keep what became of a claim's variants, or of a part of them: ``kind`` says of which, in any words."""
        mark = f"{self.mark} {kind}"
        if self._still_the_same():
            self.store.write([Kept("trials", f"{mark} {claim}", mark, dump(list(trials)), now())])

    def trials(self, kind: str) -> dict[str, list[dict[str, str]]]:
        """By claim, the variants judged in the present state of the code: ``change``, ``outcome`` and ``witness``."""
        mark = f"{self.mark} {kind}"
        found = self.store.about("trials", [mark])
        judged = {e.name.removeprefix(f"{mark} "): loads(e.body) for e in found if e.name.startswith(f"{mark} ")}
        return {name: trials for name, trials in judged.items() if _are_trials(trials)}


def _theory() -> Mapping[str, Claim]:
    from verify.evidence.run import table_in_force

    return table_in_force()


def _entries_of(table: Mapping[str, Claim]) -> list[Entry]:
    from verify.evidence.run import entry

    return [entry(claim, table) for claim in table.values()]


def _is_table(x: object) -> bool:
    return isinstance(x, dict) and all(isinstance(value, str) for value in x.values())


def _are_trials(x: object) -> bool:
    """Whether data has the form of judged variants."""
    return isinstance(x, list) and all(
        _is_table(t) and {"change", "outcome", "witness"} <= set(t) and t["outcome"] in ("refuted", "proved", "open")
        for t in x
    )


def _shown(name: str) -> str:
    """A name from a file, on one line."""
    return "".join(c if c.isprintable() else "?" for c in name[:80])


def _timed(finding: Finding) -> bool:
    return finding.evidence is not None and finding.evidence.timed


def _known(claim: str, slots: Mapping[str, str], rows: Mapping[str, Row]) -> Known:
    """Findings by kind; they took no time in this run."""
    found = {}
    for slot, key in slots.items():
        row = rows.get(key)
        if row is not None and (row.claim, row.slot) == (claim, slot):
            evidence = None if row.evidence is None else replace(row.evidence, seconds=0.0)
            found[slot] = Finding(slot, evidence, stated=row.stated)
    return found


def _unwanted(entries: list[Kept]) -> list[tuple[str, str]]:
    """All but the newest states of the tree and the newest findings, and what only the old ones used."""
    newest = sorted(entries, key=lambda e: -e.made)
    states = {e.name for e in [e for e in newest if e.kind == "catalogue"][:KEEP]}
    counts: dict[str, int] = {}
    needed: set[str] = set()
    gone = []
    for e in newest:
        if e.kind == "evidence":
            counts[e.about] = counts.get(e.about, 0) + 1
            row = row_of(e)
            if row is None or counts[e.about] > KEEP:
                gone.append((e.kind, e.name))
            else:
                needed |= {*row.theorems, *row.parts.values()}
        elif e.kind in (CONFIRMED, closures.KIND, "sealed files"):
            counts[e.about] = counts.get(e.about, 0) + 1
            if counts[e.about] > KEEP:
                gone.append((e.kind, e.name))
        elif e.kind in ("result", "trials", "catalogue", "sealed") and _state(e) not in states:
            gone.append((e.kind, e.name))
    return gone + [(e.kind, e.name) for e in newest if e.kind in ("theorem", "part") and e.name not in needed]


def _state(e: Kept) -> str:
    """The fingerprint of the tree that an entry belongs to."""
    return e.name if e.kind == "catalogue" else e.about.partition(" ")[0] if e.kind == "trials" else e.about
