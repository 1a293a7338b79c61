"""Steps with vectors that are kept: nothing is searched twice, and nothing is believed that is not so."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from verify.cache.sources import sources
from verify.cache.store import Entry, Store
from verify.language.verdict import Verdict
from verify.papers import spatial_decide
from verify.papers.check import check
from verify.papers.memory import KIND, Memory
from verify.papers.scanner import scan
from verify.papers.spatial_decide import Found, Outcome
from verify.papers.spatial_memory import believed, claim_told, remembering
from verify.spaces.decide import decide
from verify.spaces.reading.plain import claim
from verify.spaces.reading.surface import Claim

WORK = 2_000_000
TRUE = claim("||u + v||^2 <= 2*||u||^2 + 2*||v||^2")
FALSE = claim("||u + v||^2 <= ||u||^2 + ||v||^2")
SMOOTH = claim("||grad f(x)||^2 <= L*(f(x) - f(y))", ["f L-smooth", "L > 0", "grad f(y) == 0"])
NOTHING = claim("||u||^2 <= -1", ["||v||^2 < 0"])
PAPER = r"""
% verify: vectors u, v
% verify: derive
\begin{align*} \|u+v\|^2 &\le 2\|u\|^2 + 2\|v\|^2 \\ \|u+v\|^2 &\le \|u\|^2 + \|v\|^2 \end{align*}
% verify: assume \|v\|^2 < 0
% verify: derive
\[ \|u\|^2 \le -1 \]
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / ".verify")


def kept(store: Store) -> Entry:
    """The only entry of a store."""
    (entry,) = store.about(KIND, [sources().fingerprint])
    return entry


def test_a_second_run_says_the_same_and_searches_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    document = scan(PAPER)
    without = check(document, seconds=2)
    assert [s.status for s in without] == ["proved", "refuted", "inconclusive"]
    assert "contradict" in without[-1].why
    assert check(document, seconds=2, memory=Memory(store)) == without
    asked: list[Claim] = []

    def spy(claim: Claim, work: int, *, thorough: bool = True) -> Outcome:
        asked.append(claim)
        return Found(Verdict.INCONCLUSIVE)

    monkeypatch.setattr(spatial_decide, "_decided", spy)
    again = Memory(store)
    assert check(document, seconds=2, memory=again) == without
    assert (asked, again.notes) == ([], []) and again.recalled >= 3
    # The control: another amount of work is another question.
    check(document, seconds=3, memory=Memory(store))
    assert asked


@pytest.mark.parametrize(("statement", "verdict"), [(TRUE, Verdict.PROVED), (SMOOTH, Verdict.REFUTED)])
def test_what_is_not_so_is_not_believed(store: Store, statement: Claim, verdict: Verdict) -> None:
    said = remembering(Memory(store), decide)(statement, WORK)
    assert said.verdict is verdict
    body = json.loads(kept(store).body)
    assert believed(body, statement) == Found(verdict, said.witness_lines)
    false: list[dict[str, Any]] = [
        {**body, "status": "proved" if verdict is Verdict.REFUTED else "refuted"},
        {**body, "certificate": None, "witness": None},
        {**body, "why": "a text"},
        {},
    ]
    for data in false:
        assert believed(data, statement) is None
    assert believed(body, FALSE if verdict is Verdict.PROVED else TRUE) is None


def test_a_model_that_was_changed_is_judged_anew(store: Store) -> None:
    remembering(Memory(store), decide)(FALSE, WORK)
    entry = kept(store)
    body = json.loads(entry.body)
    values = body["witness"]["values"]
    body["witness"]["values"] = {name: [["0"] * body["witness"]["dimension"]] for name in values}
    assert believed(json.loads(entry.body), FALSE) is not None
    assert believed(body, FALSE) is None
    store.write([replace(entry, body=json.dumps(body))])
    run = Memory(store)
    assert remembering(run, decide)(FALSE, WORK).verdict is Verdict.REFUTED
    assert run.recalled == 0 and "refused" in run.notes[0]


def test_a_proof_about_nothing_is_not_believed() -> None:
    """From assumptions that contradict each other everything follows, with a certificate that a checker accepts."""
    from verify.runtime.budget import Budget
    from verify.spaces.decide import proved
    from verify.spaces.meaning.elaborate import elaborate

    meaning = elaborate(NOTHING)
    with (budget := Budget(WORK)).running():
        certificate = proved(meaning, budget, [])
    assert certificate is not None
    data = {"status": "proved", "why": [], "certificate": json.loads(json.dumps(certificate)), "witness": None}
    assert believed(data, NOTHING) is None


def test_what_a_clock_ended_is_not_kept(store: Store) -> None:
    def ended(claim: Claim, work: int, *, thorough: bool = True) -> Outcome:
        return Found(Verdict.INCONCLUSIVE, why=("ended",), timed=True)

    remembering(Memory(store), ended)(TRUE, WORK)
    assert store.about(KIND, [sources().fingerprint]) == []


def test_the_question_has_all_that_a_claim_says_and_no_places() -> None:
    assert claim_told(claim("||u|| >= 0")) == claim_told(claim("  ||u||   >= 0"))
    different = [
        claim("f(x) >= f(y)", ["f L-smooth"]),
        claim("f(x) >= f(y)", ["f convex"]),
        claim("f(x) >= f(y)", ["f 2-smooth"]),
        claim("f(x) >= f(y)", ["f L-smooth", "x == y"]),
        claim("f(x) >= f(y)", ["f L-smooth", "x random vector"]),
        claim("f(x) > f(y)", ["f L-smooth"]),
        claim("X >= Y", ["X, Y independent"]),
        claim("X >= Y", ["X, Y random"]),
    ]
    assert len({json.dumps(claim_told(c)) for c in different}) == len(different)
