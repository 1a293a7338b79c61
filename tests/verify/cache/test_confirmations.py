"""Coq's word is kept about one certificate and one translation, and said of a claim with all that it rests on only."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from verify.cache.confirmations import KIND, Confirmations
from verify.cache.sources import sources
from verify.cache.store import Entry, Store
from verify.evidence.results import ClaimResult, Evidence
from verify.language.verdict import Verdict

COQ = "Coq 8.16.1"
PROOFS = {"a": ("one", "two"), "b": ("three",)}


def result(name: str, rests: tuple[str, ...] = (), verdict: Verdict = Verdict.PROVED) -> ClaimResult:
    return ClaimResult(name, name, True, (Evidence("proof", verdict, ""),), dict.fromkeys(rests, Verdict.PROVED))


@pytest.fixture
def kept(tmp_path: Path) -> Confirmations:
    """Both certificates of ``PROOFS``, re-proved."""
    found = Confirmations(Store(tmp_path), sources())
    found.proofs.update(PROOFS)
    found.keep(COQ, PROOFS)
    return found


def said(kept: Confirmations, *results: ClaimResult) -> list[str]:
    return [r.kernel for r in kept.added(results)]


def test_a_claim_with_all_that_it_rests_on(kept):
    assert said(kept, result("a"), result("b", ("a",))) == [COQ, COQ]
    assert said(kept, result("b", ("a", "c"))) == [""]  # nobody has asked about c


def test_another_certificate_of_the_same_claim_is_not_meant(kept):
    kept.proofs["a"] = ("one", "other")
    assert said(kept, result("a"), result("b", ("a",)), result("b")) == ["", "", COQ]


def test_another_translation_is_not_meant(kept):
    kept._translation = "another"
    assert said(kept, result("a")) == [""]


def test_no_verdict_but_proved_has_it(kept):
    for verdict in Verdict:
        assert said(kept, result("a", verdict=verdict)) == [COQ if verdict is Verdict.PROVED else ""]


@pytest.mark.parametrize("body", ["", "[]", "[[[", '{"by": 1}', '{"by": "Coq\\n8"}', '{"by": "' + "C" * 99 + '"}'])
def test_what_says_nothing_that_can_be_printed_counts_as_absent(kept, body):
    names = kept.of(["a"])["a"].name
    kept.store.write([Entry(KIND, names, "kernel a", body, 1.0)])
    assert said(kept, result("a"), result("b")) == ["", COQ]


def test_it_raises_no_verdict_and_stands_beside_the_evidence(kept):
    (found,) = kept.added([result("a")])
    assert replace(found, kernel="") == result("a")
    assert found.to_json() == {**result("a").to_json(), "kernel": COQ}


def test_check_why_show_and_the_lock_say_it(check):
    """One claim is re-proved, and one that rests on it is not; the word is forgotten with the certificate."""
    from verify.cache.session import Session
    from verify.claims import theories
    from verify.evidence.run import ancestors, catalogue

    check()
    assert "kernel" not in check.out
    name = "S0.fomaml.positive"
    assert "no other prover was asked" in check.verify("why", name)
    session = Session(package=theories.package())
    asked = [name, *ancestors(catalogue()[name], catalogue())]
    session.recall([name])
    session.confirm(COQ, asked)
    found = {c["id"]: c.get("kernel") for c in json.loads(check())["claims"]}
    assert found == {**dict.fromkeys(check.claims), name: COQ}
    assert f"; 1 re-proved by {COQ}" in check.out
    assert f"kernel: re-proved by {COQ}" in check.verify("why", name)
    assert f"kernel: re-proved by {COQ}" in check.verify("show", name)
    check.verify("check", name, "--badge", "badge.svg")
    assert f">1/1 proved, 1 by {COQ} too<" in (check.folder / "badge.svg").read_text()
    Session(package=theories.package()).store.drop(KIND, [entry.name for entry in _all(session, asked)])
    assert b"kernel" not in check()


def _all(session, claims):
    return session.store.about(KIND, [f"{KIND} {name}" for name in claims])
