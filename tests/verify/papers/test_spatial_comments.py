r"""Comments that declare vectors, functions and indices, and the claims that steps make of them."""

from __future__ import annotations

import pytest

from tests.verify.papers.spatial import asked, refusals, shown_chain, shown_declarations
from verify.spaces.reading.surface import Independent

DERIVE = "% verify: derive"
SGD = (
    r"% verify: vectors w_t, g_t, w^*; f is L-smooth and \mu-strongly convex; w_{t+1} = w_t - \eta g_t; "
    r"\mathbb{E}_t g_t = \nabla f(w_t); \mathbb{E}_t\|g_t - \nabla f(w_t)\|^2 \le \sigma^2"
)


def test_one_comment_declares_a_whole_setting() -> None:
    display = r"\[ \mathbb{E}_t\|w_{t+1} - w^*\|^2 \le \mathbb{E}\|w_t - w^*\|^2 \]"
    steps, (claim,) = asked("% verify: assume L > 0", SGD, DERIVE, display)
    assert [s.status for s in steps] == ["inconclusive"]
    assert shown_chain(claim.goal) == "E((norm((w_t_1 + -w)) ^ 2); w_t) <= E((norm((w_t + -w)) ^ 2))"
    assert shown_declarations(claim) == [
        "g_t: random vector",
        "w: vector",
        "w_t: random vector",
        "w_t_1: random vector",
        "f: function",
        "f: smooth L",
        "f: strongly convex mu",
    ]
    assert [shown_chain(c) for c in claim.assumptions] == [
        "L > 0",
        "w_t_1 == (w_t + -(eta * g_t))",
        "E(g_t; w_t) == grad(f; w_t)",
        "E((norm((g_t + -grad(f; w_t))) ^ 2); w_t) <= (sigma ^ 2)",
    ]


def test_beside_a_sum_iterates_are_families_and_stages_are_left_out() -> None:
    index = r"% verify: index t = 0, \dots, T-1; T \in \mathbb N"
    display = r"\[ \sum_{t=0}^{T-1} \mathbb{E}\|\nabla f(w_t)\|^2 \le \mathbb{E} f(w_0) \]"
    _, (claim,) = asked(SGD, index, DERIVE, display)
    assert shown_chain(claim.goal) == "sum(E((norm(nabla_f_w_v2[t]) ^ 2)); t; 0; (T + -1)) <= E(f_w_v2[0])"
    assert [shown_chain(c) for c in claim.assumptions] == [
        "T >= 0",
        "w_v2[(t + 1)] == (w_v2[t] + -(eta * g[t])) for t in 0..(T + -1)",
    ]
    assert {"w_v2: random vectors", "nabla_f_w_v2: random vectors", "f_w_v2: random reals"} < {
        *shown_declarations(claim)
    }


@pytest.mark.parametrize(
    ("comment", "declared"),
    [
        ("vectors u, v", ["u: vector", "v: vector"]),
        (r"vectors \mathbf u, v and \bar u", ["bar_u: vector", "mathbf_u: vector", "v: vector"]),
        ("random vectors u; random v", ["u: random vector"]),
        ("vectors u, v; random u", ["u: random vector", "v: vector"]),
        ("vectors u; functions f; f is convex", ["u: vector", "f: function", "f: convex"]),
        (
            r"assume f is $L$-smooth, convex and M-Lipschitz; L > 0",
            ["f: function", "f: smooth L", "f: convex", "f: Lipschitz M"],
        ),
        (r"assume f is \frac1\eta-smooth", ["f: function", "f: smooth (1 / eta)"]),
        ("assume u, v are vectors", ["u: vector", "v: vector"]),
        ("assume A is a symmetric operator", ["A: operator"]),
        ("operators A; vectors u", ["A: operator", "u: vector"]),
        (r"vectors u; T \in \mathbb N", ["T: integer", "u: vector"]),
    ],
)
def test_what_a_comment_declares(comment: str, declared: list[str]) -> None:
    function = "f: function" in declared
    operator = "A: operator" in declared
    names = [d.split(":")[0] for d in declared if d.split(":")[0] not in ("f", "A", "T")]
    latex = {"bar_u": r"\bar u", "mathbf_u": r"\mathbf u"}
    terms = [latex.get(n, n) for n in names] or ["x"]
    term = "+".join(rf"\|{'A' if operator else ''} {n}\|" for n in terms) + (r"+ f(x)" if function else "")
    _, (claim,) = asked(f"% verify: {comment}", DERIVE, rf"\[ {term} \ge 0 \]")
    assert shown_declarations(claim) == declared


def test_independence_belongs_to_a_claim_about_all_its_names() -> None:
    comment = "% verify: random vectors g, h; g, h are independent"
    _, (both, one) = asked(comment, DERIVE, r"\[ \mathbb{E}\langle g, h\rangle = 0 \]", DERIVE, r"\[ \|g\| \ge 0 \]")
    assert [d.names for d in both.declarations if isinstance(d, Independent)] == [("g", "h")]
    assert not any(isinstance(d, Independent) for d in one.declarations)


def test_what_is_given_can_be_said() -> None:
    display = r"\[ \mathbb{E}_t\|g_t\|^2 \ge 0 \]"
    given = "% verify: random vectors g_t given w_t"
    _, (claim,) = asked("% verify: vectors w_t", given, DERIVE, display)
    assert shown_chain(claim.goal) == "E((norm(g_t) ^ 2); w_t) >= 0"
    bound = r"% verify: vectors g_t; \mathbb{E}_t\|g_t\|^2 \le 1"
    ((_, _, why),) = refusals(bound, DERIVE, display)
    assert why == "what this expectation is given"


@pytest.mark.parametrize(
    ("comment", "column", "what"),
    [
        ("vectors", 18, "a declaration without names"),
        ("vectors u + v", 21, "'+' behind a name"),
        ("vectors u; u", 22, "no assumption"),
        (r"vectors u; f is very smooth", 27, "'very smooth'"),
        (r"vectors u; \|u\| \le 1, f is convex", 21, "words without a semicolon"),
        (r"vectors u; \nabla f \le 1", 22, "a gradient without its point"),
        ("functions u; vectors u", 32, "declared before as another kind"),
        (r"index t = 0, T", 17, "the range of an index"),
        ("index 3", 17, "an index without its letter"),
        (r"using \eqref{eq:none}", 17, "no line before this one has the label eq:none"),
        (r"using magic", 17, "'magic'"),
        (r"random vectors g, h given u", 18, "'given' behind names without one index"),
        (r"vectors u; \langle u, u\rangle \approx 1", 42, r"the relation \approx"),
    ],
)
def test_a_comment_that_is_not_read_is_told_at_its_place_and_nothing_is_refuted(
    comment: str, column: int, what: str
) -> None:
    first = asked(f"% verify: {comment}", DERIVE, r"\[ x > 0 \]")[0][0]
    assert (first.line, first.status) == (1, "not understood")
    assert what in first.why
    assert first.column == column
    statuses = [s.status for s in asked(f"% verify: {comment}", DERIVE, r"\[ x > 0 \]")[0][1:]]
    assert statuses in ([], ["inconclusive"]) or "using" in comment


def test_a_number_is_no_vector() -> None:
    assert "declared to be a number" in refusals(r"% verify: assume x \in \mathbb R", "% verify: vectors x")[0][2]
    assert not refusals("% verify: assume y > 0", "% verify: vectors x")


def test_norms_that_were_assumed_to_be_numbers_stay_numbers() -> None:
    given = r"% verify: assume \|u\| > 0, \|v\| > 0"
    steps, claims = asked(given, DERIVE, r"\[ 2\lVert u\rVert\lVert v\rVert \le \|u\|^2 + \|v\|^2 \]")
    assert (not claims, [s.status for s in steps]) == (True, ["proved"])
    _, (claim,) = asked(given, "% verify: vectors u, v", DERIVE, r"\[ 2\|u\|\|v\| \le \|u\|^2 + \|v\|^2 \]")
    assert [shown_chain(c) for c in claim.assumptions] == ["norm(u) > 0", "norm(v) > 0"]
    _, (claim,) = asked(given, DERIVE, r"\[ 2\|u\|\|v\| \le \|u\|^2 + \|v\|^2 \]")  # not read as one of numbers
    assert [shown_chain(c) for c in claim.assumptions] == ["norm(u) > 0", "norm(v) > 0"]
