"""A user's Python file is run as its text is now, whatever was compiled before."""

import importlib
import os
import sys

import pytest

from verify.claims.loading import load_claims
from verify.claims.theories import named
from verify.runtime import python_files
from verify.runtime.errors import BadInput

CLAIMS = """
import sympy as sp
from verify import Claim, Domain, Inequality, positive

x = sp.Symbol("x", real=True)


def claims():
    yield Claim("my.sum", "A sum", Inequality(4 * x, "<=", 4 * x + 1), Domain((positive(x),)))
"""
THEORY = """
from verify.claims.theory import Theory

THEORY = Theory(name="four", package="", claims=lambda: ())
"""


def write(path, text):
    """Write a file with the time of a fixed second, as two edits within one second would."""
    path.write_text(text)
    os.utime(path, (1_000_000_000, 1_000_000_000))


@pytest.fixture(autouse=True)
def compiled_code_is_kept(monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def test_the_import_system_takes_two_texts_for_one(tmp_path, monkeypatch):
    """The control: what this guards against does happen to an ordinary import."""
    monkeypatch.syspath_prepend(str(tmp_path))
    write(tmp_path / "two_texts.py", "VALUE = 4\n")
    importlib.invalidate_caches()
    module = importlib.import_module("two_texts")
    write(tmp_path / "two_texts.py", "VALUE = 3\n")
    assert importlib.reload(module).VALUE == 4
    del sys.modules["two_texts"]


@pytest.mark.parametrize("old, new", [("4 * x,", "3 * x,"), ("x + 1", "x - 1"), ('"<="', '">="')])
def test_claims_of_one_length_within_a_second(tmp_path, old, new):
    file = tmp_path / "mine.py"
    write(file, CLAIMS)
    before = load_claims(str(file))["my.sum"].statement
    write(file, CLAIMS.replace(old, new))
    assert load_claims(str(file))["my.sum"].statement != before
    write(file, CLAIMS)
    assert load_claims(str(file))["my.sum"].statement == before


def test_a_module_that_a_file_imports_leaves_no_compiled_code(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    file = tmp_path / "mine.py"
    write(
        file, CLAIMS.replace("x + 1", "x + OFFSET").replace("import sympy", "from offsets import OFFSET\nimport sympy")
    )
    statements = []
    for offset in (1, 2):
        write(tmp_path / "offsets.py", f"OFFSET = {offset}\n")
        importlib.invalidate_caches()
        statements.append(load_claims(str(file))["my.sum"].statement)
        del sys.modules["offsets"]
    assert statements[0] != statements[1]
    assert not sys.dont_write_bytecode


def test_theories_of_one_length_within_a_second(tmp_path):
    file = tmp_path / "mine.py"
    write(file, THEORY)
    assert named(str(file)).name == "four"
    write(file, THEORY.replace("four", "five"))
    named.cache_clear()
    assert named(str(file)).name == "five"


def test_what_is_no_python_file_is_bad_input(tmp_path):
    (tmp_path / "mine.txt").write_text(CLAIMS)
    for name, what in (
        ("mine.txt", "is not a Python file"),
        ("none.py", "there is no file"),
        (".", "there is no file"),
    ):
        with pytest.raises(BadInput, match=what):
            python_files.module_of(tmp_path / name, name, "claims", "a hint")
