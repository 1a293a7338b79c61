"""Claims about vectors are proved with a certificate that the checker accepts, refuted by a witness, or neither."""

from __future__ import annotations

import copy

import pytest

from verify.kernel import Refused, check
from verify.language.verdict import Verdict
from verify.prover.outcome import EmptyDomain
from verify.runtime.budget import SECOND
from verify.spaces.decide import Outcome, decide
from verify.spaces.reading.plain import claim

SMOOTH = ("f convex, f L-smooth, L > 0", "grad f(xs) == 0")
UNBIASED = ("w, g random vectors, y vector", "E[g | w] == grad f(w)", "E||g||^2 <= G^2")
TRUE: list[tuple[str, ...]] = [  # one for each route
    ("||x - eta*g - y||^2 == ||x - y||^2 - 2*eta*<g, x - y> + eta^2*||g||^2", "x, y, g vectors"),
    ("2*<a, b> <= c*||a||^2 + ||b||^2/c", "a, b vectors, c > 0"),
    ("||u + v|| <= ||u|| + ||v||", "u, v vectors"),
    ("(E<X, Y>)^2 <= E[||X||^2]*E[||Y||^2]", "X, Y random vectors"),
    ("||A*u||^2 <= L*<A*u, u>", "A symmetric operator", "0 <= A <= L"),
    ("f(x1) - f(xs) <= L/(4*c*L + 2)*||x0 - xs||^2", *SMOOTH, "x1 == x0 - c*grad f(x0)", "0 < c <= 1/L"),
    ("E||w - eta*g - y||^2 <= E||w - y||^2 - 2*eta*E<grad f(w), w - y> + eta^2*G^2", *UNBIASED),
    ("f(E X) <= E f(X)", "X random vector", "f convex"),
    ("sum(D[t] - D[t+1] for t in 1..T) == D[1] - D[T+1]", "T integer, T >= 1"),
    ("sum(t for t in 1..T) == T*(T+1)/2", "T integer, T >= 1"),
    ("sum(r^k for k in 0..T-1) == (1 - r^T)/(1 - r)", "r != 1, T integer, T >= 1"),
    ("x[T] <= q^T*x[0]", "x[t+1] <= q*x[t] for t in 0..T-1", "0 < q < 1", "T integer, T >= 1"),
    ("||sum(x[i] for i in 1..n)||^2 <= n*sum(||x[i]||^2 for i in 1..n)", "x family of vectors", "n integer, n >= 1"),
    ("x == y", "x, y vectors", "||x - y||^2 <= 0"),
]
FALSE: list[tuple[str, ...]] = [
    ("||x - eta*g - y||^2 == ||x - y||^2 - eta*<g, x - y> + eta^2*||g||^2", "x, y, g vectors"),
    ("||u + v||^2 <= ||u||^2 + ||v||^2", "u, v vectors"),
    ("f(x1) - f(xs) <= L/(4*c*L + 3)*||x0 - xs||^2", *SMOOTH, "x1 == x0 - c*grad f(x0)", "0 < c <= 1/L"),
    ("E||w - eta*g - y||^2 <= E||w - y||^2 - eta*E<grad f(w), w - y> + eta^2*G^2", *UNBIASED),
    ("E f(X) <= f(E X)", "X random vector", "f convex"),
    ("sum(D[t] - D[t+1] for t in 1..T) == D[1] - D[T]", "T integer, T >= 1"),
    ("x[T] <= q^T*x[1]", "x[t+1] <= q*x[t] for t in 0..T-1", "0 < q < 1", "T integer, T >= 1"),
]


def outcome(statement: str, *assumptions: str, seconds: int = 10) -> Outcome:
    return decide(claim(statement, assumptions), seconds * SECOND)


@pytest.mark.parametrize("entry", TRUE, ids=lambda e: e[0])
def test_true_ones_are_proved_with_a_certificate(entry: tuple[str, ...]) -> None:
    found = outcome(*entry)
    assert found.verdict is Verdict.PROVED, found.why
    assert found.certificate is not None
    check(found.certificate)
    forged = copy.deepcopy(found.certificate)
    goal = forged["theorem"]["goal"]
    forged["theorem"]["goal"] = ["and", goal, ["<", "1", "0"]]
    with pytest.raises(Refused):
        check(forged)


@pytest.mark.parametrize("entry", FALSE, ids=lambda e: e[0])
def test_false_ones_are_refuted_with_a_witness(entry: tuple[str, ...]) -> None:
    found = outcome(*entry)
    assert found.verdict is Verdict.REFUTED, found.why
    assert found.witness_lines[-1].startswith("left side ")


def test_assumptions_without_a_model_prove_nothing() -> None:
    with pytest.raises(EmptyDomain, match="contradict"):
        outcome("||u|| <= 7", "u vector, ||u|| <= -1")
    assert outcome("||u|| >= 1", "u vector, ||u|| >= 1").verdict is Verdict.PROVED


def test_without_a_constant_a_stationary_point_need_not_be_a_minimum() -> None:
    entry = ("f(xs) <= f(x)", "x, xs vectors", "f mu-PL", "grad f(xs) == 0")
    assert outcome(*entry, seconds=3).verdict is Verdict.INCONCLUSIVE  # mu = 0 says nothing
    assert outcome(*entry, "mu > 0", seconds=3).verdict is Verdict.PROVED


def test_what_nothing_declares_random_is_constant_in_a_counterexample() -> None:
    # Given the history v counts as random in proofs; as a constant it satisfies the statement.
    true = ("E<v, g> == <v, E g>", "v, h vectors, g random vector", "E_t[g] == h")
    assert outcome(*true, seconds=3).verdict is not Verdict.REFUTED
    false = ("E<v, g> == 2*<v, E g>", *true[1:])
    assert outcome(*false, seconds=3).verdict is Verdict.REFUTED


def test_the_same_bytes_each_time() -> None:
    entry = TRUE[5]
    assert outcome(*entry).certificate == outcome(*entry).certificate


def test_a_small_budget_ends_without_a_verdict() -> None:
    found = decide(claim(TRUE[12][0], TRUE[12][1:]), 2_000)
    assert found.verdict is Verdict.INCONCLUSIVE
