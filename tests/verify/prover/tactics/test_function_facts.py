"""Function values get names, after what is known of them has been stated."""

from tests.verify.prover.tactics.proving import only, trial
from verify.prover.proof_builder import present
from verify.prover.tactics import function_facts


def test_only_it_proves():
    only("function_facts", "log(2) < 7/10", [])


def left(count):
    """How many function values are left where so many exponentials of different variables occur."""
    looked = trial(" + ".join(f"exp(x{k})" for k in range(count)) + " > 0", [])
    looked.run(function_facts.TACTIC)
    return len(present(looked.builder.state))


def test_it_gives_up_beyond_so_many_values():
    assert left(function_facts.MOST_TERMS) == 0
    assert left(function_facts.MOST_TERMS + 1) == 1


def test_what_is_left_is_about_polynomials():
    looked = trial("sqrt(x) >= 0", ["x >= 0"])
    looked.run(function_facts.TACTIC)
    name = looked.builder.state.goal[2]
    assert name.startswith("sqrt_") and ("==", ("^", name, 2), "x") in looked.builder.state.facts
