"""Which hypotheses are tried: without those that others imply, and vectors of which only differences matter."""

from __future__ import annotations

from dataclasses import replace

from tests.verify.spaces.forms import (
    contraction,
    convex,
    dot,
    g,
    is_identity,
    mu,
    norm2,
    plus,
    problem,
    times,
    total,
    value,
    vec,
)  # fmt: skip
from verify.runtime.budget import Budget
from verify.spaces.multipliers.gram import Combination, Inequality
from verify.spaces.multipliers.multipliers import search, system_of
from verify.spaces.multipliers.sdp import Programs
from verify.spaces.multipliers.support import Support
from verify.spaces.multipliers.system import System

STEP = ["mu > 0", "L > mu", "gamma > 0", "gamma <= 2/(L + mu)"]
GAP = plus(vec(x=1), vec(y=-1))
WEAK = Inequality("strongly monotone", ">=", total((1, dot(vec(gx=1, gy=-1), GAP)), (-mu, norm2(GAP))))


def system(weaker: bool) -> System:
    stated = contraction((1 - g * mu) ** 2, STEP)
    found = system_of(replace(stated, hypotheses=(WEAK, *stated.hypotheses)) if weaker else stated, Budget())
    assert found is not None
    return found


def test_what_others_imply_is_left_out_first() -> None:
    stated = system(True)
    support = Support(Programs(stated), stated.signs.points, stated.signs.edges)
    assert support.choices[0] == [1, 2]


def test_one_of_two_points_may_be_taken_for_zero() -> None:
    stated = system(False)
    spare = {stated.vectors[i] for i in stated.spare(stated.signs.points[0])}
    assert len(spare) == 1
    assert spare <= {"x", "y"}  # a gradient is not: with a linear function added, values change
    single = system_of(problem(["mu > 0"], norm2(vec(x=1)), Inequality("0", ">=", norm2(vec(x=1, y=1)))), Budget())
    assert single is not None
    assert not single.spare(single.signs.points[0])


def test_a_vector_that_an_equation_gives_is_dropped() -> None:
    """f + h with grad f(s) + grad h(s) == 0: the gradient of h at s is that of f, negative."""
    x, s = vec(x=1), vec(s=1)
    f = convex("x", x, "s", s)
    h = Inequality("h", ">=", total((1, value("hx")), (-1, value("hs")), (-1, dot(vec(k=1), plus(x, times(-1, s))))))
    goal = total((1, value("fx")), (-1, value("fs")), (1, value("hx")), (-1, value("hs")))
    free = problem(["gamma > 0"], goal, f, h)
    stated = replace(free, zeros=(("k", {"gs": g / g}),))
    proof = search(stated, Budget())
    assert isinstance(proof, Combination)
    assert proof.orthogonal
    assert is_identity(stated, proof, (vec(k=1, gs=1),))
    assert search(free, Budget()) is None
