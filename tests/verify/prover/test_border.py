"""Each conversion between the forms of a statement happens once, at the border."""

import sys
from collections import Counter
from contextlib import contextmanager

import pytest

from verify.language import json_form, rational_functions
from verify.language.parser import parse_problem
from verify.language.verdict import Verdict
from verify.prover import border, proof_builder, prove

CONVERSIONS = {
    "terms to JSON": json_form.to_json,
    "terms to tuples": rational_functions._converted.__wrapped__,
    "statement to tuples": border.Checker.theorem,
    "tuples to JSON": proof_builder.dump,
    "FLINT to tuples": rational_functions.Field.term,
}


@contextmanager
def counted():
    """How often each conversion was asked for, not counting the calls that it makes of itself."""
    codes = {function.__code__: name for name, function in CONVERSIONS.items()}
    counts = Counter()

    def look(frame, event, _):
        if event != "call" or frame.f_code not in codes:
            return
        outer = frame.f_back
        while outer is not None and outer.f_code.co_name in ("<genexpr>", "<listcomp>"):
            outer = outer.f_back
        if outer is None or outer.f_code is not frame.f_code:
            counts[codes[frame.f_code]] += 1

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        yield counts
    finally:
        sys.setprofile(before)


def test_one_statement_from_text_to_certificate():
    rational_functions._converted.cache_clear()
    statement = parse_problem("x + 1/x >= 2", ["x > 0"])
    with counted() as counts:
        outcome = prove(statement)
    assert outcome.verdict is Verdict.PROVED
    assert counts == {
        "terms to JSON": 1,
        "terms to tuples": 5,
        "statement to tuples": 2,  # for the search, and by the independent check
        "tuples to JSON": 2,
        "FLINT to tuples": 4,
    }
    asked = rational_functions._converted.cache_info()
    assert asked.hits + asked.misses < 20  # not once for every point at which the statement is evaluated


def test_a_second_conversion_would_be_counted():
    statement = border.Statement(parse_problem("x + 1/x >= 2", ["x > 0"]))
    with counted() as counts:
        assert statement.json is statement.json
        statement.state(border.Checker())
        json_form.to_json(statement.sequent)
    assert counts["terms to JSON"] == 2 and counts["statement to tuples"] == 1


@pytest.mark.parametrize("goal", ["x^2 >= 0", "x > 0"])
def test_a_certificate_states_the_sequent(goal):
    sequent = parse_problem(goal, ["x > -1"])
    stated = border.Statement(sequent).certificate({"rule": "known"})["theorems"][0]
    assert json_form.sequent_from_json({k: stated[k] for k in ("variables", "hypotheses", "goal")}) == sequent
