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
        ("N^2 >= N", ("N, M independent, N, M integers",), "random integers"),
        # what nothing declares would be constant, and what is random with it
        ("Var[g] == 0", ("g random vector, 2*y == g",), "may be random or constant"),
        ("Var[g] == 0", ("g random vector, y vector, 2*y == g",), "may be random or constant"),
        ("Var[g] == 0", ("g random vector, g == 2*y",), "may be random or constant"),
        ("Var[g] == 0", ("g random vector, x1 - x0 == -eta*g, eta > 0",), "may be random or constant"),
        ("X == E X", ("X random, X + Y == 1",), "may be random or constant"),
        ("E[X | Y] == E X", ("X, Y random, E[X | Y] - c == 0",), "may be random or constant"),
        # what is random and cannot be
        ("E f(x) == f(x)", ("f random, x vector",), "'f' is a function, and declared random"),
        ("E f(x) == f(x)", ("f random, f convex, x vector",), "'f' is a function, and declared random"),
        ("E<A*u, u> == 0", ("A random, A symmetric operator, u vector",), "'A' is an operator, and declared random"),
        ("E_X[X*Y] == Y*E X", ("X, Y random",), "over something random"),
        # indices that do not run
        ("sum(f_i(x) for i in 1..n) == n*f_i(x)", ("x vector, n >= 1",), "one name, the same for every 'i'"),
        ("sum(a[t] for t in 1..n) <= n*M_t", ("a[t] <= M_t for t in 1..n, n >= 1",), "the same for every 't'"),
        ("f(x_t) == f(x[t])", ("x family of vectors, x_t vector",), "two things"),
        ("sum(E_t||g||^2 for t in 1..T) >= 0", ("E_t g == 0, T >= 1",), "where 't' runs"),
        ("a[T] <= q^T*a[0]", ("a[t+1] <= q*a[t], 0 < q < 1, T >= 1",), "for one 't' only"),
        ("sum(a[t] for t in 1..T) <= T*M", ("a[t] <= M, T >= 1",), "for one 't' only"),
        # what is known, and what is not
        ("E_t grad f(x1) == grad f(x1)", (*STEP, "E_t h == grad f(x1)"), "is drawn then"),
        ("E<g, v> == 0", ("g, v, w random vectors, E[g | w] == grad f(v)",), "need not be known"),
        # what custom reads otherwise
        ("E||x1||^2 - ||x0||^2 <= 0", ("x0, x1 random vectors, ||x1|| <= ||x0||",), "in two ways"),
        ("E||x1||^2 - ||x0||^2 <= 0", ("x0, g random vectors, x1 == x0 - g",), "in two ways"),
        ("Var_t[n] >= 0", ("n >= 0",), "not supported"),
        ("Pr[n] <= 1", ("n >= 0",), "not supported"),
        ("f(x) == f(y)", ("f L-mu-smooth",), "no class of functions"),
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
        ("Var[g] == 0", ("g random vector, y vector, g == y",)),
        ("Var[X] <= E[X^2]", ("X random, c real, E[X^2] == c",)),
        ("E x1 == x0 - eta*E g", ("x1 == x0 - eta*g, g random vector",)),
        ("E x1 - x0 == -eta*E g", ("x1 == x0 - eta*g, g random vector",)),
        ("sum(a[t] for t in 1..T) <= T*M", ("a[t] <= M for t in 1..T, T >= 0",)),
        ("a[T] <= a[0]", ("a[t+1] <= a[t] for t in 0..T-1, T >= 0",)),
        ("||x[t+1]||^2 == ||x[t]||^2 - 2*<g, x[t]> + ||g||^2", ("x[t+1] == x[t] - g",)),
        ("D[0] >= a[0]", ("a[0] <= D[0] - D[T], D[T] >= 0",)),
        ("E<g, v> == E<grad f(v), v>", ("g, w random vectors, v == 2*w, E[g | w] == grad f(v)",)),
        ("E[X*Y] == E[Y*E[X | Y]]", ("X, Y random, E[X | Y] == X",)),
        ("(E||x1||^2) - ||x0||^2 <= (E||x1||^2)", ("x0, x1 random vectors",)),
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
        ("E||g||^2 == ||E g||^2", ("g random vector, x1 == x0 - g == z",)),
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


@pytest.mark.parametrize(
    ("statement", "assumption", "place"),
    [
        ("E[X | Y] == E[X | Z]", "X, Y, Z random", "line 1, column 13"),
        ("E[X*X] == 0", "X random, X, X independent", "line 1, column 11"),
        ("Var[g] == 0", "g random vector, 2*y == g", "line 1, column 20"),
        ("sum(x_i for i in 1..n) == 0", "n >= 1", "line 1, column 5"),
    ],
)
def test_an_error_names_its_column(statement: str, assumption: str, place: str) -> None:
    with pytest.raises(BadInput) as caught:
        verdict(statement, assumption)
    assert place in str(caught.value)


def test_inconclusive_says_what_was_tried_and_what_to_do() -> None:
    found = decide(claim("||x||^p >= 0", ["x vector"]), SECOND // 4)
    assert found.verdict is Verdict.INCONCLUSIVE
    assert "no proof from the assumptions" in found.why[0] and "name a further point" in found.why[0]
    found = decide(claim("E[1/X] >= 1/E[X]", ["X random, X > 0"]), SECOND // 4)
    assert found.verdict is Verdict.INCONCLUSIVE
    assert "declare a random name for it" in found.why[0]


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
