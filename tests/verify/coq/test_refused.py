"""One theorem that Coq does not accept takes with it what cites it, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.verify.coq.statements import installed
from verify.coq import coqc, refused
from verify.coq.collection import SIZE, Collection, Printed
from verify.coq.coqc import Compiled, Ran


def theorem(name: str, proof: str, *cites: str, statement: str = "0 <= 1") -> Printed:
    return Printed(name, f"Theorem {name} : {statement}.\nProof. {proof} Qed.\n", cites)


def collection(*theorems: Printed) -> Collection:
    return Collection(found={one.name: one for one in theorems})


FIVE = (
    theorem("first", "lra."),
    theorem("wrong", "lra.", statement="1 <= 0"),
    theorem("second", "exact first.", "first"),
    theorem("on_wrong", "exact wrong.", "wrong", statement="1 <= 0"),
    theorem("last", "exact second.", "second"),
)


def said(found: Collection, home: Path) -> dict[str, Compiled]:
    parts, results = refused.settled(found, home, 1, lambda one: None)
    assert sorted(name for part in parts for name in part.theorems) == sorted(found.found)
    return {name: one for part, one in zip(parts, results, strict=True) for name in part.theorems}


@installed
def test_what_is_refused_is_one_theorem_and_what_cites_it(home: Path) -> None:
    found = said(collection(*FIVE), home)
    assert [name for name, one in found.items() if one.accepted] == ["first", "second", "last"]
    assert found["wrong"].tried and "Cannot find witness" in found["wrong"].said
    assert not found["on_wrong"].tried and found["on_wrong"].said == "wrong, which it cites, was not accepted"
    assert all(set(one.axioms) <= coqc.ALLOWED and one.seconds > 0 for one in found.values() if one.accepted)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """coqc as it is where a file that says "slow" runs into the limit; the files that it is asked about."""
    asked: list[str] = []

    def run(home: Path, source: Path) -> Ran:
        text = source.read_text()
        asked.append(text)
        source.with_suffix(".vo").touch()
        return Ran(-24, "", "", 200) if "slow." in text else Ran(0, "Closed under the global context\n", "", 1)

    monkeypatch.setattr(coqc, "run", run)
    monkeypatch.setattr(coqc, "program", lambda: "coqc")
    return asked


def test_a_limit_is_one_theorems(slow: list[str], tmp_path: Path) -> None:
    long = "lra. " + "idtac. " * (SIZE // 7)  # so that it is in a file of its own, with what it needs in another
    found = said(
        collection(
            theorem("first", "lra."),
            theorem("slow", "slow."),
            theorem("other", long, "first"),
            theorem("on_slow", "lra.", "slow"),
            theorem("on_that", "lra.", "on_slow"),
        ),
        tmp_path,
    )
    assert [name for name, one in found.items() if one.accepted] == ["first", "other"]
    assert all(found[name].limited for name in ("slow", "on_slow", "on_that"))
    assert sum("Theorem on_slow" in text for text in slow) == 0


def test_what_is_accepted_at_once_is_asked_once(slow: list[str], tmp_path: Path) -> None:
    found = said(collection(theorem("first", "lra."), theorem("second", "exact first.", "first")), tmp_path)
    assert all(one.accepted for one in found.values()) and len(slow) == 1
