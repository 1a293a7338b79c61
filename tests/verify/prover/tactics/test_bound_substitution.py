"""Bounded variables written as their bounds plus something positive."""

from tests.verify.prover.tactics.proving import only, trial
from verify.prover.tactics import bound_substitution


def test_only_it_proves():
    only("bound_substitution", "a*x^2 + b*x + c >= 0", ["a > 0", "b^2 <= 4*a*c"])


def test_it_gives_up_where_signs_stay_mixed():
    signs_alone = ("farkas", "sturm", "sums_of_squares")
    mixed = trial("x^2 + y^2 >= x*y", ["x >= 1", "y >= 1"], without=signs_alone)
    assert mixed.run(bound_substitution.TACTIC) is None
    assert "signs of factors: a factor of the difference has no visible sign on the domain" in mixed.search.notes
    assert trial("x^2*y >= 1/2", ["x >= 1", "y >= 1"], without=signs_alone).run(bound_substitution.TACTIC) is not None


def test_an_interval_closed_at_both_ends_waits_for_a_case_split():
    closed = trial("x >= 1", ["1 <= x <= 2", "y > 3"])
    bound_substitution.substitute_bounds(closed.search, closed.builder, bound_substitution.CHAIN_FIRST)
    assert "x" in closed.builder.state.kinds and "y" not in closed.builder.state.kinds
    opened = trial("x >= 1", ["1 < x < 2"])
    bound_substitution.substitute_bounds(opened.search, opened.builder, bound_substitution.CHAIN_FIRST)
    assert "x" not in opened.builder.state.kinds
