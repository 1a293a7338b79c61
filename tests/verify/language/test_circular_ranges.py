"""Laws of sin and cos on ranges: true of every argument of their range, and false where a sign or a side is turned."""

import random
from fractions import Fraction
from itertools import pairwise

import flint
import pytest

from verify.kernel.reals.formulas import normal
from verify.language import logic
from verify.language.circular_ranges import MOST_DEGREE, ranges, taylor_degree, taylor_sums, with_pi
from verify.language.logic import Rel
from verify.language.parser import parse_circular, parse_statement
from verify.language.rational_functions import raw
from verify.prover.ball_values import stood_for, value
from verify.prover.tactics.ball_enclosure import certain

PROBLEM = with_pi(parse_circular("sin(x)*cos(x) + x^9 > 0", ["x real"]))
LAWS = [law for laws in ranges(PROBLEM) for law in laws]


def values(point):
    given = {"x": flint.arb(flint.fmpq(point.numerator, point.denominator))}
    return stood_for(PROBLEM.stand, given)


def arguments():
    draw = random.Random(0)
    near = [Fraction(k, 10**e) for e in (0, 1, 3) for k in (-3, -2, -1, 0, 1, 2, 3)]
    return [*near, *(Fraction(draw.randint(-9000, 9000), draw.choice((100, 1000, 3000))) for _ in range(400))]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: f"{law.premise} {law.conclusion[0]}")
def test_a_law_holds_in_its_range_and_its_reverse_nowhere_inside(law):
    """The reverse of each relation is refuted: a law that says the contrary, or nothing, would not pass."""
    seen, reversed_fails = 0, set()
    with flint.ctx.workprec(400):
        for point in arguments():
            balls = values(point)
            if law.premise != logic.TRUE and not certain(normal(raw(law.premise)), balls):
                continue
            seen += 1
            for r in law.conclusion:
                left, right = (value(raw(side), balls) for side in (r.lhs, r.rhs))
                gap = right - left if r.op in ("<", "<=") else left - right
                assert gap > 0 if r.op in ("<", ">") else not gap < 0, (r, point)
                if gap > 0:
                    reversed_fails.add(r)
    assert seen > 20 and reversed_fails == set(law.conclusion)


def test_no_range_is_too_wide():
    """Beyond its range each law with a premise fails somewhere."""
    for law in LAWS:
        if law.premise == logic.TRUE:
            continue
        fails = normal(raw(logic.conj(logic.negate(law.premise), logic.negate(logic.conj(*law.conclusion)))))
        with flint.ctx.workprec(400):
            assert any(certain(fails, values(point)) for point in arguments()), law


@pytest.mark.parametrize("op", ["sin", "cos"])
def test_no_coefficient_can_be_better(op):
    """With 99 hundredths of its last term a Taylor polynomial bounds no more."""
    sums = list(taylor_sums(op, logic.Var("x"), 9))
    with flint.ctx.workprec(400):
        for (_, before), (side, p) in pairwise(sums):
            last = logic.mul(logic.num(Fraction(99, 100)), logic.sub(p, before))
            less = logic.negate(Rel(side, logic.Var(f"{op}_1"), logic.add(before, last)))
            assert any(certain(normal(raw(less)), values(Fraction(k, 10))) for k in range(1, 10)), less


def test_what_a_law_makes_needless_is_a_fact_as_it_is_written():
    needless = {law.needless for law in LAWS if law.needless is not None}
    assert needless and needless <= set(PROBLEM.facts)


def test_degrees_follow_the_statement():
    found = parse_circular("sin(x^2) + cos(x) > x^6", ["x real"])
    x2, x = (parse_statement(f"{t} == 0").lhs for t in ("x^2", "x"))
    assert taylor_degree(found, x2) == 5 and taylor_degree(found, x) == 8
    assert taylor_degree(found, logic.num(1)) == MOST_DEGREE


def test_pi_is_known_once():
    found = with_pi(parse_circular("sin(x) > 0", ["x real"]))
    assert [s.name for s in found.stand] == ["pi", "sin_1"] and with_pi(found) is found
    assert len(found.facts) == 5
