"""What the language of vectors refuses: what it says of it, where, and in how much time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.runtime.errors import BadInput
from verify.spaces.reading.plain import claim, is_spatial
from verify.spaces.reading.text import chain_text, term_text


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("f'(x) >= 0", 2, "grad f(x)"),
        ("2||x|| >= 0", 2, "written with *"),
        ("||x||y >= 0", 6, "written with *"),
        ("2<u, v> >= 0", 4, "2*<u, v>"),
        ("(u)(v) >= 0", 4, "<u, v>"),
        ("||x >= 0", 1, "never closed"),
        ("<u, v>= 0", 6, "two ways"),
        ("<u, v>=0", 6, "two ways"),
        ("<u v> >= 0", 4, "<u, v>"),
        ("<u> >= 0", 1, "<u, v>"),
        ("E >= 0", 1, "E[X]"),
        ("E_t - 1 >= 0", 1, "E_t[X]"),
        ("2*Var >= 0", 3, "Var[X]"),
        ("E(x)^2 >= 0", 5, "E[X]^2 or E[X^2]"),
        ("Var x >= 0", 1, "Var[X]"),
        ("grad f >= 0", 1, "grad f(x)"),
        ("grad f(x, y) == 0", 6, "grad f(x)"),
        ("sum >= 0", 1, "sum(a[t] for t in 1..T)"),
        ("for >= 0", 1, "for t in"),
        ("sum(a[t]) >= 0", 9, "for t in 1..T"),
        ("sum(a[t] for t in 1..T >= 0", 4, "never closed"),
        ("sum(a[t] for E in 1..T) >= 0", 14, "cannot be a variable"),
        ("x^* == 0", 3, "xs for x*"),
        ("||u||_2 >= 0", 7, "the only one"),
        ("||u||_B >= 0", 7, "declare 'B symmetric operator'"),
        ("|x| >= 0", 1, "||x|| for a norm"),
        ("[x + y] >= 0", 1, "index of a family"),
        ("x[t][s] >= 0", 5, "cannot follow"),
        ("x[t, s] >= 0", 4, "one index"),
        ("f(x, y) >= 0", 1, "one point"),
        ("ln(x) >= 0", 1, "log(x)"),
        ("cos(x) <= 1", 1, "not supported"),
        ("grad tr(x) == 0", 6, "not supported"),
        ("sqrt(x, y) >= 0", 1, "one argument"),
        ("||x||", 1, "a relation is missing"),
        ("||x|| >= 0 and ||y|| >= 0", 12, "premises into assumptions"),
        ("||x|| >= 0, ||y|| >= 0", 11, "one chain"),
        ("x[t] >= 0 for t in 1..T", 11, "leave it out"),
        ("||x|| =< 1", 8, "write <="),
        ("||x||\n>= 0", 6, "one line"),
        ("ä >= 0", 1, "ASCII"),
        ("x^1001 >= 0", 3, "larger than 1000"),
        ("||x||^(2*600) >= 0", 7, "larger than 1000"),
        ("4/e^2 >= <u, v>*e^-1", 17, "exp(x)"),
        ("||x|| >=", 9, "stops after '>='"),
        ("", 1, "nothing to read"),
    ],
)
def test_refusals_say_what_where_and_what_to_do(text, column, said):
    with pytest.raises(BadInput) as caught:
        claim(text, ["a > 0"])
    error = caught.value
    assert error.text == text and (error.line, error.column) == (1, column), str(error)
    assert said in str(error) and error.hint


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("x vektor", 3, "did you mean 'vector'?"),
        ("x, y", 1, "nothing is assumed about 'x'"),
        ("x, 2*y > 0", 1, "nothing is assumed about 'x'"),
        ("x, 0 < y", 1, "nothing is assumed about 'x'"),
        ("1 <= x, y, z <= 2", 9, "whether 'y' belongs"),
        ("z > x, y, w > 0", 8, "whether 'y' belongs"),
        ("x, y[t] >= 0 for t in 0..T", 1, "nothing is assumed about 'x'"),
        ("x, ||y|| <= 1", 1, "nothing is assumed about 'x'"),
        ("f smooth", 3, "L-smooth"),
        ("f strongly convex", 3, "L-strongly convex"),
        ("f L-strongly", 5, "mu-strongly monotone"),
        ("f lower bounded", 3, "says nothing about 'f'"),
        ("f L-smooth with L > 0", 12, "by commas"),
        ("x vector x == y", 10, "cannot follow"),
        ("x y > 0", 3, "written with *"),
        ("f L-smoth", 3, "says nothing about 'f'"),
        ("A operator", 3, "A symmetric operator"),
        ("A random symmetric operator", 3, "not supported"),
        ("X independent", 1, "X, Y independent"),
        ("D family of families", 13, "members of a family"),
        ("E vector", 1, "cannot be a variable"),
        ("sqrt vector", 1, "function without arguments"),
        ("x vector vector", 10, "cannot follow"),
        ("||x|| <= 1 or ||x|| >= 2", 12, "premises into assumptions"),
        ("x[t] >= 0 for t", 16, "stops"),
        ("x[t] >= 0 for t in 0", 21, "stops"),
        ("||x||", 1, "a relation is missing"),
    ],
)
def test_an_error_in_an_assumption_shows_that_assumption(text, column, said):
    with pytest.raises(BadInput) as caught:
        claim("||x|| >= 0", ["a > 0", text])
    error = caught.value
    assert error.text == text and error.column == column, str(error)
    assert said in str(error) and error.hint


@pytest.mark.parametrize(
    "text", ["E X*Y >= 0", "2*E X*Y >= 0", "E X/Y >= 0", "E X . Y >= 0", "-E X*a*Y >= 0", "E||X||*f(Y) >= 0"]
)
def test_an_expectation_without_brackets_does_not_stop_before_something_random(text):
    random = ["X, Y random"]
    with pytest.raises(BadInput, match="two ways"):
        claim(text, random)
    claim(text, ["X random"])
    claim(text.replace("E X", "E[X]").replace("E||X||", "E[||X||]"), random)


@pytest.mark.parametrize(
    ("text", "assume"),
    [("<u, v> >= 4/e^2", ""), ("<u, v> >= 4*e^2*(1 + e)", ""), ("<u, v> <= e", "<u, v> <= e"), ("<u, v> <= d + e", "")],
)
def test_what_is_meant_by_e_is_asked(text, assume):
    with pytest.raises(BadInput, match=r"exp\(x\)"):
        claim(text, [assume] if assume else [])


@pytest.mark.parametrize("assume", ["e real", "e > 0", "0 <= e, e <= 1"])
def test_a_number_may_be_called_e(assume):
    claim("<u, v> >= 4*e^2*(1 + e)", [assume])
    claim("<u, v> >= a + b + c + d + e")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="xyE 012.+-*/^()<>=,|[]_fgradtsuminvco-'\n\0é", max_size=40) | st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    is_spatial(text, [text])
    for attempt in (lambda: claim(text), lambda: claim("x > 0", [text])):
        try:
            got = attempt()
        except BadInput as error:
            assert str(error) and "\0" not in str(error)
        else:
            assert claim(chain_text(got.goal), ["A symmetric operator"]).goal == got.goal


WORDS = "x y f A 2 0.5 ( ) + - * / ^ < > == <= || . .. [ ] | , E E_t Var grad sum for in all and integer vector random"
WORDS += " convex L-smooth of family independent _ is"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split())))
def test_any_words_are_read_or_refused(words):
    text = " ".join(words)
    for statement, assumptions in ((text, []), ("x > 0", [text])):
        try:
            claim(statement, assumptions)
        except BadInput as error:
            assert error.position is None or 0 <= error.position <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000 + "x" + ")" * 5000 + " > 0",
        "(" * 19_000,
        "||" * 9_000,
        "<" * 19_000,
        "<x, " * 4_000,
        "E" + " E" * 9_000,
        "E[" * 9_000,
        "-" * 19_000 + "x > 0",
        "x^" * 9_000 + "x > 0",
        "1/x/" * 4_500 + "x > 0",
        "x." * 9_000 + "x > 0",
        "(" * 90 + "x" + "/x" * 90 + ("/x" * 90 + ")") * 90 + " > 0",
        "y^(" * 60 + "x" + ("/x" * 90 + ")") * 60 + " > 0",
        "f(" * 9_000 + "x",
        "sum(" * 4_000 + "x",
        "x[" * 9_000,
        "9" * 19_000 + " > x",
        "x" * 30_000 + " > 0",
        "((x^999)^999)^999 > 0",
        "x^(" + "+".join(f"1/{10**9 + k}" for k in range(1, 1_500)) + ") > 0",
        "x, " * 6_000,
        "f L-smooth and " * 1_300,
        "x vector, " * 1_900,
    ],
)
def test_hostile_texts_are_refused_at_once(text):
    start = time.process_time()
    is_spatial(text, [text])
    for attempt in (lambda: claim(text), lambda: claim("x > 0", [text])):
        with pytest.raises(BadInput) as caught:
            attempt()
        assert len(str(caught.value)) < 600
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "text",
    [
        "<x, y>" + " + <x, y>" * 1_900 + " > 0",
        "(" * 99 + "x" + ")" * 99 + " > 0",
        "||" * 49 + "x" + "||*y" * 48 + "|| > 0",
    ],
)
def test_long_texts_are_read_in_time(text):
    start = time.process_time()
    assert term_text(claim(text).goal.terms[0])
    assert time.process_time() - start < 5
