"""One function value rewritten by the laws."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.tactics import function_identities


def test_only_it_proves():
    only("function_identities", "log(exp(x)) == x", [])


def simplified(term, *assume):
    looked = trial(f"{term} <= w", list(assume))
    with working(WORK):
        done = function_identities.simplify(looked.search, looked.builder, looked.builder.state.goal[1])
    return looked.builder.state.goal[1] if done else None


def test_it_gives_up_where_no_law_applies():
    assert simplified("exp(x)") is None
    assert simplified("exp(log(x))", "x > 0") == "x"
    assert simplified("exp(log(x))") is None


def test_arguments_that_are_numbers_are_computed_first():
    assert simplified("exp(1 + 1)") == ("exp", 2)
