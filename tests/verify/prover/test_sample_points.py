"""Sample points of a search."""

from tests.verify.prover.tactics.proving import working
from verify.kernel.reals.state import State
from verify.prover.sample_points import SamplePoints


def found(*facts):
    with working(1_000_000):
        return SamplePoints().points(State({"t": "real"}, dict.fromkeys(facts), ("<", 0, "t")))


def test_an_equation_of_a_term_with_itself_keeps_no_point_out():
    value = ("exp", "t")
    assert len({p["t"] for p in found(("==", value, value))}) == len(found()) > 6


def test_what_facts_exclude_is_no_point():
    assert all(p["t"] > 1 for p in found(("<", 1, "t")))
    assert found(("<", "t", "t")) == []
