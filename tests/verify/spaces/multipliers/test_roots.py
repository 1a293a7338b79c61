"""Parameters that are roots of quadratic equations: what is zero with them is seen to be."""

from __future__ import annotations

import sympy as sp

from tests.verify.spaces.forms import L, dot, is_identity, norm2, problem, total, vec
from verify.language.parser import parse_problem
from verify.runtime.budget import Budget
from verify.spaces.multipliers.gram import Combination, Inequality
from verify.spaces.multipliers.multipliers import search
from verify.spaces.multipliers.obligations import Signs
from verify.spaces.multipliers.ratios import Ratios
from verify.spaces.multipliers.roots import Root

r, s = sp.symbols("r s")


def signs(names: str, *conditions: str) -> Signs:
    return Signs(names.split(), parse_problem("0 == 0", list(conditions)).hypotheses, Budget())


def test_a_function_of_a_root_is_p_plus_q_times_it() -> None:
    home = Ratios(("r", "x"))
    root = Root(0, "r", home.read(sp.sympify("x + 1")), home.read(sp.sympify("x")))  # r^2 == x r + x + 1
    for text in ("r**3 - r", "1/(r + 2)", "(r**2 + x)/(r - x)"):
        form = home.read(sp.sympify(text))
        reduced = root.put(form)
        assert reduced.top.degrees()[0] <= 1
        assert reduced.bottom.degrees()[0] == 0
        gap = home.read(sp.sympify("r**2 - x*r - x - 1"))
        left = (form - reduced).top
        assert divmod(left, gap.top)[1] == 0
    assert not root.put(home.read(sp.sympify("r**2 - x*r - x - 1")))
    assert root.put(home.read(sp.sympify("r**2 - x*r - x")))


def test_points_have_the_root_that_the_conditions_mean() -> None:
    under = signs("r s", "r > 0", "r^2 == 2", "s < 0", "s^2 == 8*r + 9").under
    assert {root.name for root in under.roots} == {"r", "s"}
    assert not under.eliminated  # r == (s^2 - 9)/8 would make an equation of degree 4
    (point,) = under.points
    x, y = (float(int(v.p)) / float(int(v.q)) for v in point)
    assert abs(x - 2**0.5) < 1e-12
    assert abs(y + (8 * 2**0.5 + 9) ** 0.5) < 1e-12


def test_a_sign_with_a_root() -> None:
    under = signs("r L", "r > 0", "r^2 == 2", "L > 0")
    assert under.known(">", L * (r - 1)) is not None
    assert under.known(">", L * (1 - r)) is None


def test_multipliers_with_a_root() -> None:
    """r ||a||^2 + r ||b||^2 >= 2 r <a, b> and ||a||^2/r^2 is half of ||a||^2: the identity holds by r^2 == 2."""
    a, b = vec(a=1), vec(b=1)
    near = Inequality("a", ">=", total((1, dot(a, b)), (-r, norm2(b))))
    goal = total((1, norm2(a)), (-2, norm2(b)))  # ||a||^2 >= 2 ||b||^2 from <a, b> >= r ||b||^2
    stated = problem(["r > 0", "r^2 == 2"], goal, near)
    proof = search(stated, Budget())
    assert isinstance(proof, Combination)
    assert proof.equations
    assert is_identity(stated, proof)
    wrong = problem(["r > 0", "r^2 == 2"], total((1, norm2(a)), (-3, norm2(b))), near)
    assert search(wrong, Budget()) is None
