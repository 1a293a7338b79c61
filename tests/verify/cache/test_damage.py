"""Whatever happens to the file, nothing wrong is reported, and what was lost is found again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from verify.cache import store as stores
from verify.cache.rows import row_of
from verify.cache.store import Entry, Store
from verify.cache.texts import sha


@pytest.fixture
def again(check, filled, expected) -> Callable[..., str]:
    """Check with the filled cache as a function has changed its bytes; then once more. What was said the first time."""

    def run(change: Callable[[bytes], bytes]) -> str:
        check.path.parent.mkdir(exist_ok=True)
        check.path.write_bytes(change(filled))
        assert check() == expected
        said = check.err
        assert check() == expected
        assert (check.line, check.err) == (check.all_cached, "")
        return said

    return run


def test_a_file_that_is_no_database(check, again):
    said = again(lambda data: b"not a database " * 1000)
    assert said.count("\n") == 1
    assert "was damaged; it has been set aside" in said
    assert check.path.with_suffix(".damaged").read_bytes().startswith(b"not a database")


@pytest.mark.parametrize("part", [0, 1, 99, 4096, 5000, 40_000])
def test_a_file_that_ends_early(again, part):
    again(lambda data: data[:part])


def test_half_a_file(again):
    again(lambda data: data[: len(data) // 2])


@pytest.mark.parametrize("place", [17, 63, 105, 4100, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_run_of_wrong_bytes(again, place):
    def change(data: bytes) -> bytes:
        at = int(place * len(data)) if isinstance(place, float) else place
        return data[:at] + bytes(b ^ 0xFF for b in data[at : at + 24]) + data[at + 24 :]

    again(change)


def test_a_database_of_somebody_else(check, expected):
    check.path.parent.mkdir()
    with sqlite3.connect(check.path) as connection:
        connection.execute("CREATE TABLE entries (colour TEXT)")
        connection.execute("PRAGMA user_version = 7")
    connection.close()
    assert check() == expected
    assert "set aside" in check.err
    assert check() == expected
    assert check.line == check.all_cached


def damaged_entries(path: Path, kind: str, change: str) -> int:
    with sqlite3.connect(path) as connection:
        count = connection.execute(f"UPDATE entries SET {change} WHERE kind = ?", (kind,)).rowcount
    connection.close()
    return count


@pytest.mark.parametrize("kind", ["evidence", "theorem", "part", "catalogue", "result"])
@pytest.mark.parametrize(
    "change",
    [
        "body = replace(body, 'a', 'b')",
        "body = substr(body, 2)",
        "body = x'ff00fe'",
        "made = made + 1",
        "checksum = 'x' || checksum",
        "about = about || 'x'",
        "body = 7",
    ],
)
def test_a_changed_entry_counts_as_absent(check, filled, expected, kind, change):
    check.path.parent.mkdir()
    check.path.write_bytes(filled)
    assert damaged_entries(check.path, kind, change) > 0
    assert check() == expected
    assert check() == expected
    assert check.line == check.all_cached


# ---------------------------------------------------------------- entries that are whole, but say something wrong


def rewrite(path: Path, kind: str, change: Callable[[Entry], Entry]) -> None:
    """Change entries and give each the checksum that it needs to pass for a sound one."""
    store = Store(path.parent)
    with sqlite3.connect(path) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM entries WHERE kind = ?", (kind,))]
    connection.close()
    assert store.write([change(e) for e in store.read(kind, names).values()])
    assert store.notes == []


def forge(path: Path, edit: Callable[[str], str]) -> int:
    """Change theorems and name them by their new hash everywhere; returns how many are different."""
    renamed: dict[str, str] = {}

    def theorem(e: Entry) -> Entry:
        body = edit(e.body)
        renamed[e.name] = sha(body)
        return replace(e, name=sha(body), body=body)

    def evidence(e: Entry) -> Entry:
        row = row_of(e)
        assert row is not None
        return replace(row, theorems=tuple(renamed[name] for name in row.theorems)).entry()

    rewrite(path, "theorem", theorem)
    rewrite(path, "evidence", evidence)
    return sum(a != b for a, b in renamed.items())


FORGERIES = {
    "a step that is left out": lambda text: text.replace('"rule":"cite"', '"rule":"known"'),
    "a sign in a proof": lambda text: (
        text[: text.find('"proof"')] + text[text.find('"proof"') :].replace('"<"', '"<="')
    ),
    "a rule of words": lambda text: text.replace('"rule":"expect"', '"rule":"gradient"'),
    "a statement": lambda text: text.replace('"goal":["<"', '"goal":["<="').replace('"goal":[">"', '"goal":[">="'),
    "no JSON object": lambda text: "[]",
}


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES.keys())
@pytest.mark.parametrize("recalled", [True, False], ids=["unchanged tree", "changed tree"])
def test_a_forged_certificate_is_refused_and_found_anew(check, filled, expected, forgery, recalled):
    check.path.parent.mkdir()
    check.path.write_bytes(filled)
    assert forge(check.path, forgery) > 0
    if not recalled:
        assert damaged_entries(check.path, "result", "checksum = ''") > 0
    assert check() == expected
    assert check.line != check.all_cached
    assert "was refused; it is found anew" in check.err or not recalled
    assert check() == expected
    assert (check.line, check.err) == (check.all_cached, "")


def test_a_certificate_that_is_not_forged_survives_the_same_treatment(check, filled, expected):
    check.path.parent.mkdir()
    check.path.write_bytes(filled)
    assert forge(check.path, lambda text: text) == 0
    assert check() == expected
    assert (check.line, check.err) == (check.all_cached, "")


def test_a_proof_without_its_certificate_is_refused(check, filled, expected):
    check.path.parent.mkdir()
    check.path.write_bytes(filled)

    def strip(e: Entry) -> Entry:
        row = row_of(e)
        assert row is not None
        return replace(row, theorems=()).entry()

    rewrite(check.path, "evidence", strip)
    assert check() == expected
    assert "was refused" in check.err


def test_the_certificate_of_another_claim_is_refused(check, filled, expected):
    """It proves what it states, so only the comparison of the statements can tell."""
    check.path.parent.mkdir()
    check.path.write_bytes(filled)
    store, rows = Store(check.path.parent), {}

    def find(e: Entry) -> Entry:
        row = row_of(e)
        assert row is not None
        rows[row.claim, row.slot] = row
        return e

    rewrite(check.path, "evidence", find)
    mine, other = rows["S0.erm.isotropic", "proof"], rows["S0.fomaml.isotropic", "proof"]
    store.write([replace(mine, theorems=other.theorems).entry()])
    assert check() == expected
    assert "S0.erm.isotropic was refused" in check.err
    store.write([replace(mine, theorems=other.theorems, stated=other.stated).entry()])
    assert check() == expected
    assert "S0.erm.isotropic was refused" in check.err


def test_a_certificate_without_what_it_cites_is_refused(check, filled, expected):
    """Another certificate has these theorems, and there the same proof is accepted."""
    check.path.parent.mkdir()
    check.path.write_bytes(filled)

    def cut(e: Entry) -> Entry:
        row = row_of(e)
        assert row is not None
        short = (row.claim, row.slot) == ("S0.solution.erm", "proof")
        return replace(row, theorems=row.theorems[-1:]).entry() if short else e

    rewrite(check.path, "evidence", cut)
    assert check() == expected
    assert "S0.solution.erm was refused" in check.err
    assert check() == expected
    assert (check.line, check.err) == (check.all_cached, "")


def test_a_wrong_counterexample_is_refused(check, filled, expected):
    check.path.parent.mkdir()
    check.path.write_bytes(filled)

    def move(e: Entry) -> Entry:
        data = json.loads(e.body)
        if data["claim"] == "false.Q_with_d" and data["slot"].startswith("refutation"):
            data["evidence"][4]["witness"]["alpha"] = "0"
            return replace(e, body=json.dumps(data))
        return e

    rewrite(check.path, "evidence", move)
    assert check() == expected
    assert "false.Q_with_d was refused" in check.err


# ---------------------------------------------------------------- folders and disks


def blocked_by_a_file(folder: Path) -> None:
    (folder / ".verify").write_text("not a folder")


def blocked_by_a_folder(folder: Path) -> None:
    (folder / ".verify" / "cache.sqlite").mkdir(parents=True)


def read_only(folder: Path) -> None:
    (folder / ".verify").symlink_to("/proc/self/fdinfo")  # nobody can create a file there, root neither


@pytest.mark.parametrize("block", [blocked_by_a_file, blocked_by_a_folder, read_only])
def test_a_folder_that_cannot_be_written_is_one_line(check, expected, block):
    block(check.folder)
    assert check() == expected
    assert check.code == 0
    assert check.err.count("\n") == 1
    assert "can't be used" in check.err
    assert check.line == check.none_cached


@pytest.mark.parametrize("pages", [2, 6, 20, 30])
def test_a_full_disk_is_one_line(check, expected, monkeypatch, pages):
    connect = stores._connect

    def limited(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    with monkeypatch.context() as patched:
        patched.setattr(stores, "_connect", limited)
        assert check() == expected
        assert check.err.count("\n") == 1
        assert "full" in check.err
    assert check() == expected
    assert check.err == ""
    assert check() == expected
    assert check.line == check.all_cached


@pytest.mark.parametrize("code, text", [(8, "attempt to write a readonly database"), (10, "disk I/O error")])
def test_a_file_that_can_be_read_only_is_still_read(check, filled, expected, monkeypatch, code, text):
    check.path.parent.mkdir()
    check.path.write_bytes(filled)
    connect = stores._connect

    class ReadOnly:
        def __init__(self, path: Path) -> None:
            self.inner = connect(path)

        def execute(self, query: str, *more: object) -> sqlite3.Cursor:
            if query.startswith("BEGIN IMMEDIATE"):
                error = sqlite3.OperationalError(text)
                error.sqlite_errorcode = code
                raise error
            return self.inner.execute(query, *more)

        def close(self) -> None:
            self.inner.close()

    monkeypatch.setattr(stores, "_connect", ReadOnly)
    assert check() == expected
    assert (check.line, check.err) == (check.all_cached, "")
    check(claims=("T2.domain",))
    assert check.err.count("\n") == 1
    assert text in check.err


def test_a_change_of_the_sources_during_a_run_keeps_nothing(check, expected, monkeypatch):
    from verify.cache.sources import Sources

    monkeypatch.setattr(Sources, "unchanged", lambda self: False)
    assert check() == expected
    assert "the sources changed during the run" in check.err
    monkeypatch.undo()
    monkeypatch.chdir(check.folder)
    check.monkeypatch = monkeypatch
    assert check() == expected
    assert check.line == check.none_cached
