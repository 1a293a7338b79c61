"""Statements about numbers stay with the language of numbers, and are read there as before."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.language.parser import parse_problem, parse_statement
from verify.runtime.errors import BadInput
from verify.spaces.meaning.elaborate import elaborate
from verify.spaces.reading.plain import claim, is_spatial
from verify.spaces.reading.text import chain_text

CORPUS = Path(__file__).parents[3] / "corpus"


@pytest.mark.parametrize("file", ["true.jsonl", "false.jsonl"])
def test_statements_about_numbers_do_not_come_here(file):
    for line in (CORPUS / file).read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        assert not is_spatial(entry["statement"], entry.get("assume", [])), entry["id"]


@pytest.mark.parametrize(
    ("text", "assumption"),
    [
        ("E > 0", "E > 1"),
        ("E*x < y", "a < b, c > d"),
        ("x =< 1", "x =< 1, y > 0"),
        ("x > 0 || y > 0", "x > E || y > 0"),
        ("x <> y", "x <> 1, y > 0"),
        ("|x| > 0", "|x| < 1, |y| < 1"),
        ("x[0] > 0", "2*[x] > 0"),
        ("x.real > 0", "5. > x"),
        ("sum(x) > 0", "sum > 0, for > 1"),
        ("x > L - smooth", "y == sqrt(x) - smooth"),
        ("vector > 0", "vector, random integer"),
        ("f(x) > 0", "n integer, x real"),
        ("grad > 0", "grad*f > 0"),
        ("convex == 1", "x > convex, family < 1"),
        ("x y > 0", "x y"),
    ],
)
def test_what_the_language_of_numbers_reads_or_refuses_stays_there(text, assumption):
    assert not is_spatial(text, [assumption])


def test_no_text_that_the_language_of_numbers_reads_comes_here():
    words = ("x", "E", "grad", "vector", "f", "smooth", "<", ">", "<=", ",", "-", "(", ")", "and", "integer", "2", "*")

    @settings(max_examples=300, deadline=None)
    @given(st.lists(st.sampled_from(words), min_size=3, max_size=12))
    def check(chosen):
        text = " ".join(chosen)
        try:
            parse_problem("x > 0", [text])
        except BadInput:
            return
        assert not is_spatial("x > 0", [text])

    check()


leaves = st.sampled_from(["x", "y", "rho_E", "2", "0.5", "10", "x^2", "y^x^2", "2^-3", "x^2^3"])
scalars = st.recursive(
    leaves,
    lambda t: st.one_of(
        st.tuples(t, st.sampled_from("+-*/"), t).map(" ".join),
        t.map("-{}".format),
        t.map("({})".format),
        t.map("({})^3".format),
        t.map("sqrt({})".format),
        st.tuples(t, t).map(", ".join).map("min({})".format),
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(scalars, st.sampled_from(["<", "<=", "=", "!="]), scalars)
def test_numbers_are_read_as_in_the_language_of_numbers(left, relation, right):
    """One meaning, whichever reader it is that reads: printed and read again by the other it is the same formula."""
    text = f"{left} {relation} {right}"
    assert parse_statement(chain_text(claim(text).goal)) == parse_statement(text)


@pytest.mark.parametrize(
    "text", ["||x| - |y|| <= |x - y|", "|x - |y|| > 0 implies |x| >= 0", "x in[a, b] implies a <= b"]
)
def test_bars_of_absolute_values_are_no_norm(text):
    assert not is_spatial(text) and parse_problem(text)


@pytest.mark.parametrize("text", ["||x|| - ||y|| <= ||x - y||", "||x||*|y| >= 0", "x[a] in [0, 1]"])
def test_two_bars_on_either_side_are_a_norm(text):
    assert is_spatial(text)


def test_a_greek_letter_is_its_name_among_vectors_too():
    greek, latin = claim("<α, β> ≤ ‖α‖×‖β‖"), claim("<alpha, beta> <= ||alpha||*||beta||")
    assert elaborate(greek).problem == elaborate(latin).problem
