"""Polynomials in one variable on an interval."""

from tests.verify.prover.tactics.proving import only, trial
from verify.prover.tactics import sturm


def test_only_it_proves():
    only("sturm", "x^4+x+0.4724704 > 0", [])


def test_it_gives_up_at_a_second_variable():
    assert trial("x^2 + y^2 + 1 > 0", []).run(sturm.TACTIC) is None
    assert trial("x^2 + 1 > 0", []).run(sturm.TACTIC) is not None


def test_it_gives_up_where_a_root_lies_inside():
    looked = trial("x^2 > 2", ["x >= 1"])
    assert looked.run(sturm.TACTIC) is None
    assert any(note.startswith("one variable (Sturm): ") for note in looked.search.notes)
    assert trial("x^2 > 2", ["x >= 3/2"]).run(sturm.TACTIC) is not None
