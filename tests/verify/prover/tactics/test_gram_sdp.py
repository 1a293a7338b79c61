"""Weighted sums of squares in exact numbers."""

from fractions import Fraction

import flint

from verify.prover.tactics import gram_sdp


def ring(*names):
    context = flint.fmpq_mpoly_ctx.get(list(names), "lex")
    return context.constant(1), *context.gens()


def value(found):
    return sum((s.root**2 * gram_sdp.fmpq(s.factor) for s in found[0]), 0)


def test_a_sum_of_squares_is_found_exactly():
    one, x, y = ring("x", "y")
    target = x**4 + y**4 - 4 * x * y + 2
    found = gram_sdp.squares(target, [gram_sdp.Block(one, (one, x, y, x**2, x * y, y**2), ())])
    assert found is not None and value(found) == target


def test_a_singular_one_is_reduced_to_the_complement_of_its_kernel():
    one, x = ring("x")
    target = (x - 3) ** 2 * (x + gram_sdp.fmpq(Fraction(1, 7))) ** 2
    found = gram_sdp.squares(target, [gram_sdp.Block(one, (one, x, x**2), ())])
    assert found is not None and value(found) == target


def test_it_gives_up_at_what_is_negative_somewhere():
    one, x = ring("x")
    block = gram_sdp.Block(one, (one, x), ())
    assert gram_sdp.squares(x**2 - gram_sdp.fmpq(Fraction(1, 10**6)), [block]) is None
    assert gram_sdp.squares(x**2 + gram_sdp.fmpq(Fraction(1, 10**6)), [block]) is not None


def test_it_gives_up_where_a_monomial_is_out_of_reach():
    one, x = ring("x")
    assert gram_sdp.squares(x**4 + 1, [gram_sdp.Block(one, (one, x), ())]) is None
    assert gram_sdp.squares(x**4 + 1, [gram_sdp.Block(one, (one, x, x**2), ())]) is not None


def test_a_matrix_with_a_negative_direction_has_no_decomposition():
    half = Fraction(1, 2)
    assert gram_sdp.decompose([[Fraction(1), half], [half, Fraction(1)]]) is not None
    assert gram_sdp.decompose([[Fraction(1), Fraction(2)], [Fraction(2), Fraction(1)]]) is None
