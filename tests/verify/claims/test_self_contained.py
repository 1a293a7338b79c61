"""Which files of claims are self-contained: what may stand in one, and one thing of every kind that may not."""

from __future__ import annotations

from pathlib import Path

import pytest

import verify
from verify.claims.self_contained import STATING, is_self_contained

FILE = """\
from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

import sympy as sp
from sympy.abc import z

from verify import By, Claim, Domain, Identity, Inequality, positive

x, y = sp.symbols("x y", positive=True)
HALF = sp.Rational(1, 2)


class Named:
    def __init__(self, name: str) -> None:
        self.name = name


def family(n: int) -> Iterator[Claim]:
    for i in range(n):
        powers = sorted((x**k for k in range(i)), key=str)
        yield Claim(f"my.power{i}", "A power", Inequality(sum(powers) + x**i, ">", 0), Domain((positive(x),)))


def claims():
    yield from family(3)
    whole = {k: math.comb(4, k) for k in range(5)}
    try:
        half = Fraction(1, 2) if whole[2] == 6 else next(iter(whole))
    except KeyError:
        half = sp.S.Half
    yield Claim("my.mean", Named("mean").name, Identity(sp.simplify(x * half + z - z), x / 2), Domain((positive(x),)))


if __name__ == "__main__":
    assert list(claims())
"""


def test_what_states_claims_by_its_text_is_self_contained() -> None:
    assert is_self_contained(FILE.encode())
    assert is_self_contained(b"")


@pytest.mark.parametrize(
    "line",
    [
        # a clock, chance, the environment, files, other processes
        "import time", "from datetime import date", "import random", "import os", "import sys", "import secrets",
        "from pathlib import Path", "import json", "import numpy as np", "import helper", "from . import helper",
        "from .helper import x", "import os.path as fractions", "text = open('a.txt').read()", "n = input()",
        # SymPy's own of these, however they are reached
        "p = sp.randprime(1, 100)", "from sympy import randMatrix", "from sympy.core.random import uniform",
        "import sympy.core.random", "m = sp.utilities.misc.os", "from sympy.utilities.misc import sys",
        "a = sp.stats.sample(x)", "same = x.equals(y)", "from sympy.testing import runtests", "sp.pprint(x)",
        # programs in texts, and what reaches everything
        "e = eval('x')", "exec('x = 1')", "compile('x', 'x', 'eval')", "__import__('os')", "f = getattr(sp, 'N')",
        "globals()['x']", "vars(sp)", "where = __file__", "b = __builtins__", "g = positive.__globals__",
        "e = sp.S('__import__(\"os\").getpid()')", "e = sp.sympify('x')", "f = sp.lambdify(x, x)", "c = typing._sys",
        "from collections import _sys", "import operator; f = operator.attrgetter('a.b')",
        # an order that is another one in every process
        "names = {'a', 'b'}", "names = {k for k in 'ab'}", "names = set('ab')", "names = frozenset('ab')",
        "both = {'a': 1}.keys() & {'b': 2}.keys()", "both = {'a': 1}.items() - {'b': 2}.items()", "k = {'a': 1}.keys()",
        "f = (x + y).find(sp.Symbol)", "b = (x > y).binary_symbols", "s = str(object())",
        # texts that SymPy reads as programs
        "n = sp.S(\"Integer(open('n.txt').read())\")", "e = x.subs(x, 'input()')", "m = sp.Matrix(['hash(1)'])",
        "from sympy.utilities.timeutils import timed", "from enum import bltns", "import sympy.utilities.autowrap",
        "from sympy.parsing.sympy_parser import *",
        "n = hash('a')", "n = id(x)", "s = next(iter((x + y).free_symbols))", "s = (x + y).atoms()",
        # what is said once only, other files of claims, theories
        "print('hello')", "from verify import load_claims", "from verify import Theory", "import verify.claims.loading",
        "t = verify.load('descent')", "import verify as v; t = v.load_claims('a.py')", "import verify; verify.claims",
        "THEORY = 'descent'", "for THEORY in (1,): pass", "def f():\n    global x\n    x = 1",
        # no Python
        "def", "x = '\0'",
    ],
)  # fmt: skip
def test_one_line_that_may_say_something_else_tomorrow_is_enough(line: str) -> None:
    assert not is_self_contained(f"{FILE}\n{line}\n".encode())
    assert is_self_contained(f"{FILE}\n# {line.splitlines()[0]}\n".replace("\0", "").encode()), "the control"


def test_a_text_in_another_encoding_is_read_as_python_reads_it() -> None:
    text = "# coding: latin-1\nname = 'Jos\u00e9'\n"
    assert is_self_contained(text.encode("latin-1"))
    assert not is_self_contained(text.replace("latin-1", "utf-8").encode("latin-1"))


def test_the_file_that_a_project_begins_with_is_self_contained() -> None:
    folder = Path(verify.__file__).parent / "commands" / "starter"
    files = [p for p in folder.rglob("*.py") if "def claims" in p.read_text(encoding="utf-8")]
    assert files and all(is_self_contained(p.read_bytes()) for p in files)


def test_what_states_is_public() -> None:
    assert {*STATING} <= {*verify._CONTENTS}
