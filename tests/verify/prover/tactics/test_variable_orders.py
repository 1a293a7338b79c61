"""All orders of a few variables."""

from tests.verify.prover.tactics.proving import only, trial
from verify.prover.tactics import variable_orders

SCHUR = "x*(x-y)*(x-z)+y*(y-x)*(y-z)+z*(z-x)*(z-y) >= 0"


def test_only_it_proves():
    only("variable_orders", SCHUR, ["x >= 0, y >= 0, z >= 0"], work=2_500_000)


def test_it_gives_up_where_an_order_does_not_decide():
    assert trial("x + y >= 1", ["x > 0, y > 0"]).run(variable_orders.TACTIC) is None
    assert trial("x*(x - y) + y*(y - x) >= 0", ["x > 0, y > 0"]).run(variable_orders.TACTIC) is not None


def test_it_gives_up_at_one_variable_and_at_many():
    assert trial("x^2 >= 0", ["x > 0"]).run(variable_orders.TACTIC) is None
    assert trial("a + b + c + d + e > 0", ["a > 0, b > 0, c > 0, d > 0, e > 0"]).run(variable_orders.TACTIC) is None
    assert trial("a + b + c > 0", ["a > 0, b > 0, c > 0"]).run(variable_orders.TACTIC) is not None


def test_the_round_is_as_before():
    looked = trial(SCHUR, ["x >= 0, y >= 0, z >= 0"], round=2)
    looked.run(variable_orders.TACTIC)
    assert looked.search.round == 2
