r"""Displays with norms, inner products, gradients, expectations and sums: their trees, and what is refused."""

from __future__ import annotations

import pytest

from tests.verify.papers.spatial import asked, goals, refusals
from verify.papers.names import Names
from verify.papers.rows import clean
from verify.papers.spatial_names import SpatialNames
from verify.papers.spatial_written import index_text, read_written
from verify.papers.tokens import tokenize

DERIVE = "% verify: derive"
DECLARED = (
    r"% verify: vectors u, v, x_t, w; functions f",
    "% verify: random vectors g, h",
    "% verify: operators A",
    "% verify: random X; c > 0",
)
TREES = {
    r"\|x\| \ge 0": "norm(x) >= 0",
    r"c\|x\|^2 \ge 0": "(c * (norm(x) ^ 2)) >= 0",
    r"\left\|x - y\right\| \le \|x\| + \|y\|": "norm((x + -y)) <= (norm(x) + norm(y))",
    r"\bigl\| a \bigl\| b \bigr\| \bigr\| \ge 0": "norm((a * norm(b))) >= 0",
    r"\|a\|b\|c\| \ge 0": "(norm(a) * b * norm(c)) >= 0",
    r"\lVert u\rVert_A^2 \ge 0": "inner((A * u); u) >= 0",
    r"\langle u, v\rangle = u^\top v": "inner(u; v) == inner(u; v)",
    r"2c(u + v)^\top v = u^T v": "(2 * c * inner((u + v); v)) == inner(u; v)",
    r"u^\top v \, u^\top w = 0": "inner(u; (v * inner(u; w))) == 0",
    r"\frac{u^\top v}{2} = u^\top A v": "(inner(u; v) / 2) == inner(u; (A * v))",
    r"\langle \nabla f(u), v\rangle = f(u)": "inner(grad(f; u); v) == call(f; u)",
    r"\nabla f(u + v)^\top w = 0": "inner(grad(f; (u + v)); w) == 0",
    r"\mathbb{E}\|g\|^2 \ge 0": "E((norm(g) ^ 2)) >= 0",
    r"\mathbb E \eta^2\|g\|^2 = \eta^2 \mathbb{E}[\|g\|^2]": (
        "E(((eta ^ 2) * (norm(g) ^ 2))) == ((eta ^ 2) * E((norm(g) ^ 2)))"
    ),
    r"\mathbb{E}[g \mid h] = h": "E(g; h) == h",
    r"\mathbb{E}\left[X^2 \,\middle|\, h\right] \ge 0": "E((X ^ 2); h) >= 0",
    r"\mathbb{E}\langle g, u\rangle \|u\| = 0": "(E(inner(g; u)) * norm(u)) == 0",
    r"\operatorname{Var}(X) = \mathbb{E}[X^2] - (\mathbb{E}[X])^2": "Var(X) == (E((X ^ 2)) + -(E(X) ^ 2))",
    r"\sum_{t=0}^{T-1} a_t = b": "sum(a[t]; t; 0; (T + -1)) == b",
    r"\tfrac1n\sum_{i=1}^n \|u - y_i\|^2 \ge 0": "((1 / n) * sum((norm((u + -y[i])) ^ 2); i; 1; n)) >= 0",
    r"\sum_{t=1}^{T} a_t + b = \sum_{t=1}^T (a_t + 1)": ("(sum(a[t]; t; 1; T) + b) == sum((a[t] + 1); t; 1; T)"),
    r"\sum_{t=1}^{T} a_t - \sum_{t=1}^T b_t = 0": "(sum(a[t]; t; 1; T) + -sum(b[t]; t; 1; T)) == 0",
    r"\sum_{k=1}^{n} x^{(k)} = x^{(1)}": "sum(x[k]; k; 1; n) == x[1]",
    r"\sum_{i=1}^n w_{i,*} = w_{1,*}": "sum(w_v2[i]; i; 1; n) == w_v2[1]",
    r"\|\mathbf w - \boldsymbol{w}\| = \|\bm w\|": "norm((mathbf_w + -boldsymbol_w)) == norm(bm_w)",
    r"\|\bar x_T\| = \|x_{1+n}\|": "norm(bar_x_T) == norm(x_n_1)",
    r"\|x_{n+1} - x_{1+n}\| = 0": "norm((x_n_1 + -x_n_1)) == 0",
    r"\lvert \langle u, v\rangle\rvert \le \|u\|": "call(abs; inner(u; v)) <= norm(u)",
    r"\|u\| \overset{(a)}{\le} \sqrt{u^\top u}": "norm(u) <= call(sqrt; inner(u; u))",
    r"\max\{\|u\|, \|v\|\} \ge 0": "call(max; norm(u); norm(v)) >= 0",
}
REFUSED = {
    r"\|x\| = y^\top x": (12, "a transpose of what is not known"),
    r"u^\top = v": (4, "a transpose with nothing behind it"),
    r"\|A^2\|_1 \ge 0": (11, "an index of a norm"),
    r"\nabla f \le \|u\|": (4, "a gradient without its point"),
    r"\nabla^2 f(u) = \|u\|": (4, r"\nabla with '^'"),
    r"\|x\| = \mathbb{E}[x]": (12, "an expectation of what is not declared random"),
    r"\mathbb{E} X \|g\|^2 = 0": (4, "how far an expectation without brackets reaches"),
    r"\mathbb{E}[X]^2 = 0": (17, "a power behind an expectation"),
    r"\mathbb{E}_s \|g\|^2 = 0": (14, "the index s of an expectation"),
    r"\sum_i a_i = \|u\|": (4, "a sum without its range"),
    r"\sum_{t \in S} a_t = \|u\|": (4, "the range of a sum"),
    r"\sum_{t=1}^T a_t + b_t = \|u\|": (23, r"how far \sum over t reaches"),
    r"\sum_{t=1}^T -a_t = \|u\|": (4, "a sum of nothing, or of what begins with a sign"),
    r"\sum_{t=1}^{t} a_t = \|u\|": (4, "a sum over t in whose range t stands"),
    r"\sum_{i=1}^n x_{i,j} = \|u\|": (17, "in a sum: with another index"),
    r"\sum_{i=1}^n f_i(u) = \|u\|": (17, "a name before a bracket"),
    r"\|Y + Z\| \ge 0": (6, "a capital letter"),
    r"\lVert x = y\rVert \ge 0": (13, "'=' inside bars"),
    r"\langle u\rangle \ge \|u\|": (13, "needs two vectors"),
    r"u^2 \ge \|u\|": (5, "a power of a vector"),
    r"\|u\|/2c \ge 0": (9, "a/bc can be read in two ways"),
    r"\|g(u)\| \ge 0": (6, "a name before a bracket"),
    r"\|u\| \ge u!": (15, "'!' after u"),
    r"\|u\| + \ge 0": (10, "the formula breaks off"),
}


@pytest.mark.parametrize("display", TREES)
def test_the_tree_of_a_display(display: str) -> None:
    assert goals(*DECLARED, DERIVE, rf"\[ {display} \]") == [TREES[display]]


@pytest.mark.parametrize("display", REFUSED)
def test_what_may_be_read_in_two_ways_is_refused_where_it_stands(display: str) -> None:
    column, what = REFUSED[display]
    ((line, at, why),) = refusals(*DECLARED, DERIVE, rf"\[ {display} \]")
    assert what in why
    assert (line, at) == (6, column)


def test_a_power_with_a_declared_number_t_is_no_transpose() -> None:
    given = r"% verify: assume T \in \mathbb N"
    assert goals(given, DERIVE, r"\[ \sum_{k=1}^T r^k = r^T \]") == ["sum((r ^ k); k; 1; T) == (r ^ T)"]
    assert refusals("% verify: vectors r", given, DERIVE, r"\[ r^T r = \|r\|^2 \]")[0][2] == "a power of a vector"
    assert goals("% verify: vectors r", DERIVE, r"\[ r^T r = \|r\|^2 \]") == ["inner(r; r) == (norm(r) ^ 2)"]


def test_an_index_of_a_sum_or_a_declared_one_makes_a_family_and_another_does_not() -> None:
    assert goals(DERIVE, r"\[ \|x_t\| \le \|x_{t+1}\| \]") == ["norm(x_t) <= norm(x_t_1)"]
    assert goals(DERIVE, r"\[ \sum_{t=1}^T \|x_t\| \ge \|x_1\| - a_1 \]") == [
        "sum(norm(x[t]); t; 1; T) >= (norm(x[1]) + -a_1)"
    ]
    declared = r"% verify: index i = 1, \dots, n"
    assert goals(declared, DERIVE, r"\[ \frac1n\sum_i a_i \ge 0 \]") == ["((1 / n) * sum(a[i]; i; 1; n)) >= 0"]


def test_places_in_the_tree_are_places_in_the_file() -> None:
    text = r"\[ 1 \le \|u\| \]"
    _, (claim,) = asked(DERIVE, text)
    norm = claim.goal.terms[1]
    start = len(DERIVE) + 1
    assert (norm.start - start, norm.stop - start) == (text.index(r"\|"), text.rindex(r"\|") + 2)


@pytest.mark.parametrize(
    ("latex", "key", "base", "index"),
    [
        ("w_{t+1}", "w_{t+1}", "w", "t+1"),
        ("w_t^*", "w_t^*", "w^*", "t"),
        ("w^*", "w^*", "w^*", ""),
        ("w_{i,*}", "w_{i,*}", "w_*", "i"),
        ("w^{(k)}", "w^{(k)}", "w", "k"),
        ("x_{1+n}", "x_{n+1}", "x", "n+1"),
        (r"\bar x_T", r"\bar{x}_T", r"\bar{x}", "T"),
        ("x_{i,j}", "x_{i,j}", "x_{i,j}", ""),
        ("w_{max}", "w_{max}", "w_{max}", ""),
        ("x_{12}", "x_{12}", "x", "12"),
        ("x_{2t}", "x_{2t}", "x_{2t}", ""),
    ],
)
def test_a_name_with_its_family_and_its_index(latex: str, key: str, base: str, index: str) -> None:
    names = SpatialNames(Names())
    tokens = clean(tokenize(latex))
    w, end = read_written(tokens, 0, names)
    found = "" if w.index is None else index_text(w.index, names.names.latex)
    assert (w.key, w.base, found, end) == (key, base, index, len(tokens))


@pytest.mark.parametrize(
    "display",
    [
        r"\|" * 3_000 + "x = 1",
        r"\sum_{t=1}^T " * 2_000 + "x = 1",
        r"\mathbb{E}[" * 2_000 + "g" + "]" * 2_000 + "= 1",
        r"\|" + "+x" * 9_000 + r"\| = 1",
        r"\langle " * 3_000 + "x = 1",
        r"\mathbb{E} " * 3_000 + "g = 1",
        r"u^\top " * 3_000 + "u = 1",
        r"\nabla f(" * 3_000 + "u = 1",
        r"\|x_{" + "t+" * 5_000 + r"1}\| = 1",
    ],
    ids=lambda d: d[:12],
)
def test_hostile_displays_cost_one_step(display: str) -> None:
    steps, _ = asked(*DECLARED, DERIVE, rf"\[ {display} \]")
    assert {s.status for s in steps} <= {"not understood", "inconclusive"}
