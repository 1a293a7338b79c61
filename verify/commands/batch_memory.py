"""Answers of ``verify prove --file`` that the cache keeps, and what of them is believed: what is checked again.

As for the steps of papers: a proof counts only with a certificate that the checker accepts for this very statement and
with a point of its domain, a counterexample only where it violates the statement. That nothing was found is taken as
it stands, for the same code and the same work. What was enclosed by ball arithmetic is not kept.
"""

from __future__ import annotations

import json
from typing import Any

import flint

from verify.cache.texts import dump
from verify.counterexamples import irrational
from verify.counterexamples.witness import counterexample_at, proven
from verify.kernel import check
from verify.language import logic
from verify.language.circular import Circular
from verify.language.json_form import to_json
from verify.language.logic import Sequent
from verify.language.parser import parse_circular, parse_problem
from verify.language.verdict import Verdict
from verify.papers import memory as steps
from verify.papers import spatial_memory
from verify.prover.api import PRECISION, refuted
from verify.prover.outcome import Outcome
from verify.runtime.budget import SECOND
from verify.spaces import decide
from verify.spaces.answers import Answer, of_numbers, of_vectors
from verify.spaces.many import Conjecture
from verify.spaces.models import kept_models
from verify.spaces.reading.plain import claim
from verify.spaces.reading.recognition import is_spatial

TOGETHER = 20  # answers that are written in one go: to look whether the code changed takes as long as a short proof


class BatchMemory:
    """A ``Memory`` of answers on the cache of a run; at the end of its block all are written, however that ends."""

    def __init__(self, cache: steps.Memory) -> None:
        self.cache = cache
        self.waiting: list[tuple[str, str]] = []

    def __enter__(self) -> BatchMemory:
        return self

    def __exit__(self, *error: object) -> None:
        self._write()

    def known(self, one: Conjecture, work: int) -> Answer | None:
        """What is kept about a conjecture, if it is believed."""
        found: Answer | None = self.cache.recall(self._name(one, work), lambda data: believed(data, one, work))
        return found

    def keep(self, one: Conjecture, work: int, answer: Answer) -> None:
        """Keep what was found, where it says the same when it is read again."""
        if self.cache.store.off or answer.timed or answer.outcome is None or answer.verdict is Verdict.ENCLOSED:
            return
        if answer.verdict is Verdict.PROVED and answer.why:
            return  # something went wrong on the way, which is not read again
        if not is_spatial(*one.text) and isinstance(parse_circular(*one.text), Circular):
            return  # what was found with balls is found again
        self.waiting.append((self._name(one, work), dump(written(answer))))
        if len(self.waiting) >= TOGETHER:
            self._write()

    def _write(self) -> None:
        self.cache.keep_all(self.waiting)
        self.waiting = []

    def _name(self, one: Conjecture, work: int) -> str:
        return self.cache.name(["statement", work, one.statement, list(one.assumptions)])


def written(answer: Answer) -> dict[str, Any]:
    """An answer as data; ``believed`` reads it."""
    found = answer.outcome
    data: dict[str, Any] = {
        "status": answer.verdict.key,
        "certificate": answer.certificate,
        "why": list(found.why) if found is not None else [],
        "witness": None,
        "model": None,
    }
    if isinstance(found, Outcome) and found.witness is not None:
        data["witness"] = steps.coordinates(found.witness)
    elif isinstance(found, decide.Outcome):
        for name, kept in (("witness", found.witness), ("model", found.model)):
            data[name] = None if kept is None else kept_models.written(kept.model, kept.functions)
    return data


def believed(data: Any, one: Conjecture, work: int) -> Answer | None:
    """The answer that data holds, as far as the statement bears it out; None where it does not."""
    try:
        if is_spatial(one.statement, one.assumptions):
            return _about_vectors(data, one)
        sequent = parse_problem(one.statement, one.assumptions)
        if data["status"] == "refuted":
            found = _counterexample(data, sequent)
            return None if found is None else of_numbers(found)
        said = data["why"]
        if not isinstance(said, list) or not all(isinstance(text, str) and text.isprintable() for text in said):
            return None
        if data["status"] == "inconclusive" and data["certificate"] is None:
            return of_numbers(Outcome(Verdict.INCONCLUSIVE, "search", why=tuple(said)))
        decision = steps.believed({**data, "why": "; ".join(said)}, [sequent], work / SECOND)
        if data["status"] != "proved" or decision is None or decision.status != "proved":
            return None
        return of_numbers(Outcome(Verdict.PROVED, "search", certificate=data["certificate"]))
    except Exception:  # a file may say anything
        return None


def _counterexample(data: Any, sequent: Sequent) -> Outcome | None:
    """The counterexample at the point that is kept; where it has a certificate, that has to say that it is one."""
    values = {name: steps.coordinate(x) for name, x in data["witness"].items()}
    certificate = data["certificate"]
    with flint.ctx.workprec(PRECISION):
        if certificate is None:
            witness = counterexample_at(sequent, values)
            return None if witness is None else refuted(witness)
        (theorem,) = certificate["theorems"]
        theta = {name: x if isinstance(x, logic.Term) else logic.num(x) for name, x in values.items()}
        for failure in irrational.failures(sequent):
            stated = json.loads(json.dumps(to_json(irrational.at(sequent, theta, failure.formula))))
            if all(theorem[key] == value for key, value in stated.items()) and theorem["definitions"] == []:
                check(certificate)
                witness = proven(sequent, theta, failure.kind)
                return None if witness is None else refuted(witness, certificate)
    return None


def _about_vectors(data: Any, one: Conjecture) -> Answer | None:
    found = spatial_memory.believed(data, claim(one.statement, one.assumptions))
    if found is None:
        return None
    certificate = data["certificate"] if found.verdict is Verdict.PROVED else None
    return of_vectors(decide.Outcome(found.verdict, certificate, found.witness, found.why))
