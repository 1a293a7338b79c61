"""Relations with roots, in the cases of the signs of the variables beside them."""

from tests.verify.prover.tactics.proving import only, trial
from verify.prover.tactics import root_signs


def test_only_it_proves():
    only("root_signs", "2*x^2 <= 3*y^2", ["x >= 0", "x*sqrt(2) <= y*sqrt(3)"], work=2_000_000)


def test_it_gives_up_at_many_variables_without_a_sign():
    most = root_signs.MOST_SIGNS
    total = " + ".join(f"x{k}^2" for k in range(most + 1))
    assert trial(f"sqrt({total}) >= 0", []).run(root_signs.TACTIC) is None
    assert trial(f"sqrt({total}) >= 0", ["x0 > 0"]).run(root_signs.TACTIC) is not None


def test_it_does_not_ask_for_itself():
    looked = trial("sqrt(1 + x^2) >= x", [])
    looked.search.squaring = True
    assert looked.run(root_signs.TACTIC) is None
    looked.search.squaring = False
    assert looked.run(root_signs.TACTIC) is not None and looked.search.squaring is False
