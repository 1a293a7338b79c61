"""Sorts: what follows from declarations and uses, and one error where two of them disagree."""

import time
from itertools import pairwise

import pytest

from verify.runtime.errors import BadInput
from verify.spaces.reading.plain import claim
from verify.spaces.reading.sorts import infer

VECTORS = "x, y, u, v vectors"


def sorts(text, *assumptions):
    return infer(claim(text, assumptions))


@pytest.mark.parametrize(
    ("text", "assumptions", "kinds"),
    [
        ("||x|| >= 0", [], {"x": "vector"}),
        ("<u, 2*v> >= c", [], {"u": "vector", "v": "vector", "c": "real"}),
        ("u . v >= 0", [], {"u": "vector", "v": "vector"}),
        ("f(x) >= c", [], {"f": "function", "x": "vector", "c": "real"}),
        ("grad f(x) == 0", [], {"f": "function", "x": "vector"}),
        ("f(0) >= 0", [], {"f": "function"}),
        ("||x - eta*g|| >= 0", ["eta > 0"], {"x": "vector", "eta": "real", "g": "vector"}),
        ("||x - eta*g|| >= 0", ["||g|| <= G"], {"x": "vector", "eta": "real", "g": "vector", "G": "real"}),
        ("||x|| >= 0", ["x == y - a*grad f(y)"], dict(x="vector", y="vector", a="real", f="function")),
        ("z == x", ["x == y", "y == w", "||w|| == 1"], dict.fromkeys("zxyw", "vector")),
        ("x[T] <= b", ["x[t+1] <= x[t] for t in 0..T-1"], {"x": "reals", "T": "integer", "b": "real"}),
        ("||x[T]|| <= b", ["x[t+1] == x[t] for t in 0..T-1"], {"x": "vectors", "T": "integer", "b": "real"}),
        ("x[k] >= 0", [], {"x": "reals", "k": "integer"}),
        (
            "sum(a[i]*x[i] for i in 1..n) == y",
            ["y vector", "a family"],
            dict(a="reals", x="vectors", n="integer", y="vector"),
        ),
        ("sum(r^k for k in 0..T-1) >= 0", [], {"r": "real", "T": "integer"}),
        ("t >= sum(D[t] for t in 1..3)", [], {"D": "reals", "t": "real"}),
        (
            "<A*u, v> == <u, A*v>",
            ["A symmetric operator", "mu <= A <= L"],
            dict(A="operator", u="vector", v="vector", mu="real", L="real"),
        ),
        ("||(A - mu)*u|| >= 0", ["A symmetric operator", "u vector"], dict(A="operator", mu="real", u="vector")),
        ("||A^2*u|| >= 0", ["A symmetric operator", "u vector"], {"A": "operator", "u": "vector"}),
        ("||u||_A^2 >= 0", ["A symmetric operator"], {"A": "operator", "u": "vector"}),
        ("A(x) == y", ["A monotone"], {"A": "function", "x": "vector", "y": "vector"}),
        ("f(x) >= 0", ["f L-smooth"], {"f": "function", "x": "vector", "L": "real"}),
        ("E||X||^2 >= 0", ["X random"], {"X": "vector"}),
        ("E[X^2] >= 0", ["X random"], {"X": "real"}),
        ("Var[X] >= 0", ["X random vector"], {"X": "vector"}),
        ("x == 0", ["x vector"], {"x": "vector"}),
        ("0 == x + 0", ["x vector"], {"x": "vector"}),
        ("x != y", ["x vector"], {"x": "vector", "y": "vector"}),
        (
            "E_t[g] == grad f(w)",
            ["w, g random vectors"],
            {"w": "vector", "g": "vector", "f": "function", "t": "integer"},
        ),
        ("x/2 == y", ["y vector, x vector"], {"x": "vector", "y": "vector"}),
        ("x == sqrt(c)*y/c^2", ["y vector"], {"x": "vector", "y": "vector", "c": "real"}),
        ("a*b == c", [], {"a": "real", "b": "real", "c": "real"}),
    ],
)
def test_kinds_follow_from_declarations_and_uses(text, assumptions, kinds):
    assert dict(sorts(text, *assumptions).kinds) == kinds


def test_terms_have_sorts():
    read = claim("<A*(x - 2*y), x>*||y|| <= E[f(x)] + sum(c for i in 1..n)", ["A symmetric operator"])
    found = infer(read)
    (left, right) = read.goal.terms
    inner, norm = left.parts
    assert [found.of(t) for t in (left, inner, norm, right)] == ["scalar"] * 4
    applied, x = inner.parts
    assert [found.of(t) for t in (applied, *applied.parts, x)] == ["vector", "operator", "vector", "vector"]


@pytest.mark.parametrize(
    ("text", "assumptions", "random"),
    [
        ("E[X] >= 0", ["X random"], {"X"}),
        ("E[X*Y] == E[X]*E[Y]", ["X, Y independent"], {"X", "Y"}),
        ("E||w1||^2 >= 0", ["w1 == w - eta*g", "w, g random vectors", "eta > 0"], {"w1", "w", "g"}),
        ("E||w1||^2 >= 0", ["w - 2*g == w1", "w, g random vectors"], {"w1", "w", "g"}),
        ("E||z||^2 >= 0", ["z == y", "y == 2*w", "w random vector"], {"z", "y", "w"}),
        ("||w[1]|| >= 0", ["w0 == w[0]", "w family of random vectors, w0 vector"], {"w"}),
        ("||z|| >= 0", ["z == E[w]", "w random vector"], {"w"}),
        ("E||x[T]|| >= 0", ["x[t+1] == x[t] + g[t] for t in 0..T-1", "g family of random vectors"], {"x", "g"}),
    ],
)
def test_what_is_random_is_declared_or_defined_by_something_random(text, assumptions, random):
    assert sorts(text, *assumptions).random == random


def test_terms_are_random_or_not():
    read = claim(
        "||w||^2 + E||w||^2 + E[||g|| | w] + E[||y|| | y] + E_t[f(g)] >= ||y||", ["w, g random vectors, y vector"]
    )
    found = infer(read)
    assert [found.is_random(t) for t in read.goal.terms[0].parts] == [True, False, True, False, True]
    assert not found.is_random(read.goal.terms[1])


def test_classes_are_collected_by_name():
    found = sorts("f(x) >= 0", "f convex, A monotone and L-Lipschitz", "f L-smooth", "X, Y independent random vectors")
    assert [(c.what, c.parameter is None) for c in found.classes["f"]] == [("convex", True), ("smooth", False)]
    assert [c.what for c in found.classes["A"]] == ["monotone", "Lipschitz operator"]
    assert (found.is_operator("A"), found.is_operator("f")) == (True, False)
    assert found.independent == (("X", "Y"),)


@pytest.mark.parametrize(
    ("text", "assumptions", "column", "said"),
    [
        ("x + 1 >= 0", [VECTORS], 5, ["'x' is declared a vector", "'1' is a scalar"]),
        ("||x|| <= x + 1", [], 14, ["'x' is a vector (as in '||x||')", "'1' is a scalar"]),
        ("||x - a|| >= 0", ["a real"], 7, ["'x' is a vector", "'a' is declared a real number"]),
        ("||x - eta*g||^2 >= 0", [], 7, ["'x'", "'eta*g' is a scalar", "which of them is a vector: eta, g"]),
        ("u*v >= 0", [VECTORS], 3, ["'u' and 'v'", "write <u, v>"]),
        ("||c*u*v|| >= 0", [VECTORS], 7, ["'u' and 'v'", "write <u, v>"]),
        ("||a|| >= 0", ["a real"], 3, ["'||a||'", "'a' is declared a real number", "abs(x)"]),
        ("||<u, v>|| >= 0", [], 3, ["'<u, v>' is a scalar", "abs(x)"]),
        ("<u, 1> >= 0", [VECTORS], 5, ["'<u, 1>'", "'1' is a scalar"]),
        ("grad f(a) == 0", ["a real"], 8, ["'grad f(a)'", "'a' is declared a real number"]),
        ("f(<u, v>) >= 0", [], 3, ["'f(<u, v>)'", "'<u, v>' is a scalar"]),
        ("x <= y", [VECTORS], 6, ["'x' is declared a vector", "'y' is declared a vector", "||x|| <= ||y||"]),
        ("x >= 0", [VECTORS], 6, ["no order", "'x' is declared a vector"]),
        ("x == 3", [VECTORS], 6, ["'x' is declared a vector", "'3' is a scalar"]),
        ("||x/y|| >= 0", [VECTORS], 5, ["'x' is divided by 'y'", "'y' is declared a vector"]),
        ("x^2 >= 0", [VECTORS], 1, ["'x' is raised to '2'", "||x||^2"]),
        ("2^x >= 0", [VECTORS], 3, ["'x' is declared a vector"]),
        ("sqrt(x) >= 0", [VECTORS], 6, ["'sqrt(x)'", "'x' is declared a vector", "||x||"]),
        (
            "x + A == x",
            [VECTORS, "A symmetric operator"],
            5,
            ["'x' is declared a vector", "'A' is declared an operator"],
        ),
        ("||x*A|| >= 0", [VECTORS, "A symmetric operator"], 5, ["'x' and 'A'", "write A*u"]),
        ("A >= 0", ["A symmetric operator"], 1, ["bounds of an operator are assumed", "'0'"]),
        ("||I - eta*A|| <= 1", ["A symmetric operator"], 7, ["'I' is a vector", "'eta*A' is an operator", "A*u"]),
        ("E[A] >= 0", ["A symmetric operator"], 3, ["expectation of an operator", "E[A*u]"]),
        ("x[0] >= 0", ["x vector"], 1, ["'x[0]'", "'x' is a vector", "family of vectors"]),
        ("D >= 0", ["D family"], 1, ["'D' is a family", "D[t]"]),
        ("x[1] + x >= 0", [], 8, ["'x' is a family", "'x[1]'"]),
        ("||x[t]|| + y[t] >= x[0]", [], 20, ["'||x[t]|| + y[t]' is a scalar", "'x[0]' is a vector"]),
        ("x[a] >= 0", ["a real"], 3, ["index is an integer", "'a' is declared a real number"]),
        ("x[n/2] >= 0", [], 3, ["index is an integer", "'n/2'"]),
        ("sum(r^k for k in 0..T) == 1", ["T real"], 21, ["limit", "'T' is declared a real number"]),
        ("sum(k for t in 1..3) == ||t||", [], 1, ["'t' is an index here, and a vector"]),
        ("sum(X for X in 1..3) == E[X]", ["X random"], 1, ["'X' is an index here, and random"]),
        ("f + 1 >= 0", ["f convex"], 1, ["'f' is a function", "f(x)"]),
        ("f(x) >= 0", ["f vector"], 1, ["'f(x)'", "'f'", "f*(...)"]),
        ("eta(x) >= eta", [], 11, ["'eta' is a function", "'eta(x)'", "eta*(...)"]),
        ("E[g | F] == 0", ["g random vector"], 1, ["'E[g | F]'", "'F'", "F random vector"]),
    ],
)
def test_a_disagreement_is_one_error_with_both_terms_and_the_column(text, assumptions, column, said):
    with pytest.raises(BadInput) as caught:
        sorts(text, *assumptions)
    error = caught.value
    assert (error.text, error.column) == (text, column), str(error)
    for part in said:
        assert part in str(error)


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("x vector, x real", 11, "'x' is declared a vector and a real number"),
        ("f convex, f vector", 11, "'f' is declared a function and a vector"),
        ("A monotone, A convex", 13, "monotone, an operator, and convex"),
        ("f convex, f random", 11, "cannot be random"),
        ("w vector, g random vector, w == 2*g", 28, "not random, and equals the random '2*g'"),
        ("A, B symmetric operators, A <= B", 32, "two operators are compared"),
        ("A symmetric operator, u vector, A <= u", 38, "'u' is declared a vector"),
        ("f u-smooth, ||u|| == 1", 15, "'u' is a scalar"),
        ("u vector, ||u|| <= u", 20, "'||u||' is a scalar, 'u' is declared a vector"),
        ("x[t] >= 0 for t in 0..1/2", 23, "limit of the range"),
        ("u vector, x[u] >= 0 for u in 1..2", 30, "'u' is an index here, and a vector elsewhere"),
    ],
)
def test_disagreements_in_an_assumption_show_its_text(text, column, said):
    with pytest.raises(BadInput) as caught:
        sorts("1 > 0", text)
    assert (caught.value.text, caught.value.column) == (text, column), str(caught.value)
    assert said in str(caught.value)


def test_long_problems_are_sorted_in_time():
    """Work in proportion to what is written, also where each equation waits for the next."""
    names = [f"x{i}" for i in range(1_500)]
    equations = [f"{a} == {b}" for a, b in pairwise(names)]
    start = time.process_time()
    found = sorts("1 > 0", *equations, f"||{names[-1]}|| == 1")
    assert set(found.kinds.values()) == {"vector"}
    found = sorts("1 > 0", ", ".join(equations[:1_000]), ", ".join(equations[1_000:]), f"{names[-1]} random vector")
    assert found.random == set(names)
    sorts(" + ".join(f"<{a}, {b}>*c{a}" for a, b in pairwise(names[:800])) + " > 0")
    assert time.process_time() - start < 8
