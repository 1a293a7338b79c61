"""What the axioms say about one function value."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.tactics import function_bounds


def test_only_it_proves():
    only("function_bounds", "27/10 < exp(1) < 28/10", [])


def described(term, *assume):
    looked = trial(f"{term} <= w", list(assume))
    with working(WORK):
        function_bounds.describe(looked.search, looked.builder, looked.builder.state.goal[1])
    return looked


def test_it_gives_up_where_a_premise_is_not_shown():
    assert described("log(x)").new_facts == []
    assert described("log(x)", "x > 0").knows("log(x) <= x - 1")


def test_tangents_are_strict_away_from_the_point_of_contact():
    assert described("exp(x)", "x != 0").knows("1 + x < exp(x)")
    assert not described("exp(x)").knows("1 + x < exp(x)")
    assert described("exp(x)").knows("1 + x <= exp(x)")
