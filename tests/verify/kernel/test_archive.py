"""The kernel as an archive and as a copied folder says what the module says, of every tampered certificate too."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.verify.kernel import test_matrices_fuzz as matrices_fuzz
from tests.verify.kernel import test_reals_forward as forward
from tests.verify.kernel.tampering import (
    MATRIX_CLAIMS,
    Judged,
    certificates,
    judged,
    judged_matrices,
    judged_reals,
    matrix_certificate,
)
from verify import kernel
from verify.kernel import __main__ as program
from verify.kernel.reading import shown

KERNEL = Path(str(kernel.__file__)).parent
FUZZED = 60  # seeds of each fuzz


def said_of(files: Iterable[str], folder: Path, how: list[str]) -> tuple[int, list[str]]:
    """Exit code and lines of the program for some texts, each in a file of its own, in one process."""
    names = []
    for i, text in enumerate(files):
        names.append(f"{i}.json")
        (folder / names[-1]).write_text(text)
    done = subprocess.run([sys.executable, "-I", *how, *names], cwd=folder, capture_output=True, text=True)
    assert done.stderr == "", done.stderr
    return done.returncode, done.stdout.splitlines()


def line(i: int, found: Judged) -> str:
    """What the program has to print of the file with that number."""
    _, verdict, said = found
    return f"{verdict}: {i}.json: {shown(said)}"


def random_proofs() -> list[Judged]:
    """What the fuzz of either kind makes; a matrix proof is filled in where that is possible."""
    made = [c for seed in range(FUZZED) for c in forward.Builder(seed).build()]
    for seed in range(FUZZED):
        try:
            made.append(matrices_fuzz.filled(matrices_fuzz.random_proof(random.Random(seed))))
        except Exception:  # reads hostile data without the care of the kernel
            continue
    return list(judged(made))


KINDS = {
    "numbers": lambda: judged_reals(),
    "matrices": lambda: [one for name in MATRIX_CLAIMS for _, one in judged_matrices(name)],
    "proofs at random": random_proofs,
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_archive_and_the_module_agree_on_every_tampered_certificate(
    kind: str, archive: Path, tmp_path: Path
) -> None:
    found = KINDS[kind]()
    assert {verdict for _, verdict, _ in found} == {"accepted", "refused"}
    code, lines = said_of((text for text, _, _ in found), tmp_path, [str(archive)])
    assert code == 1
    assert lines == [line(i, one) for i, one in enumerate(found)]


def test_the_archive_accepts_what_is_true(archive: Path, tmp_path: Path) -> None:
    texts = [json.dumps(c) for c in (*certificates(), *map(matrix_certificate, MATRIX_CLAIMS))]
    code, lines = said_of(texts, tmp_path, [str(archive)])
    assert code == 0 and len(lines) == len(texts)
    assert all(x.startswith(f"accepted: {i}.json: ") for i, x in enumerate(lines)), lines


def test_a_copied_folder_runs_alone(tmp_path: Path) -> None:
    shutil.copytree(KERNEL, tmp_path / "kernel", ignore=shutil.ignore_patterns("__pycache__"))
    good, wrong = certificates()[0], {**certificates()[0], "schema": 2}
    code, lines = said_of(map(json.dumps, (good, wrong, matrix_certificate("M1"))), tmp_path, ["kernel"])
    assert code == 1 and [x.split(": ")[0] for x in lines] == ["accepted", "refused", "accepted"]
    assert said_of([json.dumps(good)], tmp_path, ["kernel"])[0] == 0


def test_a_copied_folder_runs_as_a_module(tmp_path: Path) -> None:
    shutil.copytree(KERNEL, tmp_path / "kernel", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "proof.json").write_text(json.dumps(certificates()[0]))
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    command = [sys.executable, "-m", "kernel", "proof.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stdout.split(":")[0], done.stderr) == (0, "accepted", "")


def test_several_files_have_a_line_each_and_the_worst_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    good = json.dumps(certificates()[0])
    for name, text in {"good": good, "bad": good.replace('"schema": 1', '"schema": 2'), "junk": "{"}.items():
        Path(name).write_text(text)
    for files, code in ((["good", "good"], 0), (["bad", "good"], 1), (["junk", "bad", "good"], 2), (["no"], 2)):
        assert program.main(files) == code
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) == len(files)
        if len(files) > 1:
            assert [x.split(": ")[1] for x in lines] == files
    assert program.main(["good"]) == 0
    assert capsys.readouterr().out.startswith("accepted: 1 theorem ")
