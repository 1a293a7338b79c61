"""Matrix certificates become theorems that Coq proves, and near misses of them do not compile."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.verify.coq.statements import installed
from tests.verify.kernel.tampering import matrix_certificate
from theory.maml_erm import THEORY
from verify.claims.statement import MatrixIdentity
from verify.coq.coqc import prepared
from verify.coq.readable.matrices import restated
from verify.coq.untranslated import Untranslated
from verify.coq.words import IMPORTS, LIBRARY, says, theorem
from verify.kernel import Refused

MATRIX = tuple(name for name, c in THEORY.stated.items() if isinstance(c.statement, MatrixIdentity) and c.derivations)
AXIOMS = {"sig_forall_dec", "sig_not_dec", "functional_extensionality_dep", "classic"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library, compiled where nothing else is."""
    return prepared(tmp_path_factory.mktemp("library"), LIBRARY) / "Verify"


def coqc(library: Path, file: Path) -> subprocess.CompletedProcess[str]:
    command = ["coqc", "-q", "-Q", str(library), "Verify", str(file)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def compiled(library: Path, folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    file = folder / "Theorems.v"
    file.write_text(IMPORTS + text)
    return coqc(library, file)


def identifier(name: str) -> str:
    return name.replace(".", "_")


def text_of(name: str) -> str:
    return theorem(matrix_certificate(name), identifier(name))


def renamed(name: str, new: dict[str, str]) -> Any:
    """A certificate with other names for letters, dimensions and symbols."""

    def turn(x: Any) -> Any:
        if isinstance(x, list):
            return [turn(y) for y in x]
        if isinstance(x, dict):
            return {new.get(k, k): turn(y) for k, y in x.items()}
        if isinstance(x, str):
            base = x.removesuffix("'")
            return new.get(base, base) + x[len(base) :]
        return x

    return turn(matrix_certificate(name))


# Names that Coq, its library, the vocabulary of the statements, or the proofs have for something else
AWKWARD = (
    ("M2", {"Sigma": "O", "X": "I", "d": "S", "n": "E", "alpha": "R"}),
    ("M1", {"A": "mat", "Sigma": "f0", "X": "forall", "d": "nat", "n": "sum"}),
    ("S0.maml", {"Sigma": "E_X", "v": "E_x", "w": "g1", "z": "exists", "x": "Z", "zeta": "N", "d": "lambda"}),
)


def multiple(power: int) -> dict[str, Any]:
    """s^power A / 2"""
    powers = {"s": power} if power else {}
    return {"rows": "d", "cols": "d", "terms": [[[["1/2", powers]], [], ["A"]]]}


QUOTIENT = {
    "schema": 1,
    "kind": "words",
    "claim": "s (A / (2 s)) = A / 2",
    "letters": {"A": ["d", "d", False]},
    "inverses": {},
    "derivations": [{"title": "a quotient", "start": {"poly": multiple(-1)}, "steps": []}],
    "lhs": {"times": [[["1", {"s": 1}]], {"result": 0}]},
    "rhs": multiple(0),
}


# ---------------------------------------------------------------- what is proved


@installed
def test_every_matrix_claim_of_the_theory_is_proved_again_with_the_known_axioms(library: Path, tmp_path: Path) -> None:
    assert len(MATRIX) == 35
    together = f"Definition together := ({', '.join(map(identifier, MATRIX))}).\nPrint Assumptions together.\n"
    others = [theorem(renamed(*names), f"Renamed_{k}") for k, names in enumerate(AWKWARD)]
    others.append(theorem(QUOTIENT, "Quotient"))
    others += [restated(text_of(name), f"{identifier(name)}_again", identifier(name)) for name in MATRIX]
    done = compiled(library, tmp_path, "\n".join([*map(text_of, MATRIX), *others, together]))
    assert done.returncode == 0, done.stderr
    lines = done.stdout.split("Axioms:\n")[1].splitlines()
    found = {line.split(" ")[0].split(".")[-1] for line in lines if not line.startswith(" ")}
    assert "functional_extensionality_dep" in found and found <= AXIOMS


def test_a_statement_is_in_plain_words() -> None:
    text = text_of("M1")
    assert "moments 4 n d mid Sigma 1 E_X ->" in text
    statement = " ".join(text[text.index("Theorem M1") : text.index("Proof.")].split())
    assert "mmul d Sigma (mmul d A Sigma)" in statement and "closed" not in statement and "open" not in statement


def test_every_statement_reads_back_as_its_certificate() -> None:
    assert all(says(text_of(name), matrix_certificate(name)) for name in MATRIX)
    for names in AWKWARD:
        assert says(theorem(renamed(*names), "Renamed"), renamed(*names))


def test_no_token_of_a_right_side_can_be_another_one() -> None:
    """Numbers, dimensions and letters behind the last equality, without Coq."""
    changed = 0
    for name in ("M1", "M3.excess", "S0.imaml", "OPT.step", "R2.isotropic"):
        text, data = text_of(name), matrix_certificate(name)
        end = text.index("\nProof.")
        start = max(text.rfind(" = ", 0, end), text.rfind("meq ", 0, end))
        for token in re.finditer(r"\b(?:\d+|alpha|Sigma|mmul|[dn])\b(?!\))", text[start:end]):
            other = {"alpha": "nu", "Sigma": "mid", "mmul": "mtrace", "d": "1", "n": "1"}.get(token[0], f"{token[0]}1")
            at = start + token.start()
            edited = text[:at] + other + text[at + len(token[0]) :]
            assert not says(edited, data), edited[at - 20 : at + 20]
            changed += 1
    assert changed > 100


def test_a_hypothesis_is_one_of_the_certificate() -> None:
    text, data = text_of("M1"), matrix_certificate("M1")
    assert says(text, data)
    for old, new in (
        ("  symmetric d A ->", "  0 = 1 ->\n  symmetric d A ->"),
        ("  symmetric d A ->", "  symmetric d X ->"),
        ("  symmetric d A ->", "  symmetric n A ->"),
        ("(1 <= d)%nat", "(2 <= d)%nat"),
        ("moments 4 n d mid Sigma 1", "moments 4 d n mid Sigma 1"),
        ("moments 4 n d mid Sigma 1", "moments 4 n d Sigma mid 1"),
        ("moments 4 n d mid Sigma 1", "moments 4 n d mid Sigma 2"),
    ):
        assert old in text and not says(text.replace(old, new, 1), data), new
    text, data = text_of("S0.imaml"), matrix_certificate("S0.imaml")
    assert "inverse d (madd (mscale (lambda) mid) Sigma) R_" in text
    assert not says(text.replace("inverse d (madd (mscale (lambda) mid) Sigma)", "inverse d (madd mid Sigma)"), data)


def test_what_a_derivation_starts_from_reads_back() -> None:
    text, data = text_of("M1"), matrix_certificate("M1")
    assert says(text, data)
    for old, new in (("(/ (INR n) ^ 2)", "(/ (INR n) ^ 3)"), ("fun X : mat => mscale", "fun Y : mat => mscale")):
        assert old in text and not says(text.replace(old, new, 1), data)
    coefficient(data)
    assert not says(text, data)


# ---------------------------------------------------------------- what is not

# How Coq says that a test came out false, that terms are different, that a hypothesis is another one, or that 0 < 0 is
# not so: no slip of the language, which would fail whatever the theorem says.
MISSED = re.compile("Unable to unify|has type|No (matching|applicable)|Cannot find witness")


def coefficient(c: Any) -> None:
    """Three for whatever is the first coefficient of the right side."""
    c["rhs"]["terms"][0][0][0][0] = "3"


def plain(letter: str) -> Callable[[Any], None]:
    """A letter is not symmetric any more."""

    def change(c: Any) -> None:
        c["letters"][letter][2] = False

    return change


TAMPERED: dict[str, tuple[str, Callable[[Any], None]]] = {
    "a coefficient of S0.maml": ("S0.maml", coefficient),
    "A of M1 is not symmetric": ("M1", plain("A")),
    "a coefficient of G1": ("G1", coefficient),
}


@installed
@pytest.mark.parametrize("case", TAMPERED)
def test_coq_refuses_by_itself(case: str, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, change = TAMPERED[case]
    data = matrix_certificate(name)
    monkeypatch.setattr("verify.coq.words.theorems.check", lambda _: "whatever it says")
    change(data)
    done = compiled(library, tmp_path, theorem(data, "Tampered"))
    assert done.returncode != 0 and MISSED.search(done.stderr), done.stderr


EDITED: dict[str, tuple[str, dict[str, str]]] = {
    "nothing, which compiles": ("M1", {}),
    "a moment less": ("M1", {"moments 4 n": "moments 3 n", "E_X_law_order' := 4": "E_X_law_order' := 3"}),
    "another covariance": ("M1", {"moments 4 n d mid Sigma 1 E_X": "moments 4 n d mid A 1 E_X"}),
    "symmetric in one entry only": ("M1", {"symmetric d A ->": "symmetric 1 A ->"}),
    "a dimension that may be 0": ("M1", {"(1 <= n)%nat ->": "(0 <= n)%nat ->"}),
    "another gradient": ("S1", {"w (g0": "w_i (g0"}),
}


@installed
@pytest.mark.parametrize("case", EDITED)
def test_a_near_miss_does_not_compile(case: str, library: Path, tmp_path: Path) -> None:
    name, changes = EDITED[case]
    text = text_of(name)
    statement, proof = " ".join(text[: text.index("Proof.")].split()), text[text.index("Proof.") :]
    for old, new in changes.items():
        assert old in statement + proof
        statement = statement.replace(old, new)
        proof = proof.replace(old, new) if "order" in old else proof
    done = compiled(library, tmp_path, f"{statement}\n{proof}")
    if not changes:
        assert done.returncode == 0, done.stderr
        return
    assert done.returncode != 0 and MISSED.search(done.stderr), done.stderr


def test_what_is_not_translated_is_named() -> None:
    data = matrix_certificate("S0.erm")
    assert "Theorem S0_erm" in theorem(data, "S0_erm")
    data["lhs"] = {"sum": [data["lhs"], {"times": [[["0", {}]], data["lhs"]]}]}
    with pytest.raises(Untranslated) as found:
        theorem(data, "S0_erm")
    assert found.value.rule == "coefficient_of_vector"


@installed
def test_a_symbol_that_is_divided_by_is_not_zero(library: Path, tmp_path: Path) -> None:
    text = theorem(QUOTIENT, "Quotient")
    assert "s <> 0 ->" in text
    done = compiled(library, tmp_path, text.replace("s <> 0 ->", "1 <> 0 ->"))
    assert done.returncode != 0 and MISSED.search(done.stderr), done.stderr


def test_a_certificate_that_proves_nothing_is_refused_before_anything_is_written() -> None:
    data = matrix_certificate("M1")
    assert "Theorem M1" in theorem(data, "M1")
    coefficient(data)
    with pytest.raises(Refused):
        theorem(data, "M1")
