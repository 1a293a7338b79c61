"""The tables that texts are read by are those of the grammar, and reading by them is what Lark reads."""

import json
import random
from pathlib import Path

import pytest
from lark import Lark, Transformer, UnexpectedInput
from lark import Token as LarkToken

from verify.language import automaton, grammar
from verify.language.automaton import END, Token, Unexpected
from verify.language.explanation import scan
from verify.language.neighbours import told_apart

CORPUS = Path(__file__).parents[2] / "corpus"
NAMES = ["x", "f", "2", "0.5", "true", "max", "integer", "real", "and", "or", "not", "implies", "iff"]
WORDS = [*NAMES, *"(())++--", *",*/^<", "**", "<=", "==", "in", "[", "]", "α", "²", "!", "even", "oo"]


class Told:
    """A builder that keeps what it is told: the method, and its parts."""

    def __getattr__(self, method):
        return lambda parts: [method, *parts]


class ToldApart:
    """What the neighbours of a word say of it, between Lark's own lexer and its parser."""

    always_accept = grammar.TOLD_APART

    def process(self, stream):
        words = told_apart([Token(str(t), t.type, t.start_pos) for t in stream])
        return iter([LarkToken(word.kind, str(word), start_pos=word.start) for word in words])


def words(text):
    return told_apart(scan(text))


@pytest.fixture(scope="module")
def lark():
    names = {rule.alias or rule.origin.name for rule in grammar.grammar().rules}
    methods = {str(n): (lambda name: lambda self, parts: [name, *parts])(str(n)) for n in names if n[0] != "_"}
    told = type("ToldByLark", (Transformer,), methods)()
    return Lark(
        grammar.text(), start=list(grammar.STARTS), parser="lalr", lexer="basic", postlex=ToldApart(), transformer=told
    )


def read(text, start):
    try:
        return automaton.tables().parse(words(text), start, Told())
    except Unexpected as error:
        return len(text) if error.token.kind == END else error.token.start


def read_by_lark(lark, text, start):
    try:
        return lark.parse(text, start=start)
    except UnexpectedInput as error:
        token = getattr(error, "token", None)
        return len(text) if token is None or token.type == "$END" else token.start_pos


def test_the_tables_are_those_of_the_grammar():
    """After a change of the grammar: ``python -m verify.language.grammar``."""
    made = grammar.tables()
    assert made == automaton.TABLES.read_text(encoding="utf-8")
    assert automaton.read(made.replace("state ", "state x:1 ", 1)) != automaton.tables()


def test_what_the_corpus_states_is_read_as_lark_reads_it(lark):
    count = 0
    for file in ("true.jsonl", "false.jsonl"):
        for line in (CORPUS / file).read_text(encoding="utf-8").splitlines()[::4]:
            entry = json.loads(line)
            for text, start in [(entry["statement"], "statement"), *((a, "assumptions") for a in entry["assume"])]:
                assert read(text, start) == read_by_lark(lark, text, start)
                count += 1
    assert count > 200


def test_random_words_are_read_or_refused_at_the_same_place(lark):
    rng = random.Random(4)
    outcomes = set()
    for _ in range(1500):
        text = " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, 9)))
        if text.count("(") != text.count(")"):
            continue
        for start in grammar.STARTS:
            try:
                found = read(text, start)
            except Exception as fault:  # parentheses in the wrong order are refused before
                assert "parenthesis" in str(fault) or "bracket" in str(fault)
                continue
            assert found == read_by_lark(lark, text, start), text
            outcomes.add(type(found))
    assert outcomes == {list, int}


def test_a_long_sum_takes_no_stack_and_no_quadratic_time():
    text = "+".join(["x"] * 5000)
    steps = automaton.tables().parse(words(f"{text} > 0"), "statement", Told())
    assert steps[0] == "statement" and len(steps[1][1]) == 2 * 5000
    assert automaton.tables().parse(words("-" * 5000 + "x > 0"), "statement", Told())[0] == "statement"
