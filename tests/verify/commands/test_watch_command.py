"""``verify watch``: claims are checked again whenever a file that they are made of is saved."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from verify.commands import watching
from verify.runtime import watch

CLAIMS = """
import sympy as sp

from helper import FACTOR
from verify import Claim, Domain, Inequality, positive

x, y = sp.symbols("x y", real=True)
DOMAIN = Domain((positive(x), positive(y)))


def claims():
    yield Claim("my.means", "Two means", Inequality(FACTOR * x * y, "<=", (x + y) ** 2), DOMAIN)
    yield Claim("my.square", "A square", Inequality(0, "<=", (x - y) ** 2), DOMAIN)
"""


class Editor:
    """What happens while nobody looks, one thing after the other, each long enough ago when it counts; then ctrl-C."""

    def __init__(self, *done: Callable[[], object]) -> None:
        self.done = [step for one in done for step in (one, lambda: None)]

    def __call__(self, seconds: float) -> None:
        assert seconds == watch.EVERY
        if not self.done:
            raise KeyboardInterrupt
        self.done.pop(0)()


def save(name: str, text: str) -> Callable[[], object]:
    def saving() -> None:
        Path(f"{name}.new").write_text(text, encoding="utf-8")
        # One time for all: what tells two texts of one length apart must not be the second they were saved in.
        os.utime(f"{name}.new", (1_000_000_000, 1_000_000_000))
        os.replace(f"{name}.new", name)

    return saving


@pytest.fixture
def edited(verify, monkeypatch: pytest.MonkeyPatch):
    """Run ``verify watch`` on two files while they are edited, in an environment where Python keeps compiled code."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    save("claims.py", CLAIMS)()
    save("helper.py", "FACTOR = 4\n")()
    monkeypatch.syspath_prepend(str(Path.cwd()))

    def run(*done: Callable[[], object], names: tuple[str, ...] = ("claims.py",)) -> tuple[int, list[str], list[str]]:
        monkeypatch.setattr(watch.saved, "__defaults__", (Editor(*done),))
        code, out, err = verify("watch", *names)
        return code, out.splitlines(), err.splitlines()

    return run


def summary(line: str) -> str:
    """A line without the time that it took."""
    return re.sub(r"; [\d.]+ s$", "", line)


def test_what_changes_is_said(edited) -> None:
    wrong, right = save("claims.py", CLAIMS.replace("FACTOR * x", "5 * x")), save("claims.py", CLAIMS)
    code, out, err = edited(wrong, right, right)
    assert code == 0
    assert err == ["watching claims.py, helper.py; ctrl-C ends"]
    assert list(map(summary, out)) == [
        "2 claims: 2 proved",
        "claims.py: my.means is refuted, was proved: x = 1, y = 1: left side 5, right side 4",
        "claims.py: 2 claims: 1 proved, 1 refuted",
        "claims.py: my.means is proved, was refuted: proof",
        "claims.py: 2 claims: 2 proved",
        "claims.py: 2 claims: 2 proved",
    ]


def test_a_module_of_the_file_counts_too_and_the_exit_code_is_that_of_the_last_check(edited) -> None:
    code, out, _ = edited(save("helper.py", "FACTOR = 5\n"))
    assert code == 1
    assert out[1].startswith("helper.py: my.means is refuted, was proved: ")


def test_a_syntax_error_is_one_message_and_the_watch_goes_on(edited) -> None:
    code, out, err = edited(save("claims.py", CLAIMS + "x = (\n"), save("claims.py", CLAIMS))
    assert code == 0 and summary(out[-1]) == "claims.py: 2 claims: 2 proved"
    assert [line for line in err if "error" in line] == [err[1]]
    assert err[1].startswith("claims.py: error: claims.py, line 14 could not be loaded: SyntaxError: ")
    assert edited(save("claims.py", CLAIMS + "x = (\n"))[0] == 2
    save("claims.py", CLAIMS)()
    assert edited(save("helper.py", "1/0\n"))[2][1].startswith(
        "helper.py: error: claims.py, line 4 could not be loaded"
    )


def test_a_file_that_begins_with_an_error_is_watched(edited) -> None:
    save("claims.py", "x = (\n")()
    code, out, err = edited(save("claims.py", CLAIMS))
    assert code == 0 and err[0].startswith("error: claims.py, line 1")
    assert summary(out[-1]) == "claims.py: 2 claims: 2 proved"


def test_claims_that_come_and_go(edited) -> None:
    code, out, _ = edited(save("claims.py", CLAIMS.replace("my.square", "my.other")))
    assert code == 0
    assert out[1:3] == ["claims.py: my.other is proved: proof", "claims.py: my.square is gone"]


def test_the_files_of_a_theory_are_found_without_loading_it(edited) -> None:
    save(
        "tiny.py", "from verify import Theory\nfrom claims import claims\nTHEORY = Theory(name='tiny', claims=claims)\n"
    )()
    code, out, err = edited(save("helper.py", "FACTOR = 3\n"), names=("--theory", "tiny.py"))
    assert code == 0 and err == ["watching claims.py, helper.py, tiny.py; ctrl-C ends"]
    assert [summary(line) for line in out] == ["2 claims: 2 proved", "helper.py: 2 claims: 2 proved"]


def test_a_check_that_ends_without_an_answer_is_no_end_of_the_watch(edited) -> None:
    code, out, err = edited(save("helper.py", "import os\nos._exit(1)\n"), save("helper.py", "FACTOR = 4\n"))
    assert code == 0 and summary(out[-1]) == "helper.py: 2 claims: 2 proved"
    assert err[1] == "helper.py: error: the check ended without an answer"


def test_quiet_says_only_what_changes(verify, edited) -> None:
    wrong = save("claims.py", CLAIMS.replace("FACTOR * x", "5 * x"))
    code, out, err = edited(wrong, names=("-q", "claims.py"))
    assert code == 1 and err == []
    assert len(out) == 1 and out[0].startswith("claims.py: my.means is refuted")


def test_only_files_of_ones_own_are_watched(edited) -> None:
    assert watching.look(["claims.py"], 1).code == 0
    assert all(str(Path(file)).endswith(("claims.py", "helper.py")) for file in watching.look(["claims.py"], 1).files)


def test_a_file_that_is_not_there_is_bad_input(verify) -> None:
    code, out, err = verify("watch", "missing.py")
    assert code == 2 and out == "" and "there is no file missing.py" in err and "watching" not in err
