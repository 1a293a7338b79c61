"""Many statements: each decided by itself, in order, whatever else is asked and however many processes work."""

import pytest

from verify import Conjecture, prove, prove_many
from verify.language.verdict import Verdict
from verify.runtime.budget import SECOND
from verify.runtime.defects import STRICT
from verify.runtime.errors import BadInput
from verify.spaces import many

WORK = SECOND // 5
ASKED = [
    "x^2 + y^2 >= 2*x*y",
    ("x + 1/x >= 3", ["x > 0"]),
    "x^2 != 2",
    ("||x + y||^2 <= ||x||^2 + ||y||^2", ["x, y vectors"]),
    ("x > 1", ["x < 0", "x > 0"]),
    ("<x, y> <= ||x||*||y||", ["x, y vectors"]),
    Conjecture("x^2 + y^2 >= 2*x*y", (), "again"),
]
VERDICTS = ["proved", "refuted", "refuted", "refuted", "inconclusive", "proved", "proved"]


def test_answers_are_in_order_and_the_same_for_any_number_of_processes():
    told = []
    first = prove_many(ASKED, work=WORK, progress=lambda place, answer: told.append((place, answer)))
    assert [a.verdict.key for a in first] == VERDICTS
    assert sorted(told, key=lambda pair: pair[0]) == list(enumerate(first))
    assert prove_many(ASKED, work=WORK, workers=3) == first
    assert prove_many(list(reversed(ASKED)), work=WORK, workers=2) == list(reversed(first))


def test_each_answer_is_that_of_the_statement_alone():
    answers = prove_many(ASKED[:3], work=WORK)
    for one, answer in zip(map(many.conjecture, ASKED), answers, strict=False):
        alone = prove(one.statement, one.assumptions, work=WORK)
        assert (answer.verdict, answer.certificate, answer.why) == (alone.verdict, alone.certificate, alone.why)


def test_what_is_asked_twice_is_decided_once(monkeypatch):
    asked = []
    monkeypatch.setattr(
        many, "answered", lambda one, work, timeout: asked.append(one) or many.Answer(Verdict.PROVED, "")
    )
    assert len(prove_many(["x > 0", "x > 0", ("x > 0", ["x > 1"])])) == 3
    assert [one.assumptions for one in asked] == [(), ("x > 1",)]


@pytest.mark.parametrize("wrong", ["x >", 3, ("x > 0", "x > 1"), ("||x|| >= ", ["x vector"])])
def test_what_cannot_be_read_is_said_before_anything_is_proved(monkeypatch, wrong):
    monkeypatch.setattr(many, "answered", lambda *_: pytest.fail("something was proved"))
    with pytest.raises(BadInput):
        prove_many(["x^2 >= 0", wrong])


def test_an_internal_error_costs_the_statement_that_it_happened_with(monkeypatch):
    def failing(statement, *more):
        if statement == "x > 1":
            raise ZeroDivisionError("in a method")
        return about(statement, *more)

    about = many.about_numbers
    monkeypatch.setattr(many, "about_numbers", failing)
    monkeypatch.delenv(STRICT, raising=False)
    one, failed, other = prove_many(["x^2 >= 0", "x > 1", "x > 2"], work=WORK, workers=2)
    assert (one.verdict.key, failed.verdict.key, other.verdict.key) == ("proved", "inconclusive", "refuted")
    assert failed.timed and "internal error" in failed.why[0] and "in a method" in failed.why[0]
