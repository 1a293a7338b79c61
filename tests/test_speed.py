"""The list of slow tests names tests that there are, and a run that takes too much processor time fails."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.speed import Pace, divided, listed, names

ROOT = Path(__file__).resolve().parent.parent
TESTS = "def test_idle():\n    pass\n\n\ndef test_busy():\n    sum(range(3_000_000))\n"


def test_the_list_names_tests_that_there_are() -> None:
    assert len(listed()) > 20
    for name in listed():
        path, _, test = name.partition("::")
        assert (ROOT / path).exists(), name
        if test:
            text = (ROOT / path).read_text(encoding="utf-8")
            plain = test.rpartition("::")[2].partition("[")[0]
            assert re.search(rf"^( *def {plain}\(|{plain} = )", text, re.M), name


def test_a_test_is_slow_by_itself_by_its_file_or_by_its_folder() -> None:
    slow = {"tests/a/test_a.py::test_b", "tests/c"}
    for nodeid, fast in (
        ("tests/a/test_a.py::test_b[1-x]", False), ("tests/a/test_a.py::test_bc", True), ("tests/a/test_a.py", True),
        ("tests/c/d/test_e.py::test_f", False), ("tests/cd/test_e.py::test_f", True),
    ):  # fmt: skip
        assert slow.isdisjoint(names(nodeid)) == fast, nodeid


@pytest.mark.parametrize(("limit", "code"), [("0.02", 1), ("1000", 0)])
def test_too_much_processor_time_fails_and_names_what_took_it(tmp_path: Path, limit: str, code: int) -> None:
    (tmp_path / "test_some.py").write_text(TESTS, encoding="utf-8")
    options = ["-p", "tests.speed", "-p", "no:cacheprovider", "-m", "fast", "--processor-limit", limit]
    command = [sys.executable, "-m", "pytest", "-c", "/dev/null", "--rootdir", str(tmp_path), *options, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == code, done.stdout + done.stderr
    assert "2 passed" in done.stdout
    found = re.search(r"of at most ([\d.]+) s", done.stdout)
    assert found and float(limit) * 0.99 <= float(found[1])
    told = re.findall(r"^ +[\d.]+ s  (.*)$", done.stdout, re.M)
    assert told == (["test_some.py::test_busy", "test_some.py::test_idle"] if code else [])


def test_the_limit_grows_with_the_time_that_the_same_work_takes() -> None:
    pace = Pace()
    assert pace.factor() == 1.0
    pace.sample()
    pace.sample()
    assert len(pace.found) == 1, "the next timing is later"
    pace.usual = pace.found[0] / 5
    assert pace.factor() == pytest.approx(5)
    pace.usual = pace.found[0] * 5
    assert pace.factor() == 1.0, "a faster machine does not get less"


def test_parts_are_the_whole_and_about_as_long_as_each_other() -> None:
    slow = listed()
    nodeids = [name if "::" in name else f"{name}::test_all" for name in slow]
    for parts in (1, 4, 6):
        found = divided(nodeids, parts, slow)
        assert sorted(n for part in found for n in part) == sorted(nodeids)
        files = [{n.partition("::")[0] for n in part} for part in found]
        assert sum(map(len, files)) == len(set().union(*files)), "a file is in one part"
        times = [sum(slow.get(n, slow.get(n.partition("::")[0], 0.0)) for n in part) for part in found]
        assert max(times) < 1.1 * sum(times) / parts


@pytest.mark.parametrize(("part", "code", "said"), [("1/2", 0, "1 passed, 1 deselected"), ("3/2", 4, "is no part")])
def test_one_part_is_run(tmp_path: Path, part: str, code: int, said: str) -> None:
    for name in "ab":
        (tmp_path / f"test_{name}.py").write_text("def test_one():\n    pass\n", encoding="utf-8")
    options = ["-p", "tests.speed", "-p", "no:cacheprovider", "--part", part]
    command = [sys.executable, "-m", "pytest", "-c", "/dev/null", "--rootdir", str(tmp_path), *options, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == code and said in done.stdout + done.stderr, done.stdout + done.stderr
