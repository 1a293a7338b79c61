"""Steps that are kept: the same words from the cache, nothing searched twice, and nothing believed that is not so."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from verify.cache.sources import Sources, sources
from verify.cache.store import Entry, Store
from verify.cli import cli
from verify.language.logic import Sequent
from verify.language.parser import parse_problem
from verify.papers import memory
from verify.papers.check import check
from verify.papers.decide import Decision, decide
from verify.papers.memory import KEEP, KIND, Memory
from verify.papers.scanner import scan
from verify.papers.step import CheckedStep

TRUE = parse_problem("x^2 + y^2 >= 2*x*y", [])
FALSE = parse_problem("x^2 + y^2 > 2*x*y", [])
ROOT = parse_problem("x^2 != 2", ["x > 0"])  # false at sqrt(2) only
OPEN = parse_problem("x > 0", ["x^2 < 0"])  # about nothing
PAPER = r"""
% verify: derive
\begin{align} (x+y)^2 &= x^2 + 2xy + y^2 \\ &\ge 4xy \\ &\ge 5xy \end{align}
% verify: derive
\[ x^2 \ne 2 \]
% verify: assume x^2 < 0
% verify: derive
\[ x > 0 \]
"""


def found(steps: list[CheckedStep]) -> list[str]:
    return [s.status for s in steps]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / ".verify")


def test_a_second_run_says_the_same_and_searches_nothing(store: Store, asked: list[Sequent]) -> None:
    document = scan(PAPER)
    without = check(document, seconds=2)
    assert found(without) == ["proved", "proved", "refuted", "refuted", "inconclusive"]
    assert check(document, seconds=2, memory=Memory(store)) == without
    assert len(asked) >= 5
    asked.clear()
    again = Memory(store)
    assert check(document, seconds=2, memory=again) == without
    assert (asked, again.notes) == ([], []) and again.recalled >= 5
    # The control: another amount of work is another question.
    assert found(check(document, seconds=3, memory=Memory(store))) == found(without)
    assert asked


def test_other_code_is_another_question(store: Store, asked: list[Sequent]) -> None:
    Memory(store).decide([TRUE], 1)
    other = Sources(sources().packages)
    other.hashes["verify.papers.decide"] = "another"
    Memory(store, other).decide([TRUE], 1)
    Memory(store, other).decide([TRUE], 1)
    assert asked == [TRUE, TRUE]


def kept(store: Store) -> Entry:
    [entry] = store.about(KIND, [sources().fingerprint])
    return entry


def forged(store: Store, sequent: Sequent, **fields: Any) -> Decision:
    """What is said of a statement once some fields of what is kept about it are others."""
    store.drop(KIND, [e.name for e in store.about(KIND, [sources().fingerprint])])
    Memory(store).decide([sequent], 1)
    entry = kept(store)
    store.write([replace(entry, body=json.dumps({**json.loads(entry.body), **fields}))])
    run = Memory(store)
    said = run.decide([sequent], 1)
    assert bool(run.notes) == (run.recalled == 0)
    return said


def body(sequent: Sequent) -> dict[str, Any]:
    return memory.written(decide([sequent], 1))


def test_what_is_not_so_is_not_believed(store: Store) -> None:
    proof, point = body(TRUE), body(FALSE)
    assert (proof["status"], point["status"]) == ("proved", "refuted")
    assert forged(store, FALSE, **proof).status == "refuted"
    assert forged(store, TRUE, **point).status == "proved"
    assert forged(store, TRUE, witness={"x": "1", "y": "2"}, status="refuted").status == "proved"
    assert forged(store, FALSE, witness={"x": "1", "y": "2"}).witness == decide([FALSE], 1).witness
    assert forged(store, FALSE, witness={"x": "9" * 5000, "y": "1"}).status == "refuted"
    # A certificate of this very statement with a wrong proof in it.
    [theorem] = proof["certificate"]["theorems"]
    for wrong in ({"rule": "known"}, None):
        bad = {"schema": 1, "theorems": [{**theorem, "proof": wrong}]}
        said = forged(store, TRUE, certificate=bad)
        assert said.certificate == proof["certificate"]
    # The control: what is right is taken as it stands.
    run = Memory(store)
    store.write([replace(kept(store), body=json.dumps(proof))])
    assert run.decide([TRUE], 1).status == "proved" and run.recalled == 1


def test_a_proof_about_nothing_is_not_believed(store: Store) -> None:
    """From hypotheses that contradict each other everything follows, with a certificate that a checker accepts."""
    said = decide([OPEN], 1)
    assert said.status == "inconclusive" and "contradict" in said.why
    from verify.kernel import check
    from verify.prover.border import Statement
    from verify.prover.search import Search
    from verify.runtime.budget import SECOND, Budget

    search = Search(Budget(SECOND))
    statement = Statement(OPEN)
    proof = search.solve(statement.state(search.checker))
    certificate = json.loads(json.dumps(statement.certificate(proof)))
    assert check(certificate)
    assert forged(store, OPEN, status="proved", why="", certificate=certificate) == said


def test_an_irrational_counterexample_comes_back(store: Store, asked: list[Sequent]) -> None:
    first = Memory(store).decide([ROOT], 2)
    assert first.status == "refuted"
    again = Memory(store)
    assert again.decide([ROOT], 2) == first == decide([ROOT], 2)
    assert asked == [ROOT] and again.recalled == 1


@pytest.mark.parametrize("timed", [False, True])
def test_what_a_clock_ended_is_not_kept(store: Store, monkeypatch: pytest.MonkeyPatch, timed: bool) -> None:
    monkeypatch.setattr(memory, "decide", lambda forms, seconds: Decision("inconclusive", "ended", timed=timed))
    Memory(store).decide([TRUE], 1)
    assert len(store.about(KIND, [sources().fingerprint])) == (0 if timed else 1)


def test_steps_of_old_code_are_forgotten(store: Store) -> None:
    for k in range(KEEP + 3):
        tree = Sources(sources().packages)
        tree.hashes["verify.papers.decide"] = str(k)
        Memory(store, tree).decide([FALSE], 1)
        assert len(store.about(KIND, [tree.fingerprint])) == 1
    states: set[str] = set()
    store.prune(lambda entries: states.update(e.about for e in entries) or [])
    assert len(states) == KEEP


def test_the_command_keeps_its_steps_unless_it_is_told_not_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "paper.tex").write_text(PAPER, encoding="utf-8")
    without = CliRunner().invoke(cli, ["paper", "paper.tex", "--no-cache"])
    assert not (tmp_path / ".verify").exists()
    first = CliRunner().invoke(cli, ["paper", "paper.tex"])
    assert (tmp_path / ".verify" / "cache.sqlite").exists()
    monkeypatch.setattr(memory, "decide", None)
    again = CliRunner().invoke(cli, ["paper", "paper.tex"])
    assert without.output == first.output == again.output
    assert without.exit_code == first.exit_code == again.exit_code == 1
