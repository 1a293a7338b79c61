"""Which monomials a sum of squares can contain."""

import numpy as np

from verify.prover.tactics import newton_polytope


def half_of(support):
    """What is left of the grid of exponents once all directions have cut it off."""
    small = np.array(support)
    grid = np.array([(i, j) for i in range(4) for j in range(4)])
    for direction in newton_polytope.directions(2):
        values = small @ direction
        grid = grid[(2 * grid @ direction <= values.max()) & (2 * grid @ direction >= values.min())]
    return {tuple(int(e) for e in row) for row in grid}


def test_half_the_newton_polytope_of_motzkins_form():
    assert half_of([(4, 2), (2, 4), (0, 0), (2, 2)]) == {(0, 0), (1, 1), (2, 1), (1, 2)}  # Reznick's example


def test_no_monomial_that_is_needed_is_dropped():
    square = [(2, 0), (1, 1), (0, 2)]  # (x + y)^2
    assert half_of(square) == {(1, 0), (0, 1)}
    kept = newton_polytope.prune(np.array([(1, 0), (0, 1), (0, 0)]), {(2, 0), (1, 1), (0, 2)})
    assert {tuple(r) for r in kept} == {(1, 0), (0, 1)}  # 1 goes: neither 1 nor a product of others stands for it
    kept = newton_polytope.prune(np.array([(1, 0), (0, 1), (0, 0)]), {(2, 0), (1, 1), (0, 2), (0, 0)})
    assert len(kept) == 3


def test_classes_under_sign_changes():
    span = newton_polytope.parity_span(np.array([(4, 0), (0, 4), (1, 1)]))
    same = [newton_polytope.reduce_parity(np.array(m), span) for m in ((1, 0), (0, 1))]
    assert same[0] == same[1] != newton_polytope.reduce_parity(np.array((0, 0)), span)
    even = newton_polytope.parity_span(np.array([(4, 0), (0, 4)]))
    assert len({newton_polytope.reduce_parity(np.array(m), even) for m in ((1, 0), (0, 1), (0, 0))}) == 3
