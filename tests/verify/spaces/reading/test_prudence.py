"""What a reader would take otherwise than it would be read is refused, or read with care; controls beside it."""

from __future__ import annotations

import pytest

from verify.language.verdict import Verdict
from verify.prover.outcome import EmptyDomain
from verify.runtime.budget import SECOND
from verify.runtime.errors import BadInput
from verify.spaces.decide import decide, decided, judged
from verify.spaces.meaning.elaborate import elaborate
from verify.spaces.models import kept_models
from verify.spaces.models.bound_names import with_bound_names
from verify.spaces.reading.plain import claim
from verify.spaces.refutation.refute import refute

STEP = ("x1 == x0 - eta*g, E_t g == grad f(x0)",)


def verdict(statement: str, *assumptions: str) -> Verdict:
    return decide(claim(statement, assumptions), 3 * SECOND).verdict


@pytest.mark.parametrize(
    ("statement", "assumptions", "said"),
    [
        ("E_t||g[t]||^2 >= 0", ("x[t+1] == x[t] - g[t], E_t g[t] == 0",), "beside E_t"),
        ("g == h", ("E_t[g - h] == 0", "g, h random vectors"), "what is drawn"),
        ("||y||^2 == 0", ("E_t g == 0, 2*y == g",), "drawn at time t"),
        ("E_t||w||^2 <= 1", ("E_t g == 0, g random vector, E_t||w|| <= 1, w vector",), "known at time t"),
        ("X[1] == 0", ("X family of random reals, E[X[1] | X[0]] == 0",), "a member of a family"),
        ("<A*u, u> <= ||u||^2", ("A symmetric operator, 0 <= A >= 1",), "two bounds"),
        ("L > mu", ("A symmetric operator, mu <= A < L",), "not by <"),
        ("||g||^2 <= s", ("E||g||^2 <= s",), "declared random"),
        ("E[X*X] == E[X]*E[X]", ("X, X independent random",), "independent of itself"),
        ("L <= M", ("f L-smooth, f M-smooth",), "smooth twice"),
        ("c == 0", ("X, Y random, E[X | Y] == c, E X == 0",), "constant or random"),
        ("N^2 >= N", ("N random integer",), "random integers"),
    ],
)
def test_refused(statement: str, assumptions: tuple[str, ...], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        verdict(statement, *assumptions)


@pytest.mark.parametrize(
    ("statement", "assumptions"),
    [
        ("E_t||x1||^2 == ||x0||^2 - 2*eta*<grad f(x0), x0> + eta^2*E_t||g||^2", STEP),
        ("mu > 0", ("A symmetric operator, 0 < mu <= A <= L",)),
        ("<A*u, u> <= L*||u||^2", ("A symmetric operator, L >= A >= 0",)),
        ("L >= 0", ("f L-smooth, x vector",)),
        ("mu <= L", ("f mu-strongly convex, f L-smooth",)),
        ("Var[y] == 0", ("y vector",)),
    ],
)
def test_proved(statement: str, assumptions: tuple[str, ...]) -> None:
    assert verdict(statement, *assumptions) is Verdict.PROVED


@pytest.mark.parametrize(
    ("statement", "assumptions"),
    [
        ("E||g||^2 == E||grad f(x0)||^2", ("x0, x1, g random vectors", *STEP, "eta > 0")),
        ("x1 == x0", ("x1 == x0 - g, E_t g == 0",)),
        ("||y||^2 == 0", ("E_t g == 0, y == 2*g",)),
        ("E[X | Y] == 0", ("X, Y random",)),
    ],
)
def test_what_is_made_of_something_drawn_is_drawn(statement: str, assumptions: tuple[str, ...]) -> None:
    assert verdict(statement, *assumptions) is Verdict.REFUTED


@pytest.mark.parametrize(
    ("statement", "assumptions"),
    [
        ("E[X | Y] == E X", ("X, Y random, Y == 1",)),
        ("E[X | Y, Z] == E[X | Y]", ("X, Y, Z random, Z == Y^2",)),
        ("mu*b <= 1", ("A mu-strongly monotone, A b-cocoercive, x != y, x, y vectors",)),
    ],
)
def test_true_ones_are_not_refuted(statement: str, assumptions: tuple[str, ...]) -> None:
    assert verdict(statement, *assumptions) is not Verdict.REFUTED


def test_a_class_without_members_is_a_contradiction() -> None:
    with pytest.raises(EmptyDomain):
        verdict("1 >= 0", "f (-1)-smooth")


def test_a_kept_model_is_judged_as_a_new_one() -> None:
    knows_more = elaborate(claim("E[X | Y] == E X", ["X, Y random, Y == 1"]))
    found = refute(with_bound_names(knows_more.problem), work=3 * SECOND)
    assert found is not None, "the search alone does not ask what a stage knows"
    assert judged(knows_more, *kept_models.read(kept_models.written(found.model, found.functions))) is None

    stated = elaborate(claim("E[X | Y] == 0", ["X, Y random"]))
    witness = decided(stated, 3 * SECOND).witness
    assert witness is not None
    assert judged(stated, *kept_models.read(kept_models.written(witness.model, witness.functions))) is not None
