r"""Steps about vectors: which they are, what a prover's answer becomes, and lines that later derivations use."""

from __future__ import annotations

import pytest

from tests.verify.papers.spatial import Found, asked, shown_chain
from verify.language.verdict import Verdict
from verify.papers.check import check
from verify.papers.report import lines, to_json
from verify.papers.scanner import scan
from verify.runtime.errors import BadInput
from verify.spaces.decide import decide
from verify.spaces.reading.surface import Claim

DERIVE = "% verify: derive"
PROVED = Found(Verdict.PROVED)
REFUTED = Found(Verdict.REFUTED, ("w_t = (1, 0), eta = 2", "the left side is 3, the right side 1"))


def test_steps_about_numbers_go_the_old_way_beside_steps_about_vectors() -> None:
    display = r"\[ \|u\| \le a + b = b + a \le a \]"
    steps, claims = asked("% verify: assume a > 0, b > 0", DERIVE, display, found=PROVED)
    assert [s.status for s in steps] == ["proved", "proved", "refuted"]
    assert [shown_chain(c.goal) for c in claims] == ["norm(u) <= (a + b)"]
    alone = check(scan("\n".join(("% verify: assume a > 0, b > 0", DERIVE, r"\[ 0 \le a + b = b + a \le a \]"))))
    assert [(s.status, s.witness, s.rhs) for s in alone[1:]] == [(s.status, s.witness, s.rhs) for s in steps[1:]]


def test_rows_go_on_from_the_right_side_and_new_rows_start_anew() -> None:
    display = r"\begin{align*} \|u+v\|^2 &\le 2\|u\|^2 + 2\|v\|^2 \\ &= a \\ \|u\| &\ge 0 \end{align*}"
    steps, claims = asked(DERIVE, display)
    assert [c.goal.terms[0].op for c in claims] == ["^", "+", "norm"]
    assert len(steps) == 3


def test_a_counterexample_is_told_in_the_names_of_the_paper() -> None:
    found, _ = asked("% verify: vectors w_t", DERIVE, r"\[ \|w_t\| \overset{(a)}{\le} \eta \]", found=REFUTED)
    (step,) = found
    assert step.status == "refuted"
    assert step.lines[0] == r"w_t = (1, 0), \eta = 2"
    report = lines("a.tex", found)
    assert report[0] == r"a.tex:3: refuted: \|w_t\|\overset{(a)}{\le}\eta"
    assert report[1:3] == [r"    w_t = (1, 0), \eta = 2", "    the left side is 3, the right side 1"]
    assert to_json("a.tex", found)["steps"][0]["counterexample"] == list(step.lines)


@pytest.mark.parametrize(
    ("before", "display", "why"),
    [
        (r"% verify: assume x \sim 1", r"\|u\| \le 1", "was not understood"),
        ("% verify: vectors u", r"\|u\| \le 1, \quad a \ge 2", "stands beside it in its row"),
        ("% verify: vectors u", r"\|u\| \le 1 \qquad \text{(since } u = 0)", "a reason beside the step"),
        (r"% verify: assume T = 3", r"\|x_T\| \le \|x_3\|", "as unrelated"),
        (r"% verify: vectors w_t; \mathbb{E}_t w_t = w_t", r"\|w_0\| \le 1", "it takes w_0 as random"),
        (
            r"% verify: vectors w_t, g_t; \mathbb{E}_t g_t = w_t",
            r"\sum_{t=1}^T \mathbb{E}\|w_t\| \le 1",
            "not all that is assumed was used",
        ),
    ],
)
def test_a_counterexample_that_may_rest_on_something_unknown_refutes_nothing(
    before: str, display: str, why: str
) -> None:
    steps, _ = asked(before, DERIVE, rf"\[ {display} \]", found=REFUTED)
    odd = [s for s in steps if s.bound == "derive"]
    assert odd[0].status == "inconclusive", odd
    assert why in odd[0].why
    control, _ = asked("% verify: vectors u", DERIVE, r"\[ \|u\| \le 1 \]", found=REFUTED)
    assert control[0].status == "refuted"


def test_sorts_that_do_not_fit_are_not_understood_where_the_term_stands() -> None:
    def prover(claim: Claim, work: int) -> Found:
        raise BadInput("a vector and a number are added", "write a norm", "", claim.goal.terms[0].start)

    text = "\n".join((DERIVE, r"\[ \|u\| + u \ge 0 \]"))
    (step,) = check(scan(text), spatial=prover)
    assert (step.status, step.line, step.column) == ("not understood", 2, 4)
    assert (step.why, step.hint) == ("a vector and a number are added", "write a norm")


def test_a_display_that_nobody_asked_to_check_is_refuted_only_where_all_is_declared() -> None:
    display = r"\[ \|u\| \le a \]"
    assert asked(display, found=REFUTED, everything=True)[0][0].status == "assumed"
    given = ("% verify: vectors u", "% verify: assume a > 0")
    assert asked(*given, display, found=REFUTED, everything=True)[0][0].status == "refuted"
    assert asked(r"\[ \Delta = \|u\| \]", found=REFUTED, everything=True)[0][0].status == "definition"


def test_what_fails_where_nothing_is_random_fails_also_where_a_stage_cannot_be_stated() -> None:
    seen: list[str] = []

    def prover(claim: Claim, work: int) -> Found:
        seen.append("; ".join(shown_chain(c) for c in (claim.goal, *claim.assumptions)))
        return Found(Verdict.REFUTED if "E(" not in seen[-1] else Verdict.INCONCLUSIVE, ("w[1] = 2",))

    given = r"% verify: vectors w_t, g_t; \mathbb{E}_t g_t = w_t; index t = 1, \dots, T"
    text = "\n".join((given, DERIVE, r"\[ \sum_{t=1}^T \mathbb{E}\|w_t\| \le 1 \]"))
    (step,) = check(scan(text), spatial=prover)
    assert (step.status, step.lines) == ("refuted", ("where nothing is random", "w[1] = 2"))
    assert seen[-1] == "sum(norm(w[t]); t; 1; T) <= 1; g[t] == w[t] for t in 1..T"
    assert not any("g" in s for s in seen[:-1])


# ---------------------------------------------------------------- lines that are used

SHOWN = (DERIVE, r"\begin{equation} \|u\| \le a \label{eq:one} \end{equation}")
USING = (r"% verify: using \eqref{eq:one}", DERIVE, r"\[ \|u\|^2 \le a^2 \]")


def test_a_line_that_was_shown_may_be_used_by_a_later_derivation_and_by_one_alone() -> None:
    steps, claims = asked(*SHOWN, *USING, DERIVE, r"\[ \|u\| \ge 0 \]", found=PROVED)
    assert [s.status for s in steps] == ["proved"] * 3
    assert [[shown_chain(c) for c in claim.assumptions] for claim in claims] == [[], ["norm(u) <= a"], []]
    assert not any(s.rests for s in steps)


def test_what_rests_on_an_unchecked_line_says_so_and_hands_it_on() -> None:
    unchecked = SHOWN[1:]
    later = (r"\begin{equation} \|u\|^2 \le a^2 \label{eq:two} \end{equation}",)
    again = (r"% verify: using \eqref{eq:two}", DERIVE, r"\[ \|u\|^2 \le a^2 + 1 \]")
    steps, _ = asked(*unchecked, *USING[:2], *later, *again, found=PROVED)
    support = "eq:one (line 1), which is assumed and not shown"
    assert [(s.status, s.rests) for s in steps] == [("assumed", ()), ("proved", (support,)), ("proved", (support,))]
    assert f"    rests on {support}" in lines("a.tex", steps)


def test_a_line_that_was_refuted_or_is_not_read_is_never_used() -> None:
    steps, _ = asked(*SHOWN, *USING, found=REFUTED)
    assert [s.status for s in steps] == ["refuted", "not understood"]
    assert "is refuted" in steps[1].why
    unread = (DERIVE, r"\begin{equation} \nabla f \le \|u\| \label{eq:one} \end{equation}")
    assert "is not understood" in asked(*unread, *USING, found=PROVED)[0][1].why


def test_a_line_that_was_shown_under_other_assumptions_is_an_assumption() -> None:
    steps, _ = asked("% verify: vectors u", *SHOWN, "% verify: forget", *USING, found=PROVED)
    assert steps[1].rests == ("eq:one (line 3), which was shown under other assumptions",)


def test_a_label_of_a_row_stands_for_the_chain_up_to_it() -> None:
    rows = r"\begin{align} \|u\| &= a \\ &\le b \label{eq:one} \\ &< c \label{eq:two} \end{align}"
    uses = [
        line for x in ("one", "two") for line in (rf"% verify: using \eqref{{eq:{x}}}", DERIVE, r"\[ \|u\| \ge 0 \]")
    ]
    _, claims = asked(r"% verify: assume a \le b, b < c", DERIVE, rows, *uses, found=PROVED)
    first = [shown_chain(claim.assumptions[0]) for claim in claims]
    assert first == ["a <= b", "norm(u) <= b", "norm(u) < c"]


def test_a_reason_over_a_relation_may_name_the_line() -> None:
    over = r"\[ \|u\|^2 \overset{\eqref{eq:one}}{\le} a^2 \]"
    _, claims = asked(*SHOWN, DERIVE, over, found=PROVED)
    assert [shown_chain(c) for c in claims[1].assumptions] == ["norm(u) <= a"]


def test_a_line_for_every_index_is_used_for_all_of_its_range() -> None:
    given = r"% verify: vectors x_t; index t = 0, \dots, T-1"
    line = (DERIVE, r"\begin{equation} \|x_t\| \le a_t \label{eq:one} \end{equation}")
    use = (r"% verify: using \eqref{eq:one}", DERIVE, r"\[ \sum_{t=0}^{T-1} \|x_t\| \le \sum_{t=0}^{T-1} a_t \]")
    _, claims = asked(given, *line, *use, found=PROVED)
    assert [shown_chain(c) for c in claims[1].assumptions] == ["norm(x[t]) <= a[t] for t in 0..(T + -1)"]
    unknown, _ = asked("% verify: vectors x_t; index t", *line, *use, found=PROVED)
    assert (unknown[1].status, unknown[1].why) == ("not understood", "the index t without its range")


def test_a_line_about_numbers_may_be_used_by_one_about_numbers() -> None:
    line = (DERIVE, r"\begin{equation} x \le y^2 \label{eq:one} \end{equation}")
    steps, _ = asked(line[1], r"% verify: using \eqref{eq:one}", DERIVE, r"\[ x - y^2 \le 0 \]")
    assert [(s.status, bool(s.rests)) for s in steps] == [("assumed", False), ("proved", True)]
    assert asked(DERIVE, r"\[ x - y^2 \le 0 \]")[0][0].status == "refuted"


def test_without_a_prover_for_vectors_such_steps_are_not_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.papers.check.prover", lambda: None)
    found = check(scan("\n".join(("% verify: vectors u", DERIVE, r"\[ \|u\| \ge 0 \]", DERIVE, r"\[ x = x \]"))))
    assert [s.status for s in found] == ["not understood", "not understood", "proved"]


def test_what_a_comment_says_is_used_reaches_the_prover() -> None:
    said = r"% verify: vectors w_t, w^*; f is convex and L-smooth"
    display = r"\[ f(w_t) - f(w^*) \le \langle \nabla f(w_t), w_t - w^* \rangle \]"
    using = r"% verify: using convexity at (w^*, w_t) times 2\eta, smoothness at (w_t, w^*)"
    _, claims = asked("% verify: assume L > 0", said, using, DERIVE, display)
    first, second = claims[0].reasons
    assert (first.what, len(first.points), second.what, second.factor) == ("convexity", 2, "smoothness", None)
    assert first.factor is not None and first.factor.op == "*"
    _, claims = asked("% verify: assume L > 0", said, DERIVE, display)
    assert claims[0].reasons == ()
    steps, _ = asked("% verify: assume L > 0", said, using.replace("smoothness", "roundness"), DERIVE, display)
    assert any("no fact is called 'roundness'" in s.why and s.line == 3 for s in steps)


@pytest.mark.parametrize(("bound", "status"), [(r"\nabla f(z)", "proved"), (r"2\nabla f(z)", "refuted")])
def test_a_step_with_a_reason_is_decided_as_without(bound: str, status: str) -> None:
    said = (r"% verify: vectors x, y, z; f is convex", r"% verify: assume \nabla f(z) = \nabla f(x)")
    display = rf"\[ f(y) - f(x) \ge \langle {bound}, y - x \rangle \]"
    lines_ = (*said, "% verify: using convexity at (y, x) times 1", DERIVE, display)
    steps = check(scan("\n".join(lines_)), spatial=decide)
    assert [s.status for s in steps] == [status], steps
