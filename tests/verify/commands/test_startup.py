"""What a command loads: a library that takes longer to load than the answer takes is left out until it is needed."""

import subprocess
import sys

import pytest

HEAVY = {"sympy", "numpy", "scipy", "mpmath", "lark", "clarabel", "theory", "networkx", "rich", "multiprocessing"}


def loaded(*arguments, folder=None):
    """Every module that a command imports, in the processes that it starts too."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "verify", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    lines = [line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")]
    return done, set(lines)


def heavy(modules):
    return HEAVY & {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize("statement", ["1 > 0", "x^2 + 1 > 0"])
def test_a_short_proof_loads_only_what_it_needs(statement):
    done, modules = loaded("prove", statement)
    assert done.returncode == 0 and "proved" in done.stdout
    assert not heavy(modules)
    assert {"flint", "verify.kernel.reals.certificate", "verify.cli"} <= modules  # they would be seen
    absent = {"verify.kernel.matrices", "verify.kernel.spaces", "verify.prover.tactics.sums_of_squares"}
    assert not absent & modules and not {m for m in modules if m.startswith("verify.cache")}


def test_a_false_statement_loads_intervals_only_for_irrational_values():
    done, modules = loaded("prove", "x^2 > 0")
    assert done.returncode == 1 and not heavy(modules)
    done, modules = loaded("prove", "exp(x) < 2", "--assume", "x > 0")
    assert done.returncode == 1 and "mpmath" in heavy(modules)


def test_a_method_is_loaded_when_its_turn_comes():
    done, modules = loaded("prove", "x < z", "--assume", "x + y < 3, z - w > 3, w + y >= 0")
    assert done.returncode == 0 and {"numpy", "scipy"} <= heavy(modules)
    assert "verify.prover.tactics.farkas" in modules and "verify.prover.tactics.sums_of_squares" in modules


def test_a_paper_that_names_nothing_of_a_theory_loads_none(tmp_path):
    lines = r"\begin{align} (x+y)^2 &= x^2 + 2xy + y^2 \\ &\ge 4xy \end{align}"
    (tmp_path / "paper.tex").write_text(f"% verify: derive\n{lines}\n")
    for _ in range(2):  # decided, and known before
        done, modules = loaded("paper", "paper.tex", "--workers", "1", folder=tmp_path)
        assert done.returncode == 0 and "2 proved" in done.stdout
        assert not {"sympy", "theory", "lark", "rich"} & heavy(modules) and "verify.papers.derive" in modules
    assert not heavy(modules)  # what is known needs no search
    (tmp_path / "bound.tex").write_text("% verify: expression gain\n\\[ x \\]\n")
    done, modules = loaded("paper", "bound.tex", folder=tmp_path)
    assert done.returncode == 3 and "theory" in heavy(modules)  # it would be seen
