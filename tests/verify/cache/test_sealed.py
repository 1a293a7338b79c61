"""The results of a theory under a seal: the same bytes without loading anything, and never those of something else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from verify import cli
from verify.cache import seal, sealed
from verify.cache.sources import sources
from verify.cache.store import Store
from verify.cache.texts import dump, loads
from verify.claims import theories

PACKAGE = """
from pathlib import Path

import sympy as sp

from verify import Claim, Domain, Inequality, Theory, positive

x = sp.Symbol("x", real=True)
HALF = Domain((positive(x),))


def _claims():
    yield Claim("one", "t", Inequality(x + 1, ">", 1), HALF, rests_on={rests_on})
    yield Claim("one.more", "u", Inequality(x + 2, ">", 1), HALF, source="a paper")


def _false():
    yield Claim("false.one", "f", Inequality(x, ">", 1), HALF, expected=False)


THEORY = Theory(
    name="{name}", claims=_claims, false_statements=_false, uses={uses}, package="{name}", self_contained=True,
    folder=Path(__file__).parent,
)
"""


class Two:
    """The installed theory seal_top, which cites seal_base, in a folder with a cache of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.capsys, self.monkeypatch = folder, capsys, monkeypatch

    def package(self, name: str) -> Path:
        return self.folder / "packages" / name / "__init__.py"

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a package; what runs next is a new run."""
        text = self.package(name).read_text()
        assert old in text
        self.package(name).write_text(text.replace(old, new))
        self.forget()

    def install(self, **where: str) -> None:
        """Say which theories are installed, by entry point."""
        folder = self.folder / "packages" / "seal-1.dist-info"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: seal\nVersion: 1\n")
        lines = [f"{name} = {value}" for name, value in where.items()]
        (folder / "entry_points.txt").write_text("\n".join(["[verify.theories]", *lines]) + "\n")
        self.forget()

    def forget(self) -> None:
        """What a new process would not know."""
        for known in (theories.named, theories._installed, theories._defaults, sources):
            known.cache_clear()
        for name in list(sys.modules):
            if name.startswith("seal_"):
                del sys.modules[name]

    def verify(self, *args: str, theory: str = "seal_top") -> tuple[int, str, str]:
        self.monkeypatch.setattr(sys, "argv", ["verify", *args, "--theory", theory])
        code = 0
        try:
            with theories.using(theory):
                cli.main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = self.capsys.readouterr()
        return code, out, err

    def check(self, *args: str) -> tuple[bytes, str]:
        """`verify check --json`: the bytes, and what was said of the cache."""
        file = self.folder / "found.json"
        code, out, err = self.verify("check", *args, "--json", str(file))
        assert code == 0, err
        return file.read_bytes(), next((line for line in out.splitlines() if line.startswith("cache: ")), "")

    def read(self) -> sealed.Sealed | None:
        with theories.using("seal_top"):
            return sealed.read(Store())


@pytest.fixture
def two(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Two]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # an edit within a second would run what was compiled before
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    found = Two(tmp_path, capsys, monkeypatch)
    for name, uses, rests_on in (("seal_base", (), ()), ("seal_top", ("seal_base",), ("seal_base:one",))):
        found.package(name).parent.mkdir(parents=True)
        found.package(name).write_text(PACKAGE.format(name=name, uses=uses, rests_on=rests_on))
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    found.install(seal_base="seal_base:THEORY", seal_top="seal_top:THEORY")
    yield found
    found.forget()


SEALED = "cache: 4 of 4 claims unchanged since this machine checked them"
KEPT = "cache: 4 of 4 claims unchanged, 3 certificates re-checked"


def test_an_unchanged_tree_gives_the_same_bytes_with_nothing_loaded(two: Two, monkeypatch) -> None:
    first, line = two.check()
    assert line == "cache: 0 of 4 claims unchanged, 0 certificates re-checked"
    listed = two.verify("list", "--json", "-")
    two.forget()
    with monkeypatch.context() as patched:
        patched.setattr(theories, "current", None)  # nothing asks for the theory
        assert two.check() == (first, SEALED)
        assert two.verify("list", "--json", "-") == listed
        claims = json.loads(listed[1])["claims"]
        assert [(c["id"], c["verdict"], c["source"]) for c in claims] == [
            ("one", "proved", "this project"),
            ("one.more", "proved", "a paper"),
            ("false.one", "refuted", "this project"),
        ]
    for option in ("--recheck", "--no-cache"):
        found, line = two.check(option)
        assert found == first and line == {"--recheck": KEPT, "--no-cache": ""}[option]


def test_neither_sympy_nor_a_checker_is_loaded(two: Two) -> None:
    two.check()
    program = (
        "import sys; from verify.cache import sealed; from verify.cache.store import Store; "
        "from verify.claims import theories; theories.use('seal_top'); kept = sealed.read(Store()); "
        "print(len(kept.results), [m for m in ('sympy', 'flint', 'numpy', 'verify.kernel', 'seal_top') "
        "if m in sys.modules])"
    )
    environment = {"PATH": "/usr/bin", "PYTHONPATH": ":".join(p for p in sys.path if p)}
    environment["XDG_STATE_HOME"] = str(two.folder / "state")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=False)
    assert done.stdout == "3 []\n", done.stderr


def test_names_and_patterns_choose_among_what_is_sealed(two: Two) -> None:
    two.check()
    for names, ids in ((("one",), ["one"]), (("one*",), ["one", "one.more"]), ((), ["one", "one.more", "false.one"])):
        found, line = two.check(*names)
        assert ([c["id"] for c in json.loads(found)["claims"]], line) == (ids, SEALED)
    for command in ("check", "list"):
        code, _, err = two.verify(command, "ome")
        assert code == 2 and "there is no claim 'ome'" in err and "did you mean one" in err


def test_some_claims_alone_seal_nothing(two: Two) -> None:
    two.check("one")
    assert two.read() is None
    two.check()
    assert two.read() is not None


def test_what_is_kept_without_a_seal_is_checked_again_and_sealed(two: Two) -> None:
    """As on another machine, or after the key was lost."""
    first, _ = two.check()
    (two.folder / "state" / "verify" / "seal.key").unlink()
    assert two.check() == (first, KEPT)
    assert two.check() == (first, SEALED)


@pytest.mark.parametrize("name", ["seal_top", "seal_base"])
def test_an_edit_of_a_theory_or_of_one_that_it_cites_breaks_the_seal(two: Two, name: str) -> None:
    two.check()
    two.edit(name, 'x + 1, ">", 1', 'x + 1, ">", 2')
    assert two.read() is None
    code, out, _ = two.verify("check")
    assert code == {"seal_top": 1, "seal_base": 3}[name]  # its own claim fails; or one that it rests on, and it is open
    assert SEALED not in out
    two.edit(name, 'x + 1, ">", 2', 'x + 1, ">", 1')
    assert two.read() is not None, "the control"


def test_another_package_of_that_name_is_another_theory(two: Two) -> None:
    two.check()
    two.package("seal_other").parent.mkdir()
    two.package("seal_other").write_text(two.package("seal_base").read_text().replace('">", 1', '">", 7'))
    two.install(seal_base="seal_other:THEORY", seal_top="seal_top:THEORY")
    assert two.read() is None
    two.install(seal_base="seal_base:THEORY", seal_top="seal_top:THEORY")
    assert two.read() is not None, "the control"


def _lie(text: str) -> str:
    return text.replace("REFUTED", "PROVED")


FORGED: dict[str, Callable[[dict[str, str], str], dict[str, str]]] = {
    "another verdict": lambda kept, _: kept | {"text": _lie(kept["text"])},
    "no seal": lambda kept, _: {"text": _lie(kept["text"])},
    "an empty seal": lambda kept, _: {"text": _lie(kept["text"]), "seal": ""},
    "the seal of the text alone": lambda kept, _: {"text": _lie(kept["text"]), "seal": seal.seal(_lie(kept["text"]))},
    "the seal of another state": lambda kept, _: {
        "text": kept["text"], "seal": seal.seal(seal.bound(sealed.KIND, "0" * 64, kept["text"]))
    },
}  # fmt: skip


@pytest.mark.parametrize("lie", FORGED)
def test_what_was_not_sealed_here_is_not_used(two: Two, lie: str) -> None:
    first, _ = two.check()
    with theories.using("seal_top"):
        packages = sealed._packages(Store(), "seal_top")
        assert packages == ["seal_top", "seal_base"]
        state = sealed._state("seal_top", packages, [sources(p) for p in packages])
    store = Store()
    entry = store.read(sealed.KIND, [state])[state]
    kept = loads(entry.body)
    assert _lie(kept["text"]) != kept["text"]
    store.write([replace(entry, body=dump(FORGED[lie](kept, state)))])
    assert two.read() is None
    assert two.check() == (first, KEPT)


@pytest.mark.parametrize(
    "body", ["[]", "{}", "3", "nonsense", '["seal_top", 1]', '["seal_base"]', '["seal_top"]', '["seal_top", "../x"]']
)
def test_a_list_of_packages_that_is_not_right_leads_nowhere(two: Two, body: str) -> None:
    """One that leaves out a cited theory would not notice that it changes."""
    first, _ = two.check()
    store = Store()
    store.write([replace(store.read(sealed.PACKAGES, ["seal_top"])["seal_top"], body=body)])
    assert two.read() is None
    assert two.check() == (first, KEPT)
    assert two.check() == (first, SEALED)


def test_nothing_is_sealed_that_a_clock_has_decided(two: Two, monkeypatch) -> None:
    from verify.evidence.results import Evidence
    from verify.evidence.routes import proof
    from verify.language.verdict import Verdict

    braked = proof.Proof(Evidence("proof", Verdict.INCONCLUSIVE, "ended by the brake", timed=True))
    with monkeypatch.context() as patched:
        patched.setattr(proof, "prove_claim", lambda claim, table: braked)
        two.verify("check")
    assert two.read() is None


def test_nothing_is_sealed_of_sources_that_change_meanwhile(two: Two, monkeypatch) -> None:
    from verify.evidence import run

    original = run.check

    def edited(*args, **more):
        text = two.package("seal_base").read_text()
        two.package("seal_base").write_text(text + "\n# later\n")
        return original(*args, **more)

    with monkeypatch.context() as patched:
        patched.setattr(run, "check", edited)
        two.verify("check")
    two.forget()
    assert two.read() is None


def test_what_is_not_self_contained_is_not_sealed(two: Two) -> None:
    two.edit("seal_base", "self_contained=True", "self_contained=False")
    two.check()
    assert two.read() is None


def test_a_theory_that_is_not_installed_is_not_sealed(two: Two) -> None:
    code, _, err = two.verify("check", theory="seal_top:THEORY")
    assert code == 0, err
    with theories.using("seal_top:THEORY"):
        assert sealed.read(Store()) is None


def test_what_another_prover_says_later_is_shown(two: Two) -> None:
    from verify.commands.common import session_of_theory

    two.check()
    assert "kernel" not in json.loads(two.check()[0])["claims"][0]
    with theories.using("seal_top"):
        session = session_of_theory()
        results = {r.id: r for r in session.recall([]) or []}
        session.confirm("Coq 8.16.1", [*results, "seal_base:one"])
    found, line = two.check()
    assert json.loads(found)["claims"][0]["kernel"] == "Coq 8.16.1" and line == SEALED
