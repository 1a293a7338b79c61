"""Ball arithmetic on bounded boxes: asked by ``prove`` once certificates have failed."""

from verify.language.parser import parse_problem
from verify.prover.tactics import ball_enclosure


def boxes(statement, *assume):
    return ball_enclosure.enclose(parse_problem(statement, list(assume)))


def test_what_holds_with_room_to_spare_is_enclosed():
    assert boxes("exp(x) + x^2 > 0", "-1 <= x <= 1") is not None
    assert boxes("x*(1 - x) < 3/10", "0 <= x <= 1") > 1


def test_it_gives_up_at_a_place_of_equality_and_without_bounds():
    assert boxes("exp(x) >= 1 + x", "-1 <= x <= 1") is None
    assert boxes("exp(x) >= 1/2 + x", "-1 <= x <= 1") is not None
    assert boxes("exp(x) > 0") is None
    assert boxes("exp(x) > 0", "x >= 0") is None


def test_a_false_statement_is_never_enclosed():
    assert boxes("exp(x) < 2", "0 <= x <= 1") is None
    assert boxes("exp(x) < 2", "0 <= x <= 1/2") is not None


def test_a_box_that_a_hypothesis_excludes_does_not_count_against_it():
    assert boxes("1/x > 1/4", "0 <= x <= 3") is None
    assert boxes("1/x > 1/4", "0 <= x <= 3", "x > 1/10") is not None
