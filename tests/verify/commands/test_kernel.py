"""Claims for Coq on the command line: what is written without it, and what is said where there is none."""

from __future__ import annotations

import json
import re

import pytest

from tests.verify.coq.statements import installed
from verify.commands.kernel_run import Row, alone, lost, outcome
from verify.coq import coqc, exported
from verify.coq.collection import Collection, Part
from verify.coq.coqc import Compiled
from verify.coq.untranslated import Untranslated

MINE = """\
import sympy as sp
from verify.claims.claim import Claim
from verify.claims.domain import Bound, Domain
from verify.claims.statement import Inequality
x = sp.Symbol('x', real=True)
def claims():
    yield Claim('mine.square', 'A square', Inequality(x**2, '>=', 0), Domain((Bound(x),)))
    yield Claim('mine.wrong', 'Not a square', Inequality(x**3, '>=', 0), Domain((Bound(x),)))
"""


@pytest.fixture
def without_coq(monkeypatch, tmp_path_factory):
    """A machine without coqc."""
    monkeypatch.setenv("PATH", str(tmp_path_factory.mktemp("empty")))


def test_theorems_are_written_without_coq(verify, without_coq, tmp_path):
    code, _, err = verify("export", "coq", "T2.at", "M1", "--out", "out", "--workers", "1")
    assert code == 0
    assert "2 claims" in err
    project = (tmp_path / "out/_CoqProject").read_text().splitlines()
    assert all((tmp_path / "out" / line).exists() for line in project if line.endswith(".v"))
    assert {"MamlErm/All.v", "MamlErm/Audit.v", "MamlErm/Definitions.v", "Verify/Matrices.v"} < set(project)
    page = (tmp_path / "out/README.md").read_text()
    assert "# When MAML outperforms ERM" in page and "In normal form alone" not in page
    assert "| T2.at | `T2_at`, `T2_at_defined` | `MamlErm/Claims_T.v` |" in page
    text = (tmp_path / "out/MamlErm/Claims_T.v").read_text()
    assert "(** T2.at. " in text and "gain d m alpha rho_H rho_E p Delta V_H V_E = 1 <-> m = m_star" in text
    assert "Theorem M1 : forall (d n : nat)" in (tmp_path / "out/MamlErm/Claims_M.v").read_text()


def test_what_is_exported_is_in_the_order_of_the_theory(verify, tmp_path):
    assert verify("export", "coq", "T1.equal", "T1", "H0", "--out", "out", "--workers", "1")[0] == 0
    page = (tmp_path / "out/README.md").read_text()
    assert page.index("| H0 |") < page.index("| T1 |") < page.index("| T1.equal |")
    assert not (tmp_path / "out/Verify/Matrices.v").exists()
    text = (tmp_path / "out/MamlErm/Claims_T.v").read_text()
    assert text.index("Theorem T1 ") < text.index("Theorem T1_equal ")


def test_a_folder_that_cannot_be_made_is_one_error(verify, tmp_path):
    (tmp_path / "file").write_text("")
    code, _, err = verify("export", "coq", "H0", "--out", "file/out", "--workers", "1")
    assert code == 2
    assert "cannot write file/out/Verify/" in err and "Traceback" not in err


def test_without_coq_nothing_is_re_proved(verify, without_coq):
    code, out, err = verify("kernel", "M1")
    assert (code, out) == (2, "")
    assert "there is no coqc here" in err


def test_a_claim_that_is_not_proved_is_said(verify, tmp_path):
    (tmp_path / "mine.py").write_text(MINE)
    code, _, err = verify("export", "coq", "mine.py", "--out", "out", "--workers", "1")
    assert code == 3
    assert "1 claims" in err
    assert "mine.wrong: not re-proved (its verdict is refuted)" in err
    assert "Theorem mine_square : forall x : R," in (tmp_path / "out/Claims/Claims_mine.v").read_text()


def test_a_proof_about_vectors_is_written_too(verify, tmp_path):
    code, out, _ = verify("prove", "||x||^2 >= 0", "--assume", "x vector", "--coq", "mine.v")
    assert code == 0
    assert "check it with coqc mine.v" in out
    assert "forall (V : space) (x : V)," in " ".join((tmp_path / "mine.v").read_text().split())


def test_what_is_not_translated_is_said(verify, tmp_path, monkeypatch):
    def none(certificate, comment):
        raise Untranslated("a rule")

    monkeypatch.setattr(exported, "self_contained", none)
    code, out, _ = verify("prove", "x^2 >= 0", "--coq", "mine.v")
    assert code == 0  # it is proved all the same
    assert "coq: not translated (a rule); nothing was written" in out
    assert not (tmp_path / "mine.v").exists()


def test_a_proof_is_written_for_coq(verify, tmp_path):
    code, out, _ = verify("prove", "x^2 >= 0", "--coq", "mine.v")
    assert code == 0
    assert "check it with coqc mine.v" in out
    assert "Theorem thm_" in (tmp_path / "mine.v").read_text()
    assert verify("prove", "x^3 >= 0", "--coq", "none.v")[0] == 1
    assert not (tmp_path / "none.v").exists()


@installed
def test_coq_re_proves_a_claim_once(verify, tmp_path):
    code, out, _ = verify("kernel", "H0", "--workers", "1", "--json", "first.json")
    assert code == 0
    assert "1 of 1 claims re-proved by Coq" in out
    (row,) = json.loads((tmp_path / "first.json").read_text())
    assert row["proved"] is True and row["file"].startswith("P_") and 0 < row["processor_seconds"] < coqc.LIMIT
    assert "0 files compiled, 2 of 2 claims as they were" in verify("kernel", "H0", "--workers", "1")[1]
    assert "1 file compiled, 0 of 2 claims as they were" in verify("kernel", "H0", "--workers", "1", "--again")[1]


@installed
def test_the_lock_says_what_was_re_proved(verify, tmp_path):
    (tmp_path / "mine.py").write_text(MINE)
    assert verify("kernel", "mine.py::mine.square", "--workers", "1")[0] == 0
    verify("lock", "mine.py")
    entries = json.loads((tmp_path / "theorems.lock").read_text())["claims"]
    assert re.match("Coq 8", entries["mine.square"]["kernel"]) and "kernel" not in entries["mine.wrong"]
    assert verify("kernel", "mine.py", "--locked", "--workers", "1")[0] == 3  # the other one is not proved
    entries["mine.wrong"]["kernel"] = "Coq 8"
    lock = {**json.loads((tmp_path / "theorems.lock").read_text()), "claims": entries}
    (tmp_path / "theorems.lock").write_text(json.dumps(lock))
    code, _, err = verify("kernel", "mine.py", "--locked", "--workers", "1")
    assert code == 1
    assert "mine.wrong: lost: the lock says that Coq 8 re-proved it; now: not re-proved" in err


def test_what_the_lock_promises_is_lost():
    rows = [Row("a", "kernel: Coq 8", proved=True), Row("b", "not translated (x)"), Row("c", "not translated (x)")]
    assert lost({"a": "Coq 8", "b": "Coq 8", "d": "Coq 8"}, rows) == [rows[1]]


def test_a_claim_is_re_proved_only_with_all_that_it_rests_on():
    collection = Collection(
        claims={"a": "thm_a", "b": "thm_b", "c": "thm_c"}, missing={"v": "not translated (vectors)"}
    )
    parts = [Part("P", "", (), ("thm_a", "thm_b")), Part("Q", "", (), ("thm_c",))]
    results = [Compiled("P", True), Compiled("Q", True, ("mine",))]
    rests = {"a": [], "b": ["a", "v"], "c": [], "v": []}
    rows = {row.claim: row for row in outcome(alone(collection, parts, results, "Coq 8", {}), rests)}
    assert [name for name, row in rows.items() if row.proved] == ["a"]
    assert rows["b"].said == "not re-proved (rests on v: not translated (vectors))"
    assert rows["c"].said == "assumes mine" and rows["c"].refused
