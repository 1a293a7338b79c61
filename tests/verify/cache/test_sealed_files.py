"""Files of claims under a seal: the same bytes without running them, and never what they no longer say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.pages import ROOT
from verify import cli
from verify.cache import seal, sealed_files
from verify.cache.sources import Sources, sources
from verify.cache.store import Store
from verify.cache.texts import dump, loads
from verify.claims import theories

FILE = """\
import sympy as sp

from verify import Claim, Domain, Inequality, positive

x, y = sp.symbols("x y", positive=True)
DOMAIN = Domain((positive(x), positive(y)))


def claims():
    yield Claim("my.mean", "Mean of two", Inequality(x / y + y / x, ">=", 2), DOMAIN)
    yield Claim("my.square", "Square", Inequality(x**2 + y**2, ">=", 2 * x * y), DOMAIN)
"""
ANEW = "cache: 0 of 2 claims unchanged, 0 certificates re-checked"
KEPT = "cache: 2 of 2 claims unchanged, 2 certificates re-checked"
SEALED = "cache: 2 of 2 claims unchanged since this machine checked them"


class Mine:
    """``mine.py`` in a folder with a cache of its own, checked as a new process would."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.capsys, self.monkeypatch = folder, capsys, monkeypatch
        self.file = folder / "work" / "mine.py"
        self.file.write_text(FILE, encoding="utf-8")
        self.out, self.err, self.code = "", "", 0

    def edit(self, old: str, new: str) -> None:
        text = self.file.read_text(encoding="utf-8")
        assert old in text
        self.file.write_text(text.replace(old, new), encoding="utf-8")

    def forget(self) -> None:
        """What a new process would not know."""
        for known in (theories.named, theories._installed, theories._defaults, sources):
            known.cache_clear()

    def __call__(self, *args: str, names: tuple[str, ...] = ("mine.py",)) -> str:
        """`verify check mine.py`: what it said of the cache; what it printed besides is in ``out``."""
        self.forget()
        self.monkeypatch.setattr(sys, "argv", ["verify", "check", *names, *args])
        self.code = 0
        try:
            cli.main()
        except SystemExit as stop:
            self.code = int(stop.code or 0)
        out, self.err = self.capsys.readouterr()
        lines = out.splitlines()
        self.out = "\n".join(line for line in lines if not line.startswith("cache: "))
        return next((line for line in lines if line.startswith("cache: ")), "")

    def seal(self, names: tuple[str, ...] = ("mine.py",)) -> None:
        """Two runs, after which a seal is there."""
        for _ in range(2):
            self(names=names)
        assert self.is_sealed(names)

    def is_sealed(self, names: tuple[str, ...] = ("mine.py",)) -> bool:
        self.forget()
        return sealed_files.Files(Store(), names).read() is not None


@pytest.fixture
def mine(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Mine]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    found = Mine(tmp_path, capsys, monkeypatch)
    yield found
    found.forget()


def test_the_third_run_gives_the_same_without_running_the_file(mine: Mine, monkeypatch: pytest.MonkeyPatch) -> None:
    first = mine.folder / "first.json"
    assert mine("--json", str(first)) == ANEW and mine.code == 0
    assert mine() == KEPT
    again, shown = mine.folder / "again.json", mine.out
    with monkeypatch.context() as patched:
        patched.setattr("verify.claims.loading.load_files", None)
        assert mine("--json", str(again)) == SEALED and mine.code == 0
        assert again.read_bytes() == first.read_bytes()
        assert [line for line in mine.out.splitlines() if " s" not in line[-4:]] == [
            line for line in shown.splitlines() if " s" not in line[-4:]
        ]


def test_neither_sympy_nor_a_checker_is_loaded(mine: Mine) -> None:
    mine.seal()
    heavy = ("sympy", "flint", "mpmath", "numpy", "verify.kernel", "verify.claims.claim", "theory.maml_erm")
    program = (
        "import sys; from verify import cli; sys.argv = ['verify', 'check', 'mine.py']\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = [sys.executable, "-c", program]
    done = subprocess.run(run, capture_output=True, text=True, env=environment, check=False)
    assert SEALED in done.stdout and done.stderr.strip() == "[]"
    mine.edit("Square", "A square")
    done = subprocess.run(run, capture_output=True, text=True, env=environment, check=False)
    assert KEPT in done.stdout and "'sympy'" in done.stderr, "they would be seen"


def test_a_claim_that_becomes_false_is_found_so(mine: Mine) -> None:
    mine.seal()
    found = mine.file.stat()
    mine.edit('">=", 2)', '">=", 3)')  # of the same length, and the clock set back
    os.utime(mine.file, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert mine() != SEALED and mine.code == 1 and "my.mean (Mean of two) fails" in mine.out
    failed = mine.out.partition("my.mean (Mean")[2].partition("2 claims")[0]
    assert "again: verify check mine.py::my.mean" in failed
    mine()
    assert mine() == SEALED and mine.code == 1 and failed in mine.out
    mine.edit('">=", 3)', '">=", 2)')
    assert mine() == SEALED and mine.code == 0, "the control: the seal of the first text is still there"


def test_an_edit_that_changes_no_claim_is_read_all_the_same(mine: Mine) -> None:
    mine.seal()
    mine.edit("import sympy as sp", "import sympy as sp  # the library")
    assert (mine(), mine()) == (KEPT, SEALED)


@pytest.mark.parametrize("limit, code", [("2", 0), ("3", 1)])
def test_a_file_that_imports_another_one_is_run_each_time(mine: Mine, limit: str, code: int) -> None:
    """What the other one says reaches the answer, whatever stays the same in the first."""
    helper = mine.file.with_name("sealed_helper.py")
    helper.write_text("LIMIT = 2\n")
    mine.monkeypatch.syspath_prepend(str(mine.file.parent))
    mine.edit("import sympy as sp\n", "import sympy as sp\nfrom sealed_helper import LIMIT\n")
    mine.edit('">=", 2)', '">=", LIMIT)')
    for line in (ANEW, KEPT, KEPT):
        assert mine() == line and not mine.is_sealed()
    helper.write_text(f"LIMIT = {limit}\n")
    sys.modules.pop("sealed_helper", None)
    assert mine() != SEALED and mine.code == code
    sys.modules.pop("sealed_helper", None)


def test_what_differs_from_run_to_run_is_not_sealed_though_nothing_in_the_text_shows_it(mine: Mine) -> None:
    mine.monkeypatch.setattr("verify.claims.self_contained.is_self_contained", lambda text: True)
    mine.edit("import sympy as sp\n", "import sympy as sp\nimport itertools, sys\n")
    mine.edit('">=", 2)', '">=", 2 - sys.__dict__.setdefault("runs", itertools.count()).__next__())')
    for _ in range(4):
        assert mine() != SEALED and mine.code == 0 and not mine.is_sealed()
    del sys.__dict__["runs"]
    mine.edit(' - sys.__dict__.setdefault("runs", itertools.count()).__next__()', "")
    mine.seal()


def test_other_sources_of_the_verifier_break_the_seal(mine: Mine, monkeypatch: pytest.MonkeyPatch) -> None:
    mine.seal()
    original = sealed_files.sources

    def edited(package: str) -> Sources:
        found = Sources(original(package).packages, original(package))
        found.hashes["verify.kernel.reals.check"] = "0" * 64
        return found

    with monkeypatch.context() as patched:
        patched.setattr(sealed_files, "sources", edited)
        assert not mine.is_sealed()
        assert mine() == KEPT
    with monkeypatch.context() as patched:
        patched.setattr("verify.cache.sources.version", lambda name: "0")
        assert not mine.is_sealed()
    assert mine.is_sealed(), "the control"


@pytest.mark.parametrize("name", ["SYMPY_USE_CACHE", "MPMATH_NOGMPY"])
def test_what_libraries_read_in_the_environment_is_part_of_it(mine: Mine, name: str) -> None:
    mine.seal()
    with mine.monkeypatch.context() as patched:
        patched.setenv(name, "no")
        assert not mine.is_sealed()
        patched.delenv(name)
        patched.setenv("MY_OWN", "no")
        assert mine.is_sealed(), "the control"


def _program(*args: str, flags: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *flags, "-m", "verify", "check", "mine.py", *args]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_the_flags_of_python_are_part_of_it(mine: Mine) -> None:
    """With -O no assertion is looked at."""
    mine.edit("def claims():\n", "def claims():\n    assert DOMAIN is None\n")
    for line in (ANEW, KEPT, SEALED):
        assert line in _program(flags=("-O",)).stdout
    done = _program()
    assert done.returncode == 2 and "AssertionError" in done.stderr


def test_a_module_that_stands_before_a_library_is_another_one(mine: Mine) -> None:
    for line in (ANEW, KEPT, SEALED):
        assert line in _program().stdout
    mine.file.with_name("sympy.py").write_text("raise ImportError('not that one')\n")
    done = _program()
    assert done.returncode not in (0, 3) and "not that one" in done.stderr and not done.stdout


# ---------------------------------------------------------------- theories

THEORY = """
import sympy as sp

from verify import Claim, Domain, Inequality, Theory, positive

x = sp.Symbol("x", real=True)


def _claims():
    yield Claim("{id}", "t", Inequality(x + 1, ">", 1), Domain((positive(x),)))


THEORY = Theory(name="sealing", claims=_claims, package="sealing", self_contained={self_contained})
"""


class Installed:
    def __init__(self, mine: Mine) -> None:
        self.folder = mine.folder / "packages"
        (self.folder / "sealing").mkdir(parents=True)
        mine.monkeypatch.setattr(sys, "dont_write_bytecode", True)
        mine.monkeypatch.syspath_prepend(str(self.folder))
        info = self.folder / "sealing-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: sealing\nVersion: 1\n")
        (info / "entry_points.txt").write_text("[verify.theories]\nsealing = sealing:THEORY\n")
        self.states("one")

    def states(self, id: str, self_contained: bool = True) -> None:
        text = THEORY.format(id=id, self_contained=self_contained)
        (self.folder / "sealing" / "__init__.py").write_text(text)
        sys.modules.pop("sealing", None)


@pytest.fixture
def installed(mine: Mine) -> Iterator[Installed]:
    found = Installed(mine)
    with theories.using("sealing"):
        yield found
    sys.modules.pop("sealing", None)
    sys.modules.pop("sealing_needs", None)


def test_an_id_that_the_theory_takes_later_is_noticed(mine: Mine, installed: Installed) -> None:
    mine.seal()
    installed.states("my.mean")
    assert mine() == "" and mine.code == 2 and "the id my.mean of mine.py is taken already" in mine.err
    installed.states("two")
    assert (mine(), mine()) == (KEPT, SEALED), "the control"


def test_another_theory_in_force_is_another_state(mine: Mine, installed: Installed) -> None:
    mine.seal()
    with theories.using("maml-erm"):
        assert not mine.is_sealed()
    assert mine.is_sealed()


def test_without_a_theory_in_force_a_file_is_sealed_too(mine: Mine) -> None:
    mine.monkeypatch.setattr(theories, "_candidates", list)
    mine.seal()
    mine.monkeypatch.undo()
    mine.monkeypatch.chdir(mine.file.parent)
    mine.monkeypatch.setenv("XDG_STATE_HOME", str(mine.folder / "state"))
    assert not mine.is_sealed(), "one that is installed later may take the ids"


def test_nothing_is_sealed_beside_a_theory_whose_sources_do_not_say_what_it_states(
    mine: Mine, installed: Installed
) -> None:
    installed.states("one", self_contained=False)
    assert (mine(), mine(), mine()) == (ANEW, KEPT, KEPT)
    mine.monkeypatch.setattr(sys, "argv", [])
    with theories.using("sealing:THEORY"):
        assert sealed_files.Files(Store(), ["mine.py"]).read() is None


def test_beside_a_theory_that_does_not_load_a_file_is_checked_each_time(mine: Mine, installed: Installed) -> None:
    """What is wrong with it may lie outside: once that is mended, it may state the same ids."""
    text = THEORY.format(id="my.mean", self_contained=True)
    (installed.folder / "sealing" / "__init__.py").write_text("import sealing_needs\n" + text)
    assert (mine(), mine(), mine()) == (ANEW, KEPT, KEPT) and mine.code == 0
    (installed.folder / "sealing_needs.py").write_text("")
    assert mine() == "" and mine.code == 2 and "is taken already" in mine.err


def test_claims_that_rest_on_the_theory_are_not_sealed(mine: Mine, installed: Installed) -> None:
    mine.edit('"Square", Inequality', '"Square", rests_on=("one",), statement=Inequality')
    mine.edit("2 * x * y), DOMAIN)", "2 * x * y), domain=DOMAIN)")
    for _ in range(3):
        assert mine().startswith("cache: ") and mine.code == 0, mine.err
        assert not mine.is_sealed()


def test_a_file_with_a_theory_of_its_own_is_not_sealed(mine: Mine, installed: Installed) -> None:
    mine.edit("import sympy as sp\n", 'import sympy as sp\nTHEORY = "sealing"\n')
    assert (mine(), mine(), mine()) == (ANEW, KEPT, KEPT)


# ---------------------------------------------------------------- several files, other options


def test_files_that_cite_each_other_are_sealed_together(mine: Mine) -> None:
    mine.edit('"Square", Inequality', '"Square", rests_on=("base.one",), statement=Inequality')
    mine.edit("2 * x * y), DOMAIN)", "2 * x * y), domain=DOMAIN)")
    other = mine.file.with_name("base.py")
    other.write_text(
        FILE.partition("    yield")[0] + '    yield Claim("base.one", "t", Inequality(x, ">", 0), DOMAIN)\n'
    )
    both = ("mine.py", "base.py")
    mine.seal(both)
    assert mine(names=both).startswith("cache: 3 of 3 claims unchanged since") and "my.square" in mine.out
    assert not mine.is_sealed(("base.py",)) and not mine.is_sealed(("base.py", "mine.py"))
    other.write_text(other.read_text().replace('x, ">", 0', 'x, ">", 1'))
    mine(names=both)
    assert mine.code == 1 and "rests on base.one" in mine.out


def test_a_file_beside_one_with_an_error_is_not_sealed(mine: Mine) -> None:
    mine.file.with_name("wrong.py").write_text("x = 1\n")
    for _ in range(3):
        mine(names=("mine.py", "wrong.py"))
        assert mine.code == 2 and "wrong.py" in mine.err and not mine.is_sealed(("mine.py", "wrong.py"))


@pytest.mark.parametrize("names", [("mine.py::my.*",), ("mine.py::my.mean",), ("mine.py", "mine.py::my.mean")])
def test_a_part_of_a_file_is_checked(mine: Mine, names: tuple[str, ...]) -> None:
    mine.seal()
    for _ in range(3):
        assert "re-checked" in mine(names=names) and not mine.is_sealed(names)


def test_options_that_ask_for_a_check_get_one(mine: Mine) -> None:
    mine.seal()
    assert mine("--recheck") == KEPT
    assert mine("--no-cache") == "" and mine.code == 0
    assert mine("--sarif", "found.sarif") == KEPT and Path("found.sarif").exists()
    with mine.monkeypatch.context() as patched:
        patched.setenv("GITHUB_ACTIONS", "true")
        assert mine() == KEPT
    assert mine() == SEALED, "the control"


def test_the_file_of_another_folder_is_another_one(mine: Mine) -> None:
    mine.seal()
    (mine.file.parent / "inside").mkdir()
    os.rename(mine.file, mine.file.parent / "inside" / "mine.py")
    assert not mine.is_sealed(("inside/mine.py",))
    os.symlink("inside/mine.py", mine.file)
    assert not mine.is_sealed()
    mine(names=("absent.py",))
    assert mine.code == 2


# ---------------------------------------------------------------- what is no seal


def test_a_file_that_is_edited_while_it_is_checked_is_not_sealed(mine: Mine) -> None:
    from verify.evidence import run

    mine()
    original = run.check

    def edited(*args, **more):
        mine.file.write_text(FILE.replace('">=", 2)', '">=", 3)'))
        return original(*args, **more)

    with mine.monkeypatch.context() as patched:
        patched.setattr(run, "check", edited)
        assert mine() == KEPT
    assert not mine.is_sealed()
    mine.file.write_text(FILE)
    assert not mine.is_sealed()


def test_nothing_is_sealed_that_a_clock_has_decided(mine: Mine, monkeypatch: pytest.MonkeyPatch) -> None:
    from verify.cache.session import Session

    mine()
    original = Session.confirmed
    with monkeypatch.context() as patched:
        patched.setattr(
            Session,
            "confirmed",
            lambda self, results: [
                replace(r, evidence=tuple(replace(e, timed=True) for e in r.evidence)) for r in original(self, results)
            ],
        )
        assert mine() == KEPT
    assert not mine.is_sealed()
    mine.seal()


def test_an_open_claim_is_sealed_as_open(mine: Mine) -> None:
    mine.edit('x**2 + y**2, ">=", 2 * x * y', 'x**2, "!=", 2')
    mine()
    assert mine.code == 3
    mine()
    assert mine() == SEALED and mine.code == 3 and "inconclusive" in mine.out


def _lie(text: str) -> str:
    return text.replace("REFUTED", "PROVED")


FORGED: dict[str, Callable[[dict[str, str], str], object]] = {
    "another verdict": lambda kept, _: kept | {"text": _lie(kept["text"])},
    "no seal": lambda kept, _: {"text": _lie(kept["text"])},
    "an empty seal": lambda kept, _: {"text": _lie(kept["text"]), "seal": ""},
    "the seal of the text alone": lambda kept, _: {"text": _lie(kept["text"]), "seal": seal.seal(_lie(kept["text"]))},
    "the seal of another state": lambda kept, _: {
        "text": kept["text"], "seal": seal.seal(seal.bound(sealed_files.KIND, "0" * 64, kept["text"]))
    },
    "half of it": lambda kept, _: {"text": kept["text"][: len(kept["text"]) // 2], "seal": kept["seal"]},
    "a list": lambda kept, _: [kept["text"], kept["seal"]],
}  # fmt: skip


@pytest.mark.parametrize("lie", FORGED)
def test_what_was_not_sealed_here_is_not_used(mine: Mine, lie: str) -> None:
    mine.edit('">=", 2)', '">=", 3)')
    mine.seal()
    mine.forget()
    state, store = sealed_files.Files(Store(), ["mine.py"]).state, Store()
    entry = store.read(sealed_files.KIND, [state])[state]
    kept = loads(entry.body)
    assert _lie(kept["text"]) != kept["text"]
    store.write([replace(entry, body=dump(FORGED[lie](kept, state)))])
    assert not mine.is_sealed()
    assert mine() == "cache: 2 of 2 claims unchanged, 1 certificate re-checked" and mine.code == 1
    assert mine() == "cache: 2 of 2 claims unchanged since this machine checked them" and mine.code == 1


def test_a_cache_that_is_damaged_or_comes_from_elsewhere_seals_nothing(mine: Mine) -> None:
    mine.seal()
    (mine.folder / "state" / "verify" / "seal.key").unlink()
    assert (mine(), mine()) == (KEPT, SEALED)
    Path(".verify/cache.sqlite").write_bytes(b"SQLite format 3\0" + bytes(5000))
    assert mine() == ANEW and mine.code == 0 and "damaged" in mine.err


def test_seals_of_past_texts_are_forgotten(mine: Mine) -> None:
    from verify.cache.session import KEEP, _unwanted

    mine.seal()
    mine.forget()
    files = sealed_files.Files(Store(), ["mine.py"])
    entry = Store().read(sealed_files.KIND, [files.state])[files.state]
    past = [replace(entry, name=f"{i}" * 64, made=entry.made - 1 - i) for i in range(KEEP)]
    gone = _unwanted([entry, *past])
    assert gone == [(sealed_files.KIND, past[-1].name)]
    assert json.loads(entry.about) == [os.path.realpath("mine.py")]
