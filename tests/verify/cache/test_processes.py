"""Many processes on one cache, some of them killed: what is left is whole, and a clean run gives the same bytes."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from verify import cli
from verify.cache import store as stores
from verify.cache.session import Session
from verify.cache.store import Entry, Store


def fork(work: Callable[[], None]) -> int:
    """A process that does some work and ends; its id."""
    process = os.fork()
    if process == 0:
        try:
            with Path("output").open("a") as out, contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                work()
        finally:
            os._exit(0)
    return process


def kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    assert os.WIFSIGNALED(status), "the process was to be killed, not to end"


def test_a_kill_in_the_middle_of_a_write_leaves_the_file_whole(check, filled, expected, monkeypatch):
    """A cache of one page makes SQLite write into the file before the end of the transaction."""
    check.path.parent.mkdir()
    check.path.write_bytes(filled)
    connect = stores._connect

    def small(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute("PRAGMA cache_size = 1")
        return connection

    ready, say = os.pipe()

    def write_and_wait() -> None:
        monkeypatch.setattr(stores, "_connect", small)

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE entries SET body = 'half', checksum = 'half'")
            os.write(say, b"x")
            signal.pause()

        Store()._run(work, None, writing=True)

    process = fork(write_and_wait)
    assert os.read(ready, 1) == b"x"
    assert check.path.with_name("cache.sqlite-journal").stat().st_size > 0
    assert b"half" in check.path.read_bytes(), "nothing had reached the file yet"
    kill(process)
    assert check() == expected
    assert (check.line, check.err) == (check.all_cached, "")


def test_ten_runs_at_once_of_which_three_are_killed(check, expected):
    ready, say = os.pipe()
    keep = Session.keep

    def run(killed: bool) -> Callable[[], None]:
        def work() -> None:
            def told(self: Session, *args: object) -> None:
                keep(self, *args)  # type: ignore[arg-type]
                os.write(say, os.getpid().to_bytes(4, "big"))

            if killed:
                Session.keep = told  # type: ignore[method-assign]
            sys.argv = ["verify", "check", *check.claims, "--workers", "1", "--json", f"{os.getpid()}.json"]
            with contextlib.suppress(SystemExit):
                cli.main()

        return work

    processes = [fork(run(killed=i in (2, 5, 8))) for i in range(10)]
    victims: set[int] = set()
    while len(victims) < 3:
        victim = int.from_bytes(os.read(ready, 4), "big")
        if victim not in victims:
            victims.add(victim)
            kill(victim)
    for process in processes:
        if process not in victims:
            assert os.waitpid(process, 0)[1] == 0
            assert Path(f"{process}.json").read_bytes() == expected
    assert "set aside" not in Path("output").read_text()
    assert check() == expected
    assert (check.line, check.err) == (check.all_cached, "")
    assert not check.path.with_suffix(".damaged").exists()


def test_a_file_is_not_set_aside_while_another_process_uses_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first = Store()
    assert first.write([Entry("part", "a", "", "{}", 1.0)])
    ready, say = os.pipe()

    def use() -> None:
        with first._locked(stores.fcntl.LOCK_SH, True):
            os.write(say, b"x")
            signal.pause()

    process = fork(use)
    os.read(ready, 1)
    first.path.write_bytes(b"not a database " * 100)
    second = Store()
    assert second.read("part", ["a"]) == {}
    assert first.path.exists() and not first.path.with_suffix(".damaged").exists()
    assert len(second.notes) == 1
    kill(process)
    third = Store()
    assert third.read("part", ["a"]) == {}
    assert first.path.with_suffix(".damaged").exists()


def test_old_states_are_forgotten(tmp_path, monkeypatch):
    from verify.cache import session as sessions

    monkeypatch.chdir(tmp_path)
    store = Store()
    for i in range(20):
        mark = f"state-{i}"
        store.write([Entry("catalogue", mark, "", "[]", float(i)), Entry("result", f"{mark} P", mark, "{}", float(i))])
    store.write(
        [Entry("theorem", "unused", "", "[]", 0.0), Entry("trials", "state-19 mutate P", "state-19 mutate", "[]", 0.0)]
    )
    store.prune(sessions._unwanted)
    kept = [f"state-{i}" for i in range(20 - sessions.KEEP, 20)]
    assert set(store.read("catalogue", [f"state-{i}" for i in range(20)])) == set(kept)
    assert {e.about for e in store.about("result", [f"state-{i}" for i in range(20)])} == set(kept)
    assert store.read("theorem", ["unused"]) == {}
    assert store.read("trials", ["state-19 mutate P"])


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_work_is_shared_out_and_what_a_dead_process_leaves_is_redone(workers):
    from verify.cache.recheck import parallel

    parent = os.getpid()

    def work(i: int) -> bool:
        if i % 7 == 3 and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return i % 3 == 0

    assert parallel(work, 1500, workers) == [i % 3 == 0 for i in range(1500)]
    assert parallel(work, 0, workers) == []
