"""Powers of named roots in the goal replaced by what they are known to be."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.tactics import function_facts, reduced_powers


def test_only_it_proves():
    means = "x < 2*x*y/(x + y) < sqrt(x*y) < (x + y)/2 < y"
    only("reduced_powers", means, ["0 < x", "x < y"], work=400_000)


def rooted(statement, *assume):
    """The goal with its roots named, as the method finds it."""
    looked = trial(statement, list(assume))
    with working(WORK):
        function_facts.name_function_values(looked.search, looked.builder)
    return looked


def test_it_gives_up_where_no_power_of_a_root_can_be_replaced():
    assert rooted("sqrt(x) <= 1 + x", "x >= 0").run(reduced_powers.TACTIC) is None
    assert rooted("sqrt(x)^2 <= 1 + x", "x >= 0").run(reduced_powers.TACTIC) is not None


def test_only_named_roots_count():
    assert reduced_powers.rooted(("==", ("^", "sqrt_1", 2), "x"))
    assert not reduced_powers.rooted(("==", ("^", "y", 2), "x"))
    assert not reduced_powers.rooted(("==", ("^", "sqrt_1", 2), ("*", "sqrt_1", "x")))
