"""Cheap claims, and `verify check` on them in a folder of its own."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from verify import cli

# A claim alone, one that rests on others, an identity of matrices that is simulated too, two false statements.
CHEAP = ("S0.fomaml.positive", "S0.solution.erm", "M1", "false.Q_with_d", "false.Q_with_trace")


class Check:
    """`verify check CHEAP --json FILE`: what it said, and the bytes of the file."""

    claims = CHEAP
    # S0.fomaml.positive is stated with S0.fomaml.isotropic, and that with S0.fomaml; S0.solution.erm cites S0.solution,
    # which is stated with G1, and is stated with S0.erm.isotropic and S0.erm.
    all_cached = "cache: 11 of 11 claims unchanged, 9 certificates re-checked"
    none_cached = "cache: 0 of 11 claims unchanged, 0 certificates re-checked"

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.capsys, self.monkeypatch = folder, capsys, monkeypatch
        self.path = folder / ".verify" / "cache.sqlite"
        self.code, self.out, self.err = 0, "", ""

    def verify(self, *args: str) -> str:
        self.monkeypatch.setattr(sys, "argv", ["verify", *args])
        self.code = 0
        try:
            cli.main()
        except SystemExit as stop:
            self.code = int(stop.code or 0)
        self.out, self.err = self.capsys.readouterr()
        return self.out

    def __call__(self, *args: str, claims: tuple[str, ...] = CHEAP) -> bytes:
        file = self.folder / "results.json"
        self.verify("check", *claims, *args, "--json", str(file))
        return file.read_bytes()

    @property
    def line(self) -> str:
        """What the last run said about the cache."""
        return next((line for line in self.out.splitlines() if line.startswith("cache: ")), "")


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Check:
    monkeypatch.chdir(tmp_path)
    return Check(tmp_path, capsys, monkeypatch)


@pytest.fixture(scope="session")
def expected() -> bytes:
    """The bytes of a run without a cache."""
    from verify.evidence.run import check as run
    from verify.reports import terminal

    return (json.dumps(terminal.data_of(run(CHEAP)), indent=2, ensure_ascii=False) + "\n").encode()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a cache with everything about the cheap claims in it."""
    from verify.cache.session import Session
    from verify.cache.store import Store
    from verify.claims import theories
    from verify.evidence.run import check as run

    folder = tmp_path_factory.mktemp("filled")
    session = Session(Store(folder / ".verify"), package=theories.package())
    run(CHEAP, session=session)
    assert session.notes == []
    return (folder / ".verify" / "cache.sqlite").read_bytes()
