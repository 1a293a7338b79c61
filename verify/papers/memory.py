"""Decisions about the steps of papers that the cache keeps, and what of them is believed: what is checked again.

A decision belongs to the forms of its statement, the work that was allowed, and the whole state of the code. A proof
counts only with a certificate that the checker accepts for one of these very forms and with a point of its domain; a
counterexample only where it violates the statement. That nothing was found is taken as it stands: it decides nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import flint

from verify.cache.sources import Sources, sources
from verify.cache.store import Entry, Store
from verify.cache.texts import dump, loads, now, rational, sha
from verify.counterexamples.refute import find_point
from verify.counterexamples.witness import counterexample_at
from verify.kernel import check
from verify.language.json_form import term_from_json, to_json
from verify.language.logic import Sequent, Term
from verify.papers.decide import PRECISION, Decider, Decision, decide, refuted
from verify.prover.api import at_point
from verify.runtime.budget import SECOND, Budget, Stopped

SCHEMA = 1
KIND = "step"
KEEP = 8  # states of the code whose steps are kept
LONGEST = 4000  # characters of an irrational coordinate


class Memory:
    """One run's view of the steps that are kept. ``notes`` are for standard error."""

    def __init__(self, store: Store | None = None, tree: Sources | None = None) -> None:
        self.store = Store() if store is None else store
        self.sources = sources() if tree is None else tree
        self.own_notes: list[str] = []
        self.found: dict[str, Any] = {}
        self.recalled = 0
        self.pruned = False

    @property
    def notes(self) -> list[str]:
        return [*self.own_notes, *self.store.notes]

    def decide(self, forms: Sequence[Sequent], seconds: float, by: Decider | None = None) -> Decision:
        """Like ``verify.papers.decide.decide``, which is asked where nothing is kept."""
        found: Decision = self.remembered(
            _told(forms, seconds),
            lambda: (by or decide)(forms, seconds),
            written,
            lambda data: believed(data, forms, seconds),
        )
        return found

    def decided(self, forms: Sequence[Sequent], seconds: float) -> Decision | None:
        """What is kept of a decision, if it is believed."""
        found: Decision | None = self.known(_told(forms, seconds), lambda data: believed(data, forms, seconds))
        return found

    def remembered(
        self,
        told: Sequence[Any],
        find: Callable[[], Any],
        write: Callable[[Any], Any],
        believe: Callable[[Any], Any | None],
    ) -> Any:
        """What is kept about a question, if it is believed, or what is found anew and kept.

        ``told``: all that the answer depends on besides the code, as JSON. An answer has a field ``timed``.
        """
        known = self.known(told, believe)
        if known is None:
            known, name = find(), self.name(told)
            if name not in self.found:  # what is found may have been found beforehand
                self.keep(name, known, write, believe)
                self.found[name] = known
            known = self.found[name]
        return known

    def known(self, told: Sequence[Any], believe: Callable[[Any], Any | None]) -> Any | None:
        """What is kept about a question, if it is believed."""
        name = self.name(told)
        if name not in self.found:
            known = self.recall(name, believe)
            if known is None:
                return None
            self.found[name] = known
        return self.found[name]

    # ------------------------------------------------------------ what is kept

    def name(self, told: Sequence[Any]) -> str:
        """What an answer is kept under."""
        return sha(json.dumps([SCHEMA, self.sources.fingerprint, *told], sort_keys=True))

    def recall(self, name: str, believe: Callable[[Any], Any | None]) -> Any | None:
        """What is kept, if it is believed; what is not is dropped."""
        entry = self.store.read(KIND, [name]).get(name)
        if entry is None:
            return None
        found = believe(loads(entry.body))
        if found is None:
            self.own_notes.append("what was kept about a statement was refused; it is found anew")
            self.store.drop(KIND, [name])
        self.recalled += found is not None
        return found

    def keep(self, name: str, found: Any, write: Callable[[Any], Any], believe: Callable[[Any], Any | None]) -> None:
        """Keep what was found, unless a clock ended the search, or the sources changed meanwhile."""
        if self.store.off or found.timed:
            return
        body = dump(write(found))
        # Only what says the same when it is read: then a run with the cache prints what one without it prints.
        if believe(loads(body)) == found:
            self.keep_all([(name, body)])

    def keep_all(self, bodies: Sequence[tuple[str, str]]) -> None:
        """Keep answers, by name, in one go."""
        if self.store.off or not bodies or not self._still_the_same():
            return
        mark = self.sources.fingerprint
        if not self.pruned:
            self.pruned = True
            if not self.store.about(KIND, [mark]):
                self.store.prune(_unwanted)
        made = now()
        self.store.write([Entry(KIND, name, mark, body, made) for name, body in bodies])

    def _still_the_same(self) -> bool:
        if self.sources.unchanged():
            return True
        self.store.off = True
        self.own_notes.append("the sources changed during the run; nothing more of it is kept")
        return False


def _told(forms: Sequence[Sequent], seconds: float) -> list[Any]:
    return [seconds, [to_json(form) for form in forms]]


def written(decision: Decision) -> dict[str, Any]:
    """A decision as data; ``believed`` reads it."""
    return {
        "status": decision.status,
        "why": decision.why,
        "certificate": decision.certificate,
        "witness": None if decision.witness is None else coordinates(decision.witness),
    }


def coordinates(values: Mapping[str, Fraction | Term]) -> dict[str, Any]:
    """The values of a counterexample as data; ``coordinate`` reads each."""
    return {name: str(x) if isinstance(x, Fraction) else [to_json(x)] for name, x in values.items()}


def believed(data: Any, forms: Sequence[Sequent], seconds: float) -> Decision | None:
    """The decision that data holds, as far as the statement bears it out; None where it does not."""
    try:
        if data["status"] == "proved":
            return _proof(data, forms, seconds)
        if data["status"] == "refuted":
            values = {name: coordinate(x) for name, x in data["witness"].items()}
            with flint.ctx.workprec(PRECISION):
                witness = counterexample_at(forms[-1], values, by_proof=at_point)
            return None if witness is None else refuted(witness)
        if data["status"] == "inconclusive" and isinstance(data["why"], str) and data["why"].isprintable():
            return Decision("inconclusive", data["why"])
    except Exception:  # a file may say anything
        return None
    return None


def _proof(data: Mapping[str, Any], forms: Sequence[Sequent], seconds: float) -> Decision | None:
    certificate = data["certificate"]
    (theorem,) = certificate["theorems"]
    stated = {key: theorem[key] for key in ("variables", "hypotheses", "definitions", "goal")}
    form = next((f for f in forms if {**json.loads(json.dumps(to_json(f))), "definitions": []} == stated), None)
    if form is None or data["why"] != "":
        return None
    check(certificate)
    try:
        with Budget(int(seconds * SECOND)).running():
            point = find_point(form.variables, form.hypotheses)
    except Stopped:
        return None
    return None if point is None else Decision("proved", certificate=certificate)


def coordinate(data: Any) -> Fraction | Term:
    """A rational number, or in brackets a term such as sqrt(2)."""
    if isinstance(data, str):
        return rational(data)
    if len(json.dumps(data)) > LONGEST:
        raise ValueError("no term that was found")
    (term,) = data
    return term_from_json(term)


def _unwanted(entries: list[Entry]) -> list[tuple[str, str]]:
    """The steps of all but the newest states of the code."""
    newest = sorted((e for e in entries if e.kind == KIND), key=lambda e: -e.made)
    states = list(dict.fromkeys(e.about for e in newest))[: KEEP - 1]  # one more is about to come
    return [(e.kind, e.name) for e in newest if e.about not in states]
