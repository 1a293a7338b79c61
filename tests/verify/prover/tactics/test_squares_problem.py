"""The semidefinite programs of one question about squares."""

from tests.verify.prover.tactics.proving import trial
from verify.prover.tactics import squares_problem
from verify.prover.tactics.squares_problem import Problem


def problem(statement, *assume):
    looked = trial(statement, list(assume))
    return Problem(looked.search, looked.start)


def test_a_variable_that_is_at_least_0_is_read_as_a_square():
    asked = problem("x*y >= 0", "x >= 0")
    [x] = asked.positive
    assert asked.field.atoms[x] == "x" and asked.general == []


def test_monomials_that_sign_changes_tell_apart_are_in_different_blocks():
    asked = problem("x^2 + y^2 >= 0")
    assert sorted(len(block.basis) for block in asked.pure(asked.goal)) == [1, 1]
    asked = problem("x^2 + x*y + y^2 >= 0")
    assert [len(block.basis) for block in asked.pure(asked.goal)] == [2]


def test_it_gives_up_at_many_variables():
    most = squares_problem.MOST_VARIABLES
    wide = problem(" + ".join(f"x{k}^2" for k in range(most + 1)) + " >= 0")
    assert wide.pure(wide.goal) is None
    narrow = problem(" + ".join(f"x{k}^2" for k in range(most)) + " >= 0")
    assert narrow.pure(narrow.goal) is not None


def test_what_no_variable_links_to_the_goal_is_no_weight():
    asked = problem("x^2 + 1 > 0", "x + y > 3", "z*w > 2")
    assert [f.formula for f in asked.general] == [("<", 3, ("+", "x", "y"))]


def test_a_form_is_multiplied_by_its_variables_alone():
    assert len(problem("x^2 + y^2 >= x*y").polya()) == 2
    assert len(problem("x^2 + y^2 + 1 >= x*y").polya()) == 3  # and by 1


def test_where_a_denominator_is_left_there_is_no_goal():
    assert problem("x + 1/x >= 2", "x > 0").goal is None
    assert problem("x + 1/2 >= 2", "x > 0").goal is not None
