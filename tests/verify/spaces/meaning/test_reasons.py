"""What an author says is used: which hypotheses it names, what it brings in, and what it cannot do."""

from __future__ import annotations

import pytest

from verify.kernel import check
from verify.language.verdict import Verdict
from verify.runtime.errors import BadInput
from verify.spaces.decide import decide
from verify.spaces.meaning.elaborate import elaborate
from verify.spaces.problems.script import Script, Statement
from verify.spaces.proving.linear_forms import LinearForms
from verify.spaces.proving.said import said
from verify.spaces.reading.plain import claim

STEP = "x1 == x0 - eta*grad f(x0), y1 == y0 - eta*grad f(y0), eta > 0, eta <= 2/(L + mu)"
CONTRACTION = (
    "||x1 - y1||^2 <= (1 - 2*eta*mu*L/(mu + L))*||x0 - y0||^2",
    ["f mu-strongly convex, f L-smooth, L > mu, mu > 0", STEP],
)
FACTOR = "2*eta*(L - mu)/(L + mu)"
USING = [f"smoothness at (x0, y0) times {FACTOR}", f"smoothness at (y0, x0) times {FACTOR}"]


def test_a_factor_is_that_of_the_textbooks_inequality() -> None:
    """Here the inequality stands times 2 (L - mu), so the multiplier is eta/(L + mu)."""
    meaning = elaborate(claim(*CONTRACTION, USING))
    statement = Statement(meaning.problem)
    found = said(meaning, statement)
    assert found is not None and len(found.ignored) == 2  # strong convexity, in both orders
    script = Script(statement, statement.state)
    goal = statement.read(meaning.problem.goals[0])
    forms = LinearForms(script, meaning.values, None)
    problem, used = forms.problem(goal, script.state.facts) or (None, [])
    assert problem is not None
    eta, L, mu = (next(s for s in forms.form(n).values()) for n in ("eta", "L", "mu"))  # type: ignore[union-attr]
    rows = list(found.multipliers(forms, used))
    interpolation = [row for row in rows if all((c - eta / (L + mu)).simplify() == 0 for c in row.values())]
    assert len(interpolation) == 2 and all(len(row) == 2 for row in rows)  # two reasons, each for either order
    assert len(rows) == 6  # a reason may mean the definition too, with the Lipschitz constant


def test_a_claim_is_proved_with_its_reasons() -> None:
    outcome = decide(claim(*CONTRACTION, USING), 6_000_000)
    assert outcome.verdict is Verdict.PROVED and outcome.certificate is not None
    check(outcome.certificate)


def test_a_wrong_reason_proves_nothing_and_hinders_nothing() -> None:
    too_much = ("f(y) <= f(x) + <grad f(x), y - x> + L/4*||y - x||^2", ["f convex, f L-smooth, L > 0"])
    right = (too_much[0].replace("L/4", "L/2"), too_much[1])
    for using in (["smoothness at (x, y)"], ["smoothness at (y, x) times 7"], ["convexity at (x, y) times L - 1"]):
        assert decide(claim(*too_much, using), 2_000_000).verdict is not Verdict.PROVED
        assert decide(claim(*right, using), 6_000_000).verdict is Verdict.PROVED


def test_a_reason_brings_in_the_points_of_which_it_speaks() -> None:
    """The gap at x is bounded through the point one step further, of which the statement does not speak."""
    stated = ("||grad f(x)||^2 <= 2*L*(f(x) - c)", ["f L-smooth, L > 0, x1 == x - 1/L*grad f(x)"])
    without = elaborate(claim(*stated))
    brought = elaborate(claim(*stated, ["smoothness at (x, x1) times 2*L"]))
    assert [len(m.functions[0].points) for m in (without, brought)] == [1, 2]


@pytest.mark.parametrize(
    ("reason", "what", "column"),
    [
        ("smothness at (x, y)", "no fact is called 'smothness'", 1),
        ("smoothness at (x, z)", "'z' occurs neither", 19),
        ("smoothness at (x, L)", "'L' is a scalar, not a vector", 19),
        ("smoothness at (x, y) times x", "'x' is a vector, not a scalar", 28),
        ("smoothness at (x, x)", "there is no fact 'smoothness' at (x)", 1),
        ("PL at (x)", "'PL' is said to be used, and nothing is declared so", 1),
        ("smoothness at (x, y", "the '(' is never closed", 15),
        ("smoothness at x", "points stand in brackets", 15),
        ("at (x, y)", "a fact is expected here", 1),
        ("smoothness at (x, y) times 2 3", "there is no operator between", 30),
    ],
)
def test_a_reason_that_has_no_meaning_is_one_error(reason: str, what: str, column: int) -> None:
    stated = ("f(y) <= f(x) + <grad f(x), y - x> + L/2*||y - x||^2", ["f L-smooth, L > 0"])
    with pytest.raises(BadInput) as error:
        elaborate(claim(*stated, [reason]))
    assert what in f"{error.value.what} {error.value.hint}" and error.value.position == column - 1
    assert error.value.text == reason
    elaborate(claim(*stated, ["smoothness at (x, y) times 2"]))
