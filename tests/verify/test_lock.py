"""The lock tells apart a new form, a different function, a changed hypothesis and a weaker verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from theory.domain import positive
from theory.statement import Identity
from theory.symbols import rho_E
from verify import lock
from verify.errors import BadInput
from verify.evidence import ClaimResult, Evidence
from verify.runner import catalogue
from verify.verdict import Verdict

CLAIM = catalogue()["T1.inverse"]


def taken(claim=CLAIM, verdict=Verdict.PROVED):
    evidence = Evidence("proof", verdict, "because")
    return lock.snapshot([claim], [ClaimResult(claim.id, claim.title, True, (evidence,), {})])


@pytest.fixture(scope="module")
def old():
    return taken()


def kinds(old, new):
    return [(d.kind, d.fatal) for d in lock.compare(old, new)]


def test_nothing_changed(old):
    assert kinds(old, taken()) == []


def test_a_new_form_is_shown_but_does_not_fail(old):
    s = CLAIM.statement
    changed = replace(CLAIM, statement=Identity(s.lhs, s.rhs.expand()))
    assert kinds(old, taken(changed)) == [("new form", False)]


def test_a_different_function_names_the_point_and_both_values(old):
    s = CLAIM.statement
    changed = replace(CLAIM, statement=Identity(s.lhs, s.rhs * rho_E))
    (difference,) = lock.compare(old, taken(changed))
    assert difference.kind == "different function"
    assert "rho_E = 2" in difference.text
    assert "before" in difference.text


def test_a_changed_hypothesis(old):
    wider = replace(CLAIM, domain=type(CLAIM.domain)(tuple(positive(b.symbol) for b in CLAIM.domain.bounds)))
    assert ("changed hypothesis", True) in kinds(old, taken(wider))


def test_a_weaker_verdict_and_lost_evidence(old):
    assert kinds(old, taken(verdict=Verdict.INCONCLUSIVE)) == [("weaker verdict", True), ("lost evidence", True)]


def test_a_stronger_verdict_does_not_fail():
    weak = taken(verdict=Verdict.SUPPORTED)
    assert kinds(weak, taken()) == [("weaker verdict", False)]


def test_lost_and_added_claims(old):
    empty = {**old, "claims": {}}
    assert kinds(old, empty) == [("lost", True)]
    assert kinds(empty, old) == [("added", True)]


def test_accept_takes_one_change_at_a_time(old):
    new = taken(verdict=Verdict.SUPPORTED)
    assert lock.compare(lock.accept(old, new, "T1.inverse"), new) == []
    with pytest.raises(BadInput, match="neither"):
        lock.accept(old, new, "nothing")


def test_the_file_is_stable_and_read_back(old, tmp_path):
    path = tmp_path / "theorems.lock"
    lock.write(old, path)
    first = path.read_bytes()
    lock.write(lock.read(path), path)
    assert path.read_bytes() == first
    path.write_text("{")
    with pytest.raises(BadInput, match="can't be read"):
        lock.read(path)
    with pytest.raises(BadInput, match="there is no"):
        lock.read(tmp_path / "missing")
