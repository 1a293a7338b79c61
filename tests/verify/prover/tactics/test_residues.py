"""Equations between integers without a solution modulo some number."""

from tests.verify.prover.tactics.proving import only, trial
from verify.prover.tactics import residues


def test_only_it_proves():
    only("residues", "n^2 != 2", ["n integer"], work=100_000)


def test_it_gives_up_at_equations_with_solutions():
    assert trial("n^2 != 2*m^2 + 1", ["n, m integer"]).run(residues.TACTIC) is None  # 9 = 2*4 + 1
    assert trial("n^2 != 4*m + 3", ["n, m integer"]).run(residues.TACTIC) is not None


def test_it_gives_up_at_reals_and_where_there_are_too_many_residues():
    assert trial("n^2 != 4*m + 3", ["n integer"]).run(residues.TACTIC) is None
    assert trial("2*a + 2*b + 2*c + 2*d != 1", ["a, b, c, d integer"]).run(residues.TACTIC) is not None
    squares = " + ".join(f"n{k}^2" for k in range(15))
    assert (
        trial(f"{squares} + 16*m != 17*k", ["m, k integer", *(f"n{k} integer" for k in range(15))]).run(residues.TACTIC)
        is None
    )
