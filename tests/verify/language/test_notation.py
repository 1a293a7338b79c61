"""What people type: every row of the tables of the guide is read as the row says, or refused with its hint."""

import re
import time
from pathlib import Path

import pytest

from verify.language import logic
from verify.language.defined import DEFINED, LITERAL, UNREAD, misspelt
from verify.language.lexemes import GREEK, SPELLINGS
from verify.language.names import FUNCTION_NAMES
from verify.language.neighbours import PARITIES, SIGNS, UNCLEAR
from verify.language.parser import parse_assignment, parse_assumption, parse_problem, parse_statement
from verify.runtime.errors import BadInput
from verify.spaces.reading.plain import is_spatial

PAGE = (Path(__file__).parents[3] / "docs" / "guide" / "language.md").read_text(encoding="utf-8")


def rows(head):
    """The rows of the tables that begin so; a bar inside a cell is written with a backslash."""
    found = []
    for table in re.findall(rf"^\| {re.escape(head)} \|\n\|---\|---\|\n((?:\|.*\n)+)", PAGE, re.M):
        for line in table.splitlines():
            cells = [c.strip().replace("\\|", "|").strip("`") for c in re.split(r"(?<!\\)\|", line)[1:-1]]
            found.append(tuple(cells))
    assert found
    return found


@pytest.mark.parametrize(("text", "same"), rows("you write | it is read as"))
def test_a_statement_is_the_one_written_out(text, same):
    assert parse_statement(text) == parse_statement(same)
    assert parse_statement(str(parse_statement(text))) == parse_statement(text)
    assert not is_spatial(text)


@pytest.mark.parametrize(("text", "same"), rows("you assume | it is read as"))
def test_an_assumption_is_the_one_written_out(text, same):
    got, wanted = parse_assumption(text), parse_assumption(same)
    assert (got.formulas, dict(got.declared)) == (wanted.formulas, dict(wanted.declared))
    assert set(got.names) == set(wanted.names) and not is_spatial("x > 0", [text])


@pytest.mark.parametrize(("text", "said"), rows("you write | what is said"))
def test_a_statement_that_is_not_certain_is_refused(text, said):
    with pytest.raises(BadInput) as caught:
        parse_problem(text)
    assert said in str(caught.value) and caught.value.hint and not is_spatial(text)


@pytest.mark.parametrize(("text", "said"), rows("you assume | what is said"))
def test_an_assumption_that_is_not_certain_is_refused(text, said):
    with pytest.raises(BadInput) as caught:
        parse_assumption(text)
    assert said in str(caught.value) and caught.value.hint


def test_the_page_names_all_that_is_read():
    written = "\n".join(
        " ".join(row) for row in (*rows("you write | it is read as"), *rows("you assume | it is read as"))
    )
    words = set(re.findall(r"[A-Za-z0-9]+", written))
    assert {*DEFINED, *LITERAL, *PARITIES, *SIGNS} - {"negative"} <= words | {"negative"}
    assert [sign for sign in SPELLINGS if sign not in written and sign not in ("=", "**")] == []
    assert [letter for letter in GREEK if letter.lower() not in PAGE.lower()] == []
    refused = " ".join(" ".join(row) for row in (*rows("you write | what is said"), *rows("you assume | what is said")))
    assert set(UNCLEAR) <= set(refused.split())


def test_the_meaning_of_a_function_in_the_table_is_that_of_the_code():
    for name, (parameters, meaning) in DEFINED.items():
        call = f"{name}({', '.join(parameters)})"
        assert parse_statement(f"{call} > 0") == logic.Rel(">", meaning, logic.ZERO)
        assert parse_statement(f"{call} > 0") == parse_statement(f"{meaning} > 0")


@pytest.mark.parametrize("name", DEFINED)
def test_an_argument_takes_the_place_of_the_parameter(name):
    parameters, meaning = DEFINED[name]
    arguments = [f"(a + {i})/b" for i, _ in enumerate(parameters)]
    written = str(meaning)
    for parameter, argument in zip(parameters, arguments, strict=True):
        written = re.sub(rf"\b{parameter}\b", f"({argument})", written)
    assert parse_statement(f"{name}({', '.join(arguments)}) < c") == parse_statement(f"{written} < c")


def test_a_letter_and_its_name_are_one_variable():
    assert parse_statement("α == alpha") == parse_statement("alpha == alpha")
    assert parse_statement("Σ > σ") == parse_statement("Sigma > sigma")
    assert parse_statement("λ_1 > x_β2") == parse_statement("lambda_1 > x_beta2")
    assert parse_assignment("ρ_E=2") == parse_assignment("rho_E=2")
    assert len(GREEK) == 49 and parse_statement("µ > 0") == parse_statement("μ > 0")


def test_names_that_were_read_before_are_read_as_before():
    text = "a__b + x_ + n1_2 + lambda_ + in + even + positive + natural + integers + non > half_n"
    assert logic.variables_of(parse_statement(text)) == set(text.replace("+", " ").replace(">", " ").split())


def test_half_of_an_even_number_is_no_other_variable():
    got = parse_problem("half_n > half_m", ["n even", "m odd, half_m_ == 1"])
    assert {"half_n_", "half_m__"} <= got.integers
    assert [str(h) for h in got.hypotheses] == ["n == 2*half_n_", "half_m_ == 1", "m == 2*half_m__ + 1"]


def test_a_list_shares_only_what_is_said_of_its_last_name():
    got = parse_assumption("a > 0, x, y > 1, n, m integer, u, v in (0, w]")
    assert [str(f) for f in got.formulas] == ["a > 0", "x > 1", "y > 1", "0 < u", "u <= w", "0 < v", "v <= w"]
    assert got.integers == ("n", "m")


@pytest.mark.parametrize("word", UNREAD)
def test_a_name_that_means_something_is_no_misspelling(word):
    names = [*FUNCTION_NAMES, *DEFINED, *LITERAL]
    assert misspelt(word, names) is None and word not in names
    with pytest.raises(BadInput) as caught:
        parse_statement(f"{word}(x) > 0")
    assert "did you mean" not in str(caught.value)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        *(("lgo", "log"), ("mni", "min"), ("sqt", "sqrt"), ("sqrrt", "sqrt"), ("exq", "exp"), ("tahn", "tanh")),
        *(("maxi", "max"), ("sq", None), ("maximum", None), ("norm", None), ("ab", None), ("f", None)),
    ],
)
def test_a_hint_by_spelling_is_one_slip_away(word, meant):
    assert misspelt(word, [*FUNCTION_NAMES, *DEFINED, *LITERAL]) == meant


@pytest.mark.parametrize(
    "text",
    [
        "tanh(" * 40 + "x" + ")" * 40 + " > 0",
        "cosh(" * 90 + "x" + ")" * 90 + " > 0",
        "x^" + "⁹" * 9_000 + " > 0",
        "binomial(" * 30 + "x" + ", 50)" * 30 + " > 0",
        "400!^400!" + " > 0",
        "9999999999! > 0",
        "factorial(1e900) > 0",
        "binomial(x, 1e900) > 0",
        "|" * 9_000 + "x" + "|" * 9_000 + " > 0",
        "√" * 9_000 + "x > 0",
        "x in [" + "(" * 101 + "0, 1] > 0",
        "α" * 19_000 + "! > 0",
        "x_" + "_a" * 9_000 + "! > 0",
    ],
)
def test_hostile_notation_is_refused_at_once(text):
    start = time.process_time()
    for read in (parse_statement, parse_assumption):
        with pytest.raises(BadInput) as caught:
            read(text)
        assert len(str(caught.value)) < 700
    assert time.process_time() - start < 5


def test_large_factorials_and_functions_that_are_nested_a_little_are_read():
    assert parse_statement("400! > tanh(tanh(tanh(x)))") and parse_statement("binomial(x, 50) < 1")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("if x > 0 then x^2 > 0", "A implies B"),
        ("x^2 > 0 if x > 0", "A implies B"),  # not 'iff', which says more
        ("x^2 > 0 for all x > 0", "leave it out"),  # not 'or'
        ("forall x, x^2 >= 0", "leave it out"),
        ("exists x, x > 0", "say which"),
        ("x is 2", "write =="),
        ("x > 0 only if x > -1", "'A only if B'"),
        ("x > 0 implies that x > -1", "leave it out"),
        ("x > 0 xor x <= 0", "not (A"),  # not 'or'
        ("tanh^2(x) <= 1", "tanh(...)^2"),
        ("x > 0 an y > 0", "'and'"),
    ],
)
def test_a_word_beside_an_operand_is_explained_by_its_meaning(text, hint):
    with pytest.raises(BadInput) as raised:
        parse_statement(text)
    assert hint in raised.value.hint and "'iff'" not in raised.value.hint


def test_only_if_and_only_if_is_iff():
    with pytest.raises(BadInput) as raised:
        parse_statement("x > 0 if and only if 2*x > 0")
    assert raised.value.hint == "write the word 'iff'"
