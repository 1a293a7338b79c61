"""Sums of squares times products of facts."""

from tests.verify.prover.tactics.proving import only, trial
from verify.prover.tactics import sums_of_squares

MOTZKIN = "x^4*y^2 + x^2*y^4 + 1 >= 3*x^2*y^2"


def test_only_it_proves():
    only("sums_of_squares", "x^4 + y^4 + 2 >= 4*x*y", [])


def test_it_gives_up_at_motzkins_form_without_a_multiplier():
    looked = trial(MOTZKIN, [], round=0)
    assert looked.run(sums_of_squares.TACTIC) is None
    why = "sums of squares: none of moderate degree was found, even after multiplication by the variables"
    assert why in looked.search.notes
    assert trial(MOTZKIN, [], round=2).run(sums_of_squares.TACTIC) is not None


def test_it_gives_up_above_the_largest_degree():
    most = sums_of_squares.MOST_DEGREE
    assert trial(f"x^{most + 2} >= 0", []).run(sums_of_squares.TACTIC) is None
    assert trial(f"x^{most} >= 0", []).run(sums_of_squares.TACTIC) is not None


def test_what_was_tried_in_vain_is_not_tried_again():
    looked = trial("x*y >= 0", [])
    looked.run(sums_of_squares.TACTIC)
    before = len(looked.search.known_failures)
    looked.run(sums_of_squares.TACTIC)
    assert before == len(looked.search.known_failures) > 0
