"""Trials part by part: variants are made once, and an internal error costs one of them."""

import pytest

from verify.evidence.run import catalogue
from verify.regression import run
from verify.regression.trial import Trial
from verify.runtime.defects import STRICT, Defect
from verify.runtime.engine import Engine


def some(*outcomes):
    def made(claim, table):
        made.count += 1
        return [one(claim.id, outcome) for outcome in outcomes]

    made.count = 0
    return made


def one(name, outcome):
    def variant():
        if isinstance(outcome, Exception):
            raise outcome
        return Trial(name, f"made {outcome}", outcome)

    return variant


def trials(monkeypatch, made):
    table = catalogue()
    monkeypatch.setitem(run.KINDS, "mutate", made)
    run._last.clear()
    return run.judged([table["T1"]], "mutate", table, Engine(1))["T1"]


def test_variants_are_made_once_for_all_parts(monkeypatch):
    made = some(*["refuted", "proved", "open"] * 9)
    assert [t["outcome"] for t in trials(monkeypatch, made)] == ["refuted", "proved", "open"] * 9
    assert made.count == 1


def test_an_internal_error_costs_one_variant(monkeypatch):
    monkeypatch.delenv(STRICT, raising=False)
    found = trials(monkeypatch, some("refuted", ZeroDivisionError("no inverse"), "proved"))
    assert [t["outcome"] for t in found] == ["refuted", "open", "proved"]
    assert found[1]["change"] == "a variant could not be judged: ZeroDivisionError: no inverse"


def test_an_internal_error_where_variants_are_made_is_said_once(monkeypatch):
    monkeypatch.delenv(STRICT, raising=False)

    def fails(claim, table):
        raise TypeError("no term")

    found = trials(monkeypatch, fails)
    assert [(t["outcome"], t["change"]) for t in found] == [
        ("open", "the variants could not be made: TypeError: no term")
    ]


def test_in_the_tests_an_internal_error_ends_the_run(monkeypatch):
    monkeypatch.setenv(STRICT, "1")
    with pytest.raises(Defect, match="no inverse"):
        trials(monkeypatch, some(ZeroDivisionError("no inverse")))
    assert trials(monkeypatch, some("refuted"))[0]["outcome"] == "refuted"
