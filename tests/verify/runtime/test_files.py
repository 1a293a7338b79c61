"""Files are written whole or not at all, whatever fails, and nothing is written in another way."""

from __future__ import annotations

import ast
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from verify import cli
from verify.runtime import files
from verify.runtime.errors import BadInput

ROOT = Path(__file__).resolve().parents[3]


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_a_new_file_has_its_contents_and_the_mode_of_the_umask(tmp_path):
    before = os.umask(0o027)
    try:
        files.write(tmp_path / "a", "text é\n")
    finally:
        os.umask(before)
    assert (tmp_path / "a").read_bytes() == "text é\n".encode()
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["a"]


def test_a_file_that_is_replaced_keeps_its_mode(tmp_path):
    (tmp_path / "a").write_text("old")
    (tmp_path / "a").chmod(0o604)
    files.write(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o604


def test_a_symbolic_link_stays_one(tmp_path):
    (tmp_path / "far").mkdir()
    (tmp_path / "link").symlink_to("far/a")
    for text in ("new", "newer"):
        files.write(tmp_path / "link", text)
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "far" / "a").read_text() == text
    assert names(tmp_path / "far") == ["a"]


def test_a_name_as_long_as_names_can_be(tmp_path):
    files.write(tmp_path / ("n" * 255), "x")
    assert names(tmp_path) == ["n" * 255]


def test_text_that_has_no_bytes_is_written_escaped(tmp_path):
    files.write(tmp_path / "a", "\ud800")
    assert (tmp_path / "a").read_bytes() == b"\\ud800"


@pytest.mark.parametrize("error", [RuntimeError("half-way"), KeyboardInterrupt(), OSError(28, "No space left")])
def test_what_fails_half_way_leaves_the_old_file(tmp_path, error):
    (tmp_path / "a").write_text("old")
    with pytest.raises((BadInput, type(error))), files.whole(tmp_path / "a") as file:
        file.write(b"half")
        file.flush()
        raise error
    assert (tmp_path / "a").read_text() == "old"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("step", ["fsync", "replace", "fchmod"])
def test_a_step_that_the_system_refuses_leaves_the_old_file(tmp_path, monkeypatch, step):
    def refuse(*args: object) -> None:
        raise OSError(28, os.strerror(28))

    (tmp_path / "a").write_text("old")
    with monkeypatch.context() as patched:
        patched.setattr(os, step, refuse)
        with pytest.raises(BadInput, match=r"cannot write .*No space left on device") as caught:
            files.write(tmp_path / "a", "new")
    assert "make room" in caught.value.hint
    assert (tmp_path / "a").read_text() == "old"
    assert names(tmp_path) == ["a"]
    files.write(tmp_path / "a", "new")
    assert (tmp_path / "a").read_text() == "new"


def test_a_place_that_takes_no_file_is_bad_input(tmp_path):
    for path in (tmp_path / "no" / "a", tmp_path, "/dev/full", "a\0b"):
        with pytest.raises(BadInput, match="cannot write"):
            files.write(path, "x" * 100_000)
    assert names(tmp_path) == []


def test_a_device_is_written_to(tmp_path):
    files.write("/dev/null", "x")
    assert not os.path.isfile("/dev/null")


def test_standard_output_by_its_name_is_not_replaced(tmp_path):
    code = "from verify.runtime import files; print('first', flush=True); files.write('/dev/stdout', 'second\\n')"
    with (tmp_path / "out").open("w") as out:
        subprocess.run([sys.executable, "-c", code], stdout=out, cwd=ROOT, check=True, timeout=60)
    assert "second" in (tmp_path / "out").read_text()


def test_a_text_is_appended_as_a_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "summary"
    files.append(path, "one\n")
    files.append(path, "two\n")
    assert path.read_text() == "one\ntwo\n"
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:2]))
    with pytest.raises(BadInput, match="No space left"):
        files.append(path, "three\n")
    monkeypatch.undo()
    assert path.read_text() == "one\ntwo\n"


# ---------------------------------------------------------------- the commands


def limited(*args: str, folder: Path, size: int) -> subprocess.CompletedProcess[str]:
    """``verify`` where no file may grow beyond some size, which is how a full disk looks to a program."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return subprocess.run(
        [sys.executable, "-m", "verify.cli", *args],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, preexec_fn=limit, capture_output=True, text=True,
        timeout=300,
    )  # fmt: skip


def test_a_full_disk_loses_no_report(tmp_path):
    (tmp_path / "old").write_text("old")
    done = limited("list", "--json", "old", folder=tmp_path, size=64)
    assert done.returncode == 2, done.stderr
    assert done.stderr.splitlines()[0] == "error: cannot write old: File too large"
    assert (tmp_path / "old").read_text() == "old"
    assert names(tmp_path) == ["old"]
    assert limited("list", "--json", "old", folder=tmp_path, size=10**9).returncode == 0
    assert (tmp_path / "old").read_text() != "old"


WRITING = [
    "prove x^2>=0 --certificate old",
    "latex --macros old",
    "graph --out old",
    *(f"check T2.domain --no-cache --workers 1 --{form} old" for form in ("json", "junit", "sarif", "badge")),
    "lock claims.py --workers 1",
]


@pytest.mark.parametrize("command", WRITING)
def test_a_full_disk_is_one_line_whatever_is_written(tmp_path, monkeypatch, capsys, command):
    def full(handle: int) -> None:
        raise OSError(28, os.strerror(28))

    def run() -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["verify", *command.split()])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        return int(stop.value.code or 0), capsys.readouterr().err

    monkeypatch.chdir(tmp_path)
    (tmp_path / "claims.py").write_text(CLAIMS)
    target = "theorems.lock" if command.startswith("lock") else "old"
    if target == "old":
        (tmp_path / target).write_text("old")
    else:
        run()
        (tmp_path / "claims.py").write_text(CLAIMS.replace(">=", ">"))
    before = (tmp_path / target).read_bytes()
    if target == "theorems.lock":
        command += " --accept"
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        code, said = run()
    assert (code, said.splitlines()[0]) == (2, f"error: cannot write {target}: No space left on device")
    assert (tmp_path / target).read_bytes() == before
    assert not [name for name in names(tmp_path) if name.endswith(files.PART)]
    assert run()[0] == 0
    assert (tmp_path / target).read_bytes() != before


CLAIMS = """
import sympy as sp
from verify import Claim, Domain, Inequality, positive

x = sp.Symbol("x", real=True)


def claims():
    yield Claim("my.square", "A square", Inequality(x**2 + 1, ">=", 0), Domain((positive(x),)))
"""


# ---------------------------------------------------------------- the source


ALLOWED = {
    "verify/runtime/files.py",  # this is the way
    "verify/cache/store.py",  # SQLite writes the cache; the file beside it is only locked
}
WRITERS = {"write_text", "write_bytes", "savefig", "to_csv", "tofile", "savez", "mkstemp", "NamedTemporaryFile"}


def direct_writes(source: str) -> list[int]:
    """The lines that open or write a file without the helper."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = getattr(node.func.value, "id", "") if isinstance(node.func, ast.Attribute) else ""
        texts = [a.value for a in [*node.args, *(k.value for k in node.keywords)] if isinstance(a, ast.Constant)]
        modes = [t for t in texts if isinstance(t, str) and set(t) <= set("rwaxbt+") and set(t) & set("wax+")]
        flags = any(isinstance(n, ast.Attribute) and n.attr.startswith("O_") for a in node.args for n in ast.walk(a))
        target = ast.unparse(node.args[0]) if node.args else ""
        if (
            (name in WRITERS and isinstance(node.func, ast.Attribute) and target not in ("file", "out"))
            or (name == "open" and (modes or (owner == "os" and "O_RDONLY" not in ast.unparse(node) and flags)))
            or (owner == "os" and name in ("replace", "rename", "truncate"))
            or (name in ("save", "savetxt") and owner == "np" and target != "file")
            or (name == "dump" and owner in ("json", "pickle"))
        ):
            found.append(node.lineno)
    return found


def test_nothing_is_written_in_another_way():
    places = [
        f"{path.relative_to(ROOT)}:{line}"
        for folder in ("verify", "theory", "benchmarks")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if str(path.relative_to(ROOT)) not in ALLOWED
        for line in direct_writes(path.read_text(encoding="utf-8"))
    ]
    # On nothing, in place of a standard file that is closed; pipes have numbers and no names.
    assert [p for p in places if not p.startswith("verify/runtime/output.py:")] == []


@pytest.mark.parametrize(
    "source",
    [
        "path.write_text('x')", "open('f', 'w')", "path.open(mode='a')", "np.save('f', x)", "json.dump(x, file)",
        "figure.savefig(path)", "os.replace(a, b)", "os.open(p, os.O_WRONLY)", "tempfile.mkstemp()",
    ],
)  # fmt: skip
def test_a_direct_write_would_be_found(source):
    assert direct_writes(source) == [1]


@pytest.mark.parametrize("source", ["open('f')", "path.open('rb')", "figure.savefig(file)", "'a'.replace('a', 'b')"])
def test_other_calls_are_not_taken_for_writes(source):
    assert direct_writes(source) == []


def test_a_folder_takes_the_place_of_another(tmp_path, monkeypatch):
    for name, text in (("made", "new"), ("target", "old")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(text)
    real, calls = os.replace, []

    def second_fails(a, b):
        calls.append(b)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        real(a, b)

    monkeypatch.setattr(os, "replace", second_fails)
    with pytest.raises(BadInput, match="No space left"):
        files.put_folder(tmp_path / "made", tmp_path / "target")
    assert (tmp_path / "target" / "a.txt").read_text() == "old" and (tmp_path / "made").is_dir()
    monkeypatch.undo()
    files.put_folder(tmp_path / "made", tmp_path / "target")
    assert (tmp_path / "target" / "a.txt").read_text() == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["target"]
