"""Explicit functions, their classes, and the theorems by which others exist."""

from fractions import Fraction as F

import pytest

from verify.spaces.models.functions import Piece, Rotation, Separable
from verify.spaces.models.interpolation import Sample, covered, theorem

HALF, ZERO = F(1, 2), F(0)
GRID = [F(k, 3) for k in range(-9, 10)]
HUBER = Piece(F(1), HALF, F(3), F(-1), F(2))
TILTED = ((F(3, 5), F(4, 5)), (F(-4, 5), F(3, 5)))


def samples(f, points):
    return [Sample(x, f.gradient(x), f.value(x)) for x in points]


def test_the_derivative_is_that_of_the_value():
    """A quadratic has equal derivative and symmetric difference; elsewhere it lies between one-sided slopes."""
    step = F(1, 1000)
    for x in GRID:
        below = (HUBER.value(x) - HUBER.value(x - step)) / step
        above = (HUBER.value(x + step) - HUBER.value(x)) / step
        assert below <= HUBER.derivative(x) <= above


@pytest.mark.parametrize(
    ("f", "what", "inside", "outside"),
    [
        (Separable((Piece(ZERO, F(2)),)), "smooth", F(2), F(1)),
        (Separable((Piece(ZERO, F(-2)),)), "smooth", F(2), F(1)),
        (Separable((Piece(ZERO, F(2)), Piece(ZERO, F(1)))), "strongly convex", F(1), F(2)),
        (Separable((Piece(ZERO, F(1), F(1), F(-1), F(1)),)), "smooth", F(2), F(1)),
        (Separable((Piece(ZERO, ZERO, F(1), F(-1), F(1)),)), "Lipschitz", F(1), HALF),
        (Separable((Piece(ZERO, F(1)),)), "PL", F(1), F(2)),
        (Separable((Piece(ZERO, F(2)),)), "cocoercive", HALF, F(1)),
        (Separable((Piece(ZERO, F(2)),)), "strongly monotone", F(2), F(3)),
        (Rotation(F(1), F(1), (ZERO, ZERO)), "cocoercive", HALF, F(1)),
        (Rotation(F(3), F(4), (ZERO, ZERO)), "Lipschitz operator", F(5), F(4)),
        (Rotation(F(1), F(1), (ZERO, ZERO)), "strongly monotone", F(1), F(2)),
    ],
)
def test_classes_have_exact_bounds(f, what, inside, outside):
    assert f.has(what, inside)
    assert not f.has(what, outside)


def test_classes_without_a_parameter():
    saddle, bowl = Separable((Piece(ZERO, F(1)), Piece(ZERO, F(-1)))), Separable((Piece(ZERO, F(1)),))
    for what in ("convex", "monotone"):
        assert bowl.has(what, ZERO) and not saddle.has(what, ZERO)
    assert bowl.has("quadratic", ZERO) and not Separable((HUBER,)).has("quadratic", ZERO)
    assert not Rotation(F(-1), F(1), (ZERO, ZERO)).has("monotone", ZERO)
    assert not Rotation(F(1), F(0), (ZERO, ZERO)).has("convex", ZERO)  # an operator is no function


def test_a_basis_has_to_be_orthonormal():
    pieces = (Piece(ZERO, F(1)), Piece(ZERO, F(3)))
    assert Separable(pieces, ZERO, TILTED).has("convex", ZERO)
    assert not Separable(pieces, ZERO, ((F(1), F(1)), (F(0), F(1)))).has("convex", ZERO)


CLASSES = [
    ({"convex": ZERO}, Separable((Piece(F(1), ZERO, F(2), F(-1), F(1)),))),
    ({"convex": ZERO, "smooth": F(2)}, Separable((Piece(F(1), ZERO, F(2), F(-1), F(1)),))),
    ({"convex": ZERO, "Lipschitz": F(1)}, Separable((Piece(F(1), ZERO, F(2), F(-1), F(1)),))),
    ({"strongly convex": HALF, "smooth": F(7, 2)}, Separable((HUBER,))),
    ({"strongly convex": HALF}, Separable((HUBER,))),
    ({"smooth": F(2)}, Separable((Piece(F(1), F(-2), F(4), F(-1), F(1)),))),
]


@pytest.mark.parametrize(("known", "f"), CLASSES)
def test_functions_of_a_class_satisfy_the_conditions_of_its_theorem(known, f):
    found = samples(f, [(x,) for x in GRID])
    assert covered(set(known))
    assert all(f.has(what, p) for what, p in known.items())
    assert theorem(known, found)
    raised = [*found[:-1], Sample(found[-1].point, found[-1].gradient, found[-1].value - 100)]
    assert theorem(known, raised) is None


def test_interpolation_knows_the_bounds():
    f = Separable((Piece(ZERO, F(2)), Piece(ZERO, F(1))), ZERO, TILTED)
    found = samples(f, [(ZERO, ZERO), TILTED[0], TILTED[1], (F(2), F(-1))])  # along the axes of f, and elsewhere
    assert theorem({"strongly convex": HALF, "smooth": F(3)}, found)
    assert theorem({"strongly convex": HALF, "smooth": F(3, 2)}, found) is None
    assert theorem({"strongly convex": F(3, 2), "smooth": F(3)}, found) is None
    assert theorem({"strongly convex": F(2), "smooth": F(2)}, found) is None  # the theorem does not speak of it


def test_combinations_without_a_theorem_are_none():
    found = samples(Separable((Piece(ZERO, ZERO, F(1), F(-1), F(1)),)), [(F(1),), (F(3),)])
    for known in ({"convex": ZERO, "smooth": F(1), "Lipschitz": F(1)}, {"PL": F(1)}, {"quadratic": ZERO}):
        assert theorem(known, found) is None
        assert not covered(set(known))


def test_operators():
    turn = Rotation(ZERO, F(1), (ZERO, ZERO))
    found = [Sample(x, turn.gradient(x)) for x in [(F(1), F(0)), (F(0), F(2)), (F(1), F(1))]]
    assert theorem({"monotone": ZERO}, found)
    assert theorem({"Lipschitz operator": F(1)}, found)
    assert theorem({"cocoercive": F(1)}, found) is None
    assert theorem({"monotone": ZERO, "Lipschitz operator": F(1)}, found) is None
    assert theorem({"monotone": ZERO}, [Sample(s.point, tuple(-c for c in s.point)) for s in found]) is None


def test_a_point_has_one_gradient():
    kink = [Sample((ZERO,), (F(1),), ZERO), Sample((ZERO,), (F(-1),), ZERO)]
    assert theorem({"convex": ZERO}, kink) is None
    assert theorem({"convex": ZERO}, kink[:1] * 2)


def test_formulas_for_a_reader():
    assert Separable((Piece(ZERO, F(1)),)).shown("f") == "f(x) = 1/2*x^2"
    text = Separable((Piece(F(1), ZERO, F(2), F(-1), F(1)),)).shown("f")
    assert text == ("f(x) = {-(x - 1) - 1/4 for x <= 1/2; (x - 1) - 1/4 for x >= 3/2; (x - 1)^2 between}")
    assert Separable((Piece(ZERO, F(2)),)).shown("A", operator=True) == "A(x) = 2*x"
