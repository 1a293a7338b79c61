"""The file that evidence is kept in: ``.verify/cache.sqlite``.

Nothing here fails a run and nothing here is believed: every entry has a checksum, and an entry or a file that is
damaged counts as absent. A file that is a symbolic link, that belongs to somebody else, or that is larger than any
cache gets, is not opened at all. A rollback journal (not WAL) keeps all of it in one file that a process killed in the
middle of a write leaves whole. Every operation opens the file anew, under a shared lock of ``cache.lock``; setting a
damaged file aside takes the exclusive lock, since SQLite must not lose a file that another process has open.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from verify.runtime import files
from verify.runtime.errors import BadInput

T = TypeVar("T")
VERSION = 1
BUSY_SECONDS = 20.0
LARGEST = 2**30  # bytes of the file
LONGEST = 2**26  # bytes of one entry
CHUNK = 500  # names in one query; SQLite limits the number of parameters
# Results of SQLite that mean that the file's contents are wrong: generic (a table or column is missing), internal,
# corrupt, schema changed, constraint, mismatch, not a database of this format, not a database.
DAMAGE = {1, 2, 11, 17, 19, 20, 24, 26}

TABLES = (
    "CREATE TABLE IF NOT EXISTS entries (kind TEXT NOT NULL, name TEXT NOT NULL, about TEXT NOT NULL, "
    "made REAL NOT NULL, body TEXT NOT NULL, checksum TEXT NOT NULL, PRIMARY KEY (kind, name))",
    "CREATE INDEX IF NOT EXISTS entries_about ON entries (kind, about, made)",
)


@dataclass(frozen=True)
class Entry:
    """A text by kind and name; ``about`` groups entries, ``made`` is when (seconds since 1970)."""

    kind: str
    name: str
    about: str
    body: str
    made: float

    @property
    def checksum(self) -> str:
        text = "\0".join((self.kind, self.name, self.about, repr(self.made), self.body))
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


class Unusable(OSError):
    """There is a file, but not one that this run may open; it is left alone."""


class Store:
    """Entries on disk. ``notes`` collects what went wrong, a sentence each; after that the store is ``off``."""

    def __init__(self, directory: Path = Path(".verify")) -> None:
        self.path = directory / "cache.sqlite"
        self.lock = directory / "cache.lock"
        self.notes: list[str] = []
        self.off = False
        self._sound = False  # looked at once in a run

    # ------------------------------------------------------------ entries

    def read(self, kind: str, names: Iterable[str]) -> dict[str, Entry]:
        """The entries with these names; those that are missing or damaged are left out."""
        return {e.name: e for e in self._select(kind, "name", list(names))}

    def about(self, kind: str, subjects: Iterable[str]) -> list[Entry]:
        """The entries about these subjects, the newest first."""
        return sorted(self._select(kind, "about", list(subjects)), key=lambda e: -e.made)

    def write(self, entries: Sequence[Entry]) -> bool:
        """Keep entries, all or none; an entry of the same kind and name is replaced."""

        def work(connection: sqlite3.Connection) -> bool:
            rows = [(e.kind, e.name, e.about, e.made, e.body, e.checksum) for e in entries]
            connection.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?)", rows)
            return True

        return self._run(work, False, writing=True) if entries else True

    def drop(self, kind: str, names: Iterable[str]) -> None:
        """Remove entries."""
        rows = [(kind, name) for name in names]

        def work(connection: sqlite3.Connection) -> None:
            connection.executemany("DELETE FROM entries WHERE kind = ? AND name = ?", rows)

        if rows:
            self._run(work, None, writing=True)

    def prune(self, unwanted: Callable[[list[Entry]], Iterable[tuple[str, str]]]) -> None:
        """Remove the entries, by kind and name, that ``unwanted`` names when it is shown all that are there."""

        def work(connection: sqlite3.Connection) -> None:
            rows = connection.execute("SELECT kind, name, about, made, body, checksum FROM entries").fetchall()
            connection.executemany("DELETE FROM entries WHERE kind = ? AND name = ?", list(unwanted(_sound(rows))))

        self._run(work, None, writing=True)

    def _select(self, kind: str, column: str, values: list[str]) -> list[Entry]:
        def work(connection: sqlite3.Connection) -> list[Entry]:
            rows = []
            for i in range(0, len(values), CHUNK):
                part = values[i : i + CHUNK]
                marks = ", ".join("?" * len(part))
                query = (
                    "SELECT kind, name, about, made, body, checksum FROM entries "
                    f"WHERE kind = ? AND {column} IN ({marks})"
                )
                rows += connection.execute(query, (kind, *part)).fetchall()
            return _sound(rows)

        if self.off or not values or not self.path.exists():
            return []
        return self._run(work, [], writing=False)

    # ------------------------------------------------------------ the file

    def _run(self, work: Callable[[sqlite3.Connection], T], default: T, *, writing: bool) -> T:
        """One transaction; on a damaged file, once more on a new one; ``default`` where the file can't be used."""
        if self.off:
            return default
        for attempt in (1, 2):
            try:
                return self._transaction(work, default, writing)
            except (sqlite3.Error, OSError) as error:
                if attempt == 1 and _is_damage(error) and self._set_aside():
                    continue
                self.off = True
                self.notes.append(f"{self.path} can't be used ({error}); going on without it")
                return default
        return default

    def _transaction(self, work: Callable[[sqlite3.Connection], T], default: T, writing: bool) -> T:
        if writing:
            self.path.parent.mkdir(exist_ok=True)
            self._hide()
        self._check()
        with self._locked(fcntl.LOCK_SH, writing), contextlib.closing(_connect(self.path)) as connection:
            # Bytes that are no text are read all the same: the checksum finds them.
            connection.text_factory = lambda b: b.decode("utf-8", "replace")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, VERSION):
                raise Foreign(f"its version is {version}, not {VERSION}")
            if version == 0 and not writing:
                return default
            if version == VERSION and not _has_tables(connection):
                raise Foreign("its tables are others")
            if version == VERSION and not self._sound:
                # Wrong bytes in an index hide entries without any error, run after run.
                if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                    raise Foreign("its indices do not fit its entries")
                self._sound = True
            connection.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
            if version == 0:
                for statement in TABLES:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {VERSION}")
            result = work(connection)
            connection.execute("COMMIT")
            return result

    def _check(self) -> None:
        """Raise ``Unusable`` for files that are not plain files of this user, or of the system's."""
        for path in (self.path, self.lock, self.path.with_name(self.path.name + "-journal")):
            try:
                found = path.lstat()
            except FileNotFoundError:
                continue
            if stat.S_ISLNK(found.st_mode):
                raise Unusable(f"{path.name} is a symbolic link")
            if os.geteuid() not in (0, found.st_uid) and found.st_uid != 0:
                raise Unusable(f"{path.name} belongs to another user")
            if found.st_size > LARGEST:
                raise Unusable(f"{path.name} has more than {LARGEST} bytes")

    def _hide(self) -> None:
        """Keep the folder out of version control, without a line in anybody's own .gitignore."""
        ignore = self.path.parent / ".gitignore"
        if not os.path.lexists(ignore):
            with contextlib.suppress(BadInput):
                files.write(ignore, "# Made by verify.\n*\n")

    @contextlib.contextmanager
    def _locked(self, kind: int, writing: bool) -> Iterator[None]:
        """A lock that ends with the process, whatever ends it."""
        try:
            handle = os.open(self.lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
        except OSError:
            if writing:
                raise
            yield  # in a folder that can't be written nothing is set aside either
            return
        try:
            fcntl.flock(handle, kind)
            yield
        finally:
            os.close(handle)

    def _set_aside(self) -> bool:
        """Rename a damaged file; True if there is none left. Not while another process has it open."""
        try:
            with self._locked(fcntl.LOCK_EX | fcntl.LOCK_NB, True):
                if not self._is_sound():
                    self.path.replace(self.path.with_suffix(".damaged"))
                    self.path.with_name(self.path.name + "-journal").unlink(missing_ok=True)
                    self.notes.append(f"{self.path} was damaged; it has been set aside and a new one is started")
            return True
        except OSError:
            return False

    def _is_sound(self) -> bool:
        if not self.path.exists():
            return True
        try:
            with contextlib.closing(_connect(self.path)) as connection:
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                checked = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
                return version == VERSION and checked == "ok" and _has_tables(connection)
        except sqlite3.Error:
            return False


class Foreign(sqlite3.DatabaseError):
    """The file is a database, but not one of ours."""

    sqlite_errorcode = 26


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _has_tables(connection: sqlite3.Connection) -> bool:
    """Whether the tables are those that are made here, and nothing else is there: no view, no trigger."""
    rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL LIMIT 9").fetchall()
    return sorted(sql for (sql,) in rows) == sorted(sql.replace("IF NOT EXISTS ", "") for sql in TABLES)


def _is_damage(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, sqlite3.Error) and code is not None and code & 0xFF in DAMAGE


def _sound(rows: Iterable[tuple[object, ...]]) -> list[Entry]:
    """The rows whose checksum is that of their contents."""
    out = []
    for kind, name, about, made, body, checksum in rows:
        texts = (kind, name, about, body)
        if isinstance(made, float) and all(isinstance(x, str) for x in texts):
            entry = Entry(str(kind), str(name), str(about), str(body), made)
            if entry.checksum == checksum:
                out.append(entry)
    return out
