"""Trees as text: what is written reads back as the same tree."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.spaces.reading.plain import claim
from verify.spaces.reading.surface import Chain, Node, Range
from verify.spaces.reading.text import chain_text, term_text

OPERATORS = ["A symmetric operator"]
names = st.sampled_from(["x", "y", "rho_E", "lambda", "u1"])
functions = st.sampled_from(["f", "h", "A"])
numbers = st.builds(Fraction, st.integers(0, 2000), st.sampled_from([1, 2, 8, 10, 500])).map(
    lambda q: Node("number", (q,))
)
given_names = st.lists(st.sampled_from(["_t", "w", Node("at", ("x", Node("name", ("t",))))]), max_size=2, unique_by=str)
exponents = st.one_of(
    st.integers(0, 3).map(lambda n: Node("number", (Fraction(n),))), names.map(lambda n: Node("name", (n,)))
)


def several(op, t):
    return st.lists(t, min_size=2, max_size=3).map(lambda ts: Node(op, tuple(ts)))


def history_first(given):
    return [g for g in given if g == "_t"] + [g for g in given if g != "_t"]


def built(t):
    return st.one_of(
        several("+", t),
        several("*", t),
        t.map(lambda a: Node("-", (a,))),
        st.builds(lambda a, b: Node("/", (a, b)), t, t),
        st.builds(lambda a, b: Node("^", (a, b)), t, exponents),
        t.map(lambda a: Node("norm", (a,))),
        st.builds(lambda a, b: Node("inner", (a, b)), t, t),
        st.builds(lambda f, a: Node("grad", (f, a)), functions, t),
        st.builds(lambda f, a: Node("call", (f, a)), st.sampled_from(["f", "A", "sqrt", "exp", "abs"]), t),
        st.builds(lambda f, a, b: Node("call", (f, a, b)), st.sampled_from(["min", "max"]), t, t),
        st.builds(lambda x, a: Node("at", (x, a)), names, t),
        st.builds(lambda a, g: Node("E", (a, *history_first(g))), t, given_names),
        st.builds(lambda a, g: Node("Var", (a, *(n for n in g if n != "_t"))), t, given_names),
        st.builds(lambda a, b, c: Node("sum", (a, "k", b, c)), t, t, t),
    )


terms = st.recursive(st.one_of(names.map(lambda n: Node("name", (n,))), numbers), built, max_leaves=10)
relations = st.sampled_from(["==", "!=", "<=", ">=", "<", ">"])


@settings(max_examples=300, deadline=None)
@given(terms, relations, terms)
def test_what_is_written_reads_back(left, relation, right):
    chain = Chain((left, right), (relation,))
    assert claim(chain_text(chain), OPERATORS).goal == chain


@settings(max_examples=50, deadline=None)
@given(st.lists(terms, min_size=3, max_size=3), relations, terms, terms)
def test_ranges_read_back(parts, relation, lower, upper):
    chain = Chain(tuple(parts), (relation, "<="), (Range("t", lower, upper), Range("s", upper, lower)))
    (read,) = claim("0 < 1", [chain_text(chain)]).assumptions
    assert read == chain


x, y, two = Node("name", ("x",)), Node("name", ("y",)), Node("number", (Fraction(2),))
SHAPES = (
    lambda a, b: Node("+", (a, b)),
    lambda a, b: Node("+", (y, a, Node("-", (b,)))),
    lambda a, b: Node("*", (a, b)),
    lambda a, b: Node("*", (y, a, b)),
    lambda a, b: Node("/", (a, b)),
    lambda a, b: Node("^", (a, two)),
    lambda a, b: Node("^", (x, Node("*", (a, y)))),
    lambda a, b: Node("-", (a,)),
    lambda a, b: Node("norm", (a,)),
    lambda a, b: Node("inner", (a, b)),
    lambda a, b: Node("E", (a, "_t")),
    lambda a, b: Node("at", ("x", a)),
)


@pytest.mark.parametrize("outer", SHAPES)
def test_every_pair_of_operations_reads_back(outer):
    """All terms of depth three with distinct operations below each other, where random terms are too rare."""
    parts = [x, two, *(shape(x, two) for shape in SHAPES)]
    parts += [shape(Node("-", (x,)), Node("+", (x, y))) for shape in SHAPES]
    for a in parts:
        for b in parts[: len(SHAPES) + 2]:
            chain = Chain((outer(a, b), y), ("<",))
            assert claim(chain_text(chain)).goal == chain


def test_a_number_that_is_no_decimal_is_a_quotient():
    assert term_text(Node("*", (Node("number", (Fraction(1, 3),)), x))) == "1/3*x"
    assert term_text(Node("^", (Node("number", (Fraction(-3, 4),)), two))) == "(-0.75)^2"


def test_parentheses_are_written_where_they_are_needed_and_nowhere_else():
    for text in ("(x + y)*x - (x - y)", "-x*y/2", "2*E[x^2 | w] - E_t[x]", "||x - ||y||*x||^2", "x^(-2)/(x*y)"):
        assert chain_text(claim(f"{text} == 0").goal) == f"{text} == 0"
