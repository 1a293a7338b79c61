"""Which tests are fast, and whether they are: the mark `fast`, and the processor time that tests take.

Every test is `fast` unless `tests/slow.txt` names it: a line names a folder, a file, one test of a file with all its
parameters, or with one of them. With `--processor-limit` a run fails that took more processor time than that, its
processes included, and names the tests that took most: time on the clock would depend on what else a machine does. A
second of the limit is one of the machine on which the limit was chosen: processors differ by more than the margin, and
one that shares its core with another job takes longer for the same work, so a fixed piece of work is timed all through
the run, and the limit grows with the time that it takes. Where several processes share the tests, those that take
longest are started first: one that is left for the end keeps a processor waiting.

`--part 2/6` is the second of six runs that make up the whole, of about the same length by the list: for machines that
work side by side.
"""

from __future__ import annotations

import os
import statistics
import time
from argparse import ArgumentTypeError
from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest

LIST = Path(__file__).with_name("slow.txt")
SHOWN = 20
LONG = (
    4.0  # seconds of a test that is started early; the others stay beside their neighbours, which share what they need
)
OPTION = "--processor-limit"
PART = "--part"
FAST = 0.02  # seconds of a test that is fast, in the mean of `make fast`
EVERY = 0.5  # seconds of processor time between two timings of the piece of work, which takes less than 1 % of them
USUAL = 0.0028  # seconds that it takes on the machine on which the limit of `make fast` and the list were chosen, idle


def listed() -> dict[str, float]:
    """What is slow, by its name from the root of the project, and the seconds that it took when it was listed."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: float(line.split()[1]) for line in lines if line.strip() and not line.startswith("#")}


def names(nodeid: str) -> list[str]:
    """Under which names a test is slow: itself with and without its parameters, its file, every folder of that.

    >>> names("tests/room/test_a.py::test_b[1]")
    ['tests/room/test_a.py::test_b[1]', 'tests/room/test_a.py::test_b', 'tests/room/test_a.py', 'tests/room', 'tests']
    """
    file, _, test = nodeid.partition("::")
    path = Path(file)
    return [nodeid, f"{file}::{test.partition('[')[0]}", file, *(str(p) for p in path.parents if p.name)]


def longest_first(nodeids: list[str], seconds: dict[str, float]) -> list[str]:
    """The tests in the order in which to start them; what is listed as a whole takes equally long in all its parts.

    >>> longest_first(["a::x", "a::y[1]", "a::y[2]", "b::z"], {"a::y": 9.0, "b::z": 5.0})
    ['b::z', 'a::y[1]', 'a::y[2]', 'a::x']
    >>> longest_first(["a::y[1]", "a::y[2]", "b::z"], {"a::y": 6.0, "a::y[2]": 9.0, "b::z": 7.0})
    ['a::y[2]', 'b::z', 'a::y[1]']
    """
    each = shares(nodeids, seconds)
    return sorted(nodeids, key=lambda nodeid: -each[nodeid] if each[nodeid] >= LONG else 0.0)


def shares(nodeids: list[str], seconds: dict[str, float]) -> dict[str, float]:
    """The seconds of each test by the list: 0 for what is fast."""
    found = {nodeid: next((name for name in names(nodeid) if name in seconds), "") for nodeid in nodeids}
    parts = Counter(found.values())
    return {nodeid: seconds.get(name, 0.0) / parts[name] for nodeid, name in found.items()}


def divided(nodeids: list[str], parts: int, seconds: dict[str, float]) -> list[list[str]]:
    """The tests in parts of about the same length, whole files: their tests share what they make.

    The file that takes longest next goes to the part that has least (Graham 1969).

    >>> divided(["a::x", "b::y[1]", "b::y[2]", "c::z"], 2, {"a": 3.0, "b::y": 5.0, "c::z": 1.0})
    [['b::y[1]', 'b::y[2]'], ['a::x', 'c::z']]
    """
    each = shares(nodeids, seconds)
    files: dict[str, float] = {}
    for nodeid in nodeids:
        file = nodeid.partition("::")[0]
        files[file] = files.get(file, 0.0) + each[nodeid] + FAST
    taken, part_of = [0.0] * parts, dict[str, int]()
    for file in sorted(files, key=lambda name: (-files[name], name)):
        part_of[file] = least = taken.index(min(taken))
        taken[least] += files[file]
    return [[n for n in nodeids if part_of[n.partition("::")[0]] == i] for i in range(parts)]


def processor_time() -> float:
    """Seconds of processor time of this process and of its children that have ended."""
    found = os.times()
    return found.user + found.system + found.children_user + found.children_system


def work() -> int:
    """The piece of work that is timed: arithmetic and a dictionary, as in most of what the tests run."""
    found: dict[int, int] = {}
    for i in range(20_000):
        found[i % 97] = found.get(i % 97, 0) * 3 % 1_000_003 + i
    return sum(found.values())


class Pace:
    """How much longer than usual the same work takes in this run: the median of timings, at least 1."""

    def __init__(self) -> None:
        self.usual = USUAL
        self.found: list[float] = []
        self.next = 0.0

    def sample(self) -> None:
        if time.process_time() >= self.next:
            start = time.process_time()
            work()
            self.found.append(time.process_time() - start)
            self.next = time.process_time() + EVERY

    def factor(self) -> float:
        return max(1.0, statistics.median(self.found) / self.usual) if self.found else 1.0


class Meter:
    """The processor time of every test of a run in one process."""

    def __init__(self, limit: float) -> None:
        self.chosen = limit
        self.pace = Pace()
        self.taken: dict[str, float] = {}

    @property
    def limit(self) -> float:
        """In seconds of this machine, as busy as it was during this run."""
        return self.chosen * self.pace.factor()

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, None, None]:
        self.pace.sample()
        start = processor_time()
        yield
        name = item.nodeid.partition("[")[0]
        self.taken[name] = self.taken.get(name, 0.0) + processor_time() - start

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if exitstatus == pytest.ExitCode.OK and self.total() > self.limit:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def total(self) -> float:
        """All of the run: imports and collection too."""
        return processor_time()

    @pytest.hookimpl(trylast=True)  # what made a run fail is what it says last
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        total, tests = self.total(), sum(self.taken.values())
        write = terminalreporter.write_line
        write(f"processor time: {total:.1f} s of at most {self.limit:.4g} s; {tests:.1f} s of it in tests")
        if self.limit > self.chosen:
            write(f"chosen: {self.chosen:g} s where the same work takes {1 / self.pace.factor():.2f} of the time")
        if total > self.limit:
            write(f"too slow; these took most, and may belong into {LIST.name}:")
            for name, seconds in sorted(self.taken.items(), key=lambda x: -x[1])[:SHOWN]:
                write(f"{seconds:7.2f} s  {name}")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(OPTION, type=float, metavar="SECONDS", help="fail if the run takes more processor time than this")
    parser.addoption(PART, type=part, metavar="I/N", help="only the I-th of N parts of about the same length")


def part(text: str) -> tuple[int, int]:
    """Which part of how many: 2/6."""
    i, _, n = text.partition("/")
    if not (i.isdecimal() and n.isdecimal() and 1 <= int(i) <= int(n)):
        raise ArgumentTypeError(f"{text!r} is no part, as 2/6 is")
    return int(i), int(n)


def pytest_configure(config: pytest.Config) -> None:
    limit = config.getoption(OPTION)
    if limit is not None:
        if getattr(config.option, "numprocesses", None):
            raise pytest.UsageError(f"{OPTION} is for a run in one process")
        config.pluginmanager.register(Meter(limit), "processor-time")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where only fast tests are asked for, files that are slow as a whole are not even imported."""
    if config.option.markexpr != "fast" or not collection_path.is_relative_to(config.rootpath):
        return None
    return True if str(collection_path.relative_to(config.rootpath)) in listed() else None


@pytest.hookimpl(tryfirst=True)  # before tests are chosen by their marks
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    slow = listed()
    for item in items:
        if slow.keys().isdisjoint(names(item.nodeid)):
            item.add_marker("fast")
    chosen = config.getoption(PART)
    if chosen is not None:
        mine = set(divided([item.nodeid for item in items], chosen[1], slow)[chosen[0] - 1])
        others = [item for item in items if item.nodeid not in mine]
        items[:] = [item for item in items if item.nodeid in mine]
        config.hook.pytest_deselected(items=others)
    if hasattr(config, "workerinput"):  # one of several processes
        place = {nodeid: i for i, nodeid in enumerate(longest_first([item.nodeid for item in items], slow))}
        items.sort(key=lambda item: place[item.nodeid])
