"""What Coq has re-proved, kept: for check, the lock, ``verify why`` and the sheet, which do not ask Coq themselves.

Coq's word is about one certificate, and about one translation of it. It is kept under the certificate's theorems and
says by which code it was translated, so that it is forgotten when either is another one. Nothing else in the cache is
believed without being checked again; this is, since checking it again takes Coq. It adds evidence, and raises no
verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from verify.cache.sources import Sources
from verify.cache.store import Entry, Store
from verify.cache.texts import dump, loads, now, sha
from verify.evidence.results import ClaimResult
from verify.language.verdict import Verdict

KIND = "kernel"
TRANSLATORS = ("verify.coq", "verify.kernel")  # what is in them imports nothing else that decides what a theorem says


class Confirmations:
    """Coq's words about certificates; ``proofs`` has the theorems of the accepted certificate of every claim."""

    def __init__(self, store: Store, sources: Sources) -> None:
        self.store, self.sources = store, sources
        self.proofs: dict[str, tuple[str, ...]] = {}
        self._translation = ""

    def keep(self, by: str, claims: Iterable[str]) -> None:
        """Keep that a prover, such as Coq 8.16.1, has re-proved the certificates of some claims."""
        body = dump({"by": by, "translation": self.translation})
        made = now()
        proofs = {claim: self.proofs[claim] for claim in claims if claim in self.proofs}
        self.store.write([Entry(KIND, _name(proof), f"{KIND} {claim}", body, made) for claim, proof in proofs.items()])

    def by(self, prover: str, claims: Iterable[str]) -> dict[str, Entry]:
        """What is kept of a prover's words about the certificates of some claims."""
        return {claim: one for claim, one in self.of(claims).items() if said(one) == prover}

    def of(self, claims: Iterable[str]) -> dict[str, Entry]:
        """What is kept about the certificates of some claims, as they are and as they are translated now."""
        names = {claim: _name(self.proofs[claim]) for claim in claims if claim in self.proofs}
        kept = self.store.read(KIND, names.values()) if names else {}
        found = {claim: kept[name] for claim, name in names.items() if name in kept}
        return {claim: one for claim, one in found.items() if said(one) and _translation(one) == self.translation}

    def added(self, results: Iterable[ClaimResult]) -> list[ClaimResult]:
        """The results with Coq's word where it is there: for a claim, and for all that it rests on."""
        every = list(results)
        needed = {name for r in every if r.verdict is Verdict.PROVED for name in (r.id, *r.rests_on)}
        by = {claim: said(one) for claim, one in self.of(sorted(needed)).items()}
        return [
            replace(r, kernel=by[r.id]) if r.verdict is Verdict.PROVED and by.keys() >= {r.id, *r.rests_on} else r
            for r in every
        ]

    @property
    def translation(self) -> str:
        """A digest of all that made the theorems: the code of the translation, the kernel's too, and the lemmas."""
        if not self._translation:
            from verify.coq.coqc import LIBRARY
            from verify.coq.lemmas import texts

            code = {name: mark for name, mark in self.sources.hashes.items() if name.startswith(TRANSLATORS)}
            self._translation = sha(dump([code, texts(LIBRARY)]))
        return self._translation


def said(entry: Entry) -> str:
    """Which prover an entry speaks of; empty for an entry that says nothing that can be printed."""
    data = loads(entry.body)
    by = data.get("by") if isinstance(data, dict) else None
    return by if isinstance(by, str) and by.isprintable() and len(by) < 40 else ""


def _translation(entry: Entry) -> object:
    return loads(entry.body).get("translation")


def _name(theorems: Sequence[str]) -> str:
    return sha(dump(list(theorems)))
