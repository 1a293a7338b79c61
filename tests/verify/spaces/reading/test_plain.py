"""The plain syntax of vectors, expectations and sums: what is read, and as which tree."""

from fractions import Fraction
from pathlib import Path

import pytest

from verify.spaces.reading.plain import claim, is_spatial
from verify.spaces.reading.surface import Chain, ClassOf, Declared, Independent, Node, Range
from verify.spaces.reading.term_reader import TermReader
from verify.spaces.reading.text import chain_text

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


def test_a_relation_after_names_is_said_of_each():
    read = claim("||x|| <= a + b", ["x vector, a, b and c >= 0, b < a"])
    apart = claim("||x|| <= a + b", ["x vector, a >= 0, b >= 0 and c >= 0, b < a"])
    assert (read.assumptions, read.declarations) == (apart.assumptions, apart.declarations)
    assert [at.terms[0].start for at in read.assumptions] == [10, 13, 19, 27]


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
