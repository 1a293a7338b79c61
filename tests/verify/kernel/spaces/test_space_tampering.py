"""Certificates about vectors, changed in one place each: refused, or the statement is true in all models tried."""

from __future__ import annotations

import copy
import json
import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.verify.kernel.spaces.models import Model
from tests.verify.kernel.spaces.proofs import certificates
from tests.verify.kernel.tampering import INSIDE, Judged, changed, judged, places, tampered
from tests.verify.kernel.test_archive import line, said_of
from verify.kernel import check
from verify.kernel.spaces.rules import RULES
from verify.kernel.spaces.state import Run
from verify.kernel.spaces.statement import read_theorem

MODELS = 24  # that are looked at for each statement; those in which its hypotheses are false say nothing
LEVELS = ("0", "1", "2")


def rules_in(x: Any) -> set[str]:
    if isinstance(x, dict):
        own = {x["rule"]} if isinstance(x.get("rule"), str) else set()
        return own.union(*map(rules_in, x.values()))
    return set().union(*map(rules_in, x)) if isinstance(x, list) else set()


def test_the_certificates_are_accepted_and_use_every_rule() -> None:
    assert rules_in([c["theorem"] for c in certificates()]) == set(RULES)
    for certificate in certificates():
        assert "checked" in check(json.loads(json.dumps(certificate)))


def other_levels(certificate: Any) -> list[Any]:
    """The certificate with another level for a name or an expectation."""
    found = []
    for path in places(certificate["theorem"]):
        spot = certificate["theorem"]
        for key in path:
            spot = spot[key]
        if spot in LEVELS and path[-1] in (1, 2) and path[0] != "proof":
            found += [changed(certificate, ("theorem", *path), level) for level in LEVELS if level != spot]
    return found


def swapped(certificate: Any) -> list[Any]:
    """The certificate with one name for another in one place."""
    names = [row[0] for row in certificate["theorem"]["names"]]
    found = []
    for path in places(certificate["theorem"]):
        spot = certificate["theorem"]
        for key in path:
            spot = spot[key]
        if isinstance(spot, str) and spot in names and path[0] != "names":
            found += [changed(certificate, ("theorem", *path), name) for name in names if name != spot]
    return found


@cache
def judged_spaces() -> tuple[Judged, ...]:
    mutants = []
    for certificate in certificates():
        paths = [("theorem", *path) for path in places(certificate["theorem"])]
        mutants += [other for path in paths[:: 1 + len(paths) // 120] for other in tampered(certificate, path)]
        mutants += other_levels(certificate) + swapped(certificate)
    return tuple(judged(mutants))


def true_in(theorem: Any, seed: int) -> bool | None:
    """Whether a statement is true in a model; None where its hypotheses are false there."""
    run = Run(10**6, {})
    state, _ = read_theorem(run, copy.deepcopy(theorem))
    names = {name: (sort.kind, min(sort.level, 2)) for name, sort in state.sorts.items()}
    model = Model(seed, 1, names)
    if not all(model.holds(f) for f in state.facts):
        return None
    return model.holds(state.goal)


def test_every_tampered_place_is_refused_or_the_statement_is_true() -> None:
    passed = [json.loads(text)["theorem"] for text, verdict, _ in judged_spaces() if verdict == "accepted"]
    honest = [c["theorem"] for c in certificates()]
    looked_at = 0
    for theorem in passed:
        if any({**theorem, "proof": 0} == {**other, "proof": 0} for other in honest):
            continue  # another proof of the same statement
        found = [true_in(theorem, seed) for seed in range(MODELS)]
        assert False not in found, theorem
        looked_at += found.count(True) > 0
    assert len(judged_spaces()) > 10 * len(passed) > 0 and looked_at > 20, (
        len(judged_spaces()),
        len(passed),
        looked_at,
    )


def test_a_false_statement_would_be_noticed() -> None:
    for certificate in certificates():
        theorem = copy.deepcopy(certificate["theorem"])
        assert False not in [true_in(theorem, seed) for seed in range(MODELS)]
    theorem["hypotheses"] = []
    assert False in [true_in(theorem, seed) for seed in range(MODELS)]


@pytest.mark.parametrize("first", range(4))
def test_names_that_the_checker_uses_inside_are_names_like_others(first: int) -> None:
    inside = [*INSIDE[first:], "E", "sum", "zero", "at", "inner", "names", "upto"]
    for certificate in certificates():
        declared = [row[0] for row in certificate["theorem"]["names"]]
        others = dict(zip(declared, random.Random(first).sample(inside, len(declared)), strict=True))
        theorem = named_otherwise(certificate["theorem"], others)
        assert "checked" in check({**certificate, "theorem": theorem})


def named_otherwise(x: Any, names: dict[str, str]) -> Any:
    """A theorem with other names; what stands first in a list of more than one entry is an operation."""
    if isinstance(x, dict):
        return {
            key: [[names[row[0]], *(named_otherwise(y, names) for y in row[1:])] for row in value]
            if key in ("names", "definitions")
            else value
            if key == "rule"
            else [named_otherwise(y, names) for y in value]
            if key in ("hypotheses", "terms", "proofs")
            else [[named_otherwise(y, names) for y in row] for row in value]
            if key in ("facts", "squares", "numbers", "equations", "vectors")
            else named_otherwise(value, names)
            for key, value in x.items()
        }
    if isinstance(x, list):
        return [*x[:1], *(named_otherwise(y, names) for y in x[1:])]
    return names.get(x, x) if isinstance(x, str) else x


def test_the_archive_says_the_same(archive: Path, tmp_path: Path) -> None:
    found = [*judged(certificates()), *judged_spaces()[::7]]
    assert {verdict for _, verdict, _ in found} == {"accepted", "refused"}
    code, lines = said_of((text for text, _, _ in found), tmp_path, [str(archive)])
    assert code == 1 and lines == [line(i, one) for i, one in enumerate(found)]
