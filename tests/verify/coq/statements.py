"""Statements whose certificates use the rules that are translated, and coqc for tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from verify.coq import coqc
from verify.coq.collection import HEAD, Part
from verify.language.parser import parse_problem
from verify.prover.api import prove
from verify.runtime.budget import SECOND

installed = pytest.mark.skipif(shutil.which("coqc") is None, reason="coqc is not installed (apt-get install coq)")

# A statement, its assumptions, and rules that its certificate uses.
STATEMENTS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "square": ("x^2 + y^2 >= 2*x*y", (), ()),
    "exponential": ("exp(x) >= 1 + x", (), ("axiom",)),
    "quotient": ("x/(1+x) < y/(1+y)", ("0 < x", "x < y"), ()),
    "interval": ("x*(1-x) <= 1/4", (), ()),
    "cubic": ("x^3 - 3*x + 2 >= 0", ("0 <= x", "x <= 3"), ()),
    "absolute": ("abs(x + y) <= abs(x) + abs(y)", (), ("cases",)),
    "power": ("(1 + x)^n >= 1 + n*x", ("n integer", "0 <= n", "0 <= x"), ()),
    "equivalence": ("x^2 > 4 iff abs(x) > 2", (), ()),
    "minimum": ("min(x, y, z) <= (x + y + z)/3", (), ()),
    "logarithm": ("log(x*y) == log(x) + log(y)", ("x > 0", "y > 0"), ("axiom",)),
    "root": ("sqrt(x*y) <= (x + y)/2", ("x > 0", "y > 0"), ()),
    "value": ("sqrt(2) < 3/2", (), ("numeric",)),
    "logarithm of two": ("log(2) < 7/10", (), ("numeric",)),
    "slope": ("exp(x) >= 1 + x + x^2/2", ("x >= 0",), ("slope",)),
    "quartic": ("x^4 - 4*x + 3 >= 0", (), ()),
    "no root": ("x^4 + x + 1/2 > 0", (), ("sturm",)),
    "residue": ("n^2 != 3*k + 2", ("n, k integer",), ("residues",)),
    "power zero": ("(x - x)^0*2 + (1/x)^0 == 3 or x == 0", ("x > 0",), ()),
    "irrational root": ("2*n^2 != m^2", ("n, m integer", "n >= 1"), ("irrational",)),
    "irrational root of a quotient": ("4*n^3 != 3*m^3", ("n, m integer", "m >= 1"), ("irrational",)),
    "identity": ("(x + y)^2 == x^2 + 2*x*y + y^2", (), ("ring",)),
    "fraction": ("x^3 + 2*x^2*(1 - x) + (1-x)^3 < 1 + x", ("0 < x", "x < 1"), ()),
    "integers": ("n^2 + n >= 2", ("n integer", "n >= 1"), ()),
}


@cache
def certificate(name: str) -> Mapping[str, Any]:
    statement, assumed, _ = STATEMENTS[name]
    found = prove(parse_problem(statement, list(assumed)), work=4 * SECOND).certificate
    assert found is not None, statement
    return found


def rules_in(proof: object) -> Iterator[str]:
    if isinstance(proof, Mapping):
        if isinstance(proof.get("rule"), str):
            yield proof["rule"]
        for x in proof.values():
            yield from rules_in(x)
    elif isinstance(proof, list):
        for x in proof:
            yield from rules_in(x)


def accepts(home: Path, text: str, module: str, head: str = HEAD) -> coqc.Compiled:
    """What Coq says of a file of theorems that is written by hand."""
    part = Part(module, f"{head}{text}\nDefinition all_of_this_file := I.\n", (), ())
    (found,) = coqc.compiled([part], home, 1, lambda one: None)
    return found
