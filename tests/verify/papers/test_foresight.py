"""Steps that several processes decide beforehand: the same report, and nothing is decided twice or believed unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from verify.cache.store import Store
from verify.papers import foresight, memory
from verify.papers.check import check
from verify.papers.decide import Decision, decide
from verify.papers.foresight import OfNumbers, OfSpaces
from verify.papers.memory import Memory
from verify.papers.scanner import scan
from verify.papers.spatial_decide import Found
from verify.runtime.engine import Engine

# The fourth display uses what the third one says, which is refuted; the last one is about vectors.
PAPER = r"""
% verify: derive
\begin{align} (x+y)^2 &= x^2 + 2xy + y^2 \\ &\ge 4xy \\ &\ge 5xy \end{align}
% verify: derive
\[ a^2 + b^2 \ge 2ab \]
% verify: derive
\[ c = d + 1 \]
% verify: derive
\[ x^2 \ne 2 \]
% verify: vectors u, v
% verify: derive
\[ \|u+v\|^2 \le 2\|u\|^2 + 2\|v\|^2 \]
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / ".verify")


@pytest.mark.parametrize("workers", [2, 3])
def test_the_report_is_the_same(store, workers):
    document = scan(PAPER)
    alone = check(document, seconds=2)
    assert check(document, seconds=2, memory=Memory(store), engine=Engine(workers)) == alone
    assert {s.status for s in alone} >= {"proved", "refuted"}


def test_this_process_decides_nothing_that_others_have(store, monkeypatch):
    """What another process decided is kept at once, and asked for by its question."""
    document, asked = scan(PAPER), list[float]()

    def recorded(forms, seconds):
        asked.append(seconds)
        return decide(forms, seconds)

    monkeypatch.setattr(memory, "decide", recorded)
    told: list[tuple[int, int]] = []
    run = Memory(store)
    found = check(document, seconds=2, memory=run, engine=Engine(2), ahead=lambda *at: told.append(at))
    assert 2 not in asked  # with half of the work edits of a refuted step are tried, which nobody could foresee
    assert told[-1][0] == told[-1][1] >= 6
    # The control: without an engine this process decides.
    assert check(document, seconds=2, memory=Memory(Store(store.path.parent / "other"))) == found
    assert asked.count(2) >= 5


def test_a_rehearsal_keeps_nothing(store, monkeypatch):
    """It takes every step for proved, and what is not answered is decided when it is asked, as it would have been."""
    monkeypatch.setattr(Engine, "run", lambda *_: None)
    document = scan(PAPER)
    assert check(document, seconds=2, memory=Memory(store), engine=Engine(2)) == check(document, seconds=2)


def test_a_known_paper_starts_no_process(store, monkeypatch):
    document = scan(PAPER)
    found = check(document, seconds=2, memory=Memory(store), engine=Engine(2))
    monkeypatch.setattr(foresight.Foresight, "_look", lambda self: pytest.fail("asked although it is known"))
    assert check(document, seconds=2, memory=Memory(store), engine=Engine(2)) == found


def test_questions_answer_themselves(store):
    """What a worker of a cluster is given is all it needs, and it comes back whole."""
    import pickle

    questions: list[object] = []
    engine = Engine(2)

    def collect(self, work, calls, done, share=None):
        questions.extend(question for (question,) in calls)

    document = scan(PAPER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "run", collect)
        check(document, seconds=2, memory=Memory(store), engine=engine)
    assert {type(q) for q in questions} == {OfNumbers, OfSpaces}
    for question in pickle.loads(pickle.dumps(questions)):
        answer = pickle.loads(pickle.dumps(question.answer()))
        assert isinstance(answer, Decision | Found) and not answer.timed
