"""A cache is a file that anybody may have written: nothing false gets proved or refuted by it, whatever it says."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from theory.maml_erm import THEORY
from verify.cache import store as stores
from verify.cache.keys import keys_of
from verify.cache.rows import Row, row_of
from verify.cache.session import Session
from verify.cache.store import Entry, Store
from verify.cache.texts import dump
from verify.claims.claim import Claim
from verify.claims.loading import load_claims
from verify.claims.sequents import goal_of
from verify.evidence.collect import Finding
from verify.evidence.results import Evidence
from verify.evidence.routes.acceptance import states
from verify.evidence.routes.refutation import refutation, stated_in
from verify.evidence.run import catalogue
from verify.evidence.run import check as run
from verify.language.verdict import Verdict
from verify.prover.api import attempt
from verify.runtime.budget import SECOND, Budget

CLAIMS = """
import sympy as sp
from verify import Claim, Domain, Inequality, lt, positive

x = sp.Symbol("x", real=True)
HALF = Domain((positive(x),))


def claims():
    yield Claim("my.true", "x + 1/x is at least 2", Inequality(x + 1 / x, ">=", 2), HALF)
    yield Claim("my.false", "x + 1/x is at least 3", Inequality(x + 1 / x, ">=", 3), HALF)
    yield Claim("my.vacuous", "on nothing", Inequality(x + 1 / x, ">=", 3), HALF.where(lt(x, 0)))
"""
ROUTES = ("units", "replay", "definition", "simulation", "cubature", "proof", "refutation.0", "refutation.2")


def own_claims() -> dict[str, Claim]:
    """The claims of the file, in the theory, so that all of its kinds of evidence can be forged too."""
    return {name: THEORY.adopt(claim) for name, claim in load_claims("claims.py").items()}


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """The claims of a file, and a function that checks one of them after some findings were forged."""
    monkeypatch.chdir(tmp_path)
    Path("claims.py").write_text(CLAIMS)
    own = own_claims()
    table = {**catalogue(), **own}

    def forged(name: str, **findings: Finding) -> tuple[Verdict, list[str]]:
        session = Session()
        session.keys, session.claims = {name: keys_of(own[name], table)}, {name: own[name]}
        by_slot = {f.slot: f for f in findings.values()}
        session.keep({name: [by_slot.get(slot, Finding(slot, None)) for slot in ROUTES]}, {})
        assert session.notes == []
        again = Session()
        (result,) = run([name], table=table, session=again)
        return result.verdict, again.notes

    return forged


def certificate_of(name: str) -> Finding:
    """An honest proof of a claim of the file."""
    from verify.evidence.routes.proof import prove_claim

    found = prove_claim(own_claims()[name])
    assert found is not None and found.certificate is not None
    return Finding("proof", found.evidence, found.certificate, point=found.point)


def test_what_is_honest_is_believed(mine):
    assert mine("my.true", proof=certificate_of("my.true")) == (Verdict.PROVED, [])


@pytest.mark.parametrize("route", [slot for slot in ROUTES if slot != "proof"])
@pytest.mark.parametrize("verdict", [Verdict.PROVED, Verdict.ENCLOSED])
def test_no_route_proves_a_false_claim_by_saying_so(mine, route, verdict):
    lie = Finding(route, Evidence(route.partition(".")[0], verdict, "trust me"))
    found, notes = mine("my.false", lie=lie)
    assert found in (Verdict.REFUTED, Verdict.INCONCLUSIVE)
    assert "my.false was refused" in notes[0]


@pytest.mark.parametrize("claimed", [Verdict.PROVED, Verdict.ENCLOSED])
def test_a_proof_without_a_certificate_proves_nothing(mine, claimed):
    found, notes = mine("my.false", lie=Finding("proof", Evidence("proof", claimed, "trust me")))
    assert found is not claimed
    assert "my.false was refused" in notes[0]


def test_the_certificate_of_another_claim_proves_nothing(mine):
    honest = certificate_of("my.true")
    found, notes = mine("my.false", lie=honest)
    assert found is not Verdict.PROVED
    assert "my.false was refused" in notes[0]


def test_a_certificate_under_another_route_proves_nothing(mine):
    honest = certificate_of("my.true")
    lie = Finding("cubature", replace(honest.evidence, route="cubature"), honest.certificate, point=honest.point)
    assert mine("my.false", lie=lie)[0] is not Verdict.PROVED


def vacuous() -> Finding:
    """A sound certificate for a claim whose hypotheses contradict each other."""
    claim = own_claims()["my.vacuous"]
    budget = Budget(10 * SECOND)
    with budget.running():
        outcome = attempt(goal_of(claim).expanded(), budget, found=True)
    assert outcome.certificate is not None and states(claim, outcome.certificate)
    said = Evidence("proof", Verdict.PROVED, "certificate accepted by the checker", details={"certificate": {}})
    return Finding("proof", said, outcome.certificate)


@pytest.mark.parametrize("point", [None, {}, {"x": "1"}, {"x": "-1"}, {"y": "1"}, {"x": "1e99999999"}, {"x": "1/0"}])
def test_a_claim_about_nothing_stays_open_whatever_point_is_forged(mine, point):
    found, notes = mine("my.vacuous", lie=replace(vacuous(), point=point))
    assert found is Verdict.INCONCLUSIVE
    assert "my.vacuous was refused" in notes[0]


def test_a_proof_needs_its_point(mine):
    """The same certificate is believed with one, and found again without."""
    honest = certificate_of("my.true")
    assert honest.point is not None
    assert mine("my.true", proof=honest) == (Verdict.PROVED, [])
    found, notes = mine("my.true", proof=replace(honest, point=None))
    assert found is Verdict.PROVED
    assert "my.true was refused" in notes[0]


@pytest.mark.parametrize("route", ["refutation.0", "refutation.2", "definition", "cubature"])
def test_no_true_claim_is_refuted_by_saying_so(mine, route):
    point = {"witness": {"x": "1"}, "kind": "violates", "lhs": "2", "rhs": "3"}
    lie = Evidence(route.partition(".")[0], Verdict.REFUTED, "x = 1: left side 2, right side 3", details=point)
    false = own_claims()["my.false"]
    stated = stated_in(false)  # which x = 1 does violate
    found, notes = mine("my.true", proof=certificate_of("my.true"), lie=Finding(route, lie, stated=stated))
    assert found is Verdict.PROVED
    assert route == "refutation.2" or "my.true was refused" in notes[0]


def test_a_counterexample_to_the_claim_itself_is_believed(mine):
    false = own_claims()["my.false"]
    honest = refutation(false)
    assert honest is not None and honest.verdict is Verdict.REFUTED
    assert mine("my.false", a=Finding("refutation.2", honest, stated=stated_in(false))) == (Verdict.REFUTED, [])


# ---------------------------------------------------------------- files that are none of ours


def kept(path: Path) -> Entry:
    entry = Entry("part", "a", "", "{}", 1.0)
    assert Store(path).write([entry])
    return entry


@pytest.mark.parametrize("name", ["cache.sqlite", "cache.lock", "cache.sqlite-journal"])
def test_a_symbolic_link_is_not_followed(tmp_path, name):
    entry = kept(tmp_path / ".verify")
    target = tmp_path / "elsewhere"
    link = tmp_path / ".verify" / name
    if link.exists():
        link.rename(target)
    else:
        target.write_text("precious")
    before = target.read_bytes()
    link.symlink_to(target)
    store = Store(tmp_path / ".verify")
    assert store.read("part", ["a"]) == {}
    assert not store.write([replace(entry, name="b")])
    assert f"{name} is a symbolic link" in store.notes[0]
    assert target.read_bytes() == before
    assert link.is_symlink()


def test_a_file_of_another_user_is_not_opened(tmp_path, monkeypatch):
    kept(tmp_path / ".verify")
    owner = (tmp_path / ".verify" / "cache.sqlite").stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner or 12345)
    if owner == 0:
        os.chown(tmp_path / ".verify" / "cache.sqlite", 54321, -1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    store = Store(tmp_path / ".verify")
    assert store.read("part", ["a"]) == {}
    assert "belongs to another user" in store.notes[0]
    monkeypatch.undo()
    assert Store(tmp_path / ".verify").read("part", ["a"])


@pytest.mark.parametrize("limit", ["LARGEST", "LONGEST"])
def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch, limit):
    kept(tmp_path / ".verify")
    Store(tmp_path / ".verify").write([Entry("part", "long", "", "x" * 5000, 1.0)])
    monkeypatch.setattr(stores, limit, 4000)
    store = Store(tmp_path / ".verify")
    assert store.read("part", ["long"]) == {}
    assert store.notes
    monkeypatch.undo()
    assert Store(tmp_path / ".verify").read("part", ["long"])


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TRIGGER t AFTER INSERT ON entries BEGIN DELETE FROM entries; END",
        "CREATE VIEW v AS SELECT * FROM entries",
        "DROP INDEX entries_about",
    ],
)
def test_a_database_with_anything_else_in_it_is_set_aside(tmp_path, change):
    entry = kept(tmp_path / ".verify")
    with sqlite3.connect(tmp_path / ".verify" / "cache.sqlite") as connection:
        connection.execute(change)
    connection.close()
    store = Store(tmp_path / ".verify")
    assert store.read("part", ["a"]) == {}
    assert "set aside" in store.notes[0]
    assert Store(tmp_path / ".verify").write([entry])
    assert Store(tmp_path / ".verify").read("part", ["a"])


def test_the_folder_hides_itself_from_git(tmp_path):
    folder = tmp_path / ".verify"
    folder.mkdir()
    kept(folder)
    assert (folder / ".gitignore").read_text().splitlines()[-1] == "*"
    (folder / ".gitignore").write_text("mine\n")
    kept(folder)
    assert (folder / ".gitignore").read_text() == "mine\n"
    (folder / ".gitignore").unlink()
    kept(folder)
    assert (folder / ".gitignore").exists()


# ---------------------------------------------------------------- rows of any shape


NESTED = "[" * 100_000
ODD: list[Callable[[dict], object]] = [
    lambda row: row | {"evidence": ["proof", "proved", "two\nlines", 0.1, {}]},
    lambda row: row | {"evidence": ["units", "proved", "x", 0.1, {}]},
    lambda row: row | {"evidence": ["proof", "proved", "x", 0.1, []]},
    lambda row: row | {"evidence": ["proof", "perhaps", "x", 0.1, {}]},
    lambda row: row | {"theorems": [1]},
    lambda row: row | {"parts": {"code": 1}},
    lambda row: row | {"point": {"x": 1}},
    lambda row: row | {"claim": None},
    lambda row: [],
]


@pytest.mark.parametrize("change", ODD)
def test_a_row_of_another_shape_is_no_row(change):
    body = {"claim": "c", "slot": "proof", "parts": {}, "evidence": None, "theorems": [], "stated": None, "point": None}
    assert row_of(Entry("evidence", "k", "", dump(body), 1.0)) == Row("k", "c", "proof", {}, None, made=1.0)
    assert row_of(Entry("evidence", "k", "", dump(change(body)), 1.0)) is None
    assert row_of(Entry("evidence", "k", "", NESTED, 1.0)) is None


@pytest.mark.parametrize("kind", ["catalogue", "result", "trials", "part", "theorem"])
@pytest.mark.parametrize("body", [NESTED, "[]", "{}", "7", '[["a"]]', '[["a", "b", true, ["nobody"]]]', '{"proof": 1}'])
def test_entries_of_any_shape_end_no_run(tmp_path, monkeypatch, kind, body):
    monkeypatch.chdir(tmp_path)
    session = Session()
    mark = session.mark
    names = {"catalogue": mark, "result": f"{mark} P.kappa", "trials": f"{mark} mutate P.kappa"}
    about = {"result": mark, "trials": f"{mark} mutate"}
    session.store.write([Entry(kind, names.get(kind, "x"), about.get(kind, ""), body, 1.0)])
    again = Session()
    assert again.recall(["P.kappa"]) is None
    assert again.verdicts(["P.kappa"]) == {}
    assert again.trials("mutate") in ({}, {"P.kappa": []})
