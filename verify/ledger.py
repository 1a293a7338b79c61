"""The ledger: the results of the last checks, kept beside the work in ``.verify/ledger.sqlite``.

A result is valid for exactly one state of the code and of the libraries, its fingerprint; results of another state are
never shown. SQLite keeps concurrent runs and interrupted writes apart; a file that is damaged is set aside.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

HYPOTHESES = "hypotheses of "
LIBRARIES = ("sympy", "python-flint", "numpy", "scipy")


@cache
def fingerprint() -> str:
    """A hash of the source of ``theory`` and ``verify`` and of the versions of the libraries they compute with."""
    digest = hashlib.sha256()
    root = Path(__file__).resolve().parent
    for package in (root.parent / "theory", root):
        for path in sorted(package.rglob("*")):
            if path.suffix in (".py", ".lark"):
                digest.update(str(path.relative_to(root.parent)).encode() + b"\0" + path.read_bytes() + b"\0")
    for name in LIBRARIES:
        with contextlib.suppress(metadata.PackageNotFoundError):
            digest.update(f"{name}=={metadata.version(name)}\n".encode())
    return digest.hexdigest()


class Ledger:
    """Results by claim id for the present fingerprint. Nothing here fails a run: what can't be kept is not kept."""

    def __init__(self, directory: Path = Path(".verify")) -> None:
        self.path = directory / "ledger.sqlite"

    @contextlib.contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=20)
        try:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS results "
                "(fingerprint TEXT, claim TEXT, result TEXT, PRIMARY KEY (fingerprint, claim))"
            )
            with connection:
                yield connection
        finally:
            connection.close()

    def record(self, results: Iterable[dict[str, Any]]) -> None:
        """Keep results (as ``ClaimResult.to_json`` gives them) and drop those of other states of the code."""
        self._keep([(fingerprint(), r["id"], json.dumps(r)) for r in results])

    def record_hypotheses(self, trials: Iterable[dict[str, Any]]) -> None:
        """Keep what became of each claim without one of its hypotheses: ``id`` and ``trials`` of every claim."""
        self._keep([(fingerprint(), HYPOTHESES + t["id"], json.dumps(t)) for t in trials])

    def _keep(self, rows: list[tuple[str, str, str]]) -> None:
        try:
            self._write(rows)
        except sqlite3.DatabaseError:
            with contextlib.suppress(OSError, sqlite3.Error):
                self.path.replace(self.path.with_suffix(".damaged"))
                self._write(rows)
        except OSError:
            return

    def _write(self, rows: list[tuple[str, str, str]]) -> None:
        with self._connect() as connection:
            connection.execute("DELETE FROM results WHERE fingerprint != ?", (fingerprint(),))
            connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)

    def results(self, hypotheses: bool = False) -> dict[str, dict[str, Any]]:
        """The result of every claim that was checked with the present code, as ``ClaimResult.to_json`` gives it."""
        if not self.path.exists():
            return {}
        try:
            with self._connect() as connection:
                rows = connection.execute(
                    "SELECT claim, result FROM results WHERE fingerprint = ?", (fingerprint(),)
                ).fetchall()
            return {claim: json.loads(result) for claim, result in rows if claim.startswith(HYPOTHESES) == hypotheses}
        except (sqlite3.Error, OSError, ValueError):
            return {}

    def hypotheses(self) -> dict[str, list[dict[str, str]]]:
        """By claim, its hypotheses dropped in turn: ``change``, ``outcome`` and ``witness`` of each."""
        return {str(t["id"]): t["trials"] for t in self.results(hypotheses=True).values()}

    def verdicts(self) -> dict[str, str]:
        """The verdict of every claim that was checked with the present code."""
        return {claim: str(result.get("verdict")) for claim, result in self.results().items()}
