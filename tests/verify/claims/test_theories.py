"""What a theory must not be able to do: make something false look proved or refuted, hang, or pass for another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sympy as sp

from theory.maml_erm import THEORY as MAML
from verify import (
    Claim,
    Derivation,
    Domain,
    Evidence,
    Holds,
    Identity,
    LoewnerOrder,
    NamedExpression,
    Route,
    Theory,
    TracePolynomial,
    Unit,
    Verdict,
    at_least,
    check,
    free,
    le,
    nonnegative,
    positive,
)
from verify.claims import theories
from verify.claims.domain import Bound
from verify.derivations.expectation import SIGMA
from verify.evidence.route_table import routes_of
from verify.evidence.routes.spectrum import NotSpectral, reduction
from verify.runtime.errors import BadInput, Malformed
from verify.typesetting.plain_text import kind_of
from verify.typesetting.statements import claim_latex

x, sigma, tau = sp.symbols("x sigma tau", real=True)
TRUE = Claim("c", "a square", Holds(le(0, x**2)), Domain((free(x),)))


def named(name: str, value: sp.Expr, symbol: sp.Symbol | None = None) -> NamedExpression:
    return NamedExpression(
        name, name, name, Unit(), Derivation(name, value, "by definition"), Domain((free(x),)), symbol
    )


@pytest.mark.parametrize(
    "expressions",
    [
        [named("sigma", sigma + 1, sigma)],
        [named("sigma", tau + 1, sigma), named("tau", x, tau)],
        [named("sigma", sp.sqrt(sp.Symbol("x", positive=True) ** 2), sigma)],
        [named("sigma", x / 2, sp.Symbol("sigma", integer=True))],
        [named("pp", x, sp.Symbol("pp", positive=True))],
        [named("sigma", x, sigma), named("other", x, sigma)],
        [named("sigma", x, sigma), named("sigma", x)],
        [named("a", x), named("b", sp.Symbol("x", integer=True))],
    ],
    ids=[
        "itself",
        "a later one",
        "assumptions",
        "an integer",
        "a positive atom",
        "one symbol",
        "one name",
        "two kinds",
    ],
)
def test_definitions_that_would_be_taken_for_more_than_they_say_are_refused(expressions: list[NamedExpression]) -> None:
    with pytest.raises(Malformed):
        _ = Theory(name="bad", expressions=lambda: expressions).atoms
    good = Theory(name="good", expressions=lambda: [named("sigma", x + 1, sigma), named("tau", sigma**2, tau)])
    assert good.expand(tau) == (x + 1) ** 2


L, l, t = sp.symbols("L l t", real=True)
S = TracePolynomial.letter(SIGMA)
WIDE = (positive(L), Bound(l, sp.Integer(0), True, L, True), at_least(t, L**2))


def order(
    lhs: TracePolynomial, rhs: TracePolynomial, scalar: object, symbols: tuple[sp.Symbol, ...], **more: object
) -> Claim:
    return Claim("o", "o", LoewnerOrder(lhs, rhs, scalar, *symbols), Domain(WIDE), **more)  # type: ignore[arg-type]


def test_a_false_order_of_matrices_is_not_reduced_to_a_true_one_of_numbers() -> None:
    assert reduction(order(S, S + S, le(l, 2 * l), (l, L, t)))
    trace = (S * S).trace()
    whole = sp.Symbol("l", integer=True)
    g = sp.Symbol("g", real=True)
    hiding = Theory(name="hiding", expressions=lambda: [named("g", l, g)])
    wrong = [
        Claim("w", "w", LoewnerOrder(S, S * S, le(whole, whole**2), whole, L, t),
              Domain((positive(L), Bound(whole, sp.Integer(0), True, L, True), at_least(t, L**2)))),
        order(S, TracePolynomial.identity(SIGMA.rows) * trace, le(l, l), (l, L, l)),
        order(S, S, le(l, l), (l, L, L)),
        hiding.adopt(order(S.scale(g), S * S, le(g * l, l**2), (l, L, t))),
        hiding.adopt(order(S, S + S, le(l, 2 * l), (l, L, t), at=((sp.Symbol("y", real=True), g),))),
    ]  # fmt: skip
    for claim in wrong:
        with pytest.raises(NotSpectral):
            reduction(claim)


def mean(lhs: TracePolynomial, scalar: object, domain: Domain | None = None, **more: object) -> Claim:
    """E lhs <= E 2 Sigma, for any number of matrices."""
    statement = LoewnerOrder(lhs, S + S, scalar, l, L, t, averaged=True)  # type: ignore[arg-type]
    return Claim("o", "o", statement, domain or Domain(WIDE), **more)  # type: ignore[arg-type]


def test_an_order_of_means_needs_what_all_matrices_share() -> None:
    """A mean may have coefficients, and hypotheses about each matrix; not coefficients that each has its own."""
    c, r = sp.symbols("c r", real=True)
    wide = Domain((*WIDE, Bound(c)), (le(c * L**2, t), le(c, 2)))
    assert "any number" in reduction(mean(S.scale(c), le(c * l, 2 * l), wide))
    own = Theory(name="own", expressions=lambda: [named("r", t / L**2, r)])
    assert "for every PSD Sigma" in reduction(order(S.scale(L), S.scale(2 * L), le(L * l, 2 * L * l), (l, L, t)))
    wrong = [
        mean(S.scale(L), le(L * l, 2 * l)),
        mean(S.scale(t / L**2), le(t / L**2 * l, 2 * l)),
        own.adopt(mean(S.scale(r), le(r * l, 2 * l))),
        mean(S.scale(c), le(c * l, 2 * l), wide, at=((c, L),)),
        mean(S, le(l, 2 * l), at=((L, sp.Integer(1)),)),
        mean(S.scale(c), le(c * l, 2 * l), wide.where(le(c, l))),
    ]
    for claim in wrong:
        with pytest.raises(NotSpectral):
            reduction(claim)


def test_an_order_of_means_is_printed_and_locked_as_one() -> None:
    claim = mean(S, le(l, 2 * l))
    assert claim_latex(claim) == r"\mathbb E\left[\Sigma\right]\preceq \mathbb E\left[2\Sigma\right]"
    assert kind_of(claim) == "Loewner order of averages"
    unclear = LoewnerOrder(S, S, le(l, l), l, L, t, averaged=1)  # type: ignore[arg-type]
    with pytest.raises(Malformed, match="neither True nor False"):
        Claim("o", "o", unclear, Domain(WIDE))


def proves(claim: Claim) -> Evidence:
    return Evidence("proof", Verdict.PROVED, "trust me")


def refutes(claim: Claim) -> Evidence:
    return Evidence("own", Verdict.REFUTED, "trust me")


def leaves(claim: Claim) -> Evidence:
    raise SystemExit(0)


def about(function: str, claim: Claim) -> Theory:
    return Theory(name=function, claims=lambda: [claim], routes=(Route("own", __name__, function),))


def test_a_route_of_a_theory_supports_or_disagrees_and_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VERIFY_STRICT")
    (result,) = check(["c"], table=about("refutes", TRUE).catalogue)
    assert (result.verdict, result.as_expected) == (Verdict.INCONCLUSIVE, False)
    own = {e.route: e.verdict for e in check(["c"], table=about("proves", TRUE).catalogue)[0].evidence}
    assert own["own"] is Verdict.SUPPORTED and own["proof"] is Verdict.PROVED
    (result,) = check(["c"], table=about("leaves", TRUE).catalogue)
    assert result.verdict is Verdict.PROVED
    assert [e.details.get("defect") for e in result.evidence if e.route == "own"] == [True]


@pytest.mark.parametrize("name", ["proof", "units", "refutation", "refutation.0"])
def test_a_route_of_a_theory_takes_no_name_of_the_machine(name: str) -> None:
    with pytest.raises(Malformed, match="another's name"):
        routes_of(Theory(name="t", routes=(Route(name, __name__, "proves"),)))
    assert "own" in routes_of(about("proves", TRUE))


def generated(kind: str) -> Iterator[Claim]:
    yield TRUE
    if kind == "twice":
        yield TRUE
    if kind == "leaves":
        raise SystemExit(0)
    if kind == "raises":
        raise ValueError("boom")
    if kind == "no claim":
        yield 1  # type: ignore[misc]


@pytest.mark.parametrize("kind", ["twice", "leaves", "raises", "no claim"])
def test_whatever_a_theory_does_when_it_states_its_claims_is_one_clear_error(kind: str) -> None:
    with pytest.raises(BadInput, match="the theory odd"):
        _ = Theory(name="odd", claims=lambda: generated(kind)).catalogue
    assert list(Theory(name="odd", claims=lambda: generated("")).catalogue) == ["c"]


@pytest.mark.parametrize("name", [":", ":X", "..:X", "nope.py:X", "no_such_module:X", "os:path", "nope.py", "maml"])
def test_a_theory_that_is_none_is_one_clear_error(name: str) -> None:
    with pytest.raises(BadInput):
        theories.named(name)
    assert theories.named("maml-erm") is MAML


def test_somebodys_alpha_has_no_unit(tmp_path: object) -> None:
    from verify.evidence.routes.units import units

    alpha, rho = sp.symbols("alpha rho", real=True)
    claim = Claim("u", "u", Identity(alpha + rho, rho + alpha), Domain((nonnegative(alpha), nonnegative(rho))))
    assert units(claim) is None
    assert units(MAML.adopt(claim)) is not None
