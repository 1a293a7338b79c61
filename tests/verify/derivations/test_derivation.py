"""Derivations: they replay, they notice tampering, and their results are what a hand calculation gives."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sympy as sp

from theory.maml_erm import THEORY
from theory.maml_erm.formulas import methods, mixture
from theory.maml_erm.formulas.expressions import expand_atoms, expressions
from theory.maml_erm.formulas.solutions import MEAN_WEIGHT, SOLUTION, TASK_OPTIMUM, TASK_WEIGHT
from theory.maml_erm.formulas.symbols import VOCABULARY, K, alpha, d, lam, n, rho
from verify.claims.citing import table_of
from verify.derivations import rules
from verify.derivations.derivation import ReplayError
from verify.derivations.signs import tidy
from verify.derivations.trace_polynomials import TracePolynomial

ALL = [derivation for claim in THEORY.stated.values() for derivation in claim.derivations]


def test_every_derivation_replays() -> None:
    assert sum(derivation.replay() for derivation in ALL) > 100


def test_a_changed_result_is_noticed() -> None:
    """Replace d + 1 by d in the last step of the MAML weight."""
    derivation = methods.maml().isotropic
    last = derivation.steps[-1]
    broken = replace(last, after=last.after.subs(d, d - 1))
    with pytest.raises(ReplayError, match="is recorded"):
        replace(derivation, steps=(*derivation.steps[:-1], broken)).replay()


def test_a_gap_between_steps_is_noticed() -> None:
    derivation = methods.maml().isotropic
    with pytest.raises(ReplayError, match="starts from"):
        replace(derivation, steps=derivation.steps[1:]).replay()


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (methods.erm, rho),
        (methods.maml, rho * ((1 - alpha * rho) ** 2 + alpha**2 * rho**2 * (d + 1) / n)),
        (methods.maml_fresh, rho * ((1 - alpha * rho) ** 2 + alpha**2 * rho**2 * (d + 1) / n) ** K),
        (methods.fomaml, rho * (1 - alpha * rho)),
        (methods.reptile, 1 - (1 - alpha * rho) ** K),
        (methods.imaml, lam**2 * rho / (rho + lam) ** 2),
    ],
    ids=lambda x: getattr(x, "__name__", ""),
)
def test_isotropic_weights(method: object, expected: sp.Expr) -> None:
    found = method().isotropic.scalar  # type: ignore[operator]
    for k in (1, 2, 3):
        assert sp.cancel((found - expected).subs(K, k)) == 0


def test_several_fresh_steps_agree_with_the_induction() -> None:
    for steps in (1, 2, 3):
        general = methods.maml_fresh_weight(steps)
        weight = methods._isotropic(general, common=rho).scalar
        closed = methods.maml_fresh().isotropic.scalar.subs(K, steps)
        assert sp.cancel(weight - closed) == 0


def test_reptile_steps_agree_with_the_induction() -> None:
    for steps in (1, 2, 3):
        weight = methods._isotropic(methods.reptile_weight(steps)).scalar
        assert sp.cancel(weight - methods.reptile().isotropic.scalar.subs(K, steps)) == 0


def test_every_expression_is_written_in_the_vocabulary() -> None:
    for e in expressions().values():
        assert {s.name for s in e.raw().free_symbols} <= set(VOCABULARY), e.name


def test_definitions_come_in_order() -> None:
    known: set[sp.Symbol] = set()
    for e in THEORY.definitions_of({mixture.sigma_K, mixture.sigma_g, mixture.m_star}):
        assert not {s for s in e.value.free_symbols if s.name not in VOCABULARY} - known
        known.add(e.symbol)  # type: ignore[arg-type]


def test_gain_is_the_ratio_of_risks_at_a_point_done_by_hand() -> None:
    """rho_E = 2, rho_H = 1, alpha = 1/2, d = 1, m = 2, p = 1/2: s_E = 2, s_H = 1/2, a = 1/3, b = 1/5.

    E_m(1/3) = 1/9 and E_m(1/5) = 1/10, so the gain is 10/9.
    """
    point = {"rho_E": 2, "rho_H": 1, "alpha": "1/2", "d": 1, "m": 2, "n": 2, "p": "1/2", "Delta": 1, "V_H": 0, "V_E": 0}
    numbers = {VOCABULARY[k].symbol: sp.Rational(v) for k, v in point.items()}
    values = {name: expressions()[name].raw().subs(numbers) for name in ("s_E", "s_H", "weight.erm", "weight.maml")}
    assert values == {
        "s_E": 2,
        "s_H": sp.Rational(1, 2),
        "weight.erm": sp.Rational(1, 3),
        "weight.maml": sp.Rational(1, 5),
    }
    assert expressions()["risk.erm"].raw().subs(numbers) == sp.Rational(1, 9)
    assert expressions()["risk.maml"].raw().subs(numbers) == sp.Rational(1, 10)
    assert expressions()["gain"].raw().subs(numbers) == sp.Rational(10, 9)


def test_no_floats_anywhere() -> None:
    for e in expressions().values():
        assert not e.raw().has(sp.Float), e.name


def test_tidy_changes_no_value() -> None:
    x, y = sp.symbols("x y")
    for e in ((x - 1) ** 3 * y, -x * (y - 1), (x - y) / (x - 1), -(x + 1)):
        assert sp.expand(sp.numer(sp.together(tidy(e) - e))) == 0


def test_claims_name_only_claims_they_can_rest_on() -> None:
    table = table_of(THEORY)  # with what is cited of other theories
    for claim in (*THEORY.stated.values(), *THEORY.refutable.values()):
        for name in (*claim.states_with, *claim.rests_on):
            assert name in table and name not in THEORY.refutable, f"{claim.id} rests on {name}"


def test_raw_forms_have_no_atoms() -> None:
    assert expand_atoms(mixture.sigma).free_symbols == {
        VOCABULARY[x].symbol for x in ("alpha", "d", "m", "p", "rho_E", "rho_H")
    }


def test_an_average_is_linear_in_the_whole_term():
    """E[tr(W)^2] is no function of E[W], and E[W v'v] none of E[W] and E[W v]."""
    W, v = (TracePolynomial.letter(a) for a in (TASK_WEIGHT, TASK_OPTIMUM))
    letters = {"matrix": TASK_WEIGHT, "vector": TASK_OPTIMUM, "mean": MEAN_WEIGHT, "solution": SOLUTION}
    A, s = (TracePolynomial.letter(letters[name]) for name in ("mean", "solution"))
    assert rules.average_over_tasks(W * v, **letters) == A * s
    assert rules.average_over_tasks(W.trace() * A, **letters) == A.trace() * A
    for wrong in (W.trace() * W.trace(), W * W, v, W.trace() * v, W.trace() * (v.T * v), W * (v * v.T)):
        with pytest.raises(ValueError):
            rules.average_over_tasks(wrong, **letters)
