"""Linear combinations of facts and of products of two facts."""

from tests.verify.prover.tactics.proving import only, trial
from verify.language.rational_functions import Field
from verify.prover.tactics import farkas


def test_only_it_proves():
    only("farkas", "x >= 0 and y >= 0", ["x*y >= 0", "x + y >= 0"])


def test_it_gives_up_where_multipliers_of_a_higher_degree_are_needed():
    assert trial("x^4 + 1 >= x", []).run(farkas.TACTIC) is None
    assert trial("x + y <= 3", ["x <= 1", "y <= 2"]).run(farkas.TACTIC) is not None


def test_the_multipliers_are_exact():
    node = trial("x <= 1/3", ["3*x + y <= 1", "y >= 0"]).run(farkas.TACTIC)
    assert [weight for weight, *_ in node["no"]["terms"]] == ["3", "1", "1"]


def test_weak_facts_do_not_give_a_strict_goal():
    assert trial("x + y < 3", ["x <= 1", "y <= 2"]).run(farkas.TACTIC) is None
    assert trial("x + y < 3", ["x <= 1", "y < 2"]).run(farkas.TACTIC) is not None


def left(count, *columns):
    """The columns that are left of some, each a table of monomials; names stand for exponents."""
    return farkas.left_over([[((ord(m),), c) for m, c in column.items()] for column in columns], count)


def test_a_monomial_that_nothing_cancels_takes_its_columns_away():
    assert left(3, {"x": 1}, {"x": -1, "y": 1}, {"y": -2}) == [0, 1, 2]
    assert left(3, {"x": 1}, {"x": -1, "y": 1}, {"y": 2}) == []  # y is never negative, without y - x nor is x
    assert left(3, {"x": 1}, {"x": -1}, {"y": 2}) == [0, 1]


def test_an_equation_has_either_sign_unless_it_stands_alone():
    assert left(2, {"x": 1}, {"x": 1, "y": 1}, {"x": 1, "y": 1}) == [0, 1, 2]
    assert left(1, {"x": 1}, {"x": 1, "y": 1}) == []  # y only occurs in the equation
    assert left(1, {"x": 1}, {"x": 1, "y": 1}, {"y": 3}) == [0, 1, 2]


def test_products_with_far_more_monomials_than_rows_are_left_out():
    assert trial("u + v <= 2", ["u <= 1", "v <= 1", "u^2 <= (a + b + c + d)^30"]).run(farkas.TACTIC) is not None
    assert trial("u*v <= 1", ["0 <= u", "u <= 1", "0 <= v", "v <= 1"]).run(farkas.TACTIC) is not None
    x, y = Field(["x", "y"]).gens
    assert farkas.multiplied(x + y, (x + y) ** 3) == (x + y) ** 4
    assert farkas.multiplied((x + y) ** 400, (x + y) ** 400) is None
