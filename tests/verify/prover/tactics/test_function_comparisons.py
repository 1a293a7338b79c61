"""Two values of one function compared, where their arguments are."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.tactics import function_comparisons


def test_only_it_proves():
    only("function_comparisons", "x^a <= y^a", ["0 < x <= y", "a >= 0"], work=50_000)


def compared(one, two, *assume):
    looked = trial(f"{one} <= {two}", list(assume))
    with working(WORK):
        function_comparisons.compare(looked.search, looked.builder, *looked.builder.state.goal[1:])
    return looked.new_facts


def test_it_gives_up_where_the_order_of_the_arguments_is_open():
    assert compared("exp(x)", "exp(y)") == []
    assert ("<", ("exp", "x"), ("exp", "y")) in compared("exp(x)", "exp(y)", "x < y")


def test_it_gives_up_at_powers_that_differ_in_base_and_exponent():
    assert compared("x^a", "y^b", "0 < x < y", "0 < a < b") == []
    assert compared("x^a", "y^a", "0 < x < y", "0 < a") != []
