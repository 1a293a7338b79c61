"""The plain syntax of vectors, expectations and sums: what is read, as which tree, and what is refused in words."""

import json
import time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.language.parser import parse_problem, parse_statement
from verify.runtime.errors import BadInput
from verify.spaces.reading.plain import claim, is_spatial
from verify.spaces.reading.surface import Chain, ClassOf, Declared, Independent, Node, Range
from verify.spaces.reading.term_reader import TermReader
from verify.spaces.reading.text import chain_text, term_text

CORPUS = Path(__file__).parents[3] / "corpus"
CONVEX = ("f convex, f L-smooth, L > 0", "grad f(xs) == 0")
STRONGLY = ("f mu-strongly convex, f L-smooth, mu > 0, L > mu", "grad f(xs) == 0")

READ = [
    ("||x - eta*g - y||^2 == ||x - y||^2 - 2*eta*<g, x - y> + eta^2*||g||^2", "x, y, g vectors"),
    ("2*<a, b> <= c*||a||^2 + ||b||^2/c", "a, b vectors, c > 0"),
    ("f(y) <= f(x) - (1/(2*L))*||grad f(x)||^2", "y == x - (1/L)*grad f(x)", "f L-smooth, L > 0"),
    ("E||g||^2 == ||E g||^2 + E||g - E g||^2", "g random vector"),
    ("sum(D[t] - D[t+1] for t in 1..T) == D[1] - D[T+1]", "T integer, T >= 1"),
    ("sum(r^k for k in 0..T-1) == (1 - r^T)/(1 - r)", "r != 1, T integer, T >= 1"),
    (
        "x[T] <= q^T*x[0] + b/(1-q)",
        "x[t+1] <= q*x[t] + b for t in 0..T-1",
        "0 < q < 1, b >= 0, x[0] >= 0, T integer, T >= 1",
    ),
    (
        "E||w - eta*g - y||^2 <= E||w - y||^2 - 2*eta*E<grad f(w), w - y> + eta^2*G^2",
        "w, g random vectors, y vector",
        "E[g | w] == grad f(w)",
        "E||g||^2 <= G^2",
    ),
    (
        "||x1 - y1||^2 <= (1-gamma*mu)^2*||x0 - y0||^2",
        "x0, y0, x1, y1 vectors",
        "f mu-strongly convex, f L-smooth, mu > 0, L > mu",
        "x1 == x0 - gamma*grad f(x0)",
        "0 < gamma <= 2/(L+mu)",
    ),
    ("f(x1) - f(xs) <= ((L-mu)/(L+mu))^2*(f(x0) - f(xs))", *STRONGLY, "<grad f(x1), grad f(x0)> == 0"),
    ("f(x0) - f(xs) <= ||x0 - xs||^2/(2*gamma) + gamma*M^2/2", "f convex, f M-Lipschitz, M > 0", "gamma > 0"),
    ("f(x1) - f(xs) <= (L/6)*||x0 - xs||^2", *CONVEX, "gamma*||grad f(x0)||^2 == 2*(f(x0) - f(xs))"),
    ("||w1 - v1||^2 <= ||w0 - v0||^2", "A monotone, B monotone, C b-cocoercive", "y == 2*x - w0 - a*grad A(y)"),
    ("||x1 - xs||^2 <= ||x0 - xs||^2 - (1-a^2*L^2)*||x0 - y||^2", "A monotone, A L-Lipschitz operator, L > 0"),
    ("||w1||^2 <= (a*L/(1+a*L))^2*||w0||^2", "w0, w1, o vectors", "o == 0", "a > 0, a^2*L*mu >= 1", "h convex"),
    ("f(x) - f(xs) - t*||grad f(x)||^2 - <grad f(x), x - xs> <= 0", "f convex", "grad f(xs) == 0", "t >= 0"),
    ("-||grad f(x)||^2 <= -2*mu*(f(x) - f(xs))", "f mu-PL, mu > 0"),
    ("<g0, x0 - u> + <g1, x1 - u> <= D^2/(2*gamma) + gamma*M^2", "||g0||^2 <= M^2, ||g1||^2 <= M^2, D > 0"),
    ("f(x1) <= (((1+e)*L-(1-e)*mu)/((1+e)*L))^2*f(x0)", *STRONGLY, "||d - grad f(x0)||^2 <= e^2*||d||^2", "0 < e < 1"),
    ("||A*u||^2 <= L*<A*u, u>", "A symmetric operator", "0 <= A <= L", "u vector"),
    ("(1/n)*sum(||x[i]||^2 for i in 1..n) >= ||(1/n)*sum(x[i] for i in 1..n)||^2", "n integer, n >= 1"),
]


def read(text, *assumptions):
    return claim(text, assumptions)


def term(text):
    return claim(f"{text} == 0", ["A, B symmetric operators"]).goal.terms[0]


def name(text):
    return Node("name", (text,))


def number(value):
    return Node("number", (Fraction(value),))


def norm(t):
    return Node("norm", (t,))


def inner(a, b):
    return Node("inner", (a, b))


def plus(*parts):
    return Node("+", parts)


def minus(t):
    return Node("-", (t,))


def times(*parts):
    return Node("*", parts)


def power(a, b):
    return Node("^", (a, b))


def expectation(body, *given):
    return Node("E", (body, *given))


a, b, c, f, u, v, w, x, y, A = map(name, ["a", "b", "c", "f", "u", "v", "w", "x", "y", "A"])
two = number(2)


@pytest.mark.parametrize("texts", READ, ids=lambda texts: texts[0][:30])
def test_what_theorists_write_is_read_and_needs_this_language(texts):
    read(*texts)
    assert is_spatial(texts[0], texts[1:])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("||a - ||b||*c||", norm(plus(a, minus(times(norm(b), c))))),
        ("||||a||*b||^2", power(norm(times(norm(a), b)), two)),
        ("‖a‖", norm(a)),
        ("⟨u, v⟩", inner(u, v)),
        ("<u, v>", inner(u, v)),
        ("<u, <v, w>*x>", inner(u, times(inner(v, w), x))),
        ("u . v", inner(u, v)),
        ("u.v", inner(u, v)),
        ("2*u . v + 1", plus(inner(times(two, u), v), number(1))),
        ("-u . v", minus(inner(u, v))),
        ("<A*u, v>", inner(times(A, u), v)),
        ("||u||_A^2", inner(times(A, u), u)),
        ("||u - v||_A^2", inner(times(A, plus(u, minus(v))), plus(u, minus(v)))),
        ("||u||_A", Node("call", ("sqrt", inner(times(A, u), u)))),
        ("x[t+1]", Node("at", ("x", plus(name("t"), number(1))))),
        ("x[0]^2", power(Node("at", ("x", number(0))), two)),
        ("grad f(x)", Node("grad", ("f", x))),
        ("∇f(x)", Node("grad", ("f", x))),
        ("f(x - 2*y)", Node("call", ("f", plus(x, minus(times(two, y)))))),
        ("Max(a, sqrt(b))", Node("call", ("max", a, Node("call", ("sqrt", b))))),
        ("E[x]^2", power(expectation(x), two)),
        ("E[x^2]", expectation(power(x, two))),
        ("E x^2", expectation(power(x, two))),
        ("E||x||^2", expectation(power(norm(x), two))),
        ("2*E||x||^2/a", Node("/", (times(two, expectation(power(norm(x), two))), a))),
        ("E<x, y>", expectation(inner(x, y))),
        ("E f(x) - a", plus(expectation(Node("call", ("f", x))), minus(a))),
        ("E grad f(x)", expectation(Node("grad", ("f", x)))),
        ("E(x + y)", expectation(plus(x, y))),
        ("E E[x | w]", expectation(expectation(x, "w"))),
        ("E[x | w, v]", expectation(x, "w", "v")),
        ("E[x | u[t]]", expectation(x, Node("at", ("u", name("t"))))),
        ("E[||x||^2 | w]", expectation(power(norm(x), two), "w")),
        ("E_t[x]", expectation(x, "_t")),
        ("E_t||x||^2", expectation(power(norm(x), two), "_t")),
        ("E_t<x, y>", expectation(inner(x, y), "_t")),
        ("E_t x", expectation(x, "_t")),
        ("E_0[x]", expectation(x, "_0")),
        ("Var[x]", Node("Var", (x,))),
        ("Var[x | w]", Node("Var", (x, "w"))),
        (
            "sum(x[t] for t in 0..a-1)",
            Node("sum", (Node("at", ("x", name("t"))), "t", number(0), plus(a, minus(number(1))))),
        ),
        (
            "sum(a*b for i in 1..c for j in i..c)",
            Node("sum", (Node("sum", (times(a, b), "j", name("i"), c)), "i", number(1), c)),
        ),
        ("-x*y^-2", minus(times(x, power(y, minus(two))))),
        ("x*-y - -a", plus(times(x, minus(y)), minus(minus(a)))),
        ("a*b/c*x", times(Node("/", (times(a, b), c)), x)),
        ("(a + b) + 0.5", plus(plus(a, b), number("1/2"))),
    ],
)
def test_terms(text, expected):
    assert term(text) == expected


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("0 < <u,v>", [number(0), inner(u, v)]),
        ("<a, b> > 0", [inner(a, b), number(0)]),
        ("<a,b>>=<u,v>", [inner(a, b), inner(u, v)]),
        ("<a,b>==<u,v>", [inner(a, b), inner(u, v)]),
        ("a < b < <u, v>", [a, b, inner(u, v)]),
        ("<a, b><c", [inner(a, b), c]),
        ("E<x,y> <= E[x]", [expectation(inner(x, y)), expectation(x)]),
    ],
)
def test_an_inner_product_opens_where_a_term_begins(text, terms):
    assert list(read(text).goal.terms) == terms


def declared(*names, kind, random=False):
    return [Declared((n,), kind, random) for n in names]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x, y vectors", declared("x", "y", kind="vector")),
        ("x vector", declared("x", kind="vector")),
        ("x is a vector", declared("x", kind="vector")),
        ("(x, y) vectors", declared("x", "y", kind="vector")),
        ("x, y and u are vectors", declared("x", "y", "u", kind="vector")),
        ("w, g random vectors", declared("w", "g", kind="vector", random=True)),
        ("X, Y random", declared("X", "Y", kind=None, random=True)),
        ("X random scalar", declared("X", kind="real", random=True)),
        ("n, T integer", declared("n", "T", kind="integer")),
        ("D family", declared("D", kind="reals")),
        ("a, D families of reals", declared("a", "D", kind="reals")),
        ("x family of vectors", declared("x", kind="vectors")),
        ("w family of random vectors", declared("w", kind="vectors", random=True)),
        ("A symmetric operator", declared("A", kind="operator")),
        ("X, Y independent", [Independent(("X", "Y"))]),
        ("X, Y independent random vectors", [*declared("X", "Y", kind="vector", random=True), Independent(("X", "Y"))]),
        ("f convex", [ClassOf("f", "convex")]),
        ("f, h convex", [ClassOf("f", "convex"), ClassOf("h", "convex")]),
        ("f L-smooth", [ClassOf("f", "smooth", name("L"))]),
        ("f (1/eta)-smooth", [ClassOf("f", "smooth", Node("/", (number(1), name("eta"))))]),
        ("f is mu-strongly convex", [ClassOf("f", "strongly convex", name("mu"))]),
        ("f mu-strongly-convex", [ClassOf("f", "strongly convex", name("mu"))]),
        ("f 1-Lipschitz", [ClassOf("f", "Lipschitz", number(1))]),
        ("f mu-PL", [ClassOf("f", "PL", name("mu"))]),
        ("f PL(mu)", [ClassOf("f", "PL", name("mu"))]),
        ("f quadratic", [ClassOf("f", "quadratic")]),
        ("A monotone", [ClassOf("A", "monotone")]),
        ("A mu-strongly monotone", [ClassOf("A", "strongly monotone", name("mu"))]),
        ("A b-cocoercive", [ClassOf("A", "cocoercive", b)]),
        ("A L-Lipschitz operator", [ClassOf("A", "Lipschitz operator", name("L"))]),
        ("f convex and L-smooth", [ClassOf("f", "convex"), ClassOf("f", "smooth", name("L"))]),
        (
            "f L-smooth and mu-strongly convex",
            [ClassOf("f", "smooth", name("L")), ClassOf("f", "strongly convex", name("mu"))],
        ),
        ("f convex and h L-smooth", [ClassOf("f", "convex"), ClassOf("h", "smooth", name("L"))]),
        (
            "f convex and h (1/L)-smooth",
            [ClassOf("f", "convex"), ClassOf("h", "smooth", Node("/", (number(1), name("L"))))],
        ),
    ],
)
def test_declarations(text, expected):
    got = read("1 > 0", text)
    assert list(got.declarations) == expected and not got.assumptions
    assert is_spatial("1 > 0", [text]) or text.endswith("integer") or "scalar" in text


@pytest.mark.parametrize(
    ("text", "declarations", "relations"),
    [
        ("f mu-strongly convex, f L-smooth, mu > 0, L > mu", 2, ["mu > 0", "L > mu"]),
        ("x, y vectors, <x, y> == 0, n integer, 0 < a <= 1 and b > 0", 3, ["<x, y> == 0", "0 < a <= 1", "b > 0"]),
        ("f convex and a > 0", 1, ["a > 0"]),
        ("a < b, c > x", 0, ["a < b", "c > x"]),
        ("f(x) - smooth > 0", 0, ["f(x) - smooth > 0"]),
        ("mu <= A <= L", 0, ["mu <= A <= L"]),
        ("E[x | w] == grad f(w)", 0, ["E[x | w] == grad f(w)"]),
        ("x[t+1] <= q*x[t] for t in 0..T-1, q > 0", 0, ["x[t + 1] <= q*x[t] for t in 0..T - 1", "q > 0"]),
        ("x[i] <= x[j] for all i, j in 1..n", 0, ["x[i] <= x[j] for i in 1..n for j in 1..n"]),
    ],
)
def test_declarations_and_relations_stand_in_one_text(text, declarations, relations):
    got = read("1 > 0", text)
    assert (len(got.declarations), [chain_text(chain) for chain in got.assumptions]) == (declarations, relations)


def test_a_range_belongs_to_its_relation():
    (chain,) = read("1 > 0", "x[t] >= 0 for all t in 0..T-1").assumptions
    assert chain == Chain(
        (Node("at", ("x", name("t"))), number(0)),
        (">=",),
        (Range("t", number(0), plus(name("T"), minus(number(1)))),),
    )


@pytest.mark.parametrize("texts", READ, ids=lambda texts: texts[0][:30])
def test_positions_point_at_what_was_written(texts):
    """The text under every part of a tree reads as that part, in the statement and in each assumption."""
    got = read(*texts)
    seen = 0
    for chain in (got.goal, *got.assumptions):
        assert chain.text in texts
        for root in chain.terms:
            for t in root.walk():
                under = chain.text[t.start : t.stop]
                if t.op == "-" and not under.startswith("-"):
                    continue
                assert TermReader(under).term() == t, under
                seen += 1
    assert seen > 3
    for d in got.declarations:
        names = d.names if not isinstance(d, ClassOf) else (d.name,)
        assert d.text in texts and d.text[d.start :].startswith(names[0])


# ---------------------------------------------------------------- numbers stay with the language of numbers


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


# ---------------------------------------------------------------- refusals


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
        ("ln(x) >= 0", 1, "log(...)"),
        ("cos(x) <= 1", 1, "not supported"),
        ("grad tr(x) == 0", 6, "not supported"),
        ("sqrt(x, y) >= 0", 1, "one argument"),
        ("||x||", 1, "a relation is missing"),
        ("||x|| >= 0 and ||y|| >= 0", 12, "premises into assumptions"),
        ("||x|| >= 0, ||y|| >= 0", 11, "one chain"),
        ("x[t] >= 0 for t in 1..T", 11, "leave it out"),
        ("||x|| =< 1", 8, "write <="),
        ("||x||\n>= 0", 6, "one line"),
        ("α >= 0", 1, "ASCII"),
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
        ("x, y > 0", 1, "nothing is assumed about 'x'"),
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


def test_e_is_no_constant():
    with pytest.raises(BadInput, match=r"exp\(x\)"):
        claim("<u, v> >= 4/e^2")
    claim("<u, v> >= 4*e^2*(1 + e)")


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
