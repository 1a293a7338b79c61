"""The reciprocal beside the value."""

from tests.verify.prover.tactics.proving import WORK, only, trial, working
from verify.prover.tactics import function_facts, reciprocals


def test_only_it_proves():
    only("reciprocals", "exp(x) <= 1/(1 - x)", ["x < 1"], "derivative_chains", "changed_variables", "logarithms")


def named(statement, *assume, brought_in):
    looked = trial(statement, list(assume))
    looked.search.reciprocals = brought_in
    looked.run(function_facts.TACTIC)
    return [x for x in looked.builder.state.kinds if x.startswith("exp_")]


def test_it_gives_up_at_two_exponentials():
    assert len(named("exp(x) > x", brought_in=True)) == 2
    assert len(named("exp(x) > x", brought_in=False)) == 1
    assert len(named("exp(x) > exp(y)", "x > y", brought_in=True)) == 2


def test_the_tangent_of_the_inverse():
    looked = trial("log(x) <= w", ["x > 0"])
    with working(WORK):
        reciprocals.inverse_tangent(looked.search, looked.builder, ("log", "x"))
    assert looked.new_facts
    unknown = trial("log(x) <= w", [])
    with working(WORK):
        reciprocals.inverse_tangent(unknown.search, unknown.builder, ("log", "x"))
    assert not unknown.new_facts
