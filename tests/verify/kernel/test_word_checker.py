"""The checker of matrix identities accepts the theory's derivations and refuses each tampered one."""

from __future__ import annotations

import ast
import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from theory.maml_erm import THEORY
from theory.maml_erm.claims.moments import A, I, S
from theory.maml_erm.formulas.symbols import alpha, d, n
from verify.claims.claim import Claim
from verify.claims.matrix_certificates import word_certificate
from verify.claims.statement import MatrixIdentity
from verify.derivations.trace_polynomials import TracePolynomial
from verify.evidence.routes.proof import accepted, proof
from verify.evidence.verdict import Verdict
from verify.kernel import word_checker
from verify.kernel.word_checker import Refused, check

MATRIX = {name: c for name, c in THEORY.stated.items() if isinstance(c.statement, MatrixIdentity)}


def certificate(name: str) -> dict[str, Any]:
    out: dict[str, Any] = json.loads(json.dumps(word_certificate(MATRIX[name])))
    return out


@pytest.mark.parametrize("name", MATRIX)
def test_accepts(name: str) -> None:
    assert "redone" in check(certificate(name))


def test_imports_only_the_standard_library() -> None:
    tree = ast.parse(Path(word_checker.__file__).read_text())
    for node in ast.walk(tree):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert all(x.split(".")[0] in sys.stdlib_module_names for x in names), names


def test_runs_alone(tmp_path: Path) -> None:
    alone = tmp_path / "alone.py"
    alone.write_text(Path(word_checker.__file__).read_text())
    good, bad, junk = tmp_path / "good.json", tmp_path / "bad.json", tmp_path / "junk.json"
    good.write_text(json.dumps(certificate("M1")))
    bad.write_text(json.dumps({**certificate("M1"), "schema": 2}))
    junk.write_text("{")
    codes = [
        subprocess.run([sys.executable, "-I", alone, f], capture_output=True).returncode for f in (good, bad, junk)
    ]
    assert codes == [0, 1, 2]


# ---------------------------------------------------------------- tampering with the statement


def stated(name: str, rhs: TracePolynomial) -> Claim:
    claim = MATRIX[name]
    assert isinstance(claim.statement, MatrixIdentity)
    return replace(claim, statement=replace(claim.statement, rhs=rhs))


step = I - S.scale(alpha)
WRONG = {
    "M1 without the transposed pairing": ("M1", S * A * S + ((A * S).trace() * S).scale(1 / n)),
    "M1 with a lost 1/n": ("M1", S * A * S + S * A * S + ((A * S).trace() * S).scale(1 / n)),
    "M1 with A transposed traces": ("M1", S * A * S + (S * A * S).scale(1 / n) + ((A * A).trace() * S).scale(1 / n)),
    "M2 with tr(Sigma) Sigma^2": ("M2", step * S * step + (S.trace() * S * S + S * S * S).scale(alpha**2 / n)),
    "M2 with d tr(Sigma^2)": ("M2", step * S * step + ((S * S).trace() * S * d + S * S * S).scale(alpha**2 / n)),
    "M2 without Sigma^3": ("M2", step * S * step + ((S * S).trace() * S).scale(alpha**2 / n)),
    "S0.fomaml with a square": ("S0.fomaml", S * step * step),
    "S0.erm twice": ("S0.erm", S + S),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_right_side_is_not_proved(case: str) -> None:
    name, rhs = WRONG[case]
    evidence = proof(stated(name, rhs))
    assert evidence is not None and evidence.verdict is Verdict.INCONCLUSIVE
    with pytest.raises(Refused):
        check(word_certificate(stated(name, rhs)))
    with pytest.raises(Refused, match="another statement"):
        accepted(stated(name, rhs), certificate(name))


def test_false_matrix_statements_are_refused() -> None:
    found = [c for c in THEORY.refutable.values() if isinstance(c.statement, MatrixIdentity)]
    assert found
    for claim in found:
        with pytest.raises(Refused):
            check(word_certificate(claim))


# ---------------------------------------------------------------- tampering with the certificate

# What a certificate says: the rules and what they give. Its starts and parameters are part of what is stated.
RESULTS = {"after", "rhs", "rule"}


def places(x: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(x, dict):
        for key, value in x.items():
            yield from places(value, (*path, key))
            yield (*path, key)
    elif isinstance(x, list):
        for i, value in enumerate(x):
            yield from places(value, (*path, i))
            yield (*path, i)


def variants(x: Any, letters: list[str]) -> Iterator[Any]:
    if isinstance(x, bool):
        yield not x
    elif isinstance(x, int):
        yield from (x + 1, -x - 1, None)
    elif isinstance(x, str):
        if x.lstrip("-")[:1].isdigit():
            yield from (str(Fraction(x) + 1), str(-Fraction(x)) if x != "0" else "7")
        else:
            yield from (name for name in letters if name != x.removesuffix("'"))
            yield x + "x"
    elif isinstance(x, list):
        yield from ([*x[1:]] if x else [0], [*x, *x] if x else None, None)
    elif isinstance(x, dict):
        yield from ({}, None)


@pytest.mark.parametrize("name", ["M1", "M2", "S0.imaml", "S1", "G1"])
def test_every_tampered_certificate_is_refused(name: str) -> None:
    honest = certificate(name)
    count, slipped = 0, []
    for path in places(honest):
        if not RESULTS & set(path):
            continue
        at: Any = honest
        for key in path:
            at = at[key]
        for value in variants(at, sorted(honest["letters"])[:3]):
            mutant = copy.deepcopy(honest)
            spot: Any = mutant
            for key in path[:-1]:
                spot = spot[key]
            spot[path[-1]] = value
            count += 1
            try:
                check(mutant)
            except Refused:
                continue
            if not harmless(mutant, honest, path):
                slipped.append((path, at, value))
    assert count > 50 and not slipped, slipped[:5]


def harmless(mutant: dict[str, Any], honest: dict[str, Any], path: tuple[Any, ...]) -> bool:
    """The same polynomials written in another way: a factor repeated as a power, a loop read from another place."""
    run = word_checker.Checker(honest["letters"])
    run.inverses = {k: run.expression(e) for k, e in honest["inverses"].items()}
    for k in range(len(path), 0, -1):
        old: Any = honest
        new: Any = mutant
        for key in path[:k]:
            old, new = old[key], new[key]
        if isinstance(old, dict) and set(old) == {"rows", "cols", "terms"}:
            try:
                return run.poly(old) == run.poly(new)
            except Exception:
                return False
    return False


def test_dependent_letters_of_an_inverse_are_fixed() -> None:
    changed = certificate("S0.imaml")
    changed["inverses"]["R"] = {"poly": {"rows": "d", "cols": "d", "terms": [[[["1", {}]], [], ["Sigma"]]]}}
    with pytest.raises(Refused, match="inverse"):
        check(changed)


def test_moments_beyond_the_covariance_need_a_gaussian_law() -> None:
    changed = certificate("M1")
    changed["derivations"][0]["steps"][0]["params"]["laws"]["X"]["gaussian"] = False
    with pytest.raises(Refused, match="not known"):
        check(changed)


PARAMETERS = [
    ("M1", ("params", "laws", "X", "col"), []),
    ("M1", ("params", "laws", "X", "col"), ["Sigma", "Sigma"]),
    ("M1", ("params", "laws", "X", "scale"), [["2", {}]]),
    ("M2", ("params", "laws", "X", "row"), ["Sigma"]),
    ("M2", ("params", "laws"), {}),
]


@pytest.mark.parametrize(("name", "path", "value"), PARAMETERS)
def test_another_law_gives_something_else(name: str, path: tuple[str, ...], value: Any) -> None:
    changed = certificate(name)
    spot = changed["derivations"][0]["steps"][0]
    for key in path[:-1]:
        spot = spot[key]
    spot[path[-1]] = value
    with pytest.raises(Refused):
        check(changed)
