"""For a user's own tests: a function that computes a named expression, tested against the exact closed form."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from hypothesis import Phase, given, settings

from verify.claims.claim import Claim
from verify.claims.setting import Setting
from verify.claims.statement import Identity
from verify.claims.theories import current
from verify.claims.values import find_expression
from verify.testing.strategies import Parameters, points

Function = Callable[..., float]
# All but the last, which goes on for as long as the others to say what in the smallest example does not matter.
PHASES = tuple(phase for phase in Phase if phase is not Phase.explain)


def assert_agrees(
    f: Function, name: str, *, rtol: float = 1e-9, examples: int = 100, theory: Setting | None = None
) -> None:
    """Call f with the parameters of a named expression at rational points of its domain, boundaries among them.

    f takes the parameters by name as floats and returns a float [unit of the expression]. Raises ``AssertionError``
    with the point, the value of f and the exact value where they differ by more than ``rtol``, relatively;
    ``BadInput`` for an unknown expression. The points are the same in every run.

    >>> assert_agrees(lambda rho_H, rho_E, p: (1 - p) * rho_E / (p * rho_H), "kappa", examples=20)
    """
    expression = find_expression(name, current() if theory is None else theory)
    symbols, raw = expression.symbols, expression.raw()
    about = Claim(
        f"expression.{name}", expression.meaning, Identity(raw, raw), expression.domain, setting=expression.setting
    )

    @settings(max_examples=examples, deadline=None, derandomize=True, database=None, phases=PHASES)
    @given(points(about))
    def compare(found: Parameters) -> None:
        values = {k: found[k] for k in symbols}
        exact = raw.subs({symbols[k]: sp.Rational(v.numerator, v.denominator) for k, v in values.items()})
        expected, got = float(exact), float(f(**{k: float(v) for k, v in values.items()}))
        point = ", ".join(f"{k} = {v}" for k, v in values.items())
        # No bare assert: python -O leaves those out. A value that is not a number is close to nothing.
        if not abs(got - expected) <= rtol * abs(expected):
            raise AssertionError(f"{name} at {point} is {exact} = {expected}, not {got}")

    compare()


def agrees_with(
    name: str, *, rtol: float = 1e-9, examples: int = 100, theory: Setting | None = None
) -> Callable[[Function], Callable[[], None]]:
    """A decorator that turns a function into a test that it computes the named expression.

    >>> test_kappa = agrees_with("kappa", examples=5)(lambda rho_H, rho_E, p: (1 - p) * rho_E / (p * rho_H))
    >>> test_kappa()
    """

    def bind(f: Function) -> Callable[[], None]:
        def test() -> None:
            assert_agrees(f, name, rtol=rtol, examples=examples, theory=theory)

        return test

    return bind
