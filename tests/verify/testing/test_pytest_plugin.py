"""The pytest plugin, run as its user runs it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from verify.testing.agreement import agrees_with, assert_agrees

MODULE = """
import sympy as sp
from verify import Claim, Domain, Inequality, positive

x, y = sp.symbols("x y", real=True)
DOMAIN = Domain((positive(x), positive(y)))


def claims():
    yield Claim("my.mean", "Arithmetic and harmonic mean", Inequality(2 / (1 / x + 1 / y), "<=", (x + y) / 2), DOMAIN)
    yield Claim("my.slip", "Wrong way round", Inequality(2 / (1 / x + 1 / y), ">=", (x + y) / 2), DOMAIN)
"""


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["one process", "two processes"])
def test_claims_are_test_items(tmp_path, workers):
    file = tmp_path / "mine.py"
    file.write_text(MODULE)
    command = [sys.executable, "-m", "pytest", "-q", "--claims", str(file), *workers]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 failed, 1 passed" in done.stdout
    assert "left side 4/3, right side 3/2" in done.stdout


def test_a_missing_file_is_a_usage_error(tmp_path):
    command = [sys.executable, "-m", "pytest", "--claims", "missing.py"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 4
    assert "no such file" in done.stderr


UNORDERED = (
    MODULE
    + """
    for name in {"alpha", "beta", "gamma", "delta", "eps", "zeta"}:
        yield Claim("my." + name, "Means", Inequality(4 * x * y, "<=", (x + y) ** 2), DOMAIN)
"""
)


def run(folder, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def test_the_path_in_the_ini_file_is_relative_to_it(tmp_path):
    """And one on the command line to the folder where pytest is called, also in workers, where sets differ in order."""
    (tmp_path / "mine.py").write_text(UNORDERED)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "test_one.py").write_text("def test_one():\n    pass\n")
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\naddopts = "--claims=mine.py"\n')
    done = run(tmp_path / "sub", "-n", "2")
    assert "1 failed, 8 passed" in done.stdout, done.stdout + done.stderr
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
    assert "1 failed, 8 passed" in run(tmp_path / "sub", "--claims", "../mine.py").stdout
    done = run(tmp_path / "sub", "--claims", "mine.py")
    assert (done.returncode, "no such file" in done.stderr) == (4, True)


def test_a_damaged_file_is_one_error_of_collection_and_costs_no_other(tmp_path):
    (tmp_path / "mine.py").write_text(MODULE)
    (tmp_path / "bad.py").write_text(MODULE.replace('"<="', '"=<"').replace("my.", "our."))
    done = run(tmp_path, "--claims=mine.py", "--claims=bad.py", "--continue-on-collection-errors")
    assert "1 failed, 1 passed, 1 error" in done.stdout, done.stdout + done.stderr
    assert "the claim our.mean of" in done.stdout and "the relation '=<'" in done.stdout
    assert "Traceback" not in done.stdout


def kappa(rho_H: float, rho_E: float, p: float) -> float:
    return (1 - p) * rho_E / (p * rho_H)


def test_a_function_agrees_with_its_expression(agrees_with_expression):
    agrees_with_expression(kappa, "kappa", examples=20)
    agrees_with("kappa", examples=5)(kappa)()


def test_a_wrong_function_is_found_with_both_values():
    with pytest.raises(AssertionError, match=r"kappa at .* is .*, not"):
        assert_agrees(lambda rho_H, rho_E, p: (1 - p) * rho_H / (p * rho_E), "kappa", examples=20)
